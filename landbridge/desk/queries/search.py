"""One box for numbers and names, limited to what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from landbridge.applications.models import Application
from landbridge.calls.models import Call
from landbridge.claims.models import Claim
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.organisations.models import Organisation
from landbridge.vouchers.models import Voucher

MOST = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    name: str
    href: str
    about: str
    state: Any = ""


def found(actor: Actor, text: str) -> list[tuple[str, list[Hit]]]:
    """What fits, by kind, at most ten of each; one query for each kind that the role may see."""
    groups = [
        (N_("Applications"), _applications(actor, text) if actor.may(P.APPLICATION_SEE) else []),
        (N_("Vouchers"), _vouchers(actor, text) if actor.may(P.VOUCHER_SEE) else []),
        (N_("Claims"), _claims(actor, text) if actor.may(P.CLAIM_SEE) else []),
        (N_("Organisations"), _organisations(actor, text) if actor.may(P.ORGANISATION_SEE) else []),
        (N_("Calls"), _calls(actor, text)),
    ]
    return [(name, hits) for name, hits in groups if hits]


def _applications(actor: Actor, text: str) -> list[Hit]:
    rows = Application.objects.visible_to(actor).filter(
        Q(number__icontains=text) | Q(title__icontains=text) | Q(applicant__name__icontains=text)
    )
    return [
        Hit(str(one), one.get_absolute_url(), f"{one.applicant.name}: {one.title}", one.shown_state)
        for one in rows.select_related("applicant").order_by("-pk")[:MOST]
    ]


def _vouchers(actor: Actor, text: str) -> list[Hit]:
    rows = Voucher.objects.visible_to(actor).filter(
        Q(number__icontains=text) | Q(application__applicant__name__icontains=text)
    )
    return [
        Hit(
            one.number,
            one.get_absolute_url(),
            f"{one.application.applicant.name}: {one.application.title}",
            one.shown_state,
        )
        for one in rows.select_related("application__applicant").order_by("-pk")[:MOST]
    ]


def _claims(actor: Actor, text: str) -> list[Hit]:
    rows = Claim.objects.visible_to(actor).filter(
        Q(number__icontains=text) | Q(voucher__application__applicant__name__icontains=text)
    )
    return [
        Hit(one.number, one.get_absolute_url(), one.voucher.application.applicant.name, one.shown_state)
        for one in rows.select_related("voucher__application__applicant").order_by("-pk")[:MOST]
    ]


def _organisations(actor: Actor, text: str) -> list[Hit]:
    rows = Organisation.objects.visible_to(actor).filter(
        Q(name__icontains=text)
        | Q(pk__in=Organisation.objects.filter(company_numbers__number__icontains=text).values("pk"))
    )
    return [
        Hit(one.name, one.get_absolute_url(), f"{one.postcode} {one.town}".strip())
        for one in rows.order_by("name", "pk")[:MOST]
    ]


def _calls(actor: Actor, text: str) -> list[Hit]:
    rows = Call.objects.visible_to(actor).filter(title__icontains=text).select_related("phase__programme")
    return [
        Hit(one.title, one.get_absolute_url(), one.phase.programme.name)
        for one in rows.order_by("-closes_at", "pk")[:MOST]
    ]
