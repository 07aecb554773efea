"""What the desks of a side do: a lead they are asked to take, a summary they scout for, a shortlist, an absence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from landbridge.clocks.models import Duty
from landbridge.enquiries import actions
from landbridge.enquiries.models import Enquiry, Sight
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from tests.factories.enquiries import a_candidate, a_summary, asked
from tests.factories.memberships import a_hat
from tests.factories.organisations import a_company


def work_at_desks(side: Any) -> None:
    """Of each kind one; `world.fill` calls it after questions were asked and introductions prepared."""
    things, at = side.things, side.at
    brokers = Membership.objects.filter(region=side.region, role=Role.BROKER).order_by("pk")
    if not brokers.exists():
        person = Person.objects.create(name="Bruno Broker", email=f"broker@{side.name}.example")
        a_hat(Role.BROKER, of=person, region=side.region)
    elsewhere = _elsewhere(side)
    days = {"region_id": side.region.pk, "by": SYSTEM, "at": at}
    things["offered_lead"] = actions.offer_lead(enquiry_id=elsewhere.pk, remark="Yours.", **days)
    until = at + timedelta(days=20)
    actions.grant_sight(enquiry_id=elsewhere.pk, region_ids=[side.region.pk], until=until, by=SYSTEM, at=at)
    things["sight"] = Sight.objects.get(enquiry=elsewhere)
    enquiry, offer = things["introduced_enquiry"], things["introduced_offer"]
    things["candidate"] = a_candidate(enquiry, offer.pk, sent_at=at, found_by_region=side.region)
    number = Membership.objects.count()
    colleague = Person.objects.create(name=f"Absent {number}", email=f"absent.{number}@{side.name}.example")
    hat = a_hat(Role.BROKER, of=colleague, region=side.region)
    things["absence"] = actions.enter_absence(
        membership_id=hat.pk, first_day=at.date() + timedelta(days=9), last_day=at.date() + timedelta(days=12),
        stand_in_id=None, **days,
    )  # fmt: skip
    things["duty"] = Duty.objects.get(key="enquiries.assign")


def _elsewhere(side: Any) -> Enquiry:
    """A question of a company in the provider's region, with words that may leave it."""
    company = a_company(region=side.provider.region)
    enquiry = actions.ask(
        asked=asked(), company_id=company.pk, person_name="Ada Asker", person_email="ada@elsewhere.example",
        by=SYSTEM, at=side.at - timedelta(days=4),
    )  # fmt: skip
    a_summary(enquiry, at=side.at - timedelta(days=2))
    return enquiry
