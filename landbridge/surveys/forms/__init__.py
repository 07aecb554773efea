"""What people send about surveys, read into clean values."""

from __future__ import annotations

from landbridge.surveys.forms.answering import AnswerForm, BaselineForm, DeclineForm
from landbridge.surveys.forms.building import (
    BeginForm,
    LanguageForm,
    QuestionForm,
    RuleForm,
    TextsForm,
    TranslationForm,
)
from landbridge.surveys.forms.filters import CompanyFilters, ResultFilters, SheetFilters

__all__ = [
    "AnswerForm",
    "BaselineForm",
    "BeginForm",
    "CompanyFilters",
    "DeclineForm",
    "LanguageForm",
    "QuestionForm",
    "ResultFilters",
    "RuleForm",
    "SheetFilters",
    "TextsForm",
    "TranslationForm",
]
