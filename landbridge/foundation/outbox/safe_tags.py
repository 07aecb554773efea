"""All that a programme's own text may use beyond its places: `if`, `for`, and a few harmless filters."""

from __future__ import annotations

from django.template import Library, defaultfilters, defaulttags

register = Library()

for _tag in ("if", "for"):
    register.tags[_tag] = defaulttags.register.tags[_tag]

for _filter in (
    "capfirst",
    "default",
    "default_if_none",
    "first",
    "join",
    "last",
    "length",
    "lower",
    "title",
    "upper",
):
    register.filters[_filter] = defaultfilters.register.filters[_filter]
