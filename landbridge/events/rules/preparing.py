"""What an event needs before it is published, part by part, and what its dates and texts must keep to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from unicodedata import combining, normalize

from landbridge.events.rules.answers import Question
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.questions import problems_with_questions
from landbridge.events.states import Form, Kind
from landbridge.foundation.problems import N_, Problem

LONGEST_REASON = 1000
LONGEST_NOTICE = 3000
LONGEST_EVENT = timedelta(days=15)
AN_HOUR = timedelta(hours=1)
SHOWN_FOR = timedelta(days=1)  # a last-minute notice on the public page
# Addresses below /events/ that are no event's.
RESERVED = frozenset({"kept", "mine", "new", "past", "calendar", "registrations", "check-in", "feed"})
# The columns that may be changed, and the part of the preparation they belong to. A change of those marked `TOLD`
# reaches the calendars of everybody who comes.
TEXTS = ("title", "summary", "description", "directions", "conditions")
TOLD = frozenset(
    {"title", "starts_at", "ends_at", "time_zone", "venue", "street", "postcode", "town", "country", "link"}
)


class Part(StrEnum):
    """A part of the preparation, which has a page of its own under this name."""

    ABOUT = "about"
    DATES = "dates"
    PLACE = "place"
    PROGRAMME = "programme"
    SLOTS = "slots"
    TABLES = "tables"
    REGISTRATION = "registration_terms"
    QUESTIONS = "questions"
    PICTURE = "picture"
    CHALLENGES = "challenges"
    TEXTS = "texts"


PART_NAMES = {
    Part.ABOUT: N_("What it is about"),
    Part.DATES: N_("Dates"),
    Part.PLACE: N_("Place and directions"),
    Part.PROGRAMME: N_("Programme and rooms"),
    Part.SLOTS: N_("Slots of the meetings"),
    Part.TABLES: N_("Tables and stands"),
    Part.REGISTRATION: N_("Who may come"),
    Part.QUESTIONS: N_("Own questions"),
    Part.PICTURE: N_("Picture"),
    Part.CHALLENGES: N_("Challenges"),
    Part.TEXTS: N_("Further languages"),
}
COLUMNS: Mapping[Part, tuple[str, ...]] = {
    Part.ABOUT: (
        "kind", "form", "title", "summary", "description", "has_meetings", "fair_name", "fair_website",
        "contact_email", "language",
    ),
    Part.DATES: ("starts_at", "ends_at", "time_zone", "registration_opens_at", "registration_closes_at"),
    Part.PLACE: ("venue", "street", "postcode", "town", "country", "link", "directions"),
    Part.REGISTRATION: ("needs_approval", "has_waiting_list", "capacity", "conditions"),
    Part.PICTURE: ("picture", "picture_text"),
}  # fmt: skip
EDITABLE = frozenset(name for names in COLUMNS.values() for name in names)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of an event, as moments."""

    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime
    registration_closes_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """An event in preparation, as the rules read it."""

    kind: str
    form: str
    dates: Dates
    summary: str = ""
    description: str = ""
    venue: str = ""
    town: str = ""
    country: str = ""
    directions: str = ""
    has_meetings: bool = False
    has_picture: bool = False
    picture_text: str = ""
    conditions: str = ""
    questions: Sequence[Question] = ()
    sessions: Sequence[Stretch] = ()
    slots: Sequence[Stretch] = ()
    tables: int = 0
    challenges: int = 0
    languages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def parts_of(kind: str, form: str, *, has_meetings: bool) -> tuple[Part, ...]:
    """The parts that an event of this kind has, in the order in which one works through them."""
    found = [Part.ABOUT, Part.DATES, Part.PLACE, Part.PROGRAMME]
    if has_meetings:
        found.append(Part.SLOTS)
    if form != Form.ONLINE:
        found.append(Part.TABLES)
    if kind == Kind.OPEN_INNOVATION:
        found.append(Part.CHALLENGES)
    return (*found, Part.REGISTRATION, Part.QUESTIONS, Part.TEXTS, Part.PICTURE)


def problems_with_publication(facts: Facts, *, at: datetime) -> Iterator[Problem]:
    """Everything that people must be able to read before they register; `field` names the part where it is put right."""
    yield from _problems_with_texts(facts)
    yield from (_in(Part.DATES, problem) for problem in problems_with_dates(facts.dates))
    yield from (_in(Part.DATES, problem) for problem in problems_with_begin(facts.dates.starts_at, at=at))
    if facts.dates.registration_closes_at <= at:
        yield _open(
            Part.DATES,
            "registration_closed_already",
            N_("Registration would be closed already."),
            N_("Give a closing time that lies ahead."),
        )
    yield from _problems_with_place(facts)
    yield from _problems_with_meetings(facts)
    yield from (_in(Part.QUESTIONS, problem) for problem in problems_with_questions(facts.questions))
    if facts.kind == Kind.OPEN_INNOVATION and not facts.challenges:
        yield _open(
            Part.CHALLENGES,
            "no_challenge",
            N_("No company has set a challenge yet."),
            N_("Add the first one; more can follow after publication."),
        )
    if facts.has_picture and not facts.picture_text.strip():
        yield _open(
            Part.PICTURE,
            "picture_without_words",
            N_("The picture has no words for people who do not see it."),
            N_("Say in a sentence what it shows."),
        )


def problems_with_dates(dates: Dates) -> Iterator[Problem]:
    """An event ends after it begins; registration opens before it closes, and closes before the event is over."""
    if dates.ends_at <= dates.starts_at:
        yield Problem(
            code="event_ends_first",
            message=N_("The event ends before it begins."),
            cure=N_("Give an end that is later."),
            field="ends_at",
        )
    elif dates.ends_at - dates.starts_at > LONGEST_EVENT:
        yield Problem(
            code="event_too_long",
            message=N_("An event lasts %(days)s days at most."),
            cure=N_("Make several events of it."),
            field="ends_at",
            params={"days": LONGEST_EVENT.days},
        )
    if dates.registration_closes_at <= dates.registration_opens_at:
        yield Problem(
            code="registration_closes_first",
            message=N_("Registration closes before it opens."),
            cure=N_("Give a closing time that is later."),
            field="registration_closes_at",
        )
    elif dates.registration_closes_at > dates.ends_at:
        yield Problem(
            code="registration_closes_late",
            message=N_("Registration closes after the event is over."),
            cure=N_("Close it at the end of the event at the latest."),
            field="registration_closes_at",
        )


def problems_with_contents(
    dates: Dates, *, sessions: Iterable[Stretch], slots: Iterable[Stretch]
) -> Iterator[Problem]:
    """What was laid inside the event stays inside when its dates change."""
    for code, message, stretches in (
        ("sessions_outside", N_("%(count)s sessions would lie outside the event."), sessions),
        ("slots_outside", N_("%(count)s slots would lie outside the event."), slots),
    ):
        outside = sum(one.starts_at < dates.starts_at or one.ends_at > dates.ends_at for one in stretches)
        if outside:
            yield Problem(
                code=code,
                message=message,
                cure=N_("Tick “move programme and slots along”, or move or remove them first."),
                field="ends_at",
                params={"count": outside},
            )


def problems_with_first_day(first_day: date, *, today: date) -> Iterator[Problem]:
    """A copy takes place in the future."""
    if first_day <= today:
        yield Problem(
            code="first_day_past",
            message=N_("The first day lies in the past."),
            cure=N_("Choose a day from tomorrow on."),
            field="first_day",
        )


def problems_with_begin(starts_at: datetime, *, at: datetime) -> Iterator[Problem]:
    """What is planned lies ahead."""
    if starts_at <= at:
        yield Problem(
            code="begins_in_the_past",
            message=N_("The event begins in the past."),
            cure=N_("Set dates that lie ahead."),
            field="starts_at",
        )


def closing_of_registration(opens_at: datetime, *, starts_at: datetime, ends_at: datetime) -> datetime:
    """Where nothing else was said: three days before the event, or with its begin when that is too soon."""
    early = starts_at - timedelta(days=3)
    return early if early > opens_at + timedelta(days=1) else min(max(starts_at, opens_at + AN_HOUR), ends_at)


def slug_for(title: str, *, year: int, taken: Iterable[str]) -> str:
    """The name of an event in its address: readable, with the year, given once."""
    bare = "".join(sign for sign in normalize("NFKD", title.lower()) if not combining(sign))
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in bare)
    stem = "-".join(part for part in plain.split("-") if part)[:60].strip("-") or "event"
    stem = stem if stem.endswith(str(year)) else f"{stem}-{year}"
    used = frozenset(taken) | RESERVED
    return next(
        slug
        for number in range(1, 100_000)
        if (slug := stem if number == 1 else f"{stem}-{number}") not in used
    )


def _problems_with_texts(facts: Facts) -> Iterator[Problem]:
    if not facts.summary.strip():
        yield _open(
            Part.ABOUT,
            "no_summary",
            N_("The summary is missing."),
            N_("One or two sentences: for whom it is, and what they take home."),
        )
    if not facts.description.strip():
        yield _open(
            Part.ABOUT,
            "no_description",
            N_("The description is missing."),
            N_("Say what happens, for whom it is, and what one should bring."),
        )
    for code, texts in facts.languages.items():
        if not texts.get("title", "").strip():
            yield Problem(
                code="language_without_title",
                message=N_("The texts in “%(language)s” have no title."),
                cure=N_("Write it, or take the language away."),
                field=Part.TEXTS,
                params={"language": code},
            )


def _problems_with_place(facts: Facts) -> Iterator[Problem]:
    if facts.form == Form.ONLINE:
        return
    if not (facts.venue.strip() and facts.town.strip() and facts.country):
        yield _open(
            Part.PLACE,
            "no_place",
            N_("The place is missing."),
            N_("Give the building, the town and the country."),
        )
    if not facts.directions.strip():
        yield _open(
            Part.PLACE,
            "no_directions",
            N_("Nobody reads how to get there."),
            N_("Say how one comes by train and car, and which way has no steps."),
        )


def _problems_with_meetings(facts: Facts) -> Iterator[Problem]:
    outside = [*problems_with_contents(facts.dates, sessions=facts.sessions, slots=())]
    yield from (_in(Part.PROGRAMME, problem) for problem in outside)
    if not facts.has_meetings:
        return
    if not facts.slots:
        yield _open(
            Part.SLOTS,
            "no_slots",
            N_("There are no slots for the meetings yet."),
            N_("Lay them from the first begin, their length and the breaks."),
        )
    outside = [*problems_with_contents(facts.dates, sessions=(), slots=facts.slots)]
    yield from (_in(Part.SLOTS, problem) for problem in outside)
    if facts.form == Form.ON_SITE and not facts.tables:
        yield _open(
            Part.TABLES,
            "no_tables",
            N_("There are no tables to meet at."),
            N_("Add as many as the room holds; more can follow."),
        )


def _open(part: Part, code: str, message: str, cure: str) -> Problem:
    return Problem(code=code, message=message, cure=cure, field=part)


def _in(part: Part, problem: Problem) -> Problem:
    return Problem(
        code=problem.code, message=problem.message, cure=problem.cure, field=part, params=problem.params
    )
