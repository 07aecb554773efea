"""Importing: what a file changes, what it never changes, and that it may be interrupted anywhere."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Max
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as some

from landbridge.catalogue.actions import importing as actions
from landbridge.catalogue.actions.taking_over import take_over_portion
from landbridge.catalogue.models import Change, Identifier, Import, IndexChange, Provenance, Record, Source
from landbridge.catalogue.queries import importing as queries
from landbridge.catalogue.states import Kind, Read, S, What
from landbridge.catalogue.tasks import importing as tasks
from landbridge.foundation import clock
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.organisations.models import CompanyNumber, Organisation
from tests.cast import Cast
from tests.factories.importing import (
    STARTED,
    a_facility_row,
    a_read_import,
    a_source,
    an_import,
    an_institute,
    as_csv,
    as_json,
    received,
    taken_over,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: STARTED)
    settings.LANDBRIDGE_FILES = tmp_path


def said() -> list[tuple[Any, ...]]:
    """Everything that imports write, but for numbers and moments."""
    return [
        *Record.objects.order_by("name", "kind", "town", "organisation__name", "parent__name").values_list(
            "kind",
            "name",
            "summary",
            "country",
            "town",
            "state",
            "organisation__name",
            "parent__name",
            "region__key",
        ),
        *Provenance.objects.order_by("key").values_list("key", "row_hash", "record__name", "missing_since"),
        *Organisation.objects.order_by("name", "town").values_list("name", "town", "country", "kind"),
        *Identifier.objects.order_by("value", "record__name").values_list("scheme", "value", "record__name"),
    ]


class TestFirstFile:
    def test_it_makes_organisations_and_published_records(self):
        found = an_import(
            a_source(), as_json([an_institute(1), an_institute(2, website="https://two.example.org")])
        )
        assert (found.state, found.rows, found.counts) == (Read.DONE, 2, {"new": 2})
        one, two = Record.objects.order_by("name")
        assert (one.state, one.organisation.name, one.town) == (
            S.PUBLISHED,
            "Invented Institute 1",
            "Tübingen",
        )
        assert one.is_public
        assert one.confirmed_on == STARTED.date()
        assert two.website == "https://two.example.org"
        assert Provenance.objects.get(record=one).key == "i1"
        assert set(IndexChange.objects.values_list("record_id", flat=True)) == {one.pk, two.pk}

    def test_a_source_that_does_not_publish_brings_drafts(self):
        an_import(a_source(publishes=False), as_json([an_institute(1)]))
        assert Record.objects.get().state == S.DRAFT

    def test_what_the_gate_would_refuse_stays_a_draft(self):
        an_import(a_source(), as_json([an_institute(1, summary="Write to us: us@example.org")]))
        assert Record.objects.get().state == S.DRAFT

    def test_facilities_of_one_new_organisation_share_it(self):
        rows = [
            a_facility_row(1),
            a_facility_row(2),
            a_facility_row(3, owner="Institute of Imaging, Invented"),
        ]
        an_import(a_source(), as_json(rows))
        assert Organisation.objects.count() == 1
        assert Record.objects.filter(kind=Kind.FACILITY).count() == 3

    def test_equipment_hangs_on_its_facility_in_whatever_order_they_come(self):
        owner = {"owner": "Invented Institute of Imaging", "summary": "Confocal.", "town": "Tübingen"}
        instrument = {
            "key": "a1",
            "kind": "equipment",
            "name": "Microscope",
            "parent": "f1",
            "maker": "Optik",
            **owner,
        }
        an_import(a_source(), as_json([instrument, a_facility_row(1)]))
        found = Record.objects.get(kind=Kind.EQUIPMENT)
        assert found.parent == Record.objects.get(kind=Kind.FACILITY)
        assert found.equipment.maker == "Optik"

    def test_a_facility_is_matched_to_a_known_organisation(self, cast: Cast):
        an_import(a_source(), as_json([a_facility_row(1, owner="The German Institute e.V.")]))
        record = Record.objects.get()
        assert record.organisation == cast.german_institute
        assert record.region == cast.stuttgart  # of its organisation

    def test_a_region_that_claims_the_country_has_the_record(self, cast: Cast):
        an_import(a_source(), as_json([an_institute(1, country="DK", town="København")]))
        assert Record.objects.get().region == cast.zealand

    def test_ror_becomes_the_number_of_the_organisation(self):
        row = {"id": "https://ror.org/04vnq7t77", "name": "Invented by nobody", "country": "DE", "city": "Stuttgart",
               "types": ["education"], "lat": 48.78, "lng": 9.18}  # fmt: skip
        an_import(a_source(format="ror"), as_json([row]))
        assert CompanyNumber.objects.get().number == "04vnq7t77"
        record = Record.objects.get()
        assert record.summary == "University or school in Stuttgart."
        assert record.identifiers.get().value == "https://ror.org/04vnq7t77"
        assert record.organisation.kind == "university"

    def test_one_line_of_the_record_tells_of_a_portion(self):
        an_import(a_source(), as_json([an_institute(1), an_institute(2)]))
        events = list(Entry.objects.filter(subject_table="catalogue.import").values_list("event", flat=True))
        assert sorted(events) == sorted([
            "import.begun", "import.reading", "import.read", "import.taken_over", "import.portion_taken_over",
            "import.finished",
        ])  # fmt: skip


class TestNextFile:
    def test_the_same_file_twice_changes_nothing(self):
        source, content = a_source(), as_json([an_institute(1), a_facility_row(1)])
        an_import(source, content)
        before, touched = said(), IndexChange.objects.count()
        found = an_import(source, content)
        assert found.counts == {"same": 2}
        assert (said(), IndexChange.objects.count()) == (before, touched)
        assert Record.objects.aggregate(latest=Max("version"))["latest"] == 1

    def test_what_the_source_says_anew_is_written(self):
        source = a_source()
        an_import(source, as_json([an_institute(1)]))
        found = a_read_import(source, as_json([an_institute(1, town="Stuttgart")]))
        change = Change.objects.get(of_import=found)
        assert (change.what, change.differences["changes"]) == (
            What.CHANGED,
            {"town": ["Tübingen", "Stuttgart"]},
        )
        taken_over(found)
        record = Record.objects.get()
        assert (record.town, record.version) == ("Stuttgart", 2)

    def test_what_people_wrote_stands_while_the_source_repeats_itself(self):
        source = a_source()
        an_import(source, as_json([an_institute(1)]))
        Record.objects.update(summary="What a person wrote.")
        an_import(source, as_json([an_institute(1, website="https://one.example.org")]))
        record = Record.objects.get()
        assert (record.summary, record.website) == ("What a person wrote.", "https://one.example.org")

    def test_a_locked_field_keeps_its_value_and_the_preview_says_so(self):
        source = a_source()
        an_import(source, as_json([an_institute(1)]))
        Record.objects.update(locked_fields=["summary"])
        found = a_read_import(source, as_json([an_institute(1, summary="Another.", town="Stuttgart")]))
        change = Change.objects.get(of_import=found)
        assert change.differences["kept"] == {"summary": ["Invented for a test.", "Another."]}
        taken_over(found)
        record = Record.objects.get()
        assert (record.summary, record.town) == ("Invented for a test.", "Stuttgart")

    def test_a_field_locked_after_the_preview_keeps_its_value_too(self):
        source = a_source()
        an_import(source, as_json([an_institute(1)]))
        found = a_read_import(source, as_json([an_institute(1, town="Stuttgart")]))
        Record.objects.update(locked_fields=["town"])
        taken_over(found)
        assert Record.objects.get().town == "Tübingen"

    def test_what_is_gone_is_marked_and_never_removed(self):
        source = a_source()
        an_import(source, as_json([an_institute(number) for number in range(4)]))
        found = an_import(source, as_json([an_institute(number) for number in range(2)]))
        assert found.counts == {"same": 2, "gone": 2}
        assert Record.objects.filter(state=S.PUBLISHED).count() == 4
        assert set(Provenance.objects.exclude(missing_since=None).values_list("key", flat=True)) == {
            "i2",
            "i3",
        }
        again = an_import(source, as_json([an_institute(number) for number in range(4)]))
        assert again.counts == {"same": 4}
        assert not Provenance.objects.exclude(missing_since=None).exists()

    def test_another_source_fills_what_is_empty_and_overwrites_nothing(self):
        an_import(a_source(), as_json([an_institute(1)]))
        other = a_source("second-list")
        row = an_institute(1, key="x", summary="Another.", website="https://one.example.org")
        an_import(other, as_json([row]))
        record = Record.objects.get()
        assert (record.summary, record.website) == ("Invented for a test.", "https://one.example.org")
        assert Provenance.objects.filter(record=record).count() == 2


class TestAlarm:
    @pytest.mark.parametrize(("rows", "state"), [(5, Read.PREVIEW), (4, Read.ALARM)])
    def test_fewer_than_half_the_rows_raise_it(self, rows: int, state: Read):
        source = a_source()
        an_import(source, as_json([an_institute(number) for number in range(10)]))
        found = a_read_import(source, as_json([an_institute(number) for number in range(rows)]))
        assert found.state == state
        assert not Provenance.objects.exclude(missing_since=None).exists()

    def test_it_is_taken_over_only_with_a_reason(self):
        source = a_source()
        an_import(source, as_json([an_institute(number) for number in range(5)]))
        found = a_read_import(source, as_json([an_institute(1)]))
        with pytest.raises(Refused, match="no_reason_after_alarm"):
            actions.take_over(import_id=found.pk, by=SYSTEM, at=STARTED)
        taken_over(found, reason="They split their list.")
        assert Record.objects.count() == 5

    def test_dropped_it_leaves_everything_as_it_was(self):
        source = a_source()
        an_import(source, as_json([an_institute(number) for number in range(5)]))
        before = said()
        found = a_read_import(source, as_json([an_institute(9)]))
        actions.drop(import_id=found.pk, by=SYSTEM, at=STARTED)
        assert said() == before
        assert Source.objects.get().rows_last_time == 5
        assert not Change.objects.filter(of_import=found).exists()


class TestDoubts:
    ROW = a_facility_row(1, owner="German Institute for Imaging")

    def test_a_doubtful_row_waits_and_is_left_out(self, cast: Cast):
        found = an_import(a_source(), as_json([self.ROW]))
        assert found.counts == {"doubtful": 1}
        assert not Record.objects.exists()
        change = Change.objects.get()
        assert queries.candidates_of(change)[0][0] == cast.german_institute

    def test_decided_it_is_taken_over_and_the_next_file_asks_no_more(self, cast: Cast):
        source = a_source()
        found = a_read_import(source, as_json([self.ROW]))
        actions.decide(
            change_id=Change.objects.get().pk, choice=str(cast.german_institute.pk), by=SYSTEM, at=STARTED
        )
        taken_over(found)
        assert Record.objects.get().organisation == cast.german_institute
        another = an_import(source, as_json([self.ROW, {**self.ROW, "key": "f2", "name": "Second"}]))
        assert another.counts == {"same": 1, "new": 1}

    def test_a_new_organisation_is_made_where_it_is_none_of_them(self, cast: Cast):
        found = a_read_import(a_source(), as_json([self.ROW, {**self.ROW, "key": "f2", "name": "Second"}]))
        actions.decide(change_id=Change.objects.earliest("row").pk, choice="new", by=SYSTEM, at=STARTED)
        taken_over(found)
        names = set(Record.objects.values_list("organisation__name", flat=True))
        assert names == {"German Institute for Imaging"}
        assert Record.objects.count() == 2  # one decision for every row of that name

    def test_it_may_be_decided_after_the_rest_was_taken_over(self, cast: Cast):
        found = an_import(a_source(), as_json([self.ROW, an_institute(1)]))
        actions.decide(
            change_id=Change.objects.get(what=What.DOUBTFUL).pk, choice="new", by=SYSTEM, at=STARTED
        )
        tasks.carry_out.call(found.pk)
        assert Record.objects.count() == 2
        with pytest.raises(Refused, match="decided_already"):
            actions.decide(
                change_id=Change.objects.get(what=What.DOUBTFUL).pk, choice="leave", by=SYSTEM, at=STARTED
            )

    def test_only_a_candidate_may_be_chosen(self, cast: Cast):
        a_read_import(a_source(), as_json([self.ROW]))
        with pytest.raises(Refused, match="no_such_choice"):
            actions.decide(
                change_id=Change.objects.get().pk, choice=str(cast.danish_company.pk), by=SYSTEM, at=STARTED
            )


class TestBadRows:
    def test_what_is_wrong_stands_beside_the_row_and_the_others_come_in(self):
        rows = [
            an_institute(1),
            an_institute(1),
            {"key": "x", "name": ""},
            {"key": "y", "name": "Y", "kind": "house"},
        ]
        found = an_import(a_source(), as_json(rows))
        assert found.counts == {"new": 1, "unreadable": 3}
        problems = list(
            Change.objects.filter(what=What.UNREADABLE).order_by("row").values_list("problem", flat=True)
        )
        assert problems[0] == "This key stands in the file twice; the first row counts."
        assert problems[1] == "The name is missing."

    def test_without_a_country_a_row_is_not_taken(self):
        found = an_import(a_source(country=""), as_json([an_institute(1, country="")]))
        assert found.counts == {"unreadable": 1}

    def test_a_file_that_cannot_be_read_fails_in_words(self):
        found = a_read_import(a_source(format="table"), as_csv([["price", "colour"], [1, 2]]), "list.csv")
        assert found.state == Read.FAILED
        assert "names no column for: name" in found.problem

    def test_half_a_file_fails_and_leaves_nothing(self):
        rows = as_json([an_institute(number) for number in range(3)])
        found = a_read_import(a_source(), b"[" + rows.replace(b"\n", b",")[:-30])
        assert found.state == Read.FAILED
        assert not Change.objects.exists()


class TestWhoMay:
    def test_a_broker_imports_for_the_own_region_alone(self, cast: Cast):
        broker = cast.actor("liege_broker")
        source = actions.add_source(key="liege-list", name="Liège", format="json", by=broker, at=STARTED)
        assert source.region == cast.liege
        rows = [an_institute(1, country="BE", town="Liège"), an_institute(2, country="DK", town="København")]
        begun = actions.begin(
            source_id=source.pk, file=received("l.json", as_json(rows)), by=broker, at=STARTED
        )
        tasks.read.call(begun.pk)
        begun.refresh_from_db()
        assert begun.counts == {"new": 1, "unreadable": 1}
        with pytest.raises(Import.DoesNotExist):
            actions.drop(import_id=begun.pk, by=cast.actor("stuttgart_broker"), at=STARTED)

    def test_a_record_of_another_region_is_not_touched(self, cast: Cast):
        an_import(a_source(), as_json([an_institute(1, country="DK", town="København")]))
        source = a_source("own", region=cast.liege, country="BE")
        found = an_import(source, as_json([an_institute(1, country="DK", website="https://x.example.org")]))
        assert found.counts == {"unreadable": 1}

    @pytest.mark.parametrize("name", ["danish_sme", "german_provider", "auditor", "mallory"])
    def test_nobody_else_imports(self, cast: Cast, name: str):
        source = a_source()
        with pytest.raises(NotAllowed):
            actions.begin(
                source_id=source.pk, file=received("l.json", b"[]"), by=cast.actor(name), at=STARTED
            )

    def test_a_source_is_read_once_at_a_time(self):
        source = a_source()
        found = a_read_import(source, as_json([an_institute(1)]))
        with pytest.raises(Refused, match="read_already"):
            actions.begin(source_id=source.pk, file=received("l.json", b"[]"), by=SYSTEM, at=STARTED)
        with pytest.raises(IntegrityError, match=r"source_id|a_source_is_read_once"), transaction.atomic():
            Import.objects.create(source=source, file=found.file, person_name="", started_at=STARTED)


# ── Laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
NAMES = ("Optics", "Imaging", "Genomics", "Proteins", "Polymers", "Robotics", "Water", "Plants")
ROWS = some.lists(
    some.builds(
        lambda number, owner, kind, town: (a_facility_row if kind else an_institute)(
            number,
            town=town,
            **({"owner": f"Invented Centre of {owner}"} if kind else {"name": f"Centre of {owner}"}),
        ),
        some.integers(0, 12),
        some.sampled_from(NAMES),
        some.booleans(),
        some.sampled_from(["Tübingen", "Stuttgart", ""]),
    ),
    max_size=12,
    unique_by=lambda row: row["key"],
)
SLOWLY = bounds(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def in_vain() -> Iterator[None]:
    """A world that is gone after the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@given(rows=ROWS)
@SLOWLY
def test_the_same_file_twice_changes_nothing_whatever_it_holds(rows: list[dict[str, Any]]):
    for _ in in_vain():
        source = a_source()
        an_import(source, as_json(rows) or b"[]")
        before = said()
        found = an_import(source, as_json(rows) or b"[]")
        assert said() == before
        assert set(found.counts) <= {"same", "unreadable", "doubtful"}


@given(rows=ROWS, seed=some.integers(0, 1000))
@SLOWLY
def test_the_order_of_the_rows_does_not_matter(rows: list[dict[str, Any]], seed: int):
    found = []
    for order in (rows, random.Random(seed).sample(rows, len(rows))):
        for _ in in_vain():
            an_import(a_source(), as_json(order) or b"[]")
            found.append(said())
    assert found[0] == found[1]


@given(rows=ROWS, cut=some.integers(1, 6))
@SLOWLY
def test_a_crash_in_the_middle_costs_nothing(rows: list[dict[str, Any]], cut: int):
    found = []
    for portions in ([len(rows) or 1], [cut, 100]):
        for _ in in_vain():
            begun = a_read_import(a_source(), as_json(rows) or b"[]")
            actions.take_over(import_id=begun.pk, by=SYSTEM, at=STARTED)
            left = queries.to_take_over(begun)
            take_over_portion(import_id=begun.pk, change_ids=left[: portions[0]], by=SYSTEM, at=STARTED)
            take_over_portion(
                import_id=begun.pk, change_ids=left[: portions[0]], by=SYSTEM, at=STARTED
            )  # twice
            tasks.carry_out.call(begun.pk)
            found.append(said())
    assert found[0] == found[1]


def test_an_interrupted_reading_begins_anew():
    source = a_source()
    begun = actions.begin(
        source_id=source.pk, file=received("l.json", as_json([an_institute(1)])), by=SYSTEM, at=STARTED
    )
    actions.keep_rows(
        import_id=begun.pk,
        changes=[Change(of_import=begun, row=1, key="i1", what=What.NEW)],
        by=SYSTEM,
        at=STARTED + timedelta(seconds=1),
    )
    tasks.go_on.call()
    tasks.read.call(begun.pk)
    begun.refresh_from_db()
    assert (begun.state, begun.rows) == (Read.PREVIEW, 1)


def test_nothing_is_found_by_verify():
    an_import(a_source(), as_json([an_institute(1), a_facility_row(1)]))
    assert list(queries.findings()) == []
