"""The office writes a questionnaire: its versions, its questions, its languages."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.text import slugify

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.programmes.models import Programme
from landbridge.surveys import queries, rules
from landbridge.surveys.actions._parts import _changed, _compare, _draft, _kept, _require
from landbridge.surveys.models import Question, Questionnaire, Version
from landbridge.surveys.states import WORKFLOW, M, S

KEY_LENGTH = 40


class Texts(TypedDict, total=False):
    """What people read before and after the questions."""

    title: str
    lead: str
    thanks: str


class Details(TypedDict, total=False):
    """One question; `choices` are pairs of key and text, `condition` names an earlier question and its answers."""

    asks: str
    measure: str
    text: str
    help: str
    low: str
    high: str
    unit: str
    choices: Sequence[tuple[str, str]]
    condition: Mapping[str, Any]


@transaction.atomic
def begin(
    *,
    name: str,
    title: str,
    language: str,
    by: Actor,
    at: datetime,
    programme_id: int | None = None,
    is_demonstration: bool = False,
) -> Questionnaire:
    """Begin a questionnaire with a first version to write, in the language in which it is written."""
    _require(P.SURVEY_EDIT, by=by)
    own = programme_id if by.programme_id is None else by.programme_id
    found = Questionnaire.objects.create(
        slug=f"new-{secrets.token_hex(8)}",
        programme=Programme.objects.get(pk=own) if own else None,
        name=name,
        created_by_name=by.name,
        created_at=at,
        is_demonstration=is_demonstration,
    )
    found.slug = f"{slugify(name)[:60] or 'questions'}-{found.pk}"
    found.save(update_fields=["slug"])
    Version.objects.create(questionnaire=found, number=1, title=title, language=language, created_at=at)
    record("questionnaire.begun", found, by=by, at=at)
    return found


@transaction.atomic
def edit(*, version_id: int, version: int, by: Actor, at: datetime, **texts: Unpack[Texts]) -> Questionnaire:
    """Write what people read before and after the questions."""
    found = _draft(version_id, by=by)
    _compare(found, version)
    for name, value in texts.items():
        setattr(found, name, value)
    found.save(update_fields=list(texts))
    _changed(found)
    record("questionnaire.edited", found.questionnaire, by=by, at=at, number=found.number)
    return found.questionnaire


@transaction.atomic
def add_question(*, version_id: int, by: Actor, at: datetime, **details: Unpack[Details]) -> Question:
    """Ask one more thing, at the end."""
    version = _draft(version_id, by=by)
    questions = list(version.questions.order_by("position", "pk"))
    made = Question(of=version, position=len(questions) + 1)
    made.key = _free_key(details.get("text", ""), taken={one.key for one in questions})
    _fill(made, details)
    refuse_if(_problems(made, before=questions))
    made.save()
    _changed(version)
    record("questionnaire.edited", version.questionnaire, by=by, at=at, number=version.number)
    return made


@transaction.atomic
def edit_question(*, question_id: int, by: Actor, at: datetime, **details: Unpack[Details]) -> Question:
    """Ask it in other words, or for something else."""
    version = _draft(Question.objects.values_list("of_id", flat=True).get(pk=question_id), by=by)
    found = Question.objects.for_update().get(pk=question_id)
    _fill(found, details)
    refuse_if(_problems(found, before=_before(found)))
    found.save()
    _changed(version)
    record("questionnaire.edited", version.questionnaire, by=by, at=at, number=version.number)
    return found


@transaction.atomic
def remove_question(*, question_id: int, by: Actor, at: datetime) -> Questionnaire:
    """Ask it no more; what depended on it is asked always."""
    version = _draft(Question.objects.values_list("of_id", flat=True).get(pk=question_id), by=by)
    found = Question.objects.get(pk=question_id)
    for other in version.questions.order_by("pk"):
        if other.condition.get("question") == found.key:
            other.condition = {}
            other.save(update_fields=["condition"])
    found.delete()
    _number(version)
    _changed(version)
    record("questionnaire.edited", version.questionnaire, by=by, at=at, number=version.number)
    return version.questionnaire


@transaction.atomic
def move_question(*, question_id: int, up: bool, by: Actor, at: datetime) -> Questionnaire:
    """Ask it one place earlier or later; at the end of the line it stays."""
    version = _draft(Question.objects.values_list("of_id", flat=True).get(pk=question_id), by=by)
    order = list(version.questions.order_by("position", "pk"))
    here = next(place for place, one in enumerate(order) if one.pk == question_id)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    _number(version, order)
    _changed(version)
    record("questionnaire.edited", version.questionnaire, by=by, at=at, number=version.number)
    return version.questionnaire


@transaction.atomic
def translate(
    *,
    version_id: int,
    language: str,
    texts: Mapping[str, str],
    questions: Mapping[int, Mapping[str, Any]],
    by: Actor,
    at: datetime,
) -> Questionnaire:
    """Write its texts in one further language; what stays empty is shown in its own. All empty: the language goes.

    Translations may be mended while people are being asked: what is asked stays the same.
    """
    _kept(Version.objects.values_list("questionnaire_id", flat=True).get(pk=version_id), by=by)
    version = Version.objects.for_update().get(pk=version_id)
    rows: list[tuple[Version | Question, Mapping[str, Any]]] = [(version, texts)]
    rows += [(one, questions.get(one.pk, {})) for one in version.questions.order_by("pk")]
    filled = [(row, {name: value for name, value in given.items() if value}) for row, given in rows]
    is_empty = not any(given for _row, given in filled)
    for row, given in filled:
        there = {code: said for code, said in row.texts.items() if code != language}
        is_kept = given or (isinstance(row, Version) and not is_empty)
        row.texts = {**there, language: given} if is_kept else there
        row.save(update_fields=["texts"])
    _changed(version)
    record("questionnaire.translated", version.questionnaire, by=by, at=at, language=language)
    return version.questionnaire


@transaction.atomic
def publish(*, version_id: int, by: Actor, at: datetime) -> Questionnaire:
    """Take it into use: it never changes again, and the version before it asks nobody any more."""
    version = _draft(version_id, by=by)
    target = WORKFLOW.target(M.PUBLISH, of=version, by=by)
    facts = [queries.asked_facts(one) for one in version.questions.order_by("position", "pk")]
    refuse_if(rules.problems_with_publishing(facts))
    for earlier in version.questionnaire.versions.for_update().filter(state=S.PUBLISHED):
        earlier.state = WORKFLOW.target(M.RETIRE, of=earlier, by=by)
        earlier.save(update_fields=["state"])
    version.state, version.published_at = target, at
    version.save(update_fields=["state", "published_at"])
    record("questionnaire.published", version.questionnaire, by=by, at=at, number=version.number)
    return version.questionnaire


@transaction.atomic
def retire(*, questionnaire_id: int, by: Actor, at: datetime) -> Questionnaire:
    """Ask nobody with it any more; whoever was asked may still answer."""
    found = _kept(questionnaire_id, by=by)
    version = found.versions.for_update().filter(state=S.PUBLISHED).first()
    if version is None:
        refuse("not_in_use", N_("No version of it is in use."))
    version.state = WORKFLOW.target(M.RETIRE, of=version, by=by)
    version.save(update_fields=["state"])
    record("questionnaire.retired", found, by=by, at=at, number=version.number)
    return found


@transaction.atomic
def begin_version(*, questionnaire_id: int, by: Actor, at: datetime) -> Questionnaire:
    """A copy of the latest version, to be written anew; there is one draft at a time."""
    found = _kept(questionnaire_id, by=by)
    last = found.versions.order_by("-number")[0]
    if last.state == S.DRAFT:
        refuse(
            "draft_there",
            N_("A new version is being written already."),
            cure=N_("Go on with it."),
        )
    made = Version.objects.create(
        questionnaire=found,
        number=last.number + 1,
        language=last.language,
        title=last.title,
        lead=last.lead,
        thanks=last.thanks,
        texts=last.texts,
        created_at=at,
    )
    for question in last.questions.order_by("position", "pk"):
        question.pk, question.of = None, made
        question.save(force_insert=True)
    record("questionnaire.version_begun", found, by=by, at=at, number=made.number)
    return found


# ── Parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _fill(question: Question, details: Details) -> None:
    given = dict(details)
    if "choices" in given:
        given["choices"] = [{"key": key, "text": text} for key, text in details["choices"]]
    for name, value in given.items():
        setattr(question, name, dict(value) if name == "condition" else value)  # type: ignore[call-overload]


def _problems(question: Question, *, before: Sequence[Question]) -> list[Any]:
    facts = [queries.asked_facts(one) for one in before]
    return list(rules.problems_with_question(queries.asked_facts(question), before=facts))


def _before(question: Question) -> list[Question]:
    rows = Question.objects.filter(of=question.of_id, position__lt=question.position)
    return list(rows.order_by("position", "pk"))


def _free_key(text: str, *, taken: set[str]) -> str:
    stem = slugify(text)[: KEY_LENGTH - 4].strip("-") or "question"
    number = 1
    key = stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _number(version: Version, order: Sequence[Question] | None = None) -> None:
    rows = order if order is not None else version.questions.order_by("position", "pk")
    for position, one in enumerate(rows, start=1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
