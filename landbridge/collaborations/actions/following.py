"""What a collaboration led to, told by either side or a desk; what was told by mistake is taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.collaborations import queries, rules
from landbridge.collaborations.actions._parts import _followed, _require_follow
from landbridge.collaborations.models import Collaboration, FollowOn
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if


@transaction.atomic
def tell_follow_on(*, collaboration_id: int, told: rules.Following, by: Actor, at: datetime) -> Collaboration:
    """Tell what it led to: a project, money, a spin-off, a product, a licence, a publication, jobs."""
    found = _followed(collaboration_id, by=by)
    refuse_if(rules.problems_with_following(told, since=found.since, today=at.date()))
    row = FollowOn.objects.create(
        collaboration=found,
        kind=told.kind,
        title=told.title.strip(),
        text=told.text.strip(),
        amount_eur=told.amount_eur,
        funder=told.funder.strip(),
        jobs=told.jobs,
        on=told.on,
        told_by=queries.side_of(found, by),
        told_by_name=by.name,
        told_at=at,
    )
    record("collaboration.follow_on_told", found, by=by, at=at, follow_on=row.pk, kind=str(told.kind))
    return found


@transaction.atomic
def withdraw_follow_on(*, follow_on_id: int, by: Actor, at: datetime) -> Collaboration:
    """Take back what was told by mistake: by the side that told it, or a desk. Taken back twice, it is once."""
    _require_follow(by=by)
    found = _followed(FollowOn.objects.values_list("collaboration_id", flat=True).get(pk=follow_on_id), by=by)
    row = FollowOn.objects.for_update().get(pk=follow_on_id)
    side = queries.side_of(found, by)
    if by.organisation_id is not None and side != row.told_by:
        refuse(
            "told_by_others",
            N_("The other side told this."),
            cure=N_("Write to them, or to your desk."),
        )
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        record("collaboration.follow_on_withdrawn", found, by=by, at=at, follow_on=row.pk)
    return found
