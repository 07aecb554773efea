"""The register: filters, pages, download, and names that stay unpublished."""

from __future__ import annotations

import pytest
from django.urls import reverse

from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.public.queries import awards, figures
from landbridge.vouchers import actions
from tests.factories.applications import an_offer, an_open_call, another_company
from tests.factories.vouchers import ACCEPTED, a_voucher

pytestmark = pytest.mark.django_db
REGISTER = "/awards/"


@pytest.fixture
def offer(cast):
    return an_offer(an_open_call(cast.phase))


def text_of(response):
    return b"".join(response).decode() if response.streaming else response.content.decode()


def test_an_award_says_who_with_whom_for_what(client, cast):
    voucher = a_voucher(cast)
    page = text_of(client.get(REGISTER))
    for word in (voucher.number, "Danish Company ApS", "German Institute", "Zealand", "€6,000"):
        assert word in page


@pytest.mark.parametrize(
    "address", [REGISTER, "/awards/export.csv", "/programme/test-programme/", "/results/"]
)
def test_a_sole_traders_name_is_nowhere(client, cast, address):
    cast.danish_company.is_sole_trader = True
    cast.danish_company.name = "Dagny Danish in person"
    cast.danish_company.save()
    a_voucher(cast)
    assert "Dagny" not in text_of(client.get(address))


def test_a_sole_traders_name_cannot_be_found_by_searching(client, cast):
    cast.danish_company.is_sole_trader = True
    cast.danish_company.name = "Dagny in person"
    cast.danish_company.save()
    voucher = a_voucher(cast)
    assert voucher.number not in text_of(client.get(REGISTER, {"q": "Dagny"}))
    assert voucher.number in text_of(client.get(REGISTER, {"q": "bioavail"}))
    assert "Sole trader" in text_of(client.get(REGISTER))


def test_a_sole_trader_as_partner_is_unnamed_too(client, cast):
    cast.german_institute.is_sole_trader = True
    cast.german_institute.save()
    a_voucher(cast)
    assert "German Institute" not in text_of(client.get(REGISTER))
    assert "German Institute" not in text_of(client.get("/regions/stuttgart/"))


def test_a_declined_award_was_none(client, cast):
    voucher = a_voucher(cast)
    actions.decline(voucher_id=voucher.pk, reason="Not needed any more.", by=SYSTEM, at=ACCEPTED)
    assert voucher.number not in text_of(client.get(REGISTER))
    assert figures.total_of(figures.cells()).count == 0


@pytest.mark.parametrize(
    ("filters", "is_shown"),
    [
        ({"programme": "test-programme"}, True),
        ({"region": "zealand"}, True),
        ({"year": "2026"}, True),
        ({"incentive": "Collaboration voucher"}, True),
        ({"to": "stuttgart"}, True),
        ({"to": "liege"}, False),
        ({"q": "german"}, True),
        ({"q": "nothing like it"}, False),
        ({"year": "1999"}, True),
        ({"region": "liege"}, True),
        ({"year": "99999999999999999999"}, True),
        ({"q": "x" * 300}, True),
        ({"q": "\x00"}, True),
        ({"to": "\x00"}, True),
        ({"page": "9999999999999999999999"}, True),
    ],
)
def test_filters_keep_what_fits_and_ignore_what_cannot_be_read(client, cast, filters, is_shown):
    voucher = a_voucher(cast)
    response = client.get(REGISTER, filters)
    assert response.status_code == 200
    assert (voucher.number in text_of(response)) is is_shown


def test_the_download_holds_the_same_rows(client, cast, offer):
    one = a_voucher(cast, offer=offer)
    other = a_voucher(cast, offer=offer, applicant=another_company(cast, "Another ApS"))
    table = text_of(client.get("/awards/export.csv", {"q": "another"}))
    assert other.number in table
    assert one.number not in table
    assert table.count("\n") == 2


def test_records_of_a_demonstration_and_placeholders_are_marked(client, cast):
    cast.danish_company.is_demonstration = True
    cast.danish_company.save()
    voucher = a_voucher(cast)
    assert awards.award(awards.listed({}).get(pk=voucher.pk)).mark == "placeholder"
    assert "Name not published" in text_of(client.get(REGISTER))
    cast.programme.is_demonstration = True
    cast.programme.save()
    assert "Demonstration data" in text_of(client.get(REGISTER))


def test_an_empty_register_teaches(client, db):
    assert "Nothing was granted yet" in text_of(client.get(REGISTER))
    assert "No award fits" in text_of(client.get(REGISTER, {"q": "x"}))


def test_fifty_stand_on_a_page(client, cast, offer, monkeypatch):
    monkeypatch.setattr("landbridge.foundation.ui.listing.ON_A_PAGE", 2)
    for number in range(3):
        a_voucher(cast, offer=offer, applicant=another_company(cast, f"C {number}"))
    second = text_of(client.get(REGISTER, {"page": "2", "q": "C "}))
    assert second.count("Bioavailability") == 1
    assert "q=C" in second
    assert reverse("public:awards_export") in second
