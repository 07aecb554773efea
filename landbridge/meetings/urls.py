"""The addresses of meetings."""

from __future__ import annotations

from django.urls import path

from landbridge.meetings import views
from landbridge.meetings.views import booking, by_hand, planning, showing, the_day

OF_ONE = "registrations/<int:registration_pk>"

KEPT = "kept/<int:event_pk>"

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
    path("requests/<int:pk>/booking/", booking.booking, name="booking"),
    path("<int:pk>/", views.meeting, name="meeting"),
    path("seats/<int:seat_pk>/outcome/", views.outcome, name="outcome"),
    path("seats/<int:seat_pk>/word/", views.word, name="word"),
    path("seats/<int:seat_pk>/step/", views.step, name="step"),
    path("seats/<int:seat_pk>/introduction/", views.introduction, name="introduction"),
    path("calendar/<str:key>.ics", views.calendar_, name="calendar"),
    # those who keep the event
    path(f"{KEPT}/", planning.control, name="control"),
    path(f"{KEPT}/rules/", planning.rules, name="rules"),
    path(f"{KEPT}/runs/", planning.runs, name="runs"),
    path("runs/<int:pk>/", planning.run, name="run"),
    path("runs/<int:pk>/publication/", planning.publication, name="publication"),
    path("runs/<int:pk>/stop/", planning.stop, name="stop"),
    path("runs/<int:pk>/unplaced/", planning.unplaced, name="unplaced"),
    path("runs/<int:pk>/unplaced.csv", planning.unplaced_csv, name="unplaced_csv"),
    path("runs/<int:pk>/comparison/<int:other_run_pk>/", planning.comparison, name="comparison"),
    path(f"{KEPT}/timetable/", by_hand.timetable, name="timetable"),
    path("<int:meeting_pk>/place/", by_hand.place_of, name="place_of"),
    path("<int:meeting_pk>/move/", by_hand.move, name="move"),
    path("<int:meeting_pk>/swap/", by_hand.swap, name="swap"),
    path("<int:meeting_pk>/cancellation/", by_hand.cancellation, name="cancellation"),
    path("<int:meeting_pk>/lock/", by_hand.locking, name="lock"),
    path("<int:meeting_pk>/unlock/", by_hand.unlocking, name="unlock"),
    path("<int:meeting_pk>/presence/", showing.who_came, name="who_came"),
    path("requests/<int:request_pk>/placement/", by_hand.place, name="placement"),
    path(f"{KEPT}/day/", the_day.day, name="day"),
    path(f"{KEPT}/day/missing/", the_day.missing, name="missing"),
    path(f"{KEPT}/day/repair/", the_day.repair, name="repair"),
    path(f"{KEPT}/day/bar/", the_day.bar, name="bar"),
    path(f"{KEPT}/day/table/", the_day.table_loss, name="table_loss"),
    path("absences/<int:absence_pk>/return/", the_day.return_, name="return"),
    path("tables/<int:table_pk>/return/", the_day.table_return, name="table_return"),
    path(f"{KEPT}/plans/<slug:kind>.pdf", showing.plan, name="plan"),
    path(f"{KEPT}/presence/", showing.presence, name="presence"),
    path(f"{KEPT}/results/", showing.statistics, name="statistics"),
    path(f"{KEPT}/results.csv", showing.statistics_csv, name="statistics_csv"),
    path(f"{KEPT}/results.xlsx", showing.statistics_xlsx, name="statistics_xlsx"),
    path(f"{KEPT}/screen/", showing.screen_key, name="screen_key"),
    path("<slug:slug>/screen/", showing.screen, name="screen"),
]
