"""A key, a webhook and an archive on a side: what people arrange for programs."""

from __future__ import annotations

from typing import Any

from landbridge.api.actions import archives, webhooks
from landbridge.api.actions import keys as actions
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under


def hold_keys(side: Any) -> None:
    """One more key, for a program that reads enquiries; a webhook with a delivery; an archive that could not be written."""
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
    webhook = webhooks.make(
        name="Customer database",
        url="https://partner.example/landbridge",
        events=["enquiry.*"],
        by=by,
        at=side.at,
    )
    side.things["webhook"] = webhook
    side.things["delivery"] = webhooks.test(webhook_id=webhook.pk, by=by, at=side.at)
    archive = archives.order(by=SYSTEM, at=side.at)
    side.things["archive"] = archives.spoil(archive_id=archive.pk, problem="No room", by=SYSTEM, at=side.at)
