"""Preparing, publishing, extending and ending calls. Publication freezes everything an applicant can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from landbridge.calls import queries, rules, standard_form
from landbridge.calls.models import Call, Criterion, Extension, Offer, Question
from landbridge.calls.rules import Window
from landbridge.calls.standard_form import CriterionDraft, QuestionDraft
from landbridge.calls.states import WORKFLOW, M, S
from landbridge.foundation.audit.record import record
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, Problem, refuse_if
from landbridge.programmes.models import Incentive, Phase, Programme

COPIED = ("name", "purpose", "basis", "legal_basis", "evidence", "validity_months", "extension_months")


@transaction.atomic
def create(
    *,
    phase: Phase,
    title: str,
    summary: str,
    window: Window,
    by: Actor,
    at: datetime,
    copy_of: Call | None = None,
    **about: str,
) -> Call:
    """Begin to prepare a call; its number is the next of the phase.

    `copy_of` gives it an earlier call's guidance, offers, criteria and questions; else it starts from the standard
    form and criteria and without offers. `about` may hold guidance, selection_mode and contact_email.
    """
    if not by.may(P.CALL_EDIT) or not Programme.objects.edited_by(by).filter(pk=phase.programme_id).exists():
        raise NotAllowed(P.CALL_EDIT)
    refuse_if(rules.window_problems(window))
    Phase.objects.for_update().get(pk=phase.pk)
    last = Call.objects.filter(phase=phase).order_by("-number").values_list("number", flat=True).first()
    given = {"contact_email": phase.programme.contact_email}
    if copy_of is not None:
        given |= {name: getattr(copy_of, name) for name in ("guidance", "selection_mode", "contact_email")}
    call = Call(
        phase=phase,
        number=(last or 0) + 1,
        title=title,
        summary=summary,
        **asdict(window),
        **{**given, **about},
    )
    call.save()
    _fill(call, copy_of)
    record("call.created", call, by=by, at=at, number=call.number, copy_of=str(copy_of) if copy_of else None)
    return call


@transaction.atomic
def edit(
    *,
    call_id: int,
    by: Actor,
    at: datetime,
    window: Window | None = None,
    version: int | None = None,
    **about: Any,
) -> Call:
    """Change a draft: its window, or title, summary, guidance, selection_mode, contact_email, asks_for_event_id."""
    call = _draft(call_id, by=by, version=version)
    changes = {**about, **(asdict(window) if window else {})}
    if window is not None:
        refuse_if(rules.window_problems(window))
    for name, value in changes.items():
        setattr(call, name, value)
    return _saved(call, "call.edited", by=by, at=at, what=sorted(changes))


@transaction.atomic
def set_offers(
    *, call_id: int, caps: Mapping[Incentive, Money], by: Actor, at: datetime, version: int | None = None
) -> Call:
    """Offer exactly these incentives, each with its cap in this call (at most the incentive's own)."""
    call = _draft(call_id, by=by, version=version)
    refuse_if(problem for incentive, cap in caps.items() for problem in _cap_problems(call, incentive, cap))
    Offer.objects.filter(call=call).delete()
    Offer.objects.bulk_create(_offer(call, incentive, cap) for incentive, cap in caps.items())
    what = [f"{incentive.name}: {cap}" for incentive, cap in caps.items()]
    return _saved(call, "call.offers_set", by=by, at=at, what=what)


@transaction.atomic
def set_criteria(
    *, call_id: int, criteria: Sequence[CriterionDraft], by: Actor, at: datetime, version: int | None = None
) -> Call:
    """Judge by exactly these criteria, in this order."""
    call = _draft(call_id, by=by, version=version)
    refuse_if(_criteria_problems(criteria))
    Criterion.objects.filter(call=call).delete()
    _add_criteria(call, criteria)
    what = [f"{one.name}: {one.points}" for one in criteria]
    return _saved(call, "call.criteria_set", by=by, at=at, what=what)


@transaction.atomic
def set_questions(
    *, call_id: int, questions: Sequence[QuestionDraft], by: Actor, at: datetime, version: int | None = None
) -> Call:
    """Ask exactly these questions, in this order."""
    call = _draft(call_id, by=by, version=version)
    keys = [one.key for one in questions]
    for number, one in enumerate(questions):
        refuse_if(_question_problems(one, others=frozenset(keys[:number])))
    Question.objects.filter(call=call).delete()
    _add_questions(call, questions)
    return _saved(call, "call.questions_set", by=by, at=at, what=keys)


@transaction.atomic
def put_question(
    *,
    call_id: int,
    question: QuestionDraft,
    by: Actor,
    at: datetime,
    question_id: int | None = None,
    version: int | None = None,
) -> Call:
    """Change one question, or add one (without `question_id`) at the end of its section."""
    call = _draft(call_id, by=by, version=version)
    rows = queries.questions_of(call)
    others = [row for row in rows if row.pk != question_id]
    refuse_if(_question_problems(question, others=frozenset(row.key for row in others)))
    refuse_if(_too_many(len(others)))
    old = next((row for row in rows if row.pk == question_id), None)
    new = _question(call, question, position=old.position if old else 0)
    if old is not None and old.section == question.section:
        new.pk = old.pk
        new.save(force_update=True)
    else:
        if old is not None:
            old.delete()
        new.save()
        same = [number for number, row in enumerate(others) if row.section == question.section]
        _renumber([*others[: same[-1] + 1], new, *others[same[-1] + 1 :]] if same else [*others, new])
    return _saved(call, "call.question_put", by=by, at=at, what=[question.key])


@transaction.atomic
def remove_question(
    *, call_id: int, question_id: int, by: Actor, at: datetime, version: int | None = None
) -> Call:
    """Ask one question less."""
    call = _draft(call_id, by=by, version=version)
    question = Question.objects.get(call=call, pk=question_id)
    question.delete()
    return _saved(call, "call.question_removed", by=by, at=at, what=[question.key])


@transaction.atomic
def move_question(
    *, call_id: int, question_id: int, up: bool, by: Actor, at: datetime, version: int | None = None
) -> Call:
    """Move one question by one place; at either end it stays."""
    call = _draft(call_id, by=by, version=version)
    rows = queries.questions_of(call)
    here = next(number for number, row in enumerate(rows) if row.pk == question_id)
    there = min(max(here - 1 if up else here + 1, 0), len(rows) - 1)
    rows[here], rows[there] = rows[there], rows[here]
    _renumber(rows)
    return _saved(call, "call.question_moved", by=by, at=at, what=[rows[there].key])


@transaction.atomic
def publish(*, call_id: int, by: Actor, at: datetime) -> Call:
    """Publish the call and freeze it: offers copy their incentive's terms, all terms are kept with their SHA-256.

    Refused until it is complete, with every problem and its cure (`rules.problems_with`).
    """
    call = _locked(call_id, by=by)
    target = WORKFLOW.target(M.PUBLISH, of=call, by=by)
    refuse_if(rules.problems_with(queries.facts_of(call), at=at))
    for offer in queries.offers_of(call):
        for name in COPIED:
            setattr(offer, name, getattr(offer.incentive, name))
        offer.save()
    call.state, call.published_at = target, at
    call.terms = queries.content_of(call)
    call.terms_hash = queries.hash_of(call.terms)
    return _saved(call, "call.published", by=by, at=at, terms_hash=call.terms_hash)


@transaction.atomic
def extend(*, call_id: int, closes_at: datetime, reason: str, by: Actor, at: datetime) -> Extension:
    """Give applicants more time: the one change to a published call, kept beside its frozen terms."""
    call = _locked(call_id, by=by)
    call.state = WORKFLOW.target(M.EXTEND, of=call, by=by)
    refuse_if(rules.extension_problems(closes_at=call.closes_at, new=closes_at, reason=reason, at=at))
    extension = Extension.objects.create(
        call=call,
        was_closing_at=call.closes_at,
        closes_at=closes_at,
        reason=reason[:500],
        person_id=by.person_id,
        person_name=by.name[:150],
        at=at,
    )
    call.closes_at = closes_at
    _saved(call, "call.extended", by=by, at=at, until=closes_at, reason=extension.reason)
    return extension


@transaction.atomic
def cancel(*, call_id: int, reason: str, by: Actor, at: datetime) -> Call:
    """Call it off, with the reason that applicants read."""
    call = _locked(call_id, by=by)
    target = WORKFLOW.target(M.CANCEL, of=call, by=by)
    refuse_if(rules.reason_problems(reason))
    call.state, call.ended_at, call.cancellation = target, at, reason[:500]
    return _saved(call, "call.cancelled", by=by, at=at, reason=call.cancellation)


@transaction.atomic
def finish(*, call_id: int, by: Actor, at: datetime) -> Call:
    """Close the books on a call once its window has passed and everything is decided."""
    call = _locked(call_id, by=by)
    target = WORKFLOW.target(M.FINISH, of=call, by=by)
    refuse_if(rules.finishing_problems(closes_at=call.closes_at, at=at))
    call.state, call.ended_at = target, at
    return _saved(call, "call.finished", by=by, at=at)


def _locked(call_id: int, *, by: Actor) -> Call:
    return Call.objects.edited_by(by).select_related("phase__programme").for_update().get(pk=call_id)


def _draft(call_id: int, *, by: Actor, version: int | None) -> Call:
    """The call, locked, while it may still be edited, and as the editor saw it."""
    if not by.may(P.CALL_EDIT):
        raise NotAllowed(P.CALL_EDIT)
    call = _locked(call_id, by=by)
    if call.state != S.DRAFT:
        refuse_if([FROZEN])
    if version is not None and version != call.version:
        refuse_if([STALE])
    return call


FROZEN = Problem(
    code="frozen",
    message=N_("The call is published: what applicants read does not change any more."),
    cure=N_("Extend its closing time, or cancel it and prepare another as a copy."),
)
STALE = Problem(
    code="stale",
    message=N_("Somebody else changed this call while you were writing."),
    cure=N_("What you typed is still here. Open the call in a second window, compare, then send this again."),
)


def _saved(call: Call, event: str, *, by: Actor, at: datetime, **details: Any) -> Call:
    call.version += 1
    call.save()
    record(event, call, by=by, at=at, **details)
    return call


def _fill(call: Call, copy_of: Call | None) -> None:
    """Give a new call its first offers, criteria and questions."""
    if copy_of is None:
        _add_criteria(call, standard_form.CRITERIA)
        _add_questions(call, standard_form.QUESTIONS)
        return
    caps = {offer.incentive.key: offer.cap_eur for offer in queries.offers_of(copy_of)}
    for incentive in Incentive.objects.filter(phase=call.phase, key__in=caps).order_by("pk"):
        _offer(call, incentive, min(caps[incentive.key], incentive.cap_eur)).save()
    for rows in (queries.criteria_of(copy_of), queries.questions_of(copy_of)):
        for row in rows:
            row.pk, row.call = None, call
            row.save(force_insert=True)


def _cap_problems(call: Call, incentive: Incentive, cap: Money) -> list[Problem]:
    field = f"cap_{incentive.pk}"
    if incentive.phase_id != call.phase_id:
        return [Problem("other_phase", N_("This incentive belongs to another phase."), field=field)]
    if not Money(0) < cap <= incentive.cap_eur:
        return [
            Problem(
                code="cap_too_high",
                message=N_("The cap lies between €0.01 and the incentive's own cap of %(most)s."),
                cure=N_("Write a lower amount."),
                field=field,
                params={"most": incentive.cap_eur},
            )
        ]
    return []


def _offer(call: Call, incentive: Incentive, cap: Money) -> Offer:
    copied = {name: getattr(incentive, name) for name in COPIED}
    return Offer(call=call, incentive=incentive, cap_eur=cap, **copied)


def _criteria_problems(criteria: Sequence[CriterionDraft]) -> list[Problem]:
    names = [one.name.casefold() for one in criteria]
    if len(set(names)) != len(names):
        return [Problem("same_name", N_("Two criteria have the same name."), N_("Give each its own name."))]
    return []


def _add_criteria(call: Call, criteria: Sequence[CriterionDraft]) -> None:
    Criterion.objects.bulk_create(
        Criterion(
            call=call,
            position=number,
            name=one.name,
            description=one.description,
            points=one.points,
            threshold=one.threshold,
        )
        for number, one in enumerate(criteria, start=1)
    )


def _question_problems(question: QuestionDraft, *, others: frozenset[str]) -> list[Problem]:
    found = rules.question_problems(
        key=question.key,
        kind=question.kind,
        longest=question.longest,
        choices=question.choices,
        other_keys=others,
    )
    return list(found)


def _too_many(others: int) -> list[Problem]:
    if others >= rules.MOST_QUESTIONS:
        return [
            Problem(
                code="too_many_questions",
                message=N_("A form asks at most %(most)s questions."),
                cure=N_("Take one out first: every question costs every applicant time."),
                params={"most": rules.MOST_QUESTIONS},
            )
        ]
    return []


def _question(call: Call, draft: QuestionDraft, *, position: int) -> Question:
    return Question(
        call=call,
        position=position,
        section=draft.section,
        key=draft.key,
        kind=draft.kind,
        label=draft.label,
        help_text=draft.help_text,
        is_required=draft.is_required,
        longest=draft.longest,
        choices=list(draft.choices),
    )


def _add_questions(call: Call, questions: Sequence[QuestionDraft]) -> None:
    Question.objects.bulk_create(
        _question(call, one, position=number) for number, one in enumerate(questions, start=1)
    )


def _renumber(questions: Sequence[Question]) -> None:
    for number, question in enumerate(questions, start=1):
        if question.position != number:
            question.position = number
            question.save(update_fields=["position"])
