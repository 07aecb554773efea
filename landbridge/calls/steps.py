"""Where a call stands to its window and on its way."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from landbridge.calls.models import Call
from landbridge.calls.states import NAME_OF, S
from landbridge.foundation.ui.parts import Step


def state_of(call: Call, *, at: datetime) -> str:
    """The call's state in words; a published one says how it stands to its window."""
    if call.state != S.PUBLISHED:
        return _(NAME_OF[S(call.state)])
    if at < call.opens_at:
        return _("Opens soon")
    return _("Open") if call.is_open(at) else _("Closed, to be decided")


def way(call: Call, *, at: datetime) -> list[Step]:
    """Prepared, published, open, closed, decided; or where it ended."""
    is_published = call.published_at is not None
    steps = [
        Step(_("In preparation"), None, "done" if is_published else "current"),
        Step(_("Published"), call.published_at, "done" if is_published else "coming"),
    ]
    if call.state == S.CANCELLED:
        off = Step(_("Cancelled"), call.ended_at, "off")
        return [*steps, off] if is_published else [Step(_("In preparation"), None, "done"), off]
    began, over = at >= call.opens_at, at >= call.closes_at
    opened = "coming" if not is_published or not began else "done" if over else "current"
    closed = "coming" if not is_published or not over else "done" if call.state == S.DECIDED else "current"
    return [
        *steps,
        Step(_("Opens"), call.opens_at, opened),  # type: ignore[arg-type]
        Step(_("Closes"), call.closes_at, closed),  # type: ignore[arg-type]
        Step(_("Decided"), call.ended_at, "done" if call.state == S.DECIDED else "coming"),
    ]
