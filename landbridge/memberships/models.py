"""Memberships: the hats that people wear, and the invitations to them."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext

from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import EMAIL_LENGTH, Address
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import NAME_OF, Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner, Programme, Region

# Where nothing counts as equal to nothing, so that a hat for the whole network is unique too.
_SCOPE = [Coalesce(column, 0) for column in ("region", "partner", "programme", "organisation")]

HUMAN_ROLES = [role for role in Role if role is not Role.SYSTEM]


class Hat(Table):
    """A role within one scope. Which column of the scope is filled follows from the role (see `SCOPE_OF`)."""

    role = models.CharField(max_length=20, choices=[(role.value, NAME_OF[role]) for role in HUMAN_ROLES])
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def hat_name(self) -> str:
        """The role and what it holds for, in the reader's language."""
        return f"{gettext(NAME_OF[Role(self.role)])}, {self.scope_name}"

    @property
    def scope_name(self) -> str:
        """What the hat holds for; load it with its scope (`select_related`) where many are shown."""
        scope = self.organisation or self.region or self.partner or self.programme
        return str(scope) if scope else gettext("the whole network")


def _one_scope() -> Q:
    """Each role fills exactly the column it is scoped to; office and the like leave the programme open for all."""
    no_region, no_partner = Q(region__isnull=True), Q(partner__isnull=True)
    no_programme, no_organisation = Q(programme__isnull=True), Q(organisation__isnull=True)
    return (
        (
            Q(role__in=["sme", "provider", "investor"], organisation__isnull=False)
            & no_region
            & no_partner
            & no_programme
        )
        | (Q(role="broker", region__isnull=False) & no_partner & no_programme & no_organisation)
        | (Q(role="finance", partner__isnull=False) & no_region & no_programme & no_organisation)
        | (
            Q(role__in=["office", "assessor", "organiser", "auditor"])
            & no_region
            & no_partner
            & no_organisation
        )
    )


class MembershipRows(Rows["Membership"]):
    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def visible_to(self, actor: Actor) -> Self:
        """The people of one's own organisation or region; everyone for office and auditor."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role is Role.BROKER:
            members = Organisation.objects.visible_to(actor).values("pk")
            return self.filter(Q(region_id=actor.region_id) | Q(organisation__in=members))
        if actor.organisation_id:
            return self.filter(organisation_id=actor.organisation_id)
        return self.none()


class Membership(Hat):
    """One hat of one person: from when until when they act in this role for this scope."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_one_scope(), name="a_membership_has_the_scope_of_its_role"),
            models.UniqueConstraint(
                "person",
                "role",
                *_SCOPE,
                condition=Q(ended_at__isnull=True),
                name="a_person_wears_a_hat_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{NAME_OF[Role(self.role)]}, {self.scope_name}"


class InvitationRows(Rows["Invitation"]):
    def open(self) -> Self:
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def visible_to(self, actor: Actor) -> Self:
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.organisation_id:
            return self.filter(organisation_id=actor.organisation_id)
        return self.none()


class Invitation(Hat):
    """An offer of a hat to an e-mail address; the link in the letter holds the token, the row only its hash."""

    email = Address(max_length=EMAIL_LENGTH)
    name = models.CharField(max_length=120, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by_id = models.BigIntegerField(null=True)
    invited_by_name = models.CharField(max_length=150)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_one_scope(), name="an_invitation_has_the_scope_of_its_role"),
            models.UniqueConstraint(
                "email",
                "role",
                *_SCOPE,
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="an_invitation_is_open_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.email)

    def get_absolute_url(self) -> str:
        return reverse("memberships:invitation", args=[self.pk])
