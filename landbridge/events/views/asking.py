"""The organiser's own questions of the registration form: listed, added, changed, moved, taken out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.events import actions, rules
from landbridge.events.forms import QuestionForm, question_initial
from landbridge.events.models import Event
from landbridge.events.rules.answers import Question, questions_of
from landbridge.events.states import ATTENDEE_NAMES, Attendee
from landbridge.events.views.kept_parts import kept_by, part_page, trail
from landbridge.foundation.operations.form_pages import button_pressed, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb

Questions = tuple[Question, ...]


@needs(P.EVENT_EDIT)
@require_GET
def questions(request: Request, event_pk: int) -> HttpResponse:
    """The questions in their order, each with its condition."""
    return _page(request, kept_by(request, event_pk))


@needs(P.EVENT_EDIT)
def question_new(request: Request, event_pk: int) -> HttpResponse:
    """One more question, after the others."""
    event = kept_by(request, event_pk)
    before = questions_of(event.questions)
    form = QuestionForm(posted(request), before=before, initial={"version": event.version, "kind": "text"})

    def added() -> Questions:
        key = rules.key_for(form.cleaned_data["label"], taken=[one.key for one in before])
        return (*before, form.question(key))

    return _question_page(request, form, event=event, questions=added, title=_("A new question"))


@needs(P.EVENT_EDIT)
def question(request: Request, event_pk: int, key: str) -> HttpResponse:
    """Change a question; answers already given stay under it."""
    event = kept_by(request, event_pk)
    rows, place = _found(event, key)
    form = QuestionForm(
        posted(request),
        before=rows[:place],
        initial={**question_initial(rows[place]), "version": event.version},
    )

    def changed() -> Questions:
        return (*rows[:place], form.question(key), *rows[place + 1 :])

    return _question_page(request, form, event=event, questions=changed, title=_("Change the question"))


@needs(P.EVENT_EDIT)
@require_POST
def question_removal(request: Request, event_pk: int, key: str) -> HttpResponse:
    """Take a question out."""
    event = kept_by(request, event_pk)
    rows, place = _found(event, key)
    return _set(request, event, (*rows[:place], *rows[place + 1 :]), done=_("Taken out."))


@needs(P.EVENT_EDIT)
@require_POST
def question_rise(request: Request, event_pk: int, key: str) -> HttpResponse:
    """One place further up."""
    event = kept_by(request, event_pk)
    rows, place = _found(event, key)
    above = max(place - 1, 0)
    moved = [*rows[:above], rows[place], *rows[above:place], *rows[place + 1 :]]
    return _set(request, event, tuple(moved), done="")


def _page(request: Request, event: Event, *, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    rows = questions_of(event.questions)
    labels = {one.key: one.label for one in rows}
    context = {
        "event": event,
        "problems": problems,
        "rows": [
            {
                "question": one,
                "kind": _(rules.ASKS_NAMES[one.kind]),
                "after": labels.get(one.after, one.after),
                "after_in": ", ".join(one.after_in),
                "attendees": ", ".join(
                    _(ATTENDEE_NAMES[Attendee(kind)]) for kind in one.attendees if kind in list(Attendee)
                ),
            }
            for one in rows
        ],
        "breadcrumbs": trail(event, Crumb(_(rules.PART_NAMES[rules.Part.QUESTIONS]))),
    }
    return render(request, "events/questions.html", context, status=409 if problems else 200)


def _found(event: Event, key: str) -> tuple[Questions, int]:
    rows = questions_of(event.questions)
    place = next((number for number, one in enumerate(rows) if one.key == key), None)
    if place is None:
        raise Http404
    return rows, place


def _question_page(
    request: Request,
    form: QuestionForm,
    *,
    event: Event,
    questions: Callable[[], Questions],
    title: str,
) -> HttpResponse:
    back = _questions(event)
    return part_page(
        request,
        form,
        event=event,
        act=lambda: actions.set_questions(
            event_id=event.pk,
            version=form.cleaned_data["version"],
            questions=questions(),
            by=request.actor,
            at=request.now,
        ),
        to=back,
        title=title,
        crumbs=trail(event, Crumb(_(rules.PART_NAMES[rules.Part.QUESTIONS]), back)),
    )


def _set(request: Request, event: Event, rows: Questions, *, done: str) -> HttpResponse:
    return button_pressed(
        request,
        lambda: actions.set_questions(
            event_id=event.pk, version=event.version, questions=rows, by=request.actor, at=request.now
        ),
        to=_questions(event),
        done=done,
        refused=lambda problems: _page(request, event, problems=problems),
    )


def _questions(event: Event) -> str:
    return reverse("events:questions", args=[event.pk])
