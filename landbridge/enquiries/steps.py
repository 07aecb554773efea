"""Where an enquiry stands on its way, and the one step that comes next: who has the ball, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.enquiries.models import Enquiry, Lead, Summary
from landbridge.enquiries.states import CLOSING_NAMES, NAME_OF, S
from landbridge.foundation.problems import N_
from landbridge.foundation.ui.addresses import address
from landbridge.foundation.ui.formatting import day
from landbridge.foundation.ui.parts import Next, Step

# The steps that a page shows; the other states lie on the way to the next of them.
WAY = {
    S.NEW: N_("Asked"),
    S.ACKNOWLEDGED: N_("Read"),
    S.READY: N_("Clear"),
    S.SHORTLISTED: N_("Shortlist"),
    S.INTRODUCING: N_("Introduced"),
    S.OUTCOME_KNOWN: N_("Outcome"),
}
SHOWN_AT = {S.ANALYSIS: S.ACKNOWLEDGED, S.SEARCHING: S.READY}
ORDER = list(WAY)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the next step depends on: the enquiry, its lead and newest summary, who looks, and until when a duty runs."""

    enquiry: Enquiry
    lead: Lead
    newest: Summary | None
    is_company: bool
    leads: bool
    until: datetime | None
    company_can_sign_in: bool = True

    @property
    def zone(self) -> str:
        return self.lead.region.time_zone

    @property
    def desk(self) -> str:
        return self.lead.person_name or _("Desk of %(region)s") % {"region": self.lead.region.name}


def way(enquiry: Enquiry, *, reached: Mapping[S, datetime]) -> list[Step]:
    """From the question to the outcome, with the day on which each step was reached; what was skipped is left out."""
    stood = S(enquiry.stood_at or enquiry.state)
    stands = SHOWN_AT.get(stood, stood)
    place = ORDER.index(stands) if stands in ORDER else 0
    steps = [Step(_(WAY[state]), reached[state], "done") for state in ORDER[: place + 1] if state in reached]
    if enquiry.state == S.CLOSED:
        closing = _(CLOSING_NAMES.get(enquiry.closing, "")) if enquiry.closing else ""  # type: ignore[call-overload]
        return [*steps, Step(_("Closed"), enquiry.ended_at, "done", closing)]
    if enquiry.state == S.DECLINED:
        return [*steps, Step(_("Declined"), enquiry.ended_at, "off")]
    if enquiry.state == S.ON_HOLD:
        until = _("until %(day)s") % {"day": day(enquiry.hold_until)} if enquiry.hold_until else ""
        steps.append(Step(_(NAME_OF[S.ON_HOLD]), None, "current", until))
    coming = [Step(_(WAY[state])) for state in ORDER[place + 1 :]]
    if coming and enquiry.state != S.ON_HOLD:
        coming[0] = Step(coming[0].label, None, "current")
    return [
        *steps,
        *coming,
        Step(_("Closed"), None, "coming" if coming or enquiry.state == S.ON_HOLD else "current"),
    ]


def next_step(seen: Seen) -> Next | None:
    """The step for whoever holds the ball; everyone else reads who that is."""
    enquiry = seen.enquiry
    waits_for_company = (
        seen.newest is not None
        and seen.newest.approved_at is None
        and seen.newest.refused_at is None
        and enquiry.state not in (S.CLOSED, S.DECLINED, S.ON_HOLD)
    )
    if waits_for_company and seen.newest is not None:
        return _approval(seen, seen.newest)
    steps = {
        S.NEW: _acknowledge, S.ACKNOWLEDGED: _analyse, S.ANALYSIS: _analyse, S.READY: _search, S.SEARCHING: _searching,
        S.SHORTLISTED: _shortlist, S.INTRODUCING: _introducing, S.OUTCOME_KNOWN: _outcome, S.ON_HOLD: _hold,
    }  # fmt: skip
    make = steps.get(S(enquiry.state))
    return make(seen) if make else None


def _approval(seen: Seen, summary: Summary) -> Next:
    """The company reads the newest summary and decides."""
    if seen.leads and not seen.company_can_sign_in:
        return Next(
            _("Have the summary approved"),
            _(
                "Nobody at the company has an account. Read the words to them, or send them, and note what they say."
            ),
            who=seen.enquiry.asked_by_name,
            action=_("Note the approval"),
            href=reverse("enquiries:noted_approval", args=[summary.pk]),
        )
    return Next(
        _("Approve the summary"),
        _("Read version %(version)s below. Only these words leave the desk, and only after your approval.")
        % {"version": summary.version}
        if seen.is_company
        else _("The company reads version %(version)s. Nothing leaves before it approved it.")
        % {"version": summary.version},
        who=seen.enquiry.company.name,
        action=_("Read and decide") if seen.is_company else "",
        href="#summary" if seen.is_company else "",
    )


def _acknowledge(seen: Seen) -> Next:
    return _of_desk(
        seen,
        _("Read it and acknowledge"),
        _("The company then knows who works on it."),
        _("Your desk reads the question and tells you who works on it."),
        action=_("Acknowledge"),
        post=reverse("enquiries:acknowledgement", args=[seen.enquiry.pk]),
    )


def _analyse(seen: Seen) -> Next:
    pk = seen.enquiry.pk
    if seen.newest is not None and seen.newest.approved_at is not None:
        return _of_desk(
            seen,
            _("Make it ready"),
            _("The company approved the summary. When the need is clear, the search can begin."),
            _("You approved the summary. Your desk prepares the search."),
            action=_("The need is clear"),
            post=reverse("enquiries:readiness", args=[pk]),
        )
    return _of_desk(
        seen,
        _("Write the summary"),
        _("Find out with the company what is really needed. Then write it without anything confidential."),
        _("Your desk finds out with you what is really needed, and writes a summary that you approve."),
        action=_("Write the summary"),
        href=reverse("enquiries:summary", args=[pk]),
    )


def _search(seen: Seen) -> Next:
    return _of_desk(
        seen,
        _("Begin the search"),
        _("The company is told."),
        _("Your need is clear. Your desk begins to search."),
        action=_("Begin the search"),
        post=reverse("enquiries:searching", args=[seen.enquiry.pk]),
    )


def _searching(seen: Seen) -> Next:
    href = address("enquiries:match", seen.enquiry.pk)
    return _of_desk(
        seen,
        _("Put a shortlist together"),
        _("Look through what the catalogue proposes, and send the company the best."),
        _("Your desk searches in the other regions and sends you a shortlist."),
        action=_("See what fits") if href else "",
        href=href,
    )


def _shortlist(seen: Seen) -> Next:
    href = address("enquiries:shortlist", seen.enquiry.pk)
    return Next(
        _("Say which offers you want to know more about"),
        _("Nobody is told your name before you and they have both said yes.")
        if seen.is_company
        else _("The company looks at the shortlist."),
        who=seen.enquiry.company.name,
        action=_("See the shortlist") if seen.is_company and href else "",
        href=href if seen.is_company else "",
    )


def _introducing(seen: Seen) -> Next:
    return _of_desk(
        seen,
        _("Follow the introduction"),
        _("When both sides have talked, write down what came of it."),
        _("Your desk is asking the other side. You are named to each other once both said yes."),
        action=_("Report the outcome"),
        href=reverse("enquiries:outcome", args=[seen.enquiry.pk]),
    )


def _outcome(seen: Seen) -> Next:
    return _of_desk(
        seen,
        _("Close the enquiry"),
        _("Say with what it ends."),
        _("What came of it is known. Your desk closes the enquiry."),
        action=_("Close"),
        href=reverse("enquiries:closing", args=[seen.enquiry.pk]),
    )


def _hold(seen: Seen) -> Next:
    return Next(
        _("It goes on by itself"),
        seen.enquiry.reason,
        who=_("Landbridge, by itself"),
        until=seen.enquiry.hold_until,
        action=_("Go on now") if seen.leads else "",
        post=reverse("enquiries:resumption", args=[seen.enquiry.pk]) if seen.leads else "",
    )


def _of_desk(
    seen: Seen, title: str, does: str, waits: str, *, action: str, href: str = "", post: str = ""
) -> Next:
    """A step of the desk that leads: with the button for it, and in other words for everyone else."""
    return Next(
        title if not seen.is_company else _("Your desk works on it"),
        does if not seen.is_company else waits,
        who=seen.desk,
        until=seen.until,
        zone=seen.zone,
        action=action if seen.leads else "",
        href=href if seen.leads else "",
        post=post if seen.leads else "",
    )
