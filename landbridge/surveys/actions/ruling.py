"""When a questionnaire goes out, and to whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction

from landbridge.calls.models import Call
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if
from landbridge.surveys import rules
from landbridge.surveys.actions._parts import _kept
from landbridge.surveys.models import Questionnaire, Rule


class Ruled(TypedDict, total=False):
    """What a rule says; `since` is the first day on which something had to happen."""

    trigger: str
    side: str
    after_months: int
    after_hours: int
    open_days: int
    since: date
    call_id: int | None


@transaction.atomic
def add_rule(*, questionnaire_id: int, by: Actor, at: datetime, **ruled: Unpack[Ruled]) -> Rule:
    """Send it by itself from now on. It holds for the questionnaire's programme; without one, for the network."""
    found = _kept(questionnaire_id, by=by)
    call_id = ruled.pop("call_id", None)
    call = Call.objects.visible_to(by).get(pk=call_id) if call_id else None
    made = Rule(
        questionnaire=found,
        programme=found.programme,
        call=call,
        created_by_name=by.name,
        created_at=at,
        **ruled,
    )
    refuse_if(rules.problems_with_rule(trigger=made.trigger, side=made.side, has_call=call is not None))
    made.save()
    record("survey_rule.added", made, by=by, at=at, questionnaire=found.pk)
    return made


@transaction.atomic
def pause_rule(*, rule_id: int, by: Actor, at: datetime) -> Questionnaire:
    """Let it ask nobody more, for the time being; letters that wait for their day still leave."""
    return _switch(rule_id, is_active=False, event="survey_rule.paused", by=by, at=at)


@transaction.atomic
def resume_rule(*, rule_id: int, by: Actor, at: datetime) -> Questionnaire:
    """Let it ask again, also about what happened meanwhile."""
    return _switch(rule_id, is_active=True, event="survey_rule.resumed", by=by, at=at)


def _switch(rule_id: int, *, is_active: bool, event: str, by: Actor, at: datetime) -> Questionnaire:
    found = _kept(Rule.objects.values_list("questionnaire_id", flat=True).get(pk=rule_id), by=by)
    rule = Rule.objects.for_update().get(pk=rule_id)
    if rule.is_active != is_active:
        rule.is_active = is_active
        rule.save(update_fields=["is_active"])
        record(event, rule, by=by, at=at, questionnaire=found.pk)
    return found
