"""The regions of the network and the days on which their desks are closed."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.programmes import queries
from landbridge.programmes.actions.columns import change, columns_of
from landbridge.programmes.models import ClosedDay, Region
from landbridge.programmes.rules.facts import RegionFacts
from landbridge.programmes.rules.regions import problems_with_closed_day, problems_with_region

KNOWN = Path(__file__).resolve().parent.parent / "regions.json"


@transaction.atomic
def create(facts: RegionFacts, *, by: Actor, at: datetime) -> Region:
    """Take a region into the network."""
    if not by.may(P.PROGRAMME_EDIT):
        raise NotAllowed(P.PROGRAMME_EDIT)
    taken = set(Region.objects.values_list("key", flat=True))
    refuse_if(problems_with_region(facts, countries=queries.countries(), taken=taken))

    region = Region.objects.create(**columns_of(facts))

    record("region.created", region, by=by, at=at)
    return region


@transaction.atomic
def edit(*, region_id: int, facts: RegionFacts, by: Actor, at: datetime, seen: str = "") -> Region:
    """Describe the region anew. Companies keep the region that was found for them; new ones are found by the new terms."""
    region = Region.objects.edited_by(by).for_update().get(pk=region_id)
    taken = set(Region.objects.exclude(pk=region_id).values_list("key", flat=True))
    refuse_if(problems_with_region(facts, countries=queries.countries(), taken=taken))

    changed = change(region, before=region.facts(), after=facts, seen=seen)

    if changed:
        record("region.edited", region, by=by, at=at, changed=changed)
    return region


@transaction.atomic
def close_day(*, region_id: int, day: date, reason: str, by: Actor, at: datetime) -> ClosedDay:
    """Close the desk on one more day. Deadlines reckoned from now on pass over it; those already set stay."""
    region = Region.objects.edited_by(by).for_update().get(pk=region_id)
    taken = set(ClosedDay.objects.filter(region=region).values_list("day", flat=True))
    refuse_if(problems_with_closed_day(day, reason=reason, taken=taken))

    closed_day = ClosedDay.objects.create(region=region, day=day, reason=reason)

    record("region.day_closed", region, by=by, at=at, day=day, reason=reason)
    return closed_day


@transaction.atomic
def reopen_day(*, closed_day_id: int, by: Actor, at: datetime) -> Region:
    """Open the desk on a day that was closed after all."""
    regions = Region.objects.edited_by(by).values("pk")
    closed_day = ClosedDay.objects.for_update().get(pk=closed_day_id, region__in=regions)
    region = Region.objects.get(pk=closed_day.region_id)

    closed_day.delete()

    record("region.day_reopened", region, by=by, at=at, day=closed_day.day)
    return region


@transaction.atomic
def add_known(*, by: Actor, at: datetime) -> list[Region]:
    """Take the regions of the product's own fact file into the network; those that stand there already stay as they are."""
    rows = json.loads(KNOWN.read_text(encoding="utf-8"))["regions"]
    standing = set(Region.objects.values_list("key", flat=True))
    return [create(_facts(row), by=by, at=at) for row in rows if row["key"] not in standing]


def _facts(row: dict[str, Any]) -> RegionFacts:
    lists = {name: tuple(row[name]) for name in ("languages", "postcode_prefixes")}
    return RegionFacts(**(row | lists))
