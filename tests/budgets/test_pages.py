"""The pages of the budgets: who sees what, and what a form answers."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from landbridge.budgets import actions, queries
from landbridge.budgets.models import Entry, Line, Transfer
from landbridge.budgets.states import S
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import SYSTEM
from tests.factories.budgets import POSTED, a_commitment, a_line, a_transfer
from tests.factories.programmes import an_incentive

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(cast):
    """A Danish line with money in it, and a Belgian one without."""
    danish = a_line(partner=cast.danish_partner, phase=cast.phase, free=euro(100_000))
    belgian = a_line(partner=cast.belgian_partner, phase=cast.phase)
    return danish, belgian


@pytest.fixture
def sign_in(client, cast, settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"

    def as_(name):
        client.force_login(getattr(cast, name))
        return client

    return as_


def a_post(**fields):
    return {"operation_key": str(uuid.uuid4()), **fields}


def test_the_office_sees_every_partner_and_the_total(sign_in, cast, lines):
    page = sign_in("office").get(reverse("budgets:phase", args=[cast.phase.pk]))
    assert page.status_code == 200
    for text in ("Danish partner", "Belgian partner", "€100,000", "Together"):
        assert text in page.content.decode()


def test_finance_sees_its_own_partner_alone(sign_in, cast, lines):
    page = sign_in("finance").get(reverse("budgets:phase", args=[cast.phase.pk])).content.decode()
    assert "Danish partner" in page
    assert "Belgian partner" not in page
    assert sign_in("finance").get(lines[1].get_absolute_url()).status_code == 404


def test_the_overview_leads_to_the_running_phase(sign_in, cast, lines):
    assert sign_in("finance").get(reverse("budgets:overview")).url == f"/budgets/phases/{cast.phase.pk}/"


def test_an_empty_overview_teaches(sign_in, cast):
    assert "No budget yet" in sign_in("finance").get(reverse("budgets:overview")).content.decode()
    page = sign_in("office").get(reverse("budgets:phase", args=[cast.phase.pk]))
    assert "No lines in this phase yet" in page.content.decode()


@pytest.mark.parametrize("name", ["danish_sme", "stuttgart_broker", "assessor", "mallory"])
def test_others_are_told_that_they_may_not(sign_in, lines, name):
    assert sign_in(name).get(lines[0].get_absolute_url()).status_code == 403


@pytest.mark.parametrize("name", ["other_office"])
def test_another_programme_s_office_finds_nothing(sign_in, cast, lines, name):
    assert sign_in(name).get(lines[0].get_absolute_url()).status_code == 404
    assert sign_in(name).get(reverse("budgets:phase", args=[cast.phase.pk])).status_code == 404


def test_ids_beyond_every_bound_are_not_found(sign_in, cast):
    for path in ("phases", "lines", "transfers"):
        assert sign_in("office").get(f"/budgets/{path}/{10**30}/").status_code == 404


def test_the_queries_of_the_overview_do_not_grow_with_the_lines(
    sign_in, cast, lines, django_assert_max_num_queries
):
    office = sign_in("office")
    for _ in range(4):
        a_line(phase=cast.phase, incentive=an_incentive(phase=cast.phase), free=euro(5))
    with django_assert_max_num_queries(16):
        office.get(reverse("budgets:phase", args=[cast.phase.pk]))


def test_the_office_opens_a_line_and_allocates_once(sign_in, cast):
    office = sign_in("office")
    answer = office.post(
        reverse("budgets:new_line", args=[cast.phase.pk]),
        a_post(partner=cast.german_partner.pk, incentive=""),
    )
    line = Line.objects.get()
    assert answer.url == line.get_absolute_url()
    form = a_post(amount="100.000,00", reason="Budget of the phase")
    for _ in range(2):
        assert office.post(reverse("budgets:allocation", args=[line.pk]), form).status_code == 302
    assert queries.balances(line).free == euro(100_000)
    page = office.get(line.get_absolute_url()).content.decode()
    assert "Budget of the phase" in page
    assert "€100,000.00" in page


@pytest.mark.parametrize(
    ("typed", "status", "text"),
    [
        (("", "Because"), 422, "There is a problem"),
        (("-5", "Because"), 422, "at least"),
        (("12,34.56,7", "Because"), 422, "amount in figures"),
        (("1e9", "Because"), 422, "amount in figures"),
        (("99999999999999999999", "Because"), 422, "amount"),
        (("5000", ""), 422, "There is a problem"),
        (("5000", "x" * 301), 422, "300"),
        (("5000", "Be\x00cause"), 422, "cannot be stored"),
        (("200000", "Because"), 409, "€100,000 left free"),
    ],
)
def test_a_form_that_cannot_be_carried_out_comes_back_with_everything_typed(
    sign_in, lines, *, typed, status, text
):
    amount, reason = typed
    answer = sign_in("office").post(
        reverse("budgets:withdrawal", args=[lines[0].pk]), a_post(amount=amount, reason=reason)
    )
    assert answer.status_code == status
    page = answer.content.decode()
    assert text in page
    assert reason.replace("\x00", "") in page
    assert Entry.objects.count() == 1


def test_finance_does_not_allocate(sign_in, lines):
    url = reverse("budgets:allocation", args=[lines[0].pk])
    assert sign_in("finance").post(url, a_post(amount="1", reason="-")).status_code == 403


def test_statements_and_tables_can_be_taken_away(sign_in, cast, lines):
    a_commitment(lines[0], about=cast.danish_company, amount=euro(7000))
    finance = sign_in("finance")
    table = b"".join(finance.get(reverse("budgets:phase_table", args=[cast.phase.pk]))).decode("utf-8-sig")
    assert "Danish partner" in table
    assert "Belgian" not in table
    statement = b"".join(finance.get(reverse("budgets:statement", args=[lines[0].pk]))).decode("utf-8-sig")
    assert len(statement.strip().splitlines()) == 3
    assert "Danish Company ApS" in statement


def test_a_long_statement_has_pages(sign_in, lines):
    for number in range(60):
        actions.allocate(line=lines[1], amount=euro(1), reason=f"Part {number}", by=SYSTEM, at=POSTED)
    office = sign_in("office")
    first = office.get(lines[1].get_absolute_url()).content.decode()
    assert "Part 59" in first
    assert "Part 3<br>" not in first
    assert len(first) < 80_000
    assert "Part 3<br>" in office.get(lines[1].get_absolute_url(), {"page": 2}).content.decode()


# ── Transfers ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_two_partners_move_money_in_the_browser(sign_in, cast, lines):
    danish, belgian = lines
    fields = {"giver": danish.pk, "receiver": belgian.pk, "amount": "7000", "reason": "More demand there"}
    finance = sign_in("finance")
    url = reverse("budgets:new_transfer", args=[cast.phase.pk])
    assert "the partner who gives" not in finance.get(url).content.decode()
    finance.post(url, a_post(**fields))
    transfer = Transfer.objects.get()
    mine = finance.get(transfer.get_absolute_url()).content.decode()
    assert "Withdraw the proposal" in mine
    assert "Do you agree?" not in mine
    other = sign_in("belgian_finance")
    assert "Do you agree?" in other.get(transfer.get_absolute_url()).content.decode()
    other.post(reverse("budgets:agreement", args=[transfer.pk]), a_post())
    assert queries.balances(belgian).free == euro(7000)
    assert "Agreed and posted" in other.get(transfer.get_absolute_url()).content.decode()
    assert "Agreed and posted" in other.get(reverse("budgets:transfers")).content.decode()


def test_the_office_says_for_which_side_it_stands_in(sign_in, cast, lines):
    office = sign_in("office")
    url = reverse("budgets:new_transfer", args=[cast.phase.pk])
    fields = {"giver": lines[0].pk, "receiver": lines[1].pk, "amount": "7000", "reason": "More demand"}
    assert "the partner who gives" in office.get(url, {"from": lines[0].pk}).content.decode()
    assert office.post(url, a_post(**fields)).status_code == 422
    assert office.post(url, a_post(**fields, side="receiver")).status_code == 302
    transfer = Transfer.objects.get()
    assert "Do you agree?" not in office.get(transfer.get_absolute_url()).content.decode()
    refused = office.post(reverse("budgets:agreement", args=[transfer.pk]), a_post())
    assert refused.status_code == 409
    assert "a second person must agree" in refused.content.decode()


def test_a_transfer_is_refused_with_a_reason_or_withdrawn(sign_in, lines):
    transfer = a_transfer(giver=lines[0], receiver=lines[1])
    finance = sign_in("belgian_finance")
    url = reverse("budgets:refusal", args=[transfer.pk])
    assert finance.post(url, a_post(reason="")).status_code == 422
    assert finance.post(url, a_post(reason="We have enough")).status_code == 302
    assert "We have enough" in finance.get(transfer.get_absolute_url()).content.decode()
    again = a_transfer(giver=lines[0], receiver=lines[1])
    sign_in("finance").post(reverse("budgets:transfer_withdrawal", args=[again.pk]), a_post())
    again.refresh_from_db()
    assert again.state == S.WITHDRAWN


def test_more_than_is_free_is_not_proposed(sign_in, cast, lines):
    fields = {"giver": lines[0].pk, "receiver": lines[1].pk, "amount": "100001", "reason": "More"}
    answer = sign_in("finance").post(reverse("budgets:new_transfer", args=[cast.phase.pk]), a_post(**fields))
    assert answer.status_code == 409
    assert "€100,000 left free" in answer.content.decode()


def test_a_third_partner_does_not_find_the_transfer(sign_in, cast, lines):
    other = a_line(partner=cast.german_partner, phase=cast.phase, free=euro(10_000))
    transfer = a_transfer(giver=other, receiver=lines[1])
    assert sign_in("finance").get(transfer.get_absolute_url()).status_code == 404
    assert sign_in("finance").post(reverse("budgets:agreement", args=[transfer.pk])).status_code == 404
