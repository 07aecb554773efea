"""Amounts: what may be typed, and the laws of adding and sharing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.foundation.money import MAXIMUM_CENTS, Money, euro, total

pytestmark = pytest.mark.once
amounts = st.integers(-(10**13), 10**13).map(Money)


@given(amounts, amounts, amounts)
def test_adding_keeps_its_laws(one, two, three):
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + -one == Money(0)
    assert one - two == -(two - one)
    assert total([one, two, three]) == one + two + three


@given(amounts, amounts)
def test_amounts_are_in_one_order(one, two):
    assert (one < two) == (one.cents < two.cents) == (two > one)
    assert (one <= two) == (two >= one) == (not one > two)


@given(st.integers(0, 10**13).map(Money), st.integers(0, 10_000))
def test_a_share_is_the_nearest_cent(amount, hundredths):
    percent = Decimal(hundredths) / 100
    exact = Decimal(amount.cents) * percent / 100
    assert abs(amount.share(percent).cents - exact) <= Decimal("0.5")
    assert amount.share(Decimal(100)) == amount
    assert amount.share(Decimal(0)) == Money(0)


@given(st.integers(1, 10**9).map(Money), st.integers(1, 9_999))
def test_two_shares_lose_a_cent_at_most(amount, hundredths):
    percent = Decimal(hundredths) / 100
    both = amount.share(percent) + amount.share(100 - percent)
    assert 0 <= both.cents - amount.cents <= 1


@given(amounts, st.integers(-1000, 1000))
def test_many_times_is_adding_many_times(amount, times):
    assert amount * times == Money(amount.cents * times)


@pytest.mark.parametrize("percent", ["0.5", "50", "99.5"])
def test_half_a_cent_is_rounded_away_from_zero(percent):
    assert Money(1).times(Decimal("0.5")) == Money(1)
    assert Money(-1).times(Decimal("0.5")) == Money(-1)
    assert Money(100).share(Decimal(percent)).cents == int(Decimal(percent) + Decimal("0.5"))


def test_another_currency_needs_a_rate():
    assert Money(10_000, "GBP").into("EUR", rate=Decimal("1.17")) == euro(117)
    with pytest.raises(ValueError, match="do not add up"):
        euro(1) + Money(1, "GBP")
    with pytest.raises(ValueError, match="do not add up"):
        total([euro(1)], "GBP")


def test_an_amount_has_two_decimals():
    assert euro("4000.50") == Money(400_050)
    assert str(euro("4000.50")) == "EUR 4,000.50"
    assert euro("4000.50").decimal == Decimal("4000.50")
    with pytest.raises(ValueError, match="two decimals"):
        euro("0.005")


def test_only_nothing_is_false():
    assert not Money(0)
    assert Money(-1)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1,234.50", 123_450),
        ("1.234,50", 123_450),
        ("1 234,50", 123_450),
        ("1\u00a0234,50", 123_450),
        ("1\u202f234,50", 123_450),
        ("1'234.50", 123_450),
        ("1.234.567", 123_456_700),
        ("€ 4000", 400_000),
        ("EUR 4000", 400_000),
        ("4000 €", 400_000),
        ("4000EUR", 400_000),
        ("-€5", -500),
        ("€ -5", -500),
        ("0,5", 50),
        ("007", 700),
        ("  12.3  ", 1230),
        ("10000000000000", MAXIMUM_CENTS),
    ],
)
def test_an_amount_is_read_as_it_is_written_in_any_country(typed, cents):
    assert Money.parse(typed) == Money(cents)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "€",
        "twelve",
        "1,2,3",
        "12.345,6789",
        "1,234,56",
        "1.234.50",
        "1,23.456",
        "1.234,567.00",
        "1234.567",
        "1e5",
        "1 2",
        "1EUR2",
        "--5",
        "+5",
        "0x10",
        "NaN",
        "Infinity",
        "٣٤٥",
        "１２３",
        "१२",
        "1²",
        "5\x00",
        "10000000000000.01",
        "9" * 30,
        "9" * 5000,
    ],
)
def test_what_is_no_amount_or_could_be_two_is_refused(typed):
    with pytest.raises(ValueError, match="amount"):
        Money.parse(typed)


@given(st.integers(-MAXIMUM_CENTS, MAXIMUM_CENTS))
def test_what_is_written_can_be_read_back(cents):
    amount = Money(cents)
    assert Money.parse(f"{amount.decimal:,.2f}") == amount
    assert Money.parse(f"{amount.decimal:.2f}".replace(".", ",")) == amount


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_refused(typed):
    try:
        amount = Money.parse(typed)
    except ValueError:
        return
    assert abs(amount.cents) <= MAXIMUM_CENTS
    assert any(sign in "0123456789" for sign in typed)
