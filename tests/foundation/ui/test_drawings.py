"""Charts and the map: readable without eyes, bounded, and the same as their table."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from landbridge.foundation.ui import charts, icons
from landbridge.foundation.ui import map as regions
from landbridge.foundation.ui.examples import marks

pytestmark = pytest.mark.once
BARS = [charts.Bar("Meet & Greet", 82), charts.Bar("Collaboration", 53), charts.Bar("Insight", 29)]


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_chart_has_a_name_and_says_its_figures():
    drawing = charts.bars(BARS, title="Incentives <granted>")
    svg = ET.fromstring(drawing)
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == svg.findtext("title") == "Incentives <granted>"
    assert svg.findtext("desc") == "Meet & Greet: 82; Collaboration: 53; Insight: 29"
    assert [bar.get("width") for bar in svg.iter("rect") if bar.get("class") == "bar"] == [
        "100.0%",
        "64.634%",
        "35.366%",
    ]


def test_a_chart_has_its_table():
    page = rendered("{% bar_chart 'Granted' rows column='Number' %}", rows=BARS)
    assert "<table>" in page
    assert re.findall(r'<td class="number">(\d+)</td>', page) == ["82", "53", "29"]


@given(st.lists(st.lists(st.integers(0, 10**12), max_size=5), max_size=6))
def test_the_parts_of_a_stack_stay_within_the_width(rows):
    stacks = [charts.Stack("Row", [charts.Bar("Part", Decimal(value)) for value in row]) for row in rows]
    svg = ET.fromstring(charts.stacked(stacks, title="Money"))
    for rect in svg.iter("rect"):
        if rect.get("class", "").startswith("part"):
            assert float(rect.get("x").rstrip("%")) + float(rect.get("width").rstrip("%")) <= 100.01


@given(st.lists(st.floats(-1e9, 1e9), max_size=30))
def test_lines_of_any_values_are_well_formed(values):
    ET.fromstring(charts.line(values, title="Weeks"))
    ET.fromstring(charts.sparkline(values, title="Weeks"))


def test_all_charts_are_shown_with_tables():
    stacks = [
        charts.Stack("Liège", [charts.Bar("Paid", 3, "€3"), charts.Bar("Free", 7, "€7")], shown="€7 free")
    ]
    page = rendered("{% stacked_chart 'Money' stacks %}{% line_chart 'Weeks' bars %}{% sparkline 'Trend' trend %}",
                    stacks=stacks, bars=BARS, trend=[1, 2])  # fmt: skip
    assert page.count("<table>") == 2
    assert 'aria-label="Trend"' in page


def test_the_map_lists_what_it_draws():
    page = rendered(
        "{% region_map 'Regions' marks flows %}", marks=marks(), flows=[regions.Flow("Oxford", "Liège", 4)]
    )
    svg = ET.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])
    assert svg.get("aria-label") == "Regions"
    drawn = ["".join(link.itertext()).split()[0] for link in svg.iter("a")]
    listed = re.findall(r'<li><a href="[^"]*">([^<]*)</a>', page)
    assert drawn == listed == [mark.name for mark in marks()]
    assert "Oxford → Liège: 4" in page


def test_every_region_lies_within_the_map_and_its_label_too():
    for one in regions.place(marks()):
        assert 0 < one.x < regions.width()
        assert 0 < one.y < regions.height()
        assert 0 <= one.label_x <= regions.width()


def test_labels_of_the_network_do_not_cover_each_other():
    rows = sorted((one.label_y, one.label_x) for one in regions.place(marks()))
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [
        (51.75, -1.26, True), (50.63, 5.57, True), (48.78, 9.18, True), (55.5, 9.0, True), (53.0, -8.0, True),
        (41.8, 1.5, True), (55.0, 4.0, False), (45.0, -5.0, False), (50.0, -2.0, False), (42.0, 6.0, False),
    ],
)  # fmt: skip
def test_land_and_sea(lat, lon, land):
    x, y = regions.project(lat, lon)
    assert any(west <= x <= east for west, east in regions.land_at(y)) is land


def test_the_land_is_drawn_in_few_octets():
    assert 2_000 < len(regions.dots()) < 12_000
    assert len(regions.ground()) + len(regions.borders()) < 8_000


def test_flows_to_unknown_regions_are_left_out():
    flows = [
        regions.Flow("Oxford", "Atlantis"),
        regions.Flow("Oxford", "Oxford"),
        regions.Flow("Oxford", "Lille", 9),
    ]
    assert [arc.flow.target for arc in regions.arcs(flows, marks())] == ["Lille"]


@pytest.mark.parametrize("name", icons.STROKES)
def test_icons_are_drawn(name):
    svg = ET.fromstring(icons.icon(name))
    assert svg.get("aria-hidden") == "true"
    assert re.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9., -]+", svg.find("path").get("d"))


def test_an_unknown_icon_is_a_dot():
    assert ET.fromstring(icons.icon("nothing of the kind")).find("path").get("d") == icons.DOT


def test_an_icon_may_speak():
    assert ET.fromstring(icons.icon("lock", label="Confidential")).get("aria-label") == "Confidential"


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500), st.floats(10, 200)), max_size=12))
def test_no_name_is_written_over_another_or_beyond_the_frame(points):
    frame = (0.0, 0.0, 500.0, 500.0)
    taken = []
    for x, y, length in points:
        found = regions.free_label(x, y, reach=10, length=length, height=16, taken=taken, frame=frame)
        if found:
            left, top, right, bottom = found[3]
            assert min(left, top) >= 0
            assert max(right, bottom) <= 500
            assert not any(left < o[2] and o[0] < right and top < o[3] and o[1] < bottom for o in taken)
            taken.append(found[3])


def test_a_name_that_would_hide_another_on_every_side_is_left_out():
    around = [(0.0, 0.0, 500.0, 500.0)]
    assert regions.free_label(250, 250, reach=10, length=80, height=16, taken=around, frame=around[0]) is None
