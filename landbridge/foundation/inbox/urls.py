"""The addresses of incoming mail."""

from __future__ import annotations

from django.urls import path

from landbridge.foundation.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.mails, name="list"),
    path("incoming/", views.door, name="door"),
    path("<int:pk>/", views.mail, name="page"),
    path("<int:pk>/place/", views.attaching, name="attaching"),
    path("<int:pk>/dropping/", views.dropping, name="dropping"),
]
