"""How a collaboration goes on: finished, stopped, renewed, and what followed from it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.collaborations import actions
from landbridge.collaborations.forms import FollowOnForm, TurnForm
from landbridge.collaborations.models import Collaboration, FollowOn
from landbridge.collaborations.views.shared import collaboration_page, crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P


@needs(P.COLLABORATION_FOLLOW)
def finishing(request: Request, pk: int) -> HttpResponse:
    """They have done what they set out to do."""
    about = _("How it ended and what it led to. Both sides and both desks read it.")
    form = TurnForm(posted(request), initial={"on": request.now.date()}, about=about)
    return _turn(request, pk, form, actions.finish, title=_("It is finished"), done=_("It is finished now."))


@needs(P.COLLABORATION_FOLLOW)
def stopping(request: Request, pk: int) -> HttpResponse:
    """It ended early."""
    about = _("Why it stopped. Both sides and both desks read it.")
    form = TurnForm(posted(request), initial={"on": request.now.date()}, about=about, is_needed=True)
    return _turn(request, pk, form, actions.stop, title=_("It stopped early"), done=_("It is stopped now."))


@needs(P.COLLABORATION_FOLLOW)
def renewal(request: Request, pk: int) -> HttpResponse:
    """They go on."""
    about = _("Under what they go on: a contract, a new project. Both sides and both desks read it.")
    form = TurnForm(posted(request), initial={"on": request.now.date()}, about=about)
    return _turn(request, pk, form, actions.renew, title=_("They go on"), done=_("It runs again."))


@needs(P.COLLABORATION_FOLLOW)
def follow_on_new(request: Request, pk: int) -> HttpResponse:
    """Something came of it."""
    found = seen_by(request.actor, pk)
    form = FollowOnForm(posted(request), initial={"on": request.now.date()})
    return form_page(
        request,
        form,
        act=lambda: actions.tell_follow_on(
            collaboration_id=found.pk, told=form.told, by=request.actor, at=request.now
        ),
        title=_("Tell what followed"),
        lead=_("Each thing once, by whoever knows it first: it counts in the network's figures."),
        save=_("Tell it"),
        done=_("Thank you, it stands here now."),
        crumbs=crumbs_of(found),
    )


@needs(P.COLLABORATION_FOLLOW)
@require_POST
def follow_on_withdrawal(request: Request, follow_on_pk: int) -> HttpResponse:
    """It was told by mistake."""
    seen = Collaboration.objects.visible_to(request.actor).values("pk")
    told = get_object_or_404(FollowOn.objects.filter(collaboration__in=seen), pk=follow_on_pk)
    return button_pressed(
        request,
        lambda: actions.withdraw_follow_on(follow_on_id=told.pk, by=request.actor, at=request.now),
        refused=lambda problems: collaboration_page(request, told.collaboration_id, problems=problems),
        done=_("Taken back."),
    )


def _turn(
    request: Request, pk: int, form: TurnForm, action: Callable[..., Collaboration], *, title: str, done: str
) -> HttpResponse:
    found = seen_by(request.actor, pk)
    return form_page(
        request,
        form,
        act=lambda: action(collaboration_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=title,
        done=done,
        crumbs=crumbs_of(found),
    )
