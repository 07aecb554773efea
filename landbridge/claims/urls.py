"""The addresses of claims and payment files."""

from __future__ import annotations

from django.urls import path

from landbridge.claims import views

app_name = "claims"
urlpatterns = [
    path("", views.claims, name="claims"),
    path("of-voucher/<int:voucher_pk>/", views.of_voucher, name="of_voucher"),
    path("of-voucher/<int:voucher_pk>/new/", views.new, name="new"),
    path("of-voucher/<int:voucher_pk>/closing/", views.voucher_closing, name="voucher_closing"),
    path("<int:pk>/", views.claim, name="claim"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/costs/", views.cost, name="cost"),
    path("<int:pk>/costs/<int:line_pk>/", views.cost_edit, name="cost_edit"),
    path("<int:pk>/costs/<int:line_pk>/removal/", views.cost_removal, name="cost_removal"),
    path("<int:pk>/costs/<int:line_pk>/evidence/", views.evidence, name="evidence"),
    path("<int:pk>/submission/", views.submission, name="submission"),
    path("<int:pk>/verification/", views.verification, name="verification"),
    path("<int:pk>/approval/", views.approval, name="approval"),
    path("<int:pk>/reopening/", views.reopening, name="reopening"),
    path("<int:pk>/return/", views.return_, name="return"),
    path("<int:pk>/refusal/", views.refusal, name="refusal"),
    path("paid-vouchers/", views.paid_vouchers, name="paid_vouchers"),
    path("paid-vouchers/table/", views.paid_vouchers_table, name="paid_vouchers_table"),
    path("payments/", views.payment_files, name="payment_files"),
    path("payments/new/", views.payment_file_new, name="payment_file_new"),
    path("payments/<int:pk>/", views.payment_file, name="payment_file"),
    path("payments/<int:pk>/xml/", views.payment_xml, name="payment_xml"),
    path("payments/<int:pk>/release/", views.payment_release, name="payment_release"),
    path("payments/<int:pk>/cancellation/", views.payment_cancellation, name="payment_cancellation"),
    path("payments/<int:pk>/answer/", views.payment_answer, name="payment_answer"),
]
