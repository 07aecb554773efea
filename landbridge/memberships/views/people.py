"""The people of an organisation and of the whole network: who acts, who is invited, whose role ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, Problem, Refused
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.memberships import actions, queries, rules
from landbridge.memberships.forms import EndingForm, GivingForm, InvitationForm, PeopleFilters
from landbridge.memberships.models import Invitation, Membership, MembershipRows
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner, Programme, Region

MOST = 50
SCOPES = ("organisation", "region", "partner", "programme")


@needs(P.MEMBERSHIP_SEE)
def people(request: Request, organisation_id: int) -> HttpResponse:
    """Who acts for one organisation, who is invited; its people invite more."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=organisation_id)
    roles = rules.roles_within(kind=organisation.kind, offers_access=organisation.offers_access)
    form = InvitationForm(posted(request), roles=roles)
    may_invite = _may_invite(organisation, by=request.actor)
    if request.method == "POST" and not may_invite:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            invitation = once(
                request,
                lambda: actions.invite(
                    email=typed["email"],
                    name=typed["name"],
                    role=Role(typed["role"]),
                    scope_id=organisation.pk,
                    by=request.actor,
                    at=request.now,
                ),
            )
            messages.success(
                request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email}
            )
            return redirect("memberships:people", organisation.pk)
        except Refused as refusal:
            form.refuse(refusal)
    members = Membership.objects.visible_to(request.actor).filter(organisation=organisation)
    open_ones = Invitation.objects.visible_to(request.actor).open().filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "members": members.current().select_related("person").order_by("began_at", "pk"),
        "former": members.filter(ended_at__isnull=False)
        .select_related("person")
        .order_by("-ended_at", "pk")[:MOST],
        "invitations": open_ones.order_by("invited_at", "pk"),
        "form": form,
        "may_invite": may_invite,
        "breadcrumbs": [Crumb(organisation.name, organisation.get_absolute_url()), Crumb(_("People"))],
    }
    return render(request, "memberships/people.html", context, status=form.http_status)


def _may_invite(organisation: Organisation, *, by: Actor) -> bool:
    reaches = by.role is Role.OFFICE or by.organisation_id == organisation.pk
    return by.may(P.MEMBERSHIP_INVITE) and reaches and not organisation.is_closed


@needs(P.MEMBERSHIP_SEE)
@require_GET
def everyone(request: Request) -> HttpResponse:
    """All people one may see, with their roles."""
    filters = PeopleFilters(request.GET)
    visible = Membership.objects.visible_to(request.actor)
    rows = _filtered(visible, filters.chosen).select_related("person", *SCOPES).order_by("person__name", "pk")
    open_ones = Invitation.objects.visible_to(request.actor).open().select_related(*SCOPES)
    context = {
        "filters": filters,
        "page": page_of(request, rows),
        "invitations": open_ones.order_by("-invited_at", "-pk")[:MOST],
        "may_give": request.actor.may(P.MEMBERSHIP_GRANT),
    }
    return render(request, "memberships/everyone.html", context)


def _filtered(rows: MembershipRows, wanted: dict[str, Any]) -> MembershipRows:
    if wanted.get("ended") != "all":
        rows = rows.filter(ended_at__isnull=wanted.get("ended") != "yes")
    if role := wanted.get("role"):
        rows = rows.filter(role=role)
    if text := wanted.get("q"):
        found = Person.objects.filter(Q(name__icontains=text) | Q(email__icontains=text)).values("pk")
        rows = rows.filter(person__in=found)
    return rows


@needs(P.MEMBERSHIP_GRANT)
def giving(request: Request) -> HttpResponse:
    """The office gives or offers a role of the network."""
    programme_id = request.actor.programme_id
    partners, programmes = Partner.objects.select_related("programme"), Programme.objects.all()
    if programme_id is not None:
        partners, programmes = partners.filter(programme_id=programme_id), programmes.filter(pk=programme_id)
    regions = (
        Region.objects.filter(pk__in=partners.values("region_id")) if programme_id else Region.objects.all()
    )
    form = GivingForm(
        posted(request),
        regions=regions.order_by("name"),
        partners=partners.order_by("short_name"),
        programmes=programmes.order_by("name"),
        initial={"programme": programme_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _give(request, form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
    crumbs = [Crumb(_("People"), reverse("memberships:everyone")), Crumb(_("Give a role"))]
    context = {"form": form, "breadcrumbs": crumbs}
    return render(request, "memberships/giving.html", context, status=form.http_status)


def _give(request: Request, typed: dict[str, Any]) -> HttpResponse:
    role, scope_id = typed["role"], typed["scope_id"]
    if typed["at_once"]:
        person = Person.objects.filter(email=typed["email"], is_active=True).first()
        if person is None:
            raise Refused([NO_ACCOUNT])
        once(
            request,
            lambda: actions.grant(
                person_id=person.pk, role=role, scope_id=scope_id, by=request.actor, at=request.now
            ),
        )
        messages.success(request, _("%(name)s now has this role.") % {"name": person.name})
    else:
        once(
            request,
            lambda: actions.invite(
                email=typed["email"],
                name=typed["name"],
                role=role,
                scope_id=scope_id,
                by=request.actor,
                at=request.now,
            ),
        )
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": typed["email"]})
    return redirect("memberships:everyone")


NO_ACCOUNT = Problem(
    code="no_account",
    message=N_("Nobody has an account with this address."),
    cure=N_("Send an invitation instead: take the tick away."),
    field="email",
)


@needs(P.MEMBERSHIP_INVITE)
def ending(request: Request, pk: int) -> HttpResponse:
    """End another's role."""
    visible = Membership.objects.visible_to(request.actor).current()
    hat = get_object_or_404(visible.select_related("person", *SCOPES), pk=pk)
    form = EndingForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.end(membership_id=pk, **form.cleaned_data, by=request.actor, at=request.now),
        done=_("The role of %(name)s has ended.") % {"name": hat.person.name},
        to=_back_of(hat),
        title=_("End a role"),
        crumbs=[Crumb(_("People"), _back_of(hat))],
        template="memberships/ending.html",
        hat=hat,
    )


@needs(P.MEMBERSHIP_SEE)
@require_GET
def invitation(request: Request, pk: int) -> HttpResponse:
    """One invitation: where it stands; send it again or take it back."""
    return _invitation_page(request, _invitation(request, pk))


@needs(P.MEMBERSHIP_INVITE)
@require_POST
def resending(request: Request, pk: int) -> HttpResponse:
    """Send the letter once more."""
    found = _invitation(request, pk)
    return button_pressed(
        request,
        lambda: actions.resend(invitation_id=pk, by=request.actor, at=request.now),
        done=_("The letter has been sent once more; its old link no longer works."),
        refused=lambda problems: _invitation_page(request, found, problems=problems),
    )


@needs(P.MEMBERSHIP_INVITE)
@require_POST
def revocation(request: Request, pk: int) -> HttpResponse:
    """Take the invitation back."""
    found = _invitation(request, pk)
    return button_pressed(
        request,
        lambda: actions.revoke(invitation_id=pk, by=request.actor, at=request.now),
        done=_("The invitation has been taken back."),
        refused=lambda problems: _invitation_page(request, found, problems=problems),
    )


def _invitation(request: Request, pk: int) -> Invitation:
    rows = Invitation.objects.visible_to(request.actor).select_related(*SCOPES)
    return get_object_or_404(rows, pk=pk)


def _invitation_page(
    request: Request, found: Invitation, *, problems: Sequence[Problem] = ()
) -> HttpResponse:
    is_open = found.accepted_at is None and found.revoked_at is None
    reaches = queries.is_within_reach(Role(found.role), queries.scope_id_of(found), by=request.actor)
    context = {
        "invitation": found,
        "steps": queries.way_of(found, at=request.now),
        "may_change": is_open and reaches and request.actor.may(P.MEMBERSHIP_INVITE),
        "has_expired": is_open and request.now >= found.expires_at,
        "problems": problems,
        "breadcrumbs": [Crumb(_("People"), _back_of(found)), Crumb(found.email)],
    }
    return render(request, "memberships/invitation.html", context, status=409 if problems else 200)


def _back_of(hat: Membership | Invitation) -> str:
    """The list on which this hat or invitation stands."""
    if hat.organisation_id:
        return reverse("memberships:people", args=[hat.organisation_id])
    return reverse("memberships:everyone")
