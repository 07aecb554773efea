"""What whoever was asked types, and what a company says of itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.money import Money
from landbridge.foundation.ui.forms import DateField, Form, MoneyFormField
from landbridge.surveys import rules
from landbridge.surveys.models import Answer
from landbridge.surveys.queries import WordedQuestion
from landbridge.surveys.states import Asks


class AnswerForm(Form):
    """One question. Leaving it empty is no answer, and that is fine."""

    def __init__(
        self, *args: Any, asked: WordedQuestion, answer: Answer | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields["answer"] = _field_of(asked)
        if answer is not None:
            self.initial["answer"] = _initial(asked.question.asks, answer)

    @property
    def details(self) -> dict[str, Any]:
        """What was said, as the action takes it."""
        given, asks = self.cleaned_data["answer"], self.asked.question.asks
        if asks == Asks.TEXT:
            return {"text": given}
        if asks == Asks.SEVERAL:
            return {"chosen": given}
        if asks == Asks.CHOICE:
            return {"chosen": [given] if given else []}
        if asks == Asks.MONEY:
            return {"number": given.decimal if given is not None else None}
        return {"number": given if given not in ("", None) else None}


class DeclineForm(Form):
    """Not this time, or never again."""

    answer = forms.ChoiceField(
        label=_l("What would you like?"),
        choices=[
            ("now", _l("I do not want to answer this time.")),
            ("never", _l("Do not ask me again, about anything.")),
        ],
        widget=forms.RadioSelect,
        initial="now",
    )


class BaselineForm(Form):
    """Where a company stands on one day."""

    on = DateField(label=_l("The figures hold for"))
    jobs = forms.DecimalField(
        label=_l("Jobs"), help_text=_l("Full-time equivalents; two half posts are one."),
        min_value=0, max_value=rules.HIGHEST_JOBS, max_digits=8, decimal_places=1, required=False,
    )  # fmt: skip
    turnover_eur = forms.IntegerField(
        label=_l("Turnover, euro"), help_text=_l("Of the last closed year."),
        min_value=0, max_value=rules.HIGHEST_TURNOVER, required=False,
    )  # fmt: skip
    markets = forms.IntegerField(
        label=_l("Countries sold to"), help_text=_l("The company's own country counts."),
        min_value=0, max_value=rules.MOST_MARKETS, required=False,
    )  # fmt: skip
    evidence = forms.CharField(
        label=_l("Where the figures come from"), help_text=_l("Annual accounts, payroll, own statement."),
        max_length=rules.LONGEST_EVIDENCE, required=False,
    )  # fmt: skip


def _field_of(asked: WordedQuestion) -> forms.Field:
    question = asked.question
    common: dict[str, Any] = {"label": str(asked.text), "help_text": str(asked.help), "required": False}
    if question.asks == Asks.SCALE:
        ends = {1: str(asked.low), 5: str(asked.high)}
        marks = [(mark, f"{mark} – {ends[mark]}" if ends.get(mark) else f"{mark}") for mark in range(1, 6)]
        return forms.TypedChoiceField(
            coerce=int, choices=[*marks, ("", _("No answer"))], widget=forms.RadioSelect, **common
        )
    if question.asks == Asks.CHOICE:
        offered = [(one.key, one.text) for one in asked.choices]
        return forms.ChoiceField(choices=[*offered, ("", _("No answer"))], widget=forms.RadioSelect, **common)
    if question.asks == Asks.SEVERAL:
        offered = [(one.key, one.text) for one in asked.choices]
        return forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple, **common)
    if question.asks == Asks.MONEY:
        return MoneyFormField(most=Money(int(rules.HIGHEST_EURO) * 100), **common)
    if question.asks == Asks.NUMBER:
        number = forms.DecimalField(
            min_value=0,
            max_value=rules.HIGHEST_NUMBER,
            max_digits=9,
            decimal_places=2,
            localize=True,
            **common,
        )
        number.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        return number
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(max_length=rules.LONGEST_TEXT, widget=area, **common)


def _initial(asks: str, answer: Answer) -> object:
    if asks == Asks.TEXT:
        return answer.text
    if asks == Asks.SEVERAL:
        return answer.chosen
    if asks == Asks.CHOICE:
        return answer.chosen[0] if answer.chosen else ""
    if asks == Asks.MONEY:
        return None if answer.number is None else Money(int(answer.number * 100))
    if asks == Asks.SCALE:
        return "" if answer.number is None else int(answer.number)
    return answer.number.normalize() if answer.number is not None else None
