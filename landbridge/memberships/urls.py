"""The addresses of memberships: one's own roles, the people, the invitations."""

from __future__ import annotations

from django.urls import path

from landbridge.memberships import people_views, views

app_name = "memberships"
urlpatterns = [
    path("", views.hats, name="hats"),
    path("registration/", views.registration, name="registration"),
    path("worn/", views.worn, name="worn"),
    path("<int:pk>/leaving/", views.leaving, name="leaving"),
    path("<int:pk>/ending/", people_views.ending, name="ending"),
    path("people/", people_views.everyone, name="everyone"),
    path("people/of/<int:organisation_id>/", people_views.people, name="people"),
    path("giving/", people_views.giving, name="giving"),
    path("invitations/<int:pk>/", people_views.invitation, name="invitation"),
    path("invitations/<int:pk>/resending/", people_views.resending, name="resending"),
    path("invitations/<int:pk>/revocation/", people_views.revocation, name="revocation"),
    path("invitations/<int:pk>/acceptance/", views.own_acceptance, name="own_acceptance"),
    path("invitations/from-letter/<str:token>/", views.acceptance, name="acceptance"),
]
