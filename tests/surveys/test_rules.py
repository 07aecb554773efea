"""What a questionnaire may ask, when a rule writes, and what an answer may be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from landbridge.surveys import rules
from landbridge.surveys.rules import Asked
from landbridge.surveys.states import Asks, Measure, Side, Trigger

ZONE = "Europe/Copenhagen"


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


def choice(key: str = "continues", **changes: Any) -> Asked:
    return Asked(
        **{"key": key, "asks": Asks.CHOICE, "text": "Does it go on?", "choices": ("yes", "no"), **changes}
    )


class TestQuestions:
    @pytest.mark.parametrize(
        ("one", "expected"),
        [
            (choice(choices=("yes",)), ["choices"]),
            (choice(choices=("yes", "yes")), ["same_choices"]),
            (Asked("jobs", Asks.NUMBER, "Jobs?", choices=("yes", "no")), ["needless_choices"]),
            (Asked("jobs", Asks.TEXT, "Jobs?", measure=Measure.JOBS), ["measure_asked_otherwise"]),
            (choice(measure=Measure.CONTINUES, choices=("ja", "nein")), ["nothing_says_yes"]),
            (choice(measure=Measure.CONTINUES), []),
        ],
    )
    def test_each_is_whole(self, one: Asked, expected: list[str]):
        assert codes(rules.problems_with_question(one, before=[])) == expected

    def test_a_condition_is_known_before(self):
        why = Asked("why", Asks.TEXT, "Why?", condition={"question": "continues", "is": ["no"]})
        assert codes(rules.problems_with_question(why, before=[choice()])) == []
        assert codes(rules.problems_with_question(why, before=[])) == ["condition_unknown"]
        never = Asked("why", Asks.TEXT, "Why?", condition={"question": "continues", "is": ["perhaps"]})
        assert codes(rules.problems_with_question(never, before=[choice()])) == ["condition_never"]

    def test_a_questionnaire_asks_something_not_too_much_and_each_measure_once(self):
        assert codes(rules.problems_with_publishing([])) == ["no_questions"]
        many = [Asked(f"q{number}", Asks.TEXT, "What?") for number in range(16)]
        assert codes(rules.problems_with_publishing(many)) == ["too_many_questions"]
        twice = [Asked(key, Asks.NUMBER, "Jobs?", measure=Measure.JOBS) for key in ("one", "two")]
        assert codes(rules.problems_with_publishing(twice)) == ["measure_twice"]
        assert rules.seconds_for([Asked("one", Asks.SCALE, "Good?"), choice()]) == 15


class TestWhen:
    def test_the_evening_after_an_event_is_eighteen_there(self):
        over = datetime(2026, 5, 20, 13, 0, tzinfo=UTC)
        due = rules.due_at(Trigger.EVENT_HELD, over, months=0, hours=0, zone=ZONE)
        assert due == datetime(2026, 5, 20, 16, 0, tzinfo=UTC)  # summer time
        late = datetime(2026, 5, 20, 19, 0, tzinfo=UTC)
        assert rules.due_at(Trigger.EVENT_HELD, late, months=0, hours=0, zone=ZONE) == late

    def test_months_count_by_the_calendar(self):
        assert rules.months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
        assert rules.months_after(date(2026, 1, 15), -2) == date(2025, 11, 15)
        closed = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)  # 1 September there
        due = rules.due_at(Trigger.VOUCHER_CLOSED, closed, months=12, hours=0, zone=ZONE)
        assert due == datetime(2027, 9, 1, 7, 0, tzinfo=UTC)

    def test_two_reminders_and_no_more(self):
        sent = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
        end = sent + timedelta(days=60)

        def due(reminders: int, days: int) -> bool:
            at = sent + timedelta(days=days)
            return rules.is_to_be_reminded(sent_at=sent, reminders=reminders, closes_at=end, at=at)

        assert [due(0, 6), due(0, 7), due(1, 20), due(1, 21), due(2, 50), due(0, 60)] == [
            False, True, False, True, False, False,
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("trigger", "side", "has_call", "expected"),
        [
            (Trigger.EVENT_HELD, Side.COMPANY, False, ["wrong_side"]),
            (Trigger.VOUCHER_CLOSED, Side.GUEST, False, ["wrong_side"]),
            (Trigger.COACHING_CLOSED, Side.PROVIDER, False, ["no_provider"]),
            (Trigger.VOUCHER_CLOSED, Side.COMPANY, True, ["needless_call"]),
            (Trigger.APPLICATION_REJECTED, Side.COMPANY, False, ["call_missing"]),
            (Trigger.APPLICATION_REJECTED, Side.COMPANY, True, []),
        ],
    )
    def test_a_rule_asks_somebody_who_is_there(
        self, trigger: Any, side: Any, has_call: bool, expected: list[str]
    ):
        assert codes(rules.problems_with_rule(trigger=trigger, side=side, has_call=has_call)) == expected


class TestAnswers:
    @pytest.mark.parametrize(
        ("asks", "given", "is_fine"),
        [
            (Asks.SCALE, {"number": Decimal(5)}, True),
            (Asks.SCALE, {"number": Decimal(6)}, False),
            (Asks.SCALE, {"number": Decimal("1.5")}, False),
            (Asks.NUMBER, {"number": Decimal("9.5")}, True),
            (Asks.NUMBER, {"number": Decimal(-1)}, False),
            (Asks.MONEY, {"number": Decimal(10**12)}, False),
            (Asks.CHOICE, {"chosen": ["yes"], "choices": ["yes", "no"]}, True),
            (Asks.CHOICE, {"chosen": ["yes", "no"], "choices": ["yes", "no"]}, False),
            (Asks.SEVERAL, {"chosen": ["yes", "no"], "choices": ["yes", "no"]}, True),
            (Asks.SEVERAL, {"chosen": ["other"], "choices": ["yes", "no"]}, False),
            (Asks.TEXT, {"text": "x" * 3001}, False),
            (Asks.SCALE, {}, True),
        ],
    )
    def test_one_fits_its_question(self, asks: Asks, given: dict[str, Any], is_fine: bool):
        assert (codes(rules.problems_with_answer(asks, **given)) == []) is is_fine

    def test_a_question_comes_after_what_it_depends_on(self):
        condition = {"question": "continues", "is": ["no"]}
        assert rules.is_asked({}, chosen={})
        assert rules.is_asked(condition, chosen={"continues": ["no"]})
        assert not rules.is_asked(condition, chosen={"continues": ["yes"]})
        assert not rules.is_asked(condition, chosen={})
