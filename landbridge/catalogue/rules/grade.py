"""How complete a record is, from 0 to 100, and what would help next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from landbridge.catalogue.states import Kind
from landbridge.foundation.problems import N_

ALL = frozenset(Kind)
OFFERS = frozenset({Kind.SERVICE})
MADE_OF = frozenset({Kind.FACILITY, Kind.SERVICE, Kind.EQUIPMENT})


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that is empty, how many points it is worth, and why it helps."""

    field: str
    name: str
    why: str
    points: int


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade, 0 to 100, and what is missing, the most helpful first."""

    points: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    field: str
    weight: int
    kinds: frozenset[Kind]
    name: str
    why: str
    is_filled: Callable[[Any], bool] = bool


def _is_long(text: Any) -> bool:
    return len(text or "") >= 200


def _is_given(value: Any) -> bool:
    return value is not None


# What asks most often for a question back weighs most.
_PARTS = (
    _Part("summary", 15, ALL, N_("Summary"), N_("It is the first thing that people read in a list.")),
    _Part("town", 5, ALL, N_("Town"), N_("Companies ask first how far they would travel.")),
    _Part("description", 10, ALL, N_("Description of at least 200 characters"),
          N_("Questions are matched with its sentences."), _is_long),
    _Part("competences", 15, ALL, N_("Competences"), N_("Questions are matched by competence first.")),
    _Part("techniques", 5, ALL, N_("Techniques"), N_("Specialists search for the method by its name.")),
    _Part("languages", 5, ALL, N_("Languages"), N_("A small company asks in its own language.")),
    _Part("contact_email", 10, ALL, N_("Contact"), N_("Someone has to answer; it is never public.")),
    _Part("website", 5, ALL, N_("Website"), N_("People look there before they write.")),
    _Part("latitude", 5, ALL, N_("Place on the map"), N_("The map shows only what has a place."), _is_given),
    _Part("identifiers", 5, ALL, N_("Identifiers"), N_("Other directories recognise it by them.")),
    _Part("access_modes", 15, OFFERS, N_("Ways of access"), N_("A company must know whether it has to travel.")),
    _Part("inputs", 5, OFFERS, N_("What goes in"), N_("It tells whether a sample fits.")),
    _Part("outputs", 5, OFFERS, N_("What comes out"), N_("It tells what the company will hold in its hands.")),
    _Part("unit", 5, OFFERS, N_("Unit of access"), N_("Prices and quotes are counted in it.")),
    _Part("lead_time_days", 5, OFFERS, N_("Lead time"), N_("Vouchers end on a day."), _is_given),
    _Part("capacity", 5, OFFERS, N_("Capacity"), N_("Full facilities are not asked in vain.")),
    _Part("must_bring", 5, OFFERS, N_("What the company must bring"), N_("It saves the first three e-mails.")),
    _Part("prices", 10, OFFERS, N_("Prices"), N_("An application needs a figure.")),
    _Part("certificates", 5, MADE_OF, N_("Certificates"), N_("Regulated work is possible only under them.")),
    _Part("maker", 10, frozenset({Kind.EQUIPMENT}), N_("Maker"), N_("Specialists know instruments by their maker.")),
    _Part("model_name", 10, frozenset({Kind.EQUIPMENT}), N_("Model"), N_("Specialists search for the model.")),
)  # fmt: skip


def grade(kind: str, values: Mapping[str, Any]) -> Grade:
    """How much of what matters for this kind is there. Experts and organisations are not asked for prices."""
    asked = [part for part in _PARTS if kind in part.kinds]
    whole = sum(part.weight for part in asked)
    empty = [part for part in asked if not part.is_filled(values.get(part.field))]
    lost = sum(part.weight for part in empty)
    missing = sorted(
        (Missing(part.field, part.name, part.why, round(100 * part.weight / whole)) for part in empty),
        key=lambda one: -one.points,
    )
    return Grade(points=round(100 * (whole - lost) / whole), missing=tuple(missing))
