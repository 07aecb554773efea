"""Where an application stands on its way, and the one step that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.applications.models import Application, Decision
from landbridge.applications.states import S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.addresses import address
from landbridge.foundation.ui.parts import Next, Step, way_of


def way(application: Application, *, confirmed_at: datetime | None, decision: Decision | None) -> list[Step]:
    """Draft, shared, confirmed, handed in, decided: where it stands, with the dates."""
    decided = decision is not None
    reached: list[tuple[str, datetime | None]] = [
        (_("Begun"), application.started_at),
        (_("Shared with the provider"), application.shared_at),
        (_("Confirmed"), confirmed_at),
        (_("Handed in"), application.submitted_at),
        (application.shown_state.label if decided else _("Decided"), decision.at if decision else None),
    ]
    return way_of(reached, ended=_("Withdrawn") if application.state == S.WITHDRAWN else "")


def next_step(
    application: Application, *, problems: Sequence[Problem], actor: Actor, at: datetime
) -> Next | None:
    """Who has the ball, and what they do with it; None when nothing follows."""
    if application.state == S.DRAFT:
        return _next_of_draft(application, problems=problems, actor=actor, at=at)
    if application.state == S.SUBMITTED:
        return _next_of_submitted(application, actor=actor)
    if application.state == S.AWARDED:
        return Next(
            title=_("A voucher was awarded"),
            text=_("It goes on with the voucher: its letter, its use, the claim."),
        )
    return None


def _next_of_submitted(application: Application, *, actor: Actor) -> Next:
    office = _("Programme office")
    if actor.may(P.APPLICATION_DECIDE):
        return Next(
            title=_("Decide on this application"),
            text=_("Award a voucher from the partner's budget, or decline with a reason."),
            action=_("Award a voucher"),
            href=address("vouchers:award", application.pk),
            who=office,
        )
    return Next(
        title=_("The programme office decides"),
        text=_(
            "Nothing more is needed now. Everyone involved gets the decision, with its reason, by letter."
        ),
        who=office,
    )


def _next_of_draft(
    application: Application, *, problems: Sequence[Problem], actor: Actor, at: datetime
) -> Next:
    closes_at = application.call.closes_at
    if at >= closes_at:
        return Next(
            title=_("The call has closed"),
            text=_("This draft was not handed in. It is kept; ask your region's desk which call comes next."),
        )
    codes = {problem.code for problem in problems}
    if actor.role is Role.PROVIDER:
        found = _next_for_provider(application, codes=codes)
    else:
        found = _next_for_applicant(application, problems=problems, is_own=actor.role is Role.SME)
    return replace(found, until=closes_at, zone=application.call.time_zone)


def _next_for_provider(application: Application, *, codes: set[str]) -> Next:
    if codes & {"not_confirmed", "confirmation_outdated"}:
        return Next(
            title=_("Read the application and confirm it"),
            text=_("It counts only once you have said yes to its text. You can also write on it."),
            action=_("Read and confirm"),
            href=reverse("applications:confirmation", args=[application.pk]),
            who=str(application.provider),
        )
    return Next(
        title=_("The applicant hands it in"),
        text=_("You have confirmed this text. If it changes, you will be asked again."),
        who=str(application.applicant),
    )


def _next_for_applicant(application: Application, *, problems: Sequence[Problem], is_own: bool) -> Next:
    fields = {problem.field for problem in problems}
    writes = any(name in {"title", "requested_eur"} or name.startswith("answer_") for name in fields)
    if not writes and "provider" not in fields and application.shared_at and "confirmation" in fields:
        return Next(
            title=_("The provider confirms"),
            text=_("They were asked by letter. It can be handed in once they have said yes to its text."),
            who=str(application.provider),
        )
    found = _duty_of_applicant(application, writes=writes, fields=fields, is_clear=not problems)
    found = replace(found, who=str(application.applicant))
    return found if is_own else replace(found, action="", href="", post="")


def _duty_of_applicant(application: Application, *, writes: bool, fields: set[str], is_clear: bool) -> Next:
    if writes:
        return Next(
            title=_("Write the application"),
            text=_("Everything is kept as you go; gaps are listed below."),
            action=_("Go on writing"),
            href=reverse("applications:text", args=[application.pk]),
        )
    if "provider" in fields:
        return Next(
            title=_("Name the provider"),
            text=_("The facility or expert in another region who will do the work."),
            action=_("Name the provider"),
            href=reverse("applications:provider", args=[application.pk]),
        )
    if application.shared_at is None:
        return Next(
            title=_("Share the draft with the provider"),
            text=_("They can read it, write on it with you, and confirm it."),
            action=_("Share the draft"),
            post=reverse("applications:sharing", args=[application.pk]),
        )
    if not is_clear:
        return Next(
            title=_("Clear what is still in the way"),
            text=_("The list below names each point and its cure."),
        )
    title, text = _("Hand it in"), _("Everything is complete. You get a number and a receipt at once.")
    if application.first_submitted_at:
        title = _("Correct it and hand it in again")
        text = _(
            "It was handed back; the reason stands below. The provider confirms a changed text once more."
        )
    return Next(
        title=title,
        text=text,
        action=_("Hand in the application"),
        post=reverse("applications:submission", args=[application.pk]),
    )
