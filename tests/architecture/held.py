"""A key for programs on a side: one of its company's people holds it."""

from __future__ import annotations

from typing import Any

from landbridge.api.actions import keys as actions
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under


def hold_keys(side: Any) -> None:
    """One more key, for a program that reads enquiries."""
    hat = (
        Membership.objects.current()
        .filter(organisation=side.applicant, role=Role.SME)
        .select_related("person", "organisation")
        .order_by("pk")
        .first()
    )
    assert hat is not None
    by = actor_under(hat, person=hat.person)
    side.things["api_key"], _token = actions.make_key(
        name="Customer database", scopes=["enquiry:see"], days=30, second_factor=True, by=by, at=side.at
    )
