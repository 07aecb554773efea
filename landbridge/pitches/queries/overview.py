"""What came of a call: figures for the organiser, and tables for other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from landbridge.foundation.money import Money
from landbridge.meetings.models import Meeting
from landbridge.meetings.states import MeetingState
from landbridge.pitches.models import MoneyRaised, Pitch, PitchCall, Reaction
from landbridge.pitches.queries.judging import Place
from landbridge.pitches.queries.reading import WITH_THE_JURY
from landbridge.pitches.rules import due_months
from landbridge.pitches.states import BECAME_NAMES, REACTION_NAMES, STILL_OPEN, Became
from landbridge.pitches.states import Reaction as Said

REACTIONS_HEADER = (
    "pitch", "company", "country", "investor", "firm", "reaction", "reason", "said_at", "meeting_asked", "meetings_held",
    "follows_up", "became", "became_text",
)  # fmt: skip
RANKING_HEADER = (
    "rank", "company", "country", "pitch", "mean_raw", "mean_normalised", "spread", "marks", "state",
)  # fmt: skip
MONEY_HEADER = (
    "pitch",
    "company",
    "country",
    "amount_eur",
    "raised_on",
    "source",
    "evidence",
    "told_by",
    "told_at",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One pitch of the overview."""

    pitch: Pitch
    meet: int
    interested: int
    passed: int
    follows_up: int
    asked: int
    held: int
    raised: Money


@dataclass(frozen=True, slots=True)
class Figures:
    """A call in numbers."""

    begun: int
    handed_in: int
    on_stage: int
    countries: list[tuple[str, int]]
    asked_eur: Money
    investors: int
    reactions: dict[str, int]
    meetings_asked: int
    meetings_held: int
    follows_up: int
    became: list[tuple[str, int]]
    raised_eur: Money


def rows_of(call: PitchCall) -> list[Row]:
    """What came of each pitch of a call, those with most wishes to meet first. Four queries."""
    pitches = list(
        Pitch.objects.filter(call=call, state__in=WITH_THE_JURY)
        .select_related("organisation")
        .order_by("title", "pk")
    )
    counted: dict[int, Counter[str]] = {pitch.pk: Counter() for pitch in pitches}
    requests: dict[int, int] = {}
    for pitch_id, said, follows, request_id in Reaction.objects.filter(pitch__in=pitches).values_list(
        "pitch_id", "said", "follows_up", "request_id"
    ):
        counted[pitch_id].update(
            [said, *(["follows"] if follows else []), *(["asked"] if request_id else [])]
        )
        if request_id:
            requests[request_id] = pitch_id
    for request_id in Meeting.objects.filter(
        request_id__in=list(requests), state=MeetingState.HELD
    ).values_list("request_id", flat=True):
        counted[requests[request_id or 0]].update(["held"])
    raised = raised_by_pitch(call)
    rows = [
        Row(
            pitch,
            counted[pitch.pk][Said.MEET],
            counted[pitch.pk][Said.INTERESTED],
            counted[pitch.pk][Said.PASS],
            counted[pitch.pk]["follows"],
            counted[pitch.pk]["asked"],
            counted[pitch.pk]["held"],
            raised.get(pitch.pk, Money(0)),
        )
        for pitch in pitches
    ]
    return sorted(rows, key=lambda row: (-row.meet, -row.interested))


def raised_by_pitch(call: PitchCall) -> dict[int, Money]:
    """The money raised after each pitch of a call."""
    rows = MoneyRaised.objects.filter(pitch__call=call).values("pitch").annotate(sum=Sum("amount_eur"))
    return {row["pitch"]: _money(row["sum"]) for row in rows.order_by("pitch")}


def figures_of(call: PitchCall, rows: list[Row]) -> Figures:
    """A call in numbers, from its rows and three more queries."""
    begun = Pitch.objects.filter(call=call).count()
    countries = Counter(row.pitch.organisation.country for row in rows)
    asked = sum((row.pitch.asks_eur.cents for row in rows if row.pitch.asks_eur), 0)
    reactions = Reaction.objects.filter(pitch__call=call)
    became = Counter(reactions.exclude(became="").values_list("became", flat=True))
    return Figures(
        begun=begun,
        handed_in=len(rows),
        on_stage=sum(row.pitch.number is not None for row in rows),
        countries=countries.most_common(),
        asked_eur=Money(asked),
        investors=reactions.values("investor").distinct().count(),
        reactions={
            _(REACTION_NAMES[Said.MEET]): sum(row.meet for row in rows),
            _(REACTION_NAMES[Said.INTERESTED]): sum(row.interested for row in rows),
            _(REACTION_NAMES[Said.PASS]): sum(row.passed for row in rows),
        },
        meetings_asked=sum(row.asked for row in rows),
        meetings_held=sum(row.held for row in rows),
        follows_up=sum(row.follows_up for row in rows),
        became=[(_(BECAME_NAMES[one]), became[one]) for one in Became if became[one]],
        raised_eur=Money(sum(row.raised.cents for row in rows)),
    )


def reaction_rows(call: PitchCall) -> Iterator[tuple[object, ...]]:
    """Every reaction to a call's pitches, for a table."""
    held = Count("request__meetings", filter=Q(request__meetings__state=MeetingState.HELD), distinct=True)
    rows = Reaction.objects.filter(pitch__call=call).select_related("pitch__organisation", "investor")
    for one in rows.annotate(held=held).order_by("pitch__title", "pk").iterator(chunk_size=1000):
        company, investor = one.pitch.organisation, one.investor
        follows = {True: "yes", False: "no", None: ""}[one.follows_up]
        yield (
            one.pitch.title, company.name, company.country, investor.name, investor.firm, one.said, one.why, one.said_at,
            one.request_id is not None, getattr(one, "held", 0), follows, one.became, one.became_text,
        )  # fmt: skip


def ranking_rows(places: list[Place]) -> Iterator[tuple[object, ...]]:
    """The ranking, for a table."""
    for one in places:
        company, standing = one.pitch.organisation, one.standing
        means = [
            round(value, 2) if value is not None else None
            for value in (standing.raw, standing.normalised, standing.spread)
        ]
        yield (
            one.rank,
            company.name,
            company.country,
            one.pitch.title,
            *means,
            standing.marks,
            one.pitch.state,
        )


def money_rows(call: PitchCall) -> Iterator[tuple[object, ...]]:
    """The money raised after a call's pitches, for a table."""
    rows = MoneyRaised.objects.filter(pitch__call=call).select_related("pitch__organisation")
    for one in rows.order_by("raised_on", "pk").iterator(chunk_size=1000):
        company = one.pitch.organisation
        yield (
            one.pitch.title, company.name, company.country, one.amount_eur, one.raised_on, one.source, one.evidence,
            one.told_by_name, one.told_at,
        )  # fmt: skip


def _money(value: object) -> Money:
    return value if isinstance(value, Money) else Money(int(value or 0))  # type: ignore[call-overload]


def to_ask_again(*, today: date) -> list[tuple[int, int]]:
    """The interests that are followed up and still open, of sessions 3, 6 or 12 months ago, with the months."""
    rows = (
        Reaction.objects.filter(
            follows_up=True,
            became__in=STILL_OPEN,
            investor__consented_at__isnull=False,
            pitch__call__closed_at__isnull=False,
        )
        .exclude(said=Said.PASS)
        .values_list("pk", "reminded_months", "pitch__call__closed_at")
        .order_by("pk")
    )
    due = [
        (pk, due_months(closed_on=closed.date(), reminded=reminded, today=today))
        for pk, reminded, closed in rows
        if closed
    ]
    return [(pk, months) for pk, months in due if months]
