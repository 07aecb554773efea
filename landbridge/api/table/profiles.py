"""The operations of profiles."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.profiles.forms import InterestForm, NewProfileForm, ProfileForm

OPERATIONS = (
    Operation("profiles:new", NewProfileForm),
    Operation("profiles:interest_acceptance"),
    Operation("profiles:interest_refusal", ReasonForm),
    Operation("profiles:interest_withdrawal"),
    Operation("profiles:text", ProfileForm, takes=("seen",)),
    Operation("profiles:submission"),
    Operation("profiles:return", ReasonForm),
    Operation("profiles:publication"),
    Operation("profiles:renewal"),
    Operation("profiles:withdrawal", ReasonForm),
    Operation("profiles:interest_new", InterestForm),
)
