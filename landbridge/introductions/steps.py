"""Where an introduction stands on its way, and the one step that comes next: for a desk, and for a side."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.ui.parts import Next, Step, way_of
from landbridge.introductions.models import Introduction
from landbridge.introductions.queries import DeskView, SideView, last_day_of
from landbridge.introductions.states import ENDED, Nda, S, Shown


def way(introduction: Introduction) -> list[Step]:
    """Prepared, asked, introduced, outcome; with the dates."""
    ended = introduction.shown_state.label if introduction.state in ENDED else ""
    known = introduction.state == S.OUTCOME_KNOWN
    steps = way_of(
        [
            (_("Prepared"), introduction.prepared_at),
            (_("Both asked"), introduction.asked_at),
            (_("Introduced"), introduction.made_at),
        ],
        ended=_(ended) if ended else "",
        at=introduction.ended_at,
    )
    if ended:
        return steps
    outcome = "done" if known else "current" if introduction.made_at else "coming"
    return [*steps, Step(_("Outcome known"), None, outcome)]  # type: ignore[arg-type]


def way_of_side(view: SideView) -> list[Step]:
    """Asked, answered, introduced; never what the other side did before that."""
    ended = {Shown.SAID_NO: _("You said no"), Shown.NOTHING: _("Came to nothing")}.get(view.state, "")
    return way_of(
        [
            (_("Asked"), view.asked_at),
            (_("Your answer"), view.answered_at),
            (_("Introduced"), view.made_at),
        ],
        ended=ended,
        at=view.answered_at if view.state is Shown.SAID_NO else view.ended_at,
    )


def next_step(introduction: Introduction, view: DeskView, *, has_problems: bool) -> Next | None:
    """What a desk does next; the button only for the desk that leads."""
    if introduction.state == S.PREPARED:
        if has_problems:
            return Next(
                _("Take out what gives a side away"),
                _(
                    "Nobody is asked while a text holds a name, an address, a number or a link of the other side."
                ),
                who=introduction.region.name,
                action=_("Write the texts") if view.leads else "",
                href=reverse("introductions:texts", args=[view.pk]) if view.leads else "",
            )
        return Next(
            _("Read both letters, then ask"),
            _("Each side gets exactly what stands below. Afterwards the texts stay as they are."),
            who=introduction.region.name,
            action=_("Ask both sides") if view.leads else "",
            post=reverse("introductions:question", args=[view.pk]) if view.leads else "",
        )
    if introduction.state == S.ASKED:
        return Next(
            _("Wait for both answers"),
            _("Whoever has not answered is reminded once. Without both answers it lapses by itself."),
            who=_("both sides"),
            until=last_day_of(introduction),
        )
    if introduction.state == S.MADE:
        return _after_it_was_made(introduction, view)
    return None


def _after_it_was_made(introduction: Introduction, view: DeskView) -> Next:
    if introduction.nda == Nda.NEEDED:
        return Next(
            _("Send the agreement on confidentiality"),
            _("Both sides get it to sign; the confidential text waits for it."),
            who=introduction.region.name,
            action=_("Send it to both") if view.leads else "",
            post=reverse("introductions:agreement_sending", args=[view.pk]) if view.leads else "",
        )
    if introduction.nda == Nda.SENT:
        return Next(
            _("Upload the signed agreement"),
            _("As soon as both have signed it."),
            who=introduction.region.name,
            action=_("Upload it") if view.leads else "",
            href=reverse("introductions:agreement_signature", args=[view.pk]) if view.leads else "",
        )
    return Next(
        _("Ask what came of it"),
        _("They talk to each other now. Write down the outcome as soon as you know it."),
        who=introduction.region.name,
        action=_("Write down the outcome") if view.leads else "",
        href=reverse("introductions:outcome", args=[view.pk]) if view.leads else "",
    )


def next_of_side(view: SideView, *, consent: str = "") -> Next | None:
    """What a side does next; `consent` is where its yes is posted, empty for whoever may not answer."""
    if view.state is Shown.ASKED:
        return Next(
            _("May we introduce you?"),
            _(
                "Only when both sides have said yes does either learn who the other is. After a no, nobody does."
            ),
            who=_("you"),
            until=view.until,
            action=_("Yes, introduce us") if consent else "",
            post=consent,
        )
    if view.state is Shown.SAID_YES:
        return Next(
            _("The other side is asked as well"),
            _("You get a letter as soon as it is decided."),
            who=_("the other side"),
            until=view.until,
        )
    if view.state is Shown.MADE:
        return Next(
            _("Write to each other"),
            _("Whoever is first makes it easy for the other. Your region's desk helps with the next steps."),
            who=_("both of you"),
        )
    return None
