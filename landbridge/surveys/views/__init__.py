"""The pages of surveys."""

from __future__ import annotations

from landbridge.surveys.views.answering import (
    answer,
    answer_question,
    answer_summary,
    decline,
    unsubscription,
)
from landbridge.surveys.views.baselines import baseline_new, baselines, companies, mine
from landbridge.surveys.views.building import (
    languages,
    new,
    publication,
    question,
    question_new,
    question_place,
    question_removal,
    retirement,
    text,
    translation,
    version_new,
)
from landbridge.surveys.views.reading import (
    preview,
    questionnaire,
    results,
    results_table,
    sheet,
    sheets,
    surveys,
)
from landbridge.surveys.views.ruling import rule_new, rule_pause, rule_resumption

__all__ = [
    "answer",
    "answer_question",
    "answer_summary",
    "baseline_new",
    "baselines",
    "companies",
    "decline",
    "languages",
    "mine",
    "new",
    "preview",
    "publication",
    "question",
    "question_new",
    "question_place",
    "question_removal",
    "questionnaire",
    "results",
    "results_table",
    "retirement",
    "rule_new",
    "rule_pause",
    "rule_resumption",
    "sheet",
    "sheets",
    "surveys",
    "text",
    "translation",
    "unsubscription",
    "version_new",
]
