"""The map of regions for a page. Drawing it is a pure function of what is on it, so the same map is drawn once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from landbridge.foundation.ui.map import Flow, RegionMark
from landbridge.foundation.ui.templatetags.components import region_map
from landbridge.programmes.models import Region
from landbridge.public.queries.figures import Cell, flows

MOST_FLOWS = 24


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that a drawn map depends on: under it the markup is kept."""

    title: str
    marks: tuple[RegionMark, ...]
    flows: tuple[Flow, ...]
    beside: bool
    language: str


def marks_of(regions: Iterable[Region], *, counts: dict[str, int] | None = None) -> list[RegionMark]:
    """Each region as a mark that leads to its page; `counts` by the region's key."""
    return [
        RegionMark(
            region.name,
            float(region.latitude),
            float(region.longitude),
            reverse("public:region", args=[region.key]),
            counts.get(region.key, 0) if counts is not None else None,
        )
        for region in regions
    ]


def flows_between(regions: Iterable[Region], cells: Iterable[Cell]) -> list[Flow]:
    """The widest flows of vouchers between these regions."""
    known = {region.name for region in regions}
    found = [
        Flow(origin, target, sums.count)
        for (origin, target, _from, _to), sums in flows(cells)
        if origin in known and target in known and origin != target
    ]
    return found[:MOST_FLOWS]


def drawn(
    title: str, *, marks: Sequence[RegionMark], flows: Sequence[Flow] = (), beside: bool = True
) -> SafeString:
    """The map as markup."""
    return _drawn(Look(title, tuple(marks), tuple(flows), beside, get_language() or ""))


@lru_cache(maxsize=64)
def _drawn(look: Look) -> SafeString:
    drawing = region_map(look.title, look.marks, look.flows, beside=look.beside)
    return render_to_string("ui/_region_map.html", drawing)
