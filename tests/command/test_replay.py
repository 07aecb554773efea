"""The programmes of the past, played through the product's own actions, say what they published."""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from landbridge.command import line
from landbridge.demonstration import past
from landbridge.vouchers.models import Voucher


def answer(capsys) -> tuple[int, dict]:
    code = line.main(["replay", "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.once
@pytest.mark.django_db
def test_the_records_agree_with_what_was_published(capsys, monkeypatch):
    code, data = answer(capsys)
    assert code == 0
    assert data["agrees"]
    figures = {name: figure["records"] for name, figure in data["figures"].items()}
    assert (figures["All"], figures["Collaboration"], figures["Insight"], figures["Meet & Greet"]) == (
        164,
        53,
        29,
        82,
    )
    assert len(data["left"]) == 8
    assert sum(data["left"].values()) == (800_000 - 528_000) * 100

    # The same records against facts that say otherwise: one voucher fewer, and one more, than was published.
    for difference in (-1, 1):
        published = json.loads(json.dumps(past.programmes()))
        published["in2lifesciences"]["outcomes"]["by_incentive"]["Insight"] += difference
        with monkeypatch.context() as changed:
            changed.setattr(past, "programmes", lambda published=published: published)
            code, data = answer(capsys)
        assert code == 1
        assert not data["agrees"]

    # And records of which one is gone.
    with transaction.atomic():
        voucher = Voucher.objects.filter(application__call__phase__programme__key="in2lifesciences")[0]
        Voucher.objects.filter(pk=voucher.pk).delete()
        assert line.main(["replay"]) == 1
        assert "<- differs" in capsys.readouterr().out
        transaction.set_rollback(True)
    assert answer(capsys)[0] == 0
