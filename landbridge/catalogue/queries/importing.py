"""Comparing the rows of a file with what the catalogue holds; what an import's pages show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When

from landbridge.catalogue.models import Change, Equipment, Identifier, Import, Provenance, Record, Source
from landbridge.catalogue.reading import Row
from landbridge.catalogue.rules import importing as rules
from landbridge.catalogue.rules.names import Asked, Known, Match, Matcher, owner_key
from landbridge.catalogue.states import Kind, Read, S, What
from landbridge.foundation.problems import N_
from landbridge.organisations.models import CompanyNumber, Organisation
from landbridge.organisations.rules import number_in_form
from landbridge.programmes.models import Region
from landbridge.programmes.queries import region_of_place

KEY_TWICE = N_("This key stands in the file twice; the first row counts.")
NO_COUNTRY = N_("The country is missing, and the source names none.")
NO_OWNER = N_("The organisation is missing, and the source names none.")
WITHDRAWN = N_("The record was withdrawn; its desk can bring it back.")
OPEN = (Read.READING, Read.PREVIEW, Read.ALARM, Read.RUNNING)


class Places:
    """Regions of places, each looked up once an import."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._by_key = {region.key: region for region in Region.objects.active()}
        self._found: dict[tuple[str, str], Region | None] = {}

    def region_of(self, values: Mapping[str, Any], *, owner: Organisation | None = None) -> Region | None:
        """By the key that the row names, by its postcode, by a region that claims the country, by its organisation.

        Else the source's own region, if it lies in that country. Town and coordinates decide nothing: a desk's
        district is made of postcodes.
        """
        if values.get("region") in self._by_key:
            return self._by_key[values["region"]]
        place = (values.get("country", ""), values.get("postcode", ""))
        if place not in self._found:
            self._found[place] = region_of_place(*place)
        found = self._found[place] or (owner.region if owner else None)
        home = self._source.region
        return found or (home if home and home.country == place[0] else None)


class Comparison:
    """Row after row of one import against the catalogue; holds the keys of the source, not its records."""

    def __init__(self, of_import: Import) -> None:
        self._import, self._source = of_import, of_import.source
        provenances = Provenance.objects.filter(source=self._source)
        self._hashes = dict(provenances.values_list("key", "row_hash"))
        self._seen: set[str] = set()
        self._taken: set[int] = set()
        self._places = Places(self._source)
        self._matcher: Matcher | None = None
        self._matches: dict[tuple[str, str, str], Match] = {}
        self._decided = decisions_of(self._source)

    def changes(self, rows: Sequence[Row]) -> list[Change]:
        """What each row of one portion brings; nothing is stored."""
        found = [self._first_look(row) for row in rows]
        self._look_at_changed([change for change in found if change.what == What.CHANGED])
        self._look_at_new([change for change in found if change.what == What.NEW])
        return found

    def gone(self) -> Iterator[str]:
        """The keys that the source had and that this file does not have."""
        missing = Provenance.objects.filter(source=self._source, missing_since__isnull=False)
        away = set(missing.values_list("key", flat=True))
        return (key for key in sorted(self._hashes) if key not in self._seen and key not in away)

    def _first_look(self, row: Row) -> Change:
        if not row.problem and self._source.country and not row.values.get("country"):
            row = replace(row, values={**row.values, "country": self._source.country})
        change = Change(
            of_import=self._import, row=row.number, key=row.key, kind=row.kind, values=dict(row.values),
            what=What.NEW, problem=" ".join(row.remarks)[:300],
        )  # fmt: skip
        if row.problem or row.key in self._seen:
            change.what, change.problem = What.UNREADABLE, row.problem or KEY_TWICE
            return change
        self._seen.add(row.key)
        known = self._hashes.get(row.key)
        if known == row.hash:
            change.what, change.values = What.SAME, {}
        elif known is not None:
            change.what = What.CHANGED
        return change

    # ── Known keys ───────────────────────────────────────────────────────────────────────────────────────────────────
    def _look_at_changed(self, changes: Sequence[Change]) -> None:
        known = Provenance.objects.filter(source=self._source, key__in=[change.key for change in changes])
        before = {one.key: one for one in known.select_related("record")}
        said = values_by_record([one.record for one in before.values()])
        for change in changes:
            provenance = before[change.key]
            change.record = provenance.record
            found = rules.difference(
                record=said[provenance.record_id],
                row=change.values,
                said_before=provenance.values,
                locked=provenance.record.locked_fields,
            )
            self._tell(change, provenance.record, found)
            if not found.changes and not found.kept:
                change.what = What.SAME

    def _tell(self, change: Change, record: Record, found: rules.Difference) -> None:
        """Put the differences into the change; a record of another region is none of this source's business."""
        change.differences = {"changes": found.changes, "kept": found.kept}
        problems = list(
            rules.problems_with_place(region_id=record.region_id, source_region_id=self._source.region_id)
        )
        if problems:
            change.what, change.problem = What.UNREADABLE, problems[0].message
        elif record.state == S.WITHDRAWN and found.changes:
            change.what, change.problem = What.UNREADABLE, WITHDRAWN

    # ── New keys ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def _look_at_new(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._find_owner(change)
        owners = Organisation.objects.select_related("region").in_bulk(
            {change.organisation_id for change in changes if change.organisation_id}
        )
        for change in changes:
            if change.what != What.UNREADABLE:
                self._check_place(change, owners.get(change.organisation_id or 0))
        self._look_at_adopted([one for one in changes if one.what == What.NEW and one.organisation_id])

    def _find_owner(self, change: Change) -> None:
        values = change.values
        is_own = change.kind == Kind.ORGANISATION
        name = values.get("name" if is_own else "owner", "")
        if not values.get("country"):
            change.what, change.problem = What.UNREADABLE, NO_COUNTRY
        elif not name and self._source.organisation_id is None:
            change.what, change.problem = What.UNREADABLE, NO_OWNER
        elif not name:
            change.organisation_id = self._source.organisation_id
        else:
            change.owner_key = owner_key(name, values["country"])
            self._match(change, name, is_own=is_own)

    def _match(self, change: Change, name: str, *, is_own: bool) -> None:
        decided = None if is_own else self._decided.get(change.owner_key)
        if decided is not None:
            change.organisation_id = decided
            return
        match = self._match_of(change, name, is_own=is_own)
        change.organisation_id = match.pk
        if match.pk is None and match.candidates:
            change.what, change.candidates = What.DOUBTFUL, [list(one) for one in match.candidates]

    def _match_of(self, change: Change, name: str, *, is_own: bool) -> Match:
        values = change.values
        ror = ror_of(values) if is_own else number_in_form("ROR", values.get("owner_ror", "")) or ""
        website = values.get("website" if is_own else "owner_website", "")
        if is_own:
            names = (name, *values.get("names", []))
            return self._all_known().match(
                Asked(names, values["country"], values.get("town", ""), website, ror, _number(values))
            )
        asked = (change.owner_key, website, ror)
        if asked not in self._matches:
            self._matches[asked] = self._all_known().match(
                Asked((name,), values["country"], "", website, ror)
            )
        return self._matches[asked]

    def _check_place(self, change: Change, owner: Organisation | None) -> None:
        region = self._places.region_of(change.values, owner=owner)
        for problem in rules.problems_with_place(
            region_id=region.pk if region else None, source_region_id=self._source.region_id
        ):
            change.what, change.problem = What.UNREADABLE, problem.message

    def _look_at_adopted(self, changes: Sequence[Change]) -> None:
        """Organisations whose record stands in the catalogue already: this source fills what is empty there."""
        own = [change for change in changes if change.kind == Kind.ORGANISATION]
        records = records_of_organisations({change.organisation_id or 0 for change in own})
        said = values_by_record(list(records.values()))
        for change in own:
            if change.organisation_id in self._taken:
                change.what, change.candidates = What.DOUBTFUL, [[change.organisation_id, 1.0]]
                change.organisation_id = None
                continue
            self._taken.add(change.organisation_id or 0)
            record = records.get(change.organisation_id or 0)
            if record is None:
                continue
            change.what, change.record = What.CHANGED, record
            locked = record.locked_fields
            found = rules.difference(
                record=said[record.pk], row=change.values, said_before=None, locked=locked
            )
            self._tell(change, record, found)

    def _all_known(self) -> Matcher:
        if self._matcher is None:
            self._matcher = Matcher(known_organisations())
        return self._matcher


def ror_of(values: Mapping[str, Any]) -> str:
    """The ROR id among the identifiers of a row, as the register writes it; empty without a valid one."""
    given = next((value for scheme, value in values.get("identifiers", []) if scheme == "ror"), "")
    return number_in_form("ROR", given) or ""


def _number(values: Mapping[str, Any]) -> str:
    return next((value for scheme, value in values.get("identifiers", []) if scheme == "company"), "")


def known_organisations() -> Iterator[Known]:
    """Every organisation in use, with what it is recognised by: numbers, and further names that sources gave."""
    numbers: dict[int, list[tuple[str, str]]] = {}
    for pk, scheme, number in CompanyNumber.objects.values_list("organisation_id", "scheme", "number"):
        numbers.setdefault(pk, []).append((scheme, number))
    names: dict[int, list[str]] = {}
    own = Provenance.objects.filter(record__kind=Kind.ORGANISATION, values__has_key="names")
    for pk, further in own.values_list("record__organisation_id", "values__names").iterator():
        names.setdefault(pk, []).extend(further)
    rows = Organisation.objects.filter(is_closed=False).order_by("pk")
    for pk, name, country, town, website in rows.values_list(
        "pk", "name", "country", "town", "website"
    ).iterator():
        held = numbers.get(pk, ())
        yield Known(
            pk=pk, names=(name, *names.get(pk, ())), country=country, town=town, website=website,
            ror=next((number for scheme, number in held if scheme == "ROR"), ""),
            numbers=tuple(number for scheme, number in held if scheme != "ROR"),
        )  # fmt: skip


def records_of_organisations(organisation_ids: set[int]) -> dict[int, Record]:
    """The record about each organisation itself, where it stands in the catalogue."""
    rows = Record.objects.filter(organisation__in=organisation_ids, kind=Kind.ORGANISATION)
    return {record.organisation_id: record for record in rows.exclude(state=S.WITHDRAWN)}


def values_by_record(records: Sequence[Record]) -> dict[int, dict[str, Any]]:
    """What these records say in the fields that a source may write."""
    found = {record.pk: _values_of(record) for record in records}
    equipment = [record.pk for record in records if record.kind == Kind.EQUIPMENT]
    details = Equipment.objects.filter(record__in=equipment) if equipment else []
    for one in details:
        found[one.record_id] |= {"maker": one.maker, "model_name": one.model_name}
    return found


def _values_of(record: Record) -> dict[str, Any]:
    values = {name: getattr(record, name, None) for name in rules.WRITTEN}
    for name in ("latitude", "longitude"):
        values[name] = None if values[name] is None else f"{values[name]:.5f}"
    return values


def decisions_of(source: Source) -> dict[str, int]:
    """Which organisation somebody chose for a doubtful name in earlier files of this source."""
    rows = Change.objects.filter(of_import__source=source, organisation__isnull=False).exclude(
        Q(decision="") | Q(kind=Kind.ORGANISATION)
    )
    return dict(rows.order_by("pk").values_list("owner_key", "organisation_id"))


# ── Taking over ──────────────────────────────────────────────────────────────────────────────────────────────────────
def to_take_over(of_import: Import) -> list[int]:
    """The changes that are still to be made: organisations first, then facilities, then what hangs on them, by key."""
    rank = Case(
        When(kind=Kind.ORGANISATION, then=Value(0)),
        When(kind=Kind.FACILITY, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = Change.objects.filter(of_import=of_import, done_at__isnull=True).exclude(what=What.UNREADABLE)
    rows = rows.exclude(Q(what=What.DOUBTFUL) & Q(decision__in=("", "leave")))
    return list(rows.order_by(rank, "key", "pk").values_list("pk", flat=True))


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def imports_listed(rows: QuerySet[Import], *, source: str = "", state: str = "") -> QuerySet[Import]:
    """The imports of one source or all, the latest first."""
    if source:
        rows = rows.filter(source__key=source)
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("source", "file").order_by("-started_at", "-pk")


def sources_listed(rows: QuerySet[Source]) -> QuerySet[Source]:
    """The sources by name, with how many records each knows."""
    return (
        rows.select_related("region")
        .annotate(records=Count("provenances", filter=Q(provenances__missing_since__isnull=True)))
        .order_by("name", "pk")
    )


def latest_imports(sources: Sequence[Source]) -> dict[int, Import]:
    """The last import of each of these sources."""
    last = Import.objects.filter(source__in=sources).values("source").annotate(last=Max("pk")).values("last")
    return {found.source_id: found for found in Import.objects.filter(pk__in=last)}


def known_by_key(of_import: Import, keys: Sequence[str]) -> dict[str, Record]:
    """The records that the source of this import has under these keys."""
    rows = Provenance.objects.filter(source=of_import.source_id, key__in=keys).select_related("record")
    return {row.key: row.record for row in rows}


def next_doubt(of_import: Import) -> Change | None:
    """The doubtful row that is to be decided next."""
    return doubts_listed(of_import).filter(decision="").first()


def changes_listed(of_import: Import, *, what: str) -> QuerySet[Change]:
    """The rows of a file that bring one sort of thing, in the order of the file."""
    rows = Change.objects.filter(of_import=of_import, what=what).select_related("record", "organisation")
    return rows.order_by("row")


def doubts_listed(of_import: Import) -> QuerySet[Change]:
    """Doubtful rows, those that nobody has decided first."""
    undecided = Case(When(decision="", then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = changes_listed(of_import, what=What.DOUBTFUL)
    return rows.order_by(undecided, "owner_key", "row")


def is_latest(of_import: Import) -> bool:
    """Whether no later file of the source was begun."""
    return not Import.objects.filter(source=of_import.source_id, pk__gt=of_import.pk).exists()


def undecided(of_import: Import) -> int:
    """How many doubtful rows wait for a decision."""
    return Change.objects.filter(of_import=of_import, what=What.DOUBTFUL, decision="").count()


def candidates_of(change: Change) -> list[tuple[Organisation, int]]:
    """The organisations that a doubtful row may mean, with their likeliness in per cent."""
    scores = {int(pk): score for pk, score in change.candidates}
    found = Organisation.objects.select_related("region").in_bulk(scores)
    return [(found[pk], round(100 * score)) for pk, score in scores.items() if pk in found]


def counts_of(of_import: Import) -> dict[str, int]:
    """How many rows bring what."""
    rows = Change.objects.filter(of_import=of_import).values_list("what").annotate(Count("pk")).order_by()
    return {str(what): count for what, count in rows}


def provenance_of(record: Record) -> QuerySet[Provenance]:
    """Which sources know a record, since when, and whether they still do."""
    return Provenance.objects.filter(record=record).select_related("source").order_by("first_seen_at", "pk")


def identifiers_in(records: Sequence[int]) -> set[tuple[int, str, str]]:
    """The identifiers that these records have."""
    rows = Identifier.objects.filter(record__in=records)
    return set(rows.values_list("record_id", "scheme", "value"))


def findings() -> Iterator[str]:
    """What cannot be true of imports: a record taken over without a source, one that its source does not know."""
    for of_import in Import.objects.filter(state=Read.DONE).select_related("source").order_by("pk"):
        left = len(to_take_over(of_import))
        if left:
            yield f"Import {of_import.pk} of {of_import.source} is done, but {left} rows were not taken over."
    lost = Change.objects.filter(done_at__isnull=False, what=What.NEW, record__isnull=True).count()
    if lost:
        yield f"{lost} rows were taken over as new, and no record came of them."
