"""What pages, tables and letters do not show: marks before one's own, and what one has a conflict with."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.pitches import actions
from landbridge.pitches.models import Juror, Pitch, PitchCall, Score
from tests.cast import Cast
from tests.factories.pitches import (
    AT,
    JUDGED,
    MARKED,
    a_judged_call,
    a_juror,
    a_live_call,
    a_pitch,
    a_pitch_call,
    a_selected_call,
    an_investor,
    declared,
    marked,
    pitch_of,
)

pytestmark = pytest.mark.django_db
HUGE = 10**30


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[datetime], None]:
    settings.LANDBRIDGE_SECOND_FACTOR = "off"

    def at(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    at(AT)
    return at


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"pitches:{name}", args=args)


def post(client: Client, name: str, /, *args: object, **fields: Any) -> Any:
    return client.post(page(name, *args), {"operation_key": str(uuid.uuid4()), **fields})


def text_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(page(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


# ── Blind until one has marked ───────────────────────────────────────────────────────────────────────────────────────
def everything_read_by(client: Client, call: PitchCall) -> str:
    """All that a person can open of a call: pages, parts, tables."""
    names = [
        (name, call.pk)
        for name in (
            "call",
            "marks",
            "ranking",
            "selection",
            "jury",
            "live",
            "results",
            "order",
            "declaration",
        )
    ]
    names += [(name, pitch.pk) for name in ("pitch", "marking") for pitch in Pitch.objects.filter(call=call)]
    found = []
    for name, pk in (*names, ("ranking_csv", call.pk), ("reactions_csv", call.pk)):
        answer = client.get(page(name, pk))
        if answer.status_code == 200:
            found.append(b"".join(answer).decode())
    return "\n".join(found)


@pytest.mark.parametrize("who", ["assessor", "organiser", "office"])
def test_no_page_or_table_or_letter_shows_a_mark_before_ones_own(cast: Cast, who: str):
    call = a_pitch_call(cast)
    pitch, other = a_pitch(call, cast.danish_company), a_pitch(call, cast.belgian_company)
    me, they = a_juror(call, getattr(cast, who)), a_juror(call, cast.second_assessor)
    actions.judge(call_id=call.pk, by=SYSTEM, at=JUDGED)
    declared(me), declared(they)
    actions.mark(
        juror_id=they.pk,
        pitch_id=pitch.pk,
        marks={"c1": 3.5, "c2": 0.5},
        remark="Unmistakable.",
        is_live=False,
        by=SYSTEM,
        at=MARKED,
    )
    client = signed_in(getattr(cast, who))
    read = everything_read_by(client, call)
    assert "Unmistakable." not in read
    assert "1.50" not in read  # (3.5 + 2 * 0.5) / 3
    marked(me, other, 2, 2)
    assert "Unmistakable." not in everything_read_by(client, call)
    marked(me, pitch, 5, 5)
    assert "Unmistakable." in everything_read_by(client, call)
    letters = Letter.objects.values_list("subject", "body")
    assert not any("Unmistakable." in f"{subject} {body}" for subject, body in letters)


def test_companies_and_investors_never_see_marks(cast: Cast):
    call = a_selected_call(cast)
    an_investor(cast)
    for who in ("danish_sme", "belgian_sme", "investor", "liege_broker"):
        read = everything_read_by(signed_in(getattr(cast, who)), call)
        assert "Solid." not in read
        assert "4.67" not in read


def test_a_juror_does_not_open_what_they_have_a_conflict_with(cast: Cast):
    call = a_judged_call(cast)
    juror = Juror.objects.get(call=call, person=cast.assessor)
    pitch = pitch_of(call, cast.danish_company)
    client = signed_in(cast.assessor)
    assert client.get(page("pitch", pitch.pk)).status_code == 200
    actions.declare(juror_id=juror.pk, conflicts={pitch.pk: "I advise them."}, by=SYSTEM, at=MARKED)
    for name in ("pitch", "marking", "deck"):
        assert client.get(page(name, pitch.pk)).status_code == 404
    assert post(client, "marking", pitch.pk, mark_c1="5", mark_c2="5").status_code == 404
    assert "I advise them." in text_of(client, "marks", call.pk)
    assert not Score.objects.exists()


def test_the_declaration_keeps_what_was_typed_and_asks_for_reasons(cast: Cast):
    call = a_judged_call(cast)
    pitch = pitch_of(call, cast.belgian_company)
    client = signed_in(cast.zealand_broker)
    assert "A company of the region you work for" in text_of(client, "declaration", call.pk)
    without = {f"has_{pitch.pk}": "on", "complete": "on"}
    assert post(client, "declaration", call.pk, **without).status_code == 422
    assert (
        post(client, "declaration", call.pk, **without, **{f"reason_{pitch.pk}": "A friend."}).status_code
        == 302
    )


def test_audience_marks_with_a_telephone(cast: Cast):
    call = a_live_call(cast)
    guest = signed_in(Person.objects.create(name="Guest", email="guest@example.org"))
    on_stage = Pitch.objects.get(call=call, number=1)
    assert guest.get(page("live_marking", on_stage.pk)).status_code == 404
    assert "Mark as one of the audience" in text_of(guest, "live", call.pk)
    assert post(guest, "audience", call.pk).status_code == 302
    assert text_of(guest, "live_marking", on_stage.pk).count('type="radio"') == 22
    assert post(guest, "live_marking", on_stage.pk, mark_c1="5", mark_c2="5").status_code == 302
    assert guest.get(page("pitch", on_stage.pk)).status_code == 404
    assert guest.get(page("declaration", call.pk)).status_code == 404
