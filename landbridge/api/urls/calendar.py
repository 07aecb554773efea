"""The addresses of private calendars."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from landbridge.api.views import calendar

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/ending/", calendar.ending, name="calendar_ending"),
    path("calendar/<str:key>.ics", calendar.feed, name="calendar_feed"),
]
