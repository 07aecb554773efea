"""Enterprises that were supported, each counted once however much it had."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.access.models import Request
from landbridge.coaching.models import Case
from landbridge.foundation.problems import N_
from landbridge.indicators.queries.facts import Facts
from landbridge.indicators.queries.scopes import Scope, in_phase, in_regions
from landbridge.indicators.queries.sources.shape import Source
from landbridge.indicators.rules import Made
from landbridge.introductions.models import Introduction
from landbridge.vouchers.models import Voucher


def _with_vouchers(scope: Scope) -> Sequence[Facts]:
    place = in_phase(
        scope,
        phase="application__call__phase",
        partner="application__partner",
        region="application__applicant__region",
    )
    applicant = "application__applicant"
    return (Facts(Voucher.objects.filter(place), on="awarded_at", name=f"{applicant}__name", once=applicant),)


def _without_money(scope: Scope) -> Sequence[Facts]:
    ours = in_regions(scope, "company__region")
    return tuple(
        Facts(rows.objects.filter(ours), on=on, name="company__name", once="company", is_timed=True)
        for rows, on in ((Introduction, "made_at"), (Request, "delivered_at"), (Case, "begun_at"))
    )


def _supported(scope: Scope) -> Sequence[Facts]:
    return (*_with_vouchers(scope), *_without_money(scope))


SOURCES = (
    Source(
        "enterprises-supported", N_("Enterprises supported"),
        N_("Companies with a voucher granted, an introduction made, access delivered or a coaching begun. An "
           "enterprise counts once, from its first support. One row is one company."),
        Made.COUNT, facts=_supported,
    ),
    Source(
        "enterprises-with-vouchers", N_("Enterprises supported by a voucher"),
        N_("Companies to which a voucher was granted, whatever became of it later. An enterprise counts once. One "
           "row is one company."),
        Made.COUNT, facts=_with_vouchers,
    ),
    Source(
        "enterprises-without-money", N_("Enterprises with support other than money"),
        N_("Companies with an introduction made, access delivered or a coaching begun. An enterprise counts once. "
           "One row is one company."),
        Made.COUNT, facts=_without_money,
    ),
)  # fmt: skip
