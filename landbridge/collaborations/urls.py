"""The addresses of collaborations."""

from __future__ import annotations

from django.urls import path

from landbridge.collaborations import views

app_name = "collaborations"
urlpatterns = [
    path("", views.collaborations, name="collaborations"),
    path("new/", views.new, name="new"),
    path("export.csv", views.export, name="export"),
    path("<int:pk>/", views.collaboration, name="collaboration"),
    path("<int:pk>/text/", views.text, name="text"),
]
