"""The addresses of introductions."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "introductions"
urlpatterns: list[URLPattern] = []
