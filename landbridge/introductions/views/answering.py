"""The answers: on the page of a side, and by the link of a letter, which needs no account."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb
from landbridge.introductions import actions, queries, rules
from landbridge.introductions.queries import Invited
from landbridge.introductions.steps import next_of_side, way_of_side
from landbridge.introductions.views.page import crumbs_of, page, seen_by

NO = _l(
    "Nobody learns who you are, nor why you said no; and you do not learn who asked. It cannot be undone."
)


@needs(P.INTRODUCTION_ANSWER)
@require_POST
def consent(request: Request, pk: int) -> HttpResponse:
    """Yes: introduce us."""
    found = seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.answer(introduction_id=found.pk, said_yes=True, by=request.actor, at=request.now),
        done=_("Thank you. You said yes."),
        refused=lambda problems: page(request, pk, problems=problems),
    )


@needs(P.INTRODUCTION_ANSWER)
def refusal(request: Request, pk: int) -> HttpResponse:
    """No, with a reason that only the desk reads."""
    found, form = seen_by(request.actor, pk), _reason(request)
    return form_page(
        request,
        form,
        act=lambda: actions.answer(
            introduction_id=found.pk, said_yes=False, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Not this time"),
        lead=str(NO),
        save=_("Say no"),
        done=_("Thank you. The other side is told that it did not come about, and no more."),
        crumbs=crumbs_of(found),
    )


@public
@require_GET
def by_letter(request: Request, token: str) -> HttpResponse:
    """The question, for whoever holds the link of a letter. Opening it answers nothing."""
    return _page(request, token)


@public
@require_POST
def by_letter_consent(request: Request, token: str) -> HttpResponse:
    """Yes, by letter."""
    invited = _invited(token)
    return button_pressed(
        request,
        lambda: actions.answer(
            introduction_id=invited.introduction.pk,
            said_yes=True,
            email=invited.email,
            by=invited.actor,
            at=request.now,
        ),
        done=_("Thank you. You said yes."),
        to=reverse("introductions:by_letter", args=[token]),
        refused=lambda problems: _page(request, token, problems=problems),
    )


@public
def by_letter_refusal(request: Request, token: str) -> HttpResponse:
    """No, by letter."""
    invited, form = _invited(token), _reason(request)
    back = reverse("introductions:by_letter", args=[token])
    return form_page(
        request,
        form,
        act=lambda: actions.answer(
            introduction_id=invited.introduction.pk,
            said_yes=False,
            **form.cleaned_data,
            email=invited.email,
            by=invited.actor,
            at=request.now,
        ),
        title=_("Not this time"),
        lead=str(NO),
        save=_("Say no"),
        done=_("Thank you. The other side is told that it did not come about, and no more."),
        to=back,
        crumbs=[Crumb(invited.introduction.number, back)],
    )


def _reason(request: Request) -> ReasonForm:
    return ReasonForm(
        posted(request),
        longest=rules.LONGEST_REASON,
        read_by=_("Only the desk reads it, never the other side."),
    )


def _page(request: Request, token: str, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    invited = _invited(token)
    view = queries.side_view(invited.introduction, invited.actor)
    context = {
        "view": view,
        "reader": invited.actor.name,
        "refusal": reverse("introductions:by_letter_refusal", args=[token]),
        "steps": way_of_side(view),
        "next": next_of_side(view, consent=reverse("introductions:by_letter_consent", args=[token])),
        "problems": problems,
    }
    return render(request, "introductions/by_letter.html", context, status=409 if problems else 200)


def _invited(token: str) -> Invited:
    invited = queries.invited_by(token)
    if invited is None:
        raise Http404
    return invited
