"""Vouchers, applications and money: they name their phase and partner themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, ExpressionWrapper, F, Q, Value, When

from landbridge.applications.models import Application
from landbridge.budgets.models import Entry
from landbridge.budgets.states import Kind as Entered
from landbridge.claims.models import Claim
from landbridge.claims.states import S as ClaimState
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.problems import N_
from landbridge.indicators.queries.facts import DaysBetween, Facts
from landbridge.indicators.queries.scopes import Scope, in_phase
from landbridge.indicators.queries.sources.shape import Parameter, Source
from landbridge.indicators.rules import Made
from landbridge.indicators.states import Kind
from landbridge.programmes.models import Incentive
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState

OVER = (VoucherState.LAPSED, VoucherState.DECLINED)


def _incentives() -> list[tuple[str, str]]:
    """Every kind of incentive that some phase offers, by its key."""
    found = dict(Incentive.objects.order_by("-pk").values_list("key", "name"))
    return sorted(found.items())


INCENTIVE = Parameter("incentive", N_("Incentive"), choices=_incentives)


def _vouchers(scope: Scope) -> Facts:
    place = in_phase(
        scope,
        phase="application__call__phase",
        partner="application__partner",
        region="application__applicant__region",
    )
    rows = Voucher.objects.filter(place)
    if key := scope.parameter("incentive"):
        rows = rows.filter(application__offer__incentive__key=str(key))
    return Facts(rows, on="awarded_at", name="number")


def _granted(scope: Scope) -> Sequence[Facts]:
    return (_vouchers(scope),)


def _kept(scope: Scope) -> Sequence[Facts]:
    """Those that had ended without use by the day count no more; lapsed later, they still count then."""
    found = _vouchers(scope)
    ended = Case(When(state__in=OVER, then=F("ended_at")))
    return (Facts(found.rows.annotate(lost_at=ended), on=found.on, name=found.name, until="lost_at"),)


def _applications(scope: Scope) -> Sequence[Facts]:
    place = in_phase(scope, phase="call__phase", partner="partner", region="applicant__region")
    rows = Application.objects.filter(place)
    if key := scope.parameter("incentive"):
        rows = rows.filter(offer__incentive__key=str(key))
    return (Facts(rows, on="first_submitted_at", name="number"),)


def _entries(scope: Scope, *, plus: Sequence[Entered], minus: Sequence[Entered]) -> Sequence[Facts]:
    place = in_phase(scope, phase="line__phase", partner="line__partner", region="line__partner__region")
    rows = Entry.objects.filter(place, kind__in=[*plus, *minus])
    if key := scope.parameter("incentive"):
        rows = rows.filter(Q(line__incentive__key=str(key)))
    amount = F("amount_eur")
    less = ExpressionWrapper(amount * Value(-1), output_field=MoneyField())
    signed = Case(When(kind__in=plus, then=amount), default=less, output_field=MoneyField())
    return (Facts(rows, on="at", name="about_name", share=signed),)


def _allocated(scope: Scope) -> Sequence[Facts]:
    plus, minus = (Entered.ALLOCATE, Entered.MOVE_IN), (Entered.WITHDRAW, Entered.MOVE_OUT)
    return _entries(scope, plus=plus, minus=minus)


def _committed(scope: Scope) -> Sequence[Facts]:
    """What was paid since stays in it: what was promised to companies and not taken back."""
    return _entries(scope, plus=(Entered.COMMIT,), minus=(Entered.RELEASE, Entered.RECOVER))


def _paid(scope: Scope) -> Sequence[Facts]:
    return _entries(scope, plus=(Entered.PAY,), minus=(Entered.RECOVER,))


def _days_to_payment(scope: Scope) -> Sequence[Facts]:
    place = in_phase(
        scope,
        phase="voucher__application__call__phase",
        partner="voucher__application__partner",
        region="voucher__application__applicant__region",
    )
    rows = Claim.objects.filter(
        place, state=ClaimState.PAID, voucher__application__first_submitted_at__isnull=False
    )
    days = DaysBetween(F("paid_on"), F("voucher__application__first_submitted_at"))
    return (Facts(rows, on="paid_on", name="number", share=days, is_moment=False),)


SOURCES = (
    Source(
        "vouchers-granted", N_("Vouchers granted"),
        N_("Every voucher from the moment of its award, whatever became of it later. One row is one voucher."),
        Made.COUNT, facts=_granted, parameters=(INCENTIVE,),
    ),
    Source(
        "vouchers-kept", N_("Vouchers granted and not lapsed"),
        N_("Vouchers from their award on, until they lapse or are declined. One row is one voucher."),
        Made.COUNT, facts=_kept, parameters=(INCENTIVE,),
    ),
    Source(
        "applications", N_("Applications received"),
        N_("Applications from the moment they were first handed in. One row is one application."),
        Made.COUNT, facts=_applications, parameters=(INCENTIVE,), kind=Kind.PROCESS,
    ),
    Source(
        "money-allocated", N_("Money set aside for vouchers"),
        N_("What was put into the budget lines, less what was taken out again. One row is one entry."),
        Made.SUM, facts=_allocated, parameters=(INCENTIVE,), kind=Kind.PROCESS, is_euro=True,
    ),
    Source(
        "money-committed", N_("Money committed to companies"),
        N_("What was promised with vouchers, less what was released or recovered; what was paid since stays in it. "
           "One row is one entry."),
        Made.SUM, facts=_committed, parameters=(INCENTIVE,), is_euro=True,
    ),
    Source(
        "money-paid", N_("Money paid to companies"),
        N_("What was paid on claims, less what was recovered. One row is one entry."),
        Made.SUM, facts=_paid, parameters=(INCENTIVE,), is_euro=True,
    ),
    Source(
        "days-to-payment", N_("Days from application to payment"),
        N_("The middle of the days from the first handing in of an application to the payment of a claim under its "
           "voucher. One row is one paid claim."),
        Made.MEDIAN, facts=_days_to_payment, kind=Kind.PROCESS,
    ),
)  # fmt: skip
