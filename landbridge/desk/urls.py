"""The addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from landbridge.desk.views import home, search

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("sample/", search.sample, name="sample"),
]
