"""The addresses of the letters."""

from __future__ import annotations

from django.urls import path

from landbridge.foundation.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.letters, name="list"),
    path("<int:pk>/", views.letter, name="page"),
    path("<int:pk>/sending/", views.sending, name="sending"),
]
