"""The pages of the record: who reads what, in slices, with filters, and whether the chain holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from landbridge.foundation.audit import chain
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import SYSTEM

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def as_(client, cast, settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"

    def sign_in(name):
        client.force_login(getattr(cast, name))
        return client

    return sign_in


def happened(subject, *, event="thing.done", times=1):
    with transaction.atomic():
        for number in range(times):
            record(event, subject, by=SYSTEM, at=AT, number=number)


def page_of(client, **asked):
    response = client.get("/record/", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_the_record_is_read_newest_first_in_slices(as_, cast):
    happened(cast.danish_company, times=120)
    client = as_("auditor")
    first = page_of(client)
    assert first.count("thing.done") == 50
    last = Entry.objects.order_by("-pk")[49].pk
    second = page_of(client, after=last)
    assert second.count("thing.done") == 50
    assert page_of(client, after=Entry.objects.order_by("-pk")[99].pk).count("thing.done") == 20
    back = page_of(client, before=Entry.objects.order_by("-pk")[50].pk)
    assert back.count("thing.done") == 50


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "x"},
        {"before": "9" * 40},
        {"after": "-1"},
        {"q": "\x00"},
        {"since_day": "31", "since_month": "2", "since_year": "2026"},
    ],
)
def test_bad_addresses_are_no_mistake(as_, cast, asked):
    happened(cast.danish_company)
    page_of(as_("auditor"), **asked)


def test_filters_find_events_subjects_and_people(as_, cast):
    happened(cast.danish_company, event="company.seen")
    client = as_("network_office")
    assert "company.seen" in page_of(client, q="danish")
    assert "company.seen" in page_of(client, q="seen", person="landbridge")
    assert "company.seen" not in page_of(client, person="nobody")
    assert "company.seen" not in page_of(client, since_day="1", since_month="5", since_year="2026")


def test_the_office_of_another_programme_does_not_read_what_happened_here(as_, cast):
    from tests.factories.applications import a_submitted_application

    application = a_submitted_application(cast)
    happened(application, event="application.touched")
    assert "application.touched" in page_of(as_("office"))
    assert "application.touched" not in page_of(as_("other_office"))
    table = b"".join(as_("other_office").get("/record/export.csv")).decode()
    assert "application.touched" not in table


@pytest.mark.parametrize("address", ["/record/", "/record/export.csv", "/record/verification/"])
def test_others_do_not_read_it(as_, cast, address):
    for name in ("danish_sme", "finance", "mallory", "stuttgart_broker"):
        assert as_(name).get(address).status_code == 403


def test_the_table_holds_the_same_entries(as_, cast):
    happened(cast.danish_company, times=3)
    table = b"".join(as_("auditor").get("/record/export.csv", {"q": "thing"})).decode()
    assert table.count("thing.done") == 3


def test_a_sound_chain_is_called_sound(as_, cast):
    happened(cast.danish_company)
    chain.seal(at=AT)
    page = as_("auditor").get("/record/verification/").content.decode()
    assert "Every sealed entry is as it was written" in page
    assert "Verify the chain" in page_of(as_("auditor"))


def test_a_broken_chain_is_named(as_, cast, monkeypatch):
    monkeypatch.setattr(
        chain, "findings", lambda: iter(["Audit entries 1 to 2 were changed after they were sealed."])
    )
    assert "were changed" in as_("auditor").get("/record/verification/").content.decode()
