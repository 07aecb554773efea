"""What of access waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from landbridge.access.models import Feedback, Request
from landbridge.access.states import S
from landbridge.clocks.queries import due_of
from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_
from landbridge.foundation.ui.parts import Task
from landbridge.introductions.states import Side

SAYS = {
    S.DRAFT: N_("Finish the request for access: %(title)s"),
    S.QUOTED: N_("Read the quote: %(title)s"),
    S.SUBMITTED: N_("Check a request for access: %(title)s"),
    S.ELIGIBLE: N_("Say whether it is feasible: %(title)s"),
    S.FEASIBLE: N_("Send a quote: %(title)s"),
    S.ACCEPTED: N_("Agree with the company: %(title)s"),
    S.AGREED: N_("Begin the work: %(title)s"),
    S.IN_PROGRESS: N_("Deliver the work: %(title)s"),
    S.DELIVERED: N_("Say what you think of the work: %(title)s"),
}
WAITS_FOR = {
    Role.SME: (S.DRAFT, S.QUOTED, S.DELIVERED),
    Role.PROVIDER: (S.ELIGIBLE, S.FEASIBLE, S.ACCEPTED, S.AGREED, S.IN_PROGRESS, S.DELIVERED),
    Role.BROKER: (S.SUBMITTED,),
}


@dataclass(frozen=True, slots=True)
class _Due:
    until: datetime | None
    zone: str


def to_do(actor: Actor) -> Iterator[Task]:
    """The requests whose next step is the actor's, by their clocks. Three queries."""
    role = actor.role or Role.SYSTEM
    rows = Request.objects.visible_to(actor).filter(state__in=WAITS_FOR.get(role, ()))
    if role is Role.BROKER:
        rows = rows.filter(company__region_id=actor.region_id or 0)
    side = Side.PROVIDER if role is Role.PROVIDER else Side.COMPANY
    spoken = Feedback.objects.filter(side=side).values("request")
    found = list(
        rows.exclude(pk__in=spoken).select_related("company", "provider").order_by("started_at", "pk")[:MOST]
    )
    clocks = due_of(Request._meta.label_lower, [one.pk for one in found])
    for one in found:
        clock = clocks.get(one.pk)
        due = _Due(clock.due_at, clock.region.time_zone) if clock else _Due(None, "")
        other = one.provider.name if role is Role.SME else one.company.name
        title = one.title or _("without a title")
        yield Task(
            _(SAYS[S(one.state)]) % {"title": title}, one.get_absolute_url(), other, due.until, due.zone
        )
