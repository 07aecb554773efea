"""Reading collaborations: lists, where each came from, and what waits to be recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from landbridge.access.models import Request
from landbridge.access.states import S as AccessState
from landbridge.coaching.models import Case, Partnership
from landbridge.collaborations.models import Collaboration, CollaborationRows
from landbridge.collaborations.states import Origin
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.permissions.actor import Actor
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import Outcome
from landbridge.introductions.states import S as IntroductionState
from landbridge.meetings.models import Meeting
from landbridge.organisations.models import Organisation
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState

SIDES = ("company__region", "provider__region")


@dataclass(frozen=True, slots=True)
class Known:
    """What an origin says of the collaboration that came of it."""

    origin: Origin
    company_id: int
    provider_id: int
    title: str
    since: date
    instrument: str
    is_demonstration: bool = False
    enquiry: Enquiry | None = None
    introduction: Introduction | None = None
    access_request: Request | None = None
    voucher: Voucher | None = None
    meeting: Meeting | None = None
    partnership: Partnership | None = None

    def links(self) -> dict[str, Model]:
        """The rows that it comes from, by the columns that name them."""
        found = {name: getattr(self, name) for name in LINKS}
        return {name: row for name, row in found.items() if row is not None}


LINKS = ("enquiry", "introduction", "access_request", "voucher", "meeting", "partnership")


def listed(
    rows: CollaborationRows, *, origin: str = "", region: str = "", state: str = "", text: str = ""
) -> QuerySet[Collaboration]:
    """Collaborations for a list or export, the newest first."""
    found = rows.select_related(*SIDES)
    if origin:
        found = found.filter(origin=origin)
    if state:
        found = found.filter(state=state)
    if region:
        found = found.filter(Q(company__region_id=region) | Q(provider__region_id=region))
    if text:
        found = found.filter(
            Q(number__icontains=text)
            | Q(title__icontains=text)
            | Q(company__name__icontains=text)
            | Q(provider__name__icontains=text)
        )
    return found.order_by("-since", "-pk")


def how_many() -> int:
    """How many collaborations there are, counted as the indicators count them: all that the public learns."""
    return Collaboration.objects.count()


def origins_of(found: Collaboration, *, actor: Actor) -> list[Model]:
    """The rows that it came from, as far as the actor may see them."""
    tables: tuple[tuple[type[Any], int | None], ...] = (
        (Enquiry, found.enquiry_id),
        (Introduction, found.introduction_id),
        (Request, found.access_request_id),
        (Voucher, found.voucher_id),
        (Meeting, found.meeting_id),
        (Case, found.partnership.report.case_id if found.partnership else None),
    )
    rows = [table.objects.visible_to(actor).filter(pk=pk).first() for table, pk in tables if pk]
    return [row for row in rows if row is not None]


def organisation_named(name: str) -> Organisation | None:
    """The one open organisation of this name; None where there is none, or more than one."""
    rows = list(Organisation.objects.filter(name__iexact=name.strip()).order_by("pk")[:2])
    return rows[0] if len(rows) == 1 else None


def waiting() -> Iterator[tuple[Origin, int]]:
    """What became a collaboration and is not recorded as one: requests closed, introductions, vouchers closed."""
    requests = Request.objects.filter(state=AccessState.CLOSED, collaboration__isnull=True)
    introductions = Introduction.objects.filter(
        state=IntroductionState.OUTCOME_KNOWN, outcome=Outcome.COLLABORATION, collaboration__isnull=True
    )
    vouchers = Voucher.objects.filter(
        state=VoucherState.CLOSED, collaboration__isnull=True, application__provider__isnull=False
    )
    for origin, rows in (
        (Origin.INTRODUCTION, introductions),
        (Origin.ACCESS, requests),
        (Origin.VOUCHER, vouchers),
    ):
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            yield origin, pk


def known_of(origin: Origin, row_id: int, *, at: datetime) -> Known:
    """What the row says: who, since when, under what. Raises DoesNotExist for a row that is not there."""
    if origin is Origin.ACCESS:
        return _of_request(
            Request.objects.select_related("enquiry", "introduction__enquiry").get(pk=row_id), at=at
        )
    if origin is Origin.INTRODUCTION:
        return _of_introduction(Introduction.objects.select_related("enquiry").get(pk=row_id), at=at)
    if origin is Origin.VOUCHER:
        rows = Voucher.objects.select_related(
            "application__offer", "application__applicant", "application__access_request__introduction"
        )
        return _of_voucher(rows.get(pk=row_id))
    raise ValueError(origin)


def _of_request(request: Request, *, at: datetime) -> Known:
    introduction = request.introduction
    return Known(
        Origin.ACCESS,
        request.company_id,
        request.provider_id,
        request.title,
        request.starts_on or at.date(),
        "Access under common rules",
        is_demonstration=request.is_demonstration,
        enquiry=request.enquiry or (introduction.enquiry if introduction else None),
        introduction=introduction,
        access_request=request,
    )


def _of_introduction(introduction: Introduction, *, at: datetime) -> Known:
    return Known(
        Origin.INTRODUCTION,
        introduction.company_id,
        introduction.provider_id,
        introduction.title,
        (introduction.made_at or at).date(),
        "",
        is_demonstration=introduction.is_demonstration,
        enquiry=introduction.enquiry,
        introduction=introduction,
    )


def _of_voucher(voucher: Voucher) -> Known:
    application = voucher.application
    request = application.access_request
    return Known(
        Origin.VOUCHER,
        application.applicant_id,
        application.provider_id or 0,
        application.title,
        voucher.granted_on,
        f"{application.offer.name} {voucher.number}",
        is_demonstration=application.applicant.is_demonstration,
        introduction=request.introduction if request else None,
        access_request=request,
        voucher=voucher,
    )


def recorded_for(known: Known) -> Collaboration | None:
    """The row that says already who works together here: one origin may have led to the next.

    An introduction and a voucher know nothing of each other; between the same two sides, where there is but one of the
    other kind, they are taken for one.
    """
    rows = Collaboration.objects.for_update()
    for name in ("voucher", "access_request", "introduction", "meeting", "partnership"):
        row = getattr(known, name)
        found = rows.filter(**{name: row}).first() if row is not None else None
        if found is not None:
            return found
    if known.origin not in (Origin.INTRODUCTION, Origin.VOUCHER):
        return None
    other = "introduction" if known.origin is Origin.VOUCHER else "voucher"
    between = rows.filter(company_id=known.company_id, provider_id=known.provider_id, access_request=None)
    alike = list(between.filter(**{f"{known.origin}__isnull": True, f"{other}__isnull": False})[:2])
    return alike[0] if len(alike) == 1 else None
