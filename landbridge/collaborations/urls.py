"""The addresses of collaborations."""

from __future__ import annotations

from django.urls import path

from landbridge.collaborations import views

app_name = "collaborations"
urlpatterns = [
    path("", views.collaborations, name="collaborations"),
    path("new/", views.new, name="new"),
    path("export.csv", views.export, name="export"),
    path("heard-of/", views.heard_of, name="heard_of"),
    path("heard-of/partnerships/<int:partnership_pk>/", views.partnership, name="partnership"),
    path("heard-of/meetings/<int:met_pk>/", views.met, name="met"),
    path("closed/", views.closings, name="closings"),
    path("closed/voucher/<int:closed_voucher_pk>/", views.after_voucher, name="after_voucher"),
    path(
        "closed/introduction/<int:closed_introduction_pk>/",
        views.after_introduction,
        name="after_introduction",
    ),
    path("closed/meeting/<int:closed_meeting_pk>/", views.after_meeting, name="after_meeting"),
    path("closed/coaching/<int:closed_coaching_pk>/", views.after_coaching, name="after_coaching"),
    path("closed/<slug:closed_kind>/<int:closed_pk>/nothing/", views.nothing_more, name="nothing_more"),
    path("next-steps/", views.next_steps, name="next_steps"),
    path("next-steps/<int:step_pk>/", views.next_step, name="next_step"),
    path("next-steps/<int:step_pk>/text/", views.step_edit, name="step_edit"),
    path("next-steps/<int:step_pk>/end/", views.step_done, name="step_done"),
    path("next-steps/<int:step_pk>/drop/", views.step_drop, name="step_drop"),
    path(
        "follow-ons/<int:follow_on_pk>/withdrawal/", views.follow_on_withdrawal, name="follow_on_withdrawal"
    ),
    path("<int:pk>/", views.collaboration, name="collaboration"),
    path("<int:pk>/text/", views.text, name="text"),
    path("<int:pk>/end/", views.finishing, name="finishing"),
    path("<int:pk>/stop/", views.stopping, name="stopping"),
    path("<int:pk>/renewal/", views.renewal, name="renewal"),
    path("<int:pk>/follow-ons/new/", views.follow_on_new, name="follow_on_new"),
    path("<int:pk>/next-steps/new/", views.step_new, name="step_new"),
]
