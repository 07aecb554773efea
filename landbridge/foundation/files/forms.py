"""The form field for one upload: it is received and inspected while the form is cleaned."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from landbridge.foundation.files.kinds import DOCUMENTS, Kinds, accept
from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.problems import Problem, Refused
from landbridge.foundation.ui import inputs
from landbridge.foundation.ui.formatting import problem_cure, problem_text


class ReceivedFileField(inputs.UploadField):
    """An upload whose clean value is a `Received` for `store`, or None; what is wrong stands beside the field."""

    def __init__(self, *, kinds: Kinds = DOCUMENTS, **options: Any) -> None:
        self.kinds = kinds
        options.setdefault("allow_empty_file", True)  # our own words for it say what to do
        most = max(kind.value.most_bytes for kind in kinds)
        super().__init__(most=most, accept=accept(kinds), **options)

    def clean(self, data: Any, initial: Any = None) -> Received | None:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return receive(upload, kinds=self.kinds)
        except Refused as refusal:
            raise ValidationError([said(problem) for problem in refusal.problems]) from None


def said(problem: Problem) -> ValidationError:
    """A problem as a form says it: with its cure."""
    return ValidationError(f"{problem_text(problem)} {problem_cure(problem)}".strip(), code=problem.code)
