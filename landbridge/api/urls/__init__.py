"""The addresses of the API: under v1/ for programs, beside it the pages for people."""

from __future__ import annotations

from landbridge.api.urls import archives, calendar, keys, machines, webhooks

app_name = "api"
urlpatterns = [
    *machines.urlpatterns,
    *keys.urlpatterns,
    *webhooks.urlpatterns,
    *calendar.urlpatterns,
    *archives.urlpatterns,
]
