"""What a record says, as plain values under the names of its form's fields; the same for edits, imports and rules."""

from __future__ import annotations

from typing import Any

from landbridge.catalogue.models import Equipment, Record, Service
from landbridge.catalogue.states import Kind

PLAIN = (
    "name", "summary", "description", "website", "country", "town", "contact_name", "contact_email",
)  # fmt: skip
LISTS = ("techniques", "languages")
SERVICE = (
    "access_modes", "inputs", "outputs", "unit", "lead_time_days", "capacity", "biosafety_level", "restrictions",
    "must_bring",
)  # fmt: skip
EQUIPMENT = ("maker", "model_name", "bought_in")


def values_of(record: Record) -> dict[str, Any]:
    """Everything that an edit may change: text, numbers, lists; days as ISO dates, amounts and places as decimals."""
    values: dict[str, Any] = {name: getattr(record, name) for name in PLAIN}
    values |= {name: list(getattr(record, name)) for name in LISTS}
    values["texts"] = dict(record.texts)
    values["parent"] = record.parent_id
    values["latitude"] = _decimal(record.latitude)
    values["longitude"] = _decimal(record.longitude)
    values["competences"] = sorted(record.competences.accepted().values_list("key", flat=True))
    values["certificates"] = [
        {"scheme": one.scheme, "scope": one.scope, "number": one.number, "expires_on": _day(one.expires_on)}
        for one in record.certificates.order_by("pk")
    ]
    values["identifiers"] = list(record.identifiers.order_by("pk").values("scheme", "value"))
    values["prices"] = [
        {
            "customer": one.customer, "amount_eur": str(one.amount_eur.decimal), "unit": one.unit,
            "note": one.note, "holds_until": _day(one.holds_until),
        }
        for one in record.prices.order_by("pk")
    ]  # fmt: skip
    return values | _details(record)


def _details(record: Record) -> dict[str, Any]:
    if record.kind == Kind.SERVICE:
        service = Service.objects.filter(record=record).first() or Service(record=record)
        values: dict[str, Any] = {name: getattr(service, name) for name in SERVICE}
        values["is_full_until"] = _day(service.is_full_until)
        values["incentives"] = sorted(service.incentives.values_list("pk", flat=True)) if service.pk else []
        return values
    if record.kind == Kind.EQUIPMENT:
        equipment = Equipment.objects.filter(record=record).first() or Equipment(record=record)
        return {name: getattr(equipment, name) for name in EQUIPMENT}
    return {}


def _decimal(value: object) -> str | None:
    return None if value is None else f"{value:.5f}"


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
