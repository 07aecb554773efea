"""Taking over one portion of an import: organisations, records and where they came from, in one short transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from landbridge.catalogue.models import (
    Change,
    Confirmation,
    Equipment,
    Identifier,
    Import,
    IndexChange,
    Provenance,
    Record,
    Service,
)
from landbridge.catalogue.queries import importing as queries
from landbridge.catalogue.reading import Row
from landbridge.catalogue.rules import content, offers
from landbridge.catalogue.rules import importing as rules
from landbridge.catalogue.rules.freshness import due_after
from landbridge.catalogue.states import Kind, Read, S, What
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed
from landbridge.organisations import actions as organisations
from landbridge.organisations.models import Kind as OwnerKind
from landbridge.organisations.models import Organisation

TOWN_LENGTH, WEBSITE_LENGTH = 35, 200  # as organisations hold them
EQUIPMENT = ("maker", "model_name")


@dataclass(slots=True)
class _Portion:
    """One portion on its way: the import, its changes, the moment, and what becomes of them."""

    of_import: Import
    changes: Sequence[Change]
    by: Actor
    at: datetime
    counts: Counter[str] = field(default_factory=Counter)
    made: dict[str, int] = field(default_factory=dict)  # owner key and the organisation made for it
    touched: list[int] = field(default_factory=list)

    def of(self, *what: What) -> list[Change]:
        return [change for change in self.changes if change.what in what]


@transaction.atomic
def take_over_portion(*, import_id: int, change_ids: Collection[int], by: Actor, at: datetime) -> Import:
    """Make these changes, each once, however often this is called; whatever was done before is left alone.

    Records are changed in what the source says anew; locked fields keep their value. A record that is gone from the
    file is marked, never removed. The record of events holds one line a portion.
    """
    if not by.may(P.RECORD_IMPORT):
        raise NotAllowed(P.RECORD_IMPORT)
    found = Import.objects.visible_to(by).for_update().get(pk=import_id)
    if found.state not in (Read.RUNNING, Read.DONE):
        return found
    rows = Change.objects.filter(of_import=found, pk__in=change_ids, done_at__isnull=True)
    found.source = type(found.source).objects.select_related("region", "organisation").get(pk=found.source_id)
    portion = _Portion(found, _in_order(rows, change_ids), by, at)
    new = portion.of(What.NEW, What.DOUBTFUL)
    for kinds in ((Kind.ORGANISATION,), (Kind.FACILITY,), (Kind.SERVICE, Kind.EQUIPMENT)):
        _bring_in(portion, [change for change in new if change.kind in kinds])
    _change(portion, portion.of(What.CHANGED))
    _see_again(portion, portion.of(What.SAME))
    _miss(portion, portion.of(What.GONE))
    IndexChange.objects.bulk_create(IndexChange(record_id=pk, at=at) for pk in portion.touched)
    _mark_done(portion)
    found.done_rows += len(portion.changes)
    found.save(update_fields=["done_rows"])
    if portion.changes:
        record("import.portion_taken_over", found, by=by, at=at, **portion.counts)
    return found


def _mark_done(portion: _Portion) -> None:
    """Note when each row was taken over, and what became of the new ones; many times quicker than `bulk_update`."""
    for change in portion.changes:
        change.done_at = portion.at
    new = portion.of(What.NEW, What.DOUBTFUL)
    others = {change.pk for change in portion.changes} - {change.pk for change in new}
    Change.objects.filter(pk__in=others).update(done_at=portion.at)
    Change.objects.bulk_create(
        new, batch_size=500, update_conflicts=True, unique_fields=["id"],
        update_fields=["done_at", "record", "organisation"],
    )  # fmt: skip


def _in_order(rows: Any, change_ids: Collection[int]) -> list[Change]:
    by_pk = rows.in_bulk()
    return [by_pk[pk] for pk in change_ids if pk in by_pk]


# ── New ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _bring_in(portion: _Portion, changes: list[Change]) -> None:
    """Make organisations and records of rows whose key the source did not have."""
    if not changes:
        return
    known = set(
        Provenance.objects.filter(
            source=portion.of_import.source_id, key__in=[change.key for change in changes]
        ).values_list("key", flat=True)
    )
    changes = [change for change in changes if change.key not in known]
    _find_or_register_owners(portion, changes)
    owners = Organisation.objects.select_related("region").in_bulk(
        {one.organisation_id or 0 for one in changes}
    )
    own_records = queries.records_of_organisations(
        {one.organisation_id or 0 for one in changes if one.kind == Kind.ORGANISATION}
    )
    adopted = [one for one in changes if _record_of_owner(one, own_records) is not None]
    for change in adopted:
        change.record = _record_of_owner(change, own_records)
    fresh = [one for one in changes if one.record_id is None]
    parents = _parents(portion, fresh)
    places = queries.Places(portion.of_import.source)
    for change in fresh:
        owner = owners[change.organisation_id or 0]
        region = places.region_of(change.values, owner=owner)
        change.record = _new_record(
            portion,
            change,
            owner=owner,
            region_id=region.pk if region else None,
            parent=parents.get(change.key),
        )
    Record.objects.bulk_create([one.record for one in fresh if one.record], batch_size=500)
    for change in fresh:
        change.record = change.record  # now that it has its number, the row takes it
    _write_beside(portion, fresh)
    _fill(portion, adopted)
    portion.counts["new"] += len(fresh)


def _record_of_owner(change: Change, own_records: Mapping[int, Record]) -> Record | None:
    """The record that an organisation has in the catalogue already, which is then filled instead of made."""
    return own_records.get(change.organisation_id or 0) if change.kind == Kind.ORGANISATION else None


def _find_or_register_owners(portion: _Portion, changes: Sequence[Change]) -> None:
    """Give every row its organisation: the one that was found, one that this file has made before, or a new one.

    Rows of facilities and what hangs on them share the organisation of their key; rows about organisations have each
    their own.
    """
    without = [change for change in changes if change.organisation_id is None]
    _remember_made(portion, {change.owner_key for change in without} - portion.made.keys())
    details: dict[str, organisations.Details] = {}
    for change in without:
        name = _owner_name(change)
        if name not in portion.made:
            details.setdefault(name, _owner_details(change, is_own=change.kind == Kind.ORGANISATION))
    if details:
        made = organisations.register_many(details=list(details.values()), by=portion.by, at=portion.at)
        portion.made |= {name: one.pk for name, one in zip(details, made, strict=True)}
    for change in without:
        change.organisation_id = portion.made[_owner_name(change)]
        portion.made.setdefault(change.owner_key, change.organisation_id)
    portion.counts["organisations"] += len(details)


def _remember_made(portion: _Portion, owner_keys: set[str]) -> None:
    """Organisations that earlier portions have found or made; of several under one key the first by its row's key."""
    rows = Change.objects.filter(of_import=portion.of_import, owner_key__in=owner_keys, done_at__isnull=False)
    rows = rows.exclude(organisation=None).order_by("-key")
    portion.made |= {key: pk for key, pk in rows.values_list("owner_key", "organisation_id") if pk}


def _owner_name(change: Change) -> str:
    return f"own:{change.key}" if change.kind == Kind.ORGANISATION else change.owner_key


def _owner_details(change: Change, *, is_own: bool) -> organisations.Details:
    values = change.values
    website = str(values.get("website" if is_own else "owner_website", ""))
    ror = queries.ror_of(values) if is_own else ""
    return organisations.Details(
        name=str(values["name" if is_own else "owner"])[:150],
        kind=values.get("owner_kind", OwnerKind.INSTITUTE),
        country=values["country"],
        postcode=str(values.get("postcode", ""))[:16] if is_own else "",
        town=str(values.get("town", ""))[:TOWN_LENGTH],
        website=website if len(website) <= WEBSITE_LENGTH else "",
        company_numbers={"ROR": ror} if ror else {},
    )


def _new_record(
    portion: _Portion, change: Change, *, owner: Organisation, region_id: int | None, parent: Record | None
) -> Record:
    """A record that is not stored yet: published where the source says so and nothing stands against it."""
    values, at = change.values, portion.at
    made = Record(
        kind=change.kind, organisation=owner, region_id=region_id, parent=_fitting(parent, owner),
        created_at=at, changed_at=at,
    )  # fmt: skip
    for name in rules.WRITTEN:
        if name in values and name not in EQUIPMENT and name != "access_modes":
            setattr(made, name, values[name])
    made.name, made.country = values["name"], values.get("country") or owner.country
    made.town = values.get("town") or owner.town
    made.latitude, made.longitude = _decimal(values.get("latitude")), _decimal(values.get("longitude"))
    made.languages = [one for one in values.get("languages", []) if one in offers.LANGUAGES]
    facts = content.Facts(
        kind=change.kind, values={**values, "town": made.town, "country": made.country},
        has_contact=bool(made.contact_email), has_consented=True, namesakes=0, link_is_broken=False,
    )  # fmt: skip
    if portion.of_import.source.publishes and not list(content.problems_with_publication(facts)):
        made.state, made.published_at, made.consented_at = S.PUBLISHED, at, at
        made.confirmed_on = at.date()
        made.due_on = due_after(made.confirmed_on)
    return made


def _fitting(parent: Record | None, owner: Organisation) -> Record | None:
    return parent if parent is not None and parent.organisation_id == owner.pk else None


def _parents(portion: _Portion, changes: Sequence[Change]) -> dict[str, Record]:
    """The facility that each row names by its key within the source."""
    wanted = {
        change.key: change.values["parent"]
        for change in changes
        if change.values.get("parent") and change.kind in (Kind.SERVICE, Kind.EQUIPMENT)
    }
    if not wanted:
        return {}
    rows = Provenance.objects.filter(
        source=portion.of_import.source_id, key__in=set(wanted.values()), record__kind=Kind.FACILITY
    ).select_related("record")
    facilities = {one.key: one.record for one in rows}
    return {key: facilities[parent] for key, parent in wanted.items() if parent in facilities}


def _write_beside(portion: _Portion, changes: Sequence[Change]) -> None:
    """What stands beside new records: where they come from, identifiers, details of their kind, the confirmation."""
    at, records = portion.at, [change.record for change in changes if change.record]
    Provenance.objects.bulk_create((_provenance(portion, change) for change in changes), batch_size=500)
    Identifier.objects.bulk_create(
        (Identifier(record=change.record, scheme=scheme, value=value) for change in changes for scheme, value in _identifiers(change)),
        batch_size=500,
    )  # fmt: skip
    Equipment.objects.bulk_create(
        Equipment(record=one.record, **{name: one.values.get(name, "") for name in EQUIPMENT})
        for one in changes
        if one.kind == Kind.EQUIPMENT
    )
    Service.objects.bulk_create(
        Service(record=one.record, access_modes=_access_modes(one))
        for one in changes
        if one.kind == Kind.SERVICE
    )
    Confirmation.objects.bulk_create(
        (
            Confirmation(
                record=one, what="record", way="import", person_name=portion.of_import.person_name, at=at
            )
            for one in records
            if one.state == S.PUBLISHED
        ),
        batch_size=500,
    )
    portion.touched.extend(one.pk for one in records)


def _access_modes(change: Change) -> list[str]:
    return [one for one in change.values.get("access_modes", []) if one in offers.ACCESS_MODES]


def _identifiers(change: Change) -> set[tuple[str, str]]:
    known = offers.IDENTIFIERS
    given = change.values.get("identifiers", [])
    return {(scheme if scheme in known else "other", value) for scheme, value in given if value}


def _provenance(portion: _Portion, change: Change) -> Provenance:
    return Provenance(
        source_id=portion.of_import.source_id, record=change.record, key=change.key, row_hash=_hash(change),
        values=change.values, first_seen_at=portion.at, last_seen_at=portion.at,
    )  # fmt: skip


def _hash(change: Change) -> str:
    return Row(change.row, change.key, change.kind, change.values).hash


# ── Known ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _change(portion: _Portion, changes: Sequence[Change]) -> None:
    """Records whose row says something else than last time, and records of others that this source sees first."""
    known = _known(portion, changes)
    _fill(portion, [change for change in changes if change.key not in known])
    records = _locked([change.record_id for change in changes if change.key in known])
    said = queries.values_by_record(list(records.values()))
    for change in changes:
        provenance = known.get(change.key)
        mine = records.get(change.record_id or 0)
        if provenance is None or mine is None:
            continue
        found = rules.difference(
            record=said[mine.pk], row=change.values, said_before=provenance.values, locked=mine.locked_fields
        )
        _write(portion, mine, found)
        provenance.values, provenance.row_hash = change.values, _hash(change)
        provenance.last_seen_at, provenance.missing_since = portion.at, None
    Provenance.objects.bulk_update(
        known.values(), ["values", "row_hash", "last_seen_at", "missing_since"], batch_size=100
    )


def _fill(portion: _Portion, changes: Sequence[Change]) -> None:
    """Records that stand in the catalogue and that this source sees for the first time: what is empty is filled."""
    records = _locked([change.record_id for change in changes])
    said = queries.values_by_record(list(records.values()))
    held = queries.identifiers_in(list(records))
    for change in changes:
        mine = records.get(change.record_id or 0)
        if mine is None:
            continue
        found = rules.difference(
            record=said[mine.pk], row=change.values, said_before=None, locked=mine.locked_fields
        )
        _write(portion, mine, found)
        new = [pair for pair in sorted(_identifiers(change)) if (mine.pk, *pair) not in held]
        Identifier.objects.bulk_create(Identifier(record=mine, scheme=one, value=value) for one, value in new)
    Provenance.objects.bulk_create(
        (_provenance(portion, change) for change in changes if change.record_id in records), batch_size=500
    )


def _write(portion: _Portion, mine: Record, found: rules.Difference) -> None:
    """Put what the source says anew into the record; nothing, where it says nothing new."""
    portion.counts["kept"] += bool(found.kept)
    if not found.changes:
        return
    details = {name: after or "" for name, (_before, after) in found.changes.items() if name in EQUIPMENT}
    for name, (_before, after) in found.changes.items():
        if name in ("latitude", "longitude"):
            setattr(mine, name, _decimal(after))
        elif name in ("techniques", "languages"):
            setattr(mine, name, list(after or []))
        elif name not in EQUIPMENT and name != "access_modes":
            setattr(mine, name, after or "")
    if (mine.latitude is None) != (mine.longitude is None):
        mine.latitude = mine.longitude = None
    if details and mine.kind == Kind.EQUIPMENT:
        Equipment.objects.update_or_create(record=mine, defaults=details)
    mine.version += 1
    mine.changed_at = portion.at
    mine.save()
    portion.touched.append(mine.pk)
    portion.counts["changed"] += 1


def _see_again(portion: _Portion, changes: Sequence[Change]) -> None:
    """The source still has them, as they were; where it only words them differently, that is remembered."""
    keys = [change.key for change in changes if not change.values]
    rows = Provenance.objects.filter(source=portion.of_import.source_id, key__in=keys)
    rows.update(last_seen_at=portion.at, missing_since=None)
    _change(portion, [change for change in changes if change.values])
    portion.counts["same"] += len(changes)


def _miss(portion: _Portion, changes: Sequence[Change]) -> None:
    """The source has them no longer: that is remembered, and nothing else happens."""
    rows = Provenance.objects.filter(
        source=portion.of_import.source_id, key__in=[one.key for one in changes], missing_since__isnull=True
    )
    portion.counts["missing"] += rows.update(missing_since=portion.at)


def _known(portion: _Portion, changes: Sequence[Change]) -> dict[str, Provenance]:
    rows = Provenance.objects.filter(
        source=portion.of_import.source_id, key__in=[change.key for change in changes]
    )
    return {one.key: one for one in rows}


def _locked(record_ids: Sequence[int | None]) -> dict[int, Record]:
    """The records of these numbers, locked until the portion is done."""
    return Record.objects.for_update().in_bulk([pk for pk in record_ids if pk is not None])


def _decimal(value: str | None) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))
