"""A side's webinars, each kind of object once; `world.fill` calls it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.memberships.models import Membership
from landbridge.webinars import actions
from landbridge.webinars.states import S
from tests.factories.webinars import DETAILS, a_speaker


def hold_webinars(side: Any) -> None:
    """A series; a webinar being written, one announced with a listener and a question, one held."""
    things, at = side.things, side.at
    by = Actor(person_id=None, name="Landbridge", role=SYSTEM.role, programme_id=side.programme.pk)
    series = actions.begin_series(title=f"Markets of {side.name}", text="Whom to ask first.", by=by, at=at)
    things["webinar_series"] = series
    things["webinar_draft"] = _webinar(series.pk, by=by, side=side)
    shown = _webinar(series.pk, by=by, side=side)
    things["webinar"] = actions.publish(webinar_id=shown.pk, by=by, at=at)
    things["speaker"] = shown.speakers.get()
    person = (
        Membership.objects.filter(organisation=side.applicant)
        .select_related("person")
        .order_by("pk")[0]
        .person
    )
    own = actions.sign_up(webinar_id=shown.pk, person_id=person.pk, by=by, at=at)
    things["sign_up"] = own
    things["webinar_question"] = actions.ask(sign_up_id=own.pk, text="Who pays?", by=by, at=at)
    held = _webinar(series.pk, by=by, side=side)
    actions.publish(webinar_id=held.pk, by=by, at=at)
    there = actions.sign_up(webinar_id=held.pk, person_id=person.pk, by=by, at=at)
    things["webinar_held"] = actions.hold(webinar_id=held.pk, by=by, at=at + timedelta(days=8))
    actions.enter_minutes(sign_up_id=there.pk, minutes=55, by=by, at=at + timedelta(days=8))
    assert things["webinar_held"].state == S.HELD


def _webinar(series_id: int, *, by: Actor, side: Any) -> Any:
    starts = side.at + timedelta(days=7)
    details = {**DETAILS, "starts_at": starts, "ends_at": starts + timedelta(hours=1), "series_id": series_id}
    found = actions.draft(**details, by=by, at=side.at)
    a_speaker(found, by=by, at=side.at, name=f"Speaker of {side.name}")
    return found
