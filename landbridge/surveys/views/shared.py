"""What the pages of surveys share: which one, the trail, and the page of a questionnaire itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb
from landbridge.surveys import queries, rules, wording
from landbridge.surveys.models import Questionnaire, Rule, Version
from landbridge.surveys.states import WORKFLOW, M, S


def seen_by(actor: Actor, slug: str) -> Questionnaire:
    """The questionnaire as desks, offices and auditors read it."""
    rows = Questionnaire.objects.visible_to(actor).select_related("programme")
    return get_object_or_404(rows, slug=slug)


def kept_by(actor: Actor, slug: str) -> Questionnaire:
    """A questionnaire of one's own programme; another's is not found."""
    return get_object_or_404(Questionnaire.objects.kept_by(actor).select_related("programme"), slug=slug)


def draft_of(found: Questionnaire) -> Version:
    """The version that is being written; there is none where everything is in use."""
    version = found.versions.filter(state=S.DRAFT).first()
    if version is None:
        raise Http404
    return version


def latest_of(found: Questionnaire) -> Version:
    """The version with the highest number."""
    return found.versions.order_by("-number")[0]


def trail(found: Questionnaire | None = None) -> list[Crumb]:
    """To the list, and on to the questionnaire."""
    crumbs = [Crumb(_("Surveys"), reverse("surveys:surveys"))]
    return [*crumbs, Crumb(found.name, found.get_absolute_url())] if found else crumbs


def questionnaire_page(request: Request, slug: str, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """One questionnaire: its latest version with the questions, its rules, its rate; for its office what is open."""
    actor = request.actor
    found = seen_by(actor, slug)
    versions = list(found.versions.order_by("-number"))
    version = versions[0]
    in_use = next((one for one in versions if one.state == S.PUBLISHED), None)
    questions = list(version.questions.order_by("position", "pk"))
    facts = [queries.asked_facts(one) for one in questions]
    held = list(Rule.objects.filter(questionnaire=found).select_related("call").order_by("pk"))
    is_kept = actor.may(P.SURVEY_EDIT) and Questionnaire.objects.kept_by(actor).filter(pk=found.pk).exists()
    sheets = queries.asked_sheets(found, actor=actor)
    is_draft = version.state == S.DRAFT
    ahead = (
        list(rules.problems_with_publishing(facts))
        if is_kept and is_draft and questions and not problems
        else []
    )
    context = {
        "found": found,
        "version": version,
        "versions": versions,
        "in_use": in_use,
        "questions": questions,
        "texts_of": {one.key: one.text for one in questions},
        "seconds": rules.seconds_for(facts),
        "is_long": rules.seconds_for(facts) > rules.TWO_MINUTES,
        "languages": [
            (code, wording.language_name(code), queries.missing_in(version, questions, code))
            for code in queries.languages_of(version)
        ],
        "rules": [(one, wording.when_of(one), wording.whom_of(one), wording.how_of(one)) for one in held],
        "rate": queries.rate_of(sheets, today=request.now.date()),
        "next": None
        if ahead or not is_kept
        else wording.next_step(found, version, has_rules=bool(held), questions=len(questions)),
        "problems": problems,
        "ahead": ahead,
        "is_kept": is_kept,
        "may": {
            "write": is_kept and is_draft,
            "begin_version": is_kept and not is_draft,
            "retire": is_kept and in_use is not None and WORKFLOW.allows(M.RETIRE, of=in_use, by=actor),
        },
        "breadcrumbs": [*trail(), Crumb(found.name)],
        "sees_history": is_kept or actor.may(P.AUDIT_SEE),
    }
    return render(request, "surveys/questionnaire.html", context, status=409 if problems else 200)
