"""The operations of memberships."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.memberships.forms import EndingForm, GivingForm, InvitationForm
from landbridge.organisations.forms import OrganisationForm

OPERATIONS = (
    Operation("memberships:registration", OrganisationForm),
    Operation("memberships:leaving"),
    Operation("memberships:ending", EndingForm),
    Operation("memberships:people", InvitationForm),
    Operation("memberships:giving", GivingForm),
    Operation("memberships:resending"),
    Operation("memberships:revocation"),
    Operation("memberships:own_acceptance"),
)
