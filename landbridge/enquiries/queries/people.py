"""Whom to write to about an enquiry: the one who asked, and the desk that leads."""

from __future__ import annotations

from landbridge.enquiries.models import Enquiry, Lead
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships import queries as memberships
from landbridge.memberships.models import Membership


def lead_of(enquiry: Enquiry) -> Lead:
    """The one accepted lead, with its region."""
    return Lead.objects.accepted().select_related("region").get(enquiry=enquiry)


def leads(enquiry: Enquiry, *, actor: Actor) -> bool:
    """Whether the actor belongs to the desk that leads; Landbridge itself stands in for every desk."""
    if actor.role is not Role.BROKER:
        return actor.role is Role.SYSTEM
    return leads_under(lead_of(enquiry), actor=actor)


def leads_under(lead: Lead, *, actor: Actor) -> bool:
    """The same, with the accepted lead in hand."""
    return actor.role is Role.SYSTEM or (actor.role is Role.BROKER and lead.region_id == actor.region_id)


def company_people(enquiry: Enquiry) -> list[Recipient]:
    """Whoever asked: the person at the company, while they act for it; else the address given; else all its people."""
    hats = memberships.members_of(enquiry.company_id, role=Role.SME)
    asker = memberships.recipients(hats.filter(person_id=enquiry.asked_by_id or 0))
    if asker:
        return asker
    if enquiry.asked_by_email:
        return [Recipient(email=enquiry.asked_by_email, name=enquiry.asked_by_name)]
    return memberships.recipients(hats)


def company_can_sign_in(enquiry: Enquiry) -> bool:
    """Whether anybody at the company has an account under which they can approve."""
    return memberships.members_of(enquiry.company_id, role=Role.SME).filter(person__is_active=True).exists()


def desk_people(enquiry: Enquiry, *, lead: Lead | None = None) -> list[Recipient]:
    """The broker who works on it; where nobody does yet, the whole desk that leads."""
    lead = lead or lead_of(enquiry)
    worker = memberships.recipients(Membership.objects.filter(pk=lead.membership_id or 0))
    return worker or memberships.recipients(memberships.desk_of(lead.region_id))
