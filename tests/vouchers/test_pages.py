"""The pages of vouchers: award, letter, acceptance, refusal, extension; each role's view and bad input."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.foundation.money import euro
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S
from tests.cast import Cast
from tests.factories.applications import a_submitted_application
from tests.factories.vouchers import ACCEPTED, AWARDED, a_voucher, a_voucher_in_use, the_line

pytestmark = pytest.mark.django_db
HUGE = 2**70
EXTENSION = {"valid_until": "2027-11-20", "began_on": "2026-05-21", "reason": "Samples came late."}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: ACCEPTED)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"vouchers:{name}", args=args)


def test_each_role_sees_its_own(cast: Cast):
    voucher = a_voucher(cast)
    seen = {
        "danish_sme": 200, "german_provider": 200, "finance": 200, "office": 200, "auditor": 200,
        "zealand_broker": 200, "stuttgart_broker": 200, "liege_broker": 404, "belgian_sme": 404,
        "belgian_provider": 404, "belgian_finance": 404, "other_office": 404, "investor": 403, "mallory": 403,
    }  # fmt: skip
    for name, status in seen.items():
        client = signed_in(getattr(cast, name))
        assert client.get(page("voucher", voucher.pk)).status_code == status, name
        assert (voucher.number in client.get(page("vouchers")).content.decode()) == (status == 200), name


class TestAward:
    def test_the_page_shows_what_the_partner_has(self, cast: Cast):
        the_line(cast, free=euro(6000))
        application = a_submitted_application(cast)  # asks for 6,500
        text = signed_in(cast.office).get(page("award", application.pk)).content.decode()
        assert "€6,000 left in the budget" in text

    def test_without_a_line_it_says_so(self, cast: Cast):
        application = a_submitted_application(cast)
        text = signed_in(cast.office).get(page("award", application.pk)).content.decode()
        assert "has no budget line" in text

    def test_a_conflict_is_told_before_and_refused_after(self, cast: Cast):
        the_line(cast)
        application = a_submitted_application(cast)
        Membership.objects.create(
            person=cast.office, role=Role.SME, organisation=cast.danish_company, began_at=AWARDED
        )
        client = signed_in(cast.office)
        answer = client.get(page("award", application.pk))
        assert "You cannot decide on this application" in answer.content.decode()

    @pytest.mark.parametrize(
        ("post", "status"),
        [
            ({}, 422), ({"amount_eur": "abc", "reason": "KEPT"}, 422), ({"amount_eur": "-1", "reason": "KEPT"}, 422),
            ({"amount_eur": "6,501", "reason": "KEPT"}, 409), ({"amount_eur": "0", "reason": "KEPT"}, 409),
            ({"amount_eur": "9" * 40, "reason": "KEPT"}, 422), ({"amount_eur": "1", "reason": "KEPT" * 300}, 422),
        ],
    )  # fmt: skip
    def test_bad_input_comes_back(self, cast: Cast, post: dict[str, str], status: int):
        the_line(cast)
        application = a_submitted_application(cast)
        answer = signed_in(cast.office).post(page("award", application.pk), post)
        assert answer.status_code == status
        assert ("KEPT" in answer.content.decode()) == bool(post)
        assert not Voucher.objects.exists()

    def test_a_second_click_awards_nothing_more(self, cast: Cast):
        the_line(cast)
        application = a_submitted_application(cast)
        client = signed_in(cast.office)
        post = {"amount_eur": "6,000", "reason": "Good.", "operation_key": str(uuid.uuid4())}
        urls = {client.post(page("award", application.pk), post).url for _ in range(2)}
        assert urls == {Voucher.objects.get().get_absolute_url()}
        again = client.post(page("award", application.pk), {**post, "operation_key": str(uuid.uuid4())})
        assert again.status_code == 409

    def test_others_do_not_award(self, cast: Cast):
        application = a_submitted_application(cast)
        assert signed_in(cast.finance).get(page("award", application.pk)).status_code == 403
        assert signed_in(cast.other_office).get(page("award", application.pk)).status_code == 404


class TestLife:
    def test_accepted_once(self, cast: Cast):
        voucher, client = a_voucher(cast), signed_in(cast.danish_sme)
        assert client.post(page("acceptance", voucher.pk)).status_code == 302
        assert client.post(page("acceptance", voucher.pk)).status_code == 409
        assert signed_in(cast.german_provider).post(page("acceptance", voucher.pk)).status_code == 403
        assert "Write the claim" in client.get(page("voucher", voucher.pk)).content.decode()

    def test_declined_with_a_reason(self, cast: Cast):
        voucher, client = a_voucher(cast), signed_in(cast.danish_sme)
        assert client.get(page("refusal", voucher.pk)).status_code == 200
        assert client.post(page("refusal", voucher.pk), {"reason": ""}).status_code == 422
        assert client.post(page("refusal", voucher.pk), {"reason": "No need."}).status_code == 302
        assert Voucher.objects.get().state == S.DECLINED

    def test_extended_by_the_office(self, cast: Cast):
        voucher, client = a_voucher_in_use(cast), signed_in(cast.office)
        assert "20" in client.get(page("extension", voucher.pk)).content.decode()
        for wrong in ({"valid_until": "2027-02-30"}, {"began_on": ""}):
            assert client.post(page("extension", voucher.pk), {**EXTENSION, **wrong}).status_code == 422
        late = client.post(page("extension", voucher.pk), {**EXTENSION, "valid_until": "2028-01-01"})
        assert (late.status_code, "Samples came late." in late.content.decode()) == (409, True)
        assert client.post(page("extension", voucher.pk), EXTENSION).status_code == 302
        assert "extended from" in client.get(page("voucher", voucher.pk)).content.decode()

    @pytest.mark.parametrize("name", ["voucher", "letter", "extension", "award"])
    def test_ids_beyond_64_bits_are_not_found(self, cast: Cast, name: str):
        assert signed_in(cast.office).get(page(name, HUGE)).status_code == 404

    def test_the_letter_is_the_same_for_everyone(self, cast: Cast):
        voucher = a_voucher(cast)
        letters = {
            b"".join(signed_in(getattr(cast, name)).get(page("letter", voucher.pk)))
            for name in ("german_provider", "danish_sme", "auditor")
        }
        assert len(letters) == 1
        assert letters.pop().startswith(b"%PDF")

    def test_what_was_never_accepted_waits_for_nobody(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        voucher = a_voucher(cast)
        monkeypatch.setattr(clock, "now", lambda: ACCEPTED.replace(year=2028))
        text = signed_in(cast.danish_sme).get(page("voucher", voucher.pk)).content.decode()
        assert "It was never accepted" in text


def test_the_list_costs_the_same_for_any_number_of_rows(cast: Cast):
    client = signed_in(cast.office)
    counts = []
    for _ in range(2):
        a_voucher(cast)
        a_voucher_in_use(cast)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page("vouchers")).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
    assert "Nothing matches" in client.get(page("vouchers"), {"state": "lapsed"}).content.decode()
    assert client.get(page("vouchers"), {"text": "a\x00", "page": "-3", "state": "x"}).status_code == 200
