"""A side's records of the catalogue with what waits for their keepers; `world.fill` calls it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from landbridge.catalogue import actions
from landbridge.catalogue.actions import finding
from landbridge.catalogue.models import Record
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership


def keep_records(side: Any) -> None:
    """A published facility with a service, a draft, one with the broker; an edit, a claim and a term that wait."""
    things, at = side.things, side.at
    things["provider"] = side.provider
    facility = _record(side, "facility")
    actions.publish(record_id=facility.pk, by=SYSTEM, at=at - timedelta(days=360))
    price = {"customer": "sme", "amount_eur": "10", "unit": "day", "holds_until": at.date().isoformat()}
    values = {"parent": facility.pk, "prices": [price], "certificates": [{"scheme": "glp"}]}
    service = _record(side, "service", **values)
    things["kept_record"] = actions.publish(record_id=service.pk, by=SYSTEM, at=at - timedelta(days=360))
    things["shown_record"] = things["kept_record"]
    things["kept_draft"] = _record(side, "service")
    waiting = _record(side, "service")
    things["kept_waiting"] = actions.submit(record_id=waiting.pk, by=SYSTEM, at=at)
    things["suggestion"] = actions.suggest(
        record_id=service.pk, values={"name": f"Better {service.pk}"}, remark="", by=SYSTEM, at=at
    )
    number = Person.objects.count()
    person = Person.objects.create(name=f"Claimant {number}", email=f"claimant.{number}@{side.name}.example")
    things["ownership_claim"] = actions.claim(
        organisation_id=side.provider.pk,
        way="broker",
        by=Actor(person_id=person.pk, name=person.name),
        at=at,
    )
    hat = Membership.objects.filter(organisation=side.applicant, role=Role.SME).order_by("pk").first()
    reader = Actor(person_id=hat.person_id if hat else person.pk, name="A reader", role=Role.SME)
    things["saved_search"] = finding.save_search(
        name=f"Search {number}", text="kept", filters={}, every_days=7, by=reader, at=at
    )
    things["shortlist"] = finding.make_shortlist(name=f"List {number}", by=reader, at=at)
    for shown in (facility, service):
        finding.put_on_shortlist(record_id=shown.pk, shortlist_id=things["shortlist"].pk, by=reader, at=at)
    things["term"] = actions.vocabulary.propose(
        name=f"Term of {side.name} {number}", record_id=service.pk, by=SYSTEM, at=at
    )


def _record(side: Any, kind: str, **values: Any) -> Record:
    name = f"Kept {Record.objects.count()}"
    return actions.create(
        kind=kind,
        organisation_id=side.provider.pk,
        values={"name": name, "summary": "For guests.", **values},
        by=SYSTEM,
        at=side.at - timedelta(days=400),
    )
