"""The addresses of vouchers."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "vouchers"
urlpatterns: list[URLPattern] = []
