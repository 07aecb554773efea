"""A side's records of the catalogue with what waits for their keepers; `world.fill` calls it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from landbridge.catalogue import actions
from landbridge.catalogue.actions import finding, importing
from landbridge.catalogue.models import Change, Import, Record, Source
from landbridge.catalogue.states import What
from landbridge.foundation.files.kinds import IMPORTS
from landbridge.foundation.files.store import receive, store
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
    _import_a_list(side)


def _import_a_list(side: Any) -> None:
    """A source of the side's region, one file of it that waits for a decision, and a doubtful row in it."""
    number, country = Source.objects.count(), side.region.country
    source = importing.add_source(
        key=f"{side.name}-{number}", name=f"List {number}", format="json", region=side.region, country=country,
        by=SYSTEM, at=side.at,
    )  # fmt: skip
    found = Import.objects.create(
        source=source,
        file=store(receive(_List(f'[{{"key": "{number}"}}]'.encode()), kinds=IMPORTS), by=SYSTEM, at=side.at),
        person_name="", started_at=side.at,
    )  # fmt: skip
    values = {"name": f"Doubtful {number}", "owner": "Somebody", "country": country}
    rows = [
        Change(
            of_import=found, row=row, key=f"k{row}", kind="facility", what=what, values=values, owner_key="DE:somebody",
            candidates=[[side.provider.pk, 0.8]],
        )
        for row, what in enumerate((What.DOUBTFUL, What.NEW), start=1)
    ]  # fmt: skip
    importing.keep_rows(import_id=found.pk, changes=rows, by=SYSTEM, at=side.at)
    side.things["source"] = source
    side.things["import"] = importing.show(import_id=found.pk, by=SYSTEM, at=side.at)
    side.things["doubt"] = rows[0]


class _List:
    """A file as a browser would send it."""

    name: str | None = "list.json"

    def __init__(self, content: bytes) -> None:
        self.content = content

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield self.content


def _record(side: Any, kind: str, **values: Any) -> Record:
    name = f"Kept {Record.objects.count()}"
    return actions.create(
        kind=kind,
        organisation_id=side.provider.pk,
        values={"name": name, "summary": "For guests.", **values},
        by=SYSTEM,
        at=side.at - timedelta(days=400),
    )
