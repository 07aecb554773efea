"""Who was there: told by the provider's webhook, read from its table, or entered by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse
from landbridge.webinars import rules
from landbridge.webinars.actions._parts import _kept
from landbridge.webinars.models import Attendance, SignUp, Webinar
from landbridge.webinars.states import WORKFLOW, M, S, Signed, Source

MOST_MINUTES = 480


@transaction.atomic
def hold(*, webinar_id: int, by: Actor, at: datetime) -> Webinar:
    """It was held; nobody can sign up any more."""
    webinar = _kept(webinar_id, by=by)
    target = WORKFLOW.target(M.HOLD, of=webinar, by=by)
    if at < webinar.starts_at:
        refuse("not_begun", N_("It has not begun yet."), cure=N_("Call it off if it will not take place."))
    webinar.state, webinar.held_at = target, at
    webinar.save(update_fields=["state", "held_at"])
    record("webinar.held", webinar, by=by, at=at)
    return webinar


@transaction.atomic
def take_over(*, webinar_id: int, told: Sequence[rules.Told], by: Actor, at: datetime) -> Webinar:
    """Take presence from a table. The same line twice is one stretch; people who did not sign up are counted apart.

    Everybody who signed up and is not in the table was not there: zero minutes.
    """
    webinar = _kept(webinar_id, by=by)
    if webinar.state not in (S.PUBLISHED, S.HELD) or at < webinar.starts_at:
        refuse("not_begun", N_("It has not begun yet."), cure=N_("Hand the table over afterwards."))
    known = _keep_stretches(webinar, told, source=Source.CSV, at=at)
    absent = SignUp.objects.filter(webinar=webinar, state=Signed.SIGNED_UP, minutes__isnull=True)
    gone = absent.update(minutes=0, attendance_source=Source.CSV)
    strangers = len({one.email for one in told} - set(known))
    record(
        "webinar.presence_taken_over",
        webinar,
        by=by,
        at=at,
        lines=len(told),
        there=len(known),
        not_there=gone,
        strangers=strangers,
    )
    return webinar


@transaction.atomic
def tell_presence(*, webinar_id: int, told: Sequence[rules.Told], by: Actor, at: datetime) -> Webinar:
    """Keep what the provider's webhook told; told twice, it is one stretch."""
    webinar = _kept(webinar_id, by=by)
    known = _keep_stretches(webinar, told, source=Source.WEBHOOK, at=at)
    record("webinar.presence_told", webinar, by=by, at=at, lines=len(told), there=len(known))
    return webinar


def _keep_stretches(
    webinar: Webinar, told: Sequence[rules.Told], *, source: Source, at: datetime
) -> dict[str, SignUp]:
    """Write the stretches of those who signed up, and count their minutes anew."""
    addresses = {one.email for one in told}
    rows = SignUp.objects.for_update().filter(webinar=webinar).exclude(state=Signed.CANCELLED)
    known = {one.email: one for one in rows.order_by("pk") if one.email in addresses}
    stretches = [
        Attendance(
            sign_up=known[one.email],
            joined_at=one.joined_at,
            left_at=one.left_at,
            source=source,
            told_at=at,
        )
        for one in told
        if one.email in known
    ]
    Attendance.objects.bulk_create(stretches, ignore_conflicts=True, batch_size=500)
    kept: dict[int, list[rules.Stretch]] = {}
    there = Attendance.objects.filter(sign_up__webinar=webinar)
    for sign_up_id, joined, left in there.values_list("sign_up_id", "joined_at", "left_at"):
        kept.setdefault(sign_up_id, []).append(rules.Stretch(joined, left))
    for one in known.values():
        one.minutes = rules.minutes_of(
            kept.get(one.pk, []), starts_at=webinar.starts_at, ends_at=webinar.ends_at
        )
        one.attendance_source = source
    SignUp.objects.bulk_update(known.values(), ["minutes", "attendance_source"], batch_size=500)
    return known


@transaction.atomic
def enter_minutes(*, sign_up_id: int, minutes: int, by: Actor, at: datetime) -> SignUp:
    """Enter by hand how long somebody was there; that counts before what a table said."""
    found = SignUp.objects.visible_to(by).get(pk=sign_up_id)
    webinar = _kept(found.webinar_id, by=by)
    if at < webinar.starts_at:
        refuse("not_begun", N_("It has not begun yet."), cure=N_("Enter who was there afterwards."))
    if not 0 <= minutes <= MOST_MINUTES:
        refuse("minutes", N_("Give minutes from 0 to 480."), field="minutes")
    found.minutes, found.attendance_source = minutes, Source.ENTERED
    found.save(update_fields=["minutes", "attendance_source"])
    record("sign_up.minutes_entered", found, by=by, at=at, minutes=minutes)
    return found
