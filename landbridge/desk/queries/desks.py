"""What the desks of the regions owe: due today by clock, asked by other desks, overdue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.clocks.models import Clock
from landbridge.clocks.queries import overdue, today_at
from landbridge.desk.queries.parts import MOST
from landbridge.enquiries.queries import offers_to
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Task


def due_today(actor: Actor, *, at: datetime) -> list[Task]:
    """What a broker's desk owes today or owed before, and which desks ask it to lead. Two queries."""
    rows = Clock.objects.visible_to(actor).running().filter(due_at__lt=at + timedelta(hours=36))
    clocks = rows.select_related("duty", "region").order_by("due_at", "pk")[:MOST]
    due = [one for one in clocks if today_at(one.region, at=one.due_at) <= today_at(one.region, at=at)]
    tasks = [
        Task(
            _("%(duty)s: %(number)s") % {"duty": one.duty.name, "number": one.about_name},
            one.get_absolute_url(),
            _("yours") if one.membership_id == actor.membership_id else "",
            today_at(one.region, at=one.due_at),
        )
        for one in due
    ]
    known = {one.get_absolute_url() for one in due}
    asked = [
        Task(
            _("Answer whether you lead %(number)s") % {"number": lead.enquiry.number},
            lead.get_absolute_url(),
            _("%(name)s asks") % {"name": lead.offered_by_name},
            today_at(lead.region, at=lead.expires_at or at),
        )
        for lead in offers_to(actor.region_id or 0, at=at)
        if lead.get_absolute_url() not in known
    ]
    return [*tasks, *asked]


def overdue_by_desk(actor: Actor, *, at: datetime) -> list[Task]:
    """The desks at which duties are overdue, for the office, the longest overdue first. One query."""
    late = overdue(Clock.objects.visible_to(actor), at=at).values("region_id", "region__name")
    counted = late.annotate(count=Count("pk"), since=Min("due_at")).order_by("since", "region_id")
    return [
        Task(
            ngettext(
                "%(count)s duty is overdue at the desk of %(desk)s",
                "%(count)s duties are overdue at the desk of %(desk)s",
                row["count"],
            )
            % {"count": row["count"], "desk": row["region__name"]},
            f"{reverse('clocks:clocks')}?due=late&region={row['region_id']}",
            _("Ask whether the desk needs help."),
            row["since"].date(),
        )
        for row in counted[:MOST]
    ]
