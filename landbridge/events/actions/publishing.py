"""An event before everybody's eyes: published, changed at the last minute, called off, over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.events import rules
from landbridge.events.actions._parts import _changed, _locked, _tell
from landbridge.events.models import Event, Notice
from landbridge.events.queries.grid import facts_of
from landbridge.events.queries.people import recipients_of_event
from landbridge.events.states import WORKFLOW, M, S
from landbridge.foundation import reasons
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if


@transaction.atomic
def publish(*, event_id: int, by: Actor, at: datetime) -> Event:
    """Everybody reads it from now on, and registers as soon as registration opens."""
    event = _locked(event_id, by=by, permission=P.EVENT_PUBLISH)
    target = WORKFLOW.target(M.PUBLISH, of=event, by=by)
    refuse_if(rules.problems_with_publication(facts_of(event), at=at))
    event.state, event.published_at = target, at
    _changed(event, "state", "published_at", by=by, at=at)
    record("event.published", event, by=by, at=at, starts_at=event.starts_at)
    return event


@transaction.atomic
def cancel(*, event_id: int, reason: str, by: Actor, at: datetime) -> Event:
    """It does not take place. Everyone who registered is told why; calendars strike it out."""
    event = _locked(event_id, by=by, permission=P.EVENT_PUBLISH)
    target = WORKFLOW.target(M.CANCEL, of=event, by=by)
    refuse_if(
        reasons.problems_with(
            reason, cure=N_("Everyone who registered reads it."), longest=rules.LONGEST_REASON
        )
    )
    was_published = event.state == S.PUBLISHED
    event.state, event.reason, event.ended_at = target, reason.strip(), at
    _changed(event, "state", "reason", "ended_at", by=by, at=at, in_calendars=True)
    people = recipients_of_event(event) if was_published else []
    told = _tell(
        "called_off", event, to=people, at=at, key=f"events/called_off|{event.pk}", reason=event.reason
    )
    record("event.cancelled", event, by=by, at=at, reason=event.reason, told=told)
    return event


@transaction.atomic
def end(*, event_id: int, by: Actor, at: datetime) -> Event:
    """It is over."""
    event = _locked(event_id, by=by)
    target = WORKFLOW.target(M.END, of=event, by=by)
    if at < event.ends_at:
        refuse(
            "event_not_over",
            N_("The event ends on %(moment)s."),
            cure=N_("It ends by itself then."),
            moment=event.ends_at,
        )
    event.state, event.ended_at = target, at
    event.save(update_fields=["state", "ended_at"])
    record("event.ended", event, by=by, at=at)
    return event


@transaction.atomic
def notify(*, event_id: int, subject: str, text: str, by: Actor, at: datetime) -> Notice:
    """Tell everyone who comes or wants to come of a change; it stands on the public page for a day."""
    event = _locked(event_id, by=by)
    if event.state != S.PUBLISHED:
        refuse(
            "nobody_to_notify",
            N_("Only of a published event is there somebody to tell."),
            cure=N_("Publish it first."),
        )
    refuse_if(reasons.problems_with(text, cure=N_("Say what changes."), longest=rules.LONGEST_NOTICE))
    notice = Notice.objects.create(
        event=event, subject=subject.strip(), text=text.strip(), sent_by_name=by.name[:150], sent_at=at
    )
    people = recipients_of_event(event)
    key = f"events/notice|{notice.pk}"
    notice.told = _tell("notice", event, to=people, at=at, key=key, subject=notice.subject, text=notice.text)
    notice.save(update_fields=["told"])
    record("event.notified", event, by=by, at=at, notice=notice.subject, told=notice.told)
    return notice
