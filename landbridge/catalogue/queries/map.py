"""The map of what was found: a window on the drawing, and in it the records gathered into clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.http import QueryDict

from landbridge.catalogue.models import Record
from landbridge.catalogue.search.places import places
from landbridge.foundation.ui import map as drawing
from landbridge.programmes.models import Region

DEEPEST = 6  # steps of zoom; each shows half the width
ACROSS = 9  # clusters side by side
LETTER, NAME_HEIGHT = 8.8, 17  # of a region's name, in units of the whole drawing
STEP_SHARE = 0.5  # of the window that one step to a side goes


@dataclass(frozen=True, slots=True)
class Window:
    """What is seen: the middle in units of the drawing, and how many times it was halved."""

    x: float
    y: float
    zoom: int = 0

    @property
    def width(self) -> float:
        return float(drawing.width() / 2**self.zoom)

    @property
    def height(self) -> float:
        return float(drawing.height() / 2**self.zoom)

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def unit(self) -> float:
        """How long a unit of the whole drawing is here: marks and letters keep their size."""
        return float(1 / 2**self.zoom)

    @property
    def place(self) -> dict[str, object]:
        """This window in an address."""
        return {"x": round(self.x, 1), "y": round(self.y, 1), "z": self.zoom} if self.zoom else {}

    def moved(self, *, x: float = 0, y: float = 0, zoom: int = 0) -> Window:
        """Another window, so many windows to a side or steps nearer; never beyond the drawing."""
        return window_at(
            self.x + x * self.width * STEP_SHARE, self.y + y * self.height * STEP_SHARE, self.zoom + zoom
        )


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records that stand close together in this window; `record` where it is one alone."""

    x: float
    y: float
    count: int
    size: float
    into: Window
    record: int | None = None
    name: str = ""
    href: str = ""

    @property
    def halo(self) -> float:
        """The light around it, in units of the window."""
        return self.size + 8


@dataclass(frozen=True, slots=True)
class Seen:
    """The window with its clusters, the regions whose desks stand in it, and the records in it by name."""

    window: Window
    clusters: list[Cluster]
    regions: list[Mark] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    outside: int = 0
    nowhere: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A region at its place, and where its name is written so that it hides nothing; nowhere if that cannot be."""

    x: float
    y: float
    region: Region
    label_x: float = 0
    label_y: float = 0
    anchor: str = ""


def whole() -> Window:
    """The whole drawing."""
    return Window(drawing.width() / 2, drawing.height() / 2)


def window_at(x: float, y: float, zoom: int) -> Window:
    """The window around a point, held within the drawing."""
    depth = min(max(zoom, 0), DEEPEST)
    width, height = drawing.width() / 2**depth, drawing.height() / 2**depth
    return Window(
        min(max(x, width / 2), drawing.width() - width / 2),
        min(max(y, height / 2), drawing.height() - height / 2),
        depth,
    )


def window(query: QueryDict) -> Window:
    """The window that an address asks for; the whole drawing where it asks for none."""
    try:
        x, y, zoom = float(str(query["x"])[:12]), float(str(query["y"])[:12]), int(str(query["z"])[:2])
    except (KeyError, ValueError):
        return whole()
    return window_at(x, y, zoom) if np.isfinite([x, y]).all() else whole()


def seen(numbers: Sequence[int], view: Window) -> Seen:
    """What of these records stands in a window: three queries, however many records."""
    known = places()
    rows = known.rows(sorted(numbers))
    rows = rows[np.argsort(known.alphabet[rows])]
    placed = rows[~np.isnan(known.north[rows])]
    x, y = projected(known.north[placed], known.east[placed])
    in_it = (np.abs(x - view.x) <= view.width / 2) & (np.abs(y - view.y) <= view.height / 2)
    ids, x, y = known.numbers[placed][in_it], x[in_it], y[in_it]
    clusters = _named(_clusters(ids, x, y, view))
    return Seen(
        window=view,
        clusters=clusters,
        regions=_written(_regions(view), clusters, view),
        numbers=ids.tolist(),
        outside=int(placed.size - ids.size),
        nowhere=int(rows.size - placed.size),
    )


def projected(north: np.ndarray, east: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Many places in units of the drawing: `foundation.ui.map.project` for whole columns."""
    phi, phi_0 = np.radians(north), np.radians(drawing.CENTRE_LAT)
    turn = np.radians(east - drawing.CENTRE_LON)
    cosine = np.sin(phi_0) * np.sin(phi) + np.cos(phi_0) * np.cos(phi) * np.cos(turn)
    factor = 6371 * np.sqrt(2 / (1 + cosine))
    right = factor * np.cos(phi) * np.sin(turn)
    up = factor * (np.cos(phi_0) * np.sin(phi) - np.sin(phi_0) * np.cos(phi) * np.cos(turn))
    return (right - drawing.WEST) * drawing.SCALE, (drawing.NORTH - up) * drawing.SCALE


def _clusters(ids: np.ndarray, x: np.ndarray, y: np.ndarray, view: Window) -> list[Cluster]:
    """One cluster for each square of a grid that lies still while the window moves."""
    if not ids.size:
        return []
    cell = view.width / ACROSS
    column, row = np.floor(x / cell).astype(np.int64), np.floor(y / cell).astype(np.int64)
    _keys, place, counts = np.unique(column * 100_000 + row, return_inverse=True, return_counts=True)
    middle_x = np.bincount(place, weights=x) / counts
    middle_y = np.bincount(place, weights=y) / counts
    first = np.full(counts.size, -1, dtype=np.int64)
    first[place[::-1]] = ids[::-1]
    found = []
    for at in np.lexsort((middle_x, middle_y)).tolist():
        count, here_x, here_y = int(counts[at]), float(middle_x[at]), float(middle_y[at])
        size = 14 + min(np.log2(count + 1) * 3.2, 30)
        into = window_at(here_x, here_y, view.zoom + 1)
        record = int(first[at]) if count == 1 else None
        found.append(Cluster(round(here_x, 2), round(here_y, 2), count, round(float(size), 1), into, record))
    return found


def _named(found: list[Cluster]) -> list[Cluster]:
    """Each cluster with a name: its one record's, or that of the nearest region."""
    alone = Record.objects.public().filter(pk__in=[one.record for one in found if one.record])
    rows = {row.pk: row for row in alone.only("pk", "name")}
    marks = _regions(whole())
    named = []
    for one in found:
        row = rows.get(one.record) if one.record else None
        name = row.name if row else _nearest(one, marks)
        href = row.get_absolute_url() if row else ""
        named.append(Cluster(one.x, one.y, one.count, one.size, one.into, one.record, name, href))
    return named


def _nearest(one: Cluster, marks: list[Mark]) -> str:
    away = [((mark.x - one.x) ** 2 + (mark.y - one.y) ** 2, mark.region.name) for mark in marks]
    return min(away)[1] if away else ""


def _regions(view: Window) -> list[Mark]:
    found = []
    for region in Region.objects.active().order_by("name"):
        x, y = drawing.project(float(region.latitude), float(region.longitude))
        if abs(x - view.x) <= view.width / 2 and abs(y - view.y) <= view.height / 2:
            found.append(Mark(round(x, 1), round(y, 1), region))
    return found


def _written(marks: list[Mark], clusters: list[Cluster], view: Window) -> list[Mark]:
    """The names that fit beside the clusters and each other, each beside the cluster that it names."""
    frame = (view.left, view.top, view.left + view.width, view.top + view.height)
    taken = [_box(one, view) for one in clusters]
    named = {one.name: one for one in clusters if not one.record}
    written = []
    for mark in marks:
        own = named.get(mark.region.name)
        x, y, reach = (own.x, own.y, own.size) if own else (mark.x, mark.y, 0)
        place = drawing.free_label(
            x,
            y,
            reach=(reach + 4) * view.unit,
            length=LETTER * len(mark.region.name) * view.unit,
            height=NAME_HEIGHT * view.unit,
            taken=taken,
            frame=frame,
        )
        if place:
            taken.append(place[3])
            written.append(replace(mark, label_x=place[0], label_y=place[1], anchor=place[2]))
    return written


def _box(one: Cluster, view: Window) -> drawing.Box:
    half = one.size * view.unit
    return one.x - half, one.y - half, one.x + half, one.y + half
