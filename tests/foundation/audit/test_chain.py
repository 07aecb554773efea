"""The chain of seals: any change behind it is found, and writers at the same moment do not break it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from landbridge.foundation.audit import chain, tasks
from landbridge.foundation.audit.models import Entry, Seal
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import SYSTEM
from tests.emptying import triggers_out_of_the_way
from tests.factories.organisations import an_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def three_seals() -> None:
    organisation = an_organisation()
    for number in range(6):
        record("organisation.tried", organisation, by=SYSTEM, at=AT, number=number)
        if number % 2:
            chain.seal(at=AT)


def test_seals_cover_everything_once_and_continue_each_other():
    three_seals()
    seals = list(Seal.objects.order_by("pk"))
    assert [seal.entries for seal in seals] == [2, 2, 2]
    assert [seal.previous for seal in seals] == [chain.GENESIS, seals[0].hash, seals[1].hash]
    assert chain.seal(at=AT) is None
    assert list(chain.findings()) == []
    assert str(seals[0]) == f"{seals[0].first_entry_id} to {seals[0].last_entry_id}"


def test_the_job_seals_whatever_there_is(monkeypatch):
    monkeypatch.setattr(chain, "MOST_AT_ONCE", 2)
    organisation = an_organisation()
    for _ in range(5):
        record("organisation.tried", organisation, by=SYSTEM, at=AT)
    tasks.seal.func()
    assert [seal.entries for seal in Seal.objects.order_by("pk")] == [2, 2, 1]
    assert list(chain.findings()) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("event", "organisation.blessed"),
        ("subject_table", "calls.call"),
        ("subject_id", 4711),
        ("subject_name", "Somebody else"),
        ("person_id", 4711),
        ("person_name", "Somebody else"),
        ("role", "office"),
        ("details", {"number": 99}),
    ],
)
def test_a_changed_entry_is_found_whatever_was_changed(column, value):
    three_seals()
    entry = Entry.objects.order_by("pk")[2]
    with triggers_out_of_the_way("audit_entry"):
        Entry.objects.filter(pk=entry.pk).update(**{column: value})
    [finding] = chain.findings()
    assert "were changed after they were sealed" in finding


def test_an_entry_that_was_taken_away_is_found():
    three_seals()
    with triggers_out_of_the_way("audit_entry"):
        Entry.objects.filter(pk=Entry.objects.order_by("pk")[3].pk).delete()
    [finding] = chain.findings()
    assert "covers 2 entries; the record holds 1" in finding


@pytest.mark.parametrize("pk", [0, -1])
def test_an_entry_that_was_slipped_in_is_found(pk):
    three_seals()
    Entry.objects.create(
        pk=pk, at=AT, event="organisation.slipped_in", subject_table="organisations.organisation", subject_id=1,
        subject_name="x", person_name="x", role="",
    )  # fmt: skip
    [finding] = chain.findings()
    assert "covers 2 entries; the record holds 3" in finding


def test_a_seal_that_was_taken_away_or_replaced_is_found():
    three_seals()
    second = Seal.objects.order_by("pk")[1]
    with triggers_out_of_the_way("audit_seal"):
        second.delete()
    assert any("does not continue the seal before it" in finding for finding in chain.findings())


def test_history_rewritten_with_its_seal_breaks_the_next_link():
    three_seals()
    with triggers_out_of_the_way("audit_entry"), triggers_out_of_the_way("audit_seal"):
        second = Seal.objects.order_by("pk")[1]
        Entry.objects.filter(pk=second.last_entry_id).update(event="organisation.blessed")
        entries = list(
            Entry.objects.filter(pk__gte=second.first_entry_id, pk__lte=second.last_entry_id).order_by("pk")
        )
        Seal.objects.filter(pk=second.pk).update(hash=chain._hash(second.previous, entries))
    [finding] = chain.findings()
    assert "does not continue" in finding


@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_at_the_same_moment_leave_no_gap():
    organisation = an_organisation()
    together = threading.Barrier(6)
    errors: list[Exception] = []

    def write() -> None:
        for _ in range(10):
            with transaction.atomic():
                record("organisation.tried", organisation, by=SYSTEM, at=AT)

    def seal() -> None:
        for _ in range(6):
            chain.seal(at=AT)

    def run(work) -> None:
        try:
            together.wait(timeout=20)
            work()
        except Exception as error:  # noqa: BLE001 - looked at below
            errors.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(work,)) for work in (write, write, write, write, seal, seal)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    chain.seal(at=AT)
    assert errors == []
    assert Entry.objects.count() == 40
    assert sum(Seal.objects.values_list("entries", flat=True)) == 40
    assert list(chain.findings()) == []
