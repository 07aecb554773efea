"""The addresses of vouchers."""

from __future__ import annotations

from django.urls import path

from landbridge.vouchers import views

app_name = "vouchers"
urlpatterns = [
    path("", views.vouchers, name="vouchers"),
    path("for-application/<int:application_pk>/", views.award, name="award"),
    path("<int:pk>/", views.voucher, name="voucher"),
    path("<int:pk>/letter/", views.letter, name="letter"),
    path("<int:pk>/acceptance/", views.acceptance, name="acceptance"),
    path("<int:pk>/refusal/", views.refusal, name="refusal"),
    path("<int:pk>/extension/", views.extension, name="extension"),
]
