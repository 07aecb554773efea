"""The addresses of organisations."""

from __future__ import annotations

from django.urls import path

from landbridge.organisations.views import accounts, organisations

app_name = "organisations"
urlpatterns = [
    path("", organisations.organisations, name="organisations"),
    path("<int:pk>/", organisations.organisation, name="organisation"),
    path("<int:pk>/facts/", organisations.edit, name="edit"),
    path("<int:pk>/closing/", organisations.closing, name="closing"),
    path("<int:pk>/bank-accounts/new/", accounts.new, name="new_bank_account"),
    path("bank-accounts/", accounts.waiting, name="waiting_bank_accounts"),
    path("bank-accounts/<int:pk>/", accounts.account, name="bank_account"),
    path("bank-accounts/<int:pk>/approval/", accounts.approval, name="bank_account_approval"),
    path("bank-accounts/<int:pk>/refusal/", accounts.refusal, name="bank_account_refusal"),
]
