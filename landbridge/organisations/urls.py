"""The addresses of organisations."""

from __future__ import annotations

from django.urls import path

from landbridge.organisations import account_views, views

app_name = "organisations"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("<int:pk>/", views.organisation, name="organisation"),
    path("<int:pk>/facts/", views.edit, name="edit"),
    path("<int:pk>/closing/", views.closing, name="closing"),
    path("<int:pk>/bank-accounts/new/", account_views.new, name="new_bank_account"),
    path("bank-accounts/", account_views.waiting, name="waiting_bank_accounts"),
    path("bank-accounts/<int:pk>/", account_views.account, name="bank_account"),
    path("bank-accounts/<int:pk>/approval/", account_views.approval, name="bank_account_approval"),
    path("bank-accounts/<int:pk>/refusal/", account_views.refusal, name="bank_account_refusal"),
]
