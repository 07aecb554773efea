"""When an enquiry may move on: who leads it, what must be there before, how it is closed and held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from landbridge.enquiries.states import Closing
from landbridge.foundation import reasons
from landbridge.foundation.problems import N_, Problem

LONGEST_REASON = 1000
LONGEST_HOLD_DAYS = 365
CLOSINGS_THAT_NEED_A_REASON = (Closing.INFORMATION, Closing.NO_MATCH, Closing.SILENT)


def problems_with_leader(*, leads: bool, leader: str) -> Iterator[Problem]:
    """Exactly one desk moves an enquiry on: the one that leads it."""
    if not leads:
        yield Problem(
            code="another_desk_leads",
            message=N_("The desk of %(leader)s leads this enquiry."),
            cure=N_("Write to that desk, or let it hand the enquiry over to you."),
            params={"leader": leader},
        )


def problems_with_leaving(*, has_approved_summary: bool) -> Iterator[Problem]:
    """Nothing leaves the region before the company approved in which words."""
    if not has_approved_summary:
        yield Problem(
            code="no_approved_summary",
            message=N_("The company has not approved the newest summary."),
            cure=N_("Write a summary without confidential matter and wait until the company approves it."),
        )


def problems_with_shortlist(*, offers: int) -> Iterator[Problem]:
    """A shortlist that is sent holds something."""
    if not offers:
        yield Problem(
            code="shortlist_empty",
            message=N_("The shortlist is empty."),
            cure=N_("Put at least one offer on it, or close the enquiry as without a match."),
        )


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """A reason is given, and fits."""
    yield from reasons.problems_with(
        reason,
        cure=N_("Say why in one or two sentences; the company reads it."),
        longest=LONGEST_REASON,
    )


def problems_with_hold(*, until: date, reason: str, today: date) -> Iterator[Problem]:
    """On hold until a day to come, within a year, for a reason."""
    if not 0 < (until - today).days <= LONGEST_HOLD_DAYS:
        yield Problem(
            code="hold_out_of_range",
            message=N_("An enquiry waits until a day after today and within a year."),
            cure=N_("Choose a day in between; on it the enquiry goes on by itself."),
            field="until",
        )
    yield from problems_with_reason(reason)


def problems_with_closing(
    *, closing: str, reason: str, number: str, of: str | None, is_itself_duplicate: bool
) -> Iterator[Problem]:
    """A duplicate says of which; where the company gets nothing, it is told why.

    `of` is the number of the enquiry that this one repeats; None where it is not one of the same company's.
    """
    if closing not in list(Closing):
        yield Problem(code="closing_unknown", message=N_("Choose how it ended."), field="closing")
    if closing == Closing.DUPLICATE and (of is None or of == number or is_itself_duplicate):
        yield Problem(
            code="duplicate_of_what",
            message=N_("This is not another enquiry of the same company."),
            cure=N_("Give the number of the one that goes on."),
            field="duplicate_of",
        )
    if closing in CLOSINGS_THAT_NEED_A_REASON or reason.strip():
        yield from problems_with_reason(reason)
