"""Where a story stands on its way, and the one step that comes next for its reader."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Next, Step
from landbridge.stories.models import Story
from landbridge.stories.queries import Voice
from landbridge.stories.states import WORKFLOW, M, S, Side


def way(story: Story) -> list[Step]:
    """Written, before both sides, approved, published; or withdrawn."""
    order = [S.DRAFT, S.SHOWN, S.APPROVED, S.PUBLISHED]
    labels = [_("Written"), _("Before both sides"), _("Approved by both"), _("Published")]
    if story.state == S.WITHDRAWN:
        return [Step(labels[0], None, "done"), Step(_("Withdrawn"), story.withdrawn_at, "off")]
    here = order.index(S(story.state))
    steps = []
    for place, label in enumerate(labels):
        is_last = story.state == S.PUBLISHED
        state = "done" if place < here or is_last else "current" if place == here else "coming"
        steps.append(Step(label, story.published_at if place == 3 and is_last else None, state))  # type: ignore[arg-type]
    return steps


def next_step(story: Story, *, actor: Actor, side: Side | None, voices: Sequence[Voice]) -> Next | None:
    """What its writer, a side or the office does next."""
    may = {
        move: WORKFLOW.allows(move, of=story, by=actor) for move in (M.SHOW, M.APPROVE, M.PUBLISH, M.REOPEN)
    }
    if may[M.SHOW]:
        return Next(
            _("Show it to both sides"),
            _(
                "When title, first sentences and story are written. Each side gets a letter, and says yes to exactly this version."
            ),
            action=_("Show it to both sides"),
            post=_to("showing", story),
        )
    if may[M.APPROVE] and side is not None and not any(one.side == side and one.approval for one in voices):
        return Next(
            _("Read it, and say yes or no"),
            _("It is published only when both sides have said yes."),
            action=_("Read and decide"),
            href=_to("approval", story),
        )
    if story.state == S.SHOWN:
        waits = [one.organisation.name for one in voices if one.approval is None]
        return Next(_("Waits for a yes"), who=", ".join(waits))
    if may[M.PUBLISH]:
        return Next(
            _("Publish it"),
            _("Both sides have said yes to this version."),
            action=_("Publish"),
            post=_to("publication", story),
        )
    if may[M.REOPEN]:
        return Next(
            _("Take it up again"),
            _("As a draft: both sides are asked anew."),
            action=_("Take it up again"),
            post=_to("reopening", story),
        )
    return None


def _to(name: str, story: Story) -> str:
    return reverse(f"stories:{name}", args=[story.slug])
