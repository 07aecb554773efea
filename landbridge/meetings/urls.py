"""The addresses of meetings."""

from __future__ import annotations

from django.urls import path

from landbridge.meetings import views

OF_ONE = "registrations/<int:registration_pk>"

app_name = "meetings"
urlpatterns = [
    # those who come
    path(f"{OF_ONE}/agenda/", views.agenda, name="agenda"),
    path(f"{OF_ONE}/people/", views.people, name="people"),
    path(f"{OF_ONE}/people/<int:other_pk>/", views.person, name="person"),
    path(f"{OF_ONE}/people/<int:other_pk>/block/", views.block, name="block"),
    path(f"{OF_ONE}/people/<int:other_pk>/unblock/", views.unblock, name="unblock"),
    path(f"{OF_ONE}/requests/", views.requests, name="requests"),
    path(f"{OF_ONE}/contacts/", views.contacts, name="contacts"),
    path(f"{OF_ONE}/contacts.csv", views.contacts_csv, name="contacts_csv"),
    path(f"{OF_ONE}/contacts.vcf", views.contacts_vcf, name="contacts_vcf"),
    path("requests/<int:pk>/", views.request_, name="request"),
    path("requests/<int:pk>/acceptance/", views.acceptance, name="acceptance"),
    path("requests/<int:pk>/refusal/", views.refusal, name="refusal"),
    path("requests/<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("requests/<int:pk>/priority/", views.priority, name="priority"),
    path("<int:pk>/", views.meeting, name="meeting"),
    path("seats/<int:seat_pk>/outcome/", views.outcome, name="outcome"),
    path("seats/<int:seat_pk>/word/", views.word, name="word"),
    path("seats/<int:seat_pk>/step/", views.step, name="step"),
    path("seats/<int:seat_pk>/introduction/", views.introduction, name="introduction"),
    path("calendar/<str:key>.ics", views.calendar_, name="calendar"),
    # those who keep the event
]
