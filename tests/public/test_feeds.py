"""The feeds of the open site: what stands in them, what does not, and that looking again costs nothing."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.organisations.models import Organisation
from tests.factories.calls import a_draft, a_published_call
from tests.factories.catalogue import a_published_record, a_record
from tests.factories.vouchers import a_voucher_in_use

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["public:calls_feed", "public:awards_feed", "public:directory_feed"]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def read(name: str) -> ET.Element:
    response = Client().get(reverse(name))
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titles(name: str) -> list[str]:
    return [one.findtext(f"{ATOM}title") or "" for one in read(name).iter(f"{ATOM}entry")]


def test_calls_as_they_are_published_and_no_drafts():
    published, draft = a_published_call(), a_draft(title="Not yet")
    assert titles("public:calls_feed") == [published.title]
    assert draft.title not in titles("public:calls_feed")


def test_awards_without_the_names_of_sole_traders(cast):
    voucher = a_voucher_in_use(cast)
    company = voucher.application.applicant
    assert company.name in titles("public:awards_feed")[0]
    Organisation.objects.filter(pk=company.pk).update(is_sole_trader=True)
    text = Client().get(reverse("public:awards_feed")).content.decode()
    assert company.name not in text
    assert "Sole trader" in text


def test_records_that_are_public_the_latest_first(cast):
    a_record(cast, name="Draft of a laboratory")
    first = a_published_record(cast, name="Cryo laboratory")
    second = a_published_record(cast, name="Mass spectrometry")
    type(first).objects.filter(pk=first.pk).update(changed_at=second.changed_at.replace(year=2027))
    assert titles("public:directory_feed") == ["Cryo laboratory", "Mass spectrometry"]


@pytest.mark.parametrize("name", FEEDS)
def test_each_is_whole_and_looking_again_costs_nothing(cast, name):
    empty = read(name)
    assert empty.findtext(f"{ATOM}id")
    assert empty.findtext(f"{ATOM}updated") == "2020-01-01T00:00:00+00:00"
    a_voucher_in_use(cast)
    a_published_record(cast)
    found = read(name)
    ids = [one.findtext(f"{ATOM}id") for one in found.iter(f"{ATOM}entry")]
    assert ids
    assert len(set(ids)) == len(ids)
    assert all(one.findtext(f"{ATOM}updated") for one in found.iter(f"{ATOM}entry"))
    first = Client().get(reverse(name))
    again = Client().get(reverse(name), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().post(reverse(name)).status_code == 405


@pytest.mark.parametrize(
    ("page", "feed"),
    [("public:calls", FEEDS[0]), ("public:awards", FEEDS[1]), ("catalogue:directory", FEEDS[2])],
)
def test_pages_say_where_their_feed_is(page, feed):
    text = Client().get(reverse(page)).text
    assert 'type="application/atom+xml"' in text
    assert reverse(feed) in text
