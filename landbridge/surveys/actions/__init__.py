"""Everything that changes in surveys: questionnaires, rules, letters, answers, baselines."""

from __future__ import annotations

from landbridge.surveys.actions.answering import Given, answer, decline, finish
from landbridge.surveys.actions.baselines import Figures, record_baseline
from landbridge.surveys.actions.building import (
    Details,
    Texts,
    add_question,
    begin,
    begin_version,
    edit,
    edit_question,
    move_question,
    publish,
    remove_question,
    retire,
    translate,
)
from landbridge.surveys.actions.ruling import Ruled, add_rule, pause_rule, resume_rule
from landbridge.surveys.actions.sending import ask, lapse, remind, send

__all__ = [
    "Details",
    "Figures",
    "Given",
    "Ruled",
    "Texts",
    "add_question",
    "add_rule",
    "answer",
    "ask",
    "begin",
    "begin_version",
    "decline",
    "edit",
    "edit_question",
    "finish",
    "lapse",
    "move_question",
    "pause_rule",
    "publish",
    "record_baseline",
    "remind",
    "remove_question",
    "resume_rule",
    "retire",
    "send",
    "translate",
]
