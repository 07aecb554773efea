"""Collaborations: begun, running, renewed, across borders, and what followed from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce

from landbridge.collaborations.models import Collaboration, FollowOn, Turn
from landbridge.collaborations.states import FOLLOWED_NAMES, Followed, S
from landbridge.foundation.problems import N_
from landbridge.indicators.queries.facts import Facts
from landbridge.indicators.queries.scopes import Scope, day_of, in_regions
from landbridge.indicators.queries.sources.shape import Parameter, Source
from landbridge.indicators.rules import Made, Row, months_later
from landbridge.indicators.states import Kind
from landbridge.organisations.models import Kind as Organised
from landbridge.organisations.models import Organisation
from landbridge.vouchers.states import S as VoucherState

RESEARCH = (Organised.UNIVERSITY, Organised.INSTITUTE, Organised.HOSPITAL)
FOLLOWED = Parameter(
    "followed", N_("What followed"),
    choices=lambda: [(kind.value, name) for kind, name in FOLLOWED_NAMES.items()],
)  # fmt: skip
AFTER = Parameter("months", N_("Months after the support ended"), low=1, high=60)
COLLABORATION = Collaboration._meta.label_lower
ORGANISATION = Organisation._meta.label_lower


def _collaborations(scope: Scope) -> QuerySet[Collaboration]:
    return Collaboration.objects.filter(in_regions(scope, "company__region"))


def _across(scope: Scope) -> QuerySet[Collaboration]:
    return _collaborations(scope).exclude(company__country=F("provider__country"))


def _begun(scope: Scope) -> Sequence[Facts]:
    return (Facts(_collaborations(scope), on="since", name="number", is_moment=False, is_timed=True),)


def _renewed(scope: Scope) -> Sequence[Facts]:
    rows = Turn.objects.filter(in_regions(scope, "collaboration__company__region"), state=S.RUNNING)
    return (
        Facts(
            rows, on="on", name="collaboration__number", is_moment=False, is_timed=True,
            pk="collaboration_id", called=COLLABORATION,
        ),
    )  # fmt: skip


def _sides_across(scope: Scope) -> Sequence[Facts]:
    rows = _across(scope)
    return tuple(
        Facts(rows, on="since", name=f"{side}__name", once=side, is_moment=False, is_timed=True)
        for side in ("company", "provider")
    )


def _with_research(scope: Scope) -> Sequence[Facts]:
    rows = _collaborations(scope).filter(provider__kind__in=RESEARCH)
    return (Facts(rows, on="since", name="company__name", once="company", is_moment=False, is_timed=True),)


def _followed(scope: Scope) -> QuerySet[FollowOn]:
    """What was told by mistake counts on no day."""
    rows = FollowOn.objects.filter(
        in_regions(scope, "collaboration__company__region"), withdrawn_at__isnull=True
    )
    if kind := scope.parameter("followed"):
        rows = rows.filter(kind=str(kind))
    return rows


def _follow_ons(scope: Scope) -> Sequence[Facts]:
    return (
        Facts(
            _followed(scope), on="on", name="title", is_moment=False,
            pk="collaboration_id", called=COLLABORATION,
        ),
    )  # fmt: skip


def _follow_on_money(scope: Scope) -> Sequence[Facts]:
    rows = _followed(scope).filter(amount_eur__isnull=False)
    return (
        Facts(
            rows, on="on", name="title", share=F("amount_eur"), is_moment=False,
            pk="collaboration_id", called=COLLABORATION,
        ),
    )  # fmt: skip


def innovators_told(scope: Scope) -> Facts:
    """Companies for whose collaboration a new product or process was told."""
    rows = FollowOn.objects.filter(
        in_regions(scope, "collaboration__company__region"), withdrawn_at__isnull=True, kind=Followed.PRODUCT
    )
    return Facts(
        rows, on="on", name="collaboration__company__name", once="collaboration__company", is_moment=False
    )


# ── Stretches of a collaboration's life ──────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Stretch:
    """A collaboration, with what was asked of it, ran from one day to another; None: it still runs."""

    values: tuple[Any, ...]
    begins: date
    ends: date | None


def _stretches(rows: QuerySet[Collaboration], *columns: str) -> Iterator[Stretch]:
    """Each stretch in which each of them ran: from its turns, else from its last state. Two queries."""
    turns: dict[int, list[tuple[str, date]]] = defaultdict(list)
    known = Turn.objects.filter(collaboration__in=rows.order_by().values("pk")).order_by("on", "pk")
    for pk, state, on in known.values_list("collaboration_id", "state", "on"):
        turns[pk].append((state, on))
    lives = rows.order_by("since", "pk").values_list("pk", "since", "ended_on", *columns)
    for pk, since, ended_on, *values in lives:
        begins: date | None = since
        for state, on in turns[pk]:
            if state != S.RUNNING and begins is not None:
                yield Stretch(tuple(values), begins, on)
                begins = None
            elif state == S.RUNNING and begins is None:
                begins = on
        if begins is not None:
            yield Stretch(tuple(values), begins, ended_on)


def _running(scope: Scope) -> list[Row]:
    """In a phase: those that began in it or before, until its end."""
    kept = []
    for stretch in _stretches(_collaborations(scope), "pk", "number"):
        if scope.ends_on and stretch.begins > scope.ends_on:
            continue
        pk, number = stretch.values
        kept.append(Row(COLLABORATION, pk, number, stretch.begins, until=stretch.ends))
    return kept


def _still_across(scope: Scope) -> list[Row]:
    """Both sides of a collaboration across borders that ran so many months after its voucher or access had ended."""
    months = int(scope.parameter("months", 6))
    closed = Case(When(voucher__state=VoucherState.CLOSED, then=F("voucher__ended_at")))
    rows = _across(scope).annotate(supported_until=Coalesce(closed, "access_request__delivered_at"))
    sides = ("company_id", "company__name", "provider_id", "provider__name")
    first: dict[int, Row] = {}
    for stretch in _stretches(rows.filter(supported_until__isnull=False), "supported_until", *sides):
        moment, company_id, company, provider_id, provider = stretch.values
        ended = day_of(moment)
        if scope.ends_on and ended > scope.ends_on:
            continue
        day = months_later(ended, months)
        if stretch.begins <= day and (stretch.ends is None or stretch.ends > day):
            for pk, name in ((company_id, company), (provider_id, provider)):
                if pk not in first or day < first[pk].on:
                    first[pk] = Row(ORGANISATION, pk, name, day)
    return [row for row in first.values() if scope.since is None or row.on >= scope.since]


SOURCES = (
    Source(
        "collaborations-begun", N_("Collaborations begun"),
        N_("Two organisations began to work together. One row is one collaboration, in the region of the company."),
        Made.COUNT, facts=_begun,
    ),
    Source(
        "collaborations-running", N_("Collaborations running"),
        N_("Collaborations that ran on the day itself: begun, and not finished or stopped; renewed, they run again. "
           "One row is one collaboration."),
        Made.COUNT, rows=_running,
    ),
    Source(
        "collaborations-renewed", N_("Renewals of collaborations"),
        N_("A collaboration that had finished or stopped began again; each time counts. One row is one renewal."),
        Made.COUNT, facts=_renewed, kind=Kind.RESULT,
    ),
    Source(
        "organisations-across-borders", N_("Organisations cooperating across borders"),
        N_("Both sides of every collaboration whose sides sit in two countries; each organisation counts once. One "
           "row is one organisation."),
        Made.COUNT, facts=_sides_across,
    ),
    Source(
        "organisations-still-across-borders", N_("Organisations cooperating across borders after the support"),
        N_("Both sides of a collaboration in two countries that still ran so many months after its voucher was "
           "closed or its access delivered; each organisation counts once. One row is one organisation."),
        Made.COUNT, rows=_still_across, parameters=(AFTER,), kind=Kind.RESULT,
    ),
    Source(
        "companies-with-research", N_("Companies cooperating with research organisations"),
        N_("Companies in a collaboration with a university, research institute or hospital; each counts once. One "
           "row is one company."),
        Made.COUNT, facts=_with_research,
    ),
    Source(
        "follow-ons", N_("What followed from collaborations"),
        N_("Projects, money, products, licences, spin-offs … that a side told us of. One row is one of them, under "
           "its collaboration."),
        Made.COUNT, facts=_follow_ons, parameters=(FOLLOWED,), kind=Kind.RESULT,
    ),
    Source(
        "follow-on-money", N_("Follow-on money"),
        N_("The amounts that came in after a collaboration, as a side told them. One row is one of them, under its "
           "collaboration."),
        Made.SUM, facts=_follow_on_money, parameters=(FOLLOWED,), kind=Kind.RESULT, is_euro=True,
    ),
)  # fmt: skip
