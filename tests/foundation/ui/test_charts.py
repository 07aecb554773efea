"""The charts of dashboards: each well formed, named, said in words, and the same as its table."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from landbridge.foundation.ui import charts, drawn_examples
from landbridge.foundation.ui import map as regions
from landbridge.foundation.ui.charts.axes import chosen, round_step, scale
from landbridge.foundation.ui.examples import marks

pytestmark = pytest.mark.once
KINDS = sorted(drawn_examples.context())
NUMBERS = st.floats(-1e9, 1e9) | st.integers(-(10**12), 10**12)


def rendered(source: str, **context: object) -> str:
    return Template("{% load drawings %}" + source).render(Context(context))


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_has_a_name_and_its_figures_as_a_table(kind):
    shape = drawn_examples.context()[kind]
    page = rendered("{% chart title shape download='/x.csv' %}", shape=shape, title="Companies <helped>")
    ET.fromstring(re.sub(r"&[a-z]+;", "", page))
    assert "Companies &lt;helped&gt;" in page
    assert page.count("<table") == 1
    assert 'href="/x.csv"' in page
    for label, values in shape.sheet().shown():
        assert label in page
        assert all(value in page for value in values)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"heat", "multiples"}])
def test_every_drawing_says_what_it_shows(kind):
    svg = ET.fromstring(drawn_examples.context()[kind].drawn("Title"))
    assert svg.get("role") == "img"
    assert svg.findtext("title") == svg.get("aria-label") == "Title"
    assert len(svg.findtext("desc")) > 20


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"heat", "multiples"}])
def test_the_same_drawing_is_a_file_for_documents(kind):
    shape = drawn_examples.context()[kind]
    svg = ET.fromstring(charts.on_paper(shape.drawn("Title"), key=shape.key(), accent="#123456"))
    assert all(key.label in "".join(svg.itertext()) for key in shape.key())
    assert svg.get("width") == "600"
    assert "#123456" in svg.find("{http://www.w3.org/2000/svg}style").text


def test_what_is_no_single_drawing_is_not_put_on_paper():
    with pytest.raises(ValueError, match="single drawing"):
        charts.on_paper("<div></div>")


def test_a_missing_value_breaks_the_line_and_is_a_dash_in_the_table():
    lines = charts.Lines(list("abcde"), [charts.Series("One", (1, 2, None, 3, 4))])
    svg = ET.fromstring(lines.drawn("Title"))
    assert len(list(svg.iter("polyline"))) == 2
    assert lines.sheet().shown()[2] == ("c", ["–"])
    assert lines.sheet().raw()[2] == ["c", ""]


def test_lines_are_told_apart_without_colour():
    found = drawn_examples.context()["lines"]
    assert [key.mark for key in found.key()] == ["line line-1", "line line-2", "line line-3"]


def test_a_band_begins_where_the_known_ends_and_says_its_end():
    found = drawn_examples.context()["outlook"]
    svg = ET.fromstring(found.drawn("Money"))
    assert "2014-12: €232,000, between €188,000 and €250,000" in svg.findtext("desc")
    known = next(one.get("points") for one in svg.iter("polyline") if one.get("class") == "line line-1")
    ahead = next(one.get("points") for one in svg.iter("polyline") if one.get("class") == "line line-ahead")
    assert known.split()[-1] == ahead.split()[0]


def test_an_outlook_without_forecast_is_a_line():
    found = charts.Outlook(["a", "b"], (1, 2))
    svg = ET.fromstring(found.drawn("Money"))
    assert [key.mark for key in found.key()] == ["line line-1"]
    assert svg.findtext("desc") == "So far, b: 2"


def test_an_empty_outlook_is_drawn_as_nothing():
    ET.fromstring(charts.Outlook([], ()).drawn("Money"))


def test_a_goal_beyond_its_target_keeps_its_mark_inside_the_bar():
    svg = ET.fromstring(charts.Goals([charts.Goal("Vouchers", 150, 100, 20)]).drawn("Goals"))
    widths = {one.get("class"): one for one in svg.iter("rect")}
    assert widths["bar"].get("width") == "100.0%"
    assert widths["goal"].get("x") == "66.67%"
    assert widths["began"].get("x") == "13.33%"


def test_an_unknown_figure_has_no_bar():
    goals = charts.Goals([charts.Goal("Jobs", None, 40)])
    svg = ET.fromstring(goals.drawn("Goals"))
    assert not [one for one in svg.iter("rect") if one.get("class") == "bar"]
    assert "– of 40" in "".join(svg.itertext())


def test_the_darkest_cell_is_the_highest():
    page = drawn_examples.context()["heat"].drawn("From to")
    assert re.search(r'heat-5">9<', page)
    assert re.search(r'heat-0">–<', page)


@given(st.lists(st.none() | NUMBERS, max_size=30))
def test_lines_of_any_values_stay_within_their_scale(values):
    found = scale(values, height=100)
    for value in values:
        if value is not None:
            assert 19.9 <= found.y(value) <= 120.1
    ET.fromstring(charts.Lines([str(n) for n in range(len(values))], [charts.Series("x", values)]).drawn("t"))


@given(st.lists(st.floats(0, 1e9), max_size=30))
def test_columns_and_spreads_of_any_values_are_well_formed(values):
    ET.fromstring(charts.Columns([charts.Bar("x", value) for value in values]).drawn("t"))
    spreads = [charts.Spread("x", value, value * 2, value * 3, 1) for value in values]
    ET.fromstring(charts.Spreads([*spreads, charts.Spread("none", None, None, None, 0)]).drawn("t"))


@given(st.floats(1e-6, 1e12))
def test_steps_are_round(rough):
    step = round_step(rough)
    assert rough * 0.99 <= step <= rough * 2.6


@given(st.integers(0, 500))
def test_few_labels_are_written_the_first_and_the_last_among_them(count):
    places = chosen(count)
    assert len(places) == min(count, 4)
    if count:
        assert places[0] == 0
        assert places[-1] == count - 1


def test_the_map_of_flows_has_arrows_and_a_table():
    flows = [regions.Flow("Oxford", "Liège", 4), regions.Flow("Liège", "Oxford", 1)]
    page = rendered("{% flow_map 'Ways' marks flows download='/ways.csv' %}", marks=marks(), flows=flows)
    assert page.count('class="head"') == 2
    assert re.search(r'<th scope="row">Oxford</th><td>Liège</td><td class="number">4</td>', page)
    assert 'href="/ways.csv"' in page


def test_a_plain_map_has_no_arrows():
    page = rendered(
        "{% region_map 'Ways' marks flows %}", marks=marks(), flows=[regions.Flow("Oxford", "Liège")]
    )
    assert 'class="head"' not in page
