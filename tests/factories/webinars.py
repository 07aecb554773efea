"""Webinars in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.webinars import actions
from landbridge.webinars.models import SignUp, Speaker, Webinar
from landbridge.webinars.states import S

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)  # a Monday, 11:00 in Brussels
STARTS = AT + timedelta(days=7)
ENDS = STARTS + timedelta(hours=1)
AFTER = ENDS + timedelta(hours=1)
DETAILS: dict[str, Any] = {
    "series_id": None,
    "title": "Entering the Danish market",
    "summary": "Who pays for diagnostics in Denmark, and whom to ask first.",
    "description": "For companies with a first product.",
    "language": "en",
    "time_zone": "Europe/Brussels",
    "starts_at": STARTS,
    "ends_at": ENDS,
    "capacity": None,
    "join_link": "https://webinar.example/danish-market",
    "contact_email": "events@lead.example",
    "certificate_minutes": 30,
    "will_be_recorded": True,
}
SPEAKS: dict[str, Any] = {
    "name": "Sofie Invented",
    "email": "sofie@market.example",
    "job_title": "Market analyst",
    "organisation_name": "Invented Insights",
    "about": "",
}


def a_webinar(state: S = S.PUBLISHED, *, by: Actor = SYSTEM, at: datetime = AT, **changes: Any) -> Webinar:
    """With one speaker; announced unless another state is wanted."""
    found = actions.draft(**{**DETAILS, **changes}, by=by, at=at)
    a_speaker(found, by=by, at=at)
    if state in (S.PUBLISHED, S.HELD):
        found = actions.publish(webinar_id=found.pk, by=by, at=at)
    if state == S.HELD:
        found = actions.hold(webinar_id=found.pk, by=by, at=found.ends_at)
    if state == S.CANCELLED:
        found = actions.cancel(webinar_id=found.pk, reason="The speaker is ill.", by=by, at=at)
    return found


def a_speaker(webinar: Webinar, *, by: Actor = SYSTEM, at: datetime = AT, **changes: Any) -> Speaker:
    """Somebody who speaks, not asked for consent yet."""
    return actions.add_speaker(webinar_id=webinar.pk, **{**SPEAKS, **changes}, by=by, at=at)


def a_sign_up(webinar: Webinar, actor: Actor, *, at: datetime = AT) -> SignUp:
    """Somebody who wants to listen."""
    return actions.sign_up(webinar_id=webinar.pk, by=actor, at=at)
