"""Amounts of money with their currency: whole cents, no floats, never two currencies in one sum."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MAXIMUM_CENTS = 10**15


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in cents of one currency (ISO 4217). All of Landbridge's currencies have two decimals."""

    cents: int
    currency: str = "EUR"

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + self._cents_of(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - self._cents_of(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.cents, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.cents * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.cents < self._cents_of(other)

    def __le__(self, other: Money) -> bool:
        return self.cents <= self._cents_of(other)

    def __gt__(self, other: Money) -> bool:
        return self.cents > self._cents_of(other)

    def __ge__(self, other: Money) -> bool:
        return self.cents >= self._cents_of(other)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        return f"{self.currency} {self.decimal:,.2f}"

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units, with two decimals."""
        return Decimal(self.cents).scaleb(-2)

    def share(self, percent: Decimal) -> Money:
        """So many per cent of the amount, a half cent rounded up."""
        return self.times(percent / 100)

    def times(self, factor: Decimal) -> Money:
        """The amount multiplied by a rate, a half cent rounded away from zero."""
        cents = (Decimal(self.cents) * factor).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return Money(int(cents), self.currency)

    def into(self, currency: str, *, rate: Decimal) -> Money:
        """The amount in another currency, at `rate` units of it for one unit of this."""
        return Money(self.times(rate).cents, currency)

    def _cents_of(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up.")
        return other.cents

    @classmethod
    def of(cls, units: int | str | Decimal, currency: str = "EUR") -> Money:
        """The amount of so many whole units: `Money.of("4000.50")`. Raises ValueError beyond two decimals."""
        cents = Decimal(units).scaleb(2)
        if cents != cents.to_integral_value():
            raise ValueError("An amount has two decimals at most.")
        return cls(int(cents), currency)

    @classmethod
    def parse(cls, typed: str, currency: str = "EUR") -> Money:
        """The amount a person typed, with point or comma: `1,234.50`, `1.234,50`, `1 234,50`, `€ 4000`.

        Raises ValueError for anything that could be read in two ways or is no amount at all.
        """
        match = _TYPED.fullmatch(typed.strip())
        if match is None:
            raise ValueError("This is not an amount.")
        grouping = set(re.findall(r"[^0-9]", match["whole"]))
        if len(grouping) > 1 or (match["point"] and match["point"] in grouping):
            raise ValueError("This amount can be read in two ways.")
        whole = re.sub(r"[^0-9]", "", match["whole"])
        if len(whole) > len(str(MAXIMUM_CENTS)):
            raise ValueError("This amount is too large.")
        cents = int(whole) * 100 + int((match["cents"] or "0").ljust(2, "0"))
        if cents > MAXIMUM_CENTS:
            raise ValueError("This amount is too large.")
        return cls(-cents if match["sign"] else cents, currency)


# Groups of three digits with one mark between them, at most two digits after point or comma, the sign of the euro
# before or after. Digits are 0 to 9 alone: other scripts' digits would be numbers to Python, and riddles to a reader.
_TYPED = re.compile(
    r"(?:(?:€|EUR)\s*)?(?P<sign>-?)\s*(?:(?:€|EUR)\s*)?"
    r"(?P<whole>[0-9]{1,3}(?:[.,' \u00a0\u202f\u2019][0-9]{3})+|[0-9]+)"
    r"(?:(?P<point>[.,])(?P<cents>[0-9]{1,2}))?(?:\s*(?:€|EUR))?"
)


def euro(units: int | str | Decimal) -> Money:
    """So many euro."""
    return Money.of(units, "EUR")


def total(amounts: Iterable[Money], currency: str = "EUR") -> Money:
    """The sum of the amounts; nothing adds up to zero of `currency`."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result
