"""How resources are answered: one of them, or a portion of the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from landbridge.api import cursor as cursors
from landbridge.api.problems import Error, Wrong
from landbridge.api.schemas import fields
from landbridge.api.table.resource import Resource
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.permissions.actor import Actor

MOST, USUAL = 200, 50
LONGEST_CURSOR = 60


def one(resource: Resource, actor: Actor, places: dict[str, Any]) -> dict[str, Any]:
    """One object. Raises Wrong (404) where there is none that the key may see."""
    ((name, value),) = places.items()
    if isinstance(value, int) and value > fields.HIGHEST:
        raise _nothing()
    row = resource.seen_by(actor).filter(**{name: value}).first()
    if row is None:
        raise _nothing()
    return resource.answered([row])[0]


def portion(resource: Resource, actor: Actor, query: QueryDict) -> dict[str, Any]:
    """So many objects behind the cursor, by their numbers, and where the next portion begins."""
    asked = _read(resource, {name: str(query[name]) for name in query})
    rows = resource.seen_by(actor).filter(**asked["filters"])
    if asked["since"] is not None:
        rows = _changed(rows, resource, asked["since"])
    found = list(rows.filter(pk__gt=asked["after"]).order_by("pk").distinct()[: asked["limit"] + 1])
    shown, more = found[: asked["limit"]], len(found) > asked["limit"]
    return {"items": resource.answered(shown), "next": cursors.after(shown[-1].pk) if more else None}


def _changed(rows: QuerySet[Any], resource: Resource, since: datetime) -> QuerySet[Any]:
    """Those about which the record says something since then, or which are entries of the record themselves."""
    if resource.model is Entry:
        return rows.filter(at__gte=since)
    told = Entry.objects.filter(subject_table=resource.model._meta.label_lower, at__gte=since)
    return rows.filter(pk__in=told.values("subject_id"))


def _read(resource: Resource, query: Mapping[str, str]) -> dict[str, Any]:
    errors: list[Error] = []
    known = {"limit", "cursor", "changed_since", *resource.filters}
    errors += [
        Error(field=name[:80], detail="There is no parameter of this name.")
        for name in query
        if name not in known
    ]
    filters = {
        name: _filter(resource, name, query[name], errors) for name in resource.filters if name in query
    }
    limit = _number(query.get("limit", str(USUAL)))
    if limit is None or not 1 <= limit <= MOST:
        errors.append(Error(field="limit", detail=f"A number from 1 to {MOST}."))
    after, since = 0, None
    if "cursor" in query:
        try:
            after = cursors.read_after(query["cursor"][:LONGEST_CURSOR])
        except ValueError:
            errors.append(Error(field="cursor", detail="This cursor was not given out here."))
    if "changed_since" in query:
        since = _moment(query["changed_since"])
        if since is None:
            errors.append(
                Error(field="changed_since", detail="A moment with its zone, such as 2026-01-31T12:00:00Z.")
            )
    if errors:
        raise Wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "The parameters cannot be read.", errors=errors)
    return {"filters": filters, "limit": limit, "after": after, "since": since}


def _filter(resource: Resource, name: str, text: str, errors: list[Error]) -> Any:
    schema = resource.filters[name]
    value: Any = _number(text) if schema["type"] == "integer" else text
    if value is None or list(fields.misfits(value, schema, at=name)):
        errors.append(Error(field=name, detail="This cannot be."))
    return value


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 19 else None


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text.replace(" ", "+"))
        return found if found is not None and found.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def _nothing() -> Wrong:
    return Wrong(HTTPStatus.NOT_FOUND, "There is nothing here that this key may see.")
