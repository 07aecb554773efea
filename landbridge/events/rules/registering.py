"""When one may register, what a registration needs before it is handed in, and how complete it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from landbridge.events.rules.answers import Question, problems_with_answers
from landbridge.events.states import Attendee, Registered, S
from landbridge.foundation.problems import N_, Problem

LONGEST_REFUSAL = 1000
LONGEST_ANSWER_TO_CHALLENGE = 3000
MOST_COMPETENCES = 3
ENOUGH_TO_READ = 20  # characters: fewer say nothing to others
# Before anybody decided, and while one waits, everything but the place can still be written.
STILL_OPEN = (Registered.DRAFT, Registered.SUBMITTED, Registered.WAITING)
# What somebody may be asked for while the event goes on: profile and wishes. The rest counts for places.
UNTIL_SUBMITTED = frozenset({"attendee", "region_id", "country", "organisation_name"})
OPEN_TO_CHANGE = frozenset(
    {
        *UNTIL_SUBMITTED, "name", "job_title", "telephone", "language", "languages", "seeks", "offers",
        "wants_to_meet", "website", "competence_ids", "is_listed", "shows_contact", "answers", "wants_meetings",
        "most_meetings", "is_online", "time_zone", "needs_step_free", "needs", "agrees", "may_be_photographed",
    }
)  # fmt: skip
# The profile that others read; each counts alike.
WORTH_TELLING = {
    "offers": N_("what you offer"),
    "seeks": N_("what you seek"),
    "wants_to_meet": N_("whom you want to meet"),
    "competences": N_("your competences"),
    "languages": N_("the languages you speak"),
    "job_title": N_("your position"),
    "slots": N_("when you are there"),
    "answers": N_("the organiser's questions"),
}


@dataclass(frozen=True, slots=True)
class Doors:
    """What decides whether one may register now."""

    state: str
    opens_at: datetime
    closes_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """What a registration says, as the rules read it."""

    name: str = ""
    organisation_name: str = ""
    job_title: str = ""
    attendee: str = Attendee.GUEST
    offers: str = ""
    seeks: str = ""
    wants_to_meet: str = ""
    competences: int = 0
    languages: int = 0
    wants_meetings: bool = False
    has_said_when: bool = False
    has_agreed: bool = False
    questions: tuple[Question, ...] = ()
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of the profile is there, in per cent, and the names of what is missing (`WORTH_TELLING`)."""

    percent: int
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def labels(self) -> list[str]:
        """What is missing, in words that are not translated yet."""
        return [WORTH_TELLING[name] for name in self.missing]


def problems_with_time(doors: Doors, *, at: datetime) -> Iterator[Problem]:
    """Registration opens and closes to the second."""
    if doors.state == S.CANCELLED:
        yield Problem(code="event_cancelled", message=N_("This event was called off."))
    elif doors.state != S.PUBLISHED:
        yield Problem(code="event_not_open", message=N_("One cannot register for this event."))
    elif at < doors.opens_at:
        yield Problem(
            code="registration_not_open",
            message=N_("Registration opens on %(moment)s."),
            params={"moment": doors.opens_at},
        )
    elif at >= doors.closes_at:
        yield Problem(
            code="registration_closed",
            message=N_("Registration closed on %(moment)s."),
            cure=N_("Write to the organiser if you still want to come."),
            params={"moment": doors.closes_at},
        )


def problems_with_change(doors: Doors, *, at: datetime) -> Iterator[Problem]:
    """What one says about oneself can be changed until the event is over."""
    if doors.state == S.CANCELLED:
        yield Problem(code="event_cancelled", message=N_("This event was called off."))
    elif at >= doors.ends_at or doors.state == S.ENDED:
        yield Problem(code="event_over", message=N_("This event is over."))


def problems_with_fields(names: Iterable[str], *, is_draft: bool) -> Iterator[Problem]:
    """Places were given by kind and region: these stay as they were handed in."""
    if not is_draft and UNTIL_SUBMITTED & set(names):
        yield Problem(
            code="fixed_by_now",
            message=N_("As what and from where you come cannot be changed any more."),
            cure=N_("Cancel and register again, or write to the organiser."),
        )


def problems_with(written: Written) -> Iterator[Problem]:
    """A registration has a name, an organisation, the answers the organiser needs, and agrees to the conditions."""
    if not written.name.strip():
        yield _missing("name", N_("Your name is missing."), N_("It stands on your badge."))
    if not written.organisation_name.strip():
        yield _missing(
            "organisation_name",
            N_("The name of your organisation is missing."),
            N_("Write “none” if you come for yourself."),
        )
    yield from problems_with_answers(written.questions, written.answers, attendee=written.attendee)
    if not written.has_agreed:
        yield _missing(
            "agrees", N_("You have not agreed to the conditions."), N_("Read them and tick the box.")
        )


def completeness_of(written: Written) -> Completeness:
    """How much of what others and the organiser want to know is there. Whoever wants no meetings need not offer slots."""
    there = {
        "offers": len(written.offers.strip()) >= ENOUGH_TO_READ,
        "seeks": len(written.seeks.strip()) >= ENOUGH_TO_READ,
        "wants_to_meet": bool(written.wants_to_meet.strip()),
        "competences": written.competences > 0,
        "languages": written.languages > 0,
        "job_title": bool(written.job_title.strip()),
    }
    if written.wants_meetings:
        there["slots"] = written.has_said_when
    if written.questions:
        open_ones = problems_with_answers(written.questions, written.answers, attendee=written.attendee)
        there["answers"] = not any(open_ones)
    missing = tuple(name for name, is_there in there.items() if not is_there)
    return Completeness(percent=round(100 * (len(there) - len(missing)) / len(there)), missing=missing)


def _missing(name: str, message: str, cure: str) -> Problem:
    return Problem(code=f"{name}_missing", message=message, cure=cure, field=name)
