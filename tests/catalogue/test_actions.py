"""Records: written, looked at, published, confirmed, hidden, withdrawn; what is told and what is refused."""

from __future__ import annotations

import pytest

from landbridge.catalogue.models import IndexChange, Record
from landbridge.catalogue.states import Kind, S
from tests.cast import Cast
from tests.factories.catalogue import a_published_record, a_record, a_waiting_record, a_withdrawn_record

pytestmark = pytest.mark.django_db


def test_a_record_of_each_kind_is_written_and_published(cast: Cast):
    for kind in Kind:
        record = a_published_record(cast, kind)
        assert record.state == S.PUBLISHED
        assert record in Record.objects.public()
    assert IndexChange.objects.count() > len(Kind)


def test_the_situations_of_the_factories(cast: Cast):
    assert a_record(cast).state == S.DRAFT
    assert a_waiting_record(cast, name="Other").state == S.REVIEW
    successor = a_published_record(cast, name="New")
    assert a_withdrawn_record(cast, successor=successor, name="Old").successor == successor
