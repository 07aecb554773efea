"""Putting values into a record and its parts; the one place where a record's content is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from landbridge.catalogue.models import (
    Certificate,
    Competence,
    Equipment,
    Identifier,
    Price,
    Record,
    Service,
)
from landbridge.catalogue.queries.values import EQUIPMENT, LISTS, PLAIN, SERVICE
from landbridge.catalogue.states import Kind
from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, refuse
from landbridge.programmes.models import Incentive


def fill(record: Record, values: Mapping[str, Any]) -> None:
    """Set the columns of the record's own row; it is saved by the caller."""
    for name in PLAIN:
        setattr(record, name, (values.get(name) or "").strip())
    for name in LISTS:
        setattr(record, name, list(values.get(name) or []))
    record.texts = dict(values.get("texts") or {})
    record.latitude, record.longitude = (_decimal(values.get(name)) for name in ("latitude", "longitude"))
    record.parent = _parent(record, values.get("parent"))


def fill_parts(record: Record, values: Mapping[str, Any], *, changed: frozenset[str] | None = None) -> None:
    """Write the rows beside a saved record: details of its kind, prices, certificates, identifiers, competences.

    `changed` names the values that differ from what is stored; rows of others are left alone.
    """

    def differs(*names: str) -> bool:
        return changed is None or not changed.isdisjoint(names)

    if record.kind == Kind.SERVICE and differs(*SERVICE, "is_full_until", "incentives"):
        _service(record, values)
    if record.kind == Kind.EQUIPMENT and differs(*EQUIPMENT):
        Equipment.objects.update_or_create(
            record=record, defaults=_given(values, EQUIPMENT, number="bought_in")
        )
    if differs("competences") and (values.get("competences") or changed is not None):
        chosen = Competence.objects.accepted().filter(key__in=values.get("competences") or [])
        record.competences.set([*chosen, *record.competences.waiting()])
    if differs("prices"):
        _prices(record, values.get("prices") or [])
    if differs("certificates"):
        Certificate.objects.filter(record=record).delete()
        Certificate.objects.bulk_create(
            Certificate(
                record=record, scheme=row["scheme"], scope=row.get("scope") or "", number=row.get("number") or "",
                expires_on=_day(row.get("expires_on")),
            )
            for row in values.get("certificates") or []
        )  # fmt: skip
    if differs("identifiers"):
        Identifier.objects.filter(record=record).delete()
        Identifier.objects.bulk_create(
            Identifier(record=record, scheme=row["scheme"], value=row["value"])
            for row in values.get("identifiers") or []
        )


def _service(record: Record, values: Mapping[str, Any]) -> None:
    numbers = {"lead_time_days", "biosafety_level"}
    given = {
        name: values.get(name)
        if name in numbers
        else values.get(name) or ([] if name == "access_modes" else "")
        for name in SERVICE
    }
    service, _ = Service.objects.update_or_create(
        record=record, defaults={**given, "is_full_until": _day(values.get("is_full_until"))}
    )
    if values.get("incentives") or service.incentives.exists():
        service.incentives.set(Incentive.objects.filter(pk__in=values.get("incentives") or []))


def _prices(record: Record, rows: list[Mapping[str, Any]]) -> None:
    Price.objects.filter(record=record).delete()
    Price.objects.bulk_create(
        Price(
            record=record, customer=row["customer"], amount_eur=Money.of(row["amount_eur"]), unit=row["unit"],
            note=row.get("note") or "", holds_until=date.fromisoformat(row["holds_until"]),
        )
        for row in rows
    )  # fmt: skip


def _parent(record: Record, parent_id: int | None) -> Record | None:
    """The facility that a service, equipment or expert belongs to: one of the same organisation."""
    if parent_id is None:
        return None
    parent = Record.objects.filter(
        pk=parent_id, organisation_id=record.organisation_id, kind=Kind.FACILITY
    ).first()
    if parent is None or record.kind in (Kind.ORGANISATION, Kind.FACILITY):
        refuse("no_such_facility", N_("Choose a facility of the same organisation."), field="parent")
    return parent


def _given(values: Mapping[str, Any], names: tuple[str, ...], *, number: str) -> dict[str, Any]:
    return {name: values.get(name) if name == number else values.get(name) or "" for name in names}


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
