"""What a webhook's owner may hear of, what is due, and what stands on its pages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Count, Max, Q, QuerySet
from django.urls import NoReverseMatch

from landbridge.api.models import Delivery, Webhook
from landbridge.api.rules import webhooks as rules
from landbridge.api.states import Delivered
from landbridge.foundation.audit import words
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.permissions.actor import ANYONE, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under

AT_ONCE = 500
SENT_AT_ONCE = 200
SEEN = ("pk", "at", "event", "subject_table", "subject_id")
HAT = ("person", "organisation", "region", "partner", "programme")


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the record as it may be told: its number, its event, and the body."""

    entry_id: int
    event: str
    body: dict[str, Any]


def known_events() -> set[str]:
    """The names of all events that the words speak of."""
    return set(words.known())


def kept(actor: Actor) -> QuerySet[Webhook]:
    """One's own, with how many deliveries wait and when the last one arrived."""
    rows = Webhook.objects.visible_to(actor).annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state=Delivered.WAITING)),
        last_at=Max("deliveries__tried_at", filter=Q(deliveries__state=Delivered.DELIVERED)),
    )
    return rows.order_by("name", "pk")


def actor_of(webhook: Webhook) -> Actor | None:
    """Whoever keeps it, under the hat that it belongs to; None once hat, person or right has ended."""
    hat = Membership.objects.current().select_related(*HAT).filter(pk=webhook.membership_id).first()
    if hat is None or not hat.person.is_active:
        return None
    actor = actor_under(hat, person=hat.person)
    return actor if actor.may(P.WEBHOOK_EDIT) else None


def settled_until() -> int:
    """The last entry of the record before which none can appear any more.

    On PostgreSQL a lower number may become visible after a higher one: writers in flight are waited for.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")
        return Entry.objects.aggregate(last=Max("pk"))["last"] or 0


def news_of(webhook: Webhook, *, actor: Actor, after: int, until: int) -> tuple[list[Told], int]:
    """What happened after an entry that it wants and may hear of, and the entry up to which that was looked at."""
    rows = Entry.objects.filter(pk__gt=after, pk__lte=until).order_by("pk")
    found = list(rows.only(*SEEN)[:AT_ONCE])
    looked_at = found[-1].pk if len(found) == AT_ONCE else until
    wanted = [one for one in found if rules.is_wanted(one.event, webhook.events)]
    return list(_visible(wanted, actor=actor)), looked_at


def since(webhook: Webhook, *, actor: Actor, moment: datetime) -> list[Told]:
    """What it wants and may hear of since a moment, the newest part of it where that is more than fits."""
    rows = Entry.objects.filter(at__gte=moment, pk__lte=webhook.watermark).order_by("-pk")
    wanted = [one for one in rows.only(*SEEN)[: AT_ONCE * 4] if rules.is_wanted(one.event, webhook.events)]
    return list(_visible(list(reversed(wanted[:AT_ONCE])), actor=actor))


def may_still_hear(delivery: Delivery, *, actor: Actor) -> bool:
    """Whether what it tells of is still in sight; a test tells of nothing."""
    if delivery.entry_id is None:
        return True
    entries = list(Entry.objects.filter(pk=delivery.entry_id).only(*SEEN))
    return bool(list(_visible(entries, actor=actor)))


def due(*, at: datetime) -> list[int]:
    """The deliveries to try now."""
    rows = Delivery.objects.filter(
        state=Delivered.WAITING, next_at__lte=at, webhook__is_active=True, webhook__stopped_at__isnull=True
    )
    return list(rows.order_by("next_at", "pk").values_list("pk", flat=True)[:SENT_AT_ONCE])


def octets_of(delivery: Delivery) -> bytes:
    """The body as it is sent and signed: the same each time."""
    return json.dumps(delivery.body, ensure_ascii=False, separators=(",", ":")).encode()


def _visible(entries: Sequence[Entry], *, actor: Actor) -> Iterable[Told]:
    """Those about objects that the actor may see, in the order given: nothing else leaves the house."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        by_table[entry.subject_table].add(entry.subject_id)
    seen = {table: _sight(table, keys, actor=actor) for table, keys in by_table.items()}
    for entry in entries:
        rows, inside = seen[entry.subject_table]
        row = rows.get(entry.subject_id)
        if row is not None and (entry.subject_id in inside or rules.is_public(entry.event)):
            yield Told(entry.pk, entry.event, _body(entry, row))


def _sight(table: str, keys: set[int], *, actor: Actor) -> tuple[dict[int, models.Model], set[int]]:
    """Of a table's rows those in sight, and among them those of which the actor hears everything.

    What everybody may read, its keepers alone hear everything of.
    """
    try:
        manager: Any = apps.get_model(table)._default_manager
    except LookupError:
        return {}, set()
    if not hasattr(manager, "visible_to"):
        return {}, set()
    rows = {row.pk: row for row in manager.visible_to(actor).filter(pk__in=keys)}
    public = set(manager.visible_to(ANYONE).filter(pk__in=rows).values_list("pk", flat=True))
    kept = public if actor.sees_everything else set()
    if public and not kept and hasattr(manager, "kept_by"):
        kept = set(manager.kept_by(actor).filter(pk__in=public).values_list("pk", flat=True))
    return rows, (rows.keys() - public) | kept


def _body(entry: Entry, row: models.Model) -> dict[str, Any]:
    """What is told: the event, the object by table, number and address, the moment. Nobody's name, nothing of its content."""
    return {
        "event": entry.event,
        "at": entry.at.isoformat().replace("+00:00", "Z"),
        "object": {"table": entry.subject_table, "id": entry.subject_id, "address": _address(row)},
    }


def _address(row: models.Model) -> str | None:
    try:
        where = row.get_absolute_url()  # type: ignore[attr-defined]
    except (AttributeError, NoReverseMatch):
        return None
    return f"{settings.LANDBRIDGE_ADDRESS}{where}"
