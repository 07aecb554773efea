"""Whom to write to about an application, which desks there are, and who belongs to whom."""

from __future__ import annotations

from landbridge.applications.models import Application
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships import queries as memberships
from landbridge.memberships.models import Membership
from landbridge.programmes.models import Partner


def desks_of(programme_id: int) -> list[str]:
    """The regions whose partners pay in this programme, with their desks' addresses, for whoever has none."""
    partners = (
        Partner.objects.filter(programme_id=programme_id, region__isnull=False)
        .select_related("region")
        .order_by("region__name", "pk")
    )
    regions = {partner.region_id: partner.region for partner in partners}
    return [
        f"{region.name} ({region.desk_email})" if region.desk_email else region.name
        for region in regions.values()
        if region
    ]


def applicants_people(application: Application) -> list[Recipient]:
    """The people of the company."""
    rows = Membership.objects.filter(role=Role.SME, organisation_id=application.applicant_id)
    return memberships.recipients(rows)


def providers_people(application: Application) -> list[Recipient]:
    """The people of the provider, once the draft was shared with them."""
    if application.provider_id is None or application.shared_at is None:
        return []
    rows = Membership.objects.filter(role=Role.PROVIDER, organisation_id=application.provider_id)
    return memberships.recipients(rows)


def brokers(application: Application) -> list[Recipient]:
    """The desk of the applicant's region."""
    rows = Membership.objects.filter(role=Role.BROKER, region_id=application.applicant.region_id or 0)
    return memberships.recipients(rows)


def everyone_involved(application: Application) -> list[Recipient]:
    """Applicant, provider and desk, each person once."""
    people = [*applicants_people(application), *providers_people(application), *brokers(application)]
    return list({one.email: one for one in people}.values())


def organisations_of_person(person_id: int | None) -> frozenset[int]:
    """All organisations a person belongs to, under any of their hats."""
    rows = Membership.objects.current().filter(person_id=person_id or 0, organisation__isnull=False)
    return frozenset(rows.values_list("organisation_id", flat=True))


def has_people(organisation_id: int) -> bool:
    """Whether anybody speaks for this provider."""
    return Membership.objects.current().filter(role=Role.PROVIDER, organisation_id=organisation_id).exists()
