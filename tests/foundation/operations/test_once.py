"""The same form posted twice is carried out once and answered the same, also at the same moment."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from landbridge.foundation.operations.models import Operation
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.actor import ANYONE, Actor
from landbridge.foundation.problems import Refused, refuse
from landbridge.organisations.models import Organisation
from tests.factories.organisations import an_organisation

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
KEY = "7a7a5f6e-2f0e-4b6c-9a58-0a4f4c1f0001"
ANNA, BERT = Actor(person_id=1, name="Anna"), Actor(person_id=2, name="Bert")


def post(place: str = "/a/form/", *, key: str | None = KEY, by: Actor = ANNA):
    request = RequestFactory().post(place, {} if key is None else {"operation_key": key})
    request.actor, request.now = by, AT
    return request


@pytest.mark.django_db
def test_a_second_post_gets_the_first_ones_result():
    first = once(post(), an_organisation)
    second = once(post(), an_organisation)
    assert first == second
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other", [post("/another/form/"), post(by=BERT), post(by=ANYONE), post(key=str(uuid.uuid4()))]
)
def test_another_form_person_or_key_is_another_operation(other):
    first = once(post(), an_organisation)
    assert once(other, an_organisation) != first
    assert Organisation.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "", "not a key", "\x00", KEY * 30])
def test_without_a_key_the_post_is_carried_out_as_it_is(key):
    assert once(post(key=key), an_organisation) != once(post(key=key), an_organisation)
    assert Operation.objects.count() == 0


@pytest.mark.django_db
def test_a_refused_form_may_be_sent_again_with_its_key():
    with pytest.raises(Refused):
        once(post(), lambda: refuse("no", "Not like this."))
    assert Operation.objects.count() == 0
    assert once(post(), an_organisation).pk


@pytest.mark.django_db
def test_a_mistake_of_the_action_is_not_taken_for_a_second_post():
    def twice_the_same() -> Organisation:
        organisation = an_organisation()
        return an_organisation(pk=organisation.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        once(post(), twice_the_same)


@pytest.mark.django_db
def test_what_is_gone_since_is_refused_not_made_anew():
    once(post(), an_organisation).delete()
    with pytest.raises(Refused, match="gone_since"):
        once(post(), an_organisation)


@pytest.mark.django_db
def test_an_operation_says_where_it_came_from():
    once(post("/" + "x" * 500), an_organisation)
    operation = Operation.objects.get()
    assert str(operation).startswith("/xxx")
    assert len(operation.place) == 200


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_the_same_moment_are_one():
    together = threading.Barrier(4)
    answers: list[object] = []

    def send() -> None:
        try:
            together.wait(timeout=20)
            answers.append(once(post(), an_organisation).pk)
        except Exception as error:  # noqa: BLE001 - looked at below
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert answers == [Organisation.objects.get().pk] * 4
