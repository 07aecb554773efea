"""The addresses: each word's own, under its own name."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from landbridge.config.settings import WORDS

DOORS = ("public", "desk", "api")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("landbridge.public.urls")),
    path("desk/", include("landbridge.desk.urls")),
    path("api/", include("landbridge.api.urls")),
    path("", include("landbridge.api.urls.oauth")),
    path("account/", include("landbridge.foundation.people.urls")),
    path("letters/", include("landbridge.foundation.outbox.urls")),
    path("mail/", include("landbridge.foundation.inbox.urls")),
    path("record/", include("landbridge.foundation.audit.urls")),
    path("ui/", include("landbridge.foundation.ui.urls")),
    *(path(f"{word}/", include(f"landbridge.{word}.urls")) for word in WORDS if word not in DOORS),
]

handler400 = "landbridge.foundation.ui.errors.bad_request"
handler403 = "landbridge.foundation.ui.errors.forbidden"
handler404 = "landbridge.foundation.ui.errors.not_found"
handler500 = "landbridge.foundation.ui.errors.server_error"
handler429 = "landbridge.foundation.ui.errors.too_many"  # allauth looks for it here
