"""The operations of collaborations."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.collaborations.forms import (
    DescriptionForm,
    DoneForm,
    FollowOnForm,
    NoteForm,
    StepForm,
    TurnForm,
)
from landbridge.foundation.ui.forms import ReasonForm

OPERATIONS = (
    Operation("collaborations:new", NoteForm),
    Operation("collaborations:partnership"),
    Operation("collaborations:met"),
    Operation("collaborations:after_voucher", StepForm),
    Operation("collaborations:after_introduction", StepForm),
    Operation("collaborations:after_meeting", StepForm),
    Operation("collaborations:after_coaching", StepForm),
    Operation("collaborations:nothing_more", ReasonForm),
    Operation("collaborations:step_edit", StepForm),
    Operation("collaborations:step_done", DoneForm),
    Operation("collaborations:step_drop", ReasonForm),
    Operation("collaborations:follow_on_withdrawal"),
    Operation("collaborations:text", DescriptionForm),
    Operation("collaborations:finishing", TurnForm),
    Operation("collaborations:stopping", TurnForm),
    Operation("collaborations:renewal", TurnForm),
    Operation("collaborations:follow_on_new", FollowOnForm),
    Operation("collaborations:step_new", StepForm),
)
