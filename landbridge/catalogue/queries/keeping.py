"""Lists for those who keep records: their own, by state and freshness, and what waits for them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from landbridge.catalogue.models import Record, Suggestion
from landbridge.catalogue.models.records import RecordRows
from landbridge.catalogue.rules.freshness import DAYS_OF_NOTICE
from landbridge.catalogue.states import Freshness, S
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation


def worked_on(actor: Actor) -> RecordRows:
    """Records that the actor keeps; the auditor reads all of them."""
    return Record.objects.all() if actor.role is Role.AUDITOR else Record.objects.kept_by(actor)


def listed(
    rows: QuerySet[Record],
    *,
    today: date,
    state: str = "",
    freshness: str = "",
    kind: str = "",
    text: str = "",
) -> QuerySet[Record]:
    """Records by what waits longest: the one that is due first at the top, drafts behind."""
    chosen = Q()
    if state:
        chosen &= Q(state=state)
    if kind:
        chosen &= Q(kind=kind)
    if text:
        chosen &= Q(name__icontains=text) | Q(organisation__name__icontains=text)
    if freshness:
        chosen &= _of_freshness(freshness, today=today)
    return (
        rows.filter(chosen).select_related("organisation", "region").order_by("due_on", "-changed_at", "pk")
    )


def _of_freshness(freshness: str, *, today: date) -> Q:
    """The same days as in the rule `freshness`, for published and hidden records."""
    shown = Q(state__in=[S.PUBLISHED, S.HIDDEN])
    notice = today + timedelta(days=DAYS_OF_NOTICE)
    return (
        shown
        & {
            Freshness.FRESH: Q(due_on__gt=notice),
            Freshness.DUE: Q(due_on__gte=today, due_on__lte=notice),
            Freshness.OVERDUE: Q(due_on__lt=today),
        }[Freshness(freshness)]
    )


def due_soon(actor: Actor, *, today: date) -> QuerySet[Record]:
    """One's own published records that are due or overdue, and hidden ones, the oldest first."""
    late = Q(state=S.PUBLISHED, due_on__lte=today + timedelta(days=DAYS_OF_NOTICE)) | Q(state=S.HIDDEN)
    return Record.objects.kept_by(actor).filter(late).order_by("due_on", "pk")


def waiting(actor: Actor) -> QuerySet[Record]:
    """Records that wait for the broker, the longest first."""
    return (
        Record.objects.kept_by(actor)
        .filter(state=S.REVIEW)
        .select_related("organisation")
        .order_by("changed_at", "pk")
    )


def organisations_for(actor: Actor) -> list[tuple[int, str]]:
    """Organisations for which the actor may write records, for a choice in a form."""
    rows = Organisation.objects.visible_to(actor).filter(is_closed=False)
    return list(rows.order_by("name", "pk").values_list("pk", "name")[:500])


def open_suggestions(record: Record) -> list[Suggestion]:
    """Suggested edits on which nobody has decided, the oldest first."""
    return list(
        Suggestion.objects.filter(record=record, decided_at__isnull=True).order_by("suggested_at", "pk")
    )


def to_be_reminded(*, today: date) -> QuerySet[Record]:
    """Published records that may be due for a letter; the rule decides on each."""
    soon = today + timedelta(days=DAYS_OF_NOTICE + 1)
    return Record.objects.filter(state=S.PUBLISHED, due_on__lte=soon).order_by("due_on", "pk")


def to_be_hidden(*, today: date) -> QuerySet[Record]:
    """Published records that nobody confirmed for long; the rule decides on each."""
    return Record.objects.filter(state=S.PUBLISHED, due_on__lt=today).select_related("region").order_by("pk")


def with_websites(*, hour: int, hours: int, limit: int) -> list[Record]:
    """Public records with a website, those whose turn it is in this one of so many hours."""
    rows = Record.objects.public().exclude(website="").annotate(turn=F("pk") % hours).filter(turn=hour)
    return list(rows.order_by("pk")[:limit])
