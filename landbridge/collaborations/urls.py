"""The addresses of collaborations."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "collaborations"
urlpatterns: list[URLPattern] = []
