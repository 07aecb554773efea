"""Where a call or a pitch stands on its way, and the one step that comes next for its reader."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.parts import Next, Step, way_of
from landbridge.pitches.models import Juror, Pitch, PitchCall, Reaction
from landbridge.pitches.states import Pitched, S
from landbridge.pitches.states import Reaction as Said


def way_of_call(call: PitchCall, *, at: datetime) -> list[Step]:
    """From its opening to the end of the session."""
    return way_of(
        [
            (_("Opened"), call.opened_at),
            (_("Pitches handed in"), call.closes_at if call.opened_at and at >= call.closes_at else None),
            (_("With the jury"), call.judged_at),
            (_("Selected"), call.selected_at),
            (_("Running order"), call.ordered_at),
            (_("Session over"), call.closed_at),
        ]
    )


def way_of_pitch(pitch: Pitch) -> list[Step]:
    """From handing in to the stage."""
    ended = pitch.state in (Pitched.NOT_SELECTED, Pitched.WITHDRAWN)
    decided = pitch.decided_at if pitch.state in (Pitched.SELECTED, Pitched.PITCHED) else None
    submitted = pitch.submitted_at if pitch.state != Pitched.DRAFT else None
    reached = [(_("Handed in"), submitted), (_("Selected"), decided), (_("Pitched"), pitch.pitched_at)]
    return way_of(
        reached, ended=_(pitch.shown_state.label) if ended else "", at=pitch.decided_at if ended else None
    )


def next_of_call(
    call: PitchCall, *, actor: Actor, keeps: bool, seat: Juror | None, own: Pitch | None, at: datetime
) -> Next | None:
    """The organiser's step, the juror's, the company's or the investor's; whoever is several, in this order."""
    if seat is not None and not seat.is_audience and call.state == S.JUDGING:
        return Next(
            _("Mark the pitches"),
            _(
                "First declare your conflicts of interest; then 0 to 5 for each criterion. Others' marks show after yours."
            ),
            who=_("The jury"),
            action=_("To my marks"),
            href=reverse("pitches:marks", args=[call.pk]),
        )
    if keeps:
        return _of_organiser(call, at=at)
    if actor.may(P.PITCH_SUBMIT):
        return _of_company(call, own=own, at=at)
    if actor.role is Role.INVESTOR:
        return _of_investor(call, actor=actor)
    return None


def _of_organiser(call: PitchCall, *, at: datetime) -> Next | None:
    def to(name: str) -> str:
        return reverse(f"pitches:{name}", args=[call.pk])

    who = _("The organiser")
    match call.state:
        case S.DRAFT:
            text = _(
                "Companies read it from then on; its criteria and the seed of the draw no longer change."
            )
            return Next(_("Open the call"), text, who=who, action=_("Open it"), post=to("opening"))
        case S.OPEN if at < call.closes_at:
            return Next(
                _("Companies write their pitches"),
                _("When the call has closed, hand it to the jury. Invite its members meanwhile."),
                who=_("Companies"),
                until=call.closes_at,
                zone=call.time_zone,
                action=_("Invite the jury"),
                href=to("jury"),
            )
        case S.OPEN:
            text = _(
                "Pitches are fixed; conflicts of interest that are known are noted, and the jurors are told."
            )
            return Next(_("Hand it to the jury"), text, who=who, action=_("Hand it over"), post=to("judging"))
        case S.JUDGING:
            text = _("Decide on every pitch, beside the ranking. The companies are told at once.")
            return Next(_("Select"), text, who=who, action=_("To the selection"), href=to("selection"))
        case S.SELECTED if call.ordered_at is None:
            text = _("By lot, by hand, or when the investors are there. Each company is told its time.")
            return Next(_("Fix the running order"), text, who=who, action=_("To the order"), href=to("order"))
        case S.SELECTED:
            text = _(
                "On the day: from then on you bring one company after the other on stage, and marks are taken."
            )
            return Next(_("Open the stage"), text, who=who, action=_("Open it"), post=to("start"))
        case S.LIVE:
            text = _("Bring on one company after the other; close the session when the last one has left.")
            return Next(_("On stage now"), text, who=who, action=_("To the stage"), href=to("live"))
        case _:
            text = _("Who wants to meet whom, what became of it, and the money that was raised.")
            return Next(
                _("See what comes of it"), text, who=who, action=_("To the results"), href=to("results")
            )


def _of_company(call: PitchCall, *, own: Pitch | None, at: datetime) -> Next | None:
    if own is not None:
        return Next(
            _("Your pitch"),
            str(own),
            who=own.organisation.name,
            action=_("To our pitch"),
            href=own.get_absolute_url(),
        )
    if call.state == S.OPEN and at < call.closes_at:
        return Next(
            _("Pitch here"),
            _("Begin a draft; nobody else reads it before you hand it in."),
            who=_("Your company"),
            until=call.closes_at,
            zone=call.time_zone,
            action=_("Begin our pitch"),
            post=reverse("pitches:beginning", args=[call.pk]),
        )
    return None


def _of_investor(call: PitchCall, *, actor: Actor) -> Next | None:
    if call.state == S.CLOSED:
        own = Reaction.objects.visible_to(actor).filter(pitch__call=call).exclude(said=Said.PASS)
        if not own.filter(follows_up__isnull=True).exists():
            return None
        return Next(
            _("With whom will you go on?"),
            _("It takes two clicks."),
            action=_("Say with whom"),
            href=reverse("pitches:following", args=[call.pk]),
        )
    if call.state in (S.SELECTED, S.LIVE):
        return Next(
            _("Read the pitches"),
            _("Those that fit your profile stand first, with the reasons."),
            action=_("To the deal room"),
            href=f"{reverse('pitches:deal_room')}?call={call.pk}",
        )
    return None


def next_of_pitch(pitch: Pitch, *, actor: Actor, is_complete: bool, at: datetime) -> Next | None:
    """What the company does next with its pitch, or the investor."""
    if (
        actor.may(P.PITCH_SUBMIT)
        and pitch.state == Pitched.DRAFT
        and is_complete
        and at < pitch.call.closes_at
    ):
        return Next(
            _("Hand in the pitch"),
            _("The jury reads it when the call has closed. Until then the organiser can return it."),
            who=pitch.organisation.name,
            until=pitch.call.closes_at,
            zone=pitch.call.time_zone,
            action=_("Hand it in"),
            post=reverse("pitches:submission", args=[pitch.pk]),
        )
    return None
