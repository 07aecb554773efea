"""What the ledger lets happen, and what it refuses."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from landbridge.budgets import actions, queries
from landbridge.budgets.models import Entry, Line
from landbridge.budgets.states import Account, Kind
from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.money import Money, euro
from landbridge.foundation.permissions.actor import ANYONE, SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.foundation.ui.formatting import problem_text
from tests.factories.budgets import POSTED, a_commitment, a_line, a_payment, an_own_line
from tests.factories.memberships import an_actor
from tests.factories.programmes import a_partner, a_phase, a_programme, an_incentive

pytestmark = pytest.mark.django_db
NOW = {"by": SYSTEM, "at": POSTED, "reason": "Because"}


def test_allocated_money_is_free():
    line = a_line()
    entry = actions.allocate(line=line, amount=euro(100_000), **NOW)
    assert (entry.number, entry.kind, entry.amount_eur) == (1, Kind.ALLOCATE, euro(100_000))
    assert queries.balances(line) == queries.Balances(free=euro(100_000))


def test_a_voucher_s_money_goes_from_free_to_paid_and_the_rest_is_free_again():
    line = a_line(free=euro(10_000))
    voucher = line.partner  # any row will do as a subject
    actions.reserve(line=line, amount=euro(7000), about=voucher, **NOW)
    actions.commit(line=line, amount=euro(7000), about=voucher, from_reserved=True, **NOW)
    actions.pay(line=line, amount=euro(6500), about=voucher, **NOW)
    actions.release(line=line, amount=euro(500), about=voucher, **NOW)
    assert queries.balances(line) == queries.Balances(free=euro(3500), paid=euro(6500))
    actions.recover(line=line, amount=euro(1500), about=voucher, **NOW)
    assert queries.balances(line) == queries.Balances(free=euro(5000), paid=euro(5000))
    assert [row.number for row in queries.statement(line)] == [1, 2, 3, 4, 5, 6]


def test_what_is_not_there_is_refused_in_words():
    line = a_line(free=euro(4500))
    with pytest.raises(Refused) as refusal:
        actions.commit(line=line, amount=euro(7000), about=line.partner, **NOW)
    assert problem_text(refusal.value.problems[0]) == "Asked €7,000, €4,500 left free in this budget line."
    assert Entry.objects.filter(line=line).count() == 1


@pytest.mark.parametrize("verb", [actions.release, actions.pay])
def test_no_more_is_released_or_paid_for_one_voucher_than_was_committed_for_it(verb):
    line = a_line(free=euro(20_000))
    one, other = line.partner, line.phase
    a_commitment(line, about=one, amount=euro(4000))
    a_commitment(line, about=other, amount=euro(7000))
    with pytest.raises(Refused) as refusal:
        verb(line=line, amount=euro(4001), about=one, **NOW)
    assert refusal.value.problems[0].code == "not_enough_committed_for_it"
    verb(line=line, amount=euro(4000), about=one, **NOW)
    with pytest.raises(Refused):
        verb(line=line, amount=Money(1), about=one, **NOW)


def test_only_what_is_reserved_for_it_is_committed_from_reserved():
    line = a_line(free=euro(20_000))
    actions.reserve(line=line, amount=euro(7000), about=line.phase, **NOW)
    with pytest.raises(Refused):
        actions.commit(line=line, amount=euro(7000), about=line.partner, from_reserved=True, **NOW)
    actions.unreserve(line=line, amount=euro(7000), about=line.phase, **NOW)
    assert queries.balances(line).free == euro(20_000)


def test_no_more_is_recovered_than_was_paid():
    line = a_payment(a_line(free=euro(20_000)), about=a_phase(), amount=euro(4000))
    with pytest.raises(Refused):
        actions.recover(line=line, amount=euro(4000), about=line.partner, **NOW)


@pytest.mark.parametrize("amount", [Money(0), Money(-1), Money(10**15 + 1)])
def test_an_entry_moves_something(amount):
    with pytest.raises(Refused):
        actions.allocate(line=a_line(), amount=amount, **NOW)


def test_no_money_moves_without_a_reason():
    with pytest.raises(Refused) as refusal:
        actions.allocate(line=a_line(), amount=euro(1), reason=" ", by=SYSTEM, at=POSTED)
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [("no_reason", "reason")]


def test_only_free_money_is_taken_back():
    line = a_commitment(a_line(free=euro(10_000)), about=a_phase(), amount=euro(7000))
    with pytest.raises(Refused):
        actions.take_back(line=line, amount=euro(3001), **NOW)
    actions.take_back(line=line, amount=euro(3000), **NOW)
    assert queries.balances(line) == queries.Balances(committed=euro(7000))


def test_each_entry_is_recorded():
    line = a_line(free=euro(4500))
    assert [(event.event, event.details["amount"]) for event in history_of(line)] == [
        ("budget.allocated", "EUR 4,500.00")
    ]


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR, Role.BROKER])
def test_only_the_office_allocates(role):
    line = a_line()
    scope = {Role.FINANCE: {"partner": line.partner}, Role.BROKER: {"region": line.partner.region}}.get(
        role, {}
    )
    with pytest.raises(NotAllowed):
        actions.allocate(line=line, amount=euro(1), reason="Because", by=an_actor(role, **scope), at=POSTED)


def test_the_office_of_another_programme_does_not_find_the_line():
    line, other = a_line(), an_actor(Role.OFFICE, programme=a_programme())
    with pytest.raises(Line.DoesNotExist):
        actions.allocate(line=line, amount=euro(1), reason="Because", by=other, at=POSTED)


def test_a_line_is_opened_once():
    incentive = an_incentive()
    partner = a_partner(programme=incentive.phase.programme)
    words = {"partner": partner, "phase": incentive.phase, "by": SYSTEM, "at": POSTED}
    general = actions.open_line(**words)
    own = actions.open_line(**words, incentive=incentive)
    assert actions.open_line(**words) == general != own
    assert queries.line_for(partner, phase=incentive.phase, incentive=incentive) == own
    assert (
        queries.line_for(partner, phase=incentive.phase, incentive=an_incentive(phase=incentive.phase))
        == general
    )
    assert queries.line_for(partner, phase=incentive.phase) == general
    assert queries.line_for(a_partner(), phase=incentive.phase) is None


def test_a_line_stays_within_one_programme():
    with pytest.raises(Refused):
        actions.open_line(partner=a_partner(), phase=a_phase(), by=SYSTEM, at=POSTED)
    with pytest.raises(NotAllowed):
        actions.open_line(partner=a_partner(), phase=a_phase(), by=ANYONE, at=POSTED)


def test_free_money_for_an_incentive_is_in_its_own_lines_and_the_general_ones_without():
    own = an_own_line(free=euro(1000))
    incentive = own.incentive
    a_line(
        partner=own.partner, phase=own.phase, free=euro(50)
    )  # the same partner's general line does not pay
    a_line(phase=own.phase, free=euro(200))
    other = an_incentive(phase=own.phase)
    assert queries.free_for(own.phase, [incentive, other]) == {incentive.pk: euro(1200), other.pk: euro(250)}


def test_many_balances_take_one_query(django_assert_num_queries):
    lines = [a_line(free=euro(100 + number)) for number in range(3)] + [a_line()]
    with django_assert_num_queries(1):
        found = queries.balances_of(lines)
    assert [found[line.pk].free for line in lines] == [euro(100), euro(101), euro(102), euro(0)]
    assert found[lines[0].pk].of(Account.OUTSIDE) == euro(-100)


# ── What the database refuses by itself ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(amount_eur=euro(1)),
        lambda rows: rows.delete(),
        lambda rows: rows._raw_delete(rows.db),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(change):
    line = a_line(free=euro(100))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Entry.objects.filter(line=line))
    assert queries.balances(line).free == euro(100)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite knows no TRUNCATE")
def test_the_database_refuses_to_truncate_the_ledger():
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE budgets_entry CASCADE")


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 1},
        {"amount_eur": euro(0)},
        {"source": Account.FREE, "target": Account.FREE},
        {"kind": Kind.PAY},
    ],
)
def test_the_database_refuses_an_entry_that_cannot_be(wrong):
    line = a_line(free=euro(100))
    entry = {"number": 2, "kind": Kind.ALLOCATE, "source": Account.OUTSIDE, "target": Account.FREE}
    words = {"line": line, "amount_eur": euro(1), "reason": "-", "person_name": "-", "at": POSTED}
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**{**words, **entry, **wrong})
