"""Pages of pitches: who opens which, the whole way through them, what stays hidden, and what they cost."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.pitches import actions
from landbridge.pitches.models import Download, Investor, Juror, Pitch, PitchCall, Reaction
from landbridge.pitches.states import Pitched, S
from tests.cast import Cast
from tests.factories.organisations import a_company
from tests.factories.pitches import (
    AT,
    CLOSES,
    JUDGED,
    MARKED,
    PDF,
    SELECTED,
    STAGE,
    a_closed_call,
    a_draft_call,
    a_judged_call,
    a_juror,
    a_live_call,
    a_pitch,
    a_pitch_call,
    a_selected_call,
    an_investor,
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


PITCH = {
    "title": "A test for kidneys", "one_line": "A rapid test.", "problem": "Late.", "solution": "A strip.", "team": "Us.",
    "markets": ["diagnostics"], "countries": ["BE"], "stage": "seed", "asks_eur": "800,000", "presenter_name": "Dagny",
    "presenter_email": "dagny@example.org", "version": "1",
}  # fmt: skip
CALL = {
    "title": "Pitch to investors", "text": "Come.", "time_zone": "Europe/Brussels", "opens_at": "2026-05-18 08:00",
    "closes_at": "2026-05-28 11:00", "stage_starts_at": "2026-06-18 14:00", "places": "2", "minutes_to_pitch": "5",
    "minutes_of_questions": "4", "minutes_between": "1", "criterion_1": "Team", "weight_1": "1", "criterion_2": "Market",
    "weight_2": "2", "version": "1",
}  # fmt: skip


# ── Who opens what ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_each_role_opens_its_pages(cast: Cast):
    call = a_selected_call(cast)
    pitch = pitch_of(call, cast.danish_company)
    names = (
        "danish_sme", "belgian_sme", "german_provider", "zealand_broker", "liege_broker", "office", "other_office",
        "assessor", "finance", "investor", "organiser", "auditor", "mallory",
    )  # fmt: skip
    found = {
        who: tuple(
            signed_in(getattr(cast, who)).get(page(name, *args)).status_code
            for name, *args in (
                ("calls",),
                ("call", call.pk),
                ("pitch", pitch.pk),
                ("ranking", call.pk),
                ("results", call.pk),
                ("marks", call.pk),
                ("deal_room",),
                ("investors",),
            )
        )
        for who in names
    }
    # calls, call, pitch, ranking, results, marks, deal room, investors
    assert found == {
        "danish_sme": (200, 200, 200, 404, 404, 404, 403, 200),
        "belgian_sme": (200, 200, 404, 404, 404, 404, 403, 200),
        "german_provider": (403, 200, 404, 403, 403, 404, 403, 403),
        "zealand_broker": (200, 200, 200, 404, 404, 200, 403, 200),
        "liege_broker": (200, 200, 404, 404, 404, 404, 403, 200),
        "office": (200, 200, 200, 200, 200, 404, 403, 200),
        "other_office": (200, 200, 404, 404, 404, 404, 403, 200),
        "assessor": (200, 200, 200, 404, 403, 200, 403, 403),
        "finance": (403, 200, 404, 403, 403, 404, 403, 403),
        "investor": (200, 200, 200, 404, 403, 404, 200, 403),
        "organiser": (200, 200, 200, 200, 200, 404, 403, 200),
        "auditor": (200, 200, 200, 200, 200, 404, 403, 200),
        "mallory": (403, 200, 404, 403, 403, 404, 403, 403),
    }


def test_a_call_in_preparation_is_its_organisers(cast: Cast):
    call = a_draft_call(cast)
    assert signed_in(cast.organiser).get(page("call", call.pk)).status_code == 200
    assert signed_in(cast.danish_sme).get(page("call", call.pk)).status_code == 404
    assert Client().get(page("call", call.pk)).status_code == 302


@pytest.mark.parametrize(
    "name", ["call", "pitch", "ranking", "marking", "reaction", "investor", "live", "deck"]
)
def test_ids_beyond_64_bits_are_not_found(cast: Cast, name: str):
    for who in ("organiser", "investor", "assessor"):
        assert signed_in(getattr(cast, who)).get(page(name, HUGE)).status_code in (403, 404)


# ── The whole way ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_from_the_call_to_the_money_through_the_pages(  # noqa: PLR0915 - one way, told from beginning to end
    cast: Cast, now: Callable[[datetime], None]
):
    organiser, company, juror, investor = (
        signed_in(getattr(cast, name)) for name in ("organiser", "danish_sme", "assessor", "investor")
    )
    assert post(organiser, "new", **CALL).status_code == 302
    call = PitchCall.objects.get()
    assert (call.closes_at, call.criteria[1]["weight"]) == (CLOSES, 2)
    assert post(organiser, "edit", call.pk, **{**CALL, "places": "1"}).status_code == 302
    assert post(organiser, "opening", call.pk).status_code == 302
    assert post(organiser, "jury", call.pk, person_ids=[cast.assessor.pk]).status_code == 302
    assert cast.assessor.name in text_of(organiser, "jury", call.pk)
    # the company
    assert post(company, "beginning", call.pk).status_code == 302
    pitch = Pitch.objects.get()
    assert "The pitch has no title" in text_of(company, "pitch", pitch.pk)
    assert post(company, "submission", pitch.pk).status_code == 409
    assert post(company, "text", pitch.pk, **PITCH).status_code == 302
    deck = SimpleUploadedFile("deck.pdf", PDF, content_type="application/pdf")
    assert post(company, "deck_new", pitch.pk, deck=deck).status_code == 302
    assert post(company, "consent", pitch.pk).status_code == 302
    assert post(company, "submission", pitch.pk).status_code == 302
    assert "Handed in" in text_of(organiser, "call", call.pk)
    assert post(organiser, "judging", call.pk).status_code == 409
    # the jury
    now(JUDGED)
    assert post(organiser, "judging", call.pk).status_code == 302
    assert "First: conflicts of interest" in text_of(juror, "marks", call.pk)
    assert juror.get(page("marking", pitch.pk)).status_code == 404
    assert post(juror, "declaration", call.pk).status_code == 422
    assert post(juror, "declaration", call.pk, complete="on").status_code == 302
    assert "A strip." in text_of(juror, "marking", pitch.pk)
    assert post(juror, "marking", pitch.pk, mark_c1="4").status_code == 422
    assert post(juror, "marking", pitch.pk, mark_c1="4", mark_c2="4.5", remark="Good.").status_code == 302
    assert "4.33" in text_of(organiser, "ranking", call.pk)
    # selected, ordered, on stage
    now(SELECTED)
    decision = {f"to_{pitch.pk}": "selected", f"reason_{pitch.pk}": "Well done."}
    assert post(organiser, "selection", call.pk, **decision).status_code == 302
    assert "Well done." in text_of(company, "pitch", pitch.pk)
    assert post(organiser, "drawing", call.pk).status_code == 302
    assert "14:00" in text_of(organiser, "order", call.pk)
    assert post(organiser, "order", call.pk, **{f"place_{pitch.pk}": "1"}).status_code == 302
    assert "On stage as number 1" in text_of(company, "pitch", pitch.pk)
    # the investor
    assert "Say first what you look for" in text_of(investor, "deal_room")
    profile = {"name": "Ines", "type": "angel", "markets": ["diagnostics"], "call_ids": [call.pk]}
    assert post(investor, "profile", **profile).status_code == 409
    assert post(investor, "profile", **profile, consents="on").status_code == 302
    assert list(Investor.objects.get().calls.all()) == [call]
    assert "Your markets: Diagnostics" in text_of(investor, "deal_room")
    assert investor.get(page("deck", pitch.pk)).status_code == 302
    assert post(investor, "deck_taking", pitch.pk).status_code == 302
    assert b"".join(investor.get(page("deck", pitch.pk))) == PDF
    assert Download.objects.get().name == cast.investor.name
    assert post(investor, "reaction", pitch.pk, said="meet", why="Yes.").status_code == 302
    assert "belongs to no event" in text_of(investor, "pitch", pitch.pk)
    assert cast.investor.name.split()[0] in text_of(company, "pitch", pitch.pk)
    # the day
    now(STAGE)
    assert post(organiser, "start", call.pk).status_code == 302
    assert post(organiser, "coming_on", pitch.pk).status_code == 302
    assert "On stage now" in text_of(juror, "live", call.pk)
    assert post(juror, "live_marking", pitch.pk, mark_c1="5", mark_c2="5").status_code == 302
    part = investor.get(page("live", call.pk), HTTP_HX_REQUEST="true").content.decode()
    assert part.lstrip().startswith("<div")
    assert "<html" not in part
    assert post(organiser, "finishing", pitch.pk).status_code == 302
    assert post(organiser, "closing", call.pk).status_code == 302
    # afterwards
    assert post(investor, "following", call.pk, pitch_ids=[pitch.pk]).status_code == 302
    reaction = Reaction.objects.get()
    assert post(investor, "outcome", reaction.pk, became="talking", text="Soon.").status_code == 302
    assert "We are talking" in text_of(investor, "reactions")
    money = {"amount_eur": "100,000", "raised_on": "2026-06-18", "source": "Angels"}
    assert post(company, "money", pitch.pk, **money).status_code == 302
    assert "€100,000" in text_of(organiser, "results", call.pk)
    assert post(company, "money_removal", pitch.money_raised.get().pk).status_code == 302
    assert post(investor, "profile_withdrawal").status_code == 302
    assert Investor.objects.get().markets == []


def test_a_clash_shows_both_texts_and_keeps_what_was_typed(cast: Cast):
    call = a_pitch_call(cast)
    pitch = actions.begin(call_id=call.pk, by=cast.actor("danish_sme"), at=AT)
    assert post(signed_in(cast.danish_sme), "text", pitch.pk, **PITCH).status_code == 302
    late = {**PITCH, "title": "Another title"}
    answer = post(signed_in(cast.danish_colleague), "text", pitch.pk, **late)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Another title" in text
    assert "Dagny Danish changed this while you were writing; it now reads: A test for kidneys" in text
    assert 'name="version" value="2"' in text


def test_the_deadline_holds_to_the_second_on_the_page(cast: Cast, now: Callable[[datetime], None]):
    call = a_pitch_call(cast)
    first = a_pitch(call, cast.danish_company, hand_in=False)
    second = a_pitch(call, cast.belgian_company, hand_in=False)
    now(CLOSES - timedelta(seconds=1))
    assert post(signed_in(cast.danish_sme), "submission", first.pk).status_code == 302
    now(CLOSES)
    assert "This call has closed" in text_of(signed_in(cast.belgian_sme), "pitch", second.pk)
    answer = post(signed_in(cast.belgian_sme), "submission", second.pk)
    assert answer.status_code == 409
    assert "This call closed at" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        ("deck.pdf", b"%PDF-1.7\n/JavaScript (x)\n%%EOF\n"),
        ("deck.pdf", b"<html>"),
        ("deck.html", PDF),
        ("deck.pdf.exe", PDF),
        ("deck.pdf", b""),
    ],
)
def test_a_hostile_deck_is_refused_beside_its_field(cast: Cast, name: str, octets: bytes):
    pitch = actions.begin(call_id=a_pitch_call(cast).pk, by=cast.actor("danish_sme"), at=AT)
    answer = post(signed_in(cast.danish_sme), "deck_new", pitch.pk, deck=SimpleUploadedFile(name, octets))
    assert answer.status_code == 422
    assert Pitch.objects.get().deck is None


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_tables_hold_what_the_pages_show(cast: Cast):
    an_investor(cast)
    call = a_closed_call(cast)
    actions.react(
        pitch_id=pitch_of(call, cast.danish_company).pk, said="meet", why="=cmd()", why_is_for_company=False,
        by=cast.actor("investor"), at=STAGE,
    )  # fmt: skip
    client = signed_in(cast.office)
    rows = list(
        csv.reader(io.StringIO(b"".join(client.get(page("reactions_csv", call.pk))).decode("utf-8-sig")))
    )
    assert rows[1][:2] == [pitch_of(call, cast.danish_company).title, cast.danish_company.name]
    assert rows[1][6] == "'=cmd()"
    ranking = list(
        csv.reader(io.StringIO(b"".join(client.get(page("ranking_csv", call.pk))).decode("utf-8-sig")))
    )
    assert [row[0] for row in ranking] == ["rank", "1", "2", "3"]
    for name in ("ranking_xlsx", "reactions_xlsx"):
        assert b"".join(client.get(page(name, call.pk))).startswith(b"PK")
    assert client.get(page("money_csv", call.pk)).status_code == 200


# ── Cost ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def asked(client: Client, name: str, *args: object) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page(name, *args)).status_code == 200
    return len(captured)


def test_pages_ask_the_same_for_any_number_of_rows(cast: Cast):
    an_investor(cast)
    call = a_pitch_call(cast, places=9)
    a_juror(call, cast.assessor)
    a_pitch(call, cast.danish_company)
    people = {name: signed_in(getattr(cast, name)) for name in ("organiser", "assessor", "investor")}

    def costs() -> dict[str, int]:
        return {
            "calls": asked(people["organiser"], "calls"),
            "call": asked(people["organiser"], "call", call.pk),
            "jury": asked(people["organiser"], "jury", call.pk),
            "investors": asked(people["organiser"], "investors"),
        }

    few = costs()
    for _ in range(4):
        a_pitch(call, a_company(region=cast.stuttgart))
        a_pitch_call(cast)
    a_juror(call, cast.second_assessor)
    many = costs()
    assert many == few
    assert max(many.values()) <= 20
    assert max(many["calls"], many["investors"]) <= 12


def test_the_deal_room_and_the_day_ask_little(cast: Cast):
    an_investor(cast)
    call = a_live_call(cast)
    assert asked(signed_in(cast.investor), "deal_room") <= 12
    assert asked(signed_in(cast.assessor), "live", call.pk) <= 12
    assert asked(signed_in(cast.office), "ranking", call.pk) <= 20
    assert asked(signed_in(cast.office), "results", call.pk) <= 20
    assert asked(signed_in(cast.assessor), "marks", call.pk) <= 20
    assert PitchCall.objects.get(pk=call.pk).state == S.LIVE
    assert Pitch.objects.filter(state=Pitched.SELECTED).exists()


def test_the_selection_proposes_no_pitch_that_nobody_marked(cast: Cast, now: Callable[[datetime], None]):
    call = a_judged_call(cast)
    now(MARKED)
    best = pitch_of(call, cast.danish_company)
    marked(Juror.objects.get(call=call, person=cast.assessor), best, 4, 5)
    organiser = signed_in(cast.organiser)
    shown = text_of(organiser, "selection", call.pk)
    assert shown.count('value="selected" selected') == 1
    assert shown.count('value="" selected') == 2
    assert "marks of the jury are missing" in shown
    answer = post(organiser, "selection", call.pk, **{f"to_{best.pk}": "selected"})
    assert answer.status_code == 422
    assert PitchCall.objects.get(pk=call.pk).state == S.JUDGING


def test_a_session_is_closed_early_only_behind_a_warning(cast: Cast, now: Callable[[datetime], None]):
    call = a_live_call(cast)
    now(STAGE)
    organiser = signed_in(cast.organiser)
    assert "Close the session early" in text_of(organiser, "live", call.pk)
    actions.bring_on(pitch_id=Pitch.objects.get(call=call, number=2).pk, by=SYSTEM, at=STAGE)
    shown = text_of(organiser, "live", call.pk)
    assert "Close the session" in shown
    assert "Close the session early" not in shown


def test_the_reason_of_a_conflict_is_not_called_optional_once_it_is_ticked(
    cast: Cast, now: Callable[[datetime], None]
):
    call = a_judged_call(cast)
    now(MARKED)
    pitch = pitch_of(call, cast.danish_company)
    answer = post(
        signed_in(cast.assessor), "declaration", call.pk, **{f"has_{pitch.pk}": "on", "complete": "on"}
    )
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Say in a few words what the conflict is." in told
    assert told.count("(optional)") == 2


def test_an_investor_who_has_answered_is_not_asked_again(cast: Cast, now: Callable[[datetime], None]):
    call = a_live_call(cast)
    an_investor(cast)
    investor, pitch_id = signed_in(cast.investor), pitch_of(call, cast.danish_company).pk
    actions.consent(pitch_id=pitch_id, consents=True, by=SYSTEM, at=STAGE)
    now(STAGE)
    assert post(investor, "reaction", pitch_id, said="meet").status_code == 302
    actions.close(call_id=call.pk, by=SYSTEM, at=STAGE + timedelta(hours=1))
    asked = page("following", call.pk)
    assert asked in text_of(investor, "call", call.pk)
    assert post(investor, "following", call.pk, pitch_ids=[pitch_id]).status_code == 302
    assert asked not in text_of(investor, "call", call.pk)
