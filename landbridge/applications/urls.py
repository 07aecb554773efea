"""The addresses of applications."""

from __future__ import annotations

from django.urls import path

from landbridge.applications import views

app_name = "applications"
urlpatterns = [
    path("", views.applications, name="applications"),
    path("export.csv", views.export, name="export"),
    path("offers/<int:offer_pk>/draft", views.draft, name="draft"),
    path("from-access/<int:access_pk>/", views.from_access, name="from_access"),
    path("from-meeting/<int:seat_pk>/", views.from_meeting, name="from_meeting"),
    path("<int:pk>/", views.application, name="application"),
    path("<int:pk>/text", views.text, name="text"),
    path("<int:pk>/provider", views.provider, name="provider"),
    path("<int:pk>/provider/new", views.new_provider, name="new_provider"),
    path("<int:pk>/provider/contact", views.contact, name="contact"),
    path("<int:pk>/sharing", views.sharing, name="sharing"),
    path("<int:pk>/confirmation", views.confirmation, name="confirmation"),
    path("<int:pk>/submission", views.submission, name="submission"),
    path("<int:pk>/submissions/<int:submission_pk>/receipt.pdf", views.receipt, name="receipt"),
    path("<int:pk>/submissions/<int:submission_pk>/copy.json", views.copy, name="copy"),
    path("<int:pk>/withdrawal", views.withdrawal, name="withdrawal"),
    path("<int:pk>/return", views.return_, name="return"),
    path("<int:pk>/rejection", views.rejection, name="rejection"),
]
