"""The operations of applications."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.applications.forms import (
    ChosenProviderForm,
    ConfirmationForm,
    ContactForm,
    DraftForm,
    NewProviderForm,
)
from landbridge.foundation.ui.forms import Form, ReasonForm

OPERATIONS = (
    Operation(
        "applications:draft",
        DraftForm,
        query=(
            "access",
            "seat",
        ),
    ),
    Operation("applications:text", DraftForm, takes=("version",)),
    Operation("applications:provider", ChosenProviderForm),
    Operation("applications:new_provider", NewProviderForm),
    Operation("applications:contact", ContactForm),
    Operation("applications:sharing"),
    Operation("applications:confirmation", ConfirmationForm),
    Operation("applications:submission"),
    Operation("applications:withdrawal", Form),
    Operation("applications:return", ReasonForm),
    Operation("applications:rejection", ReasonForm),
)
