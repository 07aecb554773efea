"""The addresses of partner profiles."""

from __future__ import annotations

from django.urls import path

from landbridge.profiles import views

app_name = "profiles"
urlpatterns = [
    path("", views.profiles, name="profiles"),
    path("desk/", views.of_desk, name="of_desk"),
    path("new/", views.new, name="new"),
    path("interests/", views.interests, name="interests"),
    path("interests/<int:pk>/", views.interest, name="interest"),
    path("interests/<int:pk>/acceptance/", views.interest_acceptance, name="interest_acceptance"),
    path("interests/<int:pk>/refusal/", views.interest_refusal, name="interest_refusal"),
    path("interests/<int:pk>/withdrawal/", views.interest_withdrawal, name="interest_withdrawal"),
    path("<int:pk>/", views.profile, name="profile"),
    path("<int:pk>/text/", views.text, name="text"),
    path("<int:pk>/submission/", views.submission, name="submission"),
    path("<int:pk>/return/", views.return_to_desk, name="return"),
    path("<int:pk>/publication/", views.publication, name="publication"),
    path("<int:pk>/renewal/", views.renewal, name="renewal"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/interest/", views.interest_new, name="interest_new"),
]
