"""The record: written with its change, kept by the database, shown as history."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.template import Context, Template

from landbridge.foundation.audit import chain
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.audit.record import record
from landbridge.foundation.audit.templatetags.history import line_of
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from tests.factories.budgets import a_line
from tests.factories.organisations import an_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
OLGA = Actor(person_id=7, name="Olga Office", role=Role.OFFICE)


def test_an_entry_says_who_what_and_when_without_pointing_at_anything():
    organisation = an_organisation(name="Ünï GmbH")
    record("organisation.renamed", organisation, by=OLGA, at=AT, reason="Merged")
    organisation_id = organisation.pk
    organisation.delete()
    entry = Entry.objects.get()
    assert (entry.event, entry.subject_table, entry.subject_id, entry.subject_name) == (
        "organisation.renamed",
        "organisations.organisation",
        organisation_id,
        "Ünï GmbH",
    )
    assert (entry.person_id, entry.person_name, entry.role, entry.at) == (7, "Olga Office", "office", AT)
    assert entry.details == {"reason": "Merged"}
    assert str(entry) == "organisation.renamed Ünï GmbH"


def test_details_are_plain():
    details = {
        "amount": euro("12.50"),
        "day": date(2026, 3, 1),
        "moment": AT,
        "rate": Decimal("1.1"),
        "yes": True,
        "none": None,
        "many": ["a"],
    }
    record("organisation.tried", an_organisation(), by=SYSTEM, at=AT, **details)
    assert Entry.objects.get().details == {
        "amount": "EUR 12.50",
        "day": "2026-03-01",
        "moment": "2026-03-01T09:00:00+00:00",
        "rate": "1.1",
        "yes": True,
        "none": None,
        "many": ["a"],
    }


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError, match="outside a transaction"):
        record("organisation.tried", an_organisation(), by=SYSTEM, at=AT)
    assert not Entry.objects.exists()


def test_a_change_that_is_undone_leaves_no_entry():
    with transaction.atomic():
        record("organisation.tried", an_organisation(), by=SYSTEM, at=AT)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", "budgets_entry"])
def test_the_database_refuses_to_change_what_is_written(table):
    a_line(free=euro(100))
    chain.seal(at=AT)
    statements = [f"UPDATE {table} SET id = id", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        statements.append(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_history_is_newest_first_and_of_these_objects_alone():
    one, two, other = an_organisation(), an_organisation(), an_organisation()
    for subject, event in ((one, "first"), (other, "elsewhere"), (two, "second"), (one, "third")):
        record(f"organisation.{event}", subject, by=OLGA, at=AT)
    assert [event.event.partition(".")[2] for event in history_of(one, two)] == ["third", "second", "first"]
    assert len(history_of(one, two, most=2)) == 2
    assert history_of() == []


def test_a_line_of_history_in_words():
    record("bank_account.approved", an_organisation(), by=OLGA, at=AT, reason="Seen <b>")
    record("organisation.registered", an_organisation(), by=SYSTEM, at=AT, reason=3)
    by_system, by_office = [line_of(event) for event in history_of(*Organisation.objects.all())]
    assert (by_office.text, by_office.by, by_office.note) == (
        "Account approved",
        "Olga Office (Programme office)",
        "Seen <b>",
    )
    assert (by_system.by, by_system.note) == ("Landbridge", "")


def test_the_tag_shows_history_escaped():
    organisation = an_organisation()
    page = Template("{% load history %}{% history organisation %}")
    assert "Nothing has happened yet" in page.render(Context({"organisation": organisation}))
    record("organisation.closed", organisation, by=OLGA, at=AT, reason="<script>alert(1)</script>")
    shown = page.render(Context({"organisation": organisation}))
    assert "1 entry" in shown
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
