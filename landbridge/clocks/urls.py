"""The addresses of clocks."""

from __future__ import annotations

from django.urls import path

from landbridge.clocks import views

app_name = "clocks"
urlpatterns = [
    path("", views.clocks, name="clocks"),
    path("duties/", views.duties, name="duties"),
    path("duties/<int:pk>/", views.duty, name="duty"),
]
