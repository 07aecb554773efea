"""Signing up, the waiting list that moves by itself, cancelling, reminders."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.memberships.models import Membership
from landbridge.organisations.models import Organisation
from landbridge.webinars import queries, rules
from landbridge.webinars.actions._parts import _kept, _own, _require, _tell
from landbridge.webinars.models import SignUp, Webinar
from landbridge.webinars.states import SIGN_UP_WORKFLOW, S, Signed, SignUpMove


class Listener(TypedDict, total=False):
    """What somebody says of themselves when they sign up."""

    name: str
    organisation_name: str
    person_id: int  # whom Landbridge itself signs up, in the demonstration


@transaction.atomic
def sign_up(*, webinar_id: int, by: Actor, at: datetime, **listener: Unpack[Listener]) -> SignUp:
    """Sign up; where all places are taken, on the waiting list. Asked twice, it is one sign-up.

    Raises `Refused` before the announcement and from the end on.
    """
    _require(P.WEBINAR_ATTEND, by=by)
    person_id = listener.get("person_id") if by.role is Role.SYSTEM else by.person_id
    if person_id is None:
        raise NotAllowed(P.WEBINAR_ATTEND)
    webinar = Webinar.objects.visible_to(by).for_update().get(pk=webinar_id)
    refuse_if(
        rules.problems_with_sign_up(is_announced=webinar.state == S.PUBLISHED, ends_at=webinar.ends_at, at=at)
    )
    person = Person.objects.get(pk=person_id)
    found = SignUp.objects.for_update().filter(webinar=webinar, email=person.email).first()
    if found is not None and found.state != Signed.CANCELLED:
        return found
    made = _renewed(found, by=by) if found else _new(webinar, person, by=by, at=at)
    made.name = listener.get("name", "").strip() or person.name
    made.organisation_name = listener.get("organisation_name", "").strip() or made.organisation_name
    made.person, made.signed_up_at, made.cancelled_at = person, at, None
    made.save()
    record("sign_up.made", made, by=by, at=at, webinar=webinar.pk)
    if queries.has_room_for_one(webinar):
        return _admit(made, webinar, at=at)
    _tell("waiting", webinar, to=[queries.recipient_of(made)], at=at)
    return made


def _new(webinar: Webinar, person: Person, *, by: Actor, at: datetime) -> SignUp:
    hat = by if by.role is not Role.SYSTEM else Membership.objects.current().filter(person=person).first()
    organisation = Organisation.objects.filter(pk=(hat.organisation_id if hat else 0) or 0).first()
    return SignUp(
        webinar=webinar,
        email=person.email,
        organisation=organisation,
        organisation_name=organisation.name if organisation else "",
        region_id=organisation.region_id if organisation else hat.region_id if hat else None,
        language=person.language,
        calendar_key=secrets.token_urlsafe(32),
        state=Signed.WAITING,
        signed_up_at=at,
    )


def _renewed(found: SignUp, *, by: Actor) -> SignUp:
    found.state = SIGN_UP_WORKFLOW.target(SignUpMove.RENEW, of=found, by=by)
    return found


def _admit(waiting: SignUp, webinar: Webinar, *, at: datetime) -> SignUp:
    waiting.state = SIGN_UP_WORKFLOW.target(SignUpMove.ADMIT, of=waiting, by=SYSTEM)
    waiting.save(update_fields=["state"])
    record("sign_up.admitted", waiting, by=SYSTEM, at=at, webinar=webinar.pk)
    _tell("signed_up", webinar, to=[queries.recipient_of(waiting)], at=at)
    return waiting


@transaction.atomic
def cancel_sign_up(*, sign_up_id: int, by: Actor, at: datetime) -> SignUp:
    """Take one's sign-up back; whoever waited longest gets the place."""
    webinar, found = _own(sign_up_id, by=by)
    had_a_place = found.state == Signed.SIGNED_UP
    found.state = SIGN_UP_WORKFLOW.target(SignUpMove.CANCEL, of=found, by=by)
    found.cancelled_at = at
    found.save(update_fields=["state", "cancelled_at"])
    record("sign_up.cancelled", found, by=by, at=at, webinar=webinar.pk)
    if had_a_place and webinar.state == S.PUBLISHED and webinar.ends_at > at:
        _move_up(webinar, at=at)
    return found


def _move_up(webinar: Webinar, *, at: datetime) -> None:
    waiting = SignUp.objects.for_update().filter(webinar=webinar, state=Signed.WAITING)
    for one in waiting.order_by("signed_up_at", "pk"):
        if not queries.has_room_for_one(webinar):
            return
        _admit(one, webinar, at=at)


@transaction.atomic
def remind(*, webinar_id: int, of: str, by: Actor, at: datetime) -> Webinar:
    """Write to everybody who has a place, a day (`day`) or an hour (`hour`) before; once each."""
    webinar = _kept(webinar_id, by=by)
    column = f"reminded_{of}_at"
    if getattr(webinar, column) is not None or webinar.state != S.PUBLISHED:
        return webinar
    setattr(webinar, column, at)
    webinar.save(update_fields=[column])
    record("webinar.reminded", webinar, by=by, at=at, of=of)
    _tell(f"{of}_before", webinar, to=queries.recipients_of(webinar), at=at)
    return webinar
