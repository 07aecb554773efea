"""What the rules want to know of a record, and who answers for it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from landbridge.catalogue import rules
from landbridge.catalogue.models import Record
from landbridge.catalogue.queries.values import values_of
from landbridge.catalogue.states import S
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.queries import desk_of, members_of, recipients


def today_for(record: Record, *, at: datetime) -> date:
    """The day in the record's region; without one the day of the network."""
    return at.astimezone(ZoneInfo(record.region.time_zone if record.region else settings.TIME_ZONE)).date()


def facts_of(record: Record) -> rules.Facts:
    """What the gate looks at."""
    namesakes = Record.objects.filter(
        organisation=record.organisation_id, kind=record.kind, name__iexact=record.name
    )
    return rules.Facts(
        kind=record.kind,
        values=values_of(record),
        has_contact=bool(record.contact_email),
        has_consented=record.consented_at is not None,
        namesakes=namesakes.exclude(pk=record.pk).exclude(state=S.WITHDRAWN).count(),
        link_is_broken=record.link_broken_since is not None,
    )


def keepers_of(record: Record) -> list[Recipient]:
    """Who is asked whether a record is right: its contact, else the organisation's people, else the region's desk."""
    if record.contact_email:
        return [
            Recipient(email=record.contact_email, name=record.contact_name, language=_language_of(record))
        ]
    people = recipients(members_of(record.organisation_id, role=Role.PROVIDER))
    if people or record.region_id is None:
        return people
    return recipients(desk_of(record.region_id))


def _language_of(record: Record) -> str:
    """The first language of its region; letters fall back to English where we do not speak it."""
    languages = record.region.languages if record.region else []
    return str(languages[0]) if languages else "en"
