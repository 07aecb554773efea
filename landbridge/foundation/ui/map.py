"""The map of regions: land as rows of dots, regions as links, flows as arcs; pure SVG from the server."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from landbridge.foundation.ui.outlines import BORDERS, LANDS, Outline

CENTRE_LAT, CENTRE_LON = 50.0, 4.0
WEST, EAST, NORTH, SOUTH = -1010.0, 850.0, 1000.0, -1060.0  # kilometres from the centre
SCALE = 0.42  # units of the drawing for one kilometre
STEP = 8.5  # distance of two dots
LABEL_HEIGHT = 20.0

Box = tuple[float, float, float, float]  # left, top, right, bottom, in units of the drawing


@dataclass(frozen=True, slots=True)
class RegionMark:
    """A region on the map: where it lies (degrees), where its link leads and the number shown beside its name."""

    name: str
    lat: float
    lon: float
    href: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """So many of something going from one named region to another."""

    origin: str
    target: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A region's mark with its point and the place of its label in the drawing."""

    mark: RegionMark
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Arc:
    """A flow as a curve, its width, and the arrow head in the middle of it that says which way."""

    path: str
    width: float
    flow: Flow
    head: str = ""


def width() -> int:
    """Width of the drawing in its own units."""
    return round((EAST - WEST) * SCALE)


def height() -> int:
    """Height of the drawing in its own units."""
    return round((NORTH - SOUTH) * SCALE)


def project(lat: float, lon: float) -> tuple[float, float]:
    """Lambert's equal-area azimuthal projection around the middle of the network, in units of the drawing."""
    phi, phi_0 = math.radians(lat), math.radians(CENTRE_LAT)
    turn = math.radians(lon - CENTRE_LON)
    cosine = math.sin(phi_0) * math.sin(phi) + math.cos(phi_0) * math.cos(phi) * math.cos(turn)
    factor = 6371 * math.sqrt(2 / (1 + cosine))
    east = factor * math.cos(phi) * math.sin(turn)
    north = factor * (math.cos(phi_0) * math.sin(phi) - math.sin(phi_0) * math.cos(phi) * math.cos(turn))
    return (east - WEST) * SCALE, (NORTH - north) * SCALE


@cache
def ground() -> str:
    """The outlines of all land as one path."""
    return "".join(_closed(land) for land in _lands())


@cache
def borders() -> str:
    """The borders between countries as one path."""
    return "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in _projected(border)) for border in BORDERS)


@cache
def dots() -> str:
    """All land as rows of dots: one line for each run, which a dash pattern of `STEP` turns into dots."""
    rise = STEP * math.sqrt(3) / 2
    runs: list[str] = []
    for row in range(int(height() / rise) + 1):
        y = row * rise + STEP / 2
        offset = STEP / 2 if row % 2 else 0.0
        for first, last in _runs(land_at(y), offset=offset):
            runs.append(f"M{first * STEP + offset:.4g} {y:.4g}h{(last - first) * STEP + 0.1:.4g}")
    return "".join(runs)


def land_at(y: float) -> list[tuple[float, float]]:
    """Where a horizontal line through the drawing lies on land, from west to east."""
    spans: list[tuple[float, float]] = []
    for land in _lands():
        crossings = sorted(
            x1 + (x2 - x1) * (y - y1) / (y2 - y1)
            for (x1, y1), (x2, y2) in zip(land, [*land[1:], land[0]], strict=True)
            if (y1 > y) != (y2 > y)
        )
        spans += zip(crossings[::2], crossings[1::2], strict=True)
    return sorted(spans)


def place(marks: Sequence[RegionMark]) -> list[Placed]:
    """Every region with its label where it hides no other, as far as four sides allow."""
    points = [project(mark.lat, mark.lon) for mark in marks]
    taken = [(x - 9, y - 9, x + 9, y + 9) for x, y in points]
    placed = []
    for mark, (x, y) in sorted(zip(marks, points, strict=True), key=lambda pair: pair[1][1]):
        radius = 9 + min(math.sqrt(mark.count or 0), 12) * 1.6
        length = 9.4 * len(mark.name) + (12 + 8 * len(str(mark.count)) if mark.count is not None else 0)
        label = _label(x, y, length=length, taken=taken)
        placed.append(Placed(mark, round(x, 1), round(y, 1), round(radius, 1), *label))
    order = {mark.name: number for number, mark in enumerate(marks)}
    return sorted(placed, key=lambda one: order[one.mark.name])


def arcs(flows: Sequence[Flow], marks: Sequence[RegionMark]) -> list[Arc]:
    """The flows between regions that are on the map, as curves that bend to the left of their direction."""
    where = {mark.name: project(mark.lat, mark.lon) for mark in marks}
    drawn = []
    for flow in flows:
        if flow.origin in where and flow.target in where and flow.origin != flow.target:
            (x1, y1), (x2, y2) = where[flow.origin], where[flow.target]
            bend_x, bend_y = (x1 + x2) / 2 + (y2 - y1) * 0.22, (y1 + y2) / 2 - (x2 - x1) * 0.22
            path = f"M{x1:.0f} {y1:.0f}Q{bend_x:.0f} {bend_y:.0f} {x2:.0f} {y2:.0f}"
            middle = ((x1 + x2) / 4 + bend_x / 2, (y1 + y2) / 4 + bend_y / 2)
            wide = round(1.5 + min(math.sqrt(flow.count), 6), 1)
            head = _head(*middle, turn=math.atan2(y2 - y1, x2 - x1), size=6 + wide)
            drawn.append(Arc(path, wide, flow, head))
    return drawn


def _head(x: float, y: float, *, turn: float, size: float) -> str:
    """A triangle around a point that looks in a direction; at its middle the curve runs parallel to its chord."""
    corners = ((size, 0.0), (-size * 0.7, size * 0.7), (-size * 0.7, -size * 0.7))
    turned = (
        (x + dx * math.cos(turn) - dy * math.sin(turn), y + dx * math.sin(turn) + dy * math.cos(turn))
        for dx, dy in corners
    )
    return "M" + "L".join(f"{px:.0f} {py:.0f}" for px, py in turned) + "Z"


def free_label(
    x: float, y: float, *, reach: float, length: float, height: float, taken: Sequence[Box], frame: Box
) -> tuple[float, float, str, Box] | None:
    """Below, above, right or left of a point: where a text starts, its anchor and its box; none if all hide another."""
    sides = (
        (x, y + reach + height, "middle", x - length / 2),
        (x, y - reach, "middle", x - length / 2),
        (x + reach, y + height / 3, "start", x + reach),
        (x - reach, y + height / 3, "end", x - reach - length),
    )
    for at_x, at_y, anchor, left in sides:
        box = (left, at_y - height, left + length, at_y + height / 4)
        inside = frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]
        if inside and not any(_overlap(box, other) for other in taken):
            return round(at_x, 2), round(at_y, 2), anchor, box
    return None


def _label(x: float, y: float, *, length: float, taken: list[Box]) -> tuple[float, float, str]:
    gap = 16.0
    sides = (
        (x + gap, y + 6, "start", x + gap, x + gap + length),
        (x - gap, y + 6, "end", x - gap - length, x - gap),
        (x, y - gap, "middle", x - length / 2, x + length / 2),
        (x, y + gap + 14, "middle", x - length / 2, x + length / 2),
    )
    best, least = sides[0], math.inf
    for side in sides:
        box = (side[3], side[1] - LABEL_HEIGHT + 4, side[4], side[1] + 4)
        cost = sum(_overlap(box, other) for other in taken)
        cost += 1e6 if box[0] < 0 or box[2] > width() or box[1] < 0 or box[3] > height() else 0
        if cost < least:
            best, least = side, cost
    taken.append((best[3], best[1] - LABEL_HEIGHT + 4, best[4], best[1] + 4))
    return round(best[0], 1), round(best[1], 1), best[2]


def _overlap(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


@cache
def _lands() -> list[list[tuple[float, float]]]:
    return [_projected(land) for land in LANDS]


def _projected(outline: Outline) -> list[tuple[float, float]]:
    return [project(lat, lon) for lon, lat in outline]


def _closed(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "Z"


def _runs(spans: Sequence[tuple[float, float]], *, offset: float) -> list[tuple[int, int]]:
    """The columns of dots within each span, as far as they lie in the drawing."""
    last_of_all = int(width() / STEP) + 1
    columns = (
        (max(math.ceil((west - offset) / STEP), 0), min(math.floor((east - offset) / STEP), last_of_all))
        for west, east in spans
    )
    return [(first, last) for first, last in columns if first <= last]
