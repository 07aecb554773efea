"""The addresses of pitches."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "pitches"
urlpatterns: list[URLPattern] = []
