"""The addresses of the record."""

from __future__ import annotations

from django.urls import path

from landbridge.foundation.audit import views

app_name = "record"
urlpatterns = [
    path("", views.record, name="record"),
    path("export.csv", views.export, name="export"),
    path("verification/", views.verification, name="verification"),
]
