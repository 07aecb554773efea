"""The pages of one who comes: the whole way through them, whose they are, the calendar by its key, the downloads."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.applications.models import Application
from landbridge.events.models import Registration
from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.meetings import actions
from landbridge.meetings.models import Block, Meeting, Outcome, Request
from landbridge.meetings.states import Asked, MeetingState, Priority
from landbridge.meetings.vcards import Card, vcards
from landbridge.meetings.views.agenda import _away
from tests.cast import Cast
from tests.factories.calls import a_published_call, offer_of
from tests.factories.events import AT
from tests.factories.meetings import (
    BELGIAN,
    DANISH,
    GERMAN,
    Forum,
    a_forum,
    a_meeting,
    a_request,
    after,
    seat_of,
)

pytestmark = pytest.mark.django_db


class Clock:
    at: datetime = AT


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    Clock.at = AT
    monkeypatch.setattr(clock, "now", lambda: Clock.at)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"meetings:{name}", args=args)


def post(client: Client, name: str, *args: object, **fields: object) -> Any:
    return client.post(page(name, *args), {"operation_key": str(uuid.uuid4()), **fields})


def text_of(client: Client, name: str, *args: object) -> str:
    response = client.get(page(name, *args))
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def pk(forum: Forum, name: str) -> int:
    return forum.of(name).pk


def test_from_looking_around_to_what_came_of_it(cast: Cast):
    forum = a_forum(cast)
    dagny, gerda = signed_in(cast.danish_sme), signed_in(cast.german_provider)
    me, her = pk(forum, DANISH), pk(forum, GERMAN)
    people = text_of(dagny, "people", me)
    assert people.index("Gerda German") < people.index("Benoît Belgian")
    assert "they offer “Surface plasmon resonance" in people
    assert "Ask to meet" in text_of(dagny, "person", me, her)
    assert post(dagny, "person", me, her, sentence="", priority="medium").status_code == 422
    refused = post(dagny, "person", me, her, sentence="Can you bind it?", priority="high")
    assert refused.status_code == 409
    assert "at most 25% of your requests may be high" in refused.content.decode().lower()
    assert post(dagny, "person", me, her, sentence="Can you bind it?", priority="must").status_code == 302
    request = Request.objects.get()
    waiting = text_of(gerda, "requests", her)
    assert "Can you bind it?" in waiting
    assert "Must meet</dd>" not in text_of(gerda, "request", request.pk)
    assert post(gerda, "acceptance", request.pk, priority="high").status_code == 409
    assert post(gerda, "acceptance", request.pk, priority="").status_code == 302
    assert post(gerda, "priority", request.pk, priority="low").status_code == 302
    request.refresh_from_db()
    assert (request.state, request.priority, request.answer_priority) == (
        Asked.ACCEPTED, Priority.MUST, Priority.LOW
    )  # fmt: skip


def test_a_meeting_spoken_of_in_two_taps_and_kept(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    Clock.at = after(meeting)
    dagny, seat = signed_in(cast.danish_sme), seat_of(meeting, forum.of(DANISH)).pk
    assert "Say what came of it" in text_of(dagny, "agenda", pk(forum, DANISH))
    assert "Worth it?" in text_of(dagny, "outcome", seat)
    assert post(dagny, "word", seat).status_code == 422
    assert post(dagny, "outcome", seat, note="Too early.").status_code == 422
    assert post(dagny, "word", seat, said="4").status_code == 302
    kept = {
        "note": "Nice.", "next_step": "Send two milligrams.", "next_step_by_me": "me",
        "next_step_on": "2026-07-01", "wants_introduction": "on",
    }  # fmt: skip
    assert post(dagny, "outcome", seat, **kept).status_code == 302
    outcome = Outcome.objects.get()
    assert (outcome.worth, outcome.note, outcome.introduction is not None) == (4, "Nice.", True)
    assert post(dagny, "word", seat, said="5").status_code == 302
    outcome.refresh_from_db()
    assert (outcome.worth, outcome.note) == (5, "Nice.")
    assert post(dagny, "introduction", seat).status_code == 302
    assert post(dagny, "step", seat).status_code == 302
    gerda = signed_in(cast.german_provider)
    assert "Nice." not in text_of(gerda, "meeting", meeting.pk)
    assert "Nice." not in text_of(gerda, "outcome", seat_of(meeting, forum.of(GERMAN)).pk)
    assert "Gerda German" in text_of(dagny, "contacts", pk(forum, DANISH))
    csv = b"".join(dagny.get(page("contacts_csv", pk(forum, DANISH)))).decode()
    assert "Gerda German" in csv
    assert forum.of(GERMAN).email not in csv
    card = dagny.get(page("contacts_vcf", pk(forum, DANISH))).content.decode()
    assert "FN:Gerda German\r\n" in card
    assert "EMAIL" not in card


def test_what_cannot_be_said_or_asked_is_not_offered(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    dagny, seat = signed_in(cast.danish_sme), seat_of(meeting, forum.of(DANISH)).pk
    early = text_of(dagny, "outcome", seat)
    assert "You have not met yet" in early
    assert "Worth it?" not in early
    Clock.at = after(meeting)
    Registration.objects.filter(pk=forum.of(GERMAN).pk).update(organisation=None)
    assert post(dagny, "word", seat, said="4").status_code == 302
    seen = text_of(dagny, "outcome", seat)
    assert "comes without an organisation" in seen
    assert "wants_introduction" not in seen
    assert post(dagny, "word", seat, said="no").status_code == 302
    assert "You said that it did not happen" in text_of(dagny, "agenda", pk(forum, DANISH))


def test_what_is_somebody_elses_is_not_found(cast: Cast):
    forum = a_forum(cast)
    meeting, request = a_meeting(forum), a_request(forum, BELGIAN, GERMAN)
    me = pk(forum, DANISH)
    seat = seat_of(meeting, forum.of(DANISH)).pk
    own = [
        *((name, me) for name in ("agenda", "people", "requests", "contacts", "contacts_csv", "contacts_vcf")),
        ("person", me, pk(forum, GERMAN)), ("block", me, pk(forum, GERMAN)), ("outcome", seat),
    ]  # fmt: skip
    for who in ("mallory", "belgian_sme", "german_provider", "office", "organiser", "network_office"):
        client = signed_in(getattr(cast, who))
        for name, *args in own:
            assert client.get(page(name, *args)).status_code == 404, (who, name)
        for name in ("word", "step", "introduction"):
            assert post(client, name, seat, said="1").status_code == 404, (who, name)
    for who in ("mallory", "danish_sme", "office"):
        client = signed_in(getattr(cast, who))
        assert client.get(page("request", request.pk)).status_code == 404
        for name in ("acceptance", "priority", "refusal", "withdrawal"):
            assert post(client, name, request.pk, priority="low", reason="").status_code == 404, (who, name)
    assert signed_in(cast.mallory).get(page("meeting", meeting.pk)).status_code == 404
    assert signed_in(cast.organiser).get(page("meeting", meeting.pk)).status_code == 200
    assert Client().get(page("agenda", me)).status_code == 302


def test_blocking_is_private_and_can_be_taken_back(cast: Cast):
    forum = a_forum(cast)
    a_request(forum, DANISH, GERMAN)
    gerda, dagny = signed_in(cast.german_provider), signed_in(cast.danish_sme)
    me, him = pk(forum, GERMAN), pk(forum, DANISH)
    assert post(gerda, "block", me, him, reason="A rival.").status_code == 302
    assert "A rival." in text_of(gerda, "requests", me)
    seen = text_of(dagny, "requests", him)
    assert "A rival." not in seen
    assert "Cannot meet you" in seen
    assert dagny.get(page("person", him, me)).status_code == 404
    assert post(gerda, "unblock", me, him).status_code == 302
    assert not Block.objects.exists()


def test_whoever_asked_can_be_blocked_even_if_nobody_finds_them(cast: Cast):
    forum = a_forum(cast)
    a_request(forum, DANISH, GERMAN)
    Registration.objects.filter(pk=pk(forum, DANISH)).update(is_listed=False)
    gerda, benoit = signed_in(cast.german_provider), signed_in(cast.belgian_sme)
    assert benoit.get(page("block", pk(forum, BELGIAN), pk(forum, DANISH))).status_code == 404
    assert post(gerda, "block", pk(forum, GERMAN), pk(forum, DANISH), reason="").status_code == 302
    assert Block.objects.get().set_by == forum.of(GERMAN)


def test_a_no_and_a_withdrawal_through_the_pages(cast: Cast):
    forum = a_forum(cast)
    one, other = a_request(forum, DANISH, GERMAN), a_request(forum, BELGIAN, GERMAN)
    gerda = signed_in(cast.german_provider)
    shown = {"reason": "Full.", "reason_is_shown": "on"}
    assert post(gerda, "refusal", one.pk, **shown).status_code == 302
    assert "Full." in text_of(signed_in(cast.danish_sme), "requests", pk(forum, DANISH))
    assert post(signed_in(cast.belgian_sme), "withdrawal", other.pk, reason="").status_code == 302
    other.refresh_from_db()
    assert other.state == Asked.WITHDRAWN


def test_the_agenda_says_what_comes_next_and_where(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum, table=3)
    Clock.at = meeting.slot.starts_at - timedelta(minutes=5)
    seen = text_of(signed_in(cast.danish_sme), "agenda", pk(forum, DANISH))
    assert "Next meeting" in seen
    assert "Can you bind our peptide?" in seen
    day = seen[seen.index('class="plain slots"') :]
    assert "Gerda German" in day
    assert "Welcome" in day
    assert "13:00–13:20" in day
    assert page("calendar", forum.of(DANISH).calendar_key) in seen


# ── The calendar by its key ──────────────────────────────────────────────────────────────────────────────────────────
def lines_of(forum: Forum, name: str = DANISH) -> list[str]:
    response = Client().get(page("calendar", forum.of(name).calendar_key))
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def of_meeting(lines: list[str], meeting: Meeting) -> dict[str, str]:
    """The lines of the meeting's entry by their names."""
    start = next(at for at, line in enumerate(lines) if line.startswith(f"UID:meeting-{meeting.code}@"))
    begin = max(at for at, line in enumerate(lines[:start]) if line == "BEGIN:VEVENT")
    end = lines.index("END:VEVENT", start)
    return dict(line.split(":", 1) for line in lines[begin:end] if ":" in line)


def test_a_calendar_follows_what_moves_and_what_is_cancelled(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum, slot=1)
    before = of_meeting(lines_of(forum), meeting)
    assert before["SEQUENCE"] == "0"
    assert before["SUMMARY"].startswith("Gerda German")
    Meeting.objects.filter(pk=meeting.pk).update(slot=forum.slots[3], sequence=1, changed_at=AT)
    meeting.seats.update(slot=forum.slots[3])
    moved = of_meeting(lines_of(forum), meeting)
    assert (moved["UID"], moved["SEQUENCE"]) == (before["UID"], "1")
    starts = next(name for name in before if name.startswith("DTSTART"))
    assert moved[starts] != before[starts]
    actions.withdraw(request_id=meeting.request_id, by=forum.actor(GERMAN), at=AT)
    gone = of_meeting(lines_of(forum), meeting)
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (before["UID"], "2", "CANCELLED")
    assert Meeting.objects.get().state == MeetingState.CANCELLED


def test_a_calendar_of_one_who_no_longer_comes_takes_everything_out(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    Registration.objects.filter(pk=pk(forum, DANISH)).update(state="cancelled", cancelled_at=AT)
    assert of_meeting(lines_of(forum), meeting)["STATUS"] == "CANCELLED"


def test_only_the_right_key_opens_a_calendar(cast: Cast):
    forum = a_forum(cast)
    key = forum.of(DANISH).calendar_key
    for wrong in (key[:-1], key.upper(), "x", "ä", "%00", str(pk(forum, DANISH))):
        assert Client().get(page("calendar", wrong)).status_code == 404
    assert Client().post(page("calendar", key)).status_code == 405
    Clock.at = forum.event.ends_at + timedelta(days=91)
    assert Client().get(page("calendar", key)).status_code == 404


# ── An application, the desk, the address book ───────────────────────────────────────────────────────────────────────
def test_an_application_begins_with_the_meeting(cast: Cast):
    forum = a_forum(cast)
    meeting = a_meeting(forum)
    Clock.at = AT
    call = a_published_call(phase=cast.phase, closes_at=AT + timedelta(days=20))
    offer, seat = offer_of(call), seat_of(meeting, forum.of(DANISH))
    dagny = signed_in(cast.danish_sme)
    assert offer.name in dagny.get(reverse("applications:from_meeting", args=[seat.pk])).content.decode()
    there = f"{reverse('applications:draft', args=[offer.pk])}?seat={seat.pk}"
    assert dagny.post(there, {"operation_key": str(uuid.uuid4())}).status_code == 302
    draft = Application.objects.get()
    assert (draft.meeting, draft.provider, draft.title) == (
        meeting, cast.german_institute, "Can you bind our peptide?"
    )  # fmt: skip
    for who, status in (("belgian_sme", 404), ("german_provider", 403), ("mallory", 403)):
        answer = signed_in(getattr(cast, who)).get(reverse("applications:from_meeting", args=[seat.pk]))
        assert answer.status_code == status, who


def test_the_desk_says_what_waits(cast: Cast):
    forum = a_forum(cast)
    a_request(forum, DANISH, GERMAN)
    meeting = a_meeting(forum, DANISH, BELGIAN)
    home = reverse("desk:home")
    assert "Answer 1 request for a meeting" in signed_in(cast.german_provider).get(home).content.decode()
    Clock.at = after(meeting)
    assert "Say what came of 1 meeting" in signed_in(cast.danish_sme).get(home).content.decode()
    seat = seat_of(meeting, forum.of(DANISH)).pk
    actions.say_outcome(
        seat_id=seat, was_held=True, next_step="Send the sample.", by=forum.actor(DANISH), at=Clock.at
    )
    seen = signed_in(cast.danish_sme).get(home).content.decode()
    assert "Send the sample." in seen
    assert "Say what came of" not in seen


def test_the_next_meeting_is_so_many_minutes_away():
    said = [_away(timedelta(minutes=minutes)) for minutes in (0, 1, 59, 114, 60 * 26)]
    assert said == ["in 0 minutes", "in 1 minute", "in 59 minutes", "in 1 h 54 min", "in 1 day"]


def test_an_address_book_reads_what_it_should():
    long = "Ø" * 60
    octets = vcards([Card("urn:1", "Müller; Anna, Dr.", organisation=long, note="One\nTwo \\ three")])
    lines = octets.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    text = octets.decode().replace("\r\n ", "")
    assert "FN:Müller\\; Anna\\, Dr." in text
    assert f"ORG:{long}" in text
    assert "NOTE:One\\nTwo \\\\ three" in text
    assert "EMAIL" not in text
