"""What companies stood at before, what was asked afterwards, and what those who answered said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from landbridge.applications.models import Application
from landbridge.demonstration.years.applying import Applied
from landbridge.demonstration.years.chance import Chance, moment, months_after
from landbridge.demonstration.years.granting import Granted
from landbridge.demonstration.years.ground import Ground
from landbridge.demonstration.years.writing import put
from landbridge.events.models import Event, Registration
from landbridge.organisations.models import Organisation
from landbridge.surveys.models import Answer, Baseline, Question, Questionnaire, Rule, Sheet, Version
from landbridge.surveys.states import Asks, Measure, S, Sheeted, Side, Trigger
from landbridge.vouchers.models import Voucher

# Months after, and of those asked so many in a hundred who answer, by side
FOLLOW_UPS = ((6, 52), (12, 46), (24, 39))
GUESTS_ANSWER, COMPARED_ANSWER, DECLINES = 44, 24, 7
COMPARED = 0.8  # so many of those who got nothing are asked, as a comparison
CONTINUES = {0: 0.8, 6: 0.72, 12: 0.57, 24: 0.38}
GAINED = {0: 0.1, 6: 0.9, 12: 1.5, 24: 1.1}  # jobs, beside a company's own ups and downs
HAS_PRODUCT = {0: 0.1, 6: 0.14, 12: 0.26, 24: 0.33}
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    (Measure.SATISFACTION, Asks.SCALE, "How helpful was the support?"),
    (Measure.RECOMMENDS, Asks.SCALE, "Would you recommend it to others?"),
    (Measure.CONTINUES, Asks.CHOICE, "Does the cooperation continue?"),
    (Measure.JOBS, Asks.NUMBER, "How many jobs does your company have, in full-time equivalents?"),
    (Measure.MARKETS, Asks.NUMBER, "To how many countries do you sell?"),
    (Measure.NEW_PRODUCT, Asks.CHOICE, "Has it led to a new product or process?"),
    (Measure.PRIVATE_MONEY, Asks.MONEY, "How much own or private money have you put in?"),
    (Measure.WITHOUT_HELP, Asks.SCALE, "Would it have happened without help?"),
)
OF_GUESTS, OF_PROVIDERS = 2, 3  # the first questions
CHOICES = [{"key": "yes", "text": "Yes"}, {"key": "no", "text": "No"}]


@dataclass(slots=True)
class Asked:
    """One questionnaire with its version, questions and rules by months."""

    version: Version
    questions: list[Question]
    rules: dict[tuple[int, str], Rule]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sheet is about, when it happened, and whom it asks."""

    table: str
    pk: int
    name: str
    at: datetime
    organisation: Organisation
    person: str
    email: str
    baseline: Baseline | None = None


def baselines(ground: Ground, applications: list[Applied]) -> dict[int, Baseline]:
    """The figures of most companies on the day before they first applied; a few were recorded too late to count."""
    chance = ground.chance
    first: dict[int, datetime] = {}
    for one in applications:
        at = one.row.first_submitted_at
        if at and (one.company.pk not in first or at < first[one.company.pk]):
            first[one.company.pk] = at
    rows = []
    for pk, at in first.items():
        if not chance.happens(0.84):
            continue
        recorded = at - timedelta(days=2) if chance.happens(0.94) else at + timedelta(days=300)
        jobs = Decimal(4 + int(30 * chance.draw.random() ** 2)) / 2
        rows.append(
            Baseline(
                organisation_id=pk,
                on=recorded.date().replace(month=1, day=1),
                jobs=jobs,
                turnover_eur=int(jobs) * 70_000 + int(chance.draw.random() * 40) * 5_000,
                markets=1 + int(4 * chance.draw.random() ** 2),
                evidence="Own statement",
                recorded_by_name="Invented",
                recorded_at=min(recorded, ground.span.until),
                is_demonstration=True,
            )
        )
    return {row.organisation_id: row for row in put(rows)}


def surveyed(
    ground: Ground, known: dict[int, Baseline], vouchers: list[Granted], applications: list[Applied],
    guests: list[Registration],
) -> list[Sheet]:  # fmt: skip
    """Every sheet that was sent and is over, with what was said on it."""
    after = _questionnaire(
        ground, "After a voucher", len(QUESTIONS), ((Trigger.VOUCHER_CLOSED, (6, 12, 24)),)
    )
    compared = _questionnaire(
        ground, "Without a voucher", len(QUESTIONS), ((Trigger.APPLICATION_REJECTED, (12,)),)
    )
    evening = _questionnaire(
        ground, "After an event", OF_GUESTS, ((Trigger.EVENT_HELD, (0,)),), side=Side.GUEST
    )
    drawn: list[tuple[Sheet, list[Answer]]] = []
    for months, answers in FOLLOW_UPS:
        for one in vouchers:
            if one.row.ended_at and one.paid:
                drawn += _company(ground, after, one, months, answers, known)
    helped = {one.applied.company.pk for one in vouchers}
    for applied in applications:
        is_other = applied.decided_at and applied.company.pk not in helped
        if is_other and ground.chance.happens(COMPARED):
            drawn += _compared(ground, compared, applied, known)
    for guest in guests:
        drawn += _guest(ground, evening, guest)
    sheets = put(sheet for sheet, _answers in drawn)
    put(answer for _sheet, answers in drawn for answer in answers)
    return sheets


def _questionnaire(
    ground: Ground, name: str, questions: int, triggers: tuple[tuple[str, tuple[int, ...]], ...],
    *, side: str = Side.COMPANY,
) -> Asked:  # fmt: skip
    """Its rules ask nobody any more: the programme is over."""
    at = moment(ground.span.first)
    questionnaire = put(
        [
            Questionnaire(
                slug=f"first-round-{name.lower().replace(' ', '-')}",
                programme=ground.programme,
                name=f"{name} (first round)",
                created_by_name="The office",
                created_at=at,
                is_demonstration=True,
            )
        ]
    )[0]
    version = put(
        [
            Version(
                questionnaire=questionnaire,
                number=1,
                state=S.PUBLISHED,
                title=name,
                lead="Invented for the demonstration.",
                created_at=at,
                published_at=at,
            )
        ]
    )[0]
    rows = put(_question(version, place, *one) for place, one in enumerate(QUESTIONS[:questions], start=1))
    rules = put(
        Rule(
            questionnaire=questionnaire,
            trigger=trigger,
            side=side,
            after_months=months,
            programme=ground.programme,
            since=ground.span.first,
            is_active=False,
            created_by_name="The office",
            created_at=at,
        )
        for trigger, several in triggers
        for months in several
    )
    return Asked(version, rows, {(rule.after_months, rule.trigger): rule for rule in rules})


def _question(version: Version, place: int, measure: str, asks: str, text: str) -> Question:
    return Question(
        of=version,
        key=measure.replace("_", "-"),
        position=place,
        asks=asks,
        measure=measure,
        text=text,
        low="Not at all" if asks == Asks.SCALE else "",
        high="Very much" if asks == Asks.SCALE else "",
        choices=CHOICES if asks == Asks.CHOICE else [],
    )


# ── Sheets ───────────────────────────────────────────────────────────────────────────────────────────────────────────
Drawn = Iterator[tuple[Sheet, list[Answer]]]


def _company(
    ground: Ground, asked: Asked, one: Granted, months: int, answers: int, known: dict[int, Baseline]
) -> Drawn:
    company = one.applied.company
    subject = Subject(
        table=Voucher._meta.label_lower,
        pk=one.row.pk,
        name=f"{one.row.number}, {one.applied.row.title}"[:200],
        at=one.row.ended_at or ground.span.until,
        organisation=company,
        person=ground.person_of(company),
        email=f"contact-{company.pk}@demonstration.example",
        baseline=known.get(company.pk),
    )
    yield from _sheet(ground, asked, subject, asked.rules[months, Trigger.VOUCHER_CLOSED], answers)


def _compared(ground: Ground, asked: Asked, one: Applied, known: dict[int, Baseline]) -> Drawn:
    company = one.company
    subject = Subject(
        table=Application._meta.label_lower,
        pk=one.row.pk,
        name=f"{one.row.number}, {one.row.title}"[:200],
        at=one.decided_at or ground.span.until,
        organisation=company,
        person=ground.person_of(company),
        email=f"contact-{company.pk}@demonstration.example",
        baseline=known.get(company.pk),
    )
    rule = asked.rules[12, Trigger.APPLICATION_REJECTED]
    for sheet, said in _sheet(ground, asked, subject, rule, COMPARED_ANSWER):
        sheet.is_comparison = True
        yield sheet, said


def _guest(ground: Ground, asked: Asked, guest: Registration) -> Drawn:
    event, organisation = guest.event, guest.organisation
    if organisation is None:
        return
    subject = Subject(
        table=Event._meta.label_lower,
        pk=event.pk,
        name=event.title,
        at=event.ends_at,
        organisation=organisation,
        person=guest.name,
        email=guest.email,
    )
    yield from _sheet(ground, asked, subject, asked.rules[0, Trigger.EVENT_HELD], GUESTS_ANSWER)


def _sheet(ground: Ground, asked: Asked, subject: Subject, rule: Rule, answers: int) -> Drawn:
    """One sheet that was sent and is closed by now; later ones are not sent."""
    chance = ground.chance
    months = rule.after_months
    due = moment(months_after(subject.at.date(), months), hour=18)
    sent = due + timedelta(hours=1)
    closes = sent + timedelta(days=60 if months else 21)
    if closes > ground.span.until:
        return
    row = Sheet(
        rule=rule,
        of=asked.version,
        programme=ground.programme,
        region_id=subject.organisation.region_id,
        organisation=subject.organisation,
        side=rule.side,
        trigger=rule.trigger,
        about_table=subject.table,
        about_id=subject.pk,
        about_name=subject.name,
        happened_on=subject.at.date(),
        months=months,
        name=subject.person,
        email=subject.email,
        language="en-gb",
        due_at=due,
        sent_at=sent,
        closes_at=closes,
        is_demonstration=True,
    )
    weights = (answers, DECLINES, max(0, 100 - answers - DECLINES))
    row.state = chance.draw.choices((Sheeted.DONE, Sheeted.DECLINED, Sheeted.LAPSED), weights)[0]
    yield row, _ended(chance, asked, row, subject)


def _ended(chance: Chance, asked: Asked, row: Sheet, subject: Subject) -> list[Answer]:
    """The moments of its end, and the answers where there are any."""
    sent = row.sent_at or row.due_at
    if row.state == Sheeted.LAPSED:
        row.reminders, row.reminded_at, row.ended_at = 2, sent + timedelta(days=15), row.closes_at
        return []
    row.reminders = 1 if chance.happens(0.4) else 0
    row.reminded_at = sent + timedelta(days=7) if row.reminders else None
    at = (row.reminded_at or sent) + timedelta(hours=1 + int(chance.draw.random() * 120))
    row.ended_at = at
    if row.state == Sheeted.DECLINED:
        return []
    row.begun_at = at - timedelta(minutes=3)
    found = []
    for question in asked.questions:
        if chance.happens(0.93):
            value = SAYS[Measure(question.measure)](chance, row, subject.baseline)
            found.append(Answer(sheet=row, question=question, answered_at=at, **value))
    return found


# ── What is said ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _mark(chance: Chance, row: Sheet, _before: Baseline | None) -> dict[str, Any]:
    weights = (2, 5, 15, 44, 34) if row.months <= 12 and not row.is_comparison else (4, 9, 24, 39, 24)
    return {"number": Decimal(chance.draw.choices((1, 2, 3, 4, 5), weights)[0])}


def _without(chance: Chance, row: Sheet, _before: Baseline | None) -> dict[str, Any]:
    weights = (18, 34, 27, 15, 6) if row.is_comparison else (30, 36, 20, 10, 4)
    return {"number": Decimal(chance.draw.choices((1, 2, 3, 4, 5), weights)[0])}


def _yes_or_no(shares: dict[int, float]) -> Callable[[Chance, Sheet, Baseline | None], dict[str, Any]]:
    def says(chance: Chance, row: Sheet, _before: Baseline | None) -> dict[str, Any]:
        share = shares[row.months] * (0.45 if row.is_comparison else 1)
        return {"chosen": ["yes" if chance.happens(share) else "no"]}

    return says


def _jobs(chance: Chance, row: Sheet, baseline: Baseline | None) -> dict[str, Any]:
    before = float(baseline.jobs) if baseline and baseline.jobs else 4 + 8 * chance.draw.random()
    gained = (0.2 if row.is_comparison else GAINED[row.months]) + chance.draw.gauss(0, 1.1)
    return {"number": Decimal(max(1, round(2 * (before + gained)))) / 2}


def _markets(chance: Chance, row: Sheet, baseline: Baseline | None) -> dict[str, Any]:
    before = baseline.markets if baseline and baseline.markets else 1
    more = 0 if row.is_comparison else row.months // 12
    return {"number": Decimal(before + (1 if chance.happens(0.3 + 0.2 * more) else 0))}


def _money(chance: Chance, _row: Sheet, _before: Baseline | None) -> dict[str, Any]:
    return {"number": Decimal(int(chance.draw.random() ** 2 * 60) * 500)}


SAYS: dict[Measure, Callable[[Chance, Sheet, Baseline | None], dict[str, Any]]] = {
    Measure.SATISFACTION: _mark,
    Measure.RECOMMENDS: _mark,
    Measure.CONTINUES: _yes_or_no(CONTINUES),
    Measure.JOBS: _jobs,
    Measure.MARKETS: _markets,
    Measure.NEW_PRODUCT: _yes_or_no(HAS_PRODUCT),
    Measure.PRIVATE_MONEY: _money,
    Measure.WITHOUT_HELP: _without,
}
