"""What may be asked and answered: the window, the caps, the share of high priorities, pairs that do not meet."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.foundation.problems import N_, Problem
from landbridge.meetings.states import Priority

ASKED, AT_THE_BAR, FROM_PITCH, MATCHED = "asked", "at the bar", "interest in a pitch", "matched"
LONGEST_SENTENCE = 400
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Window:
    """When requests are made. One by oneself between the two moments; one that the day brings until the event ends."""

    opens_at: datetime
    closes_at: datetime
    ends_at: datetime
    is_of_the_day: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Who asks whom, as far as it decides. `is_available`: the other takes part, is listed, wants meetings, and has
    not blocked the one who asks; which of these fails is nobody's business.
    """

    takes_part: bool = True
    wants_meetings: bool = True
    is_available: bool = True
    is_same_organisation: bool = False
    is_blocked_by_self: bool = False
    is_asked_already: bool = False
    is_agreed_already: bool = False
    said_no: bool = False


def problems_with_request(
    sentence: str, *, pair: Pair, window: Window | None, open_sent: int, most: int, at: datetime
) -> Iterator[Problem]:
    """Everything against a new request but its priority."""
    if window is None:
        yield Problem(
            code="no_meetings",
            message=N_("This event has no one-to-one meetings yet."),
            cure=N_("Ask the organiser when requests open."),
        )
        return
    yield from problems_with_window(window, at=at)
    yield from problems_with_pair(pair)
    yield from problems_with_sentence(sentence)
    if open_sent >= most:
        yield Problem(
            code="too_many_requests",
            message=N_("You have %(open)s open requests; this event allows %(most)s."),
            cure=N_("Withdraw one that matters less, or wait for an answer."),
            params={"open": open_sent, "most": most},
        )


def problems_with_window(window: Window, *, at: datetime) -> Iterator[Problem]:
    """From the first second to the last: at `closes_at` it is closed."""
    if window.is_of_the_day:
        if at >= window.ends_at:
            yield Problem(
                code="event_over",
                message=N_("The event is over."),
                cure=N_("Ask your region's desk for an introduction."),
            )
    elif at < window.opens_at:
        yield Problem(
            code="requests_not_open",
            message=N_("Requests open on %(opens)s."),
            cure=N_("Read who comes, and come back then."),
            params={"opens": window.opens_at},
        )
    elif at >= window.closes_at:
        yield Problem(
            code="requests_closed",
            message=N_("Requests closed on %(closes)s."),
            cure=N_("Answer those that you received, and ask the organiser on the day."),
            params={"closes": window.closes_at},
        )


def problems_with_pair(pair: Pair) -> Iterator[Problem]:
    """Whether these two can be asked to meet. Why somebody cannot be asked is not said: it might be about you."""
    if not pair.takes_part:
        yield Problem(
            code="takes_no_part",
            message=N_("You have no place at this event."),
            cure=N_("Once the organiser has approved your registration, you can ask others."),
        )
    elif not pair.wants_meetings:
        yield Problem(
            code="wants_no_meetings",
            message=N_("You said that you want no meetings."),
            cure=N_("Change it in your registration."),
        )
    elif pair.is_blocked_by_self:
        yield Problem(
            code="blocked_by_you",
            message=N_("You said that you do not want to meet this person."),
            cure=N_("Take that back first."),
        )
    elif not pair.is_available:
        yield Problem(
            code="not_available",
            message=N_("This person takes no requests for meetings."),
            cure=N_("Ask somebody else of their organisation, or your region's desk for an introduction."),
        )
    elif pair.is_same_organisation:
        yield Problem(
            code="same_organisation",
            message=N_("You come from the same organisation."),
            cure=N_("Meetings are between organisations; the slots are kept for those."),
        )
    elif pair.is_agreed_already:
        yield Problem(
            code="agreed_already",
            message=N_("You have already agreed to meet."),
            cure=N_("Change how much you want it among your requests."),
        )
    elif pair.is_asked_already:
        yield Problem(
            code="asked_already",
            message=N_("You have asked this person already."),
            cure=N_("Wait for the answer, or change the priority among your requests."),
        )
    elif pair.said_no:
        yield Problem(
            code="said_no",
            message=N_("This person has answered you already."),
            cure=N_("They can still ask you; then it is yours to accept."),
        )


def problems_with_sentence(sentence: str) -> Iterator[Problem]:
    """One sentence that says why: without it, nobody can answer."""
    text = sentence.strip()
    if not text:
        yield Problem(
            code="sentence_missing",
            message=N_("You have not said why you want to meet."),
            cure=N_("Write one sentence: what you want to talk about."),
            field="sentence",
        )
    elif len(text) > LONGEST_SENTENCE:
        yield Problem(
            code="sentence_too_long",
            message=N_("The sentence is longer than %(most)s characters."),
            cure=N_("Say the one thing you want to talk about; the rest belongs into the meeting."),
            field="sentence",
            params={"most": LONGEST_SENTENCE},
        )


def most_high(wishes: int, *, share_percent: int) -> int:
    """How many of so many wishes may be high."""
    return wishes * share_percent // 100


def problems_with_priority(
    priority: Priority, *, others: Sequence[Priority], share_percent: int
) -> Iterator[Problem]:
    """At most one must, and at most a share that are high, among the others and this one. Whatever is asked less
    keenly is always allowed.
    """
    if priority is Priority.MUST and Priority.MUST in others:
        yield Problem(
            code="one_must",
            message=N_("You have marked another meeting as the one you must have."),
            cure=N_("Lower that one first, or ask for this one as high."),
            field="priority",
        )
    if priority is not Priority.HIGH:
        return
    high, wishes = list(others).count(Priority.HIGH) + 1, len(others) + 1
    if high <= most_high(wishes, share_percent=share_percent):
        return
    if share_percent == 0:
        yield Problem(
            code="no_high",
            message=N_("At this event no request is high."),
            cure=N_("Ask as medium, or make it the one that you must have."),
            field="priority",
        )
        return
    needed = math.ceil(high * 100 / share_percent)
    yield Problem(
        code="too_many_high",
        message=N_("At most %(share)s%% of your requests may be high: %(allowed)s of %(wishes)s."),
        cure=N_("Ask as medium now; with %(needed)s requests you may raise it. Or lower another."),
        field="priority",
        params={
            "share": share_percent,
            "allowed": most_high(wishes, share_percent=share_percent),
            "wishes": wishes,
            "needed": needed,
        },
    )


def to_lower(priorities: Sequence[Priority], *, share_percent: int) -> int:
    """How many high wishes must become medium so that the share holds for these."""
    high = list(priorities).count(Priority.HIGH)
    return max(high - most_high(len(priorities), share_percent=share_percent), 0)


def expiry_of(asked_at: datetime, *, days: int, starts_at: datetime, ends_at: datetime) -> datetime:
    """Until when an answer counts: so many days, not beyond the beginning; asked on the day, until the end."""
    last = starts_at if asked_at < starts_at else ends_at
    return max(min(asked_at + timedelta(days=days), last), asked_at)


@dataclass(frozen=True, slots=True)
class Answer:
    """What decides whether a yes still counts."""

    expires_at: datetime
    takes_part: bool = True
    is_available: bool = True


def problems_with_answer(answer: Answer, *, at: datetime) -> Iterator[Problem]:
    """A yes comes in time, from somebody who takes part, to somebody who still does."""
    if not answer.takes_part:
        yield Problem(
            code="takes_no_part",
            message=N_("You have no place at this event."),
            cure=N_("Once the organiser has approved your registration, you can answer."),
        )
    elif not answer.is_available:
        yield Problem(
            code="not_available",
            message=N_("This person takes no requests for meetings."),
            cure=N_("Decline it; it disappears from your list."),
        )
    elif at >= answer.expires_at:
        yield Problem(
            code="request_expired",
            message=N_("The time to answer ended on %(expires)s."),
            cure=N_("Ask them yourself, as long as requests are open."),
            params={"expires": answer.expires_at},
        )


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """A reason may be left out; given, it is short."""
    if len(reason.strip()) > LONGEST_REASON:
        yield Problem(
            code="reason_too_long",
            message=N_("The reason is longer than %(most)s characters."),
            cure=N_("One sentence is enough."),
            field="reason",
            params={"most": LONGEST_REASON},
        )


def problems_with_withdrawal(*, is_over: bool) -> Iterator[Problem]:
    """What has taken place cannot be unmade."""
    if is_over:
        yield Problem(
            code="meeting_begun",
            message=N_("The meeting has begun or is over."),
            cure=N_("Say what came of it instead."),
        )
