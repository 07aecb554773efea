"""The report: written, checked, returned, approved; its summary as PDF; feedback of each side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.coaching import actions, queries, rules
from landbridge.coaching.forms import FeedbackForm, ReportForm
from landbridge.coaching.models import Feedback, Objective, Report
from landbridge.coaching.states import WRITTEN
from landbridge.coaching.views.shared import case_page, crumbs_of, seen_by
from landbridge.foundation.documents import pdf
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm


@needs(P.COACHING_COACH)
def report(request: Request, pk: int) -> HttpResponse:
    """The coach reports; after it came back, beginning with what it said."""
    found = seen_by(request.actor, pk)
    goals = Objective.objects.filter(plan__case=found, plan__accepted_at__isnull=False).order_by("number")
    former = Report.objects.filter(case=found).prefetch_related("partnerships").first()
    form = ReportForm(posted(request), objectives=list(goals), initial=_said(former, list(goals)))
    came_back = former is not None and bool(former.returned_because)
    return form_page(
        request,
        form,
        act=lambda: actions.report(
            case_id=found.pk,
            text=form.cleaned_data["text"],
            continuation=form.cleaned_data["continuation"],
            reached=form.reached,
            partners=form.partners,
            by=request.actor,
            at=request.now,
        ),
        title=_("The report"),
        lead=_("It came back: %(reason)s") % {"reason": former.returned_because}
        if former and came_back
        else _("The desk checks it, the programme office approves it; the company reads it as well."),
        save=_("Hand it in"),
        done=_("Handed in. The desk checks it. Please say what you think of the case."),
        crumbs=crumbs_of(found),
        template="coaching/long_form.html",
        more=_("More partnerships"),
    )


@needs(P.COACHING_WORK)
@require_POST
def report_check(request: Request, pk: int) -> HttpResponse:
    """The desk finds the report right."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.check(case_id=found.pk, by=request.actor, at=request.now),
        done=_("Checked. The programme office approves it."),
        refused=lambda problems: case_page(request, pk, problems=problems),
    )


@needs(P.COACHING_WORK)
def report_return(request: Request, pk: int) -> HttpResponse:
    """The desk returns the report."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The coach reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.return_report(
            case_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Return the report"),
        done=_("Returned. The coach was told."),
        crumbs=crumbs_of(found),
    )


@needs(P.COACHING_APPROVE)
@require_POST
def report_approval(request: Request, pk: int) -> HttpResponse:
    """The office approves the report; the case is closed."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.approve(case_id=found.pk, by=request.actor, at=request.now),
        done=_("Approved. The case is closed."),
        refused=lambda problems: case_page(request, pk, problems=problems),
    )


@needs(P.COACHING_APPROVE)
def report_sending_back(request: Request, pk: int) -> HttpResponse:
    """The office returns a report that the desk had checked."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The coach reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.send_back(
            case_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Send the report back"),
        done=_("Returned. The coach was told."),
        crumbs=crumbs_of(found),
    )


@needs(P.COACHING_SEE)
@require_GET
def summary(request: Request, pk: int) -> HttpResponse:
    """The report with objectives, hours and partnerships, as one document to print."""
    found = seen_by(request.actor, pk)
    parts = queries.parts_of(found, actor=request.actor)
    if found.state not in WRITTEN or parts.report is None:
        raise Http404
    octets = pdf(
        "coaching/report.typ",
        queries.report_data(found, parts),
        title=_("Report on coaching %(number)s") % {"number": found.number},
        at=parts.report.approved_at or parts.report.written_at,
    )
    response = HttpResponse(octets, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="coaching-{found.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@needs(P.COACHING_SEE)
def feedback(request: Request, pk: int) -> HttpResponse:
    """One side says what it thinks of the case."""
    found = seen_by(request.actor, pk)
    party = queries.party_of(found, request.actor, coach=queries.coach_of(found))
    if party is None:
        raise Http404
    form = FeedbackForm(posted(request), party=party)
    ahead = rules.problems_with_feedback(
        party=party,
        marks=dict.fromkeys(rules.STATEMENTS[party], rules.BEST_MARK),
        has_given=Feedback.objects.filter(case=found, party=party).exists(),
        has_report=found.state in WRITTEN,
    )
    return form_page(
        request,
        form,
        act=lambda: actions.give_feedback(
            case_id=found.pk,
            marks=form.marks,
            text=form.cleaned_data["text"],
            by=request.actor,
            at=request.now,
        ),
        title=_("What do you think of it?"),
        lead=_(
            "From 5, fully, to 1, not at all. It counts once; you read what the others said as soon as you have "
            "spoken, and they yours likewise."
        ),
        save=_("Send"),
        done=_("Thank you."),
        crumbs=crumbs_of(found),
        template="coaching/feedback.html",
        ahead=list(ahead),
    )


def _said(former: Report | None, goals: list[Objective]) -> dict[str, Any]:
    initial: dict[str, Any] = {f"reached_{goal.pk}": goal.reached for goal in goals}
    if former is None:
        return initial
    initial |= {"text": former.text, "continuation": former.continuation}
    for place, one in enumerate(sorted(former.partnerships.all(), key=lambda one: one.pk), start=1):
        initial |= {
            f"name_{place}": one.name,
            f"country_{place}": one.country,
            f"region_{place}": one.region,
            f"role_{place}": one.role,
        }
    return initial
