"""Pages of requests: all of mine, one of them, and the answers."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.events.models import Registration
from landbridge.foundation.operations.form_pages import carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings import actions, queries, rules
from landbridge.meetings.forms import AnswerForm, DeclineForm, PriorityForm, PrivateReasonForm
from landbridge.meetings.models import Request as MeetingRequest
from landbridge.meetings.states import Asked, Priority
from landbridge.meetings.views.shared import crumbs_of, own, page_of_one


@needs(P.EVENT_ATTEND)
@require_GET
def requests(request: Request, registration_pk: int) -> HttpResponse:
    """What waits for an answer of mine, what I asked, what is agreed, what is over."""
    me = own(request.actor, registration_pk)
    mine = queries.mine_of(me)
    found = queries.rules_of(me.event)
    share = found.high_share_percent if found else 0
    context = page_of_one(
        me,
        "requests",
        mine=mine,
        rules=found,
        priorities=list(Priority),
        high=mine.wishes.count(Priority.HIGH),
        most_high=rules.most_high(len(mine.wishes), share_percent=share),
        has_must=Priority.MUST in mine.wishes,
        open_sent=sum(one.is_mine for one in (*mine.sent, *mine.agreed)),
        to_answer=len(mine.to_answer),
        zone=me.event.time_zone,
        breadcrumbs=crumbs_of(me, Crumb(_("Requests"))),
    )
    return render(request, "meetings/requests.html", context)


@needs(P.EVENT_ATTEND)
@require_GET
def request_(request: Request, pk: int) -> HttpResponse:
    """One request, as one of the two sees it."""
    found, me, other = _sides(request, pk)
    return _page(request, found, me, other)


@needs(P.EVENT_ATTEND)
@require_POST
def acceptance(request: Request, pk: int) -> HttpResponse:
    """Say yes."""
    found, me, other = _sides(request, pk)
    form = AnswerForm(posted(request))
    done = carried_out(
        request,
        form,
        lambda: actions.accept(request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
    )
    if done is None:
        return _page(request, found, me, other, form=form)
    return redirect("meetings:requests", me.pk)


@needs(P.EVENT_ATTEND)
@require_POST
def priority(request: Request, pk: int) -> HttpResponse:
    """Say how much I want it."""
    found, me, other = _sides(request, pk)
    form = PriorityForm(posted(request))
    done = carried_out(
        request,
        form,
        lambda: actions.prioritise(
            request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
    )
    if done is None:
        return _page(request, found, me, other, form=form)
    return redirect("meetings:requests", me.pk)


@needs(P.EVENT_ATTEND)
def refusal(request: Request, pk: int) -> HttpResponse:
    """Say no."""
    found, me, other = _sides(request, pk)
    form = DeclineForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.decline(
            request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Decline the request of %(name)s") % {"name": other.name},
        lead=_("They learn that you cannot meet them this time. Why, only if you choose so."),
        save=_("Decline"),
        done=_("Declined."),
        crumbs=_trail(me),
        to=reverse("meetings:requests", args=[me.pk]),
    )


@needs(P.EVENT_ATTEND)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take it back, and with it a meeting that was planned."""
    found, me, other = _sides(request, pk)
    form = PrivateReasonForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.withdraw(
            request_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Do not meet %(name)s after all") % {"name": other.name},
        lead=_("A request is taken back. A meeting that was planned is cancelled, and they are told."),
        save=_("Take back"),
        done=_("Taken back."),
        crumbs=_trail(me),
        to=reverse("meetings:requests", args=[me.pk]),
        is_final=True,
    )


def _sides(request: Request, pk: int) -> tuple[MeetingRequest, Registration, Registration]:
    """A request of one's own: it, oneself, the other. Somebody else's is not found."""
    mine = queries.own_registrations(request.actor)
    rows = MeetingRequest.objects.filter(
        Q(sender__in=mine.values("pk")) | Q(receiver__in=mine.values("pk"))
    ).select_related("sender__event", "receiver__event", "sender__region", "receiver__region")
    found = get_object_or_404(rows, pk=pk)
    if mine.filter(pk=found.sender_id).exists():
        return found, found.sender, found.receiver
    return found, found.receiver, found.sender


def _page(
    request: Request,
    found: MeetingRequest,
    me: Registration,
    other: Registration,
    *,
    form: Form | None = None,
) -> HttpResponse:
    standing = queries.Standing(found, other, found.sender_id == me.pk)
    problems: list[Problem] = list(getattr(form, "problems", []))
    context = page_of_one(
        me,
        "requests",
        found=found,
        standing=standing,
        other=other,
        form=form,
        problems=problems,
        priorities=list(Priority),
        waits_for_me=found.state == Asked.SENT and not standing.is_mine,
        is_open=found.state == Asked.ACCEPTED or (found.state == Asked.SENT and standing.is_mine),
        zone=me.event.time_zone,
        breadcrumbs=[*_trail(me), Crumb(other.name)],
    )
    return render(request, "meetings/request.html", context, status=form.http_status if form else 200)


def _trail(me: Registration) -> list[Crumb]:
    return crumbs_of(me, Crumb(_("Requests"), reverse("meetings:requests", args=[me.pk])))
