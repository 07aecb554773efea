"""What several pages of applications need: the row or a 404, and the trail to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.applications.models import Application
from landbridge.calls.models import Question
from landbridge.calls.standard_form import in_readers_words
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Crumb

PARTS = ("call__phase__programme", "offer", "applicant__region", "provider__region", "partner__region")


def seen_by(actor: Actor, pk: int) -> Application:
    """The application with its parts; a 404 for whoever may not see it."""
    return get_object_or_404(Application.objects.visible_to(actor).select_related(*PARTS), pk=pk)


def crumbs_of(application: Application) -> list[Crumb]:
    """The trail to an application."""
    name = application.number or application.title or _("Draft")
    return [
        Crumb(_("Applications"), reverse("applications:applications")),
        Crumb(name, application.get_absolute_url()),
    ]


def shown_answer(question: Question, answers: Mapping[str, Any]) -> tuple[str, str, Any]:
    """Heading, question and answer; what the product asks itself, and the choices it offers, in the reader's words."""
    answer = answers.get(question.key)
    if isinstance(answer, str) and question.kind == Question.Kind.CHOICE:
        answer = in_readers_words(answer)
    return in_readers_words(question.section), in_readers_words(question.label), answer
