"""One's own hats: registering a company, the list, switching, leaving; and accepting an invitation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.guards import Request, public, signed_in
from landbridge.foundation.permissions.roles import NAME_OF, Role
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.parts import Crumb
from landbridge.memberships import actions, queries, rules
from landbridge.memberships.middleware import WORN
from landbridge.memberships.models import Invitation, Membership
from landbridge.organisations.forms import OrganisationForm
from landbridge.organisations.queries import countries_of_network


@signed_in
def registration(request: Request) -> HttpResponse:
    """Register a company or institute, and act for it from now on."""
    form = OrganisationForm(posted(request), at_home=countries_of_network())
    if request.method == "POST" and form.is_valid():
        details = form.details()
        try:
            hat = once(request, lambda: actions.found_company(by=request.actor, at=request.now, **details))
            _wear(request, hat)
            return redirect(hat.organisation or "memberships:hats")
        except Refused as refusal:
            form.refuse(refusal)
    context = {
        "form": form,
        "breadcrumbs": [Crumb(_("My roles"), reverse("memberships:hats")), Crumb(_("Register"))],
    }
    return render(request, "memberships/registration.html", context, status=form.http_status)


@signed_in
@require_GET
def hats(request: Request) -> HttpResponse:
    """The roles one may act in, which one it is now, and what was offered."""
    return render(request, "memberships/hats.html", _hats(request))


def _hats(request: Request) -> dict[str, Any]:
    person = get_object_or_404(Person, pk=request.actor.person_id or 0)
    return {
        "hats": [(hat, NAME_OF[Role(hat.role)]) for hat in queries.hats_of(person.pk)],
        "offers": queries.open_offers_to(person, at=request.now),
    }


@signed_in
@require_POST
def worn(request: Request) -> HttpResponse:
    """Act in another of one's roles from now on."""
    chosen = request.POST.get("hat", "")
    held = {str(hat.pk): hat for hat in queries.hats_of(request.actor.person_id or 0)}
    if chosen not in held:
        raise Http404
    _wear(request, held[chosen])
    messages.success(request, _("You now act as %(hat)s.") % {"hat": held[chosen].hat_name})
    return redirect("/desk/")


def _wear(request: Request, hat: Membership) -> None:
    request.session[WORN] = hat.pk


@signed_in
def leaving(request: Request, pk: int) -> HttpResponse:
    """Take one of one's own hats off."""
    mine = Membership.objects.current().filter(person_id=request.actor.person_id or 0)
    hat = get_object_or_404(mine.select_related("organisation", "region", "partner", "programme"), pk=pk)
    context: dict[str, Any] = {
        "hat": hat,
        "breadcrumbs": [Crumb(_("My roles"), reverse("memberships:hats")), Crumb(_("Leave"))],
    }
    if request.method != "POST":
        return render(request, "memberships/leaving.html", context)
    try:
        once(request, lambda: actions.leave(membership_id=pk, by=request.actor, at=request.now))
    except Refused as refusal:
        return render(
            request, "memberships/leaving.html", context | {"problems": refusal.problems}, status=409
        )
    messages.success(request, _("You no longer act as %(hat)s.") % {"hat": hat.hat_name})
    return redirect("memberships:hats")


@public
def acceptance(request: Request, token: str) -> HttpResponse:
    """What the link in an invitation's letter opens, also for somebody who has no account yet."""
    invitation = queries.invitation_of(token)
    if invitation is None:
        return render(request, "memberships/unknown_invitation.html", status=404)
    reader = Person.objects.filter(pk=request.actor.person_id or 0).first()
    if request.method == "POST" and reader is not None:
        return _accept(request, invitation)
    problems = rules.problems_with_acceptance(
        queries.offer(invitation, reader_email=reader.email if reader else invitation.email), at=request.now
    )
    return render(request, "memberships/acceptance.html", _offered(invitation) | {"problems": list(problems)})


@signed_in
@require_POST
def own_acceptance(request: Request, pk: int) -> HttpResponse:
    """Accept from the list of one's own roles, without the letter."""
    person = get_object_or_404(Person, pk=request.actor.person_id or 0)
    rows = Invitation.objects.select_related("organisation", "region", "partner", "programme")
    return _accept(request, get_object_or_404(rows, pk=pk, email=person.email))


def _accept(request: Request, invitation: Invitation) -> HttpResponse:
    try:
        hat = once(
            request,
            lambda: actions.accept_invitation(invitation_id=invitation.pk, by=request.actor, at=request.now),
        )
    except Refused as refusal:
        context = _offered(invitation) | {"problems": refusal.problems}
        return render(request, "memberships/acceptance.html", context, status=409)
    _wear(request, hat)
    messages.success(request, _("Welcome. You now act as %(hat)s.") % {"hat": invitation.hat_name})
    return redirect("/desk/")


def _offered(invitation: Invitation) -> dict[str, Any]:
    return {
        "invitation": invitation,
        "role": NAME_OF[Role(invitation.role)],
        "email": rules.masked(invitation.email),
    }
