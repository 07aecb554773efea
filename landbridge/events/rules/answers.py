"""The organiser's own questions: which of them somebody is asked, and whether they are answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from landbridge.foundation.problems import N_, Problem

LONGEST_ANSWER = 300
LONGEST_LONG_ANSWER = 2000
LONGEST_NUMBER = 9  # digits
Answer = str | list[str]


class Asks(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; asked of some kinds of attendees only, or only after another was answered in one way."""

    key: str
    label: str
    kind: Asks = Asks.TEXT
    help: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    after: str = ""
    after_in: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return f"q_{self.key}"


def questions_of(raw: Iterable[Mapping[str, object]]) -> tuple[Question, ...]:
    """The questions as they are stored with an event."""
    return tuple(_question(row) for row in raw if row.get("key"))


def asked(
    questions: Iterable[Question], answers: Mapping[str, object], *, attendee: str
) -> tuple[Question, ...]:
    """Those that somebody is asked, given what they have answered: a question after one that is not asked is not asked."""
    found: list[Question] = []
    standing: dict[str, object] = {}
    for question in questions:
        if question.attendees and attendee not in question.attendees:
            continue
        if question.after and not _was_answered(standing.get(question.after), question.after_in):
            continue
        found.append(question)
        standing[question.key] = answers.get(question.key, "")
    return tuple(found)


def leading(questions: Iterable[Question]) -> frozenset[str]:
    """The keys of those on whose answer another one depends."""
    return frozenset(question.after for question in questions if question.after)


def kept_answers(
    questions: Iterable[Question], answers: Mapping[str, object], *, attendee: str
) -> dict[str, Answer]:
    """What is stored: answers to questions that are asked, in their shape; the rest is not kept."""
    kept: dict[str, Answer] = {}
    for question in asked(questions, answers, attendee=attendee):
        answer = _shaped(question, answers.get(question.key))
        if answer:
            kept[question.key] = answer
    return kept


def problems_with_answers(
    questions: Iterable[Question], answers: Mapping[str, object], *, attendee: str
) -> Iterator[Problem]:
    """Every required question that is asked has an answer."""
    for question in asked(questions, answers, attendee=attendee):
        if question.required and not _shaped(question, answers.get(question.key)):
            yield Problem(
                code="unanswered",
                message=N_("“%(question)s” has no answer."),
                cure=N_("The organiser needs it."),
                field=question.field,
                params={"question": question.label},
            )


def _question(row: Mapping[str, object]) -> Question:
    condition = row.get("only_if")
    after: Mapping[str, object] = condition if isinstance(condition, Mapping) else {}
    kind = str(row.get("kind", ""))
    return Question(
        key=str(row["key"]),
        label=str(row.get("label", "")),
        kind=Asks(kind) if kind in list(Asks) else Asks.TEXT,
        help=str(row.get("help", "")),
        options=_texts(row.get("options")),
        required=bool(row.get("required")),
        after=str(after.get("key", "")),
        after_in=_texts(after.get("in")),
        attendees=_texts(row.get("attendees")),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()


def _was_answered(answer: object, wanted: tuple[str, ...]) -> bool:
    given = answer if isinstance(answer, list) else [answer]
    return any(each in wanted for each in given) if wanted else any(given)


def _shaped(question: Question, answer: object) -> Answer:
    if question.kind is Asks.CHOICES:
        given = answer if isinstance(answer, list | tuple) else [answer]
        return [option for option in question.options if option in given]
    text = answer.strip() if isinstance(answer, str) else ""
    if question.kind is Asks.CHOICE:
        return text if text in question.options else ""
    if question.kind is Asks.YES_NO:
        return text if text in ("yes", "no") else ""
    if question.kind is Asks.NUMBER:
        return text if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else ""
    return text[: LONGEST_LONG_ANSWER if question.kind is Asks.LONG_TEXT else LONGEST_ANSWER]
