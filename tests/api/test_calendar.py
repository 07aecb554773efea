"""One's own calendar under a private address: what stands in it, and who reads it."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from landbridge.api.actions import calendar as actions
from landbridge.api.models import CalendarAddress
from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.problems import NotAllowed
from landbridge.vouchers.models import Voucher
from tests.cast import Cast
from tests.factories.enquiries import an_enquiry
from tests.factories.vouchers import a_voucher_in_use
from tests.factories.webinars import a_sign_up, a_webinar

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _settings(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path
    monkeypatch.setattr(clock, "now", lambda: AT)


def address(cast: Cast, who: str) -> str:
    return f"/api/calendar/{actions.make_address(by=cast.actor(who), at=AT).key}.ics"


def entries(path: str) -> dict[str, Any]:
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    found = icalendar.Calendar.from_ical(response.content)
    return {str(one["SUMMARY"]): one for one in found.walk("VEVENT")}


def test_a_company_finds_its_vouchers_and_webinars(cast):
    voucher = a_voucher_in_use(cast)
    webinar = a_webinar()
    a_sign_up(webinar, cast.actor("danish_sme"))
    found = entries(address(cast, "danish_sme"))
    ends = found[f"Voucher {voucher.number} ends"]
    assert ends["DTSTART"].dt == voucher.valid_until
    assert ends["DTEND"].dt == voucher.valid_until + timedelta(days=1)
    assert ends["URL"].endswith(voucher.get_absolute_url())
    assert f"Last day to claim under voucher {voucher.number}" in found
    assert found[webinar.title]["DTSTART"].dt == webinar.starts_at


def test_a_desk_finds_its_duties_and_nobody_elses(cast):
    enquiry = an_enquiry(cast)
    found = entries(address(cast, "zealand_broker"))
    duties = [title for title in found if title.endswith(enquiry.number)]
    assert duties
    assert all(title.startswith("Due: ") for title in duties)
    assert entries(address(cast, "liege_broker")) == {}
    assert entries(address(cast, "danish_sme")) == {}


def test_nothing_of_another_company_stands_in_it(cast):
    voucher = a_voucher_in_use(cast)
    for who in ("belgian_sme", "belgian_provider", "finance", "mallory", "office"):
        assert not [title for title in entries(address(cast, who)) if voucher.number in title]


def test_a_new_address_ends_the_old_one_and_none_ends_all(cast):
    first = address(cast, "danish_sme")
    second = address(cast, "danish_sme")
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    actions.end_address(by=cast.actor("danish_sme"), at=AT)
    assert Client().get(second).status_code == 404
    assert not CalendarAddress.objects.exists()


def test_an_account_that_is_closed_has_no_calendar(cast):
    path = address(cast, "danish_sme")
    type(cast.danish_sme).objects.filter(pk=cast.danish_sme.pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def test_whoever_looks_again_is_told_that_nothing_changed(cast):
    path = address(cast, "danish_sme")
    etag = Client().get(path)["ETag"]
    again = Client().get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    a_voucher_in_use(cast)
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200


def test_nobody_but_the_person_makes_one(cast):
    for by in (SYSTEM, Actor(person_id=None, name="")):
        with pytest.raises(NotAllowed):
            actions.make_address(by=by, at=AT)


def test_the_page_makes_shows_and_ends_it(client, cast):
    assert client.get("/api/calendar/").status_code == 302
    client.force_login(cast.danish_sme)
    assert "You have no address yet" in client.get("/api/calendar/").text
    made = client.post("/api/calendar/", {"operation_key": str(uuid.uuid4())}, follow=True)
    assert CalendarAddress.objects.get().key in made.text
    ended = client.post("/api/calendar/ending/", {"operation_key": str(uuid.uuid4())}, follow=True)
    assert "You have no address yet" in ended.text
    assert "/api/calendar/" in client.get(reverse("account_profile")).text


def test_hundreds_of_rows_cost_a_fixed_number_of_questions(cast, django_assert_max_num_queries):
    path = address(cast, "danish_sme")
    voucher = a_voucher_in_use(cast)
    assert Voucher.objects.filter(pk=voucher.pk).update(valid_until=date(2026, 12, 31)) == 1
    with django_assert_max_num_queries(20):
        assert Client().get(path).status_code == 200
