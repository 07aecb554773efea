"""What is drawn by chance, always the same for the same seed: days with their seasons, durations, names of nobody."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

Drawn = TypeVar("Drawn")

# How busy a month is beside the others: few ask in summer and around the new year.
SEASON = (0.9, 1.05, 1.2, 1.0, 1.05, 0.95, 0.6, 0.45, 1.25, 1.3, 1.15, 0.6)
FIRST_YEAR, EACH_YEAR = 0.5, 0.16  # a young programme is little known, and better known each year
BEGINNINGS = (
    "Alv", "Bren", "Cor", "Del", "Emb", "Fal", "Gren", "Hol", "Isk", "Jut", "Kal", "Lim", "Mer", "Nor", "Oster",
    "Pel", "Quin", "Ros", "Sol", "Tor", "Ulm", "Vas", "Wes", "Yst", "Zeel",
)  # fmt: skip
MIDDLES = ("a", "e", "i", "o", "en", "er", "an", "or", "in", "el")
ENDINGS = ("dor", "gen", "lis", "mar", "nix", "quo", "ris", "san", "tis", "vex", "wyn", "zon")
FIELDS = (
    "Diagnostics", "Therapeutics", "Biosensors", "Implants", "Peptides", "Imaging", "Medtech", "Proteomics",
    "Cell Systems", "Biomaterials", "Devices", "Data",
)  # fmt: skip
LABORATORIES = (
    "Imaging Laboratory", "Assay Centre", "Institute of Biomaterials", "Protein Facility", "Clinical Trials Unit",
    "Microscopy Core", "Toxicology Laboratory", "Centre for Medical Devices",
)  # fmt: skip
FORMS = {"BE": "SRL", "DE": "GmbH", "DK": "ApS", "NL": "B.V.", "GB": "Ltd", "ES": "SL", "FR": "SAS"}
GIVEN = (
    "Ada", "Bruno", "Clara", "Dirk", "Elin", "Fabio", "Gerda", "Hugo", "Irma", "Joris", "Karin", "Lluc", "Maud",
    "Niels", "Odile", "Pau", "Renske", "Simon", "Tilda", "Uwe", "Vera", "Wim", "Yara", "Zoé",
)  # fmt: skip
FAMILY = (
    "Aalders", "Bertrand", "Casals", "Duprez", "Ekholm", "Ferrer", "Gruber", "Hoekstra", "Iversen", "Jansen",
    "Kessler", "Lefort", "Mortensen", "Nagel", "Oostra", "Puyol", "Quist", "Roels", "Schmid", "Thorup", "Vidal",
    "Winkler",
)  # fmt: skip
VERBS = (
    "Measuring",
    "Stability of",
    "Imaging",
    "Sterilising",
    "Coating",
    "Modelling",
    "Validating",
    "Sequencing",
)
THINGS = (
    "a sweat sensor", "an antibody", "a wound gel", "a catheter tip", "a hydrogel scaffold", "a rapid test",
    "a peptide", "an inhaled powder", "a bone screw", "a contact lens", "a microneedle patch", "an organoid",
)  # fmt: skip
CONTEXTS = (
    "under heat", "in whole blood", "on living skin", "at low dose", "after storage", "in a small series",
    "for approval", "in tissue sections",
)  # fmt: skip
# Digits of an account by country, after the letters of an invented bank.
ACCOUNTS = {
    "BE": ("", 12), "DE": ("", 18), "DK": ("", 14), "NL": ("TEST", 10), "GB": ("TEST", 14), "ES": ("", 20), "FR": ("", 23),
}  # fmt: skip
MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Span:
    """The simulated years; both days belong to them."""

    first: date
    last: date

    @property
    def until(self) -> datetime:
        """The moment after which nothing has happened yet."""
        return moment(self.last, hour=17)


@dataclass(slots=True)
class Chance:
    """The source of everything that is drawn. One seed gives the same years wherever and whenever it is asked."""

    seed: int
    draw: random.Random = field(init=False)
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)  # noqa: S311 - a world that can be made again, no secret

    def happens(self, share: float) -> bool:
        return self.draw.random() < share

    def one_of(self, among: Sequence[Drawn]) -> Drawn:
        return among[int(self.draw.random() * len(among))]

    def lasting(self, days: float, spread: float = 0.55) -> timedelta:
        """A duration around a median of so many days: most are near it, a few take far longer."""
        return timedelta(minutes=int(1440 * days * math.exp(self.draw.gauss(0, spread))))

    def key(self, digits: int) -> str:
        """Digits and letters that nobody has had yet."""
        while (found := f"{self.draw.getrandbits(4 * digits):0{digits}X}") in self.taken:
            pass
        self.taken.add(found)
        return found

    def person(self) -> str:
        return f"{self.one_of(GIVEN)} {self.one_of(FAMILY)}"

    def organisation(self, country: str, *, offers_access: bool) -> str:
        """A name that no other of these organisations has."""
        while True:
            root = self.one_of(BEGINNINGS) + self.one_of(MIDDLES) + self.one_of(ENDINGS)
            name = (
                f"{root} {self.one_of(LABORATORIES)}"
                if offers_access
                else f"{root} {self.one_of(FIELDS)} {FORMS.get(country, 'Ltd')}"
            )
            if name not in self.taken:
                self.taken.add(name)
                return name

    def question(self) -> str:
        return f"{self.one_of(VERBS)} {self.one_of(THINGS)} {self.one_of(CONTEXTS)}"

    def iban(self, country: str) -> str:
        """An account that passes its check (ISO 13616) at a bank that is invented."""
        letters, digits = ACCOUNTS.get(country, ACCOUNTS["DE"])
        known = country if country in ACCOUNTS else "DE"
        bban = letters + "".join(str(int(self.draw.random() * 10)) for _ in range(digits))
        number = int("".join(str(int(one, 36)) for one in f"{bban}{known}00"))
        return f"{known}{98 - number % 97:02d}{bban}"


def moment(day: date, *, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of that day in UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def moments(chance: Chance, span: Span, number: int) -> list[datetime]:
    """So many moments of working hours, with seasons and growth, in their order."""
    days = [span.first + timedelta(days=one) for one in range((span.last - span.first).days + 1)]
    working = [day for day in days if day.weekday() < 5]
    weights = [
        SEASON[day.month - 1] * (FIRST_YEAR + EACH_YEAR * (day - span.first).days / 365.25) for day in working
    ]
    drawn = sorted(chance.draw.choices(working, weights, k=number))
    return sorted(
        moment(day, hour=7 + int(chance.draw.random() * 9), minute=int(chance.draw.random() * 60))
        for day in drawn
    )


def months_after(day: date, months: int) -> date:
    """About so many months later."""
    return day + timedelta(days=round(MONTH * months))
