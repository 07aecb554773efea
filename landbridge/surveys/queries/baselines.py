"""Where a company stood before it was supported, and what it gained since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from typing import Unpack

from django.db.models import Min

from landbridge.access.models import Request
from landbridge.coaching.models import Case
from landbridge.surveys import rules
from landbridge.surveys.models import Baseline
from landbridge.surveys.queries.measures import Narrow, Said, end_of, latest_of_each, said
from landbridge.surveys.states import Measure
from landbridge.vouchers.models import Voucher

COLUMN_OF = {
    Measure.JOBS: "jobs",
    Measure.TURNOVER: "turnover_eur",
    Measure.MARKETS: "markets",
}


@dataclass(frozen=True, slots=True)
class Before:
    """A company before support: when that began (None: not yet), and the baseline that counts (None: there is none)."""

    organisation_id: int
    support_began: date | None
    baseline: Baseline | None

    def value(self, measure: Measure) -> Decimal | None:
        """What the baseline says; None where it says nothing of this, which is not zero."""
        found = getattr(self.baseline, COLUMN_OF[measure]) if self.baseline else None
        return None if found is None else Decimal(found)


@dataclass(frozen=True, slots=True)
class Gain:
    """What an organisation has more (or less) than in the baseline that counts; the last word of each counts."""

    organisation_id: int
    before: Decimal
    said: Said

    @property
    def gain(self) -> Decimal:
        return self.said.value - self.before


def support_began(organisation_ids: Iterable[int] | None = None) -> dict[int, date]:
    """The first day of support of each: a voucher granted, access begun, a coaching begun. Three queries.

    Without ids: of everybody who was ever supported.
    """
    given = None if organisation_ids is None else list(organisation_ids)
    began: dict[int, date] = {}
    vouchers = Voucher.objects.all()
    requests = Request.objects.filter(begun_at__isnull=False)
    cases = Case.objects.filter(begun_at__isnull=False)
    if given is not None:
        vouchers = vouchers.filter(application__applicant_id__in=given)
        requests = requests.filter(company_id__in=given)
        cases = cases.filter(company_id__in=given)
    for organisation_id, day in (
        vouchers.order_by().values_list("application__applicant_id").annotate(first=Min("granted_on"))
    ):
        _keep_first(began, organisation_id, day)
    for rows in (requests, cases):
        for organisation_id, moment in rows.order_by().values_list("company_id").annotate(Min("begun_at")):
            _keep_first(began, organisation_id, moment.astimezone(UTC).date())
    return began


def before(organisation_ids: Iterable[int] | None = None, *, as_of: date | None = None) -> dict[int, Before]:
    """Each organisation that was supported or recorded a baseline (by the end of `as_of`), with the one that counts.

    Four queries. Of several that count, the last recorded before support began does.
    """
    given = None if organisation_ids is None else list(organisation_ids)
    began = support_began(given)
    if as_of is not None:
        began = {key: day for key, day in began.items() if day <= as_of}
    rows = Baseline.objects.order_by("recorded_at", "pk")
    if given is not None:
        rows = rows.filter(organisation_id__in=given)
    if as_of is not None:
        rows = rows.filter(recorded_at__lt=end_of(as_of))
    counting: dict[int, Baseline | None] = dict.fromkeys(began)
    for found in rows:
        recorded_on = found.recorded_at.astimezone(UTC).date()
        if rules.counts(recorded_on=recorded_on, support_began=began.get(found.organisation_id)):
            counting[found.organisation_id] = found
    return {key: Before(key, began.get(key), found) for key, found in counting.items()}


def gains(measure: Measure, *, as_of: date, **narrow: Unpack[Narrow]) -> list[Gain]:
    """Of everybody supported who has a baseline that counts and has said since how it stands: what they gained.

    Jobs in full-time equivalents, turnover in euro, markets in countries; losses are negative. Five queries.
    """
    answers = latest_of_each(
        one for one in said(measure, as_of=as_of, **narrow) if one.answered_on > one.happened_on
    )
    stood = before(answers.keys(), as_of=as_of)
    found = []
    for organisation_id, one in answers.items():
        was = stood.get(organisation_id)
        value = was.value(measure) if was and was.support_began else None
        if value is not None and was and was.support_began and one.answered_on > was.support_began:
            found.append(Gain(organisation_id, value, one))
    return found


def _keep_first(began: dict[int, date], organisation_id: int, day: date) -> None:
    if organisation_id not in began or day < began[organisation_id]:
        began[organisation_id] = day
