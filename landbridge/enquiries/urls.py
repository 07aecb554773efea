"""The addresses of enquiries."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "enquiries"
urlpatterns: list[URLPattern] = []
