"""The addresses of access."""

from __future__ import annotations

from django.urls import path

from landbridge.access import views

app_name = "access"
urlpatterns = [
    path("", views.requests, name="requests"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.request_, name="request"),
    path("<int:pk>/text/", views.text, name="text"),
    path("<int:pk>/submission/", views.submission, name="submission"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/eligibility/", views.eligibility, name="eligibility"),
    path("<int:pk>/return/", views.return_, name="return"),
    path("<int:pk>/refusal/", views.refusal, name="refusal"),
    path("<int:pk>/feasibility/", views.feasibility, name="feasibility"),
    path("<int:pk>/quote/", views.quote, name="quote"),
    path("<int:pk>/quotes/<int:quote_pk>/acceptance/", views.acceptance, name="acceptance"),
    path("<int:pk>/slots/<int:slot_pk>/holding/", views.holding, name="holding"),
    path("<int:pk>/slots/<int:slot_pk>/release/", views.release, name="release"),
    path("<int:pk>/agreement/", views.agreement, name="agreement"),
    path("<int:pk>/agreement.pdf", views.summary, name="summary"),
    path("<int:pk>/contract/", views.contract, name="contract"),
    path("<int:pk>/beginning/", views.beginning, name="beginning"),
    path("<int:pk>/delivery/", views.delivery, name="delivery"),
    path("<int:pk>/closing/", views.closing, name="closing"),
    path("<int:pk>/cancellation/", views.cancellation, name="cancellation"),
    path("<int:pk>/feedback/", views.feedback, name="feedback"),
    path("<int:pk>/complaint/", views.complaint, name="complaint"),
    path("complaints/<int:complaint_pk>/answer/", views.complaint_answer, name="complaint_answer"),
    path("offers/<int:record_pk>/slots/", views.slots, name="slots"),
    path("slots/<int:slot_pk>/removal/", views.slot_removal, name="slot_removal"),
    path("rules/", views.rules, name="rules"),
    path("rules/new/", views.rules_new, name="rules_new"),
    path("rules/<int:pk>/", views.rule_set, name="rule_set"),
    path("rules/<int:pk>/text/", views.rules_edit, name="rules_edit"),
    path("rules/<int:pk>/publication/", views.rules_publication, name="rules_publication"),
    path("rules/<int:pk>/signature/", views.signature, name="signature"),
    path("signatures/<int:signature_pk>/ending/", views.signature_ending, name="signature_ending"),
]
