"""Money moved between partners: both sides agree, no person for both."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from landbridge.budgets import actions, queries
from landbridge.budgets.models import Entry, Transfer
from landbridge.budgets.states import Kind, S, Side
from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.money import euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from tests.factories.budgets import POSTED, a_commitment, a_line, a_transfer
from tests.factories.memberships import an_actor
from tests.factories.programmes import a_partner, a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver():
    return a_line(free=euro(20_000))


@pytest.fixture
def receiver(giver):
    return a_line(phase=giver.phase)


@pytest.fixture
def giving(giver):
    return an_actor(Role.FINANCE, partner=giver.partner)


@pytest.fixture
def receiving(receiver):
    return an_actor(Role.FINANCE, partner=receiver.partner)


@pytest.fixture
def office(giver):
    return an_actor(Role.OFFICE, programme=giver.phase.programme)


def agree(transfer, by):
    return actions.agree(transfer_id=transfer.pk, by=by, at=POSTED)


def test_both_partners_agree_and_the_money_moves_at_once(giver, receiver, giving, receiving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=giving)
    assert queries.balances(giver).free == euro(20_000)
    assert agree(transfer, receiving).state == S.POSTED
    assert (queries.balances(giver).free, queries.balances(receiver).free) == (euro(13_000), euro(7000))
    entries = Entry.objects.filter(about_table="budgets.transfer", about_id=transfer.pk).order_by("line_id")
    assert [(entry.line_id, entry.kind) for entry in entries] == [
        (giver.pk, Kind.MOVE_OUT),
        (receiver.pk, Kind.MOVE_IN),
    ]
    assert [event.event for event in history_of(transfer)] == ["transfer.posted", "transfer.proposed"]


def test_the_receiver_may_ask_and_the_giver_agree(giver, receiver, giving, receiving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=receiving)
    assert not transfer.proposed_by_giver
    agree(transfer, giving)
    assert queries.balances(receiver).free == euro(7000)


def test_the_office_stands_in_for_one_side(giver, receiver, office, receiving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=office)
    assert agree(transfer, receiving).state == S.POSTED


def test_the_office_stands_in_for_the_receiver_s_side(giver, receiver, office, giving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=office, side=Side.RECEIVER)
    assert not transfer.proposed_by_giver
    agree(transfer, giving)


def test_the_office_never_stands_in_for_both_sides(giver, receiver, office):
    transfer = a_transfer(giver=giver, receiver=receiver, by=office)
    colleague = an_actor(Role.OFFICE, programme=giver.phase.programme)
    for person, code in ((office, "same_person"), (colleague, "office_on_both_sides")):
        with pytest.raises(Refused) as refusal:
            agree(transfer, person)
        assert [problem.code for problem in refusal.value.problems] == [code]
    assert queries.balances(giver).free == euro(20_000)


def test_no_person_agrees_for_both_sides_under_two_hats(giver, receiver, giving, receiving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=giving)
    with pytest.raises(Refused) as refusal:
        agree(transfer, replace(receiving, person_id=giving.person_id))
    assert refusal.value.problems[0].code == "same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(receiver_agreed_by_id=giving.person_id)


def test_one_side_does_not_agree_for_the_other(giver, receiver, giving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=giving)
    colleague = an_actor(Role.FINANCE, partner=giver.partner)
    for move in (agree, lambda one, by: actions.refuse(transfer_id=one.pk, reason="-", by=by, at=POSTED)):
        with pytest.raises(NotAllowed):
            move(transfer, colleague)


def test_what_is_no_longer_there_does_not_move(giver, receiver, giving, receiving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=giving)
    a_commitment(giver, about=giver.partner, amount=euro(14_000))
    with pytest.raises(Refused) as refusal:
        agree(transfer, receiving)
    assert refusal.value.problems[0].params == {"asked": euro(7000), "left": euro(6000)}
    transfer.refresh_from_db()
    assert (transfer.state, queries.balances(receiver).free) == (S.PROPOSED, euro(0))


def test_a_giver_offers_only_what_is_free(giver, receiver, giving):
    with pytest.raises(Refused):
        a_transfer(giver=giver, receiver=receiver, by=giving, amount=euro(20_001))


def test_a_transfer_is_agreed_once(giver, receiver, giving, receiving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=giving)
    agree(transfer, receiving)
    with pytest.raises(Refused):
        agree(transfer, receiving)
    assert queries.balances(receiver).free == euro(7000)


def test_the_other_side_may_refuse_with_a_reason(giver, receiver, giving, receiving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=giving)
    with pytest.raises(Refused):
        actions.refuse(transfer_id=transfer.pk, reason=" ", by=receiving, at=POSTED)
    refused = actions.refuse(transfer_id=transfer.pk, reason="We have enough.", by=receiving, at=POSTED)
    assert (refused.state, refused.refusal) == (S.REFUSED, "We have enough.")
    assert Entry.objects.filter(line=receiver).count() == 0


def test_only_the_side_that_proposed_withdraws(giver, receiver, giving, receiving):
    transfer = a_transfer(giver=giver, receiver=receiver, by=giving)
    with pytest.raises(NotAllowed):
        actions.withdraw(transfer_id=transfer.pk, by=receiving, at=POSTED)
    assert actions.withdraw(transfer_id=transfer.pk, by=giving, at=POSTED).state == S.WITHDRAWN


def test_money_stays_within_the_phase_and_goes_to_another_partner(giver):
    for receiver, code in ((giver, "same_partner"), (a_line(), "other_phase")):
        with pytest.raises(Refused) as refusal:
            a_transfer(giver=giver, receiver=receiver)
        assert code in [problem.code for problem in refusal.value.problems]


def test_somebody_else_does_not_propose_nor_find_it(giver, receiver):
    stranger = an_actor(Role.FINANCE, partner=a_partner(programme=giver.phase.programme))
    with pytest.raises(NotAllowed):
        a_transfer(giver=giver, receiver=receiver, by=stranger)
    with pytest.raises(NotAllowed):
        a_transfer(giver=giver, receiver=receiver, by=an_actor(Role.OFFICE, programme=a_programme()))
    with pytest.raises(NotAllowed):
        a_transfer(giver=giver, receiver=receiver, by=an_actor(Role.AUDITOR))
    with pytest.raises(Transfer.DoesNotExist):
        agree(a_transfer(giver=giver, receiver=receiver), stranger)


def test_landbridge_itself_replays_both_sides(giver, receiver):
    assert agree(a_transfer(giver=giver, receiver=receiver), SYSTEM).state == S.POSTED


def test_it_waits_for_the_other_side_alone(giver, receiver, giving, receiving):
    office = an_actor(Role.OFFICE, programme=giver.phase.programme)
    transfer = a_transfer(giver=giver, receiver=receiver, by=giving)
    waiting = [list(queries.transfers_waiting_for(actor)) for actor in (giving, receiving, office)]
    assert waiting == [[], [transfer], []]


def letters():
    return [(letter.template, letter.recipient_email) for letter in Letter.objects.order_by("pk")]


def test_the_other_side_is_told_of_a_proposal_and_the_proposing_side_of_the_answer(
    giver, receiver, giving, receiving
):
    give, take = (
        Person.objects.get(pk=giving.person_id).email,
        Person.objects.get(pk=receiving.person_id).email,
    )
    agree(a_transfer(giver=giver, receiver=receiver, by=giving), receiving)
    second = a_transfer(giver=giver, receiver=receiver, by=receiving)
    actions.refuse(transfer_id=second.pk, reason="We need it.", by=giving, at=POSTED)
    third = a_transfer(giver=giver, receiver=receiver, by=giving)
    actions.withdraw(transfer_id=third.pk, by=giving, at=POSTED)
    assert letters() == [
        ("budgets/transfer_proposed", take),
        ("budgets/transfer_posted", give),
        ("budgets/transfer_proposed", give),
        ("budgets/transfer_refused", take),
        ("budgets/transfer_proposed", take),
        ("budgets/transfer_withdrawn", take),
    ]
