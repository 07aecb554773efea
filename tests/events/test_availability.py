"""When somebody is there, sessions with few places, and who is reminded of what is missing."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.events import actions, queries, tasks
from landbridge.events.models import ChallengeAnswer, Registration, Session, Slot
from landbridge.events.states import Form, Kind
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.problems import Refused
from tests.cast import make_cast
from tests.events.test_waiting_list import all_at_once
from tests.factories.events import AT, a_person, a_registration, a_session, an_event

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now(monkeypatch: Any, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(client: Client, page: str, *args: object, **fields: Any) -> Any:
    return client.post(reverse(f"events:{page}", args=args), {"operation_key": str(uuid.uuid4()), **fields})


def slots_of(event: Any) -> list[Slot]:
    return list(Slot.objects.filter(event=event).order_by("number"))


def told(name: str) -> list[str]:
    return list(
        Letter.objects.filter(template=f"events/{name}")
        .order_by("pk")
        .values_list("recipient_email", flat=True)
    )


# ── Slots ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_somebody_who_said_nothing_is_not_somebody_without_time(cast):
    event = an_event(cast)
    found = a_registration(event, cast.danish_sme)
    assert queries.free_slots(found, slots_of(event)) is None
    assert "slots" in queries.completeness(found).missing
    found = actions.set_slots(registration_id=found.pk, slots=[], by=cast.actor("danish_sme"), at=AT)
    assert queries.free_slots(found, slots_of(event)) == set()
    assert "slots" not in queries.completeness(found).missing


@pytest.mark.django_db
def test_a_chosen_session_takes_its_slots_out(cast):
    event = an_event(cast, slots=4)  # 13:00, 13:25, 13:50, 14:15
    session = a_session(event, "Workshop", "13:30", "14:00", kind="workshop", needs_sign_up=True, capacity=5)
    session = Session.objects.get(title="Workshop")
    found = a_registration(event, cast.danish_sme)
    slots = slots_of(event)
    actions.set_slots(registration_id=found.pk, slots=[one.pk for one in slots], by=SYSTEM, at=AT)
    found = actions.take_session(registration_id=found.pk, session_id=session.pk, by=SYSTEM, at=AT)
    found.refresh_from_db()
    assert queries.free_slots(found, slots) == {slots[0].pk, slots[3].pk}
    actions.leave_session(registration_id=found.pk, session_id=session.pk, by=SYSTEM, at=AT)
    assert len(queries.free_slots(found, slots) or ()) == 4


@pytest.mark.django_db
def test_slots_of_another_event_are_refused(cast):
    found = a_registration(an_event(cast), cast.danish_sme)
    other = slots_of(an_event(cast, title="Other"))
    with pytest.raises(Refused, match="slot_unknown"):
        actions.set_slots(registration_id=found.pk, slots=[other[0].pk], by=cast.actor("danish_sme"), at=AT)


@pytest.mark.django_db
def test_the_page_ticks_all_a_part_or_single_slots(cast):
    event = an_event(cast)
    found = a_registration(event, cast.danish_sme)
    client = signed_in(cast.danish_sme)
    slots = [one.pk for one in slots_of(event)]
    page = client.get(reverse("events:availability", args=[found.pk])).content.decode()
    assert "You have not ticked when you are there" in page
    for fields, expected in (
        ({"all": "1"}, slots), ({"none": "1"}, []), ({"slots": slots[:2]}, slots[:2]),
        ({"slots": slots[:1], "part": "1"}, slots), ({"slots": ["nonsense", "9" * 30, str(slots[0])]}, slots[:1]),
    ):  # fmt: skip
        assert post(client, "availability", found.pk, **fields).status_code == 302
        found.refresh_from_db()
        assert found.slots == expected
    assert post(client, "availability", found.pk, slots=[str(10**9)]).status_code == 409


@pytest.mark.django_db
def test_who_comes_online_sees_both_times(cast):
    event = an_event(cast, form=Form.ONLINE, link="https://meet.example.org/x")
    found = a_registration(event, cast.danish_sme, time_zone="America/New_York")
    page = signed_in(cast.danish_sme).get(reverse("events:availability", args=[found.pk])).content.decode()
    assert "13:00–13:20" in page
    assert "07:00–07:20" in page
    assert "America/New_York" in page


# ── Sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_sessions_that_overlap_are_not_both_taken(cast):
    event = an_event(cast)
    for title, begins, ends in (
        ("One", "11:00", "12:00"),
        ("Two", "11:30", "12:30"),
        ("Three", "12:30", "12:50"),
    ):
        a_session(event, title, begins, ends, kind="workshop", needs_sign_up=True, capacity=1)
    one, two, three = (Session.objects.get(title=title) for title in ("One", "Two", "Three"))
    found, other = a_registration(event, cast.danish_sme), a_registration(event, cast.belgian_sme)

    def take(who: Registration, session: Session) -> Registration:
        return actions.take_session(registration_id=who.pk, session_id=session.pk, by=SYSTEM, at=AT)

    take(found, one)
    take(found, one)
    with pytest.raises(Refused, match="sessions_overlap"):
        take(found, two)
    take(found, three)
    with pytest.raises(Refused, match="session_full"):
        take(other, one)
    actions.cancel_registration(registration_id=found.pk, by=SYSTEM, at=AT)
    take(other, one)  # what somebody cancels is free at once


@pytest.mark.django_db(transaction=True)
def test_the_last_place_of_a_session_goes_to_one():
    cast = make_cast()
    event = an_event(cast)
    a_session(event, "Small", "11:00", "12:00", kind="workshop", needs_sign_up=True, capacity=2)
    session = Session.objects.get(title="Small")
    people = [a_registration(event, Actor(one.pk, one.name)) for one in (a_person(n) for n in range(5))]
    results = all_at_once(
        *(
            lambda pk=one.pk: actions.take_session(
                registration_id=pk, session_id=session.pk, by=SYSTEM, at=AT
            )
            for one in people
        )
    )
    assert sum(isinstance(one, Registration) for one in results) == 2
    assert session.places_taken.count() == 2


# ── Challenges ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_a_challenge_s_answers_are_read_by_its_company_and_the_organiser(cast):
    event = an_event(cast, kind=Kind.OPEN_INNOVATION)
    challenge = event.challenges.get()
    type(challenge).objects.filter(pk=challenge.pk).update(organisation=cast.danish_company)
    found = a_registration(event, cast.german_provider)
    client = signed_in(cast.german_provider)
    assert post(client, "challenge_answer", found.pk, challenge.pk, text="Use our array.").status_code == 302
    assert ChallengeAnswer.objects.get().text == "Use our array."
    here = reverse("events:challenge_answers", args=[event.slug])
    reads = {
        name: "Use our array." in signed_in(getattr(cast, name)).get(here).content.decode()
        for name in ("danish_sme", "organiser", "belgian_sme", "mallory", "german_provider")
    }
    assert reads == {
        "danish_sme": True,
        "organiser": True,
        "belgian_sme": False,
        "mallory": False,
        "german_provider": False,
    }
    post(client, "challenge_answer", found.pk, challenge.pk, text="")
    assert not ChallengeAnswer.objects.exists()


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_who_has_not_said_when_is_asked_once_and_seen_by_the_organiser(cast, monkeypatch):
    event = an_event(cast)
    silent, said = a_registration(event, cast.danish_sme), a_registration(event, cast.belgian_sme)
    actions.set_slots(registration_id=said.pk, slots=[slots_of(event)[0].pk], by=SYSTEM, at=AT)
    tasks.ask_when_there.call()
    assert told("gaps") == []
    for days in (3, 4, 5):
        monkeypatch.setattr(clock, "now", lambda days=days: AT + days * DAY)
        tasks.ask_when_there.call()
    assert told("gaps") == [silent.email]
    client = signed_in(cast.organiser)
    page = client.get(reverse("events:registrations", args=[event.slug])).content.decode()
    assert "1 person has not said when they are there" in page
    for _twice in range(2):
        assert post(client, "slots_reminder", event.slug).status_code == 302
    assert told("gaps") == [silent.email] * 2  # once on a day, however often it is pressed
    monkeypatch.setattr(clock, "now", lambda: AT + 7 * DAY)
    post(signed_in(cast.organiser), "slots_reminder", event.slug)
    assert told("gaps") == [silent.email] * 3


@pytest.mark.django_db
def test_a_week_and_a_day_before_everyone_is_reminded_once(cast, monkeypatch):
    event = an_event(cast)
    found = a_registration(event, cast.danish_sme)
    a_registration(event, cast.belgian_sme, state="cancelled")
    for before in (20, 7, 6.9, 3, 1, 0.5):
        monkeypatch.setattr(clock, "now", lambda before=before: event.starts_at - before * DAY)
        tasks.remind.call()
    assert told("in_a_week") == [found.email]
    assert told("in_a_day") == [found.email]
    assert "11:00" not in Letter.objects.get(template="events/in_a_day").body
    assert "09:00" in Letter.objects.get(template="events/in_a_day").body
    actions.check_in(
        code=found.code, event_id=event.pk, scanned_at=event.starts_at, by=SYSTEM, at=event.starts_at
    )
    for after in (1, 2, 5):
        monkeypatch.setattr(clock, "now", lambda after=after: event.ends_at + after * DAY)
        tasks.follow_up.call()
    assert told("afterwards") == [found.email]


@pytest.mark.django_db
def test_what_people_needed_is_deleted_a_month_after(cast, monkeypatch):
    event = an_event(cast)
    found = a_registration(event, cast.danish_sme, needs="No nuts", needs_step_free=True)
    for days, needs in ((29, "No nuts"), (31, "")):
        monkeypatch.setattr(clock, "now", lambda days=days: event.ends_at + days * DAY)
        tasks.forget.call()
        found.refresh_from_db()
        assert (found.needs, found.needs_step_free) == (needs, bool(needs))
