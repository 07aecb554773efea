"""An invented catalogue: about sixty records of invented places in every region, in every state and freshness."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from landbridge.catalogue import actions
from landbridge.catalogue.models import Record
from landbridge.catalogue.states import Kind
from landbridge.demonstration.people import PLACES
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.organisations import actions as organisations
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Incentive

WRITTEN = Path(__file__).with_name("catalogue.json")
NAME_OF = {place.key: place.name for place in PLACES}
# Older than this, in days, a record is hidden until somebody confirms it.
HIDDEN_AFTER = 365 + 92
# Those at which something waits for the cast: the facility in Stuttgart and its broker.
DRAFT, WAITING = "Light-sheet imaging of organoids", "Electrodes printed on stretchable foil"


def is_there() -> bool:
    """Whether the invented catalogue was added before."""
    return Record.objects.filter(is_demonstration=True).exists()


def play(*, at: datetime) -> None:
    """Write, publish and let grow old what the file describes; everything is marked as invented."""
    actions.vocabulary.load(by=SYSTEM, at=at - timedelta(days=600))
    vouchers = list(
        Incentive.objects.filter(phase__programme__is_demonstration=True).values_list("pk", flat=True)
    )
    for told in json.loads(WRITTEN.read_text(encoding="utf-8")):
        _place(told, vouchers, at=at)
    _what_waits(at=at)


def _place(told: dict[str, Any], vouchers: list[int], *, at: datetime) -> None:
    organisation = _organisation(told, at=at - timedelta(days=600))
    where = {
        "town": organisation.town, "country": organisation.country, "languages": told["langs"],
        "latitude": f"{told['lat']:.5f}", "longitude": f"{told['lon']:.5f}",
    }  # fmt: skip
    own = {"kind": Kind.ORGANISATION, "name": organisation.name, "summary": told["summary"], "age": 60}
    facility: Record | None = None
    for number, one in enumerate([own, *told["records"]]):
        values = where | _values(one, told, facility, vouchers, number=number, at=at)
        record = _record(one, organisation, values, at=at)
        facility = record if one["kind"] == Kind.FACILITY else facility


def _record(
    one: dict[str, Any], organisation: Organisation, values: dict[str, Any], *, at: datetime
) -> Record:
    """Written and, unless it waits, published so many days ago; the oldest are hidden, as the daily job does."""
    then = at - timedelta(days=one["age"])
    record = actions.create(
        kind=one["kind"], organisation_id=organisation.pk, values=values, is_demonstration=True, by=SYSTEM, at=then
    )  # fmt: skip
    if one["name"] == WAITING:
        return actions.submit(record_id=record.pk, by=SYSTEM, at=at - timedelta(days=2))
    if one["name"] == DRAFT:
        return record
    record = actions.publish(record_id=record.pk, by=SYSTEM, at=then)
    if record.kind == Kind.EXPERT and one["age"] != 80:
        record = actions.agree(record_id=record.pk, at=then)
    if one["age"] > HIDDEN_AFTER:
        reason = "Nobody confirmed it for fifteen months."
        record = actions.hide(record_id=record.pk, reason=reason, by=SYSTEM, at=at - timedelta(days=9))
    return record


def _values(
    one: dict[str, Any], told: dict[str, Any], facility: Record | None, vouchers: list[int], *, number: int, at: datetime
) -> dict[str, Any]:  # fmt: skip
    """What a record says, from its line in the file; a third of them have no contact, some no place on the map."""
    today = at.date()
    email = f"{told['key']}-{number}@facilities.landbridge.example"
    has_contact = number % 3 != 2 or one["kind"] == Kind.EXPERT
    values: dict[str, Any] = {
        "name": one["name"], "summary": one["summary"], "description": one.get("description", ""),
        "competences": one.get("competences", []), "techniques": one.get("techniques", []),
        "contact_name": f"Contact {number} (invented)" if has_contact else "",
        "contact_email": email if has_contact else "",
        "website": f"https://{told['key']}.landbridge.example/" if number % 2 else "",
        "certificates": [
            {"scheme": scheme, "scope": scope, "number": "", "expires_on": _day(today, days)}
            for scheme, scope, days in one.get("certs", [])
        ],
    }  # fmt: skip
    if one.get("facility") and facility is not None:
        values["parent"] = facility.pk
    if one["kind"] == Kind.SERVICE:
        values |= _of_service(one, vouchers, today=today)
    if one["kind"] == Kind.EQUIPMENT:
        values |= {"maker": one["maker"], "model_name": one["model_name"], "bought_in": today.year - 4}
    return values


def _of_service(one: dict[str, Any], vouchers: list[int], *, today: date) -> dict[str, Any]:
    return {
        "access_modes": one["access_modes"], "inputs": one.get("inputs", ""), "outputs": one.get("outputs", ""),
        "unit": one.get("unit", ""), "lead_time_days": one.get("lead"), "must_bring": one.get("must", ""),
        "biosafety_level": one.get("bsl"), "incentives": vouchers if one.get("voucher") else [],
        "is_full_until": _day(today, one["full"]) if "full" in one else None,
        "prices": [
            {"customer": customer, "amount_eur": amount, "unit": unit, "note": "",
             "holds_until": _day(today, 183 - one["age"])}
            for customer, amount, unit in one.get("prices", [])
        ],
    }  # fmt: skip


def _organisation(told: dict[str, Any], *, at: datetime) -> Organisation:
    """One of the cast's places, or one more invented place."""
    if told["key"] in NAME_OF:
        return Organisation.objects.get(name=NAME_OF[told["key"]])
    return organisations.register(
        name=told["name"], kind=told["kind"], country=told["country"], postcode=told["postcode"], town=told["town"],
        street=told["street"], building_number=told["number"], about=f"Invented. {told['summary']}",
        offers_access=True, is_demonstration=True, by=SYSTEM, at=at,
    )  # fmt: skip


def _what_waits(*, at: datetime) -> None:
    """An edit that a reader suggested, and a term that somebody proposed."""
    found = Record.objects.get(name="Raman imaging of tissue")
    actions.suggest(
        record_id=found.pk,
        values={
            "summary": "Chemical maps of unstained tissue and of coatings, with a report that a physician can read."
        },
        remark="We had a coating measured there; you should say that you do this.",
        by=SYSTEM,
        at=at - timedelta(days=3),
    )
    actions.vocabulary.propose(
        name="Optical tweezers", record_id=found.pk, by=SYSTEM, at=at - timedelta(days=4)
    )


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()
