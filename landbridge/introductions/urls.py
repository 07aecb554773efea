"""The addresses of introductions."""

from __future__ import annotations

from django.urls import path

from landbridge.introductions import views

app_name = "introductions"
urlpatterns = [
    path("", views.introductions, name="introductions"),
    path("for-enquiry/<int:enquiry_pk>/", views.of_enquiry, name="of_enquiry"),
    path("for-enquiry/<int:enquiry_pk>/<int:record_pk>/", views.preparation, name="preparation"),
    path("limit/", views.limit, name="limit"),
    path("agreements/", views.templates, name="templates"),
    path("agreements/new/", views.template_new, name="template_new"),
    path("by-letter/<str:token>/", views.by_letter, name="by_letter"),
    path("by-letter/<str:token>/consent/", views.by_letter_consent, name="by_letter_consent"),
    path("by-letter/<str:token>/refusal/", views.by_letter_refusal, name="by_letter_refusal"),
    path("<int:pk>/", views.introduction, name="introduction"),
    path("<int:pk>/texts/", views.texts, name="texts"),
    path("<int:pk>/question/", views.question, name="question"),
    path("<int:pk>/consent/", views.consent, name="consent"),
    path("<int:pk>/refusal/", views.refusal, name="refusal"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/outcome/", views.outcome, name="outcome"),
    path("<int:pk>/agreement/", views.agreement, name="agreement"),
    path("<int:pk>/agreement/need/", views.agreement_need, name="agreement_need"),
    path("<int:pk>/agreement/sending/", views.agreement_sending, name="agreement_sending"),
    path("<int:pk>/agreement/signature/", views.agreement_signature, name="agreement_signature"),
    path("<int:pk>/agreement/signed/", views.agreement_signed, name="agreement_signed"),
    path("<int:pk>/release/", views.release, name="release"),
]
