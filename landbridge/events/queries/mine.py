"""One's own events, and what the page of one registration shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from landbridge.catalogue.rules import LANGUAGES
from landbridge.events.models import Challenge, ChallengeAnswer, Registration
from landbridge.events.queries.coming import completeness
from landbridge.events.rules.answers import Asks, asked, questions_of
from landbridge.events.rules.registering import Completeness
from landbridge.events.states import TAKING_PART, Registered, S
from landbridge.foundation.permissions.actor import Actor

WITHOUT_A_FUTURE = (Registered.REJECTED, Registered.CANCELLED)


@dataclass(frozen=True, slots=True)
class Mine:
    """One of my events."""

    registration: Registration
    complete: Completeness

    @property
    def is_in(self) -> bool:
        return self.registration.state in TAKING_PART

    @property
    def says_when(self) -> bool:
        return "slots" not in self.complete.missing


@dataclass(frozen=True, slots=True)
class MyEvents:
    """The next one, those that follow, and those that are over or given up."""

    next: Mine | None = None
    coming: list[Mine] = field(default_factory=list)
    past: list[Mine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Challenged:
    """A challenge, and what somebody answered to it."""

    challenge: Challenge
    answer: ChallengeAnswer | None


MOST = 100


def mine_of(actor: Actor, *, at: datetime) -> MyEvents:
    """Somebody's registrations. Two queries."""
    rows = (
        Registration.objects.of_person(actor)
        .select_related("event")
        .prefetch_related("competences")
        .order_by("-event__starts_at", "pk")[:MOST]
    )
    every = [Mine(one, completeness(one)) for one in rows]
    ahead = [one for one in every if _lies_ahead(one.registration, at=at)]
    ahead.reverse()
    past = [one for one in every if not _lies_ahead(one.registration, at=at)]
    return MyEvents(next=ahead[0] if ahead else None, coming=ahead[1:], past=past)


def answers_of(found: Registration) -> list[tuple[str, str]]:
    """The organiser's questions with what was answered, as pairs of text."""
    questions = asked(questions_of(found.event.questions), found.answers, attendee=found.attendee)
    pairs = []
    for question in questions:
        answer = found.answers.get(question.key)
        if question.kind is Asks.YES_NO:
            answer = {"yes": _("Yes"), "no": _("No")}.get(str(answer), "")
        shown = ", ".join(answer) if isinstance(answer, list) else str(answer or "")
        pairs.append((question.label, shown or "–"))
    return pairs


def challenges_for(found: Registration) -> list[Challenged]:
    """The challenges of the event beside somebody's own answers. Two queries, one where there are none."""
    challenges = list(Challenge.objects.filter(event=found.event_id).order_by("number", "pk"))
    if not challenges:
        return []
    answers = ChallengeAnswer.objects.filter(registration=found)
    by_challenge = {answer.challenge_id: answer for answer in answers}
    return [Challenged(one, by_challenge.get(one.pk)) for one in challenges]


def language_names(found: Registration) -> list[str]:
    """The languages in which one can talk with somebody, in the reader's own."""
    return [_(LANGUAGES[code]) for code in found.languages if code in LANGUAGES]


def _lies_ahead(found: Registration, *, at: datetime) -> bool:
    event = found.event
    return event.ends_at >= at and event.state == S.PUBLISHED and found.state not in WITHOUT_A_FUTURE
