"""The addresses of events: the organiser's below `kept/`, those of people who come, and last the event by its name."""

from __future__ import annotations

from django.urls import URLPattern, path

from landbridge.events.coming_urls import COMING
from landbridge.events.views import asking, inside, keeping, laying, opening, writing

app_name = "events"
KEPT = [
    path("kept/", keeping.kept, name="kept"),
    path("kept/new/", keeping.new, name="new"),
    path("kept/<int:event_pk>/", keeping.kept_event, name="kept_event"),
    path("kept/<int:event_pk>/publication/", keeping.publication, name="publication"),
    path("kept/<int:event_pk>/cancellation/", keeping.cancellation, name="cancellation"),
    path("kept/<int:event_pk>/notices/new/", keeping.notice_new, name="notice_new"),
    path("kept/<int:event_pk>/copy/", keeping.copy, name="copy"),
    path("kept/<int:event_pk>/about/", writing.about, name="about"),
    path("kept/<int:event_pk>/dates/", writing.dates, name="dates"),
    path("kept/<int:event_pk>/place/", writing.place, name="place"),
    path("kept/<int:event_pk>/terms/", writing.registration_terms, name="registration_terms"),
    path("kept/<int:event_pk>/quotas/", writing.quotas, name="quotas"),
    path("kept/<int:event_pk>/picture/", writing.picture, name="picture"),
    path("kept/<int:event_pk>/texts/", writing.texts, name="texts"),
    path("kept/<int:event_pk>/texts/<slug:language>/", writing.text, name="text"),
    path("kept/<int:event_pk>/programme/", inside.programme, name="programme"),
    path("kept/<int:event_pk>/sessions/new/", inside.session_new, name="session_new"),
    path("kept/<int:event_pk>/rooms/new/", inside.room_new, name="room_new"),
    path("kept/<int:event_pk>/challenges/", inside.challenges, name="challenges"),
    path("kept/<int:event_pk>/challenges/new/", inside.challenge_new, name="challenge_new"),
    path("kept/<int:event_pk>/slots/", laying.slots, name="slots"),
    path("kept/<int:event_pk>/tables/", laying.tables, name="tables"),
    path("kept/<int:event_pk>/questions/", asking.questions, name="questions"),
    path("kept/<int:event_pk>/questions/new/", asking.question_new, name="question_new"),
    path("kept/<int:event_pk>/questions/<slug:key>/", asking.question, name="question"),
    path(
        "kept/<int:event_pk>/questions/<slug:key>/removal/", asking.question_removal, name="question_removal"
    ),
    path("kept/<int:event_pk>/questions/<slug:key>/place/", asking.question_rise, name="question_rise"),
    path("kept/sessions/<int:event_session_pk>/", inside.session, name="session"),
    path("kept/sessions/<int:event_session_pk>/removal/", inside.session_removal, name="session_removal"),
    path("kept/rooms/<int:room_pk>/", inside.room, name="room"),
    path("kept/rooms/<int:room_pk>/removal/", inside.room_removal, name="room_removal"),
    path("kept/challenges/<int:challenge_pk>/", inside.challenge, name="challenge"),
    path("kept/challenges/<int:challenge_pk>/removal/", inside.challenge_removal, name="challenge_removal"),
    path("kept/tables/<int:table_pk>/", laying.table, name="table"),
    path("kept/tables/<int:table_pk>/removal/", laying.table_removal, name="table_removal"),
    path("kept/tables/<int:table_pk>/loss/", laying.table_loss, name="table_loss"),
    path("kept/tables/<int:table_pk>/return/", laying.table_return, name="table_return"),
]
OPEN = [
    path("<slug:slug>/", opening.event, name="event"),
    path("<slug:slug>/event.ics", opening.event_calendar, name="event_calendar"),
    path("<slug:slug>/picture", opening.picture_file, name="picture_file"),
]
urlpatterns: list[URLPattern] = [
    path("", opening.events, name="events"),
    path("feed.atom", opening.feed, name="feed"),
    *KEPT,
    *COMING,
    *OPEN,
]
