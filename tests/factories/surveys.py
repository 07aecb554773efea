"""Questionnaires, sheets, answers and baselines in the situations that tests need."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from landbridge.organisations.models import Organisation
from landbridge.surveys.models import Answer, Baseline, Question, Questionnaire, Sheet, Version
from landbridge.surveys.states import Asks, Measure, S, Sheeted, Side, Trigger

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)

QUESTIONS = (
    ("helpful", Asks.SCALE, Measure.SATISFACTION),
    ("continues", Asks.CHOICE, Measure.CONTINUES),
    ("jobs", Asks.NUMBER, Measure.JOBS),
    ("money", Asks.MONEY, Measure.PRIVATE_MONEY),
    ("comment", Asks.TEXT, ""),
)
YES_OR_NO = [{"key": "yes", "text": "Yes"}, {"key": "no", "text": "No"}]


def a_version(*, slug: str = "follow-up", state: S = S.PUBLISHED, at: datetime = AT) -> Version:
    """A questionnaire in use, with one question of each kind that indicators read."""
    found = Questionnaire.objects.create(slug=slug, name="Follow-up", created_by_name="Office", created_at=at)
    version = Version.objects.create(
        questionnaire=found,
        number=1,
        state=state,
        title="What came of it?",
        created_at=at,
        published_at=at if state == S.PUBLISHED else None,
    )
    for position, (key, asks, measure) in enumerate(QUESTIONS, start=1):
        Question.objects.create(
            of=version,
            key=key,
            position=position,
            asks=asks,
            measure=measure,
            text=f"About {key}?",
            choices=YES_OR_NO if asks == Asks.CHOICE else [],
        )
    return version


def a_sheet(version: Version, organisation: Organisation | None = None, **changes: Any) -> Sheet:
    """Sent on 1 March 2027 to the company, about a voucher closed a year before."""
    sent_at = changes.pop("sent_at", AT)
    details: dict[str, Any] = {
        "organisation": organisation,
        "region_id": organisation.region_id if organisation else None,
        "side": Side.COMPANY,
        "trigger": Trigger.VOUCHER_CLOSED,
        "about_table": "vouchers.voucher",
        "about_id": Sheet.objects.count() + 1,
        "about_name": "V-1",
        "happened_on": date(2026, 3, 1),
        "months": 12,
        "name": "Freja Holm",
        "email": "freja@example.org",
        "language": "en-gb",
        "state": Sheeted.SENT,
        "due_at": AT,
        "closes_at": AT + timedelta(days=60),
        **changes,
    }
    return Sheet.objects.create(of=version, sent_at=sent_at, **details)


def said_on(sheet: Sheet, *, at: datetime = AT, **values: Any) -> None:
    """Put answers on it, by the keys of its questions: numbers, lists of choices, texts."""
    for key, value in values.items():
        question = sheet.of.questions.get(key=key)
        column = "chosen" if isinstance(value, list) else "text" if isinstance(value, str) else "number"
        Answer.objects.create(sheet=sheet, question=question, answered_at=at, **{column: value})
    sheet.state, sheet.begun_at = Sheeted.BEGUN, sheet.begun_at or at
    sheet.save(update_fields=["state", "begun_at"])


def a_baseline(organisation: Organisation, *, at: datetime, jobs: Any = 10, **changes: Any) -> Baseline:
    """The company's own figures, recorded at a moment."""
    return Baseline.objects.create(
        organisation=organisation,
        on=changes.pop("on", at.date()),
        jobs=Decimal(jobs) if jobs is not None else None,
        recorded_by_name="Freja Holm",
        recorded_at=at,
        **changes,
    )
