"""What people said in surveys: how many were asked stands beside each; who said nothing is never counted as zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.fields import DecimalField
from django.db.models.functions import Cast

from landbridge.foundation.problems import N_
from landbridge.indicators.queries.facts import Facts
from landbridge.indicators.queries.scopes import Scope, end_of, in_regions
from landbridge.indicators.queries.sources.cooperation import innovators_told
from landbridge.indicators.queries.sources.shape import Parameter, Source
from landbridge.indicators.rules import Made, Row
from landbridge.indicators.states import Kind
from landbridge.organisations.models import Organisation
from landbridge.surveys.models import Answer, Question, Sheet
from landbridge.surveys.queries.baselines import before
from landbridge.surveys.queries.measures import YES, Said, said, sheets_that_count
from landbridge.surveys.states import SIDE_NAMES, Measure, Sheeted, Side

AFTER = Parameter("months", N_("Months after which it was asked"), low=1, high=60)
WHO = Parameter(
    "side", N_("Who was asked"), choices=lambda: [(side.value, name) for side, name in SIDE_NAMES.items()]
)
ONE = Value(1, output_field=DecimalField())
NONE = Value(0, output_field=DecimalField())
SHEET = Sheet._meta.label_lower
ORGANISATION = Organisation._meta.label_lower


def _narrow(scope: Scope) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if months := scope.parameter("months"):
        found["months"] = int(months)
    if side := scope.parameter("side"):
        found["side"] = Side(side)
    return found


def _place(scope: Scope, prefix: str = "") -> Q:
    """Asked about something of the programme, or about something of no programme in its regions; in its days."""
    found = Q()
    if scope.programme_id:
        of_none = Q(**{f"{prefix}programme__isnull": True}) & in_regions(scope, f"{prefix}region")
        found = Q(**{f"{prefix}programme_id": scope.programme_id}) | of_none
    if scope.partner_id or scope.region_id:
        found &= in_regions(scope, f"{prefix}region")
    if scope.begins_on and scope.ends_on:
        found &= Q(**{f"{prefix}happened_on__range": (scope.begins_on, scope.ends_on)})
    return found


def _answers(scope: Scope, measure: Measure) -> QuerySet[Any]:
    """The answers with a measure; yes is 1, any other choice 0."""
    rows = Answer.objects.filter(
        sheets_that_count(prefix="sheet__", **_narrow(scope)),
        _place(scope, "sheet__"),
        question__measure=measure,
    ).exclude(sheet__state=Sheeted.DECLINED)
    return rows.annotate(words=Cast("chosen", TextField())).annotate(
        worth=Case(
            When(number__isnull=False, then=F("number")),
            When(words__contains=f'"{YES}"', then=ONE),
            default=NONE,
            output_field=DecimalField(max_digits=14, decimal_places=2),
        )
    )


def _said(measure: Measure) -> Callable[[Scope], Sequence[Facts]]:
    def facts(scope: Scope) -> Sequence[Facts]:
        rows = _answers(scope, measure)
        return (
            Facts(
                rows, on="answered_at", name="sheet__about_name", share=F("worth"), pk="sheet_id", called=SHEET
            ),
        )  # fmt: skip

    return facts


def _asked(measure: Measure) -> Callable[[Scope], int]:
    def asked(scope: Scope) -> int:
        return _sent(scope).filter(of__in=Question.objects.filter(measure=measure).values("of_id")).count()

    return asked


def _sent(scope: Scope) -> QuerySet[Sheet]:
    return Sheet.objects.filter(
        sheets_that_count(**_narrow(scope)), _place(scope), sent_at__lt=end_of(scope.as_of)
    )


def _responses(scope: Scope) -> Sequence[Facts]:
    """Each sheet that was sent: 1 where something was said by the day, else 0."""
    rows = Sheet.objects.filter(sheets_that_count(**_narrow(scope)), _place(scope))
    answered = Q(begun_at__lt=end_of(scope.as_of)) & ~Q(state=Sheeted.DECLINED)
    share = Case(When(answered, then=ONE), default=NONE, output_field=DecimalField())
    return (Facts(rows, on="sent_at", name="about_name", share=share),)


def _innovators(scope: Scope) -> Sequence[Facts]:
    """As a company said when asked, or as a side told of its collaboration."""
    rows = _answers(scope, Measure.NEW_PRODUCT).filter(worth__gt=0, sheet__organisation__isnull=False)
    rows = rows.filter(sheet__side=Side.COMPANY)
    said_so = Facts(rows, on="answered_at", name="sheet__about_name", once="sheet__organisation")
    return (said_so, innovators_told(scope))


def _gained(measure: Measure) -> Callable[[Scope], list[Row]]:
    def rows(scope: Scope) -> list[Row]:
        return _gains(scope, measure)

    return rows


def _gains(scope: Scope, measure: Measure) -> list[Row]:
    """What each company has more than in its baseline: from one answer to its next. Six queries."""
    sheets = set(_sent(scope).values_list("pk", flat=True))
    answers: dict[int, list[Said]] = defaultdict(list)
    for one in said(measure, as_of=scope.as_of, since=scope.since, **_narrow(scope)):
        if one.organisation_id is not None and one.sheet_id in sheets:
            answers[one.organisation_id].append(one)
    stood = before(answers.keys(), as_of=scope.as_of)
    names = dict(Organisation.objects.filter(pk__in=list(answers)).values_list("pk", "name"))
    kept = []
    for pk, told in answers.items():
        was = stood.get(pk)
        value = was.value(measure) if was and was.support_began else None
        if value is None or was is None or was.support_began is None:
            continue
        counts = [one for one in told if one.answered_on > was.support_began]
        for place, one in enumerate(counts):
            until = counts[place + 1].answered_on if place + 1 < len(counts) else None
            kept.append(Row(ORGANISATION, pk, names.get(pk, ""), one.answered_on, one.value - value, until))
    return kept


SOURCES = (
    Source(
        "satisfaction", N_("How helpful it was"),
        N_("The mean of all answers from 1 to 5. One row is one answer, under what it is about."),
        Made.MEAN, facts=_said(Measure.SATISFACTION), asked=_asked(Measure.SATISFACTION), parameters=(AFTER, WHO),
        kind=Kind.RESULT,
    ),
    Source(
        "would-recommend", N_("Would recommend it"),
        N_("The mean of all answers from 1 to 5. One row is one answer, under what it is about."),
        Made.MEAN, facts=_said(Measure.RECOMMENDS), asked=_asked(Measure.RECOMMENDS), parameters=(AFTER, WHO),
        kind=Kind.RESULT,
    ),
    Source(
        "without-help", N_("Would have happened without help"),
        N_("The mean of all answers from 1, not at all, to 5, just so. One row is one answer."),
        Made.MEAN, facts=_said(Measure.WITHOUT_HELP), asked=_asked(Measure.WITHOUT_HELP), parameters=(AFTER, WHO),
        kind=Kind.RESULT,
    ),
    Source(
        "continues", N_("The cooperation continues, per cent"),
        N_("Of those who answered, how many said that it continues. One row is one answer."),
        Made.PERCENT, facts=_said(Measure.CONTINUES), asked=_asked(Measure.CONTINUES), parameters=(AFTER, WHO),
        kind=Kind.RESULT,
    ),
    Source(
        "companies-with-new-products", N_("Companies with a new product or process"),
        N_("Companies that said so when asked, or of whose collaboration a side told it; each counts once. One row "
           "is one company."),
        Made.COUNT, facts=_innovators, asked=_asked(Measure.NEW_PRODUCT), parameters=(AFTER,), kind=Kind.RESULT,
    ),
    Source(
        "private-money", N_("Own and private money put in"),
        N_("What companies said they put in themselves or found privately. One row is one answer."),
        Made.SUM, facts=_said(Measure.PRIVATE_MONEY), asked=_asked(Measure.PRIVATE_MONEY), parameters=(AFTER,),
        kind=Kind.RESULT, is_euro=True,
    ),
    Source(
        "jobs-gained", N_("Jobs gained in supported enterprises"),
        N_("Full-time equivalents that a company says it has, less those of the baseline recorded before its support "
           "began; without such a baseline nothing counts, and losses are taken off. One row is one company, with its "
           "last answer."),
        Made.SUM, rows=_gained(Measure.JOBS), asked=_asked(Measure.JOBS), parameters=(AFTER,), kind=Kind.RESULT,
    ),
    Source(
        "markets-gained", N_("Countries gained as markets"),
        N_("Countries that a company says it sells to, less those of the baseline recorded before its support began. "
           "One row is one company, with its last answer."),
        Made.SUM, rows=_gained(Measure.MARKETS), asked=_asked(Measure.MARKETS), parameters=(AFTER,),
        kind=Kind.RESULT,
    ),
    Source(
        "response-rate", N_("Response rate of surveys"),
        N_("Of the questionnaires sent, how many had an answer by the day. One row is one questionnaire sent."),
        Made.PERCENT, facts=_responses, parameters=(AFTER, WHO), kind=Kind.PROCESS, is_restated=True,
    ),
)  # fmt: skip
