"""In which phase an event is, as far as its dates and its state tell."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from landbridge.events.states import S
from landbridge.foundation.problems import N_

FOLLOWED_UP = timedelta(days=14)


class Phase(StrEnum):
    """From its preparation to the day on which nothing is left to do. `requests` and `published` are of the meetings."""

    PREPARATION = "preparation"
    REGISTRATION = "registration"
    REQUESTS = "requests"
    SCHEDULING = "scheduling"
    PUBLISHED = "published"
    LIVE = "live"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return PHASE_NAMES[self]


PHASE_NAMES = {
    Phase.PREPARATION: N_("Preparation"),
    Phase.REGISTRATION: N_("Registration"),
    Phase.REQUESTS: N_("Requests for meetings"),
    Phase.SCHEDULING: N_("Making the timetable"),
    Phase.PUBLISHED: N_("Timetable published"),
    Phase.LIVE: N_("Takes place"),
    Phase.FOLLOW_UP: N_("Follow-up"),
    Phase.CLOSED: N_("Closed"),
}


def phase_at(
    at: datetime,
    *,
    state: str,
    opens_at: datetime,
    closes_at: datetime,
    starts_at: datetime,
    ends_at: datetime,
) -> Phase:
    """Preparation until registration opens, then by the dates; an event that was called off is closed at once."""
    if state == S.CANCELLED:
        return Phase.CLOSED
    if at >= ends_at:
        return Phase.FOLLOW_UP if at < ends_at + FOLLOWED_UP and state != S.DRAFT else Phase.CLOSED
    if state == S.DRAFT or at < min(opens_at, starts_at):
        return Phase.PREPARATION
    if at >= starts_at:
        return Phase.LIVE
    return Phase.REGISTRATION if at < closes_at else Phase.SCHEDULING
