"""What coaches say of themselves, and when they are free."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.catalogue.models import Competence
from landbridge.catalogue.rules.offers import LANGUAGES
from landbridge.coaching.actions import Described
from landbridge.coaching.rules import MOST_WEEKS, Weekly
from landbridge.coaching.rules.asking import LONGEST_TEXT, MOST_CASES
from landbridge.foundation.ui.forms import DateField, Form, MomentField

LARGEST_VERSION = 2**31 - 1
MOST_OF_A_COACH = 6
COMPETENCES = tuple(f"competence_{place}" for place in range(1, MOST_OF_A_COACH + 1))
WEEKDAYS = (
    ("0", _l("Monday")),
    ("1", _l("Tuesday")),
    ("2", _l("Wednesday")),
    ("3", _l("Thursday")),
    ("4", _l("Friday")),
    ("5", _l("Saturday")),
    ("6", _l("Sunday")),
)
ZONES = [
    (zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if zone.startswith("Europe/")
]


class CoachForm(Form):
    """The page of a coach."""

    version = forms.IntegerField(
        min_value=1, max_value=LARGEST_VERSION, required=False, widget=forms.HiddenInput
    )
    name = forms.CharField(label=_l("Your name"), max_length=120)
    headline = forms.CharField(
        label=_l("In one line"),
        help_text=_l("Such as: brings medical devices to hospitals in five countries."),
        max_length=150,
        required=False,
    )
    about = forms.CharField(
        label=_l("Whom you have helped, and how you work"),
        help_text=_l("Companies to which you are proposed read it, and the desks."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_l("Languages in which you coach"), required=False, widget=forms.CheckboxSelectMultiple
    )
    country = forms.ChoiceField(label=_l("Country you work from"))
    time_zone = forms.ChoiceField(
        label=_l("Time zone of your calendar"), choices=ZONES, initial="Europe/Brussels"
    )
    meeting_link = forms.URLField(
        label=_l("Link for sessions online"),
        help_text=_l("Of your own meeting room; it stands in every session that is booked."),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    most_cases = forms.IntegerField(
        label=_l("Cases at a time, at most"), min_value=1, max_value=MOST_CASES, initial=3
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        terms = Competence.objects.accepted().order_by("name").values_list("pk", "name")
        choices = [("", _("None")), *((str(pk), name) for pk, name in terms)]
        fields: dict[str, Any] = self.fields
        for place, name in enumerate(COMPETENCES, start=1):
            label = _("Competence %(place)s") % {"place": place}
            fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        fields["languages"].choices = [(code, _(name)) for code, name in LANGUAGES.items()]
        fields["country"].choices = [("", "–"), *countries]

    @property
    def described(self) -> Described:
        """What was typed, as the action takes it."""
        columns = {
            name: self.cleaned_data[name]
            for name in Described.__dataclass_fields__
            if name != "competence_ids"
        }
        chosen = (self.cleaned_data[name] for name in COMPETENCES)
        return Described(**columns, competence_ids=list(dict.fromkeys(int(pk) for pk in chosen if pk)))

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under headings."""
        groups = (
            (_("Who you are"), ("version", "name", "headline", "about")),
            (_("What you know"), (*COMPETENCES, "languages")),
            (_("How you work"), ("country", "time_zone", "meeting_link", "most_cases")),
        )
        return [(heading, [self[name] for name in names]) for heading, names in groups]


class StretchForm(Form):
    """One stretch of free time, on the coach's clock."""

    starts_at = MomentField(label=_l("From"))
    ends_at = MomentField(label=_l("Until"))


class WeekForm(Form):
    """The same hours, week after week, on the coach's clock."""

    weekdays = forms.MultipleChoiceField(
        label=_l("On which days?"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    begins = forms.TimeField(
        label=_l("From"),
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"maxlength": "5", "placeholder": "09:00"}),
        error_messages={"invalid": _l("Write hours and minutes, for example 09:00.")},
    )
    ends = forms.TimeField(
        label=_l("Until"),
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"maxlength": "5", "placeholder": "12:00"}),
        error_messages={"invalid": _l("Write hours and minutes, for example 12:00.")},
    )
    first_day = DateField(label=_l("Beginning on"))
    weeks = forms.IntegerField(label=_l("For how many weeks?"), min_value=1, max_value=MOST_WEEKS, initial=8)

    @property
    def pattern(self) -> Weekly:
        """The pattern as the rules read it."""
        data = self.cleaned_data
        return Weekly(
            weekdays=frozenset(int(day) for day in data["weekdays"]),
            begins=data["begins"],
            ends=data["ends"],
            first_day=data["first_day"],
            weeks=data["weeks"],
        )
