"""The addresses of the API, each with its guard: until there are keys, everything here is public."""

from __future__ import annotations

from django.urls import URLPattern
from django.views.decorators.http import require_safe

from landbridge.api.views import api
from landbridge.foundation.permissions.guards import public

app_name = "api"
urlpatterns = [
    URLPattern(entry.pattern, public(require_safe(entry.callback)), entry.default_args, entry.name)
    for entry in api.urls[0]
    if isinstance(entry, URLPattern)
]
