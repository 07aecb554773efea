"""Whom letters about stories go to, and what they say."""

from __future__ import annotations

from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import desk_of, members_of, office_of, recipients
from landbridge.stories.models import Story

SPEAK_FOR = (Role.SME, Role.PROVIDER)


def sides(story: Story) -> list[Recipient]:
    """The people of both sides."""
    found = [*people_of(story.collaboration.company_id), *people_of(story.collaboration.provider_id)]
    return list({one.email: one for one in found}.values())


def people_of(organisation_id: int) -> list[Recipient]:
    """The people who speak for one side."""
    return recipients(members_of(organisation_id).filter(role__in=SPEAK_FOR))


def desks(story: Story) -> list[Recipient]:
    """The desks of both sides' regions."""
    sides = (story.collaboration.company, story.collaboration.provider)
    regions = sorted({one.region_id for one in sides if one.region_id is not None})
    return [one for region in regions for one in recipients(desk_of(region))]


def office(story: Story) -> list[Recipient]:
    """The office of its programme, or that of the network."""
    if story.programme_id:
        return recipients(office_of(story.programme_id))
    return recipients(Membership.objects.current().filter(role=Role.OFFICE, programme=None))


def for_letters(story: Story, *, title: str) -> dict[str, object]:
    """The places of the letters about it."""
    return {
        "title": title,
        "company": story.collaboration.company.name,
        "partner": story.collaboration.provider.name,
        "version": story.shown_version,
    }
