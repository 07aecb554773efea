"""Who leads: when an enquiry may be given on, offered to another desk, shown to scouts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from landbridge.enquiries.states import OPEN, S
from landbridge.foundation import reasons
from landbridge.foundation.problems import N_, Problem

LONGEST_OFFER_REMARK = 1000
DAYS_OF_SIGHT, MOST_DAYS_OF_SIGHT = 30, 90
MOST_DESKS = 40


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a case is given: at this desk, and there?"""

    is_at_this_desk: bool
    away_until: date | None = None


def problems_with_colleague(colleague: Colleague) -> Iterator[Problem]:
    """A case goes to somebody of the same desk who is there."""
    if not colleague.is_at_this_desk:
        yield Problem(
            code="not_at_this_desk",
            message=N_("This person does not work at the desk that leads."),
            cure=N_("Choose a colleague, or hand the enquiry over to the other desk."),
            field="membership_id",
        )
    if colleague.away_until is not None:
        yield Problem(
            code="colleague_is_away",
            message=N_("This person is away until %(day)s."),
            cure=N_("Choose a colleague who is there."),
            field="membership_id",
            params={"day": colleague.away_until},
        )


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the rules want to know before the lead is offered to another desk."""

    state: str
    has_approved_summary: bool
    is_to_oneself: bool
    is_desk_open: bool
    waits_for: str = ""


def problems_with_hand_over(hand_over: HandOver, *, remark: str) -> Iterator[Problem]:
    """An open enquiry, to another desk that works, one at a time, with words that the company approved."""
    yield from problems_with_state(hand_over.state)
    if not hand_over.has_approved_summary:
        yield Problem(
            code="no_approved_summary",
            message=N_("The company has not approved the newest summary."),
            cure=N_("The other desk decides by the summary: wait until the company approves it."),
        )
    if hand_over.is_to_oneself:
        yield Problem(
            code="leads_already",
            message=N_("This desk leads already."),
            cure=N_("Choose another desk."),
            field="region_id",
        )
    elif not hand_over.is_desk_open:
        yield Problem(
            code="desk_is_closed",
            message=N_("Nobody works at this desk."),
            cure=N_("Choose a desk with an Access Broker."),
            field="region_id",
        )
    if hand_over.waits_for:
        yield Problem(
            code="offered_already",
            message=N_("The lead is offered to %(desk)s already."),
            cure=N_("Wait for the answer, or take the offer back."),
            params={"desk": hand_over.waits_for},
        )
    if len(remark) > LONGEST_OFFER_REMARK:
        yield from _too_long(field="remark")


def problems_with_state(state: str) -> Iterator[Problem]:
    """An enquiry that has ended, or waits, is not handed around."""
    if state not in OPEN:
        yield Problem(
            code="enquiry_not_open",
            message=N_("This enquiry is closed or on hold."),
            cure=N_("Resume it or open it again first."),
        )


def problems_with_answer(
    *, expires_at: datetime | None, state: str, is_asked: bool, at: datetime
) -> Iterator[Problem]:
    """The desk that was asked answers, in time, and while there is something to answer."""
    if not is_asked:
        yield Problem(
            code="another_desk_was_asked",
            message=N_("Another desk was asked."),
            cure=N_("Ask the desk that leads, if you want to take it."),
        )
    if expires_at is not None and at > expires_at:
        yield Problem(
            code="offer_expired",
            message=N_("This offer has expired."),
            cure=N_("Ask the desk that leads to offer it again."),
        )
    if state in (S.CLOSED, S.DECLINED):
        yield Problem(
            code="enquiry_not_open",
            message=N_("This enquiry has ended in the meantime."),
            cure=N_("There is nothing more to do."),
        )


def problems_with_expiry(*, expires_at: datetime | None, state: str, at: datetime) -> Iterator[Problem]:
    """An offer expires when its time is over, or its enquiry has ended."""
    if state not in (S.CLOSED, S.DECLINED) and expires_at is not None and at <= expires_at:
        yield Problem(
            code="offer_still_stands",
            message=N_("The desk may still answer."),
            cure=N_("Wait until %(moment)s."),
            params={"moment": expires_at.date()},
        )


def problems_with_refusal(reason: str) -> Iterator[Problem]:
    """The desk that says no says why."""
    yield from reasons.problems_with(
        reason,
        cure=N_("Say why in one or two sentences; the desk that asked reads it."),
        longest=LONGEST_OFFER_REMARK,
    )


def problems_with_return(*, is_home: bool, state: str, reason: str) -> Iterator[Problem]:
    """A desk gives back what is not its own, with a reason."""
    if is_home:
        yield Problem(
            code="is_home_already",
            message=N_("This is the company's own desk."),
            cure=N_("Offer the lead to another desk, if you cannot go on."),
        )
    if state in (S.CLOSED, S.DECLINED):
        yield from problems_with_state(state)
    yield from problems_with_refusal(reason)


def problems_with_sight(
    *, state: str, has_approved_summary: bool, until: datetime, desks: int, at: datetime
) -> Iterator[Problem]:
    """Scouts see an approved summary of an open enquiry, for a time that ends within three months."""
    yield from problems_with_state(state)
    if not has_approved_summary:
        yield Problem(
            code="no_approved_summary",
            message=N_("The company has not approved the newest summary."),
            cure=N_("Scouts see the summary alone: wait until the company approves it."),
        )
    if not at < until <= at + timedelta(days=MOST_DAYS_OF_SIGHT + 1):
        yield Problem(
            code="sight_out_of_range",
            message=N_("Scouts may look from tomorrow on, for at most %(most)s days."),
            cure=N_("Choose a day within that time."),
            field="until",
            params={"most": MOST_DAYS_OF_SIGHT},
        )
    if not 0 < desks <= MOST_DESKS:
        yield Problem(
            code="no_desk_chosen",
            message=N_("Choose at least one other desk."),
            cure=N_("Tick the regions where you expect partners."),
            field="region_ids",
        )


def _too_long(*, field: str) -> Iterator[Problem]:
    yield Problem(
        code="too_long",
        message=N_("This is longer than %(most)s characters."),
        cure=N_("Shorten it."),
        field=field,
        params={"most": LONGEST_OFFER_REMARK},
    )
