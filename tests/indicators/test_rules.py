"""Figures made of rows, packed rows and numbers within words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from landbridge.indicators import rules
from landbridge.indicators.rules import Made, Row

DAY = date(2026, 5, 18)


def rows(*shares: str) -> list[Row]:
    return [Row("a.b", number, str(number), DAY, Decimal(share)) for number, share in enumerate(shares, 1)]


def test_nothing_is_known_of_a_mean_a_median_and_a_per_cent_without_rows():
    for made in (Made.MEAN, Made.MEDIAN, Made.PERCENT):
        assert rules.figure_of(made, []).value is None


def test_a_count_of_nothing_is_zero():
    assert rules.figure_of(Made.COUNT, []).value == 0


def test_a_mean_says_of_how_many():
    found = rules.figure_of(Made.MEAN, rows("3", "4", "4"))
    assert (found.value, found.whole) == (Decimal("3.67"), 3)


def test_a_per_cent_says_how_many_of_how_many():
    found = rules.figure_of(Made.PERCENT, rows("1", "0", "1"))
    assert (found.value, found.part, found.whole) == (Decimal("66.67"), 2, 3)


def test_the_median_of_an_even_number_is_between_the_two_middle_ones():
    assert rules.figure_of(Made.MEDIAN, rows("10", "1", "4", "5")).value == Decimal("4.50")


def test_packed_rows_are_the_same_in_whatever_order_they_came():
    found = rows("1", "7000.00", "1.0000")
    assert rules.packed(found) == rules.packed(reversed(found)) == {"a.b": [1, [2, "7000"], 3]}


def test_hashes_do_not_depend_on_the_order_of_keys():
    assert rules.sha256_of({"a": 1, "b": "é"}) == rules.sha256_of({"b": "é", "a": 1})


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("more than 400", "400"), ("around 1000000", "1000000"), ("1,240.50 euro", "1240.50"), ("1 200 000", "1200000"),
        ("169", "169"), ("53 of 82", None), ("many", None), ("", None),
    ],
)  # fmt: skip
def test_one_number_is_read_out_of_what_was_published(said: str, number: str | None):
    assert rules.number_in(said) == (None if number is None else Decimal(number))


def test_the_last_day_of_a_month_stands_for_its_own_month():
    assert rules.last_of_month(date(2026, 6, 30)) == date(2026, 6, 30)
    assert rules.last_of_month(date(2026, 6, 29)) == date(2026, 5, 31)
    assert rules.last_of_month(date(2026, 1, 1)) == date(2025, 12, 31)


def test_months_later_keep_to_the_end_of_a_short_month():
    assert rules.months_later(date(2025, 8, 31), 6) == date(2026, 2, 28)


def test_a_code_is_small_letters_figures_and_hyphens():
    wording = rules.Wording(code="RCO 01", name="A", unit="b", definition="c", source="none-such")
    found = {one.code for one in rules.problems_with_indicator(wording, sources=frozenset(), taken=True)}
    assert found == {"not_a_code", "code_is_taken", "no_such_source"}
