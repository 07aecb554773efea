"""Lists: the questionnaires with their rates, the sheets of one, the companies with their baselines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date

from django.db.models import Q, QuerySet

from landbridge.foundation.permissions.actor import Actor
from landbridge.organisations.models import Kind, Organisation
from landbridge.surveys import rules
from landbridge.surveys.models import Baseline, Questionnaire, Rule, Sheet, Version
from landbridge.surveys.queries.baselines import support_began
from landbridge.surveys.queries.rates import Rate, rates_by
from landbridge.surveys.states import S


@dataclass(frozen=True, slots=True)
class Line:
    """A questionnaire in the list."""

    found: Questionnaire
    version: Version | None
    rules: int
    rate: Rate


@dataclass(frozen=True, slots=True)
class Stand:
    """A company in the list of baselines."""

    company: Organisation
    support_began: date | None
    recorded_on: date | None
    counts: bool


def lines(found: list[Questionnaire], *, actor: Actor, today: date) -> list[Line]:
    """With the version in use (else the latest), the active rules and the rate that this reader may count. Three queries."""
    ids = [one.pk for one in found]
    versions: dict[int, Version] = {}
    for version in Version.objects.filter(questionnaire__in=ids).order_by("number"):
        held = versions.get(version.questionnaire_id)
        if held is None or held.state != S.PUBLISHED:
            versions[version.questionnaire_id] = version
    active: dict[int, int] = {}
    for pk in Rule.objects.filter(questionnaire__in=ids, is_active=True).values_list(
        "questionnaire_id", flat=True
    ):
        active[pk] = active.get(pk, 0) + 1
    sheets = Sheet.objects.visible_to(actor).filter(of__questionnaire__in=ids)
    rates = rates_by(sheets, "of__questionnaire", as_of=today)
    return [
        Line(one, versions.get(one.pk), active.get(one.pk, 0), rates.get((one.pk,), Rate())) for one in found
    ]


def listed_sheets(
    rows: QuerySet[Sheet], *, state: str = "", side: str = "", text: str = ""
) -> QuerySet[Sheet]:
    """Narrowed by what somebody chose; the latest due first."""
    if state:
        rows = rows.filter(state=state)
    if side:
        rows = rows.filter(side=side)
    if text:
        rows = rows.filter(
            Q(about_name__icontains=text) | Q(name__icontains=text) | Q(organisation__name__icontains=text)
        )
    return rows.select_related("organisation", "of").order_by("-due_at", "-pk")


def companies(actor: Actor, *, text: str = "") -> QuerySet[Organisation]:
    """The companies whose baselines somebody may record, by name."""
    rows = Organisation.objects.visible_to(actor).filter(kind=Kind.COMPANY, is_closed=False)
    if text:
        rows = rows.filter(name__icontains=text)
    return rows.select_related("region").order_by("name", "pk")


def stands(found: list[Organisation]) -> list[Stand]:
    """When each was first supported, when it recorded its baseline, and whether that counts. Four queries."""
    ids = [one.pk for one in found]
    began = support_began(ids)
    counting: dict[int, date] = {}
    last: dict[int, date] = {}
    for one in Baseline.objects.filter(organisation__in=ids).order_by("recorded_at", "pk"):
        day = one.recorded_at.astimezone(UTC).date()
        last[one.organisation_id] = day
        if rules.counts(recorded_on=day, support_began=began.get(one.organisation_id)):
            counting[one.organisation_id] = day
    return [
        Stand(one, began.get(one.pk), counting.get(one.pk, last.get(one.pk)), one.pk in counting)
        for one in found
    ]


def baselines_of(organisation: Organisation) -> tuple[date | None, list[tuple[Baseline, bool]]]:
    """When support began, and every baseline of a company, the latest first, with whether it counts."""
    began = support_began([organisation.pk]).get(organisation.pk)
    rows = Baseline.objects.filter(organisation=organisation).order_by("-recorded_at", "-pk")
    return began, [
        (one, rules.counts(recorded_on=one.recorded_at.astimezone(UTC).date(), support_began=began))
        for one in rows
    ]


def has_baseline(organisation_id: int) -> bool:
    """Whether a company has recorded where it stands."""
    return Baseline.objects.filter(organisation_id=organisation_id).exists()
