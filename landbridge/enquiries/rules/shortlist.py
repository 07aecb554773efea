"""The shortlist: which offers may stand on it, and what the company may answer."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.enquiries.states import OPEN
from landbridge.foundation.problems import N_, Problem

MOST_CANDIDATES = 30
LONGEST_CANDIDATE_REMARK = 500


def problems_with_candidate(
    *, state: str, is_public: bool, stands_already: bool, count: int, remark: str
) -> Iterator[Problem]:
    """A published offer, once, on the list of an open enquiry, and not too many of them."""
    if state not in OPEN:
        yield Problem(
            code="enquiry_not_open",
            message=N_("This enquiry is closed or on hold."),
            cure=N_("Resume it or open it again first."),
        )
    if not is_public:
        yield Problem(
            code="record_not_public",
            message=N_("This offer is not published."),
            cure=N_("Choose another, or ask the desk of its region to publish it."),
        )
    if stands_already:
        yield Problem(
            code="on_the_list_already",
            message=N_("This offer stands on the shortlist already."),
            cure=N_("Add to its remark there."),
        )
    if count >= MOST_CANDIDATES:
        yield Problem(
            code="shortlist_full",
            message=N_("A shortlist holds at most %(most)s offers."),
            cure=N_("Drop some first: nobody reads more than a handful."),
            params={"most": MOST_CANDIDATES},
        )
    yield from problems_with_candidate_remark(remark)


def problems_with_candidate_remark(remark: str) -> Iterator[Problem]:
    """It fits."""
    if len(remark) > LONGEST_CANDIDATE_REMARK:
        yield Problem(
            code="too_long",
            message=N_("This is longer than %(most)s characters."),
            cure=N_("Shorten it."),
            field="remark",
            params={"most": LONGEST_CANDIDATE_REMARK},
        )


def problems_with_wanted(*, sent: int, answers: int, unknown: int) -> Iterator[Problem]:
    """The company answers what was sent to it."""
    if unknown or not sent:
        yield Problem(
            code="not_on_the_list",
            message=N_("The shortlist has changed since you opened it."),
            cure=N_("Look at it again; it shows what was sent to you."),
        )
    elif not answers:
        yield Problem(
            code="nothing_answered",
            message=N_("Nothing was answered."),
            cure=N_("Say of at least one offer whether you want to meet it."),
        )
