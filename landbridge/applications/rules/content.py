"""What an application must say, and how a text is written down and known again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from landbridge.applications.rules.facts import Asked
from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, Problem

LONGEST_TITLE = 150


def problems_with_title(title: str) -> Iterator[Problem]:
    """One line, at most LONGEST_TITLE characters."""
    if not title.strip():
        yield Problem(
            code="no_title",
            message=N_("The title is missing."),
            cure=N_("Say in one line what the voucher is for."),
            field="title",
        )
    elif len(title) > LONGEST_TITLE:
        yield Problem(
            code="title_too_long",
            message=N_("The title is too long."),
            cure=N_("Shorten it to %(longest)s characters."),
            field="title",
            params={"longest": LONGEST_TITLE},
        )


def problems_with_amount(amount: Money | None, *, cap: Money) -> Iterator[Problem]:
    """More than nothing and within the offer's cap."""
    if amount is None:
        yield Problem(
            code="no_amount",
            message=N_("The amount is missing."),
            cure=N_("Say how much you ask for, up to %(cap)s."),
            field="requested_eur",
            params={"cap": cap},
        )
    elif amount.cents <= 0:
        yield Problem(
            code="amount_not_positive",
            message=N_("The amount must be more than nothing."),
            cure=N_("Ask for an amount up to %(cap)s."),
            field="requested_eur",
            params={"cap": cap},
        )
    elif amount > cap:
        yield Problem(
            code="amount_over_cap",
            message=N_("The amount is over the cap of this incentive."),
            cure=N_("Ask for %(cap)s at most; your company pays the rest."),
            field="requested_eur",
            params={"cap": cap},
        )


def problems_with_answers(answers: Mapping[str, Any], *, questions: tuple[Asked, ...]) -> Iterator[Problem]:
    """What is missing, too long or of the wrong type, question by question."""
    for question in questions:
        answer = answers.get(question.key)
        if is_empty(answer):
            if question.is_required:
                yield _missing(question)
        else:
            yield from problem_with_answer(answer, question=question)


def _missing(question: Asked) -> Problem:
    if question.kind == "declaration":
        return Problem(
            code="not_declared",
            message=N_("This declaration is not ticked: %(label)s"),
            cure=N_("Read it and tick it if it is true; without it the programme cannot give money."),
            field=question.field,
            params={"label": question.label},
        )
    return Problem(
        code="no_answer",
        message=N_("This question is not answered: %(label)s"),
        cure=N_("Answer it in the form."),
        field=question.field,
        params={"label": question.label},
    )


def problem_with_answer(answer: object, *, question: Asked) -> Iterator[Problem]:
    """Whether an answer that is there fits its question."""
    params = {"label": question.label, "longest": question.longest}
    if not _is_of_kind(answer, question=question):
        yield Problem(
            code="wrong_answer",
            message=N_("This answer does not fit its question: %(label)s"),
            cure=N_("Answer the question again in the form."),
            field=question.field,
            params=params,
        )
    elif (
        isinstance(answer, str) and question.kind in ("text", "long_text") and len(answer) > question.longest
    ):
        yield Problem(
            code="answer_too_long",
            message=N_("This answer is too long: %(label)s"),
            cure=N_("Shorten it to %(longest)s characters."),
            field=question.field,
            params=params,
        )
    elif question.kind == "number" and isinstance(answer, int) and not 0 <= answer <= question.longest:
        yield Problem(
            code="number_out_of_range",
            message=N_("This number is out of range: %(label)s"),
            cure=N_("Give a whole number from 0 to %(longest)s."),
            field=question.field,
            params=params,
        )


def _is_of_kind(answer: object, *, question: Asked) -> bool:
    match question.kind:
        case "number":
            return isinstance(answer, int) and not isinstance(answer, bool)
        case "declaration":
            return answer is True
        case "choice":
            return isinstance(answer, str) and answer in question.choices
        case _:
            return isinstance(answer, str)


def is_empty(answer: object) -> bool:
    """Whether nothing was answered: nothing, blanks, or an unticked box. The number 0 is an answer."""
    return answer is None or answer is False or (isinstance(answer, str) and not answer.strip())


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write this content down: sorted keys, no spaces, no escapes."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text, in hexadecimal digits."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def number_prefix(programme: str, *, phase: int, call: int) -> str:
    """The beginning of a call's numbers: IN2-4 for the fourth call of IN2LifeSciences, B4H.2-1 in a second phase."""
    short = re.match(r"[A-Z]{2,}\d*", programme)
    code = short[0] if short else "".join(re.findall(r"[A-Z0-9]", programme)) or "LB"
    return f"{code[:8]}-{call}" if phase == 1 else f"{code[:8]}.{phase}-{call}"
