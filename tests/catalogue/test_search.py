"""The search box over real records: writings, languages, mistakes, facets, edits, and who is never found."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from landbridge.catalogue import actions
from landbridge.catalogue.models import IndexChange, Record
from landbridge.catalogue.search import FACETS, index, search
from landbridge.catalogue.search.finding import found_numbers
from landbridge.catalogue.states import Kind
from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.catalogue import (
    PUBLISHED,
    a_competence,
    a_published_record,
    a_record,
    a_withdrawn_record,
)
from tests.factories.finding import found_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: PUBLISHED)


def hits(text: str, **filters: Any) -> set[int]:
    return set(search(text, filters).hits)


class TestWords:
    def test_three_writings_of_one_thing_find_the_same(self, cast: Cast):
        said = {
            found_as(cast, name).pk
            for name in ("Single-cell RNA-Seq", "RNAseq of tumours", "RNA sequencing of blood")
        }
        found_as(cast, "Sequence of RNA-free steps in cell culture")
        for asked in ("RNA-Seq", "RNAseq", "RNA sequencing", "rna seq"):
            assert hits(asked) >= said, asked
        assert hits("RNA-Seq") == hits("RNAseq") == hits("RNA sequencing")

    def test_letters_of_german_and_french_are_found_with_and_without(self, cast: Cast):
        beetle = found_as(cast, "Käfer-Zellkultur").pk
        proteins = found_as(cast, "Protéomique à façon").pk
        assert hits("Käfer") == hits("kafer") == hits("kaefer") == {beetle}
        assert hits("proteomique") == hits("PROTÉOMIQUE") == {proteins}

    def test_plurals_and_typing_errors(self, cast: Cast):
        one = found_as(cast, "Confocal microscopes").pk
        found_as(cast, "Toxicology")
        assert hits("microscope") == hits("microscopes") == {one}
        found = search("confocla")
        assert set(found.hits) == {one}
        assert [(row.typed, row.proposed) for row in found.corrected] == [("confocla", "confocal")]
        assert search("confocla", literally=["confocla"]).total == 0

    def test_phrases_and_exclusions(self, cast: Cast):
        one, other = found_as(cast, "Cell culture rooms").pk, found_as(cast, "Culture of every cell").pk
        assert hits('"cell culture"') == {one}
        assert hits("cell culture") == {one, other}
        assert hits("cell -rooms") == {other}

    def test_synonyms_of_the_vocabulary_are_searched_and_can_be_undone(self, cast: Cast):
        a_competence("rna", "RNA sequencing", synonyms=["transcriptomics"])
        one = found_as(cast, "RNA sequencing").pk
        found = search("transcriptomics")
        assert set(found.hits) == {one}
        assert [(row.typed, row.added) for row in found.expanded] == [
            ("transcriptomics", ("RNA sequencing",))
        ]
        undone = search("transcriptomics", literally=["transcriptomics"])
        assert (undone.total, undone.undone) == (0, ("transcriptomics",))

    def test_a_record_is_found_by_its_competence_and_a_facility_by_its_parts(self, cast: Cast):
        a_competence("raman", "Raman spectroscopy")
        facility = found_as(cast, "Imaging hall", Kind.FACILITY)
        service = found_as(cast, "Tissue maps", parent=facility.pk, competences=["raman"])
        assert hits("spectroscopy") == {service.pk}
        assert hits("tissue maps") == {service.pk, facility.pk}

    def test_no_hit_offers_what_is_close(self, cast: Cast):
        one = found_as(cast, "Raman imaging").pk
        found = search("raman zeppelins")
        assert (found.total, found.close) == (0, (one,))


class TestFacets:
    def test_counts_are_those_of_the_database(self, cast: Cast):
        found_as(cast, "One", access_modes=["remote"], languages=["de"])
        found_as(cast, "Two", Kind.FACILITY, organisation=cast.belgian_institute, languages=["fr", "en"])
        found_as(
            cast, "Three", certificates=[{"scheme": "glp", "scope": "", "number": "", "expires_on": None}]
        )
        found = search("")
        rows = list(Record.objects.public().select_related("region"))
        assert found.total == len(rows) == 3
        assert found.facets["kind"] == dict(Counter(row.kind for row in rows))
        assert found.facets["country"] == dict(Counter(row.country for row in rows))
        assert found.facets["region"] == dict(Counter(row.region.key for row in rows if row.region))
        assert found.facets["language"] == dict(Counter(code for row in rows for code in row.languages))
        assert found.facets["certificate"] == {"glp": 1}
        assert found.facets["freshness"] == {"fresh": 3}
        assert set(found.facets) == set(FACETS)

    def test_a_chosen_value_leaves_the_others_of_its_facet_to_be_chosen(self, cast: Cast):
        one = found_as(cast, "One").pk
        two = found_as(cast, "Two", Kind.FACILITY).pk
        found = search("", {"kind": ["service"]})
        assert (set(found.hits), found.total) == ({one}, 1)
        assert found.facets["kind"] == {"service": 1, "facility": 1}
        assert hits("", kind=["service", "facility"]) == {one, two}

    def test_an_expired_certificate_does_not_count(self, cast: Cast):
        found_as(
            cast,
            "Old",
            certificates=[{"scheme": "gmp", "scope": "", "number": "", "expires_on": "2020-01-01"}],
        )
        assert search("").facets["certificate"] == {}

    def test_time_alone_changes_the_freshness(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        found_as(cast, "One")
        assert search("").facets["freshness"] == {"fresh": 1}
        monkeypatch.setattr(clock, "now", lambda: PUBLISHED + timedelta(days=366))
        assert search("").facets["freshness"] == {"overdue": 1}


class TestOrder:
    def test_by_name_and_by_distance(self, cast: Cast):
        far = found_as(cast, "Äpfel", latitude="55.70000", longitude="12.50000").pk
        near = found_as(cast, "Zebra", latitude="48.70000", longitude="9.10000").pk
        nowhere = found_as(cast, "Birne", latitude=None, longitude=None)
        Record.objects.filter(pk=nowhere.pk).update(latitude=None, longitude=None)
        assert search("", sort="name").hits == (far, nowhere.pk, near)
        assert search("", sort=f"near-{cast.stuttgart.key}").hits == (near, far, nowhere.pk)

    def test_pages_of_one_search_hold_every_hit_once(self, cast: Cast):
        every = [found_as(cast, f"Assay {number}").pk for number in range(7)]
        for sort in ("", "name"):
            pages = [search("assay", page=page, sort=sort, size=3).hits for page in (1, 2, 3)]
            assert sorted(one for page in pages for one in page) == every


class TestInStep:
    def test_an_edit_is_found_at_once(self, cast: Cast):
        record = found_as(cast, "Alpha")
        assert hits("alpha") == {record.pk}
        actions.edit(record_id=record.pk, values={"name": "Omega"}, by=SYSTEM, at=PUBLISHED)
        assert (hits("alpha"), hits("omega")) == (set(), {record.pk})

    def test_what_is_not_public_is_found_by_nobody(self, cast: Cast):
        a_record(cast, name="Raman draft")
        a_withdrawn_record(cast, name="Raman withdrawn")
        expert = a_record(cast, Kind.EXPERT, name="Raman expert")
        actions.publish(record_id=expert.pk, by=SYSTEM, at=PUBLISHED)  # has not agreed yet
        hidden = a_published_record(cast, name="Raman hidden")
        assert hits("raman") == {hidden.pk}
        actions.hide(record_id=hidden.pk, reason="Not reachable.", by=SYSTEM, at=PUBLISHED)
        found = search("raman")
        assert (found.hits, found.total, found.close) == ((), 0, ())
        assert found_numbers("") == []

    def test_an_index_that_is_behind_shows_nothing_that_is_not_public(self, cast: Cast):
        record = found_as(cast, "Raman")
        assert hits("raman") == {record.pk}
        Record.objects.filter(pk=record.pk).update(consented_at=None)  # and no change was noted
        assert hits("raman") == set()

    def test_an_index_of_another_database_is_made_anew(self, cast: Cast):
        found_as(cast, "Raman")
        assert search("").total == 1
        IndexChange.objects.all().delete()
        Record.objects.all().update(consented_at=None)
        assert search("").total == 0

    def test_numbers_that_come_late_are_read_late(self, cast: Cast):
        one = found_as(cast, "Early")
        assert hits("early") == {one.pk}
        late = IndexChange.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
        two = found_as(cast, "Next")
        Record.objects.filter(pk=one.pk).update(name="Renamed")
        IndexChange.objects.filter(pk=late).delete()  # as if its transaction were still open
        assert hits("next") == {two.pk}
        IndexChange.objects.create(pk=late, record_id=one.pk, at=PUBLISHED)
        IndexChange.objects.create(record_id=two.pk, at=PUBLISHED)
        assert hits("renamed") == {one.pk}

    def test_a_crash_between_index_and_mark_changes_nothing(self, cast: Cast):
        one = found_as(cast, "Raman")
        assert hits("raman") == {one.pk}
        for follower in index.followers():
            follower.path.unlink()
        assert (hits("raman"), search("").total) == ({one.pk}, 1)

    def test_what_is_not_committed_is_not_indexed(self, cast: Cast):
        found_as(cast, "First")
        assert search("").total == 1
        with transaction.atomic():
            found_as(cast, "Second")
            assert search("").total == 1
            transaction.set_rollback(True)
        assert search("").total == 1

    def test_the_commands_say_how_far_it_is(self, cast: Cast):
        found_as(cast, "Raman")
        assert index.status()[0]["built"] is False
        assert set(index.rebuild().values()) == {1}
        assert [(row["records"], row["unread"]) for row in index.status()] == [(1, 0)] * len(
            index.followers()
        )
        assert set(index.update().values()) == {0}
