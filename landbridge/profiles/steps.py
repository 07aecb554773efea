"""Where a profile stands on its way, and the one step that comes next."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.parts import Next, Step, way_of
from landbridge.profiles.models import Interest, Profile
from landbridge.profiles.queries import is_own_desk
from landbridge.profiles.rules import DAYS_OF_WARNING
from landbridge.profiles.states import Interest as InterestState
from landbridge.profiles.states import S


def way(profile: Profile) -> list[Step]:
    """Written, checked by a second region, published; its end."""
    ended = (
        _("Withdrawn") if profile.state == S.WITHDRAWN else _("Expired") if profile.state == S.EXPIRED else ""
    )
    return way_of(
        [
            (_("Written"), profile.written_at),
            (_("Checked by a second region"), profile.published_at),
            (_("Published"), profile.published_at),
        ],
        ended=ended,
        at=None,
    )


def next_step(profile: Profile, *, actor: Actor, today: date, has_problems: bool) -> Next | None:
    """What is done next; the button only for the desk that has the ball."""
    own, desk = is_own_desk(profile, actor), profile.region.name
    if profile.state == S.DRAFT:
        return Next(
            _("Take out what names the organisation") if has_problems else _("Hand it to a second region"),
            _("The public reads it without a name; a colleague abroad reads it before."),
            who=desk,
            action=_("Write on") if own and has_problems else _("Hand it over") if own else "",
            href=reverse("profiles:text", args=[profile.pk]) if own and has_problems else "",
            post=reverse("profiles:submission", args=[profile.pk]) if own and not has_problems else "",
        )
    if profile.state == S.CHECK:
        checks = actor.role is Role.BROKER and not own and actor.may(P.PROFILE_CHECK)
        return Next(
            _("Read it as the public will, then publish it"),
            _("Is it clear what is offered or sought? Does nothing in it tell whose it is?"),
            who=_("the desk of another region"),
            action=_("Publish it") if checks else "",
            post=reverse("profiles:publication", args=[profile.pk]) if checks else "",
        )
    if profile.state in (S.PUBLISHED, S.EXPIRED) and own and _is_near_its_end(profile, today=today):
        return Next(
            _("Does it still hold?"),
            _("Ask the organisation, then renew it for twelve months; or let it end."),
            who=desk,
            until=profile.valid_until,
            action=_("Renew it"),
            post=reverse("profiles:renewal", args=[profile.pk]),
        )
    return None


def _is_near_its_end(profile: Profile, *, today: date) -> bool:
    return profile.valid_until is not None and (profile.valid_until - today).days <= DAYS_OF_WARNING[0]


def way_of_interest(interest: Interest) -> list[Step]:
    """Sent, taken up; or declined, or withdrawn."""
    over = interest.state in (InterestState.DECLINED, InterestState.WITHDRAWN)
    taken_up = interest.answered_at if interest.state == InterestState.ACCEPTED else None
    return way_of(
        [(_("Sent"), interest.sent_at), (_("Taken up"), taken_up)],
        ended=_(interest.shown_state.label) if over else "",
        at=interest.answered_at,
    )


def next_of_interest(interest: Interest, *, actor: Actor) -> Next | None:
    """What follows for the desk of the profile, and after that for both."""
    if interest.state == InterestState.SENT:
        own = is_own_desk(interest.profile, actor)
        return Next(
            _("Take it up or decline it"),
            _("Taken up, an introduction is prepared: you read both letters before anybody is asked."),
            who=interest.profile.region.name,
            action=_("Take it up") if own else "",
            post=reverse("profiles:interest_acceptance", args=[interest.pk]) if own else "",
        )
    if interest.introduction is not None:
        own = is_own_desk(interest.profile, actor)
        return Next(
            _("Both sides are asked"),
            _("They are named to each other when both have said yes."),
            who=interest.profile.region.name,
            action=_("To the introduction") if own else "",
            href=interest.introduction.get_absolute_url() if own else "",
        )
    return None
