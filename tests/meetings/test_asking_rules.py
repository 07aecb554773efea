"""The rules of asking, to their last branch; the shares hold whatever is done in whatever order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from landbridge.meetings import rules
from landbridge.meetings.rules import Answer, Pair, Said, Sides, Verdict, Window
from landbridge.meetings.states import Priority

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WINDOW = Window(AT, AT + DAY, AT + 2 * DAY)
HIGH, MEDIUM, MUST, LOW = Priority.HIGH, Priority.MEDIUM, Priority.MUST, Priority.LOW


def codes(found) -> list[str]:
    return [one.code for one in found]


def request(**changes):
    facts = {
        "sentence": "Why?", "pair": Pair(), "window": WINDOW, "open_sent": 0, "most": 3, "at": AT,
    }  # fmt: skip
    facts.update(changes)
    return codes(rules.problems_with_request(facts.pop("sentence"), **facts))


def test_a_request_without_anything_against_it():
    assert request() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"window": None}, ["no_meetings"]),
        ({"at": AT - timedelta(seconds=1)}, ["requests_not_open"]),
        ({"at": AT + DAY - timedelta(seconds=1)}, []),
        ({"at": AT + DAY}, ["requests_closed"]),
        ({"sentence": " "}, ["sentence_missing"]),
        ({"sentence": "x" * 400}, []),
        ({"sentence": "x" * 401}, ["sentence_too_long"]),
        ({"open_sent": 3}, ["too_many_requests"]),
        ({"open_sent": 2}, []),
        ({"pair": Pair(takes_part=False)}, ["takes_no_part"]),
        ({"pair": Pair(wants_meetings=False)}, ["wants_no_meetings"]),
        ({"pair": Pair(is_available=False, is_same_organisation=True)}, ["not_available"]),
        ({"pair": Pair(is_blocked_by_self=True, is_available=False)}, ["blocked_by_you"]),
        ({"pair": Pair(is_same_organisation=True)}, ["same_organisation"]),
        ({"pair": Pair(is_agreed_already=True, is_asked_already=True)}, ["agreed_already"]),
        ({"pair": Pair(is_asked_already=True)}, ["asked_already"]),
        ({"pair": Pair(said_no=True)}, ["said_no"]),
    ],
)
def test_everything_that_can_stand_against_a_request(changes, found):
    assert request(**changes) == found


def test_what_the_day_brings_is_bound_to_the_end_of_the_event():
    window = Window(AT, AT + DAY, AT + 2 * DAY, is_of_the_day=True)
    assert request(window=window, at=AT - DAY) == []
    assert request(window=window, at=AT + 2 * DAY) == ["event_over"]


@pytest.mark.parametrize(
    ("priority", "others", "share", "found"),
    [
        (MEDIUM, [], 25, []),
        (LOW, [MUST, HIGH], 0, []),
        (MUST, [HIGH], 25, []),
        (MUST, [MUST], 25, ["one_must"]),
        (HIGH, [], 25, ["too_many_high"]),
        (HIGH, [LOW] * 3, 25, []),
        (HIGH, [LOW] * 2, 25, ["too_many_high"]),
        (HIGH, [LOW] * 6 + [HIGH], 25, []),
        (HIGH, [LOW] * 5 + [HIGH], 25, ["too_many_high"]),
        (HIGH, [], 100, []),
        (HIGH, [LOW] * 50, 0, ["no_high"]),
    ],
)
def test_one_must_and_a_share_high(priority, others, share, found):
    assert codes(rules.problems_with_priority(priority, others=others, share_percent=share)) == found


def test_the_cure_names_how_many_requests_allow_it():
    (problem,) = rules.problems_with_priority(HIGH, others=[HIGH, LOW, LOW, LOW], share_percent=25)
    assert problem.params["needed"] == 8
    assert not list(rules.problems_with_priority(HIGH, others=[HIGH] + [LOW] * 6, share_percent=25))


@given(
    some.lists(some.tuples(some.sampled_from(list(Priority)), some.booleans()), max_size=60),
    some.integers(0, 100),
)
def test_never_more_than_the_share_is_high_nor_two_musts(steps, share):
    """Whatever is asked and withdrawn in whatever order."""
    wishes: list[Priority] = []
    for priority, is_withdrawal in steps:
        if is_withdrawal and wishes:
            wishes.pop(0)
            for _ in range(rules.to_lower(wishes, share_percent=share)):
                newest = len(wishes) - 1 - wishes[::-1].index(HIGH)
                wishes[newest] = MEDIUM
        elif not list(rules.problems_with_priority(priority, others=wishes, share_percent=share)):
            wishes.append(priority)
        assert wishes.count(MUST) <= 1
        assert wishes.count(HIGH) * 100 <= share * len(wishes)


@given(some.integers(-20, 20), some.integers(0, 60))
def test_an_answer_counts_until_the_days_are_over_or_the_event_begins(hours, days):
    starts, ends = AT + DAY, AT + 2 * DAY
    asked = AT + timedelta(hours=hours)
    until = rules.expiry_of(asked, days=days, starts_at=starts, ends_at=ends)
    assert asked <= until <= max(ends, asked)
    assert until <= asked + timedelta(days=days)


def test_asked_on_the_day_it_may_be_answered_until_the_end():
    starts, ends = AT, AT + DAY
    assert rules.expiry_of(AT, days=7, starts_at=starts, ends_at=ends) == ends
    assert rules.expiry_of(AT - DAY, days=7, starts_at=starts, ends_at=ends) == starts
    assert rules.expiry_of(ends + DAY, days=7, starts_at=starts, ends_at=ends) == ends + DAY


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (Answer(AT + DAY), []),
        (Answer(AT), ["request_expired"]),
        (Answer(AT + DAY, takes_part=False), ["takes_no_part"]),
        (Answer(AT + DAY, is_available=False), ["not_available"]),
    ],
)
def test_what_can_stand_against_a_yes(answer, found):
    assert codes(rules.problems_with_answer(answer, at=AT)) == found


def test_reasons_and_withdrawals():
    assert codes(rules.problems_with_reason("x" * 300)) == []
    assert codes(rules.problems_with_reason("x" * 301)) == ["reason_too_long"]
    assert codes(rules.problems_with_withdrawal(is_over=False)) == []
    assert codes(rules.problems_with_withdrawal(is_over=True)) == ["meeting_begun"]


# ── Outcomes ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("said", "found"),
    [
        (Said(True, 5), []),
        (Said(True), []),
        (Said(False), []),
        (Said(False, 3), ["worth_without_meeting"]),
        (Said(True, 0), ["worth_out_of_range"]),
        (Said(True, 6), ["worth_out_of_range"]),
        (Said(True, note="x" * 2001), ["note_too_long"]),
        (Said(True, next_step="x" * 301), ["step_too_long"]),
        (Said(True, next_step_on=date(2026, 6, 1)), ["day_without_step"]),
        (Said(True, next_step="Call.", next_step_on=date(2026, 6, 1)), []),
        (Said(False, wants_introduction=True), ["introduction_without_meeting"]),
    ],
)
def test_what_can_be_said_of_a_meeting(said, found):
    assert codes(rules.problems_with_saying(said, starts_at=AT, is_cancelled=False, at=AT)) == found


def test_only_of_meetings_that_began_and_were_not_cancelled():
    said = Said(True, 5)
    before = AT - timedelta(seconds=1)
    assert codes(rules.problems_with_saying(said, starts_at=AT, is_cancelled=False, at=before)) == [
        "meeting_ahead"
    ]
    assert codes(rules.problems_with_saying(said, starts_at=AT, is_cancelled=True, at=AT)) == [
        "meeting_cancelled"
    ]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ((True, True), Verdict.HELD),
        ((True, None), Verdict.OPEN),
        ((None, None), Verdict.OPEN),
        ((), Verdict.OPEN),
        ((True, False), Verdict.QUESTION),
        ((False, None), Verdict.QUESTION),
        ((False, False), Verdict.QUESTION),
    ],
)
def test_what_two_sides_say_together(said, found):
    assert rules.verdict(said) is found


def test_silence_of_three_days_confirms_but_never_contradicts():
    after = AT + rules.SILENT_FOR
    assert rules.verdict_after_silence((True, None), ended_at=AT, at=after) is Verdict.HELD
    assert (
        rules.verdict_after_silence((True, None), ended_at=AT, at=after - timedelta(seconds=1))
        is Verdict.OPEN
    )
    assert rules.verdict_after_silence((None, None), ended_at=AT, at=after) is Verdict.OPEN
    assert rules.verdict_after_silence((True, False), ended_at=AT, at=after) is Verdict.QUESTION


@given(some.integers(0, 400), some.integers(0, 3))
def test_reminders_come_three_times_and_are_never_made_up_for(days, reminders):
    met, today = date(2026, 6, 1), date(2026, 6, 1) + timedelta(days=days)
    passed = rules.reminders_passed(met_on=met, today=today)
    assert passed == sum(days >= after for after in (3, 14, 90))
    assert rules.reminder_due(met_on=met, today=today, reminders=reminders) == (passed > reminders)


@pytest.mark.parametrize(
    ("sides", "found"),
    [
        (Sides(True, True, False, True), []),
        (Sides(False, True, False, True), ["introduction_without_meeting"]),
        (Sides(True, False, False, True), ["no_organisation"]),
        (Sides(True, True, True, True), ["same_organisation"]),
        (Sides(True, True, False, False), ["no_region"]),
    ],
)
def test_what_an_introduction_needs(sides, found):
    assert codes(rules.problems_with_introduction(sides)) == found
