"""What the pages of pitches share: whose they are, the trail, and the two pages that buttons come back to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb
from landbridge.pitches import queries, rules
from landbridge.pitches.models import Pitch, PitchCall
from landbridge.pitches.states import PITCH_WORKFLOW, Market, Pitched, PitchMove, S, Stage
from landbridge.pitches.steps import next_of_call, next_of_pitch, way_of_call, way_of_pitch


def seen_call(actor: Actor, pk: int) -> PitchCall:
    """The call; one that is not open yet is its organisers'."""
    rows = PitchCall.objects.visible_to(actor).select_related("event", "session", "programme")
    return get_object_or_404(rows, pk=pk)


def kept_call(actor: Actor, pk: int) -> PitchCall:
    """The call, for its organisers and the auditor."""
    rows = PitchCall.objects.overseen_by(actor)
    return get_object_or_404(rows.select_related("event", "session", "programme"), pk=pk)


def seen_pitch(actor: Actor, pk: int) -> Pitch:
    """The pitch, for those who may read it; for everyone else it is not there."""
    rows = Pitch.objects.visible_to(actor).select_related(
        "call__event", "call__session", "organisation", "deck"
    )
    return get_object_or_404(rows, pk=pk)


def kept_pitch(actor: Actor, pk: int) -> Pitch:
    """The pitch, for the organisers of its call; a juror who is an organiser elsewhere is none here."""
    rows = Pitch.objects.visible_to(actor).filter(call__in=PitchCall.objects.kept_by(actor).values("pk"))
    return get_object_or_404(
        rows.select_related("call__event", "call__session", "organisation", "deck"), pk=pk
    )


def keeps(call: PitchCall, actor: Actor) -> bool:
    """Whether the actor is an organiser of this call."""
    if not actor.may(P.PITCH_EDIT):
        return False
    return actor.programme_id is None or call.programme_id in (None, actor.programme_id)


def crumbs_of_call(call: PitchCall) -> list[Crumb]:
    """The trail to a call."""
    return [Crumb(_("Pitches"), reverse("pitches:calls")), Crumb(call.title, call.get_absolute_url())]


def crumbs_of_pitch(pitch: Pitch) -> list[Crumb]:
    """The trail to a pitch."""
    return [*crumbs_of_call(pitch.call), Crumb(pitch.title or _("Draft"), pitch.get_absolute_url())]


def call_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """One call: what it is about, where it stands, and what its reader may do now."""
    actor = request.actor
    call = seen_call(actor, pk)
    is_kept, seat = keeps(call, actor), queries.seat_of(call, actor)
    own = queries.own_pitch(call, actor) if actor.role is Role.SME else None
    oversees = is_kept or PitchCall.objects.overseen_by(actor).filter(pk=call.pk).exists()
    sees_pitches = oversees or actor.role is Role.BROKER
    pitches = Pitch.objects.visible_to(actor).filter(call=call).select_related("organisation")
    ahead = []
    if is_kept and call.state == S.DRAFT and not problems:
        ahead = list(rules.problems_with_opening(queries.facts_of(call), at=request.now))
    step = next_of_call(call, actor=actor, keeps=is_kept, seat=seat, own=own, at=request.now)
    context = {
        "call": call,
        "criteria": rules.criteria_from(call.criteria),
        "breadcrumbs": [Crumb(_("Pitches"), reverse("pitches:calls")), Crumb(call.title)],
        "problems": problems,
        "ahead": ahead,
        "steps": way_of_call(call, at=request.now),
        "next": None if ahead else step,
        "pitches": list(pitches.order_by("organisation__name", "pk")) if sees_pitches else [],
        "sees_pitches": sees_pitches,
        "seat": seat,
        "own": own,
        "keeps": is_kept,
        "begins": queries.stage_begins(call),
        "sees_results": oversees,
        "sees_history": oversees,
    }
    return render(request, "pitches/call.html", context, status=409 if problems else 200)


def pitch_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """One pitch, as the company, the organiser, a juror or an investor reads it."""
    actor = request.actor
    found = seen_pitch(actor, pk)
    is_own, is_kept = actor.role is Role.SME, keeps(found.call, actor)
    ahead: list[Problem] = []
    if is_own and found.state == Pitched.DRAFT and not problems:
        ahead = list(rules.problems_with_pitch(queries.written_of(found), has_deck=found.deck_id is not None))
    sees_interest = is_own or is_kept or actor.role is Role.AUDITOR
    context = {
        "found": found,
        "call": found.call,
        "markets": [Market(value).label for value in found.markets],
        "stage": Stage(found.stage).label if found.stage else "",
        "line": queries.turn_of(found),
        "breadcrumbs": [*crumbs_of_call(found.call), Crumb(found.title or _("Draft"))],
        "problems": problems,
        "ahead": ahead,
        "steps": way_of_pitch(found),
        "next": next_of_pitch(found, actor=actor, is_complete=not ahead, at=request.now),
        "may": _may(found, actor, is_kept=is_kept),
        "is_own": is_own,
        "is_closed": request.now >= found.call.closes_at,
        "reason_to_read": found.reason and (is_own or is_kept),
        "interest": queries.interest_in(found, actor) if sees_interest and queries.was_shown(found) else None,
        "money": queries.money_of(found) if sees_interest else [],
        "deal": _deal(found, actor),
        "seat": queries.seat_of(found.call, actor),
        "sees_history": is_kept or actor.may(P.AUDIT_SEE),
    }
    return render(request, "pitches/pitch.html", context, status=409 if problems else 200)


def _deal(found: Pitch, actor: Actor) -> queries.Deal | None:
    if actor.role is not Role.INVESTOR or not queries.is_in_the_room(found):
        return None
    investor = queries.investor_of(actor)
    if investor is None or investor.consented_at is None:
        return None
    return queries.deal_of(found, investor, reaction=queries.reaction_to(found, investor))


def _may(found: Pitch, actor: Actor, *, is_kept: bool) -> dict[str, Any]:
    is_own = actor.role is Role.SME
    return {
        "write": is_own and found.state == Pitched.DRAFT,
        "withdraw": is_own and PITCH_WORKFLOW.allows(PitchMove.WITHDRAW, of=found, by=actor),
        "consent": is_own and found.state != Pitched.WITHDRAWN,
        "return": is_kept and found.call.state == S.OPEN and found.state == Pitched.SUBMITTED,
        "move_up": is_kept and found.state == Pitched.RESERVE and found.call.state in (S.SELECTED, S.LIVE),
        "money": is_own and found.pitched_at is not None,
        "react": actor.may(P.PITCH_WEIGH) and queries.is_in_the_room(found),
    }
