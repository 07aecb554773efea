"""`{% load calls_texts %}`: the texts of a call."""

from __future__ import annotations

from django import template

from landbridge.calls.standard_form import in_readers_words

register = template.Library()
register.filter("in_readers_words", in_readers_words)
