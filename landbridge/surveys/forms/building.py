"""What the office types when it writes a questionnaire, its languages and its rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.calls.models import Call
from landbridge.foundation.ui.forms import DateField, Form
from landbridge.programmes.models import Programme
from landbridge.surveys import rules
from landbridge.surveys.models import Question, Version
from landbridge.surveys.queries import OF_QUESTION
from landbridge.surveys.states import ASKS_NAMES, MEASURE_NAMES, SIDE_NAMES, TRIGGER_NAMES, Asks

LONGEST_OF = {
    "text": rules.LONGEST_QUESTION,
    "help": rules.LONGEST_QUESTION,
    "low": 60,
    "high": 60,
    "unit": 30,
}
BETWEEN = "|"


class BeginForm(Form):
    """A new questionnaire."""

    name = forms.CharField(
        label=_l("Name"),
        help_text=_l("For the office; those who are asked do not see it."),
        max_length=rules.LONGEST_NAME,
    )
    title = forms.CharField(
        label=_l("Title"), help_text=_l("What is asked, in a few words."), max_length=rules.LONGEST_TITLE
    )
    language = forms.ChoiceField(
        label=_l("Written in"),
        help_text=_l("Other languages are added afterwards."),
        choices=settings.LANGUAGES,
    )
    programme = forms.TypedChoiceField(
        label=_l("Programme"), coerce=int, empty_value=None, required=False,
        help_text=_l("Empty: for the whole network."),
    )  # fmt: skip

    def __init__(self, *args: Any, programmes: Iterable[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        offered = [(one.pk, one.name) for one in programmes]
        if offered:
            fields["programme"].choices = [("", _("The whole network")), *offered]
        else:
            del fields["programme"]

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        return {
            **{name: given[name] for name in ("name", "title", "language")},
            "programme_id": given.get("programme"),
        }


class TextsForm(Form):
    """What people read before and after the questions."""

    title = forms.CharField(label=_l("Title"), max_length=rules.LONGEST_TITLE)
    lead = forms.CharField(
        label=_l("Before the questions"),
        help_text=_l("Why it is asked, and what comes of the answers."),
        max_length=rules.LONGEST_LEAD,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    thanks = forms.CharField(
        label=_l("After the answers"),
        max_length=rules.LONGEST_LEAD,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class QuestionForm(Form):
    """One question."""

    text = forms.CharField(label=_l("Question"), max_length=rules.LONGEST_QUESTION)
    help = forms.CharField(label=_l("Explanation"), max_length=rules.LONGEST_QUESTION, required=False)
    asks = forms.ChoiceField(label=_l("It asks for"))
    choices = forms.CharField(
        label=_l("Choices"),
        help_text=_l(
            "One on each line. “yes = Yes, it goes on” gives the choice a key, which translations and tables keep."
        ),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    low = forms.CharField(label=_l("What 1 means"), max_length=60, required=False)
    high = forms.CharField(label=_l("What 5 means"), max_length=60, required=False)
    unit = forms.CharField(
        label=_l("Unit"), help_text=_l("Of a number, for example “countries”."), max_length=30, required=False
    )
    measure = forms.ChoiceField(
        label=_l("What it tells the indicators"),
        help_text=_l("Answers with the same measure are counted together, whatever the questionnaire."),
        required=False,
    )
    depends_on = forms.MultipleChoiceField(
        label=_l("Only asked after"),
        help_text=_l("Choices of one earlier question. None: always asked."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, before: Sequence[Question], found: Question | None = None, **kwargs: Any
    ) -> None:
        initial = _of_question(found) if found else {}
        super().__init__(*args, initial=initial, **kwargs)
        fields: Any = self.fields
        fields["asks"].choices = [(kind, _(name)) for kind, name in ASKS_NAMES.items()]
        fields["measure"].choices = [
            ("", _("Nothing")),
            *((kind, _(name)) for kind, name in MEASURE_NAMES.items()),
        ]
        offered = [
            (f"{one.key}{BETWEEN}{choice['key']}", f"{one.text}: {choice['text']}")
            for one in before
            if one.asks in (Asks.CHOICE, Asks.SEVERAL)
            for choice in one.choices
        ]
        if offered:
            fields["depends_on"].choices = offered
        else:
            del fields["depends_on"]

    def clean_depends_on(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["depends_on"]
        if len({one.partition(BETWEEN)[0] for one in chosen}) > 1:
            raise forms.ValidationError(_("Choose answers of one question only."))
        return chosen

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        given = self.cleaned_data
        depends = given.get("depends_on") or []
        question = depends[0].partition(BETWEEN)[0] if depends else ""
        answers = [one.partition(BETWEEN)[2] for one in depends]
        return {
            **{name: given[name] for name in ("text", "help", "asks", "measure", "low", "high", "unit")},
            "choices": _choices(given["choices"]),
            "condition": {"question": question, "is": answers} if depends else {},
        }


class TranslationForm(Form):
    """Every text of a version in one further language; the original stands beside each."""

    def __init__(
        self, *args: Any, found: Version, questions: Sequence[Question], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found, self.questions, self.language = found, questions, language
        self._offer("title", found.title, found, "title", longest=rules.LONGEST_TITLE)
        for name in ("lead", "thanks"):
            self._offer(name, getattr(found, name), found, name, longest=rules.LONGEST_LEAD, lines=3)
        for one in questions:
            for name in OF_QUESTION:
                self._offer(f"q{one.pk}_{name}", getattr(one, name), one, name, longest=LONGEST_OF[name])
            there = one.texts.get(language, {}).get("choices", {})
            for number, choice in enumerate(one.choices):
                field = forms.CharField(label=choice["text"], max_length=rules.LONGEST_CHOICE, required=False)
                self.fields[f"q{one.pk}_choice_{number}"] = field
                self.initial[f"q{one.pk}_choice_{number}"] = there.get(choice["key"], "")

    def _offer(
        self, key: str, original: str, row: Version | Question, name: str, *, longest: int, lines: int = 0
    ) -> None:
        if not original:
            return
        widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
        self.fields[key] = forms.CharField(label=original, max_length=longest, widget=widget, required=False)
        self.initial[key] = row.texts.get(self.language, {}).get(name, "")

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """First what stands around the questions, then one question after the other."""
        found = [
            (
                _("Around the questions"),
                [self[name] for name in ("title", "lead", "thanks") if name in self.fields],
            )
        ]
        for number, one in enumerate(self.questions, start=1):
            heading = _("Question %(number)s") % {"number": number}
            found.append((heading, [self[name] for name in self.fields if name.startswith(f"q{one.pk}_")]))
        return found

    @property
    def texts(self) -> dict[str, str]:
        """Title, lead and thanks as they were typed."""
        return {name: self.cleaned_data.get(name, "") for name in ("title", "lead", "thanks")}

    @property
    def of_questions(self) -> dict[int, dict[str, Any]]:
        """The texts of the questions, by their ids."""
        found: dict[int, dict[str, Any]] = {}
        for one in self.questions:
            texts: dict[str, Any] = {
                name: self.cleaned_data.get(f"q{one.pk}_{name}", "") for name in OF_QUESTION
            }
            choices = {
                choice["key"]: self.cleaned_data[f"q{one.pk}_choice_{number}"]
                for number, choice in enumerate(one.choices)
                if self.cleaned_data.get(f"q{one.pk}_choice_{number}")
            }
            found[one.pk] = {**texts, "choices": choices}
        return found


class RuleForm(Form):
    """When it goes out, and to whom."""

    trigger = forms.ChoiceField(label=_l("After what"))
    side = forms.ChoiceField(label=_l("Who is asked"))
    after_months = forms.IntegerField(
        label=_l("Months later"), min_value=0, max_value=rules.MOST_MONTHS, initial=0,
        help_text=_l("0 after an event or a webinar: the same evening, at 18:00 there."),
    )  # fmt: skip
    after_hours = forms.IntegerField(
        label=_l("And hours later"), min_value=0, max_value=rules.MOST_HOURS, initial=0
    )
    open_days = forms.IntegerField(
        label=_l("Days to answer"), min_value=rules.FEWEST_DAYS, max_value=rules.MOST_DAYS, initial=60
    )
    since = DateField(
        label=_l("What happened from this day on"), help_text=_l("Nobody is asked about anything earlier.")
    )
    call = forms.TypedChoiceField(
        label=_l("Call"), coerce=int, empty_value=None, required=False,
        help_text=_l("For applications: only those of this call. A comparison group needs one."),
    )  # fmt: skip

    def __init__(self, *args: Any, calls: Iterable[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["trigger"].choices = [(kind, _(name)) for kind, name in TRIGGER_NAMES.items()]
        fields["side"].choices = [(kind, _(name)) for kind, name in SIDE_NAMES.items()]
        fields["call"].choices = [("", _("Every call")), *((one.pk, one.title) for one in calls)]

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        given = dict(self.cleaned_data)
        call_id = given.pop("call")
        return {**given, "call_id": call_id}

    @property
    def since_day(self) -> date:
        """The first day."""
        found: date = self.cleaned_data["since"]
        return found


class LanguageForm(Form):
    """Which language to add."""

    language = forms.ChoiceField(label=_l("Language"))

    def __init__(self, *args: Any, found: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        there = {found.language, *found.texts}
        fields["language"].choices = [(code, name) for code, name in settings.LANGUAGES if code not in there]


def _of_question(found: Question) -> dict[str, Any]:
    values = {
        name: getattr(found, name) for name in ("text", "help", "asks", "measure", "low", "high", "unit")
    }
    lines = [f"{one['key']} = {one['text']}" for one in found.choices]
    asked = found.condition.get("question", "")
    depends = [f"{asked}{BETWEEN}{one}" for one in found.condition.get("is", [])]
    return {**values, "choices": "\n".join(lines), "depends_on": depends}


def _choices(text: str) -> list[tuple[str, str]]:
    found = []
    for number, line in enumerate(filter(None, (part.strip() for part in text.splitlines())), start=1):
        before, sign, after = line.partition("=")
        key = slugify(before)[:40] if sign else ""
        shown = (after.strip() if key and after.strip() else line)[: rules.LONGEST_CHOICE]
        found.append((key or slugify(shown)[:40] or f"choice-{number}", shown))
    return found
