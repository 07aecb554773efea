"""The addresses of the people who come: one's own pages, those of organisers, the door."""

from __future__ import annotations

from django.urls import path

from landbridge.events.views import choosing, coming, deciding, door, papers, registering

COMING = [
    path("mine/", coming.mine_page, name="mine"),
    path("calendar/<str:key>.ics", papers.calendar_feed, name="calendar"),
    path("code/<str:code>/", door.arrival, name="arrival"),
    path("registrations/<int:pk>/", coming.registration, name="registration"),
    path("registrations/<int:pk>/text/", registering.registration_text, name="registration_text"),
    path("registrations/<int:pk>/submission/", registering.submission, name="registration_submission"),
    path("registrations/<int:pk>/cancellation/", registering.cancellation, name="registration_cancellation"),
    path("registrations/<int:pk>/reopening/", registering.reopening, name="registration_reopening"),
    path("registrations/<int:pk>/code.svg", papers.code_picture, name="code_picture"),
    path("registrations/<int:pk>/badge.pdf", papers.badge, name="badge"),
    path("registrations/<int:pk>/availability/", choosing.availability, name="availability"),
    path("registrations/<int:pk>/sessions/<int:event_session_pk>/place/", choosing.session_place, name="session_place"),
    path("registrations/<int:pk>/sessions/<int:event_session_pk>/leaving/", choosing.session_leaving, name="session_leaving"),
    path("registrations/<int:pk>/challenges/<int:challenge_pk>/", choosing.challenge_answer, name="challenge_answer"),
    path("registrations/<int:pk>/approval/", deciding.registration_approval, name="registration_approval"),
    path("registrations/<int:pk>/waiting/", deciding.registration_waiting, name="registration_waiting"),
    path("registrations/<int:pk>/refusal/", deciding.registration_refusal, name="registration_refusal"),
    path("registrations/<int:pk>/reminder/", deciding.registration_reminder, name="registration_reminder"),
    path("registrations/<int:pk>/check-in/undoing/", door.check_in_undo, name="check_in_undo"),
    path("<slug:slug>/registration/", registering.registering, name="registering"),
    path("<slug:slug>/registrations/", deciding.registrations, name="registrations"),
    path("<slug:slug>/registrations/new/", deciding.guest_new, name="guest_new"),
    path("<slug:slug>/registrations/decision/", deciding.registrations_decision, name="registrations_decision"),
    path("<slug:slug>/registrations/reminder/", deciding.slots_reminder, name="slots_reminder"),
    path("<slug:slug>/registrations/table.csv", deciding.registrations_export, {"kind": "csv"}, name="registrations_csv"),
    path("<slug:slug>/registrations/table.xlsx", deciding.registrations_export, {"kind": "xlsx"}, name="registrations_xlsx"),
    path("<slug:slug>/challenges/answers/", choosing.challenge_answers, name="challenge_answers"),
    path("<slug:slug>/check-in/", door.check_in, name="check_in"),
    path("<slug:slug>/check-in/list.json", door.check_in_list, name="check_in_list"),
    path("<slug:slug>/check-in/scans/", door.check_in_scans, name="check_in_scans"),
    path("<slug:slug>/check-in/worker.js", door.check_in_worker, name="check_in_worker"),
    path("<slug:slug>/badges/", papers.badges, name="badges"),
    path("<slug:slug>/badges.pdf", papers.badges_pdf, name="badges_pdf"),
    path("<slug:slug>/statistics/", papers.statistics, name="statistics"),
    path("<slug:slug>/statistics.csv", papers.statistics_csv, name="statistics_csv"),
]  # fmt: skip
