"""The main line, told through its pages: an open call, an application, a voucher, a claim, a payment, and nothing is off."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from landbridge.applications.models import Application
from landbridge.budgets import queries as budgets
from landbridge.claims import queries as claims
from landbridge.claims.models import Claim, CostLine, Payment, PaymentFile
from landbridge.foundation import clock
from landbridge.foundation.money import Money, euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.organisations.models import BankAccount
from landbridge.vouchers import queries as vouchers
from landbridge.vouchers.models import Voucher
from tests.cast import Cast, make_cast
from tests.claims.test_payment_xml import schema
from tests.factories.applications import DURING, an_offer, an_open_call
from tests.factories.claims import REPORT
from tests.factories.vouchers import a_voucher_in_use, the_line
from tests.foundation.files.makers import PDF

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AWARD = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
CLAIM = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
PAY = datetime(2026, 9, 4, 9, 0, tzinfo=UTC)
ANSWER = datetime(2026, 9, 8, 9, 0, tzinfo=UTC)


class Traveller:
    """One person at the browser: follows addresses, sends forms, and sees no error page."""

    def __init__(self, person: Person) -> None:
        self.client = Client()
        self.client.force_login(person)

    def sees(self, name: str, *args: object) -> str:
        answer = self.client.get(reverse(name, args=args))
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()

    def sends(self, name: str, *args: object, expect: int = 302, **fields: Any) -> None:
        answer = self.client.post(reverse(name, args=args), fields)
        assert answer.status_code == expect, (name, answer.status_code, answer.content.decode()[-3000:])

    def downloads(self, name: str, *args: object) -> bytes:
        answer = self.client.get(reverse(name, args=args))
        assert answer.status_code == 200, name
        assert "attachment" in answer["Content-Disposition"]
        return b"".join(answer) if answer.streaming else answer.content


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Path) -> None:
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


class Story:
    """Everyone who takes part, and the day it is."""

    def __init__(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cast, self.patch = cast, monkeypatch
        self.line = the_line(cast)
        self.company, self.institute = Traveller(cast.danish_sme), Traveller(cast.german_provider)
        self.office = Traveller(cast.office)
        self.first, self.second = Traveller(cast.finance), Traveller(cast.second_finance)

    def it_is(self, at: datetime) -> None:
        self.patch.setattr(clock, "now", lambda: at)

    def apply(self) -> Application:
        """Written by the company, confirmed by the institute, handed in, with a receipt at once."""
        self.it_is(DURING)
        company, institute = self.company, self.institute
        company.sends("applications:draft", an_offer(an_open_call(self.cast.phase)).pk)
        draft = Application.objects.get()
        company.sends(
            "applications:text", draft.pk, version="1", title="A first look", requested_eur="6000",
            answer_need="A model.", answer_staff="12", answer_stage="Idea", answer_not_begun="on",
        )  # fmt: skip
        company.sends("applications:provider", draft.pk, organisation_id=self.cast.german_institute.pk)
        company.sends("applications:sharing", draft.pk)
        page = institute.sees("applications:confirmation", draft.pk)
        text = re.search(r'name="content_hash" value="(\w+)"', page)
        assert text is not None
        institute.sends("applications:confirmation", draft.pk, content_hash=text[1], agrees="on")
        company.sends("applications:submission", draft.pk)
        receipt = company.downloads("applications:receipt", draft.pk, draft.submissions.get().pk)
        assert receipt.startswith(b"%PDF")
        return draft

    def award(self, draft: Application) -> Voucher:
        """The award commits the partner's money; the company reads its letter and accepts."""
        self.it_is(AWARD)
        assert "€100,000" in self.office.sees("vouchers:award", draft.pk)
        self.office.sends("vouchers:award", draft.pk, amount_eur="9,000", reason="Too much.", expect=409)
        self.office.sends("vouchers:award", draft.pk, amount_eur="6,000", reason="A convincing first step.")
        voucher = Voucher.objects.get()
        assert budgets.balances(self.line).committed == euro(6000)
        assert self.company.downloads("vouchers:letter", voucher.pk).startswith(b"%PDF")
        assert "Accept the voucher" in self.company.sees("vouchers:voucher", voucher.pk)
        self.company.sends("vouchers:acceptance", voucher.pk)
        return voucher

    def claim(self, voucher: Voucher) -> Claim:
        """The company names its account, which finance approves; one cost with its evidence, a report, handed in."""
        self.it_is(CLAIM)
        company = self.company
        company.sends(
            "organisations:new_bank_account", self.cast.danish_company.pk, holder="Danish Company ApS",
            iban="DK50 0040 0440 1162 43", bic="",
        )  # fmt: skip
        self.first.sends("organisations:bank_account_approval", BankAccount.objects.get().pk)
        company.sends("claims:new", voucher.pk)
        claim = Claim.objects.get()
        company.sends("claims:submission", claim.pk, expect=409)
        company.sends(
            "claims:cost", claim.pk, category="service", description="Measurement", supplier="German Institute",
            invoice_number="INV-7", invoiced_on="2026-07-01", paid_on="2026-07-15", net="5,200.00", vat="988",
            currency="EUR", evidence=SimpleUploadedFile("invoice.pdf", PDF),
        )  # fmt: skip
        company.sends("claims:report", claim.pk, report=REPORT, is_final="on")
        company.sends("claims:submission", claim.pk)
        return claim

    def check(self, claim: Claim) -> None:
        """Four eyes: one verifies, another approves."""
        cost = CostLine.objects.get()
        assert self.first.downloads("claims:evidence", claim.pk, cost.pk) == PDF
        verified = {f"accepted_{cost.pk}": "5,000", "finding": "The taxi does not count."}
        self.first.sends("claims:verification", claim.pk, **verified)
        self.first.sends("claims:approval", claim.pk, expect=409)
        self.second.sends("claims:approval", claim.pk)

    def pay(self, claim: Claim) -> None:
        """The file is made by one, released by the other, valid for the bank, answered by it."""
        self.it_is(PAY)
        self.first.sends("claims:payment_file_new", claims=[claim.pk], execute_on="2026-09-07")
        file = PaymentFile.objects.get()
        self.first.sends("claims:payment_release", file.pk, expect=409)
        self.second.sends("claims:payment_release", file.pk)
        schema().validate(self.first.downloads("claims:payment_xml", file.pk).decode())
        self.it_is(ANSWER)
        said = {"on": "2026-09-07", f"result_{Payment.objects.get().pk}": "executed"}
        self.first.sends("claims:payment_answer", file.pk, **said)


@pytest.mark.django_db
def test_from_an_open_call_to_a_paid_voucher(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    story = Story(cast, monkeypatch)
    voucher = story.award(story.apply())
    claim = story.claim(voucher)
    story.check(claim)
    story.pay(claim)

    # Paid, closed, the rest free again; told to everyone; nothing is off.
    voucher.refresh_from_db()
    claim.refresh_from_db()
    assert (claim.state, voucher.state) == ("paid", "closed")
    stands = budgets.balances(story.line)
    assert (stands.paid, stands.committed, stands.free) == (euro(5000), Money(0), euro(95_000))
    assert [*budgets.findings(), *vouchers.findings(), *claims.findings()] == []
    letters = Letter.objects.filter(recipient_email=cast.danish_sme.email)
    subjects = " ".join(letters.values_list("subject", flat=True))
    for words in ("A voucher for", "is in use", "has arrived", "is approved", "is paid", "is closed"):
        assert words in subjects
    row = story.first.downloads("claims:paid_vouchers_table").decode()
    assert f"{voucher.number}," in row
    assert ",5000.00,2026-09-07,1" in row


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInTheBrowser:
    """The key steps with hands and eyes: accept, claim with a file, verify, approve."""

    def signed_in(self, browser: Browser, server: str, person: Person) -> Page:
        client = Client()
        client.force_login(person)
        context = browser.new_context(base_url=server)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server}])
        context.set_default_timeout(15_000)
        return context.new_page()

    def test_a_claim_from_its_first_cost_to_its_approval(
        self, browser: Browser, live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(clock, "now", lambda: CLAIM)
        cast = make_cast()
        voucher = a_voucher_in_use(cast)
        BankAccount.objects.create(
            organisation=cast.danish_company, holder="Danish Company ApS", iban="DK5000400440116243",
            state="approved", proposed_at=CLAIM, decided_at=CLAIM,
        )  # fmt: skip
        invoice = tmp_path / "invoice.pdf"
        invoice.write_bytes(PDF)

        page = self.signed_in(browser, live_server.url, cast.danish_sme)
        page.goto(voucher.get_absolute_url())
        page.get_by_role("button", name="Write the claim").click()
        page.get_by_role("link", name="Add a cost").first.click()
        page.get_by_label("What for").fill("Measurement")
        page.get_by_label("Who sent the invoice").fill("German Institute")
        page.get_by_label("Invoice number").fill("INV-7")
        for name, (day, month, year) in {"invoiced_on": (1, 7, 2026), "paid_on": (15, 7, 2026)}.items():
            for part, value in (("day", day), ("month", month), ("year", year)):
                page.locator(f"[name={name}_{part}]").fill(str(value))
        page.get_by_label("Amount without VAT").fill("2,500")
        page.locator("[name=evidence]").set_input_files(invoice)
        page.get_by_role("button", name="Add a cost").click()
        page.get_by_role("link", name="Write the report").click()
        page.locator("[name=report]").fill(REPORT)
        page.get_by_role("button", name="Write the report").click()
        page.get_by_role("button", name="Hand in the claim").click()
        page.get_by_text("Your claim has arrived").wait_for()

        page = self.signed_in(browser, live_server.url, cast.finance)
        page.goto(Claim.objects.get().get_absolute_url())
        page.get_by_role("link", name="Verify", exact=True).click()
        page.get_by_role("button", name="Accept these amounts").click()
        page.get_by_text("A second person approves it now").wait_for()

        page = self.signed_in(browser, live_server.url, cast.second_finance)
        page.goto(Claim.objects.get().get_absolute_url())
        page.get_by_role("button", name="Approve the payment").click()
        page.get_by_text("Approved. It can be paid now.").wait_for()
        assert Claim.objects.get().state == "approved"
