"""Whom the letters about access go to, and what they may name."""

from __future__ import annotations

from landbridge.access.models import Request, RuleSet, Signature
from landbridge.clocks.queries import office_of
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import desk_of, members_of, recipients
from landbridge.programmes.models import Region


def people_of_company(request: Request) -> list[Recipient]:
    """The people of the company that asks."""
    return recipients(members_of(request.company_id, role=Role.SME))


def people_of_provider(request: Request) -> list[Recipient]:
    """The people of the facility; where nobody speaks for it yet, the desk of its region."""
    own = recipients(members_of(request.provider_id, role=Role.PROVIDER))
    return own or recipients(desk_of(request.provider.region_id or 0))


def desk_of_company(request: Request) -> list[Recipient]:
    """The Access Brokers of the company's region."""
    return recipients(desk_of(request.company.region_id or 0))


def office_for(region: Region | None) -> list[Recipient]:
    """The programme offices that look after a region."""
    return office_of(region.pk if region else 0)


def signatories_of(rule_set: RuleSet) -> list[Recipient]:
    """The people of the facilities that stand by their signature under any version before this one."""
    signed = Signature.objects.filter(ended_at__isnull=True, rule_set__valid_from__lt=rule_set.valid_from)
    hats = Membership.objects.filter(role=Role.PROVIDER, organisation__in=signed.values("organisation"))
    return recipients(hats)


def for_letters(request: Request) -> dict[str, object]:
    """What the letters about a request may name."""
    return {
        "number": request.number,
        "title": request.title,
        "offer": request.record.name,
        "company": request.company.name,
        "provider": request.provider.name,
        "reason": request.reason,
    }
