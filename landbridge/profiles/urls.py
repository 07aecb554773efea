"""The addresses of profiles."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "profiles"
urlpatterns: list[URLPattern] = []
