"""The addresses of webinars."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "webinars"
urlpatterns: list[URLPattern] = []
