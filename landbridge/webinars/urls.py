"""The addresses of webinars."""

from __future__ import annotations

from django.urls import path

from landbridge.webinars import views

app_name = "webinars"
urlpatterns = [
    path("", views.webinars, name="webinars"),
    path("mine/", views.mine, name="mine"),
    path("calendar/<str:key>.ics", views.calendar_feed, name="calendar_feed"),
    path("kept/", views.kept, name="kept"),
    path("kept/new/", views.new, name="new"),
    path("series/new/", views.series_new, name="series_new"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("series/<slug:slug>/text/", views.series_edit, name="series_edit"),
    path("speakers/<int:speaker_pk>/", views.speaker_edit, name="speaker_edit"),
    path("speakers/<int:speaker_pk>/removal/", views.speaker_removal, name="speaker_removal"),
    path("consent/<str:token>/", views.consent, name="consent"),
    path("questions/<int:asked_pk>/answer/", views.answer, name="answer"),
    path("sign-ups/<int:sign_up_pk>/minutes/", views.minutes, name="minutes"),
    path("<slug:slug>/", views.webinar, name="webinar"),
    path("<slug:slug>/webinar.ics", views.calendar, name="calendar"),
    path("<slug:slug>/sign-up/", views.sign_up, name="sign_up"),
    path("<slug:slug>/sign-up/cancellation/", views.sign_up_cancellation, name="sign_up_cancellation"),
    path("<slug:slug>/join/", views.join, name="join"),
    path("<slug:slug>/question/", views.question, name="question"),
    path("<slug:slug>/opinion/", views.opinion, name="opinion"),
    path("<slug:slug>/certificate.pdf", views.certificate, name="certificate"),
    path("<slug:slug>/slides.pdf", views.slides, name="slides"),
    path("<slug:slug>/text/", views.edit, name="edit"),
    path("<slug:slug>/speakers/new/", views.speaker_new, name="speaker_new"),
    path("<slug:slug>/publication/", views.publication, name="publication"),
    path("<slug:slug>/holding/", views.holding, name="holding"),
    path("<slug:slug>/cancellation/", views.cancellation, name="cancellation"),
    path("<slug:slug>/listeners/", views.listeners, name="listeners"),
    path("<slug:slug>/listeners.csv", views.listeners_table, name="listeners_table"),
    path("<slug:slug>/presence/", views.presence, name="presence"),
    path("<slug:slug>/presence/key/", views.key, name="key"),
    path("<slug:slug>/presence/told/", views.told, name="told"),
    path("<slug:slug>/recording/", views.recording, name="recording"),
    path("<slug:slug>/slides/", views.slides_new, name="slides_new"),
]
