"""The ledger against a model of it in memory: whatever is done in whatever order, they agree."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from landbridge.budgets import actions, queries
from landbridge.budgets.states import Account
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from tests.factories.budgets import POSTED, a_line

LINES = st.integers(0, 2)
SUBJECTS = st.integers(0, 2)
CENTS = st.integers(1, 30_000)
FREE, RESERVED, COMMITTED, PAID = Account.FREE, Account.RESERVED, Account.COMMITTED, Account.PAID

# What each verb does in the model: from which account to which.
SIMPLE = {"allocate": (None, FREE), "take_back": (FREE, None)}
ABOUT = {
    "reserve": (FREE, RESERVED),
    "unreserve": (RESERVED, FREE),
    "commit": (FREE, COMMITTED),
    "commit_reserved": (RESERVED, COMMITTED),
    "release": (COMMITTED, FREE),
    "pay": (COMMITTED, PAID),
    "recover": (PAID, FREE),
}


class Ledger(RuleBasedStateMachine):
    """Three lines of one phase, three subjects, every verb in any order."""

    @initialize()
    def open_lines(self):
        first = a_line()
        self.lines = [first, a_line(phase=first.phase), a_line(phase=first.phase)]
        self.subjects = [line.partner for line in self.lines]
        self.free = [0, 0, 0]
        self.held = defaultdict(int)
        self.entries = [0, 0, 0]
        self.proposed = []

    @rule(verb=st.sampled_from(sorted(SIMPLE)), line=LINES, cents=CENTS)
    def bring_or_take(self, verb, line, cents):
        fits = verb == "allocate" or self.free[line] >= cents
        self.post(getattr(actions, verb), line, cents, fits=fits)
        if fits:
            self.free[line] += cents if verb == "allocate" else -cents

    @rule(verb=st.sampled_from(sorted(ABOUT)), line=LINES, subject=SUBJECTS, cents=CENTS)
    def move_within(self, verb, line, subject, cents):
        source, target = ABOUT[verb]
        left = self.free[line] if source is FREE else self.held[line, subject, source]
        more = {"about": self.subjects[subject]}
        if verb == "commit_reserved":
            verb, more = "commit", {**more, "from_reserved": True}
        self.post(getattr(actions, verb), line, cents, fits=left >= cents, **more)
        if left >= cents:
            for account, change in ((source, -cents), (target, cents)):
                if account is FREE:
                    self.free[line] += change
                else:
                    self.held[line, subject, account] += change

    @rule(giver=LINES, receiver=LINES, cents=CENTS)
    def propose(self, giver, receiver, cents):
        words = {"amount": Money(cents), "reason": "Because", "by": SYSTEM, "at": POSTED}
        try:
            transfer = actions.propose_transfer(
                giver=self.lines[giver], receiver=self.lines[receiver], **words
            )
        except Refused:
            assert giver == receiver or self.free[giver] < cents
        else:
            assert giver != receiver
            self.proposed.append((transfer, giver, receiver, cents))

    @rule(withdraws=st.booleans())
    def decide(self, withdraws):
        if not self.proposed:
            return
        transfer, giver, receiver, cents = self.proposed.pop(0)
        if withdraws:
            actions.withdraw(transfer_id=transfer.pk, by=SYSTEM, at=POSTED)
            return
        try:
            actions.agree(transfer_id=transfer.pk, by=SYSTEM, at=POSTED)
        except Refused:
            assert self.free[giver] < cents
        else:
            self.free[giver] -= cents
            self.free[receiver] += cents
            self.entries[giver] += 1
            self.entries[receiver] += 1

    @invariant()
    def ledger_and_model_agree(self):
        found = queries.balances_of(self.lines)
        for number, line in enumerate(self.lines):
            held = found[line.pk]
            assert held.free.cents == self.free[number] >= 0
            for account in (RESERVED, COMMITTED, PAID):
                for_each = [self.held[number, subject, account] for subject in range(3)]
                assert min(for_each) >= 0
                assert held.of(account).cents == sum(for_each)
            assert queries.entries_of(line).count() == self.entries[number]

    def teardown(self):
        assert list(queries.findings()) == []

    def post(self, verb, line, cents, *, fits, **more):
        words = {"amount": Money(cents), "reason": "Because", "by": SYSTEM, "at": POSTED}
        try:
            entry = verb(line=self.lines[line], **words, **more)
        except Refused:
            assert not fits
        else:
            assert fits
            self.entries[line] += 1
            assert entry.number == self.entries[line]


class LedgerTest(Ledger.TestCase, TestCase):
    settings = settings(
        max_examples=30,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


pytestmark = pytest.mark.django_db
