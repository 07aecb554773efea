"""The addresses of memberships."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "memberships"
urlpatterns: list[URLPattern] = []
