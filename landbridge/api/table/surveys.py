"""The operations of surveys."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.surveys.forms import (
    BaselineForm,
    BeginForm,
    LanguageForm,
    QuestionForm,
    RuleForm,
    TextsForm,
    TranslationForm,
)

OPERATIONS = (
    Operation("surveys:new", BeginForm),
    Operation("surveys:baseline_new", BaselineForm),
    Operation("surveys:question", QuestionForm),
    Operation("surveys:question_removal"),
    Operation("surveys:question_place", takes=("to",)),
    Operation("surveys:rule_pause"),
    Operation("surveys:rule_resumption"),
    Operation("surveys:text", TextsForm),
    Operation("surveys:question_new", QuestionForm),
    Operation("surveys:languages", LanguageForm),
    Operation("surveys:translation", TranslationForm),
    Operation("surveys:publication"),
    Operation("surveys:retirement"),
    Operation("surveys:version_new"),
    Operation("surveys:rule_new", RuleForm),
)
