"""Enquiries in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from landbridge.enquiries import actions, queries
from landbridge.enquiries.models import Candidate, Enquiry, Summary
from landbridge.enquiries.rules import Asked
from landbridge.enquiries.states import Closing, S
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from landbridge.organisations.models import Organisation
from tests.cast import Cast

ASKED = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)  # a Monday
SECRET = "Our enzyme FLUX-7 splits the polymer at 40 degrees; we must know why it stops after an hour."
SUMMARY = "A company needs time-resolved mass spectrometry of an enzyme reaction in water, below 60 degrees."


def asked(**changes: Any) -> Asked:
    """A question that can be asked."""
    return Asked(**{"title": "Why does our enzyme stop?", "confidential_text": SECRET, **changes})


def the_asker(company: Organisation) -> Actor:
    """The first of the company's people, under their hat."""
    hats = Membership.objects.current().filter(organisation=company, role=Role.SME)
    hat = hats.select_related("person").order_by("pk")[0]
    return actor_under(hat, person=hat.person)


def the_broker(enquiry: Enquiry) -> Actor:
    """The first broker of the desk that leads; Landbridge itself where that desk has nobody."""
    region = queries.lead_of(enquiry).region_id
    hats = Membership.objects.current().filter(region_id=region, role=Role.BROKER).select_related("person")
    hat = hats.order_by("pk").first()
    return actor_under(hat, person=hat.person) if hat else SYSTEM


def an_enquiry(cast: Cast, *, by: Actor | None = None, at: datetime = ASKED, **changes: Any) -> Enquiry:
    """New: asked by Dagny of the Danish company, unless `by` says who; the desk of Zealand leads."""
    return an_enquiry_of(by or cast.actor("danish_sme"), at=at, **changes)


def an_enquiry_of(by: Actor, *, at: datetime = ASKED, **changes: Any) -> Enquiry:
    """New, asked by this actor of a company."""
    return actions.ask(asked=asked(**changes), by=by, at=at)


def a_summary(enquiry: Enquiry, *, at: datetime = ASKED, approved: bool = True, **changes: Any) -> Summary:
    """The next version of the summary, approved by the company unless told otherwise."""
    number = enquiry.summaries.count() + 1
    texts = {"title": f"An enzyme reaction followed in time ({number})", "text": f"{SUMMARY} ({number})"}
    summary = actions.write_summary(enquiry_id=enquiry.pk, **texts | changes, by=SYSTEM, at=at)
    return actions.approve_summary(summary_id=summary.pk, by=SYSTEM, at=at) if approved else summary


def an_enquiry_at(state: str, cast: Cast, **changes: Any) -> Enquiry:
    """An enquiry of Dagny's company in this state, a day for each step; see `brought_to`."""
    return brought_to(state, an_enquiry(cast, **changes))


def brought_to(state: str, enquiry: Enquiry, *, by: Actor = SYSTEM) -> Enquiry:
    """A new enquiry moved on to this state by the word's own actions.

    With a summary approved on the way. Whoever needs offers on the shortlist puts them there before; otherwise
    the shortlist is skipped where the way allows it.
    """
    for step in _WAY[S(state)]:
        enquiry.refresh_from_db()
        at = enquiry.asked_at + timedelta(days=1)
        if step == "summary":
            if queries.approved_summary(enquiry) is None:
                a_summary(enquiry, at=at)
            continue
        getattr(actions, step)(enquiry_id=enquiry.pk, by=by, at=at, **_SAID.get(step, {}))
    enquiry.refresh_from_db()
    return enquiry


def a_candidate(enquiry: Enquiry, record_id: int, *, at: datetime = ASKED, **changes: Any) -> Candidate:
    """An offer on the shortlist as the tests need it, past the match page."""
    facts = {"position": enquiry.candidates.count() + 1, "found_by_name": "Signe Zealand", "found_at": at}
    return Candidate.objects.create(enquiry=enquiry, record_id=record_id, **facts | changes)


_READY = ["acknowledge", "analyse", "summary", "make_ready"]
_SEARCHING = [*_READY, "search"]
_INTRODUCING = [*_SEARCHING, "introduce"]
_WAY: dict[S, list[str]] = {
    S.NEW: [],
    S.ACKNOWLEDGED: ["acknowledge"],
    S.ANALYSIS: ["acknowledge", "analyse"],
    S.READY: _READY,
    S.SEARCHING: _SEARCHING,
    S.SHORTLISTED: [*_SEARCHING, "send_shortlist"],
    S.INTRODUCING: _INTRODUCING,
    S.OUTCOME_KNOWN: [*_INTRODUCING, "report_outcome"],
    S.CLOSED: ["acknowledge", "close"],
    S.DECLINED: ["decline"],
    S.ON_HOLD: ["acknowledge", "hold"],
}
_SAID: dict[str, dict[str, Any]] = {
    "close": {"closing": Closing.INFORMATION, "reason": "The answer stands in a paper that we sent."},
    "decline": {"reason": "This is not a question of the life sciences."},
    "hold": {"reason": "The company waits for its samples.", "until": date(2026, 4, 20)},
}
