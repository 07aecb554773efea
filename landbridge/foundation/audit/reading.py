"""Reading the record as a whole: which entries an actor sees, in slices, and how it is sealed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from landbridge.foundation.audit.models import Entry, Seal
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Slice

LARGEST_KEY = 2**63 - 1
COLUMNS = ("number", "at", "event", "subject_table", "subject_id", "subject", "person", "role", "details")


def seen_by(actor: Actor, filters: Mapping[str, Any]) -> QuerySet[Entry]:
    """Everything for whoever sees the whole network; else what happened to objects that the actor sees."""
    rows = Entry.objects.filter(_within_reach(actor))
    if text := filters.get("q"):
        rows = rows.filter(Q(event__icontains=text) | Q(subject_name__icontains=text))
    if person := filters.get("person"):
        rows = rows.filter(person_name__icontains=person)
    if since := filters.get("since"):
        rows = rows.filter(at__date__gte=since)
    return rows


def page_of(rows: QuerySet[Entry], before: str, after: str, size: int) -> tuple[list[Entry], Slice]:
    """One slice, newest first: those after an entry in this order, or those before it, or the first ones."""
    start, end = _key(after), _key(before)
    if end is not None:
        found = list(rows.filter(pk__gt=end).order_by("pk")[: size + 1])
        more_before, found = len(found) > size, found[:size][::-1]
        more_after = bool(found)
    else:
        older = rows if start is None else rows.filter(pk__lt=start)
        found = list(older.order_by("-pk")[: size + 1])
        more_after, found = len(found) > size, found[:size]
        more_before = start is not None
    return found, Slice(
        previous=str(found[0].pk) if found and more_before else "",
        next=str(found[-1].pk) if found and more_after else "",
    )


def last_seal() -> Seal | None:
    """The last link of the chain."""
    return Seal.objects.order_by("-pk").first()


def as_table(rows: QuerySet[Entry]) -> Iterator[tuple[object, ...]]:
    """One cell for each of COLUMNS."""
    for one in rows.iterator(chunk_size=1000):
        yield (
            one.pk, one.at, one.event, one.subject_table, one.subject_id, one.subject_name, one.person_name,
            one.role, json.dumps(one.details, sort_keys=True, ensure_ascii=False) if one.details else "",
        )  # fmt: skip


def _within_reach(actor: Actor) -> Q:
    """Of each table that says what an actor sees, the entries about those rows."""
    if not actor.may(P.AUDIT_SEE):
        return Q(pk__in=())
    if actor.sees_everything:
        return Q()
    reach = Q(pk__in=())
    for model in apps.get_models():
        rows: Any = model._default_manager.all()
        if hasattr(rows, "visible_to"):
            seen = rows.visible_to(actor).values("pk")
            reach |= Q(subject_table=model._meta.label_lower, subject_id__in=seen)
    return reach


def _key(text: str) -> int | None:
    if not (text.isascii() and text.isdigit()) or len(text) > 19:
        return None
    return min(int(text), LARGEST_KEY)
