"""The pages of collaborations."""

from __future__ import annotations

from landbridge.collaborations.views.closing import (
    after_coaching,
    after_introduction,
    after_meeting,
    after_voucher,
    closings,
    nothing_more,
)
from landbridge.collaborations.views.life import (
    finishing,
    follow_on_new,
    follow_on_withdrawal,
    renewal,
    stopping,
)
from landbridge.collaborations.views.pages import (
    collaboration,
    collaborations,
    export,
    heard_of,
    met,
    new,
    partnership,
    text,
)
from landbridge.collaborations.views.steps import (
    next_step,
    next_steps,
    step_done,
    step_drop,
    step_edit,
    step_new,
)

__all__ = [
    "after_coaching",
    "after_introduction",
    "after_meeting",
    "after_voucher",
    "closings",
    "collaboration",
    "collaborations",
    "export",
    "finishing",
    "follow_on_new",
    "follow_on_withdrawal",
    "heard_of",
    "met",
    "new",
    "next_step",
    "next_steps",
    "nothing_more",
    "partnership",
    "renewal",
    "step_done",
    "step_drop",
    "step_edit",
    "step_new",
    "stopping",
    "text",
]
