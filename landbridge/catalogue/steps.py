"""Where a record stands on its way, and the one step that comes next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.catalogue.models import Record
from landbridge.catalogue.rules import freshness, hidden_after
from landbridge.catalogue.states import WORKFLOW, Freshness, Kind, M, S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import day
from landbridge.foundation.ui.parts import Next, Step


def way(record: Record) -> list[Step]:
    """Written, looked at, published, confirmed each year."""
    begun = Step(_("Begun"), record.created_at, "done")
    if record.state == S.WITHDRAWN:
        return [begun, Step(_("Withdrawn"), record.changed_at, "off")]
    if record.state == S.DRAFT:
        return [begun, Step(_("With the broker"), state="current"), Step(_("Published"))]
    if record.state == S.REVIEW:
        return [begun, Step(_("With the broker"), state="current"), Step(_("Published"))]
    published = Step(_("Published"), record.published_at, "done")
    until = _("until %(day)s") % {"day": day(record.due_on)} if record.due_on else ""
    return [begun, published, Step(_("Confirmed each year"), record.confirmed_on, "current", until)]


def next_step(record: Record, *, actor: Actor, today: date) -> Next | None:
    """Who has the ball; the button only for whoever holds it."""
    if record.state == S.DRAFT:
        return _of_draft(record, actor=actor)
    if record.state == S.REVIEW:
        may = WORKFLOW.allows(M.PUBLISH, of=record, by=actor)
        return Next(
            _("A broker looks at it"),
            _("It is published, or comes back with a word on what is to be mended."),
            who=_("Access Broker of %(region)s") % {"region": record.region} if record.region else "",
            action=_("Look at it") if may else "",
            href=reverse("catalogue:gate", args=[record.pk]) if may else "",
        )
    if record.state in (S.PUBLISHED, S.HIDDEN):
        return _of_published(record, actor=actor, today=today)
    return None


def _of_draft(record: Record, *, actor: Actor) -> Next:
    if WORKFLOW.allows(M.PUBLISH, of=record, by=actor):
        return Next(
            _("Look at it once more, then publish"),
            _("The name, the summary and the place suffice; everything else helps it to be found."),
            action=_("Look at it"),
            href=reverse("catalogue:gate", args=[record.pk]),
        )
    may = WORKFLOW.allows(M.SUBMIT, of=record, by=actor)
    return Next(
        _("Hand it to the Access Broker"),
        _("They look at it before it is published. You can still edit it meanwhile."),
        who=record.organisation.name,
        action=_("Hand it to the broker") if may else "",
        post=reverse("catalogue:submission", args=[record.pk]) if may else "",
    )


def _of_published(record: Record, *, actor: Actor, today: date) -> Next | None:
    may = WORKFLOW.allows(M.CONFIRM, of=record, by=actor)
    confirm: dict[str, Any] = {
        "action": _("It is still right") if may else "",
        "post": reverse("catalogue:confirmation", args=[record.pk]) if may else "",
        "who": record.contact_name or record.organisation.name,
    }
    if record.state == S.HIDDEN:
        text = _("Nobody finds it until somebody says that it is right. One click shows it again.")
        return Next(_("Confirm it, and it is shown again"), text, **confirm)
    if record.kind == Kind.EXPERT and record.consented_at is None:
        return Next(
            _("The person is asked whether they agree"),
            _("A letter with a link went to their address. Nobody sees the record before they say yes."),
            who=record.name,
        )
    state = freshness(confirmed_on=record.confirmed_on, due_on=record.due_on, today=today)
    if state == Freshness.FRESH or record.due_on is None:
        return None
    text = _("Without a word it is hidden on %(day)s. Edit it if something changed; that counts as well.")
    return Next(
        _("Say whether it is still right"), text % {"day": day(hidden_after(record.due_on))}, until=record.due_on, **confirm
    )  # fmt: skip
