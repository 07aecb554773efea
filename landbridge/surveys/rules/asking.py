"""What a question, and a whole questionnaire, must be before anybody is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from landbridge.foundation.problems import N_, Problem
from landbridge.surveys.states import Asks, Measure

# Two minutes on a telephone: more questions than this nobody answers there.
MOST_QUESTIONS = 15
MOST_CHOICES = 12
TWO_MINUTES = 120
LONGEST_NAME = 120
LONGEST_TITLE = 150
LONGEST_LEAD = 1000
LONGEST_QUESTION = 300
LONGEST_CHOICE = 120
# How long one takes to answer, in seconds; an estimate for the builder, nothing depends on it.
SECONDS = {
    Asks.SCALE: 7,
    Asks.CHOICE: 8,
    Asks.SEVERAL: 12,
    Asks.NUMBER: 12,
    Asks.MONEY: 15,
    Asks.TEXT: 25,
}
WITH_CHOICES = (Asks.CHOICE, Asks.SEVERAL)
# In which way a measure must be asked, so that its answers can be counted together.
ASKED_AS = {
    Measure.JOBS: Asks.NUMBER,
    Measure.TURNOVER: Asks.MONEY,
    Measure.MARKETS: Asks.NUMBER,
    Measure.SATISFACTION: Asks.SCALE,
    Measure.RECOMMENDS: Asks.SCALE,
    Measure.CONTINUES: Asks.CHOICE,
    Measure.NEW_PRODUCT: Asks.CHOICE,
    Measure.PRIVATE_MONEY: Asks.MONEY,
    Measure.WITHOUT_HELP: Asks.SCALE,
}
YES = "yes"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the rules see it; `choices` are its keys in their order, `condition` as it is stored."""

    key: str
    asks: str
    text: str
    measure: str = ""
    choices: Sequence[str] = ()
    condition: Mapping[str, Any] = field(default_factory=dict)


def seconds_for(questions: Iterable[Asked]) -> int:
    """How long answering all of them takes, in seconds; questions under a condition count half."""
    return sum(SECONDS[Asks(one.asks)] // (2 if one.condition else 1) for one in questions)


def problems_with_question(one: Asked, *, before: Sequence[Asked]) -> Iterator[Problem]:
    """Choices where there is a choice, a measure that fits, and a condition that can be known by then."""
    if one.asks in WITH_CHOICES and not 2 <= len(one.choices) <= MOST_CHOICES:
        yield Problem(
            code="choices",
            message=N_("There is nothing to choose from."),
            cure=N_("Write between 2 and %(most)s choices, one on each line."),
            field="choices",
            params={"most": MOST_CHOICES},
        )
    if len(set(one.choices)) < len(one.choices):
        yield Problem(
            code="same_choices",
            message=N_("Two choices are the same."),
            cure=N_("Write each choice once."),
            field="choices",
        )
    if one.asks not in WITH_CHOICES and one.choices:
        yield Problem(
            code="needless_choices",
            message=N_("Only questions with a choice have choices."),
            cure=N_("Empty this field, or ask for one or any of several."),
            field="choices",
        )
    if one.measure and ASKED_AS[Measure(one.measure)] != one.asks:
        yield Problem(
            code="measure_asked_otherwise",
            message=N_("This measure is not asked in this way."),
            cure=N_("Ask for: %(way)s. Only then answers of all questionnaires can be counted together."),
            field="measure",
            params={"way": ASKED_AS[Measure(one.measure)].label},
        )
    elif one.measure and one.asks == Asks.CHOICE and YES not in one.choices:
        yield Problem(
            code="nothing_says_yes",
            message=N_("No choice of this question says that it is so."),
            cure=N_("Let one choice begin with “yes =”, for example “yes = Yes, it goes on”."),
            field="choices",
        )
    yield from _problems_with_condition(one, before=before)


def _problems_with_condition(one: Asked, *, before: Sequence[Asked]) -> Iterator[Problem]:
    if not one.condition:
        return
    asked = next((other for other in before if other.key == one.condition.get("question")), None)
    if asked is None or asked.asks not in WITH_CHOICES:
        yield Problem(
            code="condition_unknown",
            message=N_("The question that this one depends on is not asked before it."),
            cure=N_("Choose an earlier question with choices, or move this one down."),
            field="depends_on",
        )
    elif not set(one.condition.get("is", ())) <= set(asked.choices) or not one.condition.get("is"):
        yield Problem(
            code="condition_never",
            message=N_("Nobody can give this answer to the question that it depends on."),
            cure=N_("Choose one of its choices."),
            field="depends_on",
        )


def problems_with_publishing(questions: Sequence[Asked]) -> Iterator[Problem]:
    """Something is asked, not too much, each measure once, and every question is whole."""
    if not questions:
        yield Problem(
            code="no_questions",
            message=N_("It asks nothing yet."),
            cure=N_("Add a question."),
        )
    if len(questions) > MOST_QUESTIONS:
        yield Problem(
            code="too_many_questions",
            message=N_("It asks %(count)s questions; nobody answers more than %(most)s on a telephone."),
            cure=N_("Remove those whose answers nobody reads."),
            params={"count": len(questions), "most": MOST_QUESTIONS},
        )
    for measure, count in Counter(one.measure for one in questions if one.measure).items():
        if count > 1:
            yield Problem(
                code="measure_twice",
                message=N_("The measure “%(measure)s” is asked for twice."),
                cure=N_("Keep one of the two, or take the measure from the other."),
                params={"measure": Measure(measure).label},
            )
    for number, one in enumerate(questions):
        for found in problems_with_question(one, before=questions[:number]):
            yield Problem(
                code=found.code,
                message=N_("“%(question)s” cannot be asked like this."),
                cure=N_("Open the question; its page says what is wrong."),
                params={"question": one.text},
            )
