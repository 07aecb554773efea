"""What a questionnaire brought: for each question how many said what, beside how many were asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import mean, median

from django.db.models import QuerySet

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.surveys.models import Answer, Question, Questionnaire, Sheet, Version
from landbridge.surveys.queries.rates import Rate, counted, rates_by
from landbridge.surveys.queries.sheets import value_of
from landbridge.surveys.states import Asks, Side

# Fewer answers than this could be recognised; a desk sees how many, not what.
FEWEST_SHOWN = 5
MOST_TEXTS = 100


@dataclass(frozen=True, slots=True)
class OfQuestion:
    """The answers to one question. `of` is how many answered anything; whoever said nothing here is no zero."""

    question: Question
    said: int
    of: int
    is_hidden: bool
    numbers: tuple[Decimal, ...] = ()
    chosen: dict[str, int] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    @property
    def mean(self) -> Decimal | None:
        return mean(self.numbers) if self.numbers else None

    @property
    def median(self) -> Decimal | None:
        return median(self.numbers) if self.numbers else None

    @property
    def lowest(self) -> Decimal | None:
        return min(self.numbers, default=None)

    @property
    def highest(self) -> Decimal | None:
        return max(self.numbers, default=None)

    def share_of(self, key: str) -> float:
        return self.chosen.get(key, 0) / self.said if self.said else 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """One row of the comparison: after how many months, of whom, how many answered, and what one question said."""

    months: int
    is_comparison: bool
    rate: Rate
    said: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that the page of results shows."""

    rate: Rate
    questions: tuple[OfQuestion, ...]


def asked_sheets(found: Questionnaire, *, actor: Actor) -> QuerySet[Sheet]:
    """The sheets of a questionnaire whose answers this reader may count: see `Sheet.visible_to`."""
    return Sheet.objects.visible_to(actor).filter(of__questionnaire=found, sent_at__isnull=False)


def narrowed(
    rows: QuerySet[Sheet], *, months: str = "", group: str = "", side: str = "", since: date | None = None
) -> QuerySet[Sheet]:
    """Narrowed by what somebody chose."""
    if months:
        rows = rows.filter(months=int(months))
    if group:
        rows = rows.filter(is_comparison=group == "comparison")
    if side:
        rows = rows.filter(side=side)
    if since:
        rows = rows.filter(sent_at__date__gte=since)
    return rows


def rate_of(rows: QuerySet[Sheet], *, today: date) -> Rate:
    """How many of these sheets were answered; one query."""
    return Rate(**rows.aggregate(**counted(today)))


def results_of(version: Version, rows: QuerySet[Sheet], *, actor: Actor, today: date) -> Results:
    """The answers to the questions of one version on these sheets; three queries."""
    rows = rows.filter(of=version)
    rate = rate_of(rows, today=today)
    answers: dict[int, list[Answer]] = {}
    for one in Answer.objects.filter(sheet__in=rows.exclude(state="declined").values("pk")).order_by(
        "answered_at", "pk"
    ):
        answers.setdefault(one.question_id, []).append(one)
    questions = version.questions.order_by("position", "pk")
    return Results(
        rate, tuple(_of(one, answers.get(one.pk, []), of=rate.answered, actor=actor) for one in questions)
    )


def compared(question: Question, rows: QuerySet[Sheet], *, actor: Actor, today: date) -> list[Group]:
    """One question after 6, 12, 24 … months, of those who were supported and of those they are compared with.

    The mean of scales and numbers; of choices the share of those who said yes (or the first choice). Two queries.
    """
    rows = rows.filter(of__questions__key=question.key).order_by()
    rates = rates_by(rows, "months", "is_comparison", as_of=today)
    said: dict[tuple[int, bool], list[Decimal]] = {}
    answers = Answer.objects.filter(
        sheet__in=rows.exclude(state="declined").values("pk"), question__key=question.key
    )
    first = next((one["key"] for one in question.choices), "")
    wanted = "yes" if any(one["key"] == "yes" for one in question.choices) else first
    found = answers.values_list("sheet__months", "sheet__is_comparison", "number", "chosen").order_by("pk")
    for months, is_comparison, number, chosen in found:
        value = number if number is not None else Decimal(int(wanted in chosen))
        said.setdefault((months, is_comparison), []).append(value)
    groups = []
    for key in sorted(rates):
        values = said.get((key[0], key[1]), [])
        hidden = _is_hidden(len(values), actor=actor)
        shown = mean(values) if values and not hidden else None
        groups.append(Group(key[0], key[1], rates[key], len(values), shown))
    return groups


def table_of(version: Version, rows: QuerySet[Sheet]) -> tuple[list[str], Iterator[list[object]]]:
    """The header and one row for each sheet of the version, the oldest first. Names and addresses are not in it."""
    questions = list(version.questions.order_by("position", "pk"))
    header = [
        "sheet", "state", "side", "comparison", "after months", "what happened", "about", "happened on", "sent on",
        "ended on", "region", "organisation", *(one.key for one in questions),
    ]  # fmt: skip
    return header, _rows(questions, rows.filter(of=version))


def _rows(questions: Sequence[Question], rows: QuerySet[Sheet]) -> Iterator[list[object]]:
    found = rows.select_related("region", "organisation").prefetch_related("answers").order_by("pk")
    for sheet in found.iterator(chunk_size=500):
        said = {one.question_id: one for one in sheet.answers.all()}
        hides = sheet.organisation is not None and sheet.organisation.is_sole_trader
        yield [
            sheet.pk, str(sheet.state), str(sheet.side), "yes" if sheet.is_comparison else "no", sheet.months,
            str(sheet.trigger), sheet.about_name, sheet.happened_on, sheet.sent_at.date() if sheet.sent_at else "",
            sheet.ended_at.date() if sheet.ended_at else "", sheet.region.name if sheet.region else "",
            sheet.organisation.name if sheet.organisation and not hides else "",
            *(value_of(one, said.get(one.pk)) for one in questions),
        ]  # fmt: skip


def _is_hidden(count: int, *, actor: Actor) -> bool:
    return actor.role is Role.BROKER and 0 < count < FEWEST_SHOWN


def _of(question: Question, answers: list[Answer], *, of: int, actor: Actor) -> OfQuestion:
    said = len(answers)
    if _is_hidden(said, actor=actor):
        return OfQuestion(question, said, of, is_hidden=True)
    if question.asks == Asks.TEXT:
        texts = tuple(one.text for one in answers[-MOST_TEXTS:] if one.text)
        return OfQuestion(question, said, of, is_hidden=False, texts=texts)
    if question.asks in (Asks.CHOICE, Asks.SEVERAL):
        counts = Counter(key for one in answers for key in one.chosen)
        return OfQuestion(question, said, of, is_hidden=False, chosen=dict(counts))
    numbers = tuple(sorted(one.number for one in answers if one.number is not None))
    return OfQuestion(question, said, of, is_hidden=False, numbers=numbers)


def sides_asked(rows: QuerySet[Sheet]) -> list[Side]:
    """Which sides were asked at all; one query."""
    there = set(rows.order_by().values_list("side", flat=True).distinct())
    return [side for side in Side if side in there]
