"""Pages on which somebody finds others, reads who they are, asks them, or wants to meet them under no circumstances."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.events.models import Registration
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings import actions, queries, rules
from landbridge.meetings.forms import AskForm, PeopleFilters, PrivateReasonForm
from landbridge.meetings.states import Asked, Priority
from landbridge.meetings.views.shared import crumbs_of, own, page_of_one
from landbridge.programmes.models import Region

ON_A_PAGE = 24


@needs(P.EVENT_ATTEND)
@require_GET
def people(request: Request, registration_pk: int) -> HttpResponse:
    """Who takes part, the best fit first."""
    me = own(request.actor, registration_pk)
    every = queries.people_to_meet(me)
    filters = PeopleFilters(
        request.GET,
        countries=every.countries,
        regions=dict(Region.objects.filter(pk__in=every.regions).values_list("pk", "name")),
        competences=every.names,
    )
    found = queries.narrowed(every, **filters.chosen) if filters.chosen else every
    page = page_of(request, found.found, size=ON_A_PAGE)
    context = page_of_one(
        me,
        "people",
        page=page,
        cards=queries.cards_of(found, page.object_list),
        filters=filters,
        number=len(found.found),
        everybody=every.number,
        has_said_when=me.slots is not None,
        takes_part=queries.takes_part(me),
        breadcrumbs=crumbs_of(me, Crumb(_("People"))),
    )
    return render(request, "meetings/people.html", context)


@needs(P.EVENT_ATTEND)
def person(request: Request, registration_pk: int, other_pk: int) -> HttpResponse:
    """Who somebody is, why they were suggested, and the form that asks them."""
    me = own(request.actor, registration_pk)
    card = queries.card_of(me, other_pk)
    if card is None:
        raise Http404
    form = AskForm(posted(request))
    result = carried_out(
        request,
        form,
        lambda: actions.ask(
            sender_id=me.pk, receiver_id=card.other.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
    )
    if result is not None:
        is_agreed = result.state == Asked.ACCEPTED
        text = (
            _("You have both asked: it is agreed.") if is_agreed else _("Asked. You hear when they answer.")
        )
        messages.success(request, text)
        return redirect("meetings:requests", me.pk)
    context = page_of_one(
        me,
        "people",
        card=card,
        form=form,
        priorities=list(Priority),
        **_asking(me, request),
        **_trail(me, card.other),
    )
    return render(request, "meetings/person.html", context, status=form.http_status)


@needs(P.EVENT_ATTEND)
def block(request: Request, registration_pk: int, other_pk: int) -> HttpResponse:
    """Meet somebody under no circumstances."""
    me = own(request.actor, registration_pk)
    other = queries.known_to(me, other_pk)
    if other is None:
        raise Http404
    form = PrivateReasonForm(posted(request))
    trail = _trail(me, other)["breadcrumbs"]
    return form_page(
        request,
        form,
        act=lambda: actions.block(
            registration_id=me.pk,
            other_id=other.pk,
            **form.cleaned_data,
            by=request.actor,
            at=request.now,
        ),
        title=_("Do not meet %(name)s") % {"name": other.name},
        lead=_(
            "You will not be shown to each other, and no meeting of you two is planned. They do not learn of it: "
            "a request of theirs looks declined."
        ),
        save=_("Do not meet"),
        done=_("You will not meet."),
        crumbs=trail[:-1],
        to=reverse("meetings:requests", args=[me.pk]),
        is_final=True,
    )


@needs(P.EVENT_ATTEND)
@require_POST
def unblock(request: Request, registration_pk: int, other_pk: int) -> HttpResponse:
    """Take that back."""
    me = own(request.actor, registration_pk)
    here = reverse("meetings:requests", args=[me.pk])
    return button_pressed(
        request,
        lambda: actions.unblock(registration_id=me.pk, other_id=other_pk, by=request.actor, at=request.now),
        done=_("You can ask each other again."),
        to=here,
        back=here,
    )


def _asking(me: Registration, request: Request) -> dict[str, Any]:
    """The window, what is left of the caps, and what wishes weigh."""
    found = queries.rules_of(me.event)
    window = queries.window_of(me.event, found)
    wishes = queries.wishes_of(me.pk)
    return {
        "rules": found,
        "window_problems": list(rules.problems_with_window(window, at=request.now)) if window else [],
        "has_must": Priority.MUST in wishes,
        "high": wishes.count(Priority.HIGH),
        "most_high": rules.most_high(len(wishes) + 1, share_percent=found.high_share_percent) if found else 0,
        "open_sent": queries.open_sent(me.pk),
    }


def _trail(me: Registration, other: Registration) -> dict[str, Any]:
    href = reverse("meetings:people", args=[me.pk])
    return {"breadcrumbs": crumbs_of(me, Crumb(_("People"), href), Crumb(other.name))}
