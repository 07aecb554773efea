"""The vocabulary: loaded twice without change, proposed, accepted, refused, merged; files of other vocabularies."""

from __future__ import annotations

import json

import pytest

from landbridge.catalogue import actions, queries, rules
from landbridge.catalogue.models import Competence
from landbridge.catalogue.states import Term
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.cast import Cast
from tests.factories.catalogue import PUBLISHED, WRITTEN, a_record

pytestmark = pytest.mark.django_db


@pytest.mark.once
def test_the_own_list_is_in_order():
    words = rules.own_words()
    keys = [word.key for word in words]
    assert len(set(keys)) == len(keys) >= 80
    assert all(not word.broader or word.broader in keys for word in words)
    spellings = [one.casefold() for word in words for one in (word.name, *word.synonyms)]
    assert len(set(spellings)) == len(spellings)


def test_loading_twice_changes_nothing():
    assert actions.vocabulary.load(by=SYSTEM, at=WRITTEN) == len(rules.own_words())
    assert actions.vocabulary.load(by=SYSTEM, at=WRITTEN) == 0
    assert Competence.objects.get(key="rna-sequencing").broader == Competence.objects.get(key="sequencing")


def test_a_term_is_found_under_each_spelling():
    actions.vocabulary.load(by=SYSTEM, at=WRITTEN)
    for spelling in ("rnaseq", "RNA  sequencing", "RNA-Sequenzierung"):
        found = queries.term_called(spelling)
        assert found is not None
        assert found.key == "rna-sequencing"


def test_a_proposed_term_waits_and_is_accepted(cast: Cast):
    record = a_record(cast)
    term = actions.vocabulary.propose(
        name="Optical  tweezers", record_id=record.pk, by=cast.actor("german_provider"), at=WRITTEN
    )
    assert (term.name, term.state) == ("Optical tweezers", Term.PROPOSED)
    assert queries.values_of(record)["competences"] == []
    actions.edit(record_id=record.pk, values={"competences": []}, by=SYSTEM, at=WRITTEN)
    with pytest.raises(NotAllowed):
        actions.vocabulary.accept(term_id=term.pk, by=cast.actor("german_provider"), at=PUBLISHED)
    actions.vocabulary.accept(term_id=term.pk, name="Optical trapping", by=cast.actor("office"), at=PUBLISHED)
    assert queries.values_of(record)["competences"] == ["optical-tweezers"]
    with pytest.raises(Refused, match="decided_already"):
        actions.vocabulary.refuse_term(term_id=term.pk, by=cast.actor("office"), at=PUBLISHED)


def test_a_merged_term_becomes_a_synonym_that_outlives_loading(cast: Cast):
    actions.vocabulary.load(by=SYSTEM, at=WRITTEN)
    record = a_record(cast)
    term = actions.vocabulary.propose(
        name="Cell counting by light", record_id=record.pk, by=cast.actor("german_provider"), at=WRITTEN
    )
    into = Competence.objects.get(key="flow-cytometry")
    actions.vocabulary.merge(term_id=term.pk, into_id=into.pk, by=cast.actor("office"), at=PUBLISHED)
    assert queries.values_of(record)["competences"] == ["flow-cytometry"]
    assert actions.vocabulary.load(by=SYSTEM, at=PUBLISHED) == 0
    into.refresh_from_db()
    assert "Cell counting by light" in into.synonyms
    assert queries.term_called("cell counting by light") == into


def test_a_refused_term_leaves_the_records(cast: Cast):
    record = a_record(cast)
    term = actions.vocabulary.propose(
        name="Magic", record_id=record.pk, by=cast.actor("german_provider"), at=WRITTEN
    )
    actions.vocabulary.refuse_term(term_id=term.pk, by=cast.actor("office"), at=PUBLISHED)
    assert not record.competences.exists()


@pytest.mark.once
def test_files_of_other_vocabularies_are_read():
    words = rules.words_of_file(
        [
            json.dumps(
                {
                    "id": "http://edamontology.org/topic_0078",
                    "label": "Proteins",
                    "synonyms": ["Protein databases"],
                    "parents": ["http://edamontology.org/topic_3307"],
                }
            ),
            "",
            '{"code":"/21/33","label":"health sciences","parent":"/21","level":2}',
            '{"code":"/21","label":"medical sciences","level":1}',
        ]
    )
    assert [(word.key, word.broader, word.vocabulary) for word in words] == [
        ("edam-topic-0078", "edam-topic-3307", "edam"),
        ("euroscivoc-21-33", "euroscivoc-21", "euroscivoc"),
        ("euroscivoc-21", "", "euroscivoc"),
    ]
    for line in ("{", "[]", '{"label": "x"}', '{"id": 7, "label": "x"}'):
        with pytest.raises(ValueError, match="Line 1"):
            rules.words_of_file([line])


@pytest.mark.once
def test_a_term_is_a_name():
    assert [problem.code for problem in rules.problems_with_term(" ")] == ["no_term"]
    assert [problem.code for problem in rules.problems_with_term("x" * 121)] == ["long_term"]
    assert list(rules.problems_with_term("PCR")) == []
    assert rules.key_of("Énergie & Cœur!") == "energie-cur"
    assert rules.key_of("化学") == "term"
