"""A search as its page shows it: facets with links, what was read differently with links that undo it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from landbridge.catalogue import rules
from landbridge.catalogue.models import SavedSearch
from landbridge.catalogue.search import FACETS, Found
from landbridge.catalogue.states import FRESHNESS_NAMES, KIND_NAMES
from landbridge.foundation.problems import N_
from landbridge.foundation.ui import formatting
from landbridge.programmes.models import Region

FACET_NAMES = {
    "region": N_("Region"),
    "country": N_("Country"),
    "kind": N_("Kind"),
    "mode": N_("Way of access"),
    "certificate": N_("Certificate"),
    "language": N_("Language spoken"),
    "voucher": N_("Voucher"),
    "freshness": N_("Freshness"),
}
LONGEST_TEXT, MOST_EXACT, MOST_PAGES = 300, 20, 50_000
SORTS = ("name", "near-")
Namer = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a search says: words, filters, words to take literally, order, page."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] | None = None
    literally: tuple[str, ...] = ()
    sort: str = ""
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters)

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.filters)

    def query(self, **changes: object) -> str:
        """The address's query of this search, with some of it changed; the page begins anew unless it is given."""
        said: dict[str, object] = {
            "q": self.text, **(self.filters or {}), "exactly": self.literally, "sort": self.sort,
            **changes,
        }  # fmt: skip
        query = QueryDict(mutable=True)
        for name, values in said.items():
            every = [values] if isinstance(values, str | int | float) else values
            query.setlist(name, [str(value) for value in every or () if str(value)])  # type: ignore[attr-defined]
        return query.urlencode()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: its name, how many hits have it, and where choosing or dropping it leads."""

    code: str
    label: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its values, those with most hits first."""

    name: str
    label: str
    values: tuple[Value, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class Undo:
    """What was read for a typed word, and the query that takes it as it was typed."""

    typed: str
    read: str
    query: str


def asked(query: QueryDict) -> Asked:
    """Read an address; what makes no sense in it is left out."""
    filters = {}
    for name in FACETS:
        if values := tuple(dict.fromkeys(_tidy(value)[:60] for value in query.getlist(name) if _tidy(value))):
            filters[name] = values[:MOST_EXACT]
    page, sort = query.get("page", "1"), _tidy(query.get("sort", ""))[:60]
    return Asked(
        text=_tidy(query.get("q", ""))[:LONGEST_TEXT],
        filters=filters,
        literally=tuple(_tidy(word)[:LONGEST_TEXT] for word in query.getlist("exactly")[:MOST_EXACT] if word),
        sort=sort if sort.startswith(SORTS) else "",
        page=min(int(page), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 9 else 1,
    )


def of_saved(search: SavedSearch) -> Asked:
    """A saved search, as its address would ask."""
    filters = {name: tuple(map(str, values)) for name, values in search.filters.items() if values}
    return Asked(
        text=search.text,
        filters={name: values for name, values in filters.items() if name in FACETS},
        literally=filters.get("exactly", ()),
    )


def facets(found: Found, ask: Asked, **more: object) -> list[Facet]:
    """Every facet that has a value, each value with a link that chooses or drops it; `more` stays in the address."""
    regions = dict(Region.objects.values_list("key", "name"))
    names = names_of(regions)
    shown = []
    for name, counted in found.facets.items():
        chosen = (ask.filters or {}).get(name, ())
        every = {**counted, **{code: counted.get(code, 0) for code in chosen}}
        values = [
            Value(
                code=code,
                label=names[name](code),
                count=count,
                is_chosen=code in chosen,
                query=ask.query(
                    **more,
                    **{name: [one for one in chosen if one != code] if code in chosen else [*chosen, code]},
                ),
            )
            for code, count in every.items()
        ]
        if values:
            values.sort(key=lambda one: (-one.count, one.label.casefold()))
            shown.append(Facet(name, _(FACET_NAMES[name]), tuple(values), len(chosen)))
    return shown


def names_of(regions: Mapping[str, str]) -> Mapping[str, Namer]:
    """How the codes of each facet are called."""
    return {
        "region": lambda code: regions.get(code, code),
        "country": formatting.country,
        "kind": lambda code: _said(KIND_NAMES, code),
        "mode": lambda code: _said(rules.ACCESS_MODES, code),
        "certificate": lambda code: _said(rules.CERTIFICATES, code),
        "language": lambda code: _said(rules.LANGUAGES, code),
        "voucher": lambda _code: _("A voucher can pay for it"),
        "freshness": lambda code: _said(FRESHNESS_NAMES, code),
    }


def undoing(found: Found, ask: Asked) -> tuple[list[Undo], list[Undo], list[Undo]]:
    """What was corrected, what was expanded, and what is taken literally, each with the query that changes that."""
    corrected = [
        Undo(one.typed, one.proposed, ask.query(exactly=[*ask.literally, one.typed]))
        for one in found.corrected
    ]
    expanded = [
        Undo(one.typed, ", ".join(one.added), ask.query(exactly=[*ask.literally, one.typed]))
        for one in found.expanded
    ]
    undone = [
        Undo(word, "", ask.query(exactly=[other for other in ask.literally if other != word]))
        for word in found.undone
    ]
    return corrected, expanded, undone


def in_words(ask: Asked) -> str:
    """A search as a line that names it: the words, then the filters."""
    names = names_of(dict(Region.objects.values_list("key", "name")))
    chosen = [names[name](value) for name, values in (ask.filters or {}).items() for value in values]
    return " · ".join([*([f"“{ask.text}”"] if ask.text else []), *chosen])


def _said(names: Mapping[Any, str], code: str) -> str:
    return _(names[code]) if code in names else code


def _tidy(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
