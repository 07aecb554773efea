from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from landbridge.foundation.people.models import Consent, Person

from .conftest import AT

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_and_found_in_lower_case():
    Person.objects.create(email=" Dagny@Example.ORG ", name="Dagny")
    assert Person.objects.get(email="DAGNY@example.org").email == "dagny@example.org"
    assert Person.objects.get_by_natural_key("Dagny@example.org").name == "Dagny"


def test_nobody_has_two_accounts_that_differ_in_a_capital():
    Person.objects.create(email="dagny@example.org", name="Dagny")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="DAGNY@example.org", name="Dagny again")


def test_the_database_refuses_capitals_that_come_another_way():
    person = Person.objects.create(email="dagny@example.org", name="Dagny")
    change = "UPDATE people_person SET email = 'DAGNY@example.org' WHERE id = %s"
    with connection.cursor() as cursor, transaction.atomic():
        with pytest.raises(IntegrityError, match="an_address_is_kept_in_lower_case"):
            cursor.execute(change, [person.pk])
        transaction.set_rollback(True)


def test_a_consent_holds_once_for_each_purpose(dagny):
    Consent.objects.create(person=dagny, purpose="news", text_version="1", given_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person=dagny, purpose="news", text_version="2", given_at=AT)


def test_a_consent_is_withdrawn_after_it_was_given(dagny):
    with pytest.raises(IntegrityError, match="a_consent_is_withdrawn_after"), transaction.atomic():
        Consent.objects.create(
            person=dagny, purpose="news", text_version="1", given_at=AT, withdrawn_at=AT - timedelta(days=1)
        )


def test_the_cast_is_who_is_invented_active_and_described():
    Person.objects.create(email="a@example.org", name="A", is_demonstration=True, demonstration_note="Broker")
    Person.objects.create(email="b@example.org", name="B", is_demonstration=True)
    Person.objects.create(email="c@example.org", name="C", demonstration_note="Broker")
    Person.objects.create(
        email="d@example.org", name="D", is_demonstration=True, demonstration_note="Broker", is_active=False
    )
    assert [person.name for person in Person.objects.cast()] == ["A"]
