"""How the meetings of an event go: when people ask, how much wishes weigh, where people meet online, who opens a screen."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from landbridge.events.models import Event
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.meetings.actions._versions import _opened
from landbridge.meetings.models import MeetingRules
from landbridge.meetings.rules import planning
from landbridge.meetings.rules.weighing import Weights


@transaction.atomic
def set_rules(
    *,
    event_id: int,
    asking: planning.Asking,
    weights: Weights,
    may_book_oneself: bool = False,
    silent_are_there: bool = False,
    link_pattern: str = "",
    by: Actor,
    at: datetime,
) -> MeetingRules:
    """Set the rules of an event's meetings, for the first time or anew; what was asked before keeps its state."""
    if not by.may(P.MEETING_PLAN):
        raise NotAllowed(P.MEETING_PLAN)
    event = Event.objects.kept_by(by).for_update().get(pk=event_id)
    link_pattern = link_pattern.strip()
    refuse_if(
        [
            *planning.problems_with_asking(asking, event_ends_at=event.ends_at),
            *planning.problems_with_weights(weights),
            *planning.problems_with_link_pattern(link_pattern),
        ]
    )
    found, _ = MeetingRules.objects.for_update().update_or_create(
        event=event,
        defaults={
            **_columns(asking, weights),
            "may_book_oneself": may_book_oneself,
            "silent_are_there": silent_are_there,
            "link_pattern": link_pattern,
        },
    )
    record(
        "meeting_rules.set",
        event,
        by=by,
        at=at,
        requests_open_at=asking.opens_at,
        requests_close_at=asking.closes_at,
        weights=[str(weight) for weight in (weights.must, weights.high, weights.medium, weights.low)],
        mutual=weights.mutual,
        cross_border=weights.cross_border,
        may_book_oneself=may_book_oneself,
    )
    return found


@transaction.atomic
def renew_screen_key(*, event_id: int, is_open: bool = True, by: Actor, at: datetime) -> MeetingRules:
    """A new address for the screens of the rooms; the old one no longer opens. With `is_open` false there is none."""
    event, rules = _opened(event_id, by=by)
    rules.screen_key = secrets.token_urlsafe(24) if is_open else ""
    rules.save(update_fields=["screen_key"])
    record("meeting_rules.screen_key_renewed", event, by=by, at=at, is_open=is_open)
    return rules


def _columns(asking: planning.Asking, weights: Weights) -> dict[str, object]:
    return {
        "requests_open_at": asking.opens_at,
        "requests_close_at": asking.closes_at,
        "most_requests": asking.most_requests,
        "most_meetings": asking.most_meetings,
        "high_share_percent": asking.high_share_percent,
        "days_to_answer": asking.days_to_answer,
        "weight_must": weights.must,
        "weight_high": weights.high,
        "weight_medium": weights.medium,
        "weight_low": weights.low,
        "weight_mutual": weights.mutual,
        "weight_cross_border": weights.cross_border,
    }
