"""The page of components."""

from __future__ import annotations

from django.urls import path

from landbridge.foundation.ui import views

app_name = "ui"
urlpatterns = [path("", views.components, name="components")]
