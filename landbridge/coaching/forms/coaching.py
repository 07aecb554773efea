"""Choosing a coach, the plan, sessions, the report and feedback."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.coaching.models import Objective
from landbridge.coaching.rules import BEST_MARK, LENGTHS, MOST_OBJECTIVES, STATEMENTS, Goal, Partner
from landbridge.coaching.rules.booking import MOST_HOURS_OF_A_SESSION
from landbridge.coaching.rules.judging import LONGEST_REPORT
from landbridge.coaching.states import REACHED_NAMES, Party
from landbridge.foundation.ui.forms import Form

PARTNERS_SHOWN, GOALS_SHOWN = 4, 3
MOST_HOURS_OF_A_GOAL = Decimal(200)
MARKS = tuple((str(mark), str(mark)) for mark in range(BEST_MARK, 0, -1))


class ProposalForm(Form):
    """Which coaches the company chooses among."""

    coaches = forms.TypedMultipleChoiceField(coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *arguments: Any, known: Iterable[int], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["coaches"]
        field.choices = [(str(pk), str(pk)) for pk in known]
        field.error_messages["required"] = _("Tick up to three coaches.")


class AcceptanceForm(Form):
    """The coach takes the case."""

    has_no_conflict = forms.BooleanField(
        label=_l(
            "I have no conflict of interest: no share in the company, no mandate or job with it, no kinship."
        ),
        required=False,
    )


class PlanForm(Form):
    """A version of the plan: up to six objectives, each with its task and hours."""

    summary = forms.CharField(
        label=_l("What the company can do afterwards"),
        help_text=_l("A few sentences; the objectives below say it in detail."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for place in range(1, MOST_OBJECTIVES + 1):
            self.fields[f"title_{place}"] = forms.CharField(
                label=_("Objective"), max_length=200, required=place == 1
            )
            self.fields[f"task_{place}"] = forms.CharField(
                label=_("What is done for it"),
                max_length=1500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields[f"hours_{place}"] = forms.DecimalField(
                label=_("Hours"),
                min_value=Decimal("0.5"),
                max_value=MOST_HOURS_OF_A_GOAL,
                decimal_places=1,
                max_digits=5,
                required=place == 1,
                widget=forms.NumberInput(attrs={"class": "width-short", "step": "0.5"}),
            )

    def clean(self) -> dict[str, Any]:
        """An objective that was begun has both a name and hours."""
        data = super().clean() or self.cleaned_data
        for place in range(2, MOST_OBJECTIVES + 1):
            names = [f"title_{place}", f"task_{place}", f"hours_{place}"]
            if any(data.get(name) for name in names):
                for name in (names[0], names[2]):
                    if not data.get(name) and name not in self.errors:
                        self.add_error(name, _("Fill this in, or leave the objective out."))
        return data

    @property
    def goals(self) -> list[Goal]:
        """The objectives that were filled in, in order."""
        data = self.cleaned_data
        return [
            Goal(data[f"title_{place}"], data[f"task_{place}"], data[f"hours_{place}"])
            for place in range(1, MOST_OBJECTIVES + 1)
            if data.get(f"title_{place}")
        ]

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The summary, and the first objectives."""
        return [(_("The plan"), [self["summary"]]), *self._objectives(1, GOALS_SHOWN)]

    @property
    def more(self) -> list[tuple[str, list[BoundField]]]:
        """The objectives that few plans need."""
        return self._objectives(GOALS_SHOWN + 1, MOST_OBJECTIVES)

    @property
    def shows_more(self) -> bool:
        """Whether something stands in one of these."""
        return any(bound.value() or bound.errors for _heading, fields in self.more for bound in fields)

    def _objectives(self, first: int, last: int) -> list[tuple[str, list[BoundField]]]:
        names = ("title", "task", "hours")
        return [
            (_("Objective %(place)s") % {"place": place}, [self[f"{name}_{place}"] for name in names])
            for place in range(first, last + 1)
        ]


class BookingForm(Form):
    """Which of the coach's free times, and what about. `openings` are the keys that are offered."""

    opening = forms.ChoiceField(
        label=_l("Time"), widget=forms.RadioSelect, error_messages={"required": _l("Choose a time.")}
    )
    topic = forms.CharField(
        label=_l("What do you want to work on?"),
        help_text=_l("It stands in both calendars."),
        max_length=200,
        required=False,
    )

    def __init__(self, *arguments: Any, openings: Iterable[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["opening"]
        field.choices = [(key, key) for key in openings]
        field.error_messages["invalid_choice"] = _(
            "This time is gone. Choose another one; the list is fresh."
        )

    @property
    def free_time_id(self) -> int:
        return int(self.cleaned_data["opening"].partition("@")[0])

    @property
    def starts_at(self) -> datetime:
        return datetime.fromisoformat(self.cleaned_data["opening"].partition("@")[2])


class HoursForm(Form):
    """What was worked on, and how long it took."""

    hours = forms.DecimalField(
        label=_l("Hours"),
        help_text=_l("By halves. The company approves them."),
        min_value=Decimal("0.5"),
        max_value=MOST_HOURS_OF_A_SESSION,
        decimal_places=1,
        max_digits=4,
    )
    notes = forms.CharField(
        label=_l("What you worked on, and what comes next"),
        help_text=_l("The company and the desk read it."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        required=False,
    )


class ReportForm(Form):
    """The report: each objective judged, what was done, partnerships, how it goes on."""

    text = forms.CharField(
        label=_l("What was done, and what came of it"),
        help_text=_l("Company, desk and office read it."),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    continuation = forms.CharField(
        label=_l("How it goes on"),
        help_text=_l("What the company does next, with whom, and what help it needs."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *arguments: Any, objectives: Sequence[Objective], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.objectives = objectives
        reached = [(value.value, _(name)) for value, name in REACHED_NAMES.items()]
        for one in objectives:
            self.fields[f"reached_{one.pk}"] = forms.ChoiceField(
                label=one.title, choices=reached, widget=forms.RadioSelect
            )
        for place in range(1, PARTNERS_SHOWN + 1):
            self._add_partner(place)

    def _add_partner(self, place: int) -> None:
        self.fields[f"name_{place}"] = forms.CharField(label=_("Name"), max_length=150, required=False)
        self.fields[f"country_{place}"] = forms.ChoiceField(
            label=_("Country"), choices=[("", "–"), *countries], required=False
        )
        self.fields[f"region_{place}"] = forms.CharField(
            label=_("Region or town"), max_length=100, required=False
        )
        self.fields[f"role_{place}"] = forms.CharField(
            label=_("As what?"),
            help_text=_("Such as: distributor, laboratory, investor."),
            max_length=150,
            required=False,
        )

    @property
    def reached(self) -> dict[int, str]:
        """Of each objective, whether it was reached."""
        return {one.pk: self.cleaned_data[f"reached_{one.pk}"] for one in self.objectives}

    @property
    def partners(self) -> list[Partner]:
        """The partnerships of which anything was filled in."""
        found = []
        for place in range(1, PARTNERS_SHOWN + 1):
            values = {name: self.cleaned_data[f"{name}_{place}"] for name in Partner.__dataclass_fields__}
            if any(values.values()):
                found.append(Partner(**values))
        return found

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """Objectives, texts, and the first partnership."""
        return [
            (_("Were the objectives reached?"), [self[f"reached_{one.pk}"] for one in self.objectives]),
            (_("The report"), [self["text"], self["continuation"]]),
            *self._partnerships(1, 1),
        ]

    @property
    def more(self) -> list[tuple[str, list[BoundField]]]:
        """The partnerships after the first."""
        return self._partnerships(2, PARTNERS_SHOWN)

    @property
    def shows_more(self) -> bool:
        """Whether something stands in one of these."""
        return any(bound.value() or bound.errors for _heading, fields in self.more for bound in fields)

    def _partnerships(self, first: int, last: int) -> list[tuple[str, list[BoundField]]]:
        heading = _("Partnership %(place)s (leave it empty if there is none)")
        return [
            (heading % {"place": place}, [self[f"{name}_{place}"] for name in Partner.__dataclass_fields__])
            for place in range(first, last + 1)
        ]


class FeedbackForm(Form):
    """Seven statements with a mark each, and words."""

    text = forms.CharField(
        label=_l("Anything else?"),
        help_text=_l("The other sides read it once they have spoken themselves."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *arguments: Any, party: Party, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.statements = STATEMENTS[party]
        for key, statement in self.statements.items():
            self.fields[key] = forms.ChoiceField(label=_(statement), choices=MARKS, widget=forms.RadioSelect)
        self.order_fields([*self.statements, "text"])

    @property
    def marks(self) -> dict[str, int]:
        """The mark of each statement."""
        return {key: min(int(self.cleaned_data[key]), BEST_MARK) for key in self.statements}


def length_of(text: str) -> int:
    """The minutes that an address asks for; an hour where it asks for none that there is."""
    return next((minutes for minutes in LENGTHS if str(minutes) == text), 60)
