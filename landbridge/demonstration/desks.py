"""What happens between the invented desks: a hand-over that waits, one accepted, one refused, scouts, and an absence."""

from __future__ import annotations

from datetime import datetime, timedelta

from landbridge.clocks import actions as clocks
from landbridge.clocks.models import Absence
from landbridge.demonstration.people import MEMBERS
from landbridge.enquiries import actions
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from landbridge.programmes.models import Region

EMAIL_OF = {member.key: member.email for member in MEMBERS}
DAY = timedelta(days=1)


def is_there() -> bool:
    """Whether the desks have worked before."""
    return Absence.objects.exists()


def play(*, at: datetime) -> None:
    """Hand over, scout and go away, around the questions that `demonstration.enquiries` asked."""
    thomas, nadia = _broker("thomas.lambert"), _broker("nadia.collin")
    katrin, signe = _broker("katrin.vogel"), _broker("signe.bruun")
    stuttgart, liege = (Region.objects.get(pk=one.region_id or 0) for one in (katrin, thomas))

    catheter = _about("How fast does our catheter tip wear")
    remark = "Their engineers would rather speak German, and your vessel model is the one they need."
    _offer(catheter, to=stuttgart, remark=remark, by=signe, at=at - timedelta(hours=20))

    clip = _about("Which steriliser spares")
    refused = _offer(clip, to=liege, remark="You know an electron beam.", by=katrin, at=at - 9 * DAY)
    reason = "Our electron beam is booked until the summer; ask us again then."
    actions.refuse_lead(lead_id=refused, reason=reason, by=thomas, at=at - 8 * DAY)

    blood = _about("Is our marker stable in dried blood")
    accepted = _offer(
        blood, to=stuttgart, remark="Two of the offers are at your door.", by=thomas, at=at - 15 * DAY
    )
    actions.accept_lead(lead_id=accepted, by=katrin, at=at - 14 * DAY)

    gel = _about("Does our peptide gel reach")
    desks = [stuttgart.pk, liege.pk]
    actions.grant_sight(enquiry_id=gel.pk, region_ids=desks, until=at + 20 * DAY, by=signe, at=at - 3 * DAY)

    for begun in ("A reader for our strip", "Why does our antibody clump"):
        enquiry = _about(begun)
        actions.give(
            enquiry_id=enquiry.pk, membership_id=nadia.membership_id, by=thomas, at=at - timedelta(hours=40)
        )
    clocks.enter_absence(
        region_id=liege.pk,
        membership_id=nadia.membership_id or 0,
        first_day=(at + 5 * DAY).date(),
        last_day=(at + 12 * DAY).date(),
        stand_in_id=thomas.membership_id,
        by=thomas,
        at=at - DAY,
    )


def _offer(enquiry: Enquiry, *, to: Region, remark: str, by: Actor, at: datetime) -> int:
    return actions.offer_lead(enquiry_id=enquiry.pk, region_id=to.pk, remark=remark, by=by, at=at).pk


def _about(begins: str) -> Enquiry:
    return Enquiry.objects.get(is_demonstration=True, title__startswith=begins)


def _broker(key: str) -> Actor:
    person = Person.objects.get(email=EMAIL_OF[key])
    hat = Membership.objects.current().select_related("region").get(person=person, role=Role.BROKER)
    return actor_under(hat, person=person)
