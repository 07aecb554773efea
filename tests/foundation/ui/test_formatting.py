"""Amounts, days and states read as people in each language write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from landbridge.foundation.money import Money, euro
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui import formatting

pytestmark = pytest.mark.once
NOW = dt.datetime(2014, 5, 1, 12, 0, tzinfo=dt.UTC)
CLOSES = dt.datetime(2014, 5, 4, 15, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "amount", "written"),
    [
        ("en-gb", euro(4000), "€4,000"),
        ("en-gb", euro("4000.50"), "€4,000.50"),
        ("en-gb", euro(-20), "−€20"),
        ("en-gb", Money(123456, "GBP"), "£1,234.56"),
        ("en-gb", Money(100_00, "DKK"), "DKK\u00a0100"),
        ("de", euro("4000.50"), "4.000,50\u00a0€"),
        ("fr", euro(4000), "4\u00a0000\u00a0€"),
        ("nl", euro(4000), "€\u00a04.000"),
        ("nl", euro(-4000), "−€\u00a04.000"),
        ("da", euro("4000.50"), "4.000,50\u00a0€"),
        ("es", euro("1234567.50"), "1\u00a0234\u00a0567,50\u00a0€"),
        ("ca", euro("4000.50"), "4.000,50\u00a0€"),
        ("da", Money(100_00, "DKK"), "100\u00a0DKK"),
    ],
)
def test_money_in_languages(language, amount, written):
    with translation.override(language):
        assert formatting.money(amount) == written


def test_money_in_columns_always_shows_cents():
    assert formatting.money(euro(4000), cents=True) == "€4,000.00"


def test_nothing_is_written_for_nothing():
    assert formatting.money(None) == formatting.day(None) == formatting.moment(None) == ""
    assert formatting.number(None) == formatting.percent(None) == formatting.until(None, now=NOW) == ""


@given(st.integers(-(10**13), 10**13))
def test_money_can_be_typed_again_as_it_was_shown(cents):
    shown = formatting.money(Money(cents)).replace(formatting.MINUS, "-")
    assert Money.parse(shown) == Money(cents)


@pytest.mark.parametrize(
    ("language", "written", "first", "numbers"),
    [
        ("en-gb", "4 May 2014", "1 August 2014", ("66.5%", "1,234.5")),
        ("de", "4. Mai 2014", "1. August 2014", ("66,5 %", "1.234,5")),
        ("fr", "4 mai 2014", "1er août 2014", ("66,5 %", "1 234,5")),
        ("nl", "4 mei 2014", "1 augustus 2014", ("66,5%", "1.234,5")),
        ("da", "4. maj 2014", "1. august 2014", ("66,5 %", "1.234,5")),
        ("es", "4 de mayo de 2014", "1 de agosto de 2014", ("66,5 %", "1 234,5")),
        ("ca", "4 de maig de 2014", "1 d'agost de 2014", ("66,5 %", "1.234,5")),
    ],
)
def test_days_and_numbers_in_languages(language, written, first, numbers):
    with translation.override(language):
        assert formatting.day(dt.date(2014, 5, 4)).replace("\u00a0", " ") == written
        assert formatting.day(dt.date(2014, 8, 1)).replace("\u00a0", " ").replace("’", "'") == first
        shown = (formatting.percent(0.665, places=1), formatting.number(1234.5, places=1))
        assert tuple(text.replace("\u00a0", " ") for text in shown) == numbers
        assert formatting.moment(CLOSES).replace("\u00a0", " ").startswith(written)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Belgien"),
        ("fr", "Belgique"),
        ("nl", "België"),
        ("da", "Belgien"),
        ("es", "Bélgica"),
        ("ca", "Bèlgica"),
    ],
)
def test_countries_in_languages(language, name):
    with translation.override(language):
        assert formatting.country("BE") == name


def test_moments_carry_their_zone():
    assert (
        formatting.moment(CLOSES, zone="Europe/Brussels") == "4\u00a0May\u00a02014, 17:00 (Europe/Brussels)"
    )
    assert formatting.moment(CLOSES, zone="Europe/London") == "4\u00a0May\u00a02014, 16:00 (Europe/London)"
    late = CLOSES.replace(second=59)
    assert formatting.moment(late, zone="UTC") == "4\u00a0May\u00a02014, 15:00:59 (UTC)"


def test_moments_without_a_zone_are_in_that_of_the_network_or_the_reader():
    assert formatting.moment(CLOSES).endswith("17:00 (Europe/Brussels)")
    with timezone.override("Europe/Dublin"):
        assert formatting.moment(CLOSES).endswith("16:00 (Europe/Dublin)")


def test_the_day_of_a_moment_depends_on_the_zone():
    late = dt.datetime(2014, 5, 4, 22, 30, tzinfo=dt.UTC)
    assert formatting.day(late, zone="Europe/Brussels") == "5\u00a0May\u00a02014"
    assert formatting.day(late, zone="Europe/London") == "4\u00a0May\u00a02014"


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (dt.timedelta(days=3, hours=1), "in 3 days"),
        (dt.timedelta(days=1), "tomorrow"),
        (dt.timedelta(hours=2, minutes=59), "2 hours left"),
        (dt.timedelta(minutes=61), "1 hour left"),
        (dt.timedelta(minutes=5), "5 minutes left"),
        (dt.timedelta(seconds=30), "less than a minute left"),
        (dt.timedelta(seconds=-1), "just now"),
        (dt.timedelta(minutes=-3), "3 minutes ago"),
        (dt.timedelta(hours=-5), "5 hours ago"),
        (dt.timedelta(days=-1, hours=-2), "yesterday"),
        (dt.timedelta(days=-3), "3 days ago"),
    ],
)
def test_how_far_away(away, words):
    assert formatting.until(NOW + away, now=NOW) == words


def test_tomorrow_is_the_next_day_of_the_calendar_in_its_zone():
    late = dt.datetime(2014, 5, 1, 21, 30, tzinfo=dt.UTC)
    away = late + dt.timedelta(hours=25)
    assert formatting.until(away, now=late, zone="Europe/Brussels") == "in 2 days"
    assert formatting.until(away, now=late, zone="America/New_York") == "tomorrow"


def test_how_far_away_a_day_is():
    assert formatting.until(dt.date(2014, 5, 1), now=NOW) == "today"
    assert formatting.until(dt.date(2014, 5, 11), now=NOW) == "in 10 days"


def test_urgency():
    assert formatting.urgency(None, now=NOW) == "calm"
    assert formatting.urgency(NOW + dt.timedelta(days=10), now=NOW) == "calm"
    assert formatting.urgency(CLOSES, now=NOW) == "soon"
    assert formatting.urgency(NOW - dt.timedelta(seconds=1), now=NOW) == "late"
    assert formatting.urgency(dt.date(2014, 4, 30), now=NOW) == "late"


def test_states_and_roles_in_words():
    assert formatting.state_label("under_evaluation") == "Under evaluation"
    assert formatting.state_label("") == ""
    assert formatting.state_tone("awarded") == "good"
    assert formatting.state_tone("something_new") == "quiet"
    assert formatting.role_label(Role.BROKER) == "Access Broker"


def test_other_values():
    assert formatting.country("BE") == "Belgium"
    assert formatting.country("??") == "??"
    assert formatting.percent(Decimal("0.655")) == "66%"
    assert formatting.percent(0.655, places=1) == "65.5%"
    with translation.override("de"):
        assert formatting.percent(0.5) == "50\u00a0%"
    assert formatting.number(1_234_567) == "1,234,567"
    assert formatting.number(-3) == "−3"
    assert formatting.number(Decimal("3.96"), places=1) == "4.0"
    assert formatting.number(Decimal("1034094.50"), places=0) == "1,034,095"
    assert [formatting.file_size(n) for n in (1, 999, 48_213, 1_240_000)] == [
        "1 byte",
        "999 bytes",
        "48\u00a0kB",
        "1.2\u00a0MB",
    ]


def test_a_problem_writes_out_its_parameters():
    problem = Problem(
        code="above_cap",
        message="The amount exceeds %(cap)s by %(by)s on %(on)s.",
        cure="Ask for %(cap)s.",
        params={"cap": euro(4000), "by": 1500, "on": dt.date(2014, 5, 4)},
    )
    assert formatting.problem_text(problem) == "The amount exceeds €4,000 by 1,500 on 4\u00a0May\u00a02014."
    assert formatting.problem_cure(problem) == "Ask for €4,000."
    assert formatting.problem_text(Problem(code="x", message="100% of it.")) == "100% of it."
    assert formatting.problem_cure(Problem(code="x", message="No.")) == ""
    assert formatting.shown(CLOSES).endswith("(Europe/Brussels)")
    assert formatting.shown("as it is") == "as it is"


def test_what_is_due_by_the_end_of_a_day_shows_the_day_alone():
    end_of_day = dt.datetime(2014, 5, 4, 21, 59, 59, tzinfo=dt.UTC)
    assert formatting.due(end_of_day, zone="Europe/Brussels") == "4\u00a0May\u00a02014"
    assert formatting.due(end_of_day, zone="Europe/London").endswith("22:59:59 (Europe/London)")
    assert formatting.due(CLOSES, zone="Europe/Brussels") == formatting.moment(CLOSES, zone="Europe/Brussels")
    assert formatting.due(dt.date(2014, 5, 4)) == "4\u00a0May\u00a02014"
    assert formatting.due(None) == ""


def test_a_day_in_a_narrow_place_breaks_before_its_year_alone():
    assert formatting.day_in_two(dt.date(2026, 9, 20)) == "20\u00a0September 2026"
    assert formatting.day_in_two(None) == ""
