"""The operations of calls."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.calls.forms import (
    AboutForm,
    CriteriaForm,
    ExtensionForm,
    NewCallForm,
    OffersForm,
    QuestionForm,
    WindowForm,
)
from landbridge.foundation.ui.forms import ReasonForm

OPERATIONS = (
    Operation("calls:new", NewCallForm),
    Operation("calls:about", AboutForm),
    Operation("calls:window", WindowForm),
    Operation("calls:offers", OffersForm),
    Operation("calls:criteria", CriteriaForm),
    Operation("calls:new_question", QuestionForm),
    Operation("calls:question", QuestionForm),
    Operation("calls:question_removal"),
    Operation("calls:question_place", takes=("direction",)),
    Operation("calls:publication"),
    Operation("calls:extension", ExtensionForm),
    Operation("calls:cancellation", ReasonForm),
    Operation("calls:end"),
)
