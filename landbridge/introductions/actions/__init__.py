"""Every change to an introduction: preparing, asking, answering, its agreement and its outcome."""

from __future__ import annotations

from landbridge.introductions.actions.answering import answer, limit, report
from landbridge.introductions.actions.asking import (
    Between,
    ask,
    lapse,
    prepare,
    prepare_between,
    remind,
    save,
    withdraw,
)
from landbridge.introductions.actions.papers import (
    add_template,
    keep_agreement,
    release,
    require_agreement,
    send_agreement,
    sign_agreement,
)

__all__ = [
    "Between",
    "add_template",
    "answer",
    "ask",
    "keep_agreement",
    "lapse",
    "limit",
    "prepare",
    "prepare_between",
    "release",
    "remind",
    "report",
    "require_agreement",
    "save",
    "send_agreement",
    "sign_agreement",
    "withdraw",
]
