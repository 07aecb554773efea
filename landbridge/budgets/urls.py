"""The addresses of budgets."""

from __future__ import annotations

from django.urls import URLPattern, path

from landbridge.budgets.views import lines, overview, transfers

app_name = "budgets"
urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="overview"),
    path("phases/<int:pk>/", overview.phase, name="phase"),
    path("phases/<int:pk>/table.csv", overview.phase_table, name="phase_table"),
    path("phases/<int:pk>/lines/new", overview.new_line, name="new_line"),
    path("phases/<int:pk>/transfers/new", transfers.new_transfer, name="new_transfer"),
    path("lines/<int:pk>/", lines.line, name="line"),
    path("lines/<int:pk>/statement.csv", lines.statement, name="statement"),
    path("lines/<int:pk>/allocation", lines.allocation, name="allocation"),
    path("lines/<int:pk>/withdrawal", lines.withdrawal, name="withdrawal"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/<int:pk>/", transfers.transfer, name="transfer"),
    path("transfers/<int:pk>/agreement", transfers.agreement, name="agreement"),
    path("transfers/<int:pk>/refusal", transfers.refusal, name="refusal"),
    path("transfers/<int:pk>/withdrawal", transfers.withdrawal, name="transfer_withdrawal"),
]
