"""Building an event: begun in a few fields, then written part by part; what two write at once is shown, never lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from landbridge.events import rules
from landbridge.events.actions._parts import Stale, _changed, _open
from landbridge.events.actions._places import _move_up
from landbridge.events.models import Event, Quota, Session, Slot
from landbridge.events.queries.grid import dates_of, stretches
from landbridge.events.rules.answers import Question
from landbridge.events.states import Kind
from landbridge.foundation.audit.record import record
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.programmes.models import Programme

WITH_MEETINGS = (Kind.MATCHMAKING, Kind.OPEN_INNOVATION, Kind.PITCH_EVENT)


@transaction.atomic
def draft(
    *,
    kind: str,
    form: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    time_zone: str,
    by: Actor,
    at: datetime,
    programme_id: int | None = None,
    contact_email: str = "",
    language: str = "en",
    is_demonstration: bool = False,
) -> Event:
    """Begin an event of one's programme, or of the whole network (`programme_id` None).

    Registration opens with publication and closes three days before the event; both can be changed.
    """
    if not by.may(P.EVENT_EDIT):
        raise NotAllowed(P.EVENT_EDIT)
    programme = _programme(programme_id, by=by)
    opens_at = at.replace(second=0, microsecond=0)
    closes_at = rules.closing_of_registration(opens_at, starts_at=starts_at, ends_at=ends_at)
    refuse_if(rules.problems_with_begin(starts_at, at=at))
    refuse_if(rules.problems_with_dates(rules.Dates(starts_at, ends_at, opens_at, closes_at)))
    event = Event.objects.create(
        slug=_slug(title, year=starts_at.year),
        programme=programme,
        kind=kind,
        form=form,
        title=title.strip(),
        language=language,
        time_zone=time_zone,
        starts_at=starts_at,
        ends_at=ends_at,
        contact_email=contact_email or (programme.contact_email if programme else ""),
        registration_opens_at=opens_at,
        registration_closes_at=closes_at,
        has_meetings=kind in WITH_MEETINGS,
        created_by_name=by.name[:150],
        created_at=at,
        edited_by_name=by.name[:150],
        edited_at=at,
        is_demonstration=is_demonstration,
    )
    record("event.drafted", event, by=by, at=at, kind=kind, starts_at=starts_at)
    return event


@transaction.atomic
def edit(
    *,
    event_id: int,
    version: int,
    changes: Mapping[str, Any],
    by: Actor,
    at: datetime,
    moves_along: bool = False,
) -> Event:
    """Change columns of the event that the writer saw at `version`.

    Raises `Stale`, and keeps nothing, where somebody else has changed one of the same columns to something else.
    With new dates, `moves_along` takes programme and slots to the new days, at their times of the clock.
    """
    unknown = set(changes) - rules.EDITABLE
    if unknown:
        raise TypeError(f"An event has no {', '.join(sorted(unknown))} to edit.")
    event = _open(event_id, by=by)
    values = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    changed = sorted(name for name, value in values.items() if getattr(event, name) != value)
    if not changed:
        return event
    if version != event.version:
        raise Stale(event, {name: getattr(event, name) for name in changed})
    former = Event(starts_at=event.starts_at, time_zone=event.time_zone)
    for name in changed:
        setattr(event, name, values[name])
    refuse_if(rules.problems_with_dates(dates_of(event)))
    if {"starts_at", "ends_at", "time_zone"} & set(changed):
        if moves_along:
            _move_contents(event, former=former)
        _refuse_what_lies_outside(event)
    _changed(event, *changed, by=by, at=at, in_calendars=bool(rules.TOLD & set(changed)))
    record("event.edited", event, by=by, at=at, version=event.version, fields=changed)
    if "capacity" in changed:
        _move_up(event, at=at)
    return event


@transaction.atomic
def set_texts(
    *, event_id: int, version: int, language: str, texts: Mapping[str, str], by: Actor, at: datetime
) -> Event:
    """The texts in a further language; without any, the language is taken away."""
    event = _open(event_id, by=by)
    kept = {name: text.strip() for name in rules.TEXTS if (text := texts.get(name, "")).strip()}
    standing = event.texts.get(language, {})
    if kept == standing:
        return event
    if language == event.language:
        refuse(
            "language_is_main",
            N_("This is the language in which the event itself is written."),
            cure=N_("Change it under “What it is about”."),
            field="language",
        )
    if version != event.version and standing:
        differing = {
            name: standing.get(name, "") for name in rules.TEXTS if standing.get(name) != kept.get(name)
        }
        raise Stale(event, differing)
    event.texts = {code: rows for code, rows in {**event.texts, language: kept}.items() if rows}
    _changed(event, "texts", by=by, at=at)
    record("event.translated", event, by=by, at=at, language=language, fields=sorted(kept))
    return event


@transaction.atomic
def set_picture(
    *,
    event_id: int,
    version: int,
    picture_text: str,
    by: Actor,
    at: datetime,
    picture: Received | None = None,
    takes_away: bool = False,
) -> Event:
    """A new picture, or other words for the one there is; `takes_away` leaves none."""
    event = _open(event_id, by=by)
    if version != event.version and event.picture_text != picture_text.strip() and picture is None:
        raise Stale(event, {"picture_text": event.picture_text})
    if (picture is not None or event.picture_id) and not takes_away and not picture_text.strip():
        refuse(
            "picture_without_words",
            N_("The picture has no words for people who do not see it."),
            cure=N_("Say in a sentence what it shows."),
            field="picture_text",
        )
    if takes_away:
        event.picture = None
    elif picture is not None:
        event.picture = store(picture, by=by, at=at)
    event.picture_text = "" if event.picture is None else picture_text.strip()
    _changed(event, "picture", "picture_text", by=by, at=at)
    record("event.pictured", event, by=by, at=at, picture=event.picture.name if event.picture else "")
    return event


@transaction.atomic
def set_questions(
    *, event_id: int, version: int, questions: Sequence[Question], by: Actor, at: datetime
) -> Event:
    """The organiser's own questions, all of them in their order. Answers already given stay with whoever gave them."""
    event = _open(event_id, by=by)
    rows = [rules.row_of(question) for question in questions]
    if rows == event.questions:
        return event
    if version != event.version:
        names = ", ".join(str(row.get("label", "")) for row in event.questions)
        raise Stale(event, {"label": names})
    refuse_if(rules.problems_with_questions(questions))
    event.questions = rows
    _changed(event, "questions", by=by, at=at)
    record("event.questions_set", event, by=by, at=at, questions=[question.key for question in questions])
    return event


@transaction.atomic
def set_quotas(
    *, event_id: int, by_region: Mapping[int, int], by_attendee: Mapping[str, int], by: Actor, at: datetime
) -> Event:
    """At most so many from a region, or of a kind of attendee. What is not named has no quota; who waits moves up."""
    event = _open(event_id, by=by)
    if event.capacity is not None:
        for most in (*by_region.values(), *by_attendee.values()):
            if most > event.capacity:
                refuse(
                    "quota_over_capacity",
                    N_("A quota of %(most)s is more than the %(capacity)s places there are."),
                    cure=N_("Make it smaller, or leave it empty."),
                    most=most,
                    capacity=event.capacity,
                )
    Quota.objects.filter(event=event).delete()
    Quota.objects.bulk_create(
        [
            *(Quota(event=event, region_id=pk, at_most=most) for pk, most in sorted(by_region.items())),
            *(Quota(event=event, attendee=kind, at_most=most) for kind, most in sorted(by_attendee.items())),
        ]
    )
    _changed(event, by=by, at=at)
    record("event.quotas_set", event, by=by, at=at, regions=len(by_region), kinds=sorted(by_attendee))
    _move_up(event, at=at)
    return event


def _programme(programme_id: int | None, *, by: Actor) -> Programme | None:
    """The programme somebody may build for: their own, or any where they look after the network."""
    if programme_id is None:
        return None
    if by.role is not Role.SYSTEM and by.programme_id not in (None, programme_id):
        raise NotAllowed(P.EVENT_EDIT)
    return Programme.objects.get(pk=programme_id)


def _slug(title: str, *, year: int) -> str:
    return rules.slug_for(title, year=year, taken=Event.objects.values_list("slug", flat=True))


def _move_contents(event: Event, *, former: Event) -> None:
    """Sessions and slots go as many days further as the first day did, at the same times of the clock."""
    first = rules.day_of(former.starts_at, former.time_zone)
    days = (rules.day_of(event.starts_at, event.time_zone) - first).days
    sessions = list(Session.objects.filter(event=event).order_by("starts_at", "pk"))
    for session in sessions:
        session.starts_at, session.ends_at = _shifted(session, event, former=former, days=days)
    Session.objects.bulk_update(sessions, ["starts_at", "ends_at"])
    slots = list(Slot.objects.filter(event=event).order_by("number"))
    for slot in slots:
        slot.starts_at, slot.ends_at = _shifted(slot, event, former=former, days=days)
    Slot.objects.bulk_update(slots, ["starts_at", "ends_at"])


def _shifted(row: Session | Slot, event: Event, *, former: Event, days: int) -> tuple[datetime, datetime]:
    """The same times of the clock, so many days later, on the clocks of the event's zone as it is now."""
    begin = rules.wall_of(row.starts_at, former.time_zone) + timedelta(days=days)
    starts_at = rules.moment_at(begin, event.time_zone)
    return starts_at, starts_at + (row.ends_at - row.starts_at)


def _refuse_what_lies_outside(event: Event) -> None:
    sessions = stretches(Session.objects.filter(event=event).order_by("starts_at", "pk"))
    slots = stretches(Slot.objects.filter(event=event).order_by("number"))
    refuse_if(rules.problems_with_contents(dates_of(event), sessions=sessions, slots=slots))
