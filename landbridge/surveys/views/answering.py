"""Behind the link of a letter: what is asked, one question after the other, without signing in. Opening it says nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from landbridge.foundation.operations.form_pages import carried_out, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem, Refused
from landbridge.surveys import actions, queries, wording
from landbridge.surveys.forms import AnswerForm, DeclineForm
from landbridge.surveys.models import Sheet
from landbridge.surveys.states import Sheeted, Trigger

Arguments = ParamSpec("Arguments")


@dataclass(frozen=True, slots=True)
class Behind:
    """Whose link it is, and in which language it is read. `suffix` keeps a language that was chosen."""

    sheet: Sheet
    token: str
    language: str
    suffix: str

    def page(self, name: str, *places: str) -> str:
        return reverse(f"surveys:{name}", args=[self.token, *places]) + self.suffix

    @property
    def actor(self) -> Actor:
        """Landbridge itself, in the name of whoever holds the link."""
        return Actor(person_id=None, name=self.sheet.name, role=Role.SYSTEM)


def behind_link(
    view: Callable[Concatenate[Request, Behind, Arguments], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The sheet of the link, in the reader's language; a link that is not ours is not found."""

    @functools.wraps(view)
    def opened(
        request: Request, token: str, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        sheet = queries.sheet_of(token)
        if sheet is None:
            raise Http404
        known = dict(settings.LANGUAGES)
        asked = request.GET.get("language", "")
        chosen = asked if asked in known else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else sheet.language
        suffix = f"?language={asked}" if asked in known else ""
        with override(language if language in known else settings.LANGUAGE_CODE):
            response = view(request, Behind(sheet, token, language, suffix), *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return opened


@public
@require_http_methods(["GET", "HEAD"])
@behind_link
def answer(request: Request, behind: Behind) -> HttpResponse:
    """What is asked and why; afterwards thanks, or that it is over."""
    sheet = behind.sheet
    filled = queries.filled(sheet)
    first = filled.first_open()
    context = {
        "minutes": queries.minutes_of(sheet),
        "filled": filled,
        "begin": behind.page("answer_question", first.key) if first else behind.page("answer_summary"),
        "summary": behind.page("answer_summary"),
        "is_comparison": sheet.is_comparison,
        "is_baseline": sheet.trigger == Trigger.APPLICATION_SUBMITTED,
        "stands": _stands(request, sheet),
    }
    return _page(request, behind, "surveys/answer.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def answer_question(request: Request, behind: Behind, question_key: str) -> HttpResponse:
    """One question. What is posted is kept at once; a page that stays open keeps it without leaving."""
    sheet = behind.sheet
    if not queries.is_open(sheet, at=request.now):
        return redirect(behind.page("answer"))
    filled = queries.filled(sheet)
    number = filled.number_of(question_key)
    if not number:
        raise Http404
    question, said = filled.lines[number - 1]
    asked = queries.worded_question(question, behind.language, own=sheet.of.language)
    form = AnswerForm(posted(request), asked=asked, answer=said)
    if request.method == "POST" and form.is_valid() and _kept(request, behind, form, question_key):
        if request.htmx:
            return render(request, "surveys/_saved.html")
        return redirect(_after(behind, question_key))
    context = {
        "form": form,
        "asked": asked,
        "number": number,
        "of": len(filled.lines),
        "back": behind.page("answer_question", filled.lines[number - 2][0].key)
        if number > 1
        else behind.page("answer"),
        "is_last": number == len(filled.lines),
        "note": _("%(number)s of %(of)s") % {"number": number, "of": len(filled.lines)},
    }
    return _page(request, behind, "surveys/answer_question.html", context, status=form.http_status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def answer_summary(request: Request, behind: Behind) -> HttpResponse:
    """What one has said, each with the way back to it; posting it ends it."""
    sheet = behind.sheet
    problems: tuple[Problem, ...] = ()
    if not queries.is_open(sheet, at=request.now):
        return redirect(behind.page("answer"))
    if request.method == "POST":
        problems = _finished(request, behind)
        if not problems:
            return redirect(behind.page("answer"))
    own = sheet.of.language
    lines = [
        (
            queries.worded_question(one, behind.language, own=own),
            said,
            behind.page("answer_question", one.key),
        )
        for one, said in queries.filled(sheet).lines
    ]
    shown = [(asked, _said_in_words(asked, said), page) for asked, said, page in lines]
    context = {"lines": shown, "problems": problems, "last": lines[-1][2] if lines else behind.page("answer")}
    return _page(request, behind, "surveys/answer_summary.html", context, status=409 if problems else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def decline(request: Request, behind: Behind) -> HttpResponse:
    """Not this time, or never again."""
    form = DeclineForm(posted(request))
    never_again = request.method == "POST" and form.is_valid() and form.cleaned_data["answer"] == "never"
    done = carried_out(
        request,
        form,
        lambda: actions.decline(
            sheet_id=behind.sheet.pk, never_again=never_again, by=behind.actor, at=request.now
        ),
    )
    if done is not None:
        messages.success(
            request,
            _("Nobody asks you again.")
            if never_again
            else _("Thank you for telling us. No reminder follows."),
        )
        return redirect(behind.page("answer"))
    return _page(request, behind, "surveys/decline.html", {"form": form}, status=form.http_status)


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def unsubscription(request: Request, behind: Behind) -> HttpResponse:
    """The button of a mail programme (RFC 8058): one post declines; opened by a person, it leads to the form."""
    if request.method != "POST":
        return redirect(behind.page("decline"))
    actions.decline(sheet_id=behind.sheet.pk, by=behind.actor, at=request.now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


# ── Parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _kept(request: Request, behind: Behind, form: AnswerForm, key: str) -> bool:
    """Keep it; posting the same again changes nothing, so no operation's key is needed."""
    try:
        actions.answer(sheet_id=behind.sheet.pk, key=key, by=behind.actor, at=request.now, **form.details)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def _finished(request: Request, behind: Behind) -> tuple[Problem, ...]:
    try:
        actions.finish(sheet_id=behind.sheet.pk, by=behind.actor, at=request.now)
    except Refused as refusal:
        return refusal.problems
    return ()


def _after(behind: Behind, key: str) -> str:
    """The next question that comes, after what was just said; else the summary."""
    lines = queries.filled(behind.sheet).lines
    here = next((place for place, line in enumerate(lines) if line[0].key == key), len(lines))
    if here + 1 < len(lines):
        return behind.page("answer_question", lines[here + 1][0].key)
    return behind.page("answer_summary")


def _stands(request: Request, sheet: Sheet) -> str:
    if sheet.state == Sheeted.DECLINED:
        return "declined"
    if not queries.is_open(sheet, at=request.now):
        return "closed"
    return "done" if sheet.state == Sheeted.DONE else "begun" if sheet.begun_at else "new"


def _said_in_words(asked: queries.WordedQuestion, said: Any) -> object:
    """What was said as its reader knows it: the texts of the choices instead of their keys."""
    if said is None:
        return None
    if said.chosen:
        texts = {one.key: one.text for one in asked.choices}
        return ", ".join(texts.get(key, key) for key in said.chosen)
    return said.text or said.number


def _page(
    request: Request, behind: Behind, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page behind the link: small, without the rows of the network's pages, never kept by a browser."""
    sheet = behind.sheet
    words = queries.worded(sheet.of, behind.language)
    languages = [(code, wording.language_name(code)) for code in queries.languages_of(sheet.of)]
    context |= {
        "sheet": sheet,
        "words": words,
        "shown_language": behind.language,
        "languages": languages,
        "decline": behind.page("decline"),
        "start": behind.page("answer"),
    }
    return render(request, template, context, status=status)
