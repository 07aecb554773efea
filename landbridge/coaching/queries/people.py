"""Whom the letters about coaching go to, what they may name, and on whose side somebody stands."""

from __future__ import annotations

from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from landbridge.clocks.queries import office_of
from landbridge.coaching.models import Case, Coach, Offer, Session
from landbridge.coaching.states import CHOSEN, Offered, Party
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import desk_of, members_of, recipients
from landbridge.programmes.models import Region


def people_of_company(case: Case) -> list[Recipient]:
    """The people of the company that is coached."""
    return recipients(members_of(case.company_id, role=Role.SME))


def desk_for(case: Case) -> list[Recipient]:
    """The adviser; where there is none, or none any more, the whole desk."""
    desk = desk_of(case.region_id)
    adviser = recipients(desk.filter(person_id=case.adviser_id)) if case.adviser_id else []
    return adviser or recipients(desk)


def office_for(region: Region | None) -> list[Recipient]:
    """The programme offices that look after a region."""
    return office_of(region.pk if region else 0)


def reached_at(coach: Coach) -> list[Recipient]:
    """The coach, while their account is open."""
    person = coach.person
    return (
        [Recipient(email=person.email, name=person.name, language=person.language)]
        if person.is_active
        else []
    )


def advisers_of(region: Region) -> list[Membership]:
    """The hats of the desk among which an adviser is named."""
    return list(desk_of(region.pk).select_related("person").order_by("person__name", "pk"))


def offer_of(case: Case) -> Offer | None:
    """The offer under which a coach was chosen, or has accepted."""
    rows = Offer.objects.filter(case=case, state__in=CHOSEN)
    return rows.select_related("coach__person", "coach__organisation__region").first()


def coach_of(case: Case) -> Coach | None:
    """The coach who has accepted the case."""
    offer = offer_of(case)
    return offer.coach if offer is not None and offer.state == Offered.ACCEPTED else None


def party_of(case: Case, actor: Actor, *, coach: Coach | None) -> Party | None:
    """On which side of the case the actor stands; none for office, auditor and strangers."""
    if actor.role is Role.SME and actor.organisation_id == case.company_id:
        return Party.COMPANY
    if actor.role is Role.BROKER and actor.region_id == case.region_id:
        return Party.BROKER
    if actor.role is Role.PROVIDER and coach is not None and coach.person_id == actor.person_id:
        return Party.COACH
    return None


def zone_of(case: Case) -> str:
    """The company's time zone: its region's."""
    return case.region.time_zone


def for_letters(case: Case) -> dict[str, object]:
    """What the letters about a case may name."""
    return {
        "number": case.number,
        "title": case.title,
        "company": case.company.name,
        "desk": case.region.name,
        "desk_email": case.region.desk_email,
        "adviser": case.adviser_name,
        "reason": case.reason,
    }


def coach_calendar_link(coach: Coach) -> str:
    """The private address under which a coach's sessions come into their own calendar."""
    return _link("coaching:coach_feed", coach.calendar_key)


def case_calendar_link(case: Case) -> str:
    """The private address under which a case's sessions come into the company's calendar."""
    return _link("coaching:case_feed", case.calendar_key)


def session_link(session: Session) -> str:
    """The page of one session."""
    return urljoin(settings.LANDBRIDGE_ADDRESS, session.get_absolute_url())


def _link(name: str, key: str) -> str:
    return urljoin(settings.LANDBRIDGE_ADDRESS, reverse(name, args=[key]))


def session_for_letters(session: Session, *, zone: str) -> dict[str, object]:
    """What the letters about a session may name, its time as the reader's clocks show it."""
    return {
        "coach": session.coach.name,
        "topic": session.topic,
        "starts_at": session.starts_at.astimezone(ZoneInfo(zone)),
        "hours": session.hours,
        "why": session.reason,
        "meeting_link": session.link,
        "session_link": session_link(session),
    }


def looks_after(coach: Coach, actor: Actor) -> bool:
    """Whether the actor lets this coach take cases: the desk of their organisation's region, or an office."""
    if actor.role is Role.SYSTEM or actor.may(P.COACHING_APPROVE):
        return True
    region = coach.organisation.region_id if coach.organisation else None
    return actor.may(P.COACHING_WORK) and region is not None and region == actor.region_id
