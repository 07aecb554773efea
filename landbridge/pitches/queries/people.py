"""Whom the letters of pitches go to, and what they may name."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import members_of, office_of, recipients
from landbridge.pitches.models import Pitch, PitchCall


def as_recipient(person: Person) -> list[Recipient]:
    """One person, if they still have an account."""
    if not person.is_active:
        return []
    return [Recipient(email=person.email, name=person.name, language=person.language)]


def people_of_company(pitch: Pitch) -> list[Recipient]:
    """The people of the company, and whoever is to stand on the stage."""
    people = recipients(members_of(pitch.organisation_id, role=Role.SME))
    known = {one.email for one in people}
    if pitch.presenter_email and pitch.presenter_email.lower() not in known:
        people.append(Recipient(email=pitch.presenter_email, name=pitch.presenter_name))
    return people


def organisers_of(call: PitchCall) -> list[Recipient]:
    """The office and the organisers of the call's programme; of the network where it has none."""
    own = Membership.objects.current().filter(role=Role.ORGANISER, programme=call.programme)
    office = office_of(call.programme_id or 0)
    return recipients(own) or recipients(office)


def for_letters(call: PitchCall) -> dict[str, object]:
    """What the letters about a call may name."""
    zone = ZoneInfo(call.time_zone)
    return {"call": call.title, "closes_at": call.closes_at.astimezone(zone)}


def for_letters_of(pitch: Pitch) -> dict[str, object]:
    """What the letters about a pitch may name."""
    return {
        **for_letters(pitch.call),
        "title": str(pitch),
        "company": pitch.organisation.name,
        "reason": pitch.reason,
    }
