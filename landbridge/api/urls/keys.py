"""The addresses where people keep their keys, and read about the API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from landbridge.api.views import documentation, keys

urlpatterns: list[URLPattern | URLResolver] = [
    path("", documentation.documentation, name="documentation"),
    path("reference/<slug:tag>/", documentation.reference, name="reference"),
    path("keys/", keys.keys, name="keys"),
    path("keys/new/", keys.new, name="key_new"),
    path("keys/<int:key_pk>/", keys.key, name="key"),
    path("keys/<int:key_pk>/revocation/", keys.revocation, name="key_revocation"),
]
