"""The addresses of calls for those who prepare them; the public page of a call is `public:call`."""

from __future__ import annotations

from django.urls import URLPattern, path

from landbridge.calls.views import overview, parts, publication

app_name = "calls"
urlpatterns: list[URLPattern] = [
    path("preparation/", overview.calls, name="calls"),
    path("preparation/new", overview.new, name="new"),
    path("preparation/<int:pk>/", overview.call, name="call"),
    path("preparation/<int:pk>/about", parts.about, name="about"),
    path("preparation/<int:pk>/window", parts.window, name="window"),
    path("preparation/<int:pk>/offers", parts.offers, name="offers"),
    path("preparation/<int:pk>/criteria", parts.criteria, name="criteria"),
    path("preparation/<int:pk>/questions/", parts.questions, name="questions"),
    path("preparation/<int:pk>/questions/new", parts.new_question, name="new_question"),
    path("preparation/<int:pk>/questions/<int:question_pk>", parts.question, name="question"),
    path(
        "preparation/<int:pk>/questions/<int:question_pk>/removal",
        parts.question_removal,
        name="question_removal",
    ),
    path(
        "preparation/<int:pk>/questions/<int:question_pk>/place", parts.question_place, name="question_place"
    ),
    path("preparation/<int:pk>/publication", publication.publication, name="publication"),
    path("preparation/<int:pk>/extension", publication.extension, name="extension"),
    path("preparation/<int:pk>/cancellation", publication.cancellation, name="cancellation"),
    path("preparation/<int:pk>/end", publication.end, name="end"),
]
