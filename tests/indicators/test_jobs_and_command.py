"""What happens by itself at night, what the program says, and the demonstration's part."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from landbridge.command.line import main
from landbridge.demonstration import indicators as demonstration
from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.indicators import actions, tasks
from landbridge.indicators.models import Period, Reading
from landbridge.indicators.queries.findings import findings
from landbridge.programmes.models import PublishedFigure
from tests.cast import Cast
from tests.factories.indicators import AT, an_indicator
from tests.factories.vouchers import a_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LANDBRIDGE_FILES = tmp_path
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_the_end_of_the_last_month_is_kept_by_night_and_once(cast: Cast):
    an_indicator()
    tasks.keep_month.func()
    tasks.keep_month.func()
    assert {row.as_of for row in Reading.objects.all()} == {date(2026, 4, 30)}
    assert Reading.objects.count() == 5, "the network, the phase, its three partners"


def test_what_programmes_published_is_taken_over_by_night_and_once(cast: Cast):
    actions.add_common(code="rco01", by=SYSTEM, at=AT)
    PublishedFigure.objects.create(
        programme=cast.programme, phase=cast.phase, code="smes-supported", name="SMEs", value="more than 400"
    )
    tasks.take_published.func()
    tasks.take_published.func()
    reading = Reading.objects.get()
    assert (reading.value, reading.said, reading.came) == (400, "more than 400", "published")


def test_the_program_reads_every_figure_as_of_a_day(cast: Cast, capsys: pytest.CaptureFixture[str]):
    a_voucher(cast, at=AT - timedelta(days=30))
    an_indicator()
    for day, value in (("2026-04-17", "0"), ("2026-04-18", "1")):
        assert main(["indicators", "read", "--as-of", day, "--programme", "test-programme", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert [(one["code"], one["value"], one["as_of"]) for one in found] == [
            ("vouchers-granted", value, day)
        ]
    assert main(["indicators", "read", "--programme", "none-such"]) == 1
    assert main(["indicators", "add"]) == 0


def test_the_demonstrations_part_freezes_a_period_that_verifies(cast: Cast):
    cast.programme.key = demonstration.KEY
    cast.programme.save()
    assert not demonstration.is_there()
    demonstration.play(at=AT)
    assert demonstration.is_there()
    assert Period.objects.filter(frozen_at__isnull=False).count() == 1
    assert list(findings()) == []
