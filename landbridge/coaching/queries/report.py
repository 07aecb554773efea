"""What the summary of a case prints: plain values for the document."""

from __future__ import annotations

from django.utils.translation import gettext as _

from landbridge.coaching.models import Case
from landbridge.coaching.queries.reading import Parts
from landbridge.coaching.states import Reached
from landbridge.foundation.ui.formatting import country as country_name
from landbridge.foundation.ui.formatting import day, number
from landbridge.organisations.models import Organisation


def report_data(case: Case, parts: Parts) -> dict[str, object]:
    """Who coached whom, what was planned and reached, the hours, partnerships, how it goes on, who approved it."""
    report, coach = parts.report, parts.coach
    hours, names = parts.hours, {"coach": coach.name if coach else "", "company": case.company.name}
    return {
        "number": case.number,
        "programme": _("Coaching"),
        "sender": [
            coach.name if coach else "",
            coach.organisation.name if coach and coach.organisation else "",
        ],
        "recipient": [case.company.name, *_address(case.company)],
        "reference": [
            [_("Case"), case.number],
            [_("Adviser"), f"{case.adviser_name}, {case.region.name}"],
            [_("Coaching"), f"{day(case.begun_at)} – {day(case.reported_at)}"],
        ],
        "opening": _("%(coach)s coached %(company)s. This is what came of it.") % names,
        "amount": {"label": _("Hours approved by the company"), "value": number(hours.approved)},
        "facts": [
            [_("About"), case.title],
            [_("Hours in the plan"), number(hours.planned)],
            [_("Sessions"), number(sum(one.hours is not None for one in parts.sessions))],
        ],
        "objectives_heading": _("Objectives"),
        "objectives_header": [_("Objective"), _("Hours"), _("Result")],
        "objectives": [
            [one.title, number(one.hours), _(Reached(one.reached).label) if one.reached else "–"]
            for one in parts.objectives
        ],
        "text_heading": _("What was done"),
        "text": _paragraphs(report.text if report else ""),
        "partnerships_heading": _("Partnerships established"),
        "partnerships_header": [_("Name"), _("Where"), _("As")],
        "partnerships": [
            [one.name, ", ".join(filter(None, (one.region, country_name(one.country)))), one.role]
            for one in parts.partnerships
        ],
        "no_partnerships": _("None yet."),
        "continuation_heading": _("How it goes on"),
        "continuation": _paragraphs(report.continuation if report else ""),
        "closing": _approval(parts),
    }


def _approval(parts: Parts) -> str:
    report = parts.report
    if report is None or report.approved_at is None:
        return _("This report is not approved yet.")
    return _("Checked by %(checker)s, approved by %(approver)s on %(day)s.") % {
        "checker": report.checked_by_name,
        "approver": report.approved_by_name,
        "day": day(report.approved_at),
    }


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()] or ["–"]


def _address(of: Organisation) -> list[str]:
    lines = [f"{of.street} {of.building_number}", f"{of.postcode} {of.town}", country_name(of.country)]
    return [line.strip() for line in lines if line.strip()]
