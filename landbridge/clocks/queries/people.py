"""To whom the letters about a clock go."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from landbridge.clocks.models import Absence, Clock
from landbridge.clocks.queries.absences import today_at
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import desk_of, recipients
from landbridge.programmes.models import Partner


def holders_of(clock: Clock, *, at: datetime) -> list[Recipient]:
    """Who holds it at the desk, or their stand-in; the whole desk where nobody does."""
    holder = clock.membership_id
    if holder:
        away = Absence.objects.on(today_at(clock.region, at=at)).filter(membership_id=holder).first()
        holder = away.stand_in_id if away else holder
    desk = desk_of(clock.region_id)
    return (recipients(desk.filter(pk=holder)) if holder else []) or recipients(desk)


def office_of(region_id: int) -> list[Recipient]:
    """The offices of the programmes that the region takes part in; without any, the network's."""
    programmes = Partner.objects.filter(region_id=region_id).values("programme")
    offices = Membership.objects.current().filter(role=Role.OFFICE)
    return recipients(offices.filter(programme__in=programmes)) or recipients(
        offices.filter(Q(programme__isnull=True))
    )
