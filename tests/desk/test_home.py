"""Each role's home: what waits for whom, until when; nothing of others; as many queries for three rows as for one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from landbridge.applications.models import Application
from landbridge.budgets.actions import propose_transfer
from landbridge.desk.queries import home_of
from landbridge.desk.queries.parts import by_deadline
from landbridge.foundation import clock
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.parts import Task
from landbridge.memberships.models import Membership
from tests.cast import Cast
from tests.factories.applications import (
    DURING,
    a_confirmed_draft,
    a_shared_draft,
    a_submitted_application,
    an_empty_draft,
    an_offer,
    an_open_call,
    another_company,
)
from tests.factories.budgets import a_line
from tests.factories.calls import a_draft
from tests.factories.claims import (
    CLAIMED,
    a_claim,
    a_payment_file,
    a_released_file,
    a_submitted_claim,
    a_verified_claim,
    an_approved_claim,
)
from tests.factories.memberships import an_invitation
from tests.factories.organisations import a_bank_account, a_proposed_account
from tests.factories.vouchers import ACCEPTED, a_voucher, a_voucher_in_use, the_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, settings, monkeypatch):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"

    def of(person, *, at=DURING):
        monkeypatch.setattr(clock, "now", lambda: at)
        client.force_login(person)
        response = client.get("/desk/")
        assert response.status_code == 200
        return response.content.decode()

    return of


def labels(actor, *, at=DURING):
    return [task.label for task in home_of(actor, at=at).tasks]


@pytest.mark.parametrize("name", Cast.names())
def test_everybodys_desk_opens_when_there_is_nothing(desk, cast, name):
    desk(getattr(cast, name))


def test_without_signing_in_there_is_no_desk(client, db):
    assert "/account/sign-in/" in client.get("/desk/")["Location"]


# ── Companies and providers ──────────────────────────────────────────────────────────────────────────────────────────
def of_drafts(home):
    """Its tasks without the one that every company has until it said where it stands."""
    return [task for task in home.tasks if task.label != "Record where your company stands"]


def test_a_company_finishes_its_drafts(cast):
    an_empty_draft(cast)
    (task,) = of_drafts(home_of(cast.actor("danish_sme"), at=DURING))
    assert "6 parts are missing" in task.note
    assert "no partner named yet" in task.note
    assert task.until is not None


def test_a_complete_draft_waits_for_the_provider(cast):
    a_shared_draft(cast)
    company = home_of(cast.actor("danish_sme"), at=DURING)
    assert of_drafts(company) == []
    assert "German Institute has to confirm" in company.watched[0].note
    assert labels(cast.actor("german_provider")) == ["Read and confirm: Bioavailability of a new compound"]


def test_a_confirmed_draft_is_the_companys_again(cast):
    a_confirmed_draft(cast)
    assert labels(cast.actor("german_provider")) == []
    (task,) = of_drafts(home_of(cast.actor("danish_sme"), at=DURING))
    assert "hand it in" in task.note


def test_a_returned_application_is_to_be_corrected(cast):
    application = a_confirmed_draft(cast)
    Application.objects.filter(pk=application.pk).update(first_submitted_at=DURING)
    assert labels(cast.actor("danish_sme"))[0].startswith("Correct and hand in again")


def test_nobody_is_reminded_of_drafts_of_closed_calls(cast):
    an_empty_draft(cast)
    assert labels(cast.actor("danish_sme"), at=DURING + timedelta(days=300)) == []


def test_an_award_is_accepted_then_claimed(cast):
    cast.danish_company.bank_accounts.create(
        holder="x", iban="DK5000400440116243", state="proposed", proposed_at=DURING
    )
    voucher = a_voucher(cast)
    assert labels(cast.actor("danish_sme"), at=ACCEPTED) == [f"Accept the voucher {voucher.number}"]


def test_what_was_spent_is_claimed_on_a_named_account(cast):
    voucher = a_voucher_in_use(cast)
    assert labels(cast.actor("danish_sme"), at=ACCEPTED) == [
        f"Claim what you spent under {voucher.number}",
        "Name the bank account to be paid on",
    ]


def test_a_begun_claim_is_finished(cast):
    claim = a_claim(cast)
    assert f"Finish the claim {claim.number}" in labels(cast.actor("danish_sme"), at=CLAIMED)


def test_a_company_without_number_and_place_is_told(cast):
    cast.danish_company.company_numbers.all().delete()
    cast.danish_company.region = None
    cast.danish_company.street = ""
    cast.danish_company.save()
    assert len(labels(cast.actor("danish_sme"))) == 3


# ── Brokers, office, finance, auditor ────────────────────────────────────────────────────────────────────────────────
def test_a_broker_helps_the_companies_of_the_region_alone(cast):
    an_empty_draft(cast, title="A Danish draft")
    assert any("A Danish draft" in label for label in labels(cast.actor("zealand_broker")))
    for other in ("stuttgart_broker", "liege_broker"):
        home = home_of(cast.actor(other), at=DURING)
        assert not any("Danish" in task.label + task.note for task in home.tasks + home.watched)


def test_a_broker_reminds_of_vouchers_that_run_out(cast):
    a_voucher_in_use(cast)
    late = datetime(2027, 4, 1, tzinfo=UTC)
    assert labels(cast.actor("zealand_broker"), at=late) == ["Remind Danish Company ApS to claim"]
    assert labels(cast.actor("stuttgart_broker"), at=late) == []


def test_the_office_decides_call_by_call(cast):
    application = a_submitted_application(cast)
    (task,) = home_of(cast.actor("office"), at=DURING).tasks
    assert (task.label, task.href) == ("Decide on 1 application", application.get_absolute_url())
    a_submitted_application(cast, offer=application.offer, applicant=another_company(cast, "Two"))
    (task,) = home_of(cast.actor("office"), at=DURING).tasks
    assert task.label == "Decide on 2 applications"
    assert f"call={application.call_id}" in task.href
    assert labels(cast.actor("other_office")) == []


def test_the_office_prepares_and_finishes_calls(cast):
    call = a_draft(phase=cast.phase)
    assert labels(cast.actor("office")) == [f"Complete and publish: {call.title}"]
    an_open_call(cast.phase, number=9)
    assert "Finish the call: Call 9" in labels(cast.actor("office"), at=DURING + timedelta(days=300))
    assert "Call 9" in [task.label for task in home_of(cast.actor("office"), at=DURING).watched]


def test_the_office_keeps_an_eye_on_ends_and_transfers(cast):
    giver = the_line(cast)
    receiver = a_line(partner=cast.belgian_partner, phase=cast.phase)
    propose_transfer(
        giver=giver,
        receiver=receiver,
        amount=euro(500),
        reason="More demand",
        by=cast.actor("finance"),
        at=DURING,
    )
    voucher = a_voucher_in_use(cast)
    watched = [
        task.label for task in home_of(cast.actor("office"), at=datetime(2027, 4, 1, tzinfo=UTC)).watched
    ]
    assert f"Voucher {voucher.number} ends" in watched
    assert any("€500 from" in label for label in watched)
    assert any("Agree to a transfer" in label for label in labels(cast.actor("belgian_finance")))
    assert not any("Agree to a transfer" in label for label in labels(cast.actor("finance")))


def test_finance_verifies_then_another_approves(cast):
    claim = a_submitted_claim(cast)
    assert f"Verify the claim {claim.number}" in labels(cast.actor("finance"))
    assert labels(cast.actor("belgian_finance")) == []


def test_whoever_verified_does_not_approve(cast):
    claim = a_verified_claim(cast)
    assert labels(cast.actor("second_finance")) == [f"Approve the claim {claim.number}"]
    first = home_of(cast.actor("finance"), at=DURING)
    assert first.tasks == []
    assert "a second person approves" in first.watched[0].note


def test_approved_claims_are_paid_in_one_file(cast):
    an_approved_claim(cast)
    assert labels(cast.actor("finance")) == ["Pay 1 approved claim"]


def test_whoever_made_a_file_does_not_release_it(cast):
    file = a_payment_file(cast)
    assert labels(cast.actor("second_finance")) == [f"Release the payment file {file.message_id}"]
    assert labels(cast.actor("finance")) == []


def test_a_released_file_waits_for_the_banks_answer(cast):
    file = a_released_file(cast)
    assert labels(cast.actor("finance")) == [f"Enter the bank's answer to {file.message_id}"]


def test_a_bank_account_waits_for_the_partners_finance(cast):
    a_proposed_account(cast.danish_company)
    assert labels(cast.actor("finance")) == ["Check the bank account of Danish Company ApS"]
    assert labels(cast.actor("belgian_finance")) == []


def test_an_auditor_reads_how_far_the_record_is_sealed(desk, cast):
    page = desk(cast.auditor)
    assert "Draw a random sample" in page
    assert "no seal yet" in page


# ── Hats ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_somebody_without_a_hat_is_shown_the_ways_in(desk, cast):
    page = desk(cast.mallory)
    assert "Register your company or institute" in page
    assert "Accept an invitation" in page


def test_an_invitation_stands_on_top(desk, cast):
    an_invitation(email=cast.mallory.email)
    assert "invites you" in desk(cast.mallory, at=datetime(2026, 1, 6, tzinfo=UTC))


def test_what_waits_under_another_hat_is_counted(desk, cast):
    a_shared_draft(cast)
    Membership.objects.create(
        person=cast.danish_sme, role="provider", organisation=cast.german_institute, began_at=DURING
    )
    page = desk(cast.danish_sme)
    assert "Your other roles" in page
    assert "1 thing waits" in page


@pytest.mark.parametrize("name", ["assessor"])
def test_roles_of_later_words_are_told_honestly(desk, cast, name):
    assert "not" in desk(getattr(cast, name))
    assert "Nothing to do here yet" in desk(getattr(cast, name))


# ── Order and cost ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_due_first_stands_on_top():
    never = Task("never")
    day = Task("day", until=datetime(2026, 4, 2, tzinfo=UTC).date())
    moment = Task("moment", until=datetime(2026, 4, 2, 12, tzinfo=UTC))
    assert by_deadline([never, day, moment]) == [moment, day, never]


@pytest.mark.parametrize(
    "name",
    ["danish_sme", "german_provider", "zealand_broker", "office", "network_office", "finance", "auditor"],
)
def test_three_rows_cost_as_many_queries_as_one(desk, cast, client, name):
    offer = an_offer(an_open_call(cast.phase))

    def one_more(number):
        company = another_company(cast, f"Company {number}")
        an_empty_draft(cast, offer=offer, title=f"Draft {number}")
        a_shared_draft(cast, offer=offer, applicant=company)
        a_bank_account(company)
        a_submitted_claim(cast, offer=offer, applicant=company, by=_colleague(cast, company))

    one_more(1)
    desk(getattr(cast, name), at=CLAIMED)
    with CaptureQueriesContext(connection) as with_one:
        client.get("/desk/")
    one_more(2)
    one_more(3)
    with CaptureQueriesContext(connection) as with_three:
        client.get("/desk/")
    assert len(with_three) == len(with_one)
    assert len(with_three) <= 28


def _colleague(cast, company):
    return Actor(person_id=cast.danish_sme.pk, name="Dagny", role=Role.SME, organisation_id=company.pk)
