"""Writing the organiser's own questions: what each needs, and what a condition may hang on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from landbridge.events.rules.answers import Asks, Question
from landbridge.events.states import Attendee
from landbridge.foundation.problems import N_, Problem

MOST_QUESTIONS = 30
MOST_OPTIONS = 30
LONGEST_LABEL = 200
LONGEST_HELP = 300
LONGEST_OPTION = 100
WITH_OPTIONS = (Asks.CHOICE, Asks.CHOICES)
YES_NO = ("yes", "no")
ASKS_NAMES = {
    Asks.TEXT: N_("One line"),
    Asks.LONG_TEXT: N_("Several lines"),
    Asks.NUMBER: N_("Whole number"),
    Asks.CHOICE: N_("One of several"),
    Asks.CHOICES: N_("Any of several"),
    Asks.YES_NO: N_("Yes or no"),
}


def row_of(question: Question) -> dict[str, object]:
    """A question as it is stored with its event."""
    row: dict[str, object] = {
        "key": question.key,
        "label": question.label,
        "kind": question.kind.value,
        "help": question.help,
        "options": list(question.options),
        "required": question.required,
        "attendees": list(question.attendees),
    }
    if question.after:
        row["only_if"] = {"key": question.after, "in": list(question.after_in)}
    return row


def key_for(label: str, *, taken: Sequence[str]) -> str:
    """A short name for a new question that none of the others has; it never changes, for answers are kept under it."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in label.lower())
    stem = "_".join(part for part in plain.split("_") if part)[:30].strip("_") or "question"
    return next(
        key for number in range(1, 1000) if (key := stem if number == 1 else f"{stem}_{number}") not in taken
    )


def answers_to(question: Question) -> tuple[str, ...]:
    """What a later question can hang on; empty where it can only hang on there being an answer at all."""
    return YES_NO if question.kind is Asks.YES_NO else question.options


def problems_with_questions(questions: Sequence[Question]) -> Iterator[Problem]:
    """Each question can be answered, and hangs on an answer to one before it that can be given."""
    if len(questions) > MOST_QUESTIONS:
        yield Problem(
            code="too_many_questions",
            message=N_("A form asks at most %(most)s questions."),
            cure=N_("Take one out first: every question costs everybody time."),
            params={"most": MOST_QUESTIONS},
        )
    before: dict[str, Question] = {}
    for question in questions:
        if question.key in before:
            yield _problem("question_twice", N_("Two questions have the key “%(key)s”."), question)
        yield from _problems_with_options(question)
        yield from _problems_with_condition(question, before=before)
        if set(question.attendees) - set(Attendee):
            yield _problem("unknown_attendee", N_("“%(label)s” is asked of people nobody knows."), question)
        before[question.key] = question


def _problems_with_options(question: Question) -> Iterator[Problem]:
    if question.kind not in WITH_OPTIONS:
        if question.options:
            yield _problem(
                "options_unused",
                N_("“%(label)s” has options, but one writes the answer."),
                question,
                "options",
            )
        return
    distinct = {option.strip().lower() for option in question.options if option.strip()}
    if len(distinct) < 2 or len(distinct) != len(question.options):
        yield _problem(
            "options_missing",
            N_("“%(label)s” needs at least two options, each of them once."),
            question,
            "options",
        )
    if len(question.options) > MOST_OPTIONS or any(len(one) > LONGEST_OPTION for one in question.options):
        yield _problem(
            "options_long", N_("The options of “%(label)s” are too many or too long."), question, "options"
        )


def _problems_with_condition(question: Question, *, before: dict[str, Question]) -> Iterator[Problem]:
    if not question.after:
        return
    other = before.get(question.after)
    if other is None:
        yield Problem(
            code="condition_on_nothing",
            message=N_("“%(label)s” hangs on a question that does not stand before it."),
            cure=N_("Let it hang on an earlier question, or move it down."),
            field="after",
            params={"label": question.label},
        )
    elif answers_to(other) and not (question.after_in and set(question.after_in) <= set(answers_to(other))):
        yield Problem(
            code="condition_never_met",
            message=N_("“%(label)s” hangs on an answer that “%(other)s” does not offer."),
            cure=N_("Choose among its answers: %(answers)s."),
            field="after_in",
            params={"label": question.label, "other": other.label, "answers": ", ".join(answers_to(other))},
        )


def _problem(code: str, message: str, question: Question, field: str = "") -> Problem:
    return Problem(
        code=code, message=message, field=field, params={"label": question.label, "key": question.key}
    )
