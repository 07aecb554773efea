"""Where a collaboration stands in its life, and the one step that comes next for its reader."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.collaborations.models import Collaboration, NextStep, Turn
from landbridge.collaborations.states import S, Stepped
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Next, Step


def way(found: Collaboration, turns: Sequence[Turn]) -> list[Step]:
    """Its life line: when it began, each turn with its day, and what is still open."""
    line = [Step(_("Began"), found.since, "done")]
    for turn in turns:
        label = {S.FINISHED: _("Finished"), S.STOPPED: _("Stopped"), S.RUNNING: _("Renewed")}[S(turn.state)]
        line.append(Step(label, turn.on, "off" if turn.state == S.STOPPED else "done"))
    if found.state == S.RUNNING:
        line.append(Step(_("Running"), None, "current"))
    return line


def next_step(found: Collaboration, steps: Sequence[NextStep], *, actor: Actor, follows: bool) -> Next | None:
    """The nearest next step that is planned; else to plan one."""
    planned = [one for one in steps if one.state == Stepped.PLANNED]
    if planned:
        nearest = planned[0]
        who = nearest.company.name if nearest.owner == "company" else ""
        if nearest.owner == "provider" and nearest.provider:
            who = nearest.provider.name
        return Next(
            title=nearest.text,
            who=who or _("The desk"),
            until=nearest.due_on,
            action=_("Open it"),
            href=nearest.get_absolute_url(),
        )
    if not follows or not actor.is_signed_in:
        return None
    if found.state == S.RUNNING:
        return Next(
            title=_("What comes next?"),
            text=_("Plan one step with a day, so that nobody has to remember it."),
            action=_("Plan the next step"),
            href=reverse("collaborations:step_new", args=[found.pk]),
        )
    return Next(
        title=_("Did anything follow?"),
        text=_("A project, money, a product, jobs: told here it counts, years later too."),
        action=_("Tell what followed"),
        href=reverse("collaborations:follow_on_new", args=[found.pk]),
    )
