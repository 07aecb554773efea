"""Tags of charts with a key, a table and a download: `{% chart title shape %}` and `{% flow_map title marks flows %}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from landbridge.foundation.ui import map as regions
from landbridge.foundation.ui.charts import Chart, Heat

register = template.Library()


@register.inclusion_tag("ui/_chart.html")
def chart(
    title: str, shape: Chart, *, download: str = "", note: str = "", anchor: str = ""
) -> dict[str, Any]:
    """`{% chart title shape download=href %}`: any shape of `ui.charts` under its title, with its key and its table."""
    return {
        "title": title,
        "note": note,
        "anchor": anchor,
        "key": shape.key(),
        "drawing": shape.drawn(title),
        "sheet": shape.sheet(),
        "is_table": isinstance(shape, Heat),
        "download": download,
    }


@register.inclusion_tag("ui/_flow_map.html")
def flow_map(
    title: str, marks: Sequence[regions.RegionMark], flows: Sequence[regions.Flow], *, download: str = ""
) -> dict[str, Any]:
    """`{% flow_map title marks flows %}`: the map with an arrow for each way, and the ways as a table."""
    return {
        "title": title,
        "placed": regions.place(marks),
        "arcs": regions.arcs(flows, marks),
        "heads": True,
        "flows": flows,
        "beside": True,
        "ground": regions.ground(),
        "dots": regions.dots(),
        "borders": regions.borders(),
        "step": regions.STEP - 0.01,
        "width": regions.width(),
        "height": regions.height(),
        "download": download,
    }
