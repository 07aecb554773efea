"""Next steps: lists, those of a collaboration, whom they wait for, and what letters say of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Model, Q, QuerySet

from landbridge.collaborations.models import Collaboration, NextStep, NextStepRows
from landbridge.collaborations.states import Closed, Owner, Stepped
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.queries import desk_of, members_of, recipients

SPEAK_FOR = (Role.SME, Role.PROVIDER)
ABOUT = ("collaboration", "voucher", "introduction", "meeting", "coaching_case")
COLUMN_OF = {
    Closed.VOUCHER: "voucher",
    Closed.INTRODUCTION: "introduction",
    Closed.MEETING: "meeting",
    Closed.COACHING: "coaching_case",
}


def steps_listed(
    rows: NextStepRows, *, actor: Actor, state: str = "", whose: str = "", text: str = ""
) -> QuerySet[NextStep]:
    """Next steps for a list, the nearest first; `whose`: "ours" for those that wait for the reader's side."""
    found: QuerySet[NextStep] = rows.select_related("company", "provider")
    if state:
        found = found.filter(state=state)
    if whose:
        found = found.filter(ours(actor))
    if text:
        found = found.filter(
            Q(text__icontains=text) | Q(company__name__icontains=text) | Q(provider__name__icontains=text)
        )
    return found.order_by("state", "due_on", "pk") if state else found.order_by("-due_on", "-pk")


def ours(actor: Actor) -> Q:
    """Those whose turn is the actor's side's: their organisation's, or for a broker the desks'."""
    if actor.role is Role.BROKER:
        return Q(owner=Owner.DESK)
    own = actor.organisation_id or 0
    return Q(owner=Owner.COMPANY, company_id=own) | Q(owner=Owner.PROVIDER, provider_id=own)


def steps_of(found: Collaboration, *, actor: Actor) -> list[NextStep]:
    """Those planned from it, or from what it came from, the open ones first."""
    from_it = Q(collaboration=found)
    for column in ("voucher", "introduction", "meeting"):
        if getattr(found, f"{column}_id"):
            from_it |= Q(**{column: getattr(found, f"{column}_id")})
    rows = NextStep.objects.visible_to(actor).filter(from_it).select_related("company", "provider")
    return sorted(rows.order_by("due_on", "pk"), key=lambda one: one.state != Stepped.PLANNED)


def about_of(step: NextStep) -> Model | None:
    """What it follows from: the thing that closed, or the collaboration itself."""
    for column in reversed(ABOUT):
        row: Model | None = getattr(step, column)
        if row is not None:
            return row
    return None


def owner_recipients(step: NextStep) -> list[Recipient]:
    """Whom to write to: the people of the side whose turn it is."""
    if step.owner == Owner.COMPANY:
        return recipients(members_of(step.company_id).filter(role__in=SPEAK_FOR))
    if step.owner == Owner.PROVIDER and step.provider_id:
        return recipients(members_of(step.provider_id).filter(role__in=SPEAK_FOR))
    region = step.company.region_id or (step.provider.region_id if step.provider else None)
    return recipients(desk_of(region)) if region else []


def for_letters(step: NextStep) -> dict[str, object]:
    """The places of the letters about it."""
    return {
        "step": step.text,
        "due_on": step.due_on,
        "company": step.company.name,
        "partner": step.provider.name if step.provider else "",
        "who": step.owner_name,
        "planned_by": step.planned_by_name,
    }


def to_remind(*, at: datetime) -> Iterator[int]:
    """Those whose day has come and of which nobody was reminded."""
    rows = NextStep.objects.filter(state=Stepped.PLANNED, reminded_at=None, due_on__lte=at.date())
    yield from rows.order_by("pk").values_list("pk", flat=True)
