"""One resource: rows of one table as whoever asks may see them, with the columns that their pages show."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import ForeignKey, Model, QuerySet
from django.urls.resolvers import RoutePattern

from landbridge.api.schemas import fields
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import ANYONE, Actor
from landbridge.foundation.permissions.permissions import P

Rows = Callable[[Actor], "QuerySet[Any]"]


@dataclass(frozen=True)
class Part:
    """Rows that belong to the object and are answered within it: `name`, whose table, which columns."""

    name: str
    model: type[Model]
    columns: str

    @functools.cached_property
    def shown(self) -> list[str]:
        return ["id", *self.columns.split()]

    def link_to(self, model: type[Model]) -> str:
        return next(
            one.name
            for one in self.model._meta.fields
            if isinstance(one, ForeignKey) and one.related_model is model
        )


@dataclass(frozen=True)
class Resource:
    """Where it stands, whose rows, who may ask (None: everybody), which columns.

    `rows` narrows what somebody sees where the table has no `visible_to` of its own. `by` is the column in the address.
    `inner` is what it takes to see more of it than everybody does.
    """

    path: str
    title: str
    model: type[Model]
    see: P | str | None
    columns: str
    parts: Sequence[Part] = field(default_factory=tuple)
    by: str = "id"
    rows: Rows | None = None
    has_page: bool = True
    inner: P | None = None

    @property
    def tag(self) -> str:
        return self.path.split("/")[0]

    @functools.cached_property
    def name(self) -> str:
        return self.path.replace("/", "_").replace("-", "_")

    @functools.cached_property
    def shown(self) -> list[str]:
        return list(dict.fromkeys(["id", *self.columns.split()]))

    @property
    def place(self) -> str:
        return "<int:pk>" if self.by == "id" else f"<slug:{self.by}>"

    @functools.cached_property
    def pattern(self) -> RoutePattern:
        return RoutePattern(self.path, is_endpoint=True)

    @functools.cached_property
    def one_pattern(self) -> RoutePattern:
        return RoutePattern(f"{self.path}/{self.place}", is_endpoint=True)

    @functools.cached_property
    def filters(self) -> dict[str, fields.Schema]:
        """By which columns a list can be narrowed: the state, and what the rows belong to."""
        found: dict[str, fields.Schema] = {}
        for name in self.shown:
            column = self._column(name)
            if isinstance(column, ForeignKey):
                found[name] = {"type": "integer", "minimum": 1, "maximum": fields.HIGHEST}
            elif name in ("state", "kind", "role"):
                found[name] = {"type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[a-z_]+$"}
        return found

    @functools.cached_property
    def schema(self) -> fields.Schema:
        """What is answered, column by column."""
        properties = {name: fields.of_column(self._column(name)) for name in self.shown}
        if self.has_page:
            properties["page"] = {
                "anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}],
                "description": "The page for people.",
            }
        for part in self.parts:
            columns = {one: fields.of_column(_column_of(part.model, one)) for one in part.shown}
            item = {
                "type": "object",
                "properties": columns,
                "required": list(columns),
                "additionalProperties": False,
            }
            properties[part.name] = {"type": "array", "items": item}
        return {
            "type": "object", "title": self.title, "properties": properties, "required": list(properties),
            "additionalProperties": False,
        }  # fmt: skip

    def seen_by(self, actor: Actor) -> QuerySet[Any]:
        """The rows that somebody sees."""
        if self.inner is not None and not actor.may(self.inner):
            actor = ANYONE
        if self.rows is not None:
            return self.rows(actor)
        visible: QuerySet[Any] = self.model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
        return visible

    def answered(self, rows: Sequence[Model]) -> list[dict[str, Any]]:
        """Rows as they are answered; each part costs one query for all of them."""
        numbers = [row.pk for row in rows]
        inside: dict[str, dict[int, list[dict[str, Any]]]] = {}
        for part in self.parts:
            link = part.link_to(self.model)
            inside[part.name] = defaultdict(list)
            for one in part.model._default_manager.filter(**{f"{link}__in": numbers}).order_by("pk"):
                inside[part.name][getattr(one, f"{link}_id")].append(
                    {name: plain(getattr(one, name)) for name in part.shown}
                )
        return [
            {name: plain(getattr(row, name)) for name in self.shown}
            | ({"page": _page_of(row)} if self.has_page else {})
            | {name: by_row[row.pk] for name, by_row in inside.items()}
            for row in rows
        ]

    def _column(self, name: str) -> Any:
        return _column_of(self.model, name)


def _column_of(model: type[Model], name: str) -> Any:
    return next(one for one in model._meta.concrete_fields if name in (one.name, one.attname))


def _page_of(row: Model) -> str | None:
    address = getattr(row, "get_absolute_url", None)
    return urljoin(settings.LANDBRIDGE_ADDRESS, address()) if address else None


def plain(value: Any) -> Any:
    """A value as JSON says it: amounts and decimals as text, moments in UTC."""
    if isinstance(value, Money):
        return {"amount": f"{value.decimal:.2f}", "currency": value.currency}
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
