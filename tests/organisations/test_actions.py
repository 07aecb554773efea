"""Registering, editing and closing an organisation; the accounts it is paid on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import ANYONE, SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.organisations import actions, queries
from landbridge.organisations.models import BankAccount, CompanyNumber, Organisation
from landbridge.organisations.states import S
from tests.factories.organisations import a_bank_account, a_company, a_proposed_account, an_organisation

AT = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
DANISH = "DK5000400440116243"
pytestmark = pytest.mark.django_db


def codes(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def events(subject) -> list[str]:
    return [event.event for event in history_of(subject)]


# ── Registering ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_registered_organisation_has_the_region_of_its_place(cast):
    found = actions.register(
        name=" New GmbH ",
        country="DE",
        postcode="70173",
        town="Stuttgart",
        vat_number="de 136 695 976",
        company_numbers={"HRB": "HRB 12345 Stuttgart"},
        by=cast.actor("mallory"),
        at=AT,
    )
    assert found.region == cast.stuttgart
    assert (found.name, found.vat_number) == ("New GmbH", "DE136695976")
    assert queries.numbers_of(found) == {"HRB": "Stuttgart HRB 12345"}
    assert events(found) == ["organisation.registered"]


def test_outside_the_network_there_is_no_region_but_a_nearest_desk(cast):
    found = actions.register(name="Far away", country="PT", town="Porto", by=SYSTEM, at=AT)
    assert found.region is None
    assert queries.nearest_desk("PT") == cast.liege
    assert queries.nearest_desk("SE") == cast.zealand
    assert queries.nearest_desk("DE") == cast.stuttgart
    assert queries.nearest_desk("US") is None


def test_without_any_region_no_desk_is_near():
    assert queries.nearest_desk("BE") is None


def test_nobody_unknown_registers():
    with pytest.raises(NotAllowed):
        actions.register(name="Xy", country="BE", town="Liège", by=ANYONE, at=AT)


def test_wrong_facts_are_refused_and_leave_nothing(cast):
    with pytest.raises(Refused) as refused:
        actions.register(name="Xy", country="BE", town="", company_numbers={"KBO": "1"}, by=SYSTEM, at=AT)
    assert codes(refused) == ["no_town", "company_number_form"]
    assert not Organisation.objects.filter(name="Xy").exists()


def test_a_number_belongs_to_one_organisation_and_names_nobody(cast):
    company = a_company(name="Secret BV", country="NL")
    number = queries.numbers_of(company)["KVK"]
    with pytest.raises(Refused) as refused:
        actions.register(
            name="Again", country="NL", town="Oss", company_numbers={"KVK": number}, by=SYSTEM, at=AT
        )
    (problem,) = refused.value.problems
    assert (problem.code, problem.field) == ("already_registered", "company_number")
    assert "Secret" not in problem.message + problem.cure


def test_two_registrations_at_once_meet_at_the_constraint(cast, monkeypatch):
    number = queries.numbers_of(a_company(country="NL"))["KVK"]
    monkeypatch.setattr(queries, "numbers_held_elsewhere", lambda numbers, besides: [])
    with pytest.raises(Refused) as refused:
        actions.register(
            name="Again", country="NL", town="Oss", company_numbers={"KVK": number}, by=SYSTEM, at=AT
        )
    assert codes(refused) == ["already_registered"]
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyNumber.objects.create(organisation=an_organisation(), scheme="KVK", number=number)


# ── Editing and closing ──────────────────────────────────────────────────────────────────────────────────────────────
def test_an_edit_keeps_what_is_left_out_and_says_what_changed(cast):
    sme = cast.actor("danish_sme")
    found = actions.edit(organisation_id=cast.danish_company.pk, version=1, about="Enzymes", by=sme, at=AT)
    assert (found.about, found.town, found.version) == ("Enzymes", "København", 2)
    assert queries.numbers_of(found)
    assert history_of(found)[0].details == {"changed": ["about"]}


def test_a_stale_edit_is_refused(cast):
    sme = cast.actor("danish_sme")
    actions.edit(organisation_id=cast.danish_company.pk, version=1, about="Mine", by=sme, at=AT)
    with pytest.raises(Refused) as refused:
        actions.edit(organisation_id=cast.danish_company.pk, version=1, about="Yours", by=sme, at=AT)
    assert codes(refused) == ["stale"]


def test_a_move_to_another_country_moves_the_region_and_asks_for_its_register(cast):
    sme, pk = cast.actor("danish_sme"), cast.danish_company.pk
    with pytest.raises(Refused) as refused:
        actions.edit(organisation_id=pk, country="DE", postcode="70173", by=sme, at=AT)
    assert codes(refused) == ["scheme_of_another_country"]
    moved = actions.edit(
        organisation_id=pk, country="DE", postcode="70173", company_numbers={}, by=sme, at=AT
    )
    assert moved.region == cast.stuttgart
    assert queries.numbers_of(moved) == {}


def test_only_its_own_people_edit_and_close(cast):
    with pytest.raises(Organisation.DoesNotExist):
        actions.edit(organisation_id=cast.danish_company.pk, about="x", by=cast.actor("belgian_sme"), at=AT)
    with pytest.raises(NotAllowed):
        actions.edit(
            organisation_id=cast.danish_company.pk, about="x", by=cast.actor("zealand_broker"), at=AT
        )
    with pytest.raises(NotAllowed):
        actions.close(organisation_id=cast.danish_company.pk, reason="", by=cast.actor("auditor"), at=AT)


def test_an_organisation_closes_when_nothing_runs(cast, monkeypatch):
    sme, pk = cast.actor("danish_sme"), cast.danish_company.pk
    with monkeypatch.context() as patch:
        patch.setattr(queries, "running_matters", lambda pk: 2)
        with pytest.raises(Refused) as refused:
            actions.close(organisation_id=pk, reason="Over", by=sme, at=AT)
    assert codes(refused) == ["matters_run"]
    assert actions.close(organisation_id=pk, reason="Over", by=sme, at=AT).is_closed
    with pytest.raises(Refused):
        actions.edit(organisation_id=pk, about="x", by=sme, at=AT)


# ── Accounts ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def proposed(cast, *, iban: str = DANISH) -> BankAccount:
    return actions.propose_bank_account(
        organisation_id=cast.danish_company.pk,
        holder="Danish Company ApS",
        iban=iban,
        by=cast.actor("danish_sme"),
        at=AT,
    )


def test_an_approved_account_replaces_the_one_in_use(cast):
    old = a_bank_account(cast.danish_company, iban="BE68539007547034")
    account = proposed(cast)
    assert BankAccount.objects.in_use().get(organisation=cast.danish_company) == old
    actions.approve_bank_account(account_id=account.pk, by=cast.actor("finance"), at=AT)
    old.refresh_from_db()
    assert old.state == S.REPLACED
    assert BankAccount.objects.in_use().get(organisation=cast.danish_company) == account
    assert events(account) == ["bank_account.approved", "bank_account.proposed"]
    letter = Letter.objects.get(template="organisations/bank_account_approved")
    assert letter.recipient_email == cast.danish_sme.email
    assert DANISH not in letter.body


def test_a_newer_proposal_takes_the_place_of_one_that_waits(cast):
    first = proposed(cast, iban="BE68539007547034")
    second = proposed(cast)
    first.refresh_from_db()
    assert first.state == S.REPLACED
    assert list(BankAccount.objects.waiting()) == [second]


def test_a_refused_account_leaves_the_one_in_use(cast):
    old = a_bank_account(cast.danish_company, iban="BE68539007547034")
    account = proposed(cast)
    refused = actions.refuse_bank_account(
        account_id=account.pk, reason="No statement", by=cast.actor("finance"), at=AT
    )
    assert (refused.state, refused.reason) == (S.REFUSED, "No statement")
    assert BankAccount.objects.in_use().get(organisation=cast.danish_company) == old
    assert "No statement" in Letter.objects.get(template="organisations/bank_account_refused").body


def test_nobody_decides_on_their_own_account_under_whatever_hat(cast):
    account = proposed(cast)
    same_person = replace(cast.actor("finance"), person_id=cast.danish_sme.pk)
    with pytest.raises(Refused) as refused:
        actions.approve_bank_account(account_id=account.pk, by=same_person, at=AT)
    assert codes(refused) == ["second_person"]
    with pytest.raises(Refused):
        actions.refuse_bank_account(account_id=account.pk, reason="x", by=same_person, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.filter(pk=account.pk).update(state=S.APPROVED, decided_by_id=cast.danish_sme.pk)


def test_finance_of_another_partner_does_not_see_the_account(cast):
    account = proposed(cast)
    with pytest.raises(BankAccount.DoesNotExist):
        actions.approve_bank_account(account_id=account.pk, by=cast.actor("belgian_finance"), at=AT)
    assert not BankAccount.objects.visible_to(cast.actor("zealand_broker")).exists()


def test_who_may_not_propose_or_decide(cast):
    account = proposed(cast)
    with pytest.raises(NotAllowed):
        actions.approve_bank_account(account_id=account.pk, by=cast.actor("danish_colleague"), at=AT)
    with pytest.raises(NotAllowed):
        actions.propose_bank_account(
            organisation_id=cast.danish_company.pk, holder="x", iban=DANISH, by=cast.actor("finance"), at=AT
        )


def test_an_account_is_decided_once_and_proposed_once(cast):
    account = proposed(cast)
    actions.approve_bank_account(account_id=account.pk, by=cast.actor("finance"), at=AT)
    with pytest.raises(Refused) as refused:
        actions.refuse_bank_account(account_id=account.pk, reason="x", by=cast.actor("second_finance"), at=AT)
    assert codes(refused) == ["wrong_state"]
    with pytest.raises(Refused) as refused:
        proposed(cast)
    assert codes(refused) == ["already_in_use"]


def test_the_replay_proposes_and_approves_as_landbridge_itself(cast):
    account = actions.propose_bank_account(
        organisation_id=cast.danish_company.pk, holder="Danish Company ApS", iban=DANISH, by=SYSTEM, at=AT
    )
    assert actions.approve_bank_account(account_id=account.pk, by=SYSTEM, at=AT).state == S.APPROVED
    assert not Letter.objects.exists()


def test_the_same_iban_elsewhere_is_noticed(cast):
    account = proposed(cast)
    assert queries.lookalikes(account) == 0
    a_proposed_account(cast.belgian_company, iban=DANISH)
    assert queries.lookalikes(account) == 1
    assert account.masked == "DK50 … 6243"


def test_readiness_grows_with_what_is_known(cast):
    bare = an_organisation(street="", region=cast.stuttgart)
    ready = queries.readiness_of(bare)
    assert not ready.can_apply
    assert not ready.can_be_paid
    a_bank_account(cast.danish_company)
    ready = queries.readiness_of(cast.danish_company)
    assert ready.can_apply
    assert ready.can_be_paid
