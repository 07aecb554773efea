from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.webinars import rules
from landbridge.webinars.rules import Announced, Dates, Stretch, Told

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
STARTS, ENDS = AT + timedelta(days=1), AT + timedelta(days=1, hours=1)


def codes(problems):
    return [problem.code for problem in problems]


def minutes(number: int) -> datetime:
    return STARTS + timedelta(minutes=number)


def test_a_webinar_ends_after_it_begins_and_on_the_same_day():
    assert codes(rules.problems_with_dates(Dates(STARTS, ENDS))) == []
    assert codes(rules.problems_with_dates(Dates(STARTS, STARTS))) == ["ends_first"]
    assert codes(rules.problems_with_dates(Dates(STARTS, STARTS + timedelta(hours=9)))) == ["too_long"]


def test_what_is_missing_before_it_is_announced_is_named_together():
    bare = Announced(Dates(AT, ENDS), has_summary=False, has_speakers=False, has_join_link=False)
    assert codes(rules.problems_with_announcing(bare, at=AT)) == [
        "begins_in_the_past", "no_summary", "no_speakers", "no_join_link",
    ]  # fmt: skip
    full = Announced(Dates(STARTS, ENDS), has_summary=True, has_speakers=True, has_join_link=True)
    assert codes(rules.problems_with_announcing(full, at=AT)) == []


def test_one_signs_up_until_the_last_second():
    last = ENDS - timedelta(seconds=1)
    assert codes(rules.problems_with_sign_up(is_announced=True, ends_at=ENDS, at=last)) == []
    assert codes(rules.problems_with_sign_up(is_announced=True, ends_at=ENDS, at=ENDS)) == ["over"]
    assert codes(rules.problems_with_sign_up(is_announced=False, ends_at=ENDS, at=AT)) == ["not_announced"]


def test_room_is_what_the_places_leave():
    assert rules.has_room(capacity=None, taken=10_000)
    assert rules.has_room(capacity=2, taken=1)
    assert not rules.has_room(capacity=2, taken=2)


def test_time_in_two_windows_counts_once_and_only_while_it_lasted():
    stretches = [
        Stretch(minutes(-10), minutes(20)),
        Stretch(minutes(10), minutes(30)),
        Stretch(minutes(12), minutes(15)),
        Stretch(minutes(40), minutes(90)),
        Stretch(minutes(-30), minutes(-20)),
        Stretch(minutes(70), minutes(80)),
    ]
    assert rules.minutes_of(stretches, starts_at=STARTS, ends_at=ENDS) == 50


@given(st.lists(st.tuples(st.integers(-100, 200), st.integers(0, 200)), max_size=12))
def test_minutes_are_those_in_which_somebody_was_there(pairs):
    stretches = [Stretch(minutes(begin), minutes(begin + length)) for begin, length in pairs]
    there = {m for begin, length in pairs for m in range(begin, begin + length) if 0 <= m < 60}
    assert rules.minutes_of(stretches, starts_at=STARTS, ends_at=ENDS) == len(there)


def test_a_certificate_needs_minutes_that_somebody_told():
    assert rules.is_certified(minutes=30, needed=30)
    assert not rules.is_certified(minutes=29, needed=30)
    assert not rules.is_certified(minutes=0, needed=0)
    assert not rules.is_certified(minutes=None, needed=0)


def test_a_question_has_words():
    assert codes(rules.problems_with_question("Who pays?")) == []
    assert codes(rules.problems_with_question(" ")) == ["no_question"]
    assert codes(rules.problems_with_question("x" * 1001)) == ["question_too_long"]


def test_an_opinion_comes_from_somebody_who_may_have_been_there():
    assert codes(rules.problems_with_opinion(minutes=None, is_over=True)) == []
    assert codes(rules.problems_with_opinion(minutes=0, is_over=True)) == ["was_not_there"]
    assert codes(rules.problems_with_opinion(minutes=None, is_over=False)) == ["not_over"]


def test_a_recording_waits_for_each_speaker_by_name():
    found = list(rules.problems_with_recording(["Sofie", "Jan"], what="slides"))
    assert [(problem.params["name"], problem.field) for problem in found] == [
        ("Sofie", "slides"),
        ("Jan", "slides"),
    ]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Entering the Danish market", "entering-the-danish-market-7"),
        ("Ærø & Liège!", "r-liege-7"),
        ("???", "webinar-7"),
    ],
)
def test_an_address_is_made_of_the_title(title, slug):
    assert rules.slug_for(title, number=7) == slug


# ── Tables of providers ──────────────────────────────────────────────────────────────────────────────────────────────
def read(text: str):
    return rules.read_table(text, zone="Europe/Brussels", starts_at=STARTS)


def test_a_table_with_two_moments_is_read_in_the_webinars_zone():
    told, unread = read(
        "Name,User Email,Join Time,Leave Time\nSofie,Sofie@A.example,2026-05-19 11:00,2026-05-19 11:50\n"
    )
    assert unread == []
    assert told == [Told("sofie@a.example", minutes(0), minutes(50))]


def test_titles_above_the_header_semicolons_and_minutes_alone_are_understood():
    told, unread = read('Meeting summary\n\n"E-mail";"Duration (Minutes)"\na@b.example;42\n;;\n')
    assert told == [Told("a@b.example", minutes(0), minutes(42))]
    assert unread == []


def test_what_cannot_be_read_comes_back_with_its_line_and_reason():
    told, unread = read(
        "email,joined,left\nnobody,2026-05-19 11:00,2026-05-19 11:10\na@b.example,,\n"
        "a@b.example,2026-05-19 11:10,2026-05-19 11:00\nb@b.example,2025-01-01 10:00,2025-01-01 11:00\n"
    )
    assert told == []
    assert [(one.line, one.why) for one in unread] == [
        (2, "no_address"),
        (3, "no_time"),
        (4, "left_first"),
        (5, "other_day"),
    ]


def test_a_file_that_is_no_table_says_so():
    assert [one.why for one in read("hello")[1]] == ["no_header"]
    assert [one.why for one in read("")[1]] == ["no_header"]


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading(text):
    told, unread = read("email,minutes\n" + text)
    assert all(abs(one.joined_at - STARTS) <= timedelta(days=1) for one in told)
    assert len(told) + len(unread) <= text.count("\n") + text.count("\r") + 400


# ── The webhook ──────────────────────────────────────────────────────────────────────────────────────────────────────
MOMENT = str(int(AT.timestamp()))


def test_only_what_is_signed_with_the_key_of_these_minutes_is_believed():
    signature = rules.signature_of(b"[]", moment=MOMENT, key="k")
    assert rules.is_signed_by(signature, b"[]", moment=MOMENT, key="k", at=AT)
    assert not rules.is_signed_by(signature, b"[1]", moment=MOMENT, key="k", at=AT)
    assert not rules.is_signed_by(signature, b"[]", moment=MOMENT, key="other", at=AT)
    assert not rules.is_signed_by(signature, b"[]", moment=MOMENT, key="", at=AT)
    assert not rules.is_signed_by(signature, b"[]", moment=MOMENT, key="k", at=AT + timedelta(minutes=6))
    assert not rules.is_signed_by("ü", b"[]", moment="x", key="k", at=AT)
    assert not rules.is_signed_by("ü", b"[]", moment=MOMENT, key="k", at=AT)


def test_what_is_told_of_another_day_or_backwards_is_not_of_this_webinar():
    assert rules.is_of_that_day(Told("a@b.example", STARTS, ENDS), starts_at=STARTS)
    assert not rules.is_of_that_day(Told("a@b.example", ENDS, STARTS), starts_at=STARTS)
    assert not rules.is_of_that_day(Told("a@b.example", STARTS - timedelta(days=3), ENDS), starts_at=STARTS)
    assert not rules.is_of_that_day(Told("a@b.example", STARTS.replace(tzinfo=None), ENDS), starts_at=STARTS)
