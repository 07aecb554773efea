"""The addresses of coaching."""

from __future__ import annotations

from django.urls import path

from landbridge.coaching import views

app_name = "coaching"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("new/", views.new, name="new"),
    path("figures/", views.figures, name="figures"),
    path("figures.csv", views.figures_table, name="figures_table"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/ending/", views.ending, name="ending"),
    path("<int:pk>/adviser/", views.adviser, name="adviser"),
    path("<int:pk>/talk/", views.talk, name="talk"),
    path("<int:pk>/analysis/", views.analysis, name="analysis"),
    path("<int:pk>/coaches/", views.coaches_of, name="coaches_of"),
    path("<int:pk>/rematching/", views.rematching, name="rematching"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/refusal/", views.refusal, name="refusal"),
    path("offers/<int:proposal_pk>/choice/", views.choice, name="choice"),
    path("offers/<int:proposal_pk>/withdrawal/", views.offer_withdrawal, name="offer_withdrawal"),
    path("<int:pk>/plan/", views.plan, name="plan"),
    path("<int:pk>/plans/<int:coaching_plan_pk>/acceptance/", views.plan_acceptance, name="plan_acceptance"),
    path("<int:pk>/plan/return/", views.plan_return, name="plan_return"),
    path("<int:pk>/booking/", views.booking, name="booking"),
    path("sessions/<int:coaching_session_pk>/", views.session, name="session"),
    path("sessions/<int:coaching_session_pk>/session.ics", views.session_entry, name="session_entry"),
    path(
        "sessions/<int:coaching_session_pk>/cancellation/",
        views.session_cancellation,
        name="session_cancellation",
    ),
    path("sessions/<int:coaching_session_pk>/hours/", views.session_hours, name="session_hours"),
    path("sessions/<int:coaching_session_pk>/absence/", views.session_absence, name="session_absence"),
    path("sessions/<int:coaching_session_pk>/approval/", views.session_approval, name="session_approval"),
    path("sessions/<int:coaching_session_pk>/dispute/", views.session_dispute, name="session_dispute"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/report.pdf", views.summary, name="summary"),
    path("<int:pk>/report/check/", views.report_check, name="report_check"),
    path("<int:pk>/report/return/", views.report_return, name="report_return"),
    path("<int:pk>/report/approval/", views.report_approval, name="report_approval"),
    path("<int:pk>/report/sending-back/", views.report_sending_back, name="report_sending_back"),
    path("<int:pk>/feedback/", views.feedback, name="feedback"),
    path("coaches/", views.coaches, name="coaches"),
    path("coaches/new/", views.coach_new, name="coach_new"),
    path("coaches/own/", views.coach_edit, name="coach_edit"),
    path("coaches/<int:pk>/", views.coach, name="coach"),
    path("coaches/<int:pk>/activation/", views.coach_activation, name="coach_activation"),
    path("coaches/<int:pk>/rest/", views.coach_rest, name="coach_rest"),
    path("calendar/", views.own_calendar, name="calendar"),
    path("calendar/week/", views.week, name="week"),
    path("calendar/stretch/", views.stretch, name="stretch"),
    path("calendar/<int:free_time_pk>/removal/", views.free_time_removal, name="free_time_removal"),
    path("calendar/coach/<str:key>.ics", views.coach_feed, name="coach_feed"),
    path("calendar/case/<str:key>.ics", views.case_feed, name="case_feed"),
]
