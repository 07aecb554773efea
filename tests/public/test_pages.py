"""The open site: every page for everyone, the same number of queries for any number of rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from landbridge.calls.models import Call
from landbridge.calls.states import S as CallState
from landbridge.foundation import clock
from tests.factories.applications import CLOSES, DURING, an_offer, an_open_call, another_company
from tests.factories.calls import a_draft, a_published_call
from tests.factories.programmes import a_published_figure
from tests.factories.vouchers import a_voucher

pytestmark = pytest.mark.django_db

PAGES = (
    "home", "calls", "how_it_works", "regions", "programmes", "awards", "figures", "about", "accessibility",
    "data_protection", "robots", "sitemap", "security",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _during(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: DURING)


def some_vouchers(cast, how_many):
    offer = an_offer(an_open_call(cast.phase))
    return [
        a_voucher(cast, offer=offer, applicant=another_company(cast, f"Company {number}"))
        for number in range(how_many)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_without_any_data(client, db, name):
    assert client.get(reverse(f"public:{name}")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_with_data(client, cast, name):
    some_vouchers(cast, 2)
    assert client.get(reverse(f"public:{name}")).status_code == 200


def test_the_landing_page_needs_at_most_ten_queries(client, cast, django_assert_max_num_queries):
    some_vouchers(cast, 3)
    with django_assert_max_num_queries(10):
        page = client.get("/").content.decode()
    assert "Call 4" in page
    assert reverse("public:region", args=["zealand"]) in page


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/awards/",
        "/results/",
        "/regions/zealand/",
        "/programme/test-programme/",
        "/calls/",
        "/programme/",
    ],
)
def test_three_rows_cost_as_many_queries_as_one(client, cast, address, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first = some_vouchers(cast, 1)[0]
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    offer = first.application.offer
    for name in ("Two", "Three"):
        a_voucher(cast, offer=offer, applicant=another_company(cast, name))
    with django_assert_num_queries(len(with_one)):
        assert client.get(address).status_code == 200


# ── Calls ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_call_says_what_it_offers_and_leads_to_signing_in(client, cast):
    call = a_published_call(phase=cast.phase)
    page = client.get(call.get_absolute_url()).content.decode()
    assert call.terms_hash in page
    assert reverse("account_login") in page
    assert "desk@zealand.example.org" in page


def test_a_company_begins_its_application_on_the_call_page(client, cast, settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    offer = an_offer(an_open_call(cast.phase))
    client.force_login(cast.danish_sme)
    page = client.get(offer.call.get_absolute_url()).content.decode()
    assert reverse("applications:draft", args=[offer.pk]) in page


def test_nobody_begins_after_the_call_has_closed(client, cast, monkeypatch):
    offer = an_offer(an_open_call(cast.phase))
    monkeypatch.setattr(clock, "now", lambda: CLOSES + timedelta(seconds=1))
    page = client.get(offer.call.get_absolute_url()).content.decode()
    assert "Sign in to apply" not in page
    assert "Closed" in page


def test_a_draft_is_nobodys_but_its_offices(client, cast, settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    call = a_draft(phase=cast.phase)
    assert client.get(call.get_absolute_url()).status_code == 404
    client.force_login(cast.danish_sme)
    assert client.get(call.get_absolute_url()).status_code == 404
    client.force_login(cast.office)
    assert client.get(call.get_absolute_url())["Location"] == reverse("calls:call", args=[call.pk])


def test_a_cancelled_call_says_why(client, cast):
    call = a_published_call(phase=cast.phase)
    Call.objects.filter(pk=call.pk).update(state=CallState.CANCELLED, cancellation="The money did not come.")
    assert "The money did not come." in client.get(call.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "address", ["/calls/99999999999999999999/", "/regions/nowhere/", "/programme/nothing/", "/calls/0/"]
)
def test_what_is_not_there_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


# ── Programmes ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_published_figure_stands_beside_what_the_records_give(client, cast):
    some_vouchers(cast, 2)
    for code, value in (("incentives-granted", "2"), ("vouchers-granted", "3")):
        a_published_figure(programme=cast.programme, phase=cast.phase, code=code, name=code, value=value)
    page = client.get(reverse("public:programme", args=["test-programme"])).content.decode()
    assert "Agrees" in page
    assert "Differs" in page


def test_a_programme_without_records_only_quotes(client, cast):
    a_published_figure(programme=cast.programme, phase=cast.phase, code="vouchers-granted", value="169")
    page = client.get(reverse("public:programme", args=["test-programme"])).content.decode()
    assert "169" in page
    assert "Differs" not in page


def test_the_replayed_programme_says_how_its_records_were_made(client, cast):
    cast.programme.key = "in2lifesciences"
    cast.programme.save()
    page = client.get(reverse("public:programme", args=["in2lifesciences"])).content.decode()
    assert "A seed distributed the vouchers" in page


def test_results_can_be_read_for_one_programme(client, cast):
    some_vouchers(cast, 1)
    assert "1 voucher," in client.get("/results/?programme=test-programme").content.decode()
    assert (
        "No voucher is in the records" in client.get("/results/?programme=other-programme").content.decode()
    )
    assert client.get("/results/?programme=%00").status_code == 200
