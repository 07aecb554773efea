"""The rows behind a figure, as somebody may read them: links where they see the row, no names where they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.indicators.rules import Row
from landbridge.organisations.models import Organisation
from landbridge.surveys.models import Baseline

# Employees, by the Commission's Recommendation 2003/361/EC, Annex, Article 2; here by full-time equivalents alone.
SIZES = ((10, "micro"), (50, "small"), (250, "medium"))


@dataclass(frozen=True, slots=True)
class Shown:
    """One row on a page: its name is empty where the reader does not see it."""

    name: str
    on: date
    share: Decimal
    href: str = ""


def may_open(actor: Actor) -> bool:
    """The rows are for those who may see indicators; the public reads how many there are."""
    return actor.may(P.INDICATOR_SEE)


def shown(rows: Sequence[Row], *, actor: Actor) -> list[Shown]:
    """Names and links of those that the reader sees under their hat: one query for each table."""
    seen: dict[str, dict[int, Any]] = {}
    for table in {row.table for row in rows}:
        model: Any = apps.get_model(table)
        ids = [row.pk for row in rows if row.table == table]
        found = (
            model.objects.visible_to(actor) if hasattr(model.objects, "visible_to") else model.objects.none()
        )
        seen[table] = {one.pk: one for one in found.filter(pk__in=ids)}
    kept = []
    for row in rows:
        one = seen[row.table].get(row.pk)
        kept.append(Shown(row.name if one else "", row.on, row.share, _href(one)))
    return kept


def by_size(rows: Sequence[Row], *, as_of: date) -> list[tuple[str, int]]:
    """Enterprises by their last baseline on or before the day; without one "unknown". Empty for other rows."""
    table = Organisation._meta.label_lower
    ids = {row.pk for row in rows if row.table == table}
    if not ids:
        return []
    found = Baseline.objects.filter(organisation__in=ids, on__lte=as_of, jobs__isnull=False)
    jobs = dict(found.order_by("on", "pk").values_list("organisation_id", "jobs"))
    sizes = Counter(_size(jobs.get(pk)) for pk in ids)
    order = [*(name for _, name in SIZES), "large", "unknown"]
    return [(name, sizes[name]) for name in order if sizes[name]]


def _size(jobs: Decimal | None) -> str:
    if jobs is None:
        return "unknown"
    return next((name for below, name in SIZES if jobs < below), "large")


def _href(one: Any) -> str:
    return one.get_absolute_url() if one is not None and hasattr(one, "get_absolute_url") else ""
