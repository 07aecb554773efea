"""The desk's pages: adviser, first talk, needs analysis, ending a case early."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from landbridge.coaching import actions, queries, rules
from landbridge.coaching.forms import AdviserForm, AnalysisForm, TalkForm
from landbridge.coaching.forms.asking import shown_competences
from landbridge.coaching.states import S
from landbridge.coaching.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm


@needs(P.COACHING_WORK)
def adviser(request: Request, pk: int) -> HttpResponse:
    """Name who answers for the case, or hand it on to a colleague."""
    found = seen_by(request.actor, pk)
    is_first = found.state == S.ASKED
    act = actions.assign if is_first else actions.hand_on
    form = AdviserForm(
        posted(request),
        hats=queries.advisers_of(found.region),
        initial={"membership_id": request.actor.membership_id},
    )
    return form_page(
        request,
        form,
        act=lambda: act(case_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Name the adviser") if is_first else _("Hand the case on"),
        lead=_("The company learns who looks after it."),
        done=_("Named. The company was told."),
        crumbs=crumbs_of(found),
    )


@needs(P.COACHING_WORK)
def talk(request: Request, pk: int) -> HttpResponse:
    """The first talk with the company was held."""
    found = seen_by(request.actor, pk)
    form = TalkForm(posted(request), initial={"first_talk_on": request.now.date()})
    return form_page(
        request,
        form,
        act=lambda: actions.contact(case_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("The first talk"),
        lead=found.wish,
        done=_("Kept. Write the needs analysis next."),
        crumbs=crumbs_of(found),
    )


@needs(P.COACHING_WORK)
def analysis(request: Request, pk: int) -> HttpResponse:
    """Write down what the company needs."""
    found = seen_by(request.actor, pk)
    named = found.competences.order_by("name").values_list("pk", flat=True)
    initial: dict[str, Any] = {
        "languages": found.languages,
        "hours_at_most": found.hours_at_most,
        **shown_competences(named),
    }
    form = AnalysisForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.analyse(
            case_id=found.pk,
            needs=form.needs,
            hours_at_most=form.cleaned_data["hours_at_most"],
            competence_ids=form.competence_ids,
            languages=form.cleaned_data["languages"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Needs analysis"),
        lead=found.wish,
        save=_("Keep it"),
        done=_("Kept. The company was asked to read it; propose coaches next."),
        crumbs=crumbs_of(found),
    )


@needs(P.COACHING_WORK)
def ending(request: Request, pk: int) -> HttpResponse:
    """The desk ends a case early."""
    found = seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("Company and coach read it."))
    return form_page(
        request,
        form,
        act=lambda: actions.end(case_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("End the case early"),
        lead=_("Sessions that lie ahead are cancelled. This cannot be undone."),
        done=_("Ended. Company and coach were told."),
        crumbs=crumbs_of(found),
        is_final=True,
    )
