"""How many were asked and how many answered: what stands beside every figure from a survey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.db.models import Count, Q, QuerySet

from landbridge.surveys.models import Question, Sheet
from landbridge.surveys.queries.measures import Narrow, end_of, sheets_that_count, start_of
from landbridge.surveys.states import Measure, Sheeted


@dataclass(frozen=True, slots=True)
class Rate:
    """Asked: the letter went out. Answered: something was said. The rest declined, lapsed in silence, or may still answer."""

    asked: int = 0
    answered: int = 0
    declined: int = 0
    lapsed: int = 0

    @property
    def open(self) -> int:
        return self.asked - self.answered - self.declined - self.lapsed

    @property
    def percent(self) -> int | None:
        """In whole per cent; None where nobody was asked."""
        return round(100 * self.answered / self.asked) if self.asked else None

    @property
    def share(self) -> float:
        """From 0 to 1, as pages write it; 0 where nobody was asked."""
        return self.answered / self.asked if self.asked else 0.0

    def __add__(self, other: Rate) -> Rate:
        return Rate(
            self.asked + other.asked,
            self.answered + other.answered,
            self.declined + other.declined,
            self.lapsed + other.lapsed,
        )


def rate(*, as_of: date, measure: Measure | None = None, **narrow: Unpack[Narrow]) -> Rate:
    """How it stood at the end of a day (UTC), from the sheets' moments; one query.

    With a measure, only sheets whose version asks for it count.
    """
    rows = Sheet.objects.filter(sheets_that_count(**narrow), sent_at__lt=end_of(as_of))
    since = narrow.get("since")
    if since is not None:
        rows = rows.filter(sent_at__gte=start_of(since))
    if measure is not None:
        rows = rows.filter(of__in=Question.objects.filter(measure=measure).values("of_id"))
    return Rate(**rows.aggregate(**counted(as_of)))


def rates_by(rows: QuerySet[Sheet], *columns: str, as_of: date) -> dict[tuple[Any, ...], Rate]:
    """The rate of each group of sheets, by the values of these columns; one query."""
    found = rows.order_by().values_list(*columns).annotate(**counted(as_of))
    return {row[: len(columns)]: Rate(*row[len(columns) :]) for row in found}


def counted(as_of: date, prefix: str = "") -> dict[str, Count]:
    """The four counts of a rate at the end of a day, for an aggregate over sheets or (by `prefix`) of what has them."""

    def such(**meant: object) -> Q:
        return Q(*((f"{prefix}{name}", value) for name, value in meant.items()))

    by_then = end_of(as_of)
    said_something = such(begun_at__lt=by_then)
    declined = such(state=Sheeted.DECLINED, ended_at__lt=by_then)
    lapsed = such(state=Sheeted.LAPSED, ended_at__lt=by_then)
    pk = f"{prefix}pk"
    return {
        "asked": Count(pk, filter=such(sent_at__lt=by_then)),
        "answered": Count(pk, filter=said_something & ~such(state=Sheeted.DECLINED)),
        "declined": Count(pk, filter=declined),
        "lapsed": Count(pk, filter=lapsed & ~(said_something & such(begun_at__isnull=False))),
    }
