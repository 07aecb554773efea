"""From "I want to meet them" to a request in the timetable of the call's event, and back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from landbridge.events.states import S as EventState
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import Refused
from landbridge.meetings.actions.asking import ask, withdraw
from landbridge.meetings.models import Request
from landbridge.meetings.rules import FROM_PITCH
from landbridge.meetings.states import OPEN_REQUEST, Priority
from landbridge.pitches import queries
from landbridge.pitches.models import Reaction
from landbridge.pitches.states import NoMeeting

LONGEST_SENTENCE = 400


def _ask_to_meet(reaction: Reaction, *, by: Actor, at: datetime) -> None:
    """Ask for a meeting where both take part in the call's event; else say why there is none. The reaction counts anyway."""
    if reaction.request is not None and reaction.request.state in OPEN_REQUEST:
        return
    reaction.request, reaction.no_meeting = None, ""
    pitch, event = reaction.pitch, reaction.pitch.call.event
    if event is None or event.state != EventState.PUBLISHED:
        reaction.no_meeting = NoMeeting.NO_EVENT
        return
    if not event.has_meetings:
        reaction.no_meeting = NoMeeting.NO_MEETINGS
        return
    own, theirs = queries.registrations_for(pitch, reaction.investor)
    if own is None or theirs is None:
        reaction.no_meeting = NoMeeting.INVESTOR_ABSENT if own is None else NoMeeting.COMPANY_ABSENT
        return
    standing = Request.objects.open().filter(sender=own, receiver=theirs).first()
    if standing is not None:
        reaction.request = standing
        return
    why = reaction.why if reaction.why_is_for_company else ""
    sentence = why or _("Your pitch “%(title)s” interests us.") % {"title": str(pitch)}
    try:
        with transaction.atomic():
            reaction.request = ask(
                sender_id=own.pk,
                receiver_id=theirs.pk,
                sentence=sentence[:LONGEST_SENTENCE],
                priority=Priority.MEDIUM,
                by=by,
                at=at,
                origin=FROM_PITCH,
            )
    except Refused:
        reaction.no_meeting = NoMeeting.NOT_NOW


def _take_back(reaction: Reaction, *, by: Actor, at: datetime) -> None:
    """The investor no longer wants to meet: their open request goes with it."""
    request, reaction.request, reaction.no_meeting = reaction.request, None, ""
    if request is None or request.state not in OPEN_REQUEST:
        return
    try:
        with transaction.atomic():
            withdraw(request_id=request.pk, by=by, at=at)
    except Refused:
        return  # the meeting is over or was held: nothing to take back
