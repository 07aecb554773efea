"""Letters that go out by themselves: asked once, reminded twice, and then left in peace."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.messages.spoken import spoken
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.surveys import queries, rules
from landbridge.surveys.actions._parts import _require, _write_to
from landbridge.surveys.models import Rule, Sheet, Version
from landbridge.surveys.queries.happenings import Happening
from landbridge.surveys.states import OPEN, SHEET_WORKFLOW, S, SheetMove, Trigger


@transaction.atomic
def ask(*, rule_id: int, by: Actor, at: datetime) -> Rule:
    """Make a sheet for everybody whom the rule asks now; its letter leaves when the address is free. Twice is once."""
    _require(P.SURVEY_EDIT, by=by)
    rule = Rule.objects.for_update().select_related("questionnaire", "call__phase").get(pk=rule_id)
    version = Version.objects.filter(questionnaire_id=rule.questionnaire_id, state=S.PUBLISHED).first()
    if version is None or not rule.is_active:
        return rule
    made = [
        _sheet(rule, version, one, due_at=due)
        for one, due in queries.due_of(rule, at=at)
        if one.person and not queries.wants_peace(one.person.email)
    ]
    before = Sheet.objects.filter(rule=rule).count()
    Sheet.objects.bulk_create(made, batch_size=200, ignore_conflicts=True)
    count = Sheet.objects.filter(rule=rule).count() - before
    if count:
        record("survey_rule.asked", rule, by=by, at=at, sheets=count)
    return rule


def _sheet(rule: Rule, version: Version, one: Happening, *, due_at: datetime) -> Sheet:
    person = one.person
    assert person is not None  # noqa: S101 - `due_of` leaves out what nobody can be asked about
    return Sheet(
        rule=rule,
        of=version,
        programme_id=one.programme_id or rule.programme_id,
        region_id=one.region_id,
        organisation_id=one.organisation_id,
        side=rule.side,
        trigger=rule.trigger,
        about_table=one.table,
        about_id=one.pk,
        about_name=one.name,
        happened_on=one.on,
        months=rule.after_months,
        name=(person.name or person.email)[:120],
        email=person.email.strip().lower(),
        language=spoken(person.language),
        is_comparison=rule.trigger == Trigger.APPLICATION_REJECTED,
        due_at=due_at,
        closes_at=due_at + timedelta(days=rule.open_days),
        is_demonstration=one.is_demonstration or rule.questionnaire.is_demonstration,
    )


@transaction.atomic
def send(*, sheet_id: int, by: Actor, at: datetime) -> Sheet:
    """Write the letter; from now on the link opens. Whoever had a letter within a week waits."""
    sheet = Sheet.objects.visible_to(by).for_update().get(pk=sheet_id)
    target = SHEET_WORKFLOW.target(SheetMove.SEND, of=sheet, by=by)
    if queries.written_lately([sheet.email], at=at, but=sheet.pk) or queries.wants_peace(sheet.email):
        return sheet
    days = sheet.rule.open_days if sheet.rule else (sheet.closes_at - sheet.due_at).days
    sheet.state, sheet.sent_at, sheet.closes_at = target, at, at + timedelta(days=days)
    sheet.save(update_fields=["state", "sent_at", "closes_at"])
    record("sheet.sent", sheet, by=by, at=at)
    _write_to(sheet, _letter_of(sheet), at=at)
    return sheet


def _letter_of(sheet: Sheet) -> str:
    if sheet.is_comparison:
        return "comparison"
    return "baseline" if sheet.trigger == Trigger.APPLICATION_SUBMITTED else "asked"


@transaction.atomic
def remind(*, sheet_id: int, by: Actor, at: datetime) -> Sheet:
    """Ask once more, and a last time; never after an answer, a no or the end."""
    sheet = Sheet.objects.visible_to(by).for_update().get(pk=sheet_id)
    _require(P.SURVEY_EDIT, by=by)
    is_due = sheet.sent_at is not None and rules.is_to_be_reminded(
        sent_at=sheet.sent_at, reminders=sheet.reminders, closes_at=sheet.closes_at, at=at
    )
    if sheet.state not in OPEN or not is_due or queries.wants_peace(sheet.email):
        return sheet
    if queries.written_lately([sheet.email], at=at, but=sheet.pk):
        return sheet
    sheet.reminders += 1
    sheet.reminded_at = at
    sheet.save(update_fields=["reminders", "reminded_at"])
    record("sheet.reminded", sheet, by=by, at=at, reminder=sheet.reminders)
    _write_to(sheet, "reminded", at=at)
    return sheet


@transaction.atomic
def lapse(*, sheet_id: int, by: Actor, at: datetime) -> Sheet:
    """The time is over; what was answered until then counts."""
    sheet = Sheet.objects.visible_to(by).for_update().get(pk=sheet_id)
    if sheet.closes_at > at:
        return sheet
    sheet.state = SHEET_WORKFLOW.target(SheetMove.LAPSE, of=sheet, by=by)
    sheet.ended_at = at
    sheet.save(update_fields=["state", "ended_at"])
    record("sheet.lapsed", sheet, by=by, at=at)
    return sheet
