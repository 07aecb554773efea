"""Preparing an event: what is open before publication, who may, what two write at once, who is told of what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from landbridge.events import actions, queries, rules
from landbridge.events.actions import SessionText, Stale
from landbridge.events.models import Event, Quota
from landbridge.events.queries.findings import findings
from landbridge.events.rules import Phase
from landbridge.events.rules.answers import Asks, Question
from landbridge.events.states import Form, Kind, Registered, S
from landbridge.events.tasks import end
from landbridge.foundation import clock
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.factories.events import AT, a_draft_event, a_session, an_event, on

pytestmark = pytest.mark.django_db


def somebody(event: Event, name: str, *, state: str = Registered.APPROVED) -> None:
    event.registrations.create(
        email=f"{name}@example.org", name=name, organisation_name="Somewhere", state=state, code=f"{event.pk}{name}"[:12],
        calendar_key=f"{event.pk}{name}", begun_at=AT, submitted_at=AT, attendee="guest",
    )  # fmt: skip


def open_in(event: Event) -> dict[str, list[str]]:
    return {
        piece.part: [problem.code for problem in piece.problems]
        for piece in queries.pre_check(event, at=AT)
        if piece.problems
    }


def test_a_new_event_says_part_by_part_what_is_open(cast):
    event = actions.draft(
        kind=Kind.OPEN_INNOVATION, form=Form.ON_SITE, title="New", starts_at=AT + timedelta(days=9),
        ends_at=AT + timedelta(days=10), time_zone="Europe/Brussels", programme_id=cast.programme.pk,
        by=cast.actor("organiser"), at=AT,
    )  # fmt: skip
    assert open_in(event) == {
        "about": ["no_summary", "no_description"],
        "place": ["no_place", "no_directions"],
        "slots": ["no_slots"],
        "tables": ["no_tables"],
        "challenges": ["no_challenge"],
    }
    with pytest.raises(Refused, match="no_summary, no_description, no_place"):
        actions.publish(event_id=event.pk, by=cast.actor("organiser"), at=AT)
    assert event.contact_email == cast.programme.contact_email


def test_an_event_that_would_begin_in_the_past_is_not_published(cast):
    event = an_event(cast, state=S.DRAFT)
    assert "dates" in {piece.part for piece in queries.pre_check(event, at=event.ends_at) if piece.problems}


def test_publication_takes_what_the_pre_check_lets_through(cast):
    event = an_event(cast, state=S.DRAFT)
    assert open_in(event) == {}
    published = actions.publish(event_id=event.pk, by=cast.actor("office"), at=AT)
    assert (published.state, published.published_at) == (S.PUBLISHED, AT)
    with pytest.raises(Refused, match="wrong_state"):
        actions.publish(event_id=event.pk, by=cast.actor("office"), at=AT)


@pytest.mark.parametrize("name", ["danish_sme", "liege_broker", "auditor", "assessor", "mallory"])
def test_only_offices_and_organisers_build_events(cast, name):
    event = a_draft_event(cast)
    with pytest.raises(NotAllowed):
        actions.publish(event_id=event.pk, by=cast.actor(name), at=AT)
    with pytest.raises(NotAllowed):
        actions.edit(event_id=event.pk, version=2, changes={"venue": "Mine"}, by=cast.actor(name), at=AT)


def test_a_foreign_programme_s_event_is_not_found_and_none_is_drafted_for_it(cast):
    event = a_draft_event(cast)
    with pytest.raises(Event.DoesNotExist):
        actions.publish(event_id=event.pk, by=cast.actor("other_office"), at=AT)
    with pytest.raises(NotAllowed):
        actions.draft(
            kind=Kind.WORKSHOP, form=Form.ONLINE, title="Theirs", starts_at=AT + timedelta(days=9),
            ends_at=AT + timedelta(days=10), time_zone="Europe/Brussels", programme_id=cast.programme.pk,
            by=cast.actor("other_office"), at=AT,
        )  # fmt: skip


def test_writing_on_an_old_version_is_shown_only_where_it_differs(cast):
    event = a_draft_event(cast)
    given = {"event_id": event.pk, "version": event.version, "by": SYSTEM, "at": AT}
    actions.edit(**given, changes={"venue": "Theirs"})
    with pytest.raises(Stale) as clash:
        actions.edit(**given, changes={"venue": "Mine"})
    (problem,) = clash.value.problems
    assert (problem.field, problem.params["stored"]) == ("venue", "Theirs")
    again = actions.edit(**given, changes={"venue": "Theirs"})
    assert again.version == clash.value.version


def test_calendars_hear_of_what_they_show_and_of_nothing_else(cast):
    event = an_event(cast)
    given = {"event_id": event.pk, "by": SYSTEM, "at": AT}
    event = actions.edit(**given, version=event.version, changes={"summary": "Other words."})
    assert event.sequence == 0
    event = actions.edit(**given, version=event.version, changes={"venue": "Other hall"})
    assert event.sequence == 1
    a_session(event, "Late talk", "17:00", "17:30")
    event.refresh_from_db()
    assert event.sequence == 2
    draft = a_draft_event(cast, title="Quiet")
    changed = actions.edit(
        event_id=draft.pk, version=draft.version, changes={"venue": "Hall 2"}, by=SYSTEM, at=AT
    )
    assert changed.sequence == 0


def test_everyone_who_registered_is_told_once_that_it_is_called_off(cast):
    event = an_event(cast)
    for name, state in (
        ("ada", "approved"),
        ("bob", "waiting"),
        ("cy", "submitted"),
        ("dan", "cancelled"),
        ("eve", "draft"),
    ):
        somebody(event, name, state=state)
    actions.cancel(event_id=event.pk, reason="The hall is flooded.", by=cast.actor("organiser"), at=AT)
    letters = Letter.objects.filter(template="events/called_off").order_by("recipient_email")
    assert [letter.recipient_email for letter in letters] == [
        "ada@example.org",
        "bob@example.org",
        "cy@example.org",
    ]
    assert "The hall is flooded." in letters[0].body
    with pytest.raises(Refused, match="wrong_state"):
        actions.cancel(event_id=event.pk, reason="Again.", by=cast.actor("organiser"), at=AT)
    with pytest.raises(Refused, match="event_closed"):
        actions.edit(event_id=event.pk, version=event.version, changes={"venue": "X"}, by=SYSTEM, at=AT)


def test_a_notice_counts_whom_it_reached(cast):
    event = an_event(cast)
    somebody(event, "ada")
    somebody(event, "bob", state=Registered.REJECTED)
    notice = actions.notify(event_id=event.pk, subject="Gate 3", text="Come by gate 3.", by=SYSTEM, at=AT)
    assert notice.told == 1
    assert queries.notices_of(event, at=AT + timedelta(hours=23)) == [notice]
    assert queries.notices_of(event, at=AT + timedelta(hours=25)) == []
    with pytest.raises(Refused, match="nobody_to_notify"):
        actions.notify(event_id=a_draft_event(cast).pk, subject="A", text="B", by=SYSTEM, at=AT)


def test_an_event_ends_by_itself_after_its_end_and_not_before(cast, monkeypatch):
    event = an_event(cast)
    with pytest.raises(Refused, match="event_not_over"):
        actions.end(event_id=event.pk, by=SYSTEM, at=event.ends_at - timedelta(seconds=1))
    for moment, state in ((event.ends_at - timedelta(minutes=1), S.PUBLISHED), (event.ends_at, S.ENDED)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        end.func()
        event.refresh_from_db()
        assert event.state == state


def test_phases_follow_the_dates(cast):
    event = an_event(cast, registration_opens_at=AT + timedelta(days=1))
    days = {
        0: Phase.PREPARATION, 2: Phase.REGISTRATION, 28: Phase.SCHEDULING, 40: Phase.FOLLOW_UP, 60: Phase.CLOSED,
    }  # fmt: skip
    assert {day: queries.phase_of(event, at=AT + timedelta(days=day)) for day in days} == days
    assert queries.phase_of(event, at=event.starts_at) == Phase.LIVE
    assert queries.phase_of(a_draft_event(cast, title="B"), at=AT) == Phase.PREPARATION


# ── Programme ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_room_has_one_session_at_a_time_and_the_next_begins_when_it_ends(cast):
    event = an_event(cast)
    room = actions.add_room(event_id=event.pk, name="Hall A", places=30, by=SYSTEM, at=AT)
    a_session(event, "One", "11:00", "12:00", room_id=room.pk)
    with pytest.raises(Refused, match="room_taken"):
        a_session(event, "Two", "11:30", "12:30", room_id=room.pk)
    a_session(event, "Two", "12:00", "12:30", room_id=room.pk)
    a_session(event, "Elsewhere", "11:30", "12:30")
    with pytest.raises(Refused, match="room_too_small"):
        a_session(event, "Large", "14:00", "15:00", room_id=room.pk, needs_sign_up=True, capacity=31)
    with pytest.raises(Refused, match="room_twice"):
        actions.add_room(event_id=event.pk, name=" hall a ", by=SYSTEM, at=AT)


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        ("08:00", "09:30", "session_outside"),
        ("17:30", "18:30", "session_outside"),
        ("11:00", "11:00", "session_ends_first"),
    ],
)
def test_a_session_lies_within_its_event(cast, begins, ends, code):
    with pytest.raises(Refused, match=code):
        a_session(an_event(cast), "Odd", begins, ends)


def test_who_has_a_place_in_a_session_is_told_when_it_moves_or_goes(cast):
    event = an_event(cast)
    session = a_session(event, "Workshop", "11:00", "12:00", kind="workshop", needs_sign_up=True)
    somebody(event, "ada")
    session.places_taken.create(registration=event.registrations.get(), taken_at=AT)
    day = event.starts_at.date()
    same = {"session_id": session.pk, "room_id": None, "by": SYSTEM, "at": AT}
    text = SessionText(title="Workshop", kind="workshop", needs_sign_up=True, speakers="Dr B")
    actions.edit_session(**same, text=text, starts_at=session.starts_at, ends_at=session.ends_at)
    assert not Letter.objects.filter(template="events/session_changed").exists()
    actions.edit_session(**same, text=text, starts_at=on(day, "14:00"), ends_at=on(day, "15:00"))
    assert "14:00 (Europe/Brussels)" in Letter.objects.get(template="events/session_changed").body
    actions.drop_session(session_id=session.pk, by=SYSTEM, at=AT + timedelta(minutes=1))
    assert Letter.objects.filter(template="events/session_changed").count() == 2


# ── Questions, quotas, texts ─────────────────────────────────────────────────────────────────────────────────────────
FIRST = Question("dinner", "Dinner?", Asks.YES_NO)


@pytest.mark.parametrize(
    ("questions", "code"),
    [
        ([FIRST, FIRST], "question_twice"),
        ([Question("a", "A", Asks.CHOICE, options=("One",))], "options_missing"),
        ([Question("a", "A", Asks.CHOICES, options=("One", "one"))], "options_missing"),
        ([Question("a", "A", Asks.TEXT, options=("One", "Two"))], "options_unused"),
        ([Question("a", "A", after="dinner", after_in=("yes",)), FIRST], "condition_on_nothing"),
        ([FIRST, Question("a", "A", after="dinner", after_in=("perhaps",))], "condition_never_met"),
        ([FIRST, Question("a", "A", after="dinner")], "condition_never_met"),
        ([Question("a", "A", attendees=("king",))], "unknown_attendee"),
        ([Question(f"a{number}", "A") for number in range(31)], "too_many_questions"),
    ],
)
def test_questions_that_nobody_could_answer_are_refused(cast, questions, code):
    event = a_draft_event(cast)
    with pytest.raises(Refused, match=code):
        actions.set_questions(event_id=event.pk, version=event.version, questions=questions, by=SYSTEM, at=AT)


def test_the_key_of_a_question_is_given_once_and_readable():
    assert rules.key_for("Do you come to dinner?", taken=[]) == "do_you_come_to_dinner"
    assert (
        rules.key_for("Do you come to dinner?", taken=["do_you_come_to_dinner"]) == "do_you_come_to_dinner_2"
    )
    assert rules.key_for("¿?", taken=[]) == "question"


def test_a_quota_is_for_a_region_or_a_kind_and_never_for_more_than_there_are_places(cast):
    event = an_event(cast, capacity=20)
    given = {"event_id": event.pk, "by": SYSTEM, "at": AT}
    actions.set_quotas(**given, by_region={cast.liege.pk: 10}, by_attendee={"investor": 5})
    actions.set_quotas(**given, by_region={}, by_attendee={"investor": 6})
    assert [quota.at_most for quota in event.quotas.all()] == [6]
    with pytest.raises(Refused, match="quota_over_capacity"):
        actions.set_quotas(**given, by_region={cast.liege.pk: 21}, by_attendee={})
    with pytest.raises(IntegrityError, match="a_quota_is_for_a_region_or_a_kind"), transaction.atomic():
        Quota.objects.create(event=event, at_most=3)


def test_a_language_is_written_and_taken_away_again(cast):
    event = a_draft_event(cast)
    given = {"event_id": event.pk, "by": SYSTEM, "at": AT}
    event = actions.set_texts(
        **given, version=event.version, language="fr", texts={"title": "Un", "summary": " "}
    )
    assert event.texts == {"fr": {"title": "Un"}}
    shown = queries.shown_in(event, "fr")
    assert (str(shown.title), shown.title.language) == ("Un", "fr")
    assert (shown.description.language, shown.fallen_back) == ("en", True)
    with pytest.raises(Stale):
        actions.set_texts(**given, version=1, language="fr", texts={"title": "Deux"})
    event = actions.set_texts(**given, version=event.version, language="fr", texts={})
    assert event.texts == {}
    with pytest.raises(Refused, match="language_is_main"):
        actions.set_texts(**given, version=event.version, language="en", texts={"title": "A"})


def test_slugs_carry_the_year_and_never_hide_a_page():
    assert rules.slug_for("Événement à Liège", year=2026, taken=[]) == "evenement-a-liege-2026"
    assert rules.slug_for("Forum 2026", year=2026, taken=["forum-2026"]) == "forum-2026-2"
    assert rules.slug_for("!!!", year=2026, taken=[]) == "event-2026"


# ── Verify, record, tables ───────────────────────────────────────────────────────────────────────────────────────────
def test_what_does_not_fit_together_is_found(cast):
    event = an_event(cast)
    assert list(findings()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_slot SET ends_at = ends_at, starts_at = %s WHERE number = 2", [event.starts_at]
        )
        cursor.execute("UPDATE events_event SET ends_at = %s", [event.starts_at + timedelta(hours=1)])
    found = "\n".join(findings())
    assert "lies outside its event" in found
    assert "Slots 1 and 2 of event" in found


def test_two_sessions_in_one_room_are_found(cast):
    event = an_event(cast)
    room = actions.add_room(event_id=event.pk, name="Hall A", by=SYSTEM, at=AT)
    one = a_session(event, "One", "11:00", "12:00", room_id=room.pk)
    two = a_session(event, "Two", "12:00", "13:00", room_id=room.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_session SET starts_at = %s WHERE id = %s", [one.starts_at, two.pk])
    assert list(findings()) == [f"Sessions {one.pk} and {two.pk} are in room {room.pk} at the same time."]


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ({"state": "odd"}, "an_event_has_a_known_state"),
        ({"kind": "odd"}, "an_event_has_a_known_kind"),
        ({"form": "odd"}, "an_event_has_a_known_form"),
        ({"ends_at": AT}, "an_event_ends_after_it_begins"),
        ({"registration_closes_at": AT - timedelta(days=9)}, "registration_closes_after_it_opens"),
        ({"published_at": None}, "a_published_event_has_its_moment"),
    ],
)
def test_the_database_refuses_an_event_that_cannot_be(cast, columns, name):
    event = an_event(cast)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**columns)


def test_every_step_stands_in_the_record(cast):
    event = an_event(cast, state=S.CANCELLED)
    events = set(Entry.objects.filter(subject_id=event.pk).values_list("event", flat=True))
    assert {
        "event.drafted",
        "event.edited",
        "event.slots_laid",
        "event.published",
        "event.cancelled",
    } <= events
