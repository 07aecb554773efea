"""The addresses of enquiries."""

from __future__ import annotations

from django.urls import path

from landbridge.enquiries import views

app_name = "enquiries"
urlpatterns = [
    path("", views.enquiries, name="enquiries"),
    path("<int:pk>/", views.enquiry, name="enquiry"),
]
