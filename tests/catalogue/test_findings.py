"""What `landbridge verify` finds in the catalogue, the truths of its tables, and the command for vocabularies."""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from landbridge.catalogue import actions
from landbridge.catalogue.models import Competence, Edit, OwnershipClaim, Record
from landbridge.catalogue.queries.findings import findings
from landbridge.catalogue.states import Claim, Kind, S, Term
from landbridge.command import vocabulary
from landbridge.command.line import CommandFailed
from tests.cast import Cast
from tests.factories.catalogue import (
    PUBLISHED,
    a_competence,
    a_published_record,
    a_record,
    a_withdrawn_record,
)

pytestmark = pytest.mark.django_db


def test_all_is_well(cast: Cast):
    facility = a_published_record(cast, Kind.FACILITY)
    a_published_record(cast, parent=facility.pk)
    a_published_record(cast, Kind.EXPERT)
    a_withdrawn_record(cast, successor=facility, name="Old")
    assert list(findings()) == []


def test_what_contradicts_itself_is_named(cast: Cast):
    one, other = a_withdrawn_record(cast), a_withdrawn_record(cast)
    Record.objects.filter(pk=one.pk).update(successor=other)
    Record.objects.filter(pk=other.pk).update(successor=one)
    unseen = a_published_record(cast)
    Record.objects.filter(pk=unseen.pk).update(consented_at=None, parent=one)
    term = a_competence(state=Term.REFUSED)
    unseen.competences.add(term)
    OwnershipClaim.objects.create(
        organisation=cast.german_institute, person_id=cast.mallory.pk, person_name="M", email="m@example.org",
        way="code", state=Claim.PROVED, claimed_at=PUBLISHED,
    )  # fmt: skip
    found = "\n".join(findings())
    for words in ("not shown", "no facility", "circle", "nobody got the hat", "not in the list"):
        assert words in found, words


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "castle"}, {"state": "gone"}, {"state": S.PUBLISHED}, {"latitude": 95}, {"longitude": None},
        {"state": S.DRAFT, "successor": True},
    ],
)  # fmt: skip
def test_the_database_keeps_records_true(cast: Cast, changes: dict[str, Any]):
    record = a_record(cast)
    if "successor" in changes:
        changes = {**changes, "successor": record}
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=record.pk).update(**changes)


def test_the_database_keeps_the_rest_true(cast: Cast):
    record = a_record(cast)
    a_record(cast, Kind.ORGANISATION)
    term = a_competence()
    claim = {
        "organisation": cast.german_institute, "person_id": 1, "person_name": "M", "email": "m@example.org",
        "way": "code", "claimed_at": PUBLISHED,
    }  # fmt: skip
    OwnershipClaim.objects.create(**claim)
    for wrong in (
        lambda: Edit.objects.create(record=record, version=1, person_name="x", at=PUBLISHED),
        lambda: Record.objects.filter(pk=record.pk).update(kind=Kind.ORGANISATION),
        lambda: record.service.__class__.objects.update(biosafety_level=9),
        lambda: Competence.objects.filter(pk=term.pk).update(state=Term.MERGED),
        lambda: Competence.objects.filter(pk=term.pk).update(state="x"),
        lambda: OwnershipClaim.objects.create(**claim),
        lambda: OwnershipClaim.objects.update(state="x"),
        lambda: record.suggestions.create(suggested_at=PUBLISHED, decided_at=PUBLISHED),
        lambda: record.identifiers.bulk_create(
            [record.identifiers.model(record=record, scheme="doi", value="1")] * 2
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_a_vocabulary_is_taken_over_once_and_its_licence_shown(tmp_path: Path):
    path = tmp_path / "terms.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(
            '{"code":"/21","label":"medical sciences"}\n{"code":"/21/33","label":"health","parent":"/21"}\n'
        )
    answer = vocabulary.run(argparse.Namespace(file=path))
    assert answer.lines[0] == "2 terms read, 2 new or changed."
    assert "CC BY 4.0" in answer.lines[1]
    assert vocabulary.run(argparse.Namespace(file=path)).data["changed"] == 0
    assert vocabulary.run(argparse.Namespace(file=None)).data["read"] == len(
        actions.vocabulary.rules.own_words()
    )
    for content in (b"{", b"\x1f\x8b\x00", b"\xff\xfe"):
        wrong = tmp_path / "wrong.jsonl"
        wrong.write_bytes(content)
        with pytest.raises(CommandFailed, match="cannot be read"):
            vocabulary.run(argparse.Namespace(file=wrong))
