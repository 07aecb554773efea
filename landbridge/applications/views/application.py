"""One application: its page, its handing in, its receipts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.applications import actions, queries, rules
from landbridge.applications.models import Application, Confirmation, Decision, Return, Submission
from landbridge.applications.states import WORKFLOW, M, S
from landbridge.applications.steps import next_step, way
from landbridge.applications.views.receipts import kept_receipt
from landbridge.applications.views.shared import crumbs_of, seen_by, shown_answer
from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem, Refused


@needs(P.APPLICATION_SEE)
@require_GET
def application(request: Request, pk: int) -> HttpResponse:
    """Where it stands, what comes next, and everything that is known of it."""
    return render(request, "applications/application.html", _page(request, seen_by(request.actor, pk)))


@needs(P.APPLICATION_SUBMIT)
@require_POST
def submission(request: Request, pk: int) -> HttpResponse:
    """Hand it in; refused, the page comes back with the list of what is in the way."""
    found = seen_by(request.actor, pk)
    try:
        handed_in = once(
            request,
            lambda: actions.submit(application_id=found.pk, by=request.actor, at=request.now),
        )
    except Refused as refusal:
        context = _page(request, seen_by(request.actor, pk), refused=refusal.problems)
        return render(request, "applications/application.html", context, status=409)
    messages.success(
        request, _("Your application has arrived. Its number is %(number)s.") % {"number": handed_in.number}
    )
    return redirect(handed_in)


@needs(P.APPLICATION_SEE)
@require_GET
def receipt(request: Request, pk: int, submission_pk: int) -> HttpResponseBase:
    """The receipt as PDF; drawn now if the first reader comes before it was kept."""
    found = seen_by(request.actor, pk)
    handed_in = get_object_or_404(
        Submission.objects.filter(application=found).select_related("receipt"), pk=submission_pk
    )
    return attachment(kept_receipt(handed_in, at=request.now))


@needs(P.APPLICATION_SEE)
@require_GET
def copy(request: Request, pk: int, submission_pk: int) -> HttpResponse:
    """What was handed in, octet for octet: its SHA-256 is the hash on the receipt."""
    found = seen_by(request.actor, pk)
    handed_in = get_object_or_404(Submission.objects.filter(application=found), pk=submission_pk)
    response = HttpResponse(rules.canonical(handed_in.content), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: Request, found: Application, *, refused: Sequence[Problem] = ()) -> dict[str, Any]:
    actor, at = request.actor, request.now
    questions = queries.questions_of(found.call)
    is_draft = found.state == S.DRAFT
    facts = queries.facts_of(found, by=actor, questions=questions)
    problems = list(rules.problems_with(facts, at=at)) if is_draft else []
    confirmations = list(Confirmation.objects.filter(application=found).order_by("-at", "-pk"))
    valid = next((one for one in confirmations if one.content_hash == facts.content_hash), None)
    decision = Decision.objects.filter(application=found).first()
    may_see_record = actor.may(P.AUDIT_SEE) or actor.role in (Role.SME, Role.BROKER)
    return {
        "application": found,
        "programme": found.call.phase.programme,
        "breadcrumbs": crumbs_of(found),
        "steps": way(found, confirmed_at=valid.at if valid else None, decision=decision),
        "next": next_step(found, problems=problems, actor=actor, at=at),
        "refused": refused,
        "problems": problems,
        "hints": list(rules.hints_about(facts)),
        "confirmation": valid,
        "is_outdated": bool(confirmations) and valid is None,
        "answers": [
            shown_answer(one, found.answers)
            for one in questions
            if not is_draft or one.key in found.answers  # the pre-check names the gaps of a draft
        ],
        "submissions": list(Submission.objects.filter(application=found).order_by("-at", "-pk")),
        "returns": list(Return.objects.filter(application=found).order_by("-at", "-pk")),
        "decision": decision,
        "may": _buttons(found, request),
        "sees_history": may_see_record,
    }


def _buttons(found: Application, request: Request) -> dict[str, bool]:
    actor = request.actor
    is_desk_of_applicant = actor.role is not Role.BROKER or actor.region_id == found.applicant.region_id
    is_draft = found.state == S.DRAFT
    return {
        "edit": is_draft and actor.may(P.APPLICATION_EDIT),
        "name_provider": is_draft and actor.may(P.APPLICATION_DRAFT),
        "withdraw": WORKFLOW.allows(M.WITHDRAW, of=found, by=actor),
        "return": WORKFLOW.allows(M.RETURN, of=found, by=actor)
        and is_desk_of_applicant
        and request.now < found.call.closes_at,
        "decide": WORKFLOW.allows(M.REJECT, of=found, by=actor),
    }
