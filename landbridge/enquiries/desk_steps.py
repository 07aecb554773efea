"""The next step of each case on the desk's work list, in a word or two, with its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.enquiries.queries import Case
from landbridge.enquiries.states import S
from landbridge.foundation.problems import N_

# What the desk does next in each state; where the company has the ball, the row says so instead.
DOES = {
    S.NEW: N_("Acknowledge"),
    S.ACKNOWLEDGED: N_("Analyse the need"),
    S.ANALYSIS: N_("Write the summary"),
    S.READY: N_("Begin the search"),
    S.SEARCHING: N_("Search for partners"),
    S.SHORTLISTED: N_("See the shortlist"),
    S.INTRODUCING: N_("Follow the introduction"),
    S.OUTCOME_KNOWN: N_("Close"),
    S.ON_HOLD: N_("See why"),
}


@dataclass(frozen=True, slots=True)
class CaseWithStep:
    """A row with its next step: `action` leads to `href`."""

    case: Case
    action: str
    href: str


def with_steps(cases: Iterable[Case]) -> list[CaseWithStep]:
    """The rows of a page with what comes next for each."""
    return [_with_step(case) for case in cases]


def _with_step(case: Case) -> CaseWithStep:
    enquiry, state = case.enquiry, S(case.enquiry.state)
    href = enquiry.get_absolute_url()
    if case.waits_for_company:
        return CaseWithStep(case, _("See what it waits for"), href)
    if state is S.SEARCHING:
        href = reverse("enquiries:partners", args=[enquiry.pk])
    return CaseWithStep(case, _(DOES[state]), href)
