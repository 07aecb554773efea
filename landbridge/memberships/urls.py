"""The addresses of memberships: one's own roles, the people, the invitations."""

from __future__ import annotations

from django.urls import path

from landbridge.memberships.views import hats, people

app_name = "memberships"
urlpatterns = [
    path("", hats.hats, name="hats"),
    path("registration/", hats.registration, name="registration"),
    path("worn/", hats.worn, name="worn"),
    path("<int:pk>/leaving/", hats.leaving, name="leaving"),
    path("<int:pk>/ending/", people.ending, name="ending"),
    path("people/", people.everyone, name="everyone"),
    path("people/of/<int:organisation_id>/", people.people, name="people"),
    path("giving/", people.giving, name="giving"),
    path("invitations/<int:pk>/", people.invitation, name="invitation"),
    path("invitations/<int:pk>/resending/", people.resending, name="resending"),
    path("invitations/<int:pk>/revocation/", people.revocation, name="revocation"),
    path("invitations/<int:pk>/acceptance/", hats.own_acceptance, name="own_acceptance"),
    path("invitations/from-letter/<str:token>/", hats.acceptance, name="acceptance"),
]
