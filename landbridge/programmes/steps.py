"""The next step of a programme and of a phase: one main button, and the quiet ones beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.addresses import address
from landbridge.foundation.ui.parts import Next
from landbridge.programmes.models import Phase
from landbridge.programmes.queries import PhasePart
from landbridge.programmes.states import WORKFLOW, M, S


@dataclass(frozen=True, slots=True)
class Button:
    """A move that is possible but is not the next step."""

    label: str
    post: str


PAGE_OF = {
    M.START: "programmes:phase_beginning",
    M.HIBERNATE: "programmes:phase_hibernation",
    M.WAKE: "programmes:phase_awakening",
    M.CLOSE: "programmes:phase_end",
}


def next_step_of(part: PhasePart) -> Next | None:
    """What the office does next with the phase; None for a phase that another has followed."""
    phase = part.phase
    if phase.state == S.PLANNED and not part.incentives:
        return Next(
            _("Add the first incentive"),
            _("An incentive says what a company can ask for: its cap, its purpose and the evidence wanted."),
            action=_("Add an incentive"),
            href=reverse("programmes:incentive_new", args=[phase.pk]),
        )
    if phase.state == S.PLANNED:
        text = _("From then on calls can be opened in it.")
        return Next(_("Start the phase"), text, action=_("Start the phase"), post=_post(M.START, phase))
    if phase.state == S.RUNNING and (calls := address("calls:new")):
        text = _("Incentives, criteria and a standard form are there to begin with.")
        return Next(_("Open a call"), text, action=_("Open a call"), href=calls)
    if phase.state in (S.HIBERNATING, S.CLOSED) and part.follower is None:
        text = _("It begins with a copy of the incentives and targets of this one; change what is different.")
        href = reverse("programmes:phase_next", args=[phase.pk])
        return Next(_("Begin the next phase"), text, action=_("Begin the next phase"), href=href)
    return None


def other_moves(phase: Phase, actor: Actor) -> list[Button]:
    """The moves open to the actor, without the one that is the next step."""
    labels = {
        M.HIBERNATE: _("Let it hibernate"),
        M.WAKE: _("Wake it"),
        M.CLOSE: _("Close it for good"),
    }
    return [
        Button(labels[M(move.name)], _post(M(move.name), phase))
        for move in WORKFLOW.open_to(actor, of=phase)
        if M(move.name) in labels
    ]


def _post(move: M, phase: Phase) -> str:
    return reverse(PAGE_OF[move], args=[phase.pk])
