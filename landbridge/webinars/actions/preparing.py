"""The organiser's part before it: series, the webinar, who speaks, announcing and calling off."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, Problem, refuse, refuse_if
from landbridge.webinars import queries, rules
from landbridge.webinars.actions._parts import _kept, _require, _tell
from landbridge.webinars.models import Series, Speaker, Webinar
from landbridge.webinars.states import WORKFLOW, M, S, Signed


class Details(TypedDict):
    """What an organiser writes about a webinar."""

    series_id: int | None
    title: str
    summary: str
    description: str
    language: str
    time_zone: str
    starts_at: datetime
    ends_at: datetime
    capacity: int | None
    join_link: str
    contact_email: str
    certificate_minutes: int
    will_be_recorded: bool


class Speaks(TypedDict):
    """What is said of somebody who speaks."""

    name: str
    email: str
    job_title: str
    organisation_name: str
    about: str


@transaction.atomic
def begin_series(*, title: str, text: str, by: Actor, at: datetime, is_demonstration: bool = False) -> Series:
    """Begin a series of webinars."""
    _require(P.WEBINAR_EDIT, by=by)
    begun = Series.objects.create(
        slug=f"new-{secrets.token_hex(8)}",
        programme_id=by.programme_id,
        title=title.strip(),
        text=text.strip(),
        created_by_name=by.name,
        created_at=at,
        is_demonstration=is_demonstration,
    )
    begun.slug = rules.slug_for(begun.title, number=begun.pk)
    begun.save(update_fields=["slug"])
    record("series.begun", begun, by=by, at=at)
    return begun


@transaction.atomic
def edit_series(*, series_id: int, title: str, text: str, by: Actor, at: datetime) -> Series:
    """Write what a series is about; its address stays."""
    _require(P.WEBINAR_EDIT, by=by)
    rows = Series.objects.for_update()
    if by.programme_id is not None:
        rows = rows.filter(programme_id__in=[by.programme_id])
    found = rows.get(pk=series_id)
    found.title, found.text = title.strip(), text.strip()
    found.save(update_fields=["title", "text"])
    record("series.edited", found, by=by, at=at)
    return found


@transaction.atomic
def draft(*, by: Actor, at: datetime, is_demonstration: bool = False, **details: Unpack[Details]) -> Webinar:
    """Begin a webinar; nobody but its organisers sees it."""
    _require(P.WEBINAR_EDIT, by=by)
    refuse_if(rules.problems_with_dates(rules.Dates(details["starts_at"], details["ends_at"])))
    begun = Webinar.objects.create(
        slug=f"new-{secrets.token_hex(8)}",
        programme_id=by.programme_id,
        created_by_name=by.name,
        created_at=at,
        is_demonstration=is_demonstration,
        **details,
    )
    begun.slug = rules.slug_for(begun.title, number=begun.pk)
    begun.save(update_fields=["slug"])
    record("webinar.drafted", begun, by=by, at=at)
    return begun


@transaction.atomic
def edit(*, webinar_id: int, version: int, by: Actor, at: datetime, **details: Unpack[Details]) -> Webinar:
    """Write what it is about. Another time is told to everybody who signed up, and to their calendars."""
    webinar = _kept(webinar_id, by=by)
    refuse_if(_problems_with_edit(webinar, version=version, details=details))
    was = (webinar.starts_at, webinar.ends_at)
    for name, value in details.items():
        setattr(webinar, name, value)
    moved = was != (webinar.starts_at, webinar.ends_at)
    webinar.version += 1
    if moved:
        webinar.sequence += 1
        webinar.reminded_day_at = webinar.reminded_hour_at = None
    webinar.save()
    record("webinar.edited", webinar, by=by, at=at, moved=moved)
    if moved and webinar.state == S.PUBLISHED:
        _tell("moved", webinar, to=queries.recipients_of(webinar), at=at)
    return webinar


def _problems_with_edit(webinar: Webinar, *, version: int, details: Details) -> list[Problem]:
    problems = list(rules.problems_with_dates(rules.Dates(details["starts_at"], details["ends_at"])))
    if webinar.state not in (S.DRAFT, S.PUBLISHED):
        problems.append(
            Problem(
                "over", N_("It is over or called off."), N_("Only recording and slides can be added now.")
            )
        )
    if version != webinar.version:
        problems.append(
            Problem(
                "stale",
                N_("Somebody else changed it in the meantime."),
                N_("What you typed is still here. Open the page beside it, compare, and save again."),
            )
        )
    capacity, taken = details["capacity"], queries.taken_places(webinar)
    if capacity is not None and capacity < taken:
        problems.append(
            Problem(
                "too_few_places",
                N_("%(taken)s people have a place already."),
                N_("Give at least as many places, or none for no limit."),
                "capacity",
                {"taken": taken},
            )
        )
    return problems


@transaction.atomic
def add_speaker(*, webinar_id: int, by: Actor, at: datetime, **speaks: Unpack[Speaks]) -> Speaker:
    """Name somebody who speaks; with an address, a letter asks for consent to recording and slides."""
    webinar = _kept(webinar_id, by=by)
    number = webinar.speakers.count() + 1
    added = Speaker.objects.create(webinar=webinar, number=number, **speaks)
    record("webinar.speaker_added", webinar, by=by, at=at, speaker=added.pk)
    _ask_for_consent(added, webinar, at=at)
    return added


@transaction.atomic
def edit_speaker(*, speaker_id: int, by: Actor, at: datetime, **speaks: Unpack[Speaks]) -> Speaker:
    """Put right what is said of a speaker; a new address is asked anew, and the old yes is void."""
    found = Speaker.objects.select_related("webinar").get(pk=speaker_id)
    webinar = _kept(found.webinar_id, by=by)
    is_another = found.email != speaks["email"]
    for name, value in speaks.items():
        setattr(found, name, value)
    if is_another:
        found.consents_to_recording_at = found.consents_to_slides_at = None
    found.save()
    record("webinar.speaker_edited", webinar, by=by, at=at, speaker=found.pk)
    if is_another:
        _ask_for_consent(found, webinar, at=at)
    return found


def _ask_for_consent(speaker: Speaker, webinar: Webinar, *, at: datetime) -> None:
    if speaker.email:
        to = [queries.speaker_recipient(speaker)]
        _tell("consent", webinar, to=to, at=at, consent_link=queries.consent_link(speaker))


@transaction.atomic
def drop_speaker(*, speaker_id: int, by: Actor, at: datetime) -> Webinar:
    """Take somebody off the list of speakers."""
    found = Speaker.objects.get(pk=speaker_id)
    webinar = _kept(found.webinar_id, by=by)
    found.delete()
    record("webinar.speaker_dropped", webinar, by=by, at=at, speaker=speaker_id)
    return webinar


@transaction.atomic
def publish(*, webinar_id: int, by: Actor, at: datetime) -> Webinar:
    """Announce it: everybody may read it and sign up."""
    webinar = _kept(webinar_id, by=by)
    target = WORKFLOW.target(M.PUBLISH, of=webinar, by=by)
    refuse_if(rules.problems_with_announcing(queries.announced_facts(webinar), at=at))
    webinar.state, webinar.published_at = target, at
    webinar.save(update_fields=["state", "published_at"])
    record("webinar.published", webinar, by=by, at=at)
    return webinar


@transaction.atomic
def cancel(*, webinar_id: int, reason: str, by: Actor, at: datetime) -> Webinar:
    """Call it off; everybody who signed up is told why, and their calendars cross it out."""
    webinar = _kept(webinar_id, by=by)
    target = WORKFLOW.target(M.CANCEL, of=webinar, by=by)
    refuse_if(rules.problems_with_reason(reason))
    webinar.state, webinar.reason = target, reason.strip()
    webinar.sequence += 1
    webinar.save(update_fields=["state", "reason", "sequence"])
    record("webinar.cancelled", webinar, by=by, at=at, reason=webinar.reason)
    told = queries.recipients_of(webinar, states=(Signed.SIGNED_UP, Signed.WAITING))
    _tell("cancelled", webinar, to=told, at=at)
    return webinar


@transaction.atomic
def change_key(*, webinar_id: int, is_wanted: bool, by: Actor, at: datetime) -> Webinar:
    """Make a new key for the provider's webhook, or stop listening to it."""
    webinar = _kept(webinar_id, by=by)
    if webinar.state == S.CANCELLED:
        refuse("cancelled", N_("This webinar was called off."))
    webinar.attendance_key = secrets.token_hex(24) if is_wanted else ""
    webinar.save(update_fields=["attendance_key"])
    record("webinar.key_changed", webinar, by=by, at=at, listens=is_wanted)
    return webinar
