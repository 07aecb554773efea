"""The rules of pitches, to their last branch: calls, pitches, marks, running order, fit, reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from landbridge.algorithms.ranking import Mark
from landbridge.foundation.money import Money, euro
from landbridge.pitches import rules
from landbridge.pitches.rules import Criterion, Minutes, Offers, Ties, Wants, Why
from landbridge.pitches.rules.following import months_after
from tests.factories.pitches import AT, CLOSES, FACTS, MARKET, TEAM, WRITTEN


def codes(problems: Any) -> set[str]:
    return {problem.code for problem in problems}


# ── Calls ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_good_call_has_no_problems():
    assert not codes(rules.problems_with_call(FACTS))
    assert not codes(rules.problems_with_opening(FACTS, at=AT))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"time_zone": "Moon/Sea"}, "time_zone"),
        ({"closes_at": FACTS.opens_at}, "closes_at"),
        ({"stage_starts_at": CLOSES}, "stage_starts_at"),
        ({"session_id": 4}, "session_id"),
        ({"criteria": (TEAM, replace(TEAM, key="c9", name=" team "))}, "criteria"),
        ({"criteria": (replace(TEAM, weight=0),)}, "criteria"),
    ],
)
def test_a_call_must_hold_together(changes: dict[str, Any], code: str):
    assert codes(rules.problems_with_call(replace(FACTS, **changes))) == {code}


@pytest.mark.parametrize(
    ("changes", "at", "code"),
    [({"text": " "}, AT, "text"), ({"criteria": ()}, AT, "criteria"), ({}, CLOSES, "closes_at")],
)
def test_a_call_opens_complete_and_in_time(changes: dict[str, Any], at: datetime, code: str):
    assert codes(rules.problems_with_opening(replace(FACTS, **changes), at=at)) == {code}


def test_the_jury_begins_after_the_end_with_pitches_and_jurors():
    early = rules.problems_with_judging(
        closes_at=CLOSES, handed_in=0, jurors=0, at=CLOSES - timedelta(seconds=1)
    )
    assert codes(early) == {"call_still_open", "no_pitches", "no_jury"}
    assert not codes(rules.problems_with_judging(closes_at=CLOSES, handed_in=1, jurors=1, at=CLOSES))


def test_the_end_moves_only_ahead_and_in_time():
    given = {"old": CLOSES, "at": AT}
    assert not codes(rules.problems_with_change_of_window(new=CLOSES + timedelta(days=1), **given))
    assert codes(rules.problems_with_change_of_window(new=AT, **given)) == {"closes_at"}
    assert codes(rules.problems_with_change_of_window(old=AT, new=CLOSES, at=AT)) == {"closed"}


def test_criteria_are_kept_and_read_again():
    assert rules.criteria_from(rules.criteria_rows((TEAM, MARKET))) == (TEAM, MARKET)
    assert rules.criteria_from(None) == ()


def test_everybody_can_make_the_seed_again():
    import hashlib

    assert rules.seed_of(7, " 31-05-2026 ") == hashlib.sha256(b"7|31-05-2026").hexdigest()[:32]


# ── Pitches ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_complete_pitch_has_no_problems():
    assert not codes(rules.problems_with_pitch(WRITTEN, has_deck=True))


def test_an_empty_pitch_names_everything_that_is_missing():
    found = list(rules.problems_with_pitch(rules.Written(), has_deck=False))
    assert len(found) == 11
    assert all(problem.cure and problem.field for problem in found)


def test_the_deadline_holds_to_the_second():
    window = {"opens_at": AT, "closes_at": CLOSES}
    assert codes(rules.problems_with_deadline(**window, at=AT - timedelta(seconds=1))) == {"not_open_yet"}
    assert not codes(rules.problems_with_deadline(**window, at=AT))
    assert not codes(rules.problems_with_deadline(**window, at=CLOSES - timedelta(seconds=1)))
    assert codes(rules.problems_with_deadline(**window, at=CLOSES)) == {"deadline_passed"}


def test_a_deck_has_ten_megabytes_at_most():
    assert not codes(rules.problems_with_deck(rules.MOST_DECK_BYTES))
    assert codes(rules.problems_with_deck(rules.MOST_DECK_BYTES + 1)) == {"deck_too_large"}


def test_money_raised_is_something_and_has_come():
    today = date(2026, 6, 1)
    assert not codes(rules.problems_with_money(amount=euro(1), raised_on=today, today=today))
    found = rules.problems_with_money(amount=Money(0), raised_on=today + timedelta(days=1), today=today)
    assert codes(found) == {"no_amount", "not_yet"}
    assert codes(rules.problems_with_money(amount=None, raised_on=today, today=today)) == {"no_amount"}


# ── Marks and conflicts ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("ties", "found"),
    [
        (Ties(frozenset({1}), frozenset({9})), rules.Found.OWN_ORGANISATION),
        (Ties(frozenset({2}), frozenset({9})), rules.Found.OWN_REGION),
        (Ties(frozenset({2}), frozenset({8})), None),
    ],
)
def test_known_ties_are_conflicts(ties: Ties, found: object):
    assert rules.conflict_found(ties, organisation_id=1, region_id=9) == found


def test_whose_own_company_pitches_marks_none_of_the_others():
    ties = Ties(frozenset({2}))
    found = rules.conflict_found(ties, organisation_id=1, region_id=None, pitching=frozenset({1, 2}))
    assert found == rules.Found.COMPETES


def test_a_company_outside_all_regions_is_nobodys_own_region():
    assert rules.conflict_found(Ties(), organisation_id=1, region_id=None) is None


def test_a_mark_is_weighted():
    assert rules.value_of({"c1": 5, "c2": 2}, (TEAM, MARKET)) == pytest.approx(3.0)


def test_marks_are_complete_in_halves_and_of_known_criteria():
    criteria = (TEAM, MARKET)
    assert not codes(rules.problems_with_marks({"c1": 0, "c2": 4.5}, criteria=criteria))
    assert codes(rules.problems_with_marks({"c1": 1}, criteria=criteria)) == {"mark_missing"}
    assert codes(rules.problems_with_marks({"c1": 1, "c2": 4.3}, criteria=criteria)) == {"mark_unknown"}
    assert codes(rules.problems_with_marks({"c1": 1, "c2": 5.5}, criteria=criteria)) == {"mark_unknown"}
    assert codes(rules.problems_with_marks({"c1": 1, "c2": 5, "c3": 1}, criteria=criteria)) == {
        "criterion_unknown"
    }


def test_who_may_mark():
    good = {"is_declared": True, "has_conflict": False, "is_time": True, "is_there": True}
    assert not codes(rules.problems_with_marking(**good))
    bad = rules.problems_with_marking(is_declared=False, has_conflict=True, is_time=False, is_there=False)
    assert codes(bad) == {"conflict", "not_declared", "not_now", "not_there"}


def test_the_heaviest_criterion_decides_between_equals():
    assert rules.heaviest_of((TEAM, MARKET)) == MARKET
    assert rules.heaviest_of((TEAM, Criterion("c2", "B", 1))) == TEAM
    assert rules.heaviest_of(()) is None
    marks = [Mark(1, 10, 3.0), Mark(1, 20, 3.0)]
    found = rules.ranking(marks, items=[10, 20], seed="s", heaviest={10: 2.0, 20: 4.0})
    assert [one.item for one in found] == [20, 10]


# ── The running order ────────────────────────────────────────────────────────────────────────────────────────────────
def test_turns_follow_one_another():
    begins = datetime(2026, 6, 18, 12, tzinfo=UTC)
    first, second = rules.turns(begins, minutes=Minutes(5, 4, 1), count=2)
    assert (first.starts_at, second.starts_at) == (begins, begins + timedelta(minutes=10))
    assert first.questions_at == begins + timedelta(minutes=5)
    assert first.ends_at == begins + timedelta(minutes=9)
    assert rules.turns(begins, minutes=Minutes(5, 4, 1), count=0) == []


def test_the_lot_is_the_same_whenever_it_is_drawn():
    drawn = rules.drawn([4, 2, 9, 7, 1], seed="abc")
    assert rules.drawn([1, 7, 9, 2, 4], seed="abc") == drawn
    assert sorted(drawn) == [1, 2, 4, 7, 9]
    assert {tuple(rules.drawn([1, 2, 3], seed=str(seed))) for seed in range(60)} == {
        (1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1),
    }  # fmt: skip


def test_who_is_wanted_comes_when_those_who_want_are_there():
    interest = {1: {50: 1.0}, 2: {50: 0.0}, 3: {50: 0.0}}
    for turn in range(3):
        present = {50: [place == turn for place in range(3)]}
        order = rules.when_they_are_there([1, 2, 3], seed="s", interest=interest, present=present)
        assert order[turn] == 1
    nobody = rules.when_they_are_there([1, 2, 3], seed="s", interest={}, present={})
    assert nobody == rules.drawn([1, 2, 3], seed="s")


def test_an_order_is_complete_and_has_a_beginning():
    assert not codes(rules.problems_with_order([2, 1], selected=[1, 2], starts_at=AT))
    assert codes(rules.problems_with_order([2], selected=[1, 2], starts_at=None)) == {
        "no_beginning",
        "order_incomplete",
    }
    assert codes(rules.problems_with_order([2, 2], selected=[1, 2], starts_at=AT)) == {"order_incomplete"}


# ── Fit ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
OFFERS = Offers(euro(500_000), frozenset({"diagnostics", "services"}), "seed", "DK")


def whys(wants: Wants, offers: Offers = OFFERS) -> list[Why]:
    return [reason.why for reason in rules.fit(wants, offers).reasons]


def test_an_empty_profile_compares_nothing():
    found = rules.fit(Wants(), OFFERS)
    assert (found.points, found.most, found.share, found.is_good) == (0, 0, 0.0, False)


def test_what_fits_in_everything_has_all_points_and_says_why():
    wants = Wants(
        euro(100_000), euro(600_000), frozenset({"diagnostics"}), frozenset({"seed"}), frozenset({"DK"})
    )
    found = rules.fit(wants, OFFERS)
    assert found.share == 1.0
    assert found.is_good
    assert [reason.why for reason in found.reasons] == [Why.MARKET, Why.STAGE, Why.TICKET, Why.PLACE]
    assert found.reasons[0].what == ("diagnostics",)
    assert all(reason.speaks_for for reason in found.reasons)


def test_what_does_not_fit_says_so():
    wants = Wants(None, None, frozenset({"therapeutics"}), frozenset({"later"}), frozenset({"BE"}))
    found = rules.fit(wants, OFFERS)
    assert found.points == 0
    assert [reason.why for reason in found.reasons] == [Why.OTHER_MARKET, Why.OTHER_STAGE, Why.OTHER_PLACE]
    assert not any(reason.speaks_for for reason in found.reasons)


@pytest.mark.parametrize(
    ("least", "most", "why", "points"),
    [
        (None, euro(500_000), Why.TICKET, 2.0),
        (euro(500_000), None, Why.TICKET, 2.0),
        (None, euro(499_999), Why.SHARED_ROUND, 1.0),
        (euro(500_001), None, Why.TOO_SMALL, 0.0),
    ],
)
def test_the_ticket(least: Money | None, most: Money | None, why: Why, points: float):
    found = rules.fit(Wants(least, most), OFFERS)
    assert ([reason.why for reason in found.reasons], found.points) == ([why], points)


def test_a_pitch_without_an_amount_is_not_compared_by_ticket():
    assert whys(Wants(euro(1), euro(2)), replace(OFFERS, asks=None)) == []


def test_a_profile_says_who_and_what_with_consent():
    good: dict[str, Any] = {
        "name": "I", "type_": "angel", "ticket_from": euro(1), "ticket_to": euro(2), "markets": ["x"], "consents": True,
    }  # fmt: skip
    assert not codes(rules.problems_with_profile(**good))
    bad = {**good, "name": " ", "ticket_to": euro(0), "markets": [], "consents": False}
    assert codes(rules.problems_with_profile(**bad)) == {
        "nobody",
        "ticket_reversed",
        "no_market",
        "no_consent",
    }


# ── Afterwards ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("today", "reminded", "due"),
    [
        (date(2026, 8, 29), 0, 0),
        (date(2026, 8, 30), 0, 3),
        (date(2026, 8, 30), 3, 0),
        (date(2026, 12, 1), 3, 6),
        (date(2027, 6, 1), 0, 12),
        (date(2030, 6, 1), 12, 0),
    ],
)
def test_people_are_asked_after_three_six_and_twelve_months(today: date, reminded: int, due: int):
    assert rules.due_months(closed_on=date(2026, 5, 30), reminded=reminded, today=today) == due


def test_the_last_of_a_shorter_month():
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
