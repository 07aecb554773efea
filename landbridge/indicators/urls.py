"""The addresses of indicators."""

from __future__ import annotations

from django.urls import path

from landbridge.indicators import views
from landbridge.indicators.views import dashboards, report

app_name = "indicators"
urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("table.csv", views.table_csv, name="table_csv"),
    path("table.xlsx", views.table_xlsx, name="table_xlsx"),
    path("common/", views.common, name="common"),
    path("new/", views.new, name="new"),
    path("periods/", views.periods, name="periods"),
    path("periods/new/", views.period_new, name="period_new"),
    path("periods/<int:pk>/", views.period, name="period"),
    path("periods/<int:pk>/text/", views.period_text, name="period_text"),
    path("periods/<int:pk>/freezing/", views.period_freezing, name="period_freezing"),
    path("periods/<int:pk>/report.docx", report.period_word, name="period_word"),
    path("periods/<int:pk>/report.pdf", report.period_pdf, name="period_pdf"),
    path("periods/<int:pk>/frozen.json", views.period_frozen, name="period_frozen"),
    path("dashboard/", dashboards.dashboard, name="dashboard"),
    path("dashboard/money/", dashboards.dashboard_money, name="dashboard_money"),
    path("dashboard/time/", dashboards.dashboard_time, name="dashboard_time"),
    path("dashboard/regions/", dashboards.dashboard_regions, name="dashboard_regions"),
    path("dashboard/answers/", dashboards.dashboard_answers, name="dashboard_answers"),
    path("dashboard/waiting/", dashboards.dashboard_waiting, name="dashboard_waiting"),
    path("dashboard/table.csv", dashboards.dashboard_table, name="dashboard_table"),
    path("results/", dashboards.results, name="results"),
    path("results/money/", dashboards.results_money, name="results_money"),
    path("results/regions/", dashboards.results_regions, name="results_regions"),
    path("results/answers/", dashboards.results_answers, name="results_answers"),
    path("results/table.csv", dashboards.results_table, name="results_table"),
    path("readings/<int:pk>/", views.reading, name="reading"),
    path("<int:pk>/", views.indicator, name="indicator"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/rows/", views.rows, name="rows"),
    path("<int:pk>/rows.csv", views.rows_csv, name="rows_csv"),
    path("<int:pk>/course.csv", views.course_csv, name="course_csv"),
    path("<int:pk>/targets/new/", views.target_new, name="target_new"),
    path("<int:pk>/figures/new/", views.figure_new, name="figure_new"),
]
