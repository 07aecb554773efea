"""The pages of vouchers' claims and payments: each role's view, bad input, double posts, downloads."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.claims.models import Claim, CostLine, Payment, PaymentFile
from landbridge.claims.states import S
from landbridge.foundation import clock
from landbridge.foundation.money import euro
from landbridge.foundation.people.models import Person
from tests.cast import Cast
from tests.factories.claims import (
    ANSWERED,
    a_claim,
    a_complete_claim,
    a_cost,
    a_paid_claim,
    a_payment_file,
    a_released_file,
    a_submitted_claim,
    a_verified_claim,
    an_approved_claim,
)
from tests.foundation.files.makers import PDF

pytestmark = pytest.mark.django_db
COST = {
    "category": "service",
    "description": "Measurement",
    "supplier": "German Institute",
    "invoice_number": "INV-7",
    "invoiced_on": "2026-07-01",
    "paid_on": "2026-07-15",
    "net": "2,500.00",
    "vat": "",
    "currency": "EUR",
}
HUGE = 2**70


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: ANSWERED)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"claims:{name}", args=args)


def evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("invoice.pdf", PDF)


class TestWhoSees:
    def test_each_role_sees_its_own(self, cast: Cast):
        claim = a_submitted_claim(cast)
        seen = {
            "danish_sme": 200, "danish_colleague": 200, "finance": 200, "second_finance": 200, "office": 200,
            "network_office": 200, "auditor": 200, "zealand_broker": 200, "stuttgart_broker": 404,
            "liege_broker": 404, "belgian_sme": 404, "belgian_finance": 404, "other_office": 404,
            "german_provider": 403, "assessor": 403, "investor": 403, "mallory": 403,
        }  # fmt: skip
        for name, status in seen.items():
            answer = signed_in(getattr(cast, name)).get(page("claim", claim.pk))
            assert answer.status_code == status, name

    def test_a_draft_is_the_company_s(self, cast: Cast):
        claim = a_claim(cast)
        assert signed_in(cast.danish_sme).get(page("claim", claim.pk)).status_code == 200
        for name in ("finance", "office", "zealand_broker"):
            assert signed_in(getattr(cast, name)).get(page("claim", claim.pk)).status_code == 404

    def test_a_payment_file_is_the_partner_s(self, cast: Cast):
        file = a_payment_file(cast)
        for name, status in {
            "finance": 200,
            "office": 200,
            "auditor": 200,
            "belgian_finance": 404,
            "danish_sme": 403,
        }.items():
            assert signed_in(getattr(cast, name)).get(page("payment_file", file.pk)).status_code == status, (
                name
            )

    def test_evidence_is_a_download_for_whoever_sees_the_claim(self, cast: Cast):
        claim = a_submitted_claim(cast)
        line = CostLine.objects.get()
        assert signed_in(cast.belgian_finance).get(page("evidence", claim.pk, line.pk)).status_code == 404
        answer = signed_in(cast.finance).get(page("evidence", claim.pk, line.pk))
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"".join(answer).startswith(b"%PDF")


class TestWriting:
    def test_begin_write_correct_hand_in(self, cast: Cast):
        client = signed_in(cast.danish_sme)
        claim = a_claim(cast)
        assert client.post(page("new", claim.voucher_id)).url == page("claim", claim.pk)
        assert client.post(page("cost", claim.pk), {**COST, "evidence": evidence()}).status_code == 302
        line = CostLine.objects.get()
        form = client.get(page("cost_edit", claim.pk, line.pk)).content.decode()
        assert "INV-7" in form
        assert "2,500" in form
        answer = client.post(page("cost_edit", claim.pk, line.pk), {**COST, "net": "2,400"})
        assert answer.status_code == 302
        line.refresh_from_db()
        assert line.net_eur == euro(2400)
        refused = client.post(page("submission", claim.pk))
        assert (refused.status_code, "The report is missing" in refused.content.decode()) == (409, True)

    def test_a_cost_posted_twice_is_stored_once(self, cast: Cast):
        client, claim = signed_in(cast.danish_sme), a_claim(cast)
        key = str(uuid.uuid4())
        for _ in range(2):
            answer = client.post(
                page("cost", claim.pk), {**COST, "evidence": evidence(), "operation_key": key}
            )
            assert answer.url == page("claim", claim.pk)
        line = CostLine.objects.get()
        key = str(uuid.uuid4())
        for _ in range(2):
            answer = client.post(page("cost_removal", claim.pk, line.pk), {"operation_key": key})
            assert answer.status_code == 302
        assert client.post(page("cost_removal", claim.pk, line.pk)).status_code == 404

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("category", "bribe"), ("description", ""), ("description", "x" * 201), ("supplier", "a\x00b"),
            ("invoice_number", ""), ("invoiced_on", "2026-02-30"), ("paid_on", "yesterday"), ("net", "0"),
            ("net", "-1"), ("net", "1,2,3"), ("net", "9" * 40), ("net", "1000001"), ("vat", "3000"),
            ("currency", "XXX"), ("currency", "DKK"), ("rate", "abc"), ("evidence", None),
            ("evidence", SimpleUploadedFile("x.pdf", b"MZ not a pdf")),
        ],
    )  # fmt: skip
    def test_bad_costs_come_back_with_everything_typed(self, cast: Cast, field: str, value: Any):
        client, claim = signed_in(cast.danish_sme), a_claim(cast)
        typed: dict[str, Any] = {**COST, "evidence": evidence(), "invoice_number": "KEEP-ME-99", field: value}
        if field == "rate":
            typed |= {"currency": "DKK", "rated_on": "2026-07-01"}
        typed = {name: one for name, one in typed.items() if one is not None}
        answer = client.post(page("cost", claim.pk), typed)
        assert answer.status_code in (409, 422)
        text = answer.content.decode()
        assert "Measurement" in text or field == "description"
        assert "KEEP-ME-99" in text or field == "invoice_number"
        assert not CostLine.objects.exists()

    def test_the_report(self, cast: Cast):
        client, claim = signed_in(cast.danish_sme), a_claim(cast)
        assert client.post(page("report", claim.pk), {"report": "x" * 5001}).status_code == 422
        assert client.post(page("report", claim.pk), {"report": "Well.", "is_final": "on"}).status_code == 302

    @pytest.mark.parametrize(
        "name", ["claim", "report", "cost", "verification", "return", "refusal", "reopening"]
    )
    def test_ids_beyond_64_bits_are_not_found(self, cast: Cast, name: str):
        person = cast.danish_sme if name in ("claim", "report", "cost") else cast.finance
        assert signed_in(person).get(page(name, HUGE)).status_code == 404
        assert signed_in(person).get(page("of_voucher", HUGE)).status_code == 404


class TestChecking:
    def test_verified_and_approved_by_two(self, cast: Cast):
        claim, first, second = (
            a_submitted_claim(cast),
            signed_in(cast.finance),
            signed_in(cast.second_finance),
        )
        line = CostLine.objects.get()
        bad = first.post(
            page("verification", claim.pk), {f"accepted_{line.pk}": "2500.01", "finding": "Why not"}
        )
        assert (bad.status_code, "Why not" in bad.content.decode()) == (422, True)
        less = first.post(page("verification", claim.pk), {f"accepted_{line.pk}": "10"})
        assert less.status_code == 409
        assert first.post(page("verification", claim.pk), {f"accepted_{line.pk}": "2500"}).status_code == 302
        assert first.get(page("verification", claim.pk)).url == page("claim", claim.pk)
        assert "Approve the payment" not in first.get(page("claim", claim.pk)).content.decode()
        assert first.post(page("approval", claim.pk)).status_code == 409
        assert "Approve the payment" in second.get(page("claim", claim.pk)).content.decode()
        assert second.post(page("approval", claim.pk)).status_code == 302
        assert Claim.objects.get().state == S.APPROVED

    @pytest.mark.parametrize("name", ["return", "refusal"])
    def test_a_reason_is_needed(self, cast: Cast, name: str):
        client, claim = signed_in(cast.finance), a_submitted_claim(cast)
        assert client.get(page(name, claim.pk)).status_code == 200
        assert client.post(page(name, claim.pk), {"reason": "  "}).status_code == 422
        assert client.post(page(name, claim.pk), {"reason": "The date is wrong."}).status_code == 302
        assert client.post(page(name, claim.pk), {"reason": "Again."}).status_code in (404, 409)

    def test_reopening(self, cast: Cast):
        client, claim = signed_in(cast.second_finance), a_verified_claim(cast)
        assert client.post(page("reopening", claim.pk), {"reason": "The rate."}).status_code == 302

    def test_the_office_closes_a_voucher_once_nothing_runs(self, cast: Cast):
        claim = a_submitted_claim(cast)
        client = signed_in(cast.office)
        assert client.get(page("voucher_closing", claim.voucher_id)).status_code == 200
        assert client.post(page("voucher_closing", claim.voucher_id), {"reason": "Over."}).status_code == 409


class TestPaying:
    def test_made_released_downloaded_answered(self, cast: Cast):
        claim, first, second = (
            an_approved_claim(cast),
            signed_in(cast.finance),
            signed_in(cast.second_finance),
        )
        assert claim.number in first.get(page("payment_file_new")).content.decode()
        post = {"claims": [claim.pk], "execute_on": "2026-09-12"}
        assert first.post(page("payment_file_new"), post).status_code == 409  # a Saturday
        made = first.post(page("payment_file_new"), {**post, "execute_on": "2026-09-10"})
        file = PaymentFile.objects.get()
        assert made.url == page("payment_file", file.pk)
        assert (
            first.get(page("payment_xml", file.pk)).status_code == 404
        )  # nobody takes it before its release
        assert first.post(page("payment_release", file.pk)).status_code == 409
        assert second.post(page("payment_release", file.pk)).status_code == 302
        download = first.get(page("payment_xml", file.pk))
        assert (download["Content-Type"], download.content.decode()) == (
            "application/xml",
            file.__class__.objects.get().xml,
        )
        payment = Payment.objects.get()
        assert first.get(page("payment_answer", file.pk)).status_code == 200
        answer = {"on": "2026-09-08", f"result_{payment.pk}": "executed", f"text_{payment.pk}": "ACSC"}
        assert first.post(page("payment_answer", file.pk), {**answer, "on": "2026-09-09"}).status_code == 409
        assert first.post(page("payment_answer", file.pk), answer).status_code == 302
        assert first.post(page("payment_answer", file.pk), answer).status_code == 409
        assert Claim.objects.get().state == S.PAID

    @pytest.mark.parametrize(
        "post",
        [
            {},
            {"claims": ["x"]},
            {"claims": [str(HUGE)]},
            {"claims": ["0"], "execute_on": "2026-09-10"},
            {"execute_on": "9999-99-99"},
        ],
    )
    def test_bad_choices(self, cast: Cast, post: dict[str, Any]):
        an_approved_claim(cast)
        assert signed_in(cast.finance).post(page("payment_file_new"), post).status_code in (409, 422)

    def test_cancelled(self, cast: Cast):
        file, client = a_payment_file(cast), signed_in(cast.finance)
        assert client.get(page("payment_cancellation", file.pk)).status_code == 200
        assert client.post(page("payment_cancellation", file.pk), {"reason": "Wrong day."}).status_code == 302
        assert client.get(page("payment_file", file.pk)).status_code == 200

    def test_nothing_to_pay(self, cast: Cast):
        assert "Nothing to pay" in signed_in(cast.finance).get(page("payment_file_new")).content.decode()


class TestReport:
    def table(self, person: Person, **days: str) -> list[str]:
        answer = signed_in(person).get(page("paid_vouchers_table"), days)
        assert answer["Content-Type"].startswith("text/csv")
        return b"".join(answer).decode("utf-8-sig").strip().splitlines()

    def test_one_row_for_each_paid_voucher(self, cast: Cast):
        claim = a_paid_claim(cast)
        an_approved_claim(cast)
        header, row = self.table(cast.finance)
        values = dict(zip(header.split(","), row.split(","), strict=True))
        assert values["voucher"] == claim.voucher.number
        assert (values["awarded EUR"], values["paid EUR"], values["last paid on"]) == (
            "6000.00",
            "2500.00",
            "2026-09-07",
        )
        assert len(self.table(cast.belgian_finance)) == 1
        assert len(self.table(cast.auditor, since="2026-09-08")) == 1
        assert len(self.table(cast.office, since="2026-09-07", until="2026-09-07")) == 2

    def test_days_that_make_no_sense(self, cast: Cast):
        client = signed_in(cast.finance)
        assert client.get(page("paid_vouchers")).status_code == 200
        for days in ({"since": "2026-13-01"}, {"since": "2026-02-01", "until": "2026-01-01"}):
            assert client.get(page("paid_vouchers_table"), days).status_code == 422


class TestLists:
    def queries(self, client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    def test_the_same_queries_for_one_and_three_rows(self, cast: Cast):
        a_submitted_claim(cast)
        a_payment_file(cast)
        finance = signed_in(cast.finance)
        addresses = [page("claims"), page("payment_files"), reverse("vouchers:vouchers")]
        few = [self.queries(finance, address) for address in addresses]
        for _ in range(2):
            a_submitted_claim(cast)
            a_payment_file(cast)
        assert [self.queries(finance, address) for address in addresses] == few
        assert max(few) <= 12, few

    def test_one_page_is_cheap(self, cast: Cast):
        claim = a_submitted_claim(cast, costs=3)
        file = a_released_file(cast)
        finance, sme = signed_in(cast.finance), signed_in(cast.danish_sme)
        counts = {
            "claim": self.queries(finance, page("claim", claim.pk)),
            "own claim": self.queries(sme, page("claim", claim.pk)),
            "verification": self.queries(finance, page("verification", claim.pk)),
            "file": self.queries(finance, page("payment_file", file.pk)),
            "voucher": self.queries(sme, reverse("vouchers:voucher", args=[claim.voucher_id])),
        }
        assert max(counts.values()) <= 20, counts

    @pytest.mark.parametrize(
        "asked",
        [{"state": "nonsense"}, {"text": "a\x00b"}, {"page": "999999999999999999999"}, {"text": "%' OR 1=1"}],
    )
    def test_hostile_filters(self, cast: Cast, asked: dict[str, str]):
        a_submitted_claim(cast)
        assert signed_in(cast.finance).get(page("claims"), asked).status_code == 200

    def test_filters(self, cast: Cast):
        claim = a_submitted_claim(cast)
        client = signed_in(cast.finance)
        assert (
            claim.number
            in client.get(page("claims"), {"state": "submitted", "text": "danish"}).content.decode()
        )
        assert "Nothing matches" in client.get(page("claims"), {"state": "paid"}).content.decode()
        assert claim.number in client.get(page("of_voucher", claim.voucher_id)).content.decode()


def test_an_account_that_waits_is_one_click_away(cast: Cast):
    from landbridge.organisations.models import BankAccount

    claim = a_submitted_claim(cast)
    account = BankAccount.objects.get()
    BankAccount.objects.update(state="proposed", decided_at=None)
    text = signed_in(cast.finance).get(page("claim", claim.pk)).content.decode()
    assert account.get_absolute_url() in text
    assert "Decide on the account" in text


def test_a_complete_draft_shows_its_next_step(cast: Cast):
    claim = a_complete_claim(cast)
    a_cost(claim)
    client = signed_in(cast.danish_sme)
    assert "Hand in the claim" in client.get(page("claim", claim.pk)).content.decode()
    assert client.post(page("submission", claim.pk)).status_code == 302
