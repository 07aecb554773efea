"""When money may move, by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.budgets import rules
from landbridge.budgets.states import (
    EARMARKED,
    NAME_OF,
    NAME_OF_ACCOUNT,
    NAME_OF_KIND,
    WAYS,
    WORKFLOW,
    Account,
    Kind,
    S,
    Side,
)
from landbridge.foundation.money import Money, euro
from landbridge.foundation.permissions.roles import Role

STEPS = [(kind, *way) for kind, ways in WAYS.items() for way in ways]


def a_posting(**changes):
    values = {
        "kind": Kind.COMMIT,
        "source": Account.FREE,
        "target": Account.COMMITTED,
        "amount": euro(7000),
        "reason": "Awarded",
        "balances": {Account.FREE: euro(10_000)},
    }
    return rules.Posting(**{**values, **changes})


def codes(problems):
    return [problem.code for problem in problems]


def test_what_is_there_may_move():
    assert codes(rules.problems_with(a_posting())) == []
    assert codes(rules.problems_with(a_posting(amount=euro(10_000)))) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"amount": Money(1_000_001)}, ["not_enough_free"]),
        ({"balances": {}}, ["not_enough_free"]),
        ({"amount": Money(0)}, ["not_an_amount"]),
        ({"amount": Money(-1)}, ["not_an_amount"]),
        ({"amount": Money(10**15 + 1)}, ["too_large"]),
        ({"reason": "\n"}, ["no_reason"]),
        ({"reason": "", "amount": Money(0)}, ["no_reason", "not_an_amount"]),
    ],
)
def test_what_is_not_there_may_not(changes, expected):
    assert codes(rules.problems_with(a_posting(**changes))) == expected


def test_money_from_outside_needs_no_balance():
    posting = a_posting(kind=Kind.ALLOCATE, source=Account.OUTSIDE, target=Account.FREE, balances={})
    assert codes(rules.problems_with(posting)) == []


def test_an_entry_goes_where_its_kind_says():
    with pytest.raises(ValueError, match="does not go"):
        list(rules.problems_with(a_posting(kind=Kind.PAY)))


def test_earmarked_money_belongs_to_its_subject():
    words = {"kind": Kind.PAY, "source": Account.COMMITTED, "target": Account.PAID, "subject": "V-1"}
    full = {Account.COMMITTED: euro(50_000)}
    poor = a_posting(**words, balances=full, held={Account.COMMITTED: euro(4000)})
    (problem,) = rules.problems_with(poor)
    assert (problem.code, problem.params["left"], problem.params["subject"]) == (
        "not_enough_committed_for_it",
        euro(4000),
        "V-1",
    )
    rich = a_posting(**words, balances=full, held={Account.COMMITTED: euro(7000)})
    assert codes(rules.problems_with(rich)) == []
    broken = a_posting(**words, balances={}, held={Account.COMMITTED: euro(7000)})
    assert codes(rules.problems_with(broken)) == ["not_enough_committed"]


@given(
    step=st.sampled_from(STEPS),
    cents=st.integers(-5, 10_000),
    line=st.integers(0, 10_000),
    held=st.integers(0, 10_000),
)
def test_no_accepted_posting_leaves_less_than_nothing(step, cents, line, held):
    kind, source, target = step
    posting = a_posting(
        kind=kind, source=source, target=target, amount=Money(cents),
        balances={source: Money(line)}, held={source: Money(held)},
    )  # fmt: skip
    if not list(rules.problems_with(posting)):
        assert cents > 0
        assert source is Account.OUTSIDE or line >= cents
        assert source not in EARMARKED or held >= cents


# ── Transfers ────────────────────────────────────────────────────────────────────────────────────────────────────────
def some_lines(**changes):
    values = {
        "giver_id": 1, "receiver_id": 2, "giver_partner_id": 1, "receiver_partner_id": 2,
        "giver_phase_id": 1, "receiver_phase_id": 1,
    }  # fmt: skip
    return rules.Lines(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"receiver_id": 1}, ["same_partner"]),
        ({"receiver_partner_id": 1}, ["same_partner"]),
        ({"receiver_phase_id": 2}, ["other_phase"]),
    ],
)
def test_a_transfer_joins_two_partners_of_one_phase(changes, expected):
    assert codes(rules.transfer_problems(some_lines(**changes), amount=euro(1), reason="-")) == expected


def test_a_transfer_moves_something_for_a_reason():
    assert codes(rules.transfer_problems(some_lines(), amount=euro(0), reason="")) == [
        "not_an_amount",
        "no_reason",
    ]


@pytest.mark.parametrize(
    ("role", "own", "may"),
    [
        (Role.FINANCE, 1, True),
        (Role.FINANCE, 2, False),
        (Role.OFFICE, None, True),
        (Role.SYSTEM, None, True),
        (Role.AUDITOR, None, False),
        (None, None, False),
    ],
)
def test_who_speaks_for_a_partner(role, own, may):
    assert rules.may_agree_for(1, role=role, own_partner_id=own) is may


@pytest.mark.parametrize(
    ("mine", "other", "expected"),
    [
        ((1, Role.FINANCE), (2, Role.FINANCE), []),
        ((1, Role.FINANCE), (2, Role.OFFICE), []),
        ((1, Role.FINANCE), (1, Role.OFFICE), ["same_person"]),
        ((1, Role.OFFICE), (1, Role.OFFICE), ["same_person"]),
        ((1, Role.OFFICE), (2, Role.OFFICE), ["office_on_both_sides"]),
        ((None, Role.SYSTEM), (None, Role.SYSTEM), []),
    ],
)
def test_no_person_and_no_office_agrees_for_both_sides(mine, other, expected):
    assert codes(rules.agreement_problems(rules.Agreement(*mine), other=rules.Agreement(*other))) == expected


def test_every_state_account_and_kind_has_a_name_and_can_be_reached():
    assert NAME_OF.keys() == set(S) == WORKFLOW.reachable_from(S.PROPOSED)
    assert NAME_OF_ACCOUNT.keys() == set(Account)
    assert NAME_OF_KIND.keys() == set(Kind) == WAYS.keys()
    assert [side.other.other for side in Side] == list(Side)
