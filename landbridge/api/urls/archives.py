"""The addresses where the office takes the whole network away."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from landbridge.api.views import archives

urlpatterns: list[URLPattern | URLResolver] = [
    path("archives/", archives.archives, name="archives"),
    path("archives/<int:archive_pk>/file/", archives.file, name="archive_file"),
    path("archives/<int:archive_pk>/removal/", archives.removal, name="archive_removal"),
]
