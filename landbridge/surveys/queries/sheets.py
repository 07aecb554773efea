"""Sheets as the pages behind the link, the jobs and the letters need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, override

from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.surveys import rules
from landbridge.surveys.models import Answer, Question, Rule, Sheet
from landbridge.surveys.queries.links import address_of
from landbridge.surveys.queries.wording import worded
from landbridge.surveys.states import HAPPENED, OPEN, Asks, Sheeted, Trigger


@dataclass(frozen=True, slots=True)
class Filled:
    """The questions of a sheet that come, in their order, each with its answer where there is one."""

    lines: tuple[tuple[Question, Answer | None], ...]

    @property
    def answered(self) -> int:
        return sum(answer is not None for _question, answer in self.lines)

    def number_of(self, key: str) -> int:
        """Which one it is, from 1; 0 where it does not come."""
        return next((number for number, line in enumerate(self.lines, 1) if line[0].key == key), 0)

    def first_open(self) -> Question | None:
        """The first that was not answered yet."""
        return next((question for question, answer in self.lines if answer is None), None)


def filled(sheet: Sheet) -> Filled:
    """Where a sheet stands; two queries."""
    answers = {one.question_id: one for one in Answer.objects.filter(sheet=sheet)}
    questions = list(Question.objects.filter(of_id=sheet.of_id).order_by("position", "pk"))
    chosen = {one.key: answers[one.pk].chosen for one in questions if one.pk in answers}
    lines = [(one, answers.get(one.pk)) for one in questions if rules.is_asked(one.condition, chosen=chosen)]
    return Filled(tuple(lines))


def is_open(sheet: Sheet, *, at: datetime) -> bool:
    """Whether an answer is taken: also one that was finished may be changed, until the end."""
    return sheet.state in (*OPEN, Sheeted.DONE) and at < sheet.closes_at


def own_sheets(actor: Actor) -> QuerySet[Sheet]:
    """What a person was asked under the address of their account, the latest first."""
    address = Person.objects.filter(pk=actor.person_id or 0).values("email")
    rows = Sheet.objects.filter(email__in=address, sent_at__isnull=False)
    return rows.select_related("of").order_by("-sent_at", "-pk")


# ── For the jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────
def active_rules(*, at: datetime) -> QuerySet[Rule]:
    """Those that ask now: of a questionnaire with a version in use."""
    rows = Rule.objects.filter(
        is_active=True, since__lte=at.date(), questionnaire__versions__state="published"
    )
    return rows.select_related("questionnaire", "call__phase").order_by("pk")


def to_send(*, at: datetime) -> list[Sheet]:
    """Those whose letter may leave: due, the oldest of each address, and none to that address within a week."""
    waiting = Sheet.objects.filter(state=Sheeted.WAITING, due_at__lte=at).order_by("due_at", "pk")
    first: dict[str, Sheet] = {}
    for sheet in waiting:
        first.setdefault(sheet.email.lower(), sheet)
    busy = written_lately(first, at=at)
    return [sheet for email, sheet in first.items() if email not in busy]


def written_lately(emails: object, *, at: datetime, but: int = 0) -> set[str]:
    """Which of these addresses had a letter of a survey within a week; one query."""
    lately = at - rules.BETWEEN_LETTERS
    rows = Sheet.objects.filter(Q(sent_at__gt=lately) | Q(reminded_at__gt=lately), email__in=list(emails))  # type: ignore[call-overload]
    return {email.lower() for email in rows.exclude(pk=but).values_list("email", flat=True)}


def to_remind(*, at: datetime) -> list[Sheet]:
    """Sent or begun, and a reminder is due; one of each address."""
    rows = Sheet.objects.filter(
        state__in=OPEN, reminders__lt=2, closes_at__gt=at, sent_at__lte=at - rules.BETWEEN_LETTERS
    )
    due: dict[str, Sheet] = {}
    for one in rows.order_by("sent_at", "pk"):
        sent_at = one.sent_at or at
        if rules.is_to_be_reminded(sent_at=sent_at, reminders=one.reminders, closes_at=one.closes_at, at=at):
            due.setdefault(one.email.lower(), one)
    busy = written_lately(due, at=at)
    return [one for email, one in due.items() if email not in busy]


def to_lapse(*, at: datetime) -> QuerySet[Sheet]:
    """Nobody answered to the end, and the time is over."""
    return Sheet.objects.filter(state__in=OPEN, closes_at__lte=at).order_by("pk")


# ── For the letters ──────────────────────────────────────────────────────────────────────────────────────────────────
def recipient_of(sheet: Sheet) -> Recipient:
    """Whoever was asked, in their language."""
    return Recipient(email=sheet.email, name=sheet.name, language=sheet.language)


def for_letters(sheet: Sheet) -> dict[str, object]:
    """What the letters of a sheet may name, in its reader's language."""
    with override(sheet.language):
        words = worded(sheet.of, sheet.language)
        happened = gettext(HAPPENED[Trigger(sheet.trigger)])
    return {
        "title": words.title.text,
        "lead": words.lead.text,
        "what": sheet.about_name,
        "happened": happened,
        "happened_on": sheet.happened_on,
        "closes_on": sheet.closes_at.date(),
        "months": sheet.months,
        "minutes": minutes_of(sheet),
        "is_comparison": sheet.is_comparison,
        "is_baseline": sheet.trigger == Trigger.APPLICATION_SUBMITTED,
        "answer": address_of("answer", sheet),
        "no": address_of("decline", sheet),
    }


def minutes_of(sheet: Sheet) -> int:
    """How long it takes, in whole minutes, one at least."""
    facts = [asked_facts(one) for one in Question.objects.filter(of_id=sheet.of_id)]
    return max(1, round(rules.seconds_for(facts) / 60))


def asked_facts(question: Question) -> rules.Asked:
    """A question as the rules see it."""
    return rules.Asked(
        key=question.key,
        asks=question.asks,
        text=question.text,
        measure=question.measure,
        choices=tuple(one["key"] for one in question.choices),
        condition=question.condition,
    )


def value_of(question: Question, answer: Answer | None) -> object:
    """What was said, as it stands in a table: a number, the keys of the choices, a text; empty for nothing."""
    if answer is None:
        return ""
    if question.asks in (Asks.CHOICE, Asks.SEVERAL):
        return "; ".join(answer.chosen)
    return answer.text if question.asks == Asks.TEXT else answer.number
