"""The addresses of the API, each with its guard: until there are keys, everything here is public."""

from __future__ import annotations

from django.urls import URLPattern

from landbridge.api.views import api
from landbridge.foundation.permissions.guards import public

app_name = "api"
urlpatterns = [
    URLPattern(entry.pattern, public(entry.callback), entry.default_args, entry.name)
    for entry in api.urls[0]
    if isinstance(entry, URLPattern)
]
