"""When a questionnaire goes out: rules, with how many they would ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.calls.models import Call
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.parts import Crumb
from landbridge.surveys import actions, queries, rules, wording
from landbridge.surveys.forms import RuleForm
from landbridge.surveys.models import Questionnaire, Rule
from landbridge.surveys.views.shared import kept_by, questionnaire_page, trail


@needs(P.SURVEY_EDIT)
def rule_new(request: Request, slug: str) -> HttpResponse:
    """One more rule; before it is added, it says what it will do and how many it will ask."""
    found = kept_by(request.actor, slug)
    calls = Call.objects.visible_to(request.actor).order_by("-closes_at", "pk")[:200]
    form = RuleForm(posted(request), calls=calls, initial={"since": request.now.date()})
    looked = _look(request, form, found) if request.method == "POST" and "look" in request.POST else None
    if request.method != "POST" or "look" not in request.POST:
        made = carried_out(
            request,
            form,
            lambda: actions.add_rule(
                questionnaire_id=found.pk, **form.details, by=request.actor, at=request.now
            ),
        )
        if made is not None:
            messages.success(request, _("The rule asks from now on, every hour."))
            return redirect(found)
    context = {
        "found": found,
        "form": form,
        "looked": looked,
        "back": found.get_absolute_url(),
        "breadcrumbs": [*trail(found), Crumb(_("New rule"))],
    }
    return render(request, "surveys/rule.html", context, status=form.http_status)


def _look(request: Request, form: RuleForm, found: Questionnaire) -> dict[str, object] | None:
    """What the rule would do, without making it."""
    if not form.is_valid():
        return None
    details = form.details
    problems = list(
        rules.problems_with_rule(
            trigger=details["trigger"], side=details["side"], has_call=details["call_id"] is not None
        )
    )
    if problems:
        form.refuse(Refused(problems))
        return None
    rule = Rule(questionnaire=found, programme=found.programme, created_at=request.now, **details)
    now, later = queries.ahead_of(rule, at=request.now)
    sentences = (wording.when_of(rule), wording.whom_of(rule), wording.how_of(rule))
    return {"sentences": sentences, "now": now, "later": later}


@needs(P.SURVEY_EDIT)
@require_POST
def rule_pause(request: Request, survey_rule_pk: int) -> HttpResponse:
    """Let it rest."""
    rule = _kept(request, survey_rule_pk)
    return button_pressed(
        request,
        lambda: actions.pause_rule(rule_id=rule.pk, by=request.actor, at=request.now),
        refused=lambda problems: questionnaire_page(request, rule.questionnaire.slug, problems=problems),
        done=_("The rule asks nobody more."),
    )


@needs(P.SURVEY_EDIT)
@require_POST
def rule_resumption(request: Request, survey_rule_pk: int) -> HttpResponse:
    """Let it ask again."""
    rule = _kept(request, survey_rule_pk)
    return button_pressed(
        request,
        lambda: actions.resume_rule(rule_id=rule.pk, by=request.actor, at=request.now),
        refused=lambda problems: questionnaire_page(request, rule.questionnaire.slug, problems=problems),
        done=_("The rule asks again, every hour."),
    )


def _kept(request: Request, pk: int) -> Rule:
    kept = Questionnaire.objects.kept_by(request.actor)
    rows = Rule.objects.filter(questionnaire__in=kept.values("pk")).select_related("questionnaire")
    return get_object_or_404(rows, pk=pk)
