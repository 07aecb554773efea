"""An auditor's desk: the last seals of the record, and random samples that anybody can draw again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.applications.models import Application
from landbridge.applications.states import S
from landbridge.claims.models import Claim, PaymentFile
from landbridge.desk.queries.parts import Home, Tile
from landbridge.foundation.audit.models import Entry, Seal
from landbridge.foundation.audit.reading import seen_by
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_
from landbridge.foundation.ui.formatting import moment, number
from landbridge.foundation.ui.parts import Event
from landbridge.vouchers.models import Voucher

MOST_DRAWN = 50
MOST_EVENTS = 8


@dataclass(frozen=True, slots=True)
class Drawn:
    """One object of a sample."""

    name: str
    href: str
    about: str
    state: Any


def _submitted(actor: Actor) -> QuerySet[Any]:
    return Application.objects.visible_to(actor).exclude(state=S.DRAFT).select_related("applicant")


def _vouchers(actor: Actor) -> QuerySet[Any]:
    return Voucher.objects.visible_to(actor).select_related("application__applicant")


def _claims(actor: Actor) -> QuerySet[Any]:
    rows = Claim.objects.visible_to(actor).filter(first_submitted_at__isnull=False)
    return rows.select_related("voucher__application__applicant")


def _files(actor: Actor) -> QuerySet[Any]:
    return PaymentFile.objects.visible_to(actor).select_related("partner")


KINDS: dict[str, tuple[str, Callable[[Actor], QuerySet[Any]], str]] = {
    "vouchers": (N_("Vouchers"), _vouchers, "application.applicant"),
    "applications": (N_("Applications"), _submitted, "applicant"),
    "claims": (N_("Claims"), _claims, "voucher.application.applicant"),
    "payments": (N_("Payment files"), _files, "partner"),
}


def home(actor: Actor, *, at: datetime) -> Home:  # noqa: ARG001 - every desk is asked at a moment
    """Five queries. An auditor has no duties here; the numbers lead to where samples are drawn."""
    last = Seal.objects.order_by("-pk").first()
    unsealed = Entry.objects.filter(pk__gt=last.last_entry_id if last else 0).count()
    record = reverse("record:record")
    lately = seen_by(actor, {}).order_by("-pk")[:MOST_EVENTS]
    return Home(
        lately=[Event(f"{one.event} · {one.subject_name}", one.at, one.person_name) for one in lately],
        tiles=[
            Tile(number(_vouchers(actor).count()), _("vouchers"), reverse("vouchers:vouchers")),
            Tile(number(_claims(actor).count()), _("claims handed in"), reverse("claims:claims")),
            Tile(
                number(last.last_entry_id if last else 0),
                _("entries of the record are sealed"),
                record,
                _("last on %(moment)s") % {"moment": moment(last.at)} if last else _("no seal yet"),
            ),
            Tile(number(unsealed), _("entries wait for the next seal"), record),
        ],
    )


def sample(actor: Actor, *, kind: str, size: int, seed: int) -> tuple[list[Drawn], int]:
    """So many objects of a kind at random, and of how many; the same seed over the same rows draws the same."""
    _name, rows_for, path = KINDS[kind]
    rows = rows_for(actor)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    drawn = random.Random(seed).sample(keys, min(size, len(keys), MOST_DRAWN))  # noqa: S311 - a published seed
    found = {row.pk: row for row in rows.filter(pk__in=drawn)}
    return [_drawn(found[key], path) for key in drawn], len(keys)


def _drawn(row: Model, path: str) -> Drawn:
    about: Any = row
    for step in path.split("."):
        about = getattr(about, step)
    shown: Any = row
    return Drawn(name=str(row), href=shown.get_absolute_url(), about=str(about), state=shown.shown_state)
