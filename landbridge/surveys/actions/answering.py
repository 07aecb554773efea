"""What whoever holds the link does: answer, change, finish, decline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.surveys import queries, rules
from landbridge.surveys.models import Answer, Baseline, Refusal, Sheet
from landbridge.surveys.states import SHEET_WORKFLOW, Asks, Measure, Sheeted, SheetMove, Trigger


class Given(TypedDict, total=False):
    """What was said to one question; nothing at all takes an earlier answer back."""

    number: Decimal | None
    chosen: Sequence[str]
    text: str


@transaction.atomic
def answer(*, sheet_id: int, key: str, by: Actor, at: datetime, **given: Unpack[Given]) -> Sheet:
    """Say something to one question, or take back what one had said. It is kept at once."""
    sheet = _open(sheet_id, by=by, at=at)
    question = sheet.of.questions.get(key=key)
    number, chosen, text = given.get("number"), list(given.get("chosen", ())), given.get("text", "").strip()
    keys = [one["key"] for one in question.choices]
    refuse_if(
        rules.problems_with_answer(question.asks, number=number, chosen=chosen, text=text, choices=keys)
    )
    found = Answer.objects.for_update().filter(sheet=sheet, question=question).first()
    if number is None and not chosen and not text:
        if found is not None:
            found.delete()
            record("sheet.answered", sheet, by=by, at=at)
        return sheet
    if sheet.state == Sheeted.SENT:
        sheet.state, sheet.begun_at = SHEET_WORKFLOW.target(SheetMove.BEGIN, of=sheet, by=by), at
        sheet.save(update_fields=["state", "begun_at"])
        record("sheet.begun", sheet, by=by, at=at)
    if found is None:
        Answer.objects.create(
            sheet=sheet, question=question, number=number, chosen=chosen, text=text, answered_at=at
        )
        record("sheet.answered", sheet, by=by, at=at)
    elif (found.number, found.chosen, found.text) != (number, chosen, text):
        found.number, found.chosen, found.text, found.changed_at = number, chosen, text, at
        found.save(update_fields=["number", "chosen", "text", "changed_at"])
        record("sheet.answered", sheet, by=by, at=at)
    return sheet


@transaction.atomic
def finish(*, sheet_id: int, by: Actor, at: datetime) -> Sheet:
    """That is all; until the end one may come back and change it. Answers to questions that no longer come go.

    Finishing the sheet of an application records the company's baseline from what it said.
    """
    sheet = _open(sheet_id, by=by, at=at)
    lines = queries.filled(sheet).lines
    if not any(said for _question, said in lines):
        refuse(
            "nothing_said",
            N_("You have not answered anything yet."),
            cure=N_("Answer at least one question, or say that you do not want to answer."),
        )
    Answer.objects.filter(sheet=sheet).exclude(
        question__in=[question.pk for question, _said in lines]
    ).delete()
    if sheet.state != Sheeted.DONE:
        sheet.state, sheet.ended_at = SHEET_WORKFLOW.target(SheetMove.FINISH, of=sheet, by=by), at
        sheet.save(update_fields=["state", "ended_at"])
        record("sheet.finished", sheet, by=by, at=at)
        _keep_baseline(sheet, by=by, at=at)
    return sheet


@transaction.atomic
def decline(*, sheet_id: int, by: Actor, at: datetime, never_again: bool = False) -> Sheet:
    """Not this time, or never again: what was answered is deleted, and no reminder follows.

    Of an address that is never to be asked again only a hash is kept.
    """
    sheet = Sheet.objects.visible_to(by).for_update().get(pk=sheet_id)
    if never_again:
        Refusal.objects.get_or_create(address_hash=rules.hash_of(sheet.email), defaults={"refused_at": at})
        _drop_waiting(sheet.email, by=by, at=at)
        record("sheet.refused_for_ever", sheet, by=by, at=at)
    if sheet.state not in (Sheeted.SENT, Sheeted.BEGUN):
        return sheet
    sheet.state = SHEET_WORKFLOW.target(SheetMove.DECLINE, of=sheet, by=by)
    sheet.ended_at = at
    sheet.save(update_fields=["state", "ended_at"])
    Answer.objects.filter(sheet=sheet).delete()
    record("sheet.declined", sheet, by=by, at=at)
    return sheet


def _open(sheet_id: int, *, by: Actor, at: datetime) -> Sheet:
    sheet = Sheet.objects.visible_to(by).select_related("of").for_update().get(pk=sheet_id)
    refuse_if(rules.problems_with_time(is_open=queries.is_open(sheet, at=at)))
    return sheet


def _drop_waiting(email: str, *, by: Actor, at: datetime) -> None:
    """What waited for its day is not sent any more, and so was never asked."""
    for sheet in Sheet.objects.for_update().filter(email=email, state=Sheeted.WAITING).order_by("pk"):
        record("sheet.dropped", sheet, by=by, at=at)
        sheet.delete()


def _keep_baseline(sheet: Sheet, *, by: Actor, at: datetime) -> None:
    if sheet.trigger != Trigger.APPLICATION_SUBMITTED or sheet.organisation_id is None:
        return
    rows = Answer.objects.filter(sheet=sheet, question__asks__in=[Asks.NUMBER, Asks.MONEY])
    said = {row.question.measure: row.number for row in rows.select_related("question").order_by("pk")}
    jobs, turnover, markets = (said.get(one) for one in (Measure.JOBS, Measure.TURNOVER, Measure.MARKETS))
    if jobs is None and turnover is None and markets is None:
        return
    made = Baseline.objects.create(
        organisation_id=sheet.organisation_id,
        on=at.date(),
        jobs=jobs,
        turnover_eur=None if turnover is None else int(turnover),
        markets=None if markets is None else int(markets),
        evidence=sheet.of.title[: rules.LONGEST_EVIDENCE],
        recorded_by_name=sheet.name[:150],
        recorded_at=at,
        is_demonstration=sheet.is_demonstration,
    )
    record("baseline.recorded", made, by=by, at=at, sheet=sheet.pk)
