"""Edits that anyone suggests; whoever keeps the record takes them over or declines them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from landbridge.catalogue import queries, rules
from landbridge.catalogue.actions.letters import tell_organisation
from landbridge.catalogue.actions.writing import edit, lock
from landbridge.catalogue.models import Record, Suggestion
from landbridge.foundation import reasons
from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if


@transaction.atomic
def suggest(
    *, record_id: int, values: Mapping[str, str], remark: str, email: str = "", by: Actor, at: datetime
) -> Suggestion:
    """Keep what somebody says should be changed about a public record; nothing changes before its keeper agrees."""
    record = Record.objects.public().select_related("organisation", "region").for_update().get(pk=record_id)
    before = queries.values_of(record)
    differences = {
        name: value.strip()
        for name, value in values.items()
        if name in rules.SUGGESTED_FIELDS and value.strip() != before[name]
    }
    refuse_if(rules.problems_with_values({**before, **differences}))
    waiting = Suggestion.objects.filter(record=record, decided_at__isnull=True).count()
    refuse_if(rules.problems_with_suggestion(differences=differences, remark=remark, waiting=waiting))
    suggestion = Suggestion.objects.create(
        record=record, values=differences, remark=remark.strip(), email=email.strip(), suggested_at=at
    )
    write_down("suggestion.made", record, by=by, at=at, fields=sorted(differences))
    tell_organisation("catalogue/suggestion", record, at=at, remark=suggestion.remark)
    return suggestion


@transaction.atomic
def accept_suggestion(*, suggestion_id: int, by: Actor, at: datetime) -> Suggestion:
    """Take the suggested values over, and count the suggestion as accepted. The record is edited, not confirmed."""
    suggestion = _locked(suggestion_id, by=by)
    edit(record_id=suggestion.record_id, values=suggestion.values, confirms=False, by=by, at=at)
    return _decide(suggestion, was_accepted=True, reason="", by=by, at=at)


@transaction.atomic
def decline_suggestion(*, suggestion_id: int, reason: str, by: Actor, at: datetime) -> Suggestion:
    """Leave the record as it is, and say why."""
    suggestion = _locked(suggestion_id, by=by)
    cure = N_("Say why in a sentence; it stays on the record.")
    refuse_if(reasons.problems_with(reason, cure=cure, longest=rules.LONGEST_REASON))
    return _decide(suggestion, was_accepted=False, reason=reason.strip(), by=by, at=at)


def _locked(suggestion_id: int, *, by: Actor) -> Suggestion:
    if not by.may(P.RECORD_EDIT):
        raise NotAllowed(P.RECORD_EDIT)
    kept = Record.objects.kept_by(by).values("pk")
    record_id = Suggestion.objects.values_list("record_id", flat=True).get(pk=suggestion_id, record__in=kept)
    lock(record_id, P.RECORD_EDIT, by=by)
    suggestion = Suggestion.objects.for_update().get(pk=suggestion_id)
    if suggestion.decided_at is not None:
        refuse("decided_already", N_("Somebody has decided on this suggestion already."))
    return suggestion


def _decide(
    suggestion: Suggestion, *, was_accepted: bool, reason: str, by: Actor, at: datetime
) -> Suggestion:
    suggestion.was_accepted, suggestion.decided_at = was_accepted, at
    suggestion.decided_by_name, suggestion.reason = by.name, reason
    suggestion.save(update_fields=["was_accepted", "decided_at", "decided_by_name", "reason"])
    event = "suggestion.accepted" if was_accepted else "suggestion.declined"
    write_down(event, suggestion.record, by=by, at=at, reason=reason)
    return suggestion
