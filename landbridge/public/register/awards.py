"""What the open formats say of one award, from the same vouchers that the register's pages show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from landbridge.claims.models import Payment
from landbridge.foundation.money import Money
from landbridge.organisations.models import CompanyNumber, Organisation
from landbridge.programmes.models import Partner
from landbridge.public.queries import awards as register
from landbridge.public.queries.awards import Award
from landbridge.vouchers.models import Voucher

PORTION = 500
MORE = (
    "valid_until",
    "awarded_at",
    "accepted_at",
    "ended_at",
    "application__applicant__town",
    "application__partner__name",
    "application__partner__country",
    "application__partner__programme_id",
    "application__call__phase_id",
)


@dataclass(frozen=True, slots=True)
class OpenAward:
    """One award with what the formats ask for beyond a line of the register.

    `recipient` and `company_number` are empty for a sole trader: the name, the town and the number are a person's.
    """

    pk: int
    line: Award
    call_id: int
    call_title: str
    recipient_id: int
    recipient: str
    town: str
    company_number: tuple[str, str] | None
    funder: Partner
    paid: Money | None
    valid_until: date
    awarded_at: datetime
    changed_at: datetime


def every() -> Iterator[OpenAward]:
    """Every award of the register, the oldest first; a portion at a time, three queries for each."""
    rows = _rows()
    last = 0
    while portion := list(rows.filter(pk__gt=last).order_by("pk")[:PORTION]):
        yield from _opened(portion)
        last = portion[-1].pk


def page(*, number: int, size: int) -> list[OpenAward]:
    """One page of them, the oldest first."""
    begin = (number - 1) * size
    return list(_opened(list(_rows().order_by("pk")[begin : begin + size])))


def one(pk: int) -> OpenAward | None:
    """One award; None where the register has none of this number."""
    return next(_opened(list(_rows().filter(pk=pk))), None)


def count() -> int:
    """How many the register holds."""
    return register.granted().count()


def _rows() -> QuerySet[Voucher]:
    return (
        register.listed({})
        .select_related(*register.PARTS, "application__partner")
        .only(*register.SHOWN, *MORE)
    )


def _opened(vouchers: Sequence[Voucher]) -> Iterator[OpenAward]:
    paid = dict(
        Payment.objects.filter(
            claim__voucher__in=[voucher.pk for voucher in vouchers], result=Payment.Result.EXECUTED
        )
        .values_list("claim__voucher")
        .annotate(Sum("amount_eur"))
        .order_by()
    )
    companies = {voucher.application.applicant_id for voucher in vouchers}
    numbers = {
        number.organisation_id: (number.scheme, number.number)
        for number in CompanyNumber.objects.filter(organisation__in=companies).order_by("-pk")
    }
    for voucher in vouchers:
        applicant = voucher.application.applicant
        moments = (voucher.awarded_at, voucher.accepted_at, voucher.ended_at)
        yield OpenAward(
            pk=voucher.pk,
            line=register.award(voucher),
            call_id=voucher.application.call_id,
            call_title=voucher.application.call.title,
            recipient_id=applicant.pk,
            recipient=_unless_sole_trader(applicant, applicant.name),
            town=_unless_sole_trader(applicant, applicant.town),
            company_number=None if applicant.is_sole_trader else numbers.get(applicant.pk),
            funder=voucher.application.partner,
            paid=paid.get(voucher.pk),
            valid_until=voucher.valid_until,
            awarded_at=voucher.awarded_at,
            changed_at=max(moment for moment in moments if moment),
        )


def _unless_sole_trader(organisation: Organisation, text: str) -> str:
    return "" if organisation.is_sole_trader else text
