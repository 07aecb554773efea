from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.people import actions
from landbridge.foundation.people.models import Consent, Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.problems import NotAllowed, Refused

from .conftest import AT

pytestmark = pytest.mark.django_db


def events(person):
    return [event.event for event in history_of(person)]


def test_registering_makes_an_account_without_a_password():
    person = actions.register(name="Dagny", email="Dagny@example.org", at=AT)
    assert (person.email, person.created_at, person.has_usable_password()) == ("dagny@example.org", AT, False)
    assert not EmailAddress.objects.filter(user=person).exists()
    assert events(person) == ["person.registered"]


def test_registering_somebody_else_confirms_their_address_and_says_who_did_it():
    person = actions.register(
        name="Anna", email="anna@example.org", password="x" * 20, email_confirmed=True,
        demonstration_note="Assessor", at=AT, by=SYSTEM,
    )  # fmt: skip
    assert EmailAddress.objects.get(user=person).verified
    assert person.check_password("x" * 20)
    assert person.is_demonstration
    assert history_of(person)[0].person_name == "Landbridge"


def test_a_password_that_everyone_knows_gets_a_full_hash_when_it_is_used(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    person = actions.register(name="Anna", email="a@example.org", password="x", demonstration_note="A", at=AT)
    assert person.password.split("$")[1] == "1000"
    assert person.check_password("x")
    assert int(Person.objects.get().password.split("$")[1]) > 500_000


def test_a_taken_address_is_refused_in_any_spelling(dagny):
    with pytest.raises(Refused) as refusal:
        actions.register(name="Other", email="DAGNY@EXAMPLE.ORG", at=AT)
    assert [problem.code for problem in refusal.value.problems] == ["address_taken"]


@pytest.mark.parametrize("email", ["no address", "a@" + "b" * 260 + ".org"])
def test_what_is_no_address_is_not_stored(email):
    with pytest.raises(ValidationError):
        actions.register(name="Dagny", email=email, at=AT)
    assert not Person.objects.exists()


def test_changing_the_profile_records_what_changed(dagny):
    me = actions.as_actor(dagny)
    actions.change_profile(person_id=dagny.pk, name="Dagny D", language="en-gb", by=me, at=AT)
    assert Person.objects.get().name == "Dagny D"
    assert history_of(dagny)[0].details == {"fields": ["name"]}


def test_a_profile_left_as_it_is_leaves_no_record(dagny):
    me = actions.as_actor(dagny)
    actions.change_profile(person_id=dagny.pk, name=dagny.name, language=dagny.language, by=me, at=AT)
    assert "person.profile_changed" not in events(dagny)


def test_nobody_changes_the_account_of_another(dagny):
    mallory = Actor(person_id=dagny.pk + 1, name="Mallory")
    with pytest.raises(NotAllowed):
        actions.change_profile(person_id=dagny.pk, name="X", language="en-gb", by=mallory, at=AT)
    with pytest.raises(NotAllowed):
        actions.give_consent(person_id=dagny.pk, purpose="news", by=mallory, at=AT)
    with pytest.raises(NotAllowed):
        actions.withdraw_consent(person_id=dagny.pk, purpose="news", by=mallory, at=AT)


def test_a_consent_given_twice_is_one(dagny):
    me = actions.as_actor(dagny)
    first = actions.give_consent(person_id=dagny.pk, purpose="news", by=me, at=AT)
    assert actions.give_consent(person_id=dagny.pk, purpose="news", by=me, at=AT + timedelta(days=1)) == first


def test_a_new_text_asks_for_a_new_consent(dagny, monkeypatch):
    me = actions.as_actor(dagny)
    actions.give_consent(person_id=dagny.pk, purpose="news", by=me, at=AT)
    monkeypatch.setitem(actions.TEXT_VERSIONS, "news", "2027-01")
    actions.give_consent(person_id=dagny.pk, purpose="news", by=me, at=AT + timedelta(days=1))
    rows = Consent.objects.order_by("pk").values_list("text_version", "withdrawn_at")
    assert [(version, ended is None) for version, ended in rows] == [("2026-11", False), ("2027-01", True)]


def test_a_consent_taken_back_stays_as_proof(dagny):
    me = actions.as_actor(dagny)
    actions.give_consent(person_id=dagny.pk, purpose="news", by=me, at=AT)
    actions.withdraw_consent(person_id=dagny.pk, purpose="news", by=me, at=AT + timedelta(days=1))
    actions.withdraw_consent(person_id=dagny.pk, purpose="news", by=me, at=AT + timedelta(days=2))
    assert Consent.objects.get().withdrawn_at == AT + timedelta(days=1)
    assert events(dagny)[0] == "person.consent_withdrawn"


def test_the_notice_on_personal_data_cannot_be_taken_back(dagny):
    me = actions.as_actor(dagny)
    actions.give_consent(person_id=dagny.pk, purpose="privacy", by=me, at=AT)
    with pytest.raises(Refused):
        actions.withdraw_consent(person_id=dagny.pk, purpose="privacy", by=me, at=AT)
    assert Consent.objects.get().withdrawn_at is None
