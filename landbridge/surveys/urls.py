"""The addresses of surveys."""

from __future__ import annotations

from django.urls import path

from landbridge.surveys import views

app_name = "surveys"
urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("new/", views.new, name="new"),
    path("mine/", views.mine, name="mine"),
    path("baselines/", views.companies, name="companies"),
    path("baselines/<int:baseline_company_pk>/", views.baselines, name="baselines"),
    path("baselines/<int:baseline_company_pk>/new/", views.baseline_new, name="baseline_new"),
    path("answer/<str:token>/", views.answer, name="answer"),
    path("answer/<str:token>/questions/<slug:question_key>/", views.answer_question, name="answer_question"),
    path("answer/<str:token>/summary/", views.answer_summary, name="answer_summary"),
    path("answer/<str:token>/no/", views.decline, name="decline"),
    path("answer/<str:token>/unsubscription/", views.unsubscription, name="unsubscription"),
    path("questions/<int:survey_question_pk>/", views.question, name="question"),
    path("questions/<int:survey_question_pk>/removal/", views.question_removal, name="question_removal"),
    path("questions/<int:survey_question_pk>/place/", views.question_place, name="question_place"),
    path("rules/<int:survey_rule_pk>/pause/", views.rule_pause, name="rule_pause"),
    path("rules/<int:survey_rule_pk>/resumption/", views.rule_resumption, name="rule_resumption"),
    path("sheets/<int:sheet_pk>/", views.sheet, name="sheet"),
    path("<slug:slug>/", views.questionnaire, name="questionnaire"),
    path("<slug:slug>/text/", views.text, name="text"),
    path("<slug:slug>/questions/new/", views.question_new, name="question_new"),
    path("<slug:slug>/languages/", views.languages, name="languages"),
    path("<slug:slug>/languages/<str:language>/", views.translation, name="translation"),
    path("<slug:slug>/preview/", views.preview, name="preview"),
    path("<slug:slug>/publication/", views.publication, name="publication"),
    path("<slug:slug>/retirement/", views.retirement, name="retirement"),
    path("<slug:slug>/version/", views.version_new, name="version_new"),
    path("<slug:slug>/rules/new/", views.rule_new, name="rule_new"),
    path("<slug:slug>/sheets/", views.sheets, name="sheets"),
    path("<slug:slug>/results/", views.results, name="results"),
    path("<slug:slug>/results.csv", views.results_table, {"form": "csv"}, name="results_csv"),
    path("<slug:slug>/results.xlsx", views.results_table, {"form": "xlsx"}, name="results_xlsx"),
]
