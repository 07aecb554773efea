"""What organisers send."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.files.forms import ReceivedFileField
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.forms import ZONES, Filters, Form, MomentField, in_zone
from landbridge.programmes.rules.regions import LANGUAGES
from landbridge.webinars.models import Series, Webinar
from landbridge.webinars.states import NAME_OF

LARGEST_VERSION = 2**31 - 1
WRITTEN = (
    "title", "summary", "description", "language", "capacity", "join_link", "contact_email", "certificate_minutes",
    "will_be_recorded", "time_zone", "version",
)  # fmt: skip


class WebinarForm(Form):
    """A webinar as its organiser writes it; times as clocks on the wall show them in its zone."""

    version = forms.IntegerField(
        min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, required=False
    )
    title = forms.CharField(label=_l("Title"), max_length=150)
    summary = forms.CharField(
        label=_l("Summary"),
        help_text=_l("Two sentences that make people want to listen."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    description = forms.CharField(
        label=_l("What it is about, and for whom"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    series = forms.TypedChoiceField(label=_l("Series"), coerce=int, empty_value=None, required=False)
    language = forms.ChoiceField(label=_l("Language spoken"), choices=list(LANGUAGES.items()))
    starts = MomentField(label=_l("Begins"))
    ends = MomentField(label=_l("Ends"))
    time_zone = forms.ChoiceField(
        label=_l("Time zone"),
        choices=[(zone, zone) for zone in ZONES],
        help_text=_l("Both times are meant in this zone, and shown with it everywhere."),
    )
    join_link = forms.URLField(
        label=_l("Address to join"),
        help_text=_l("From your provider of webinars. Only people who have signed up see it."),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    capacity = forms.IntegerField(
        label=_l("Places"),
        help_text=_l("Empty: no limit. Whoever comes later waits and moves up by themselves."),
        min_value=1,
        max_value=100_000,
        required=False,
    )
    certificate_minutes = forms.IntegerField(
        label=_l("Minutes for a certificate"),
        help_text=_l("Whoever was there this long can download a certificate of attendance."),
        min_value=1,
        max_value=480,
        initial=30,
    )
    contact_email = forms.EmailField(label=_l("Address for questions"), max_length=254)
    will_be_recorded = forms.BooleanField(
        label=_l("It will be recorded"),
        help_text=_l("Said before people sign up. Speakers are asked one by one."),
        required=False,
    )

    def __init__(self, *args: Any, series: list[Series], found: Webinar | None = None, **kwargs: Any) -> None:
        initial = {**self._initial_of(found), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        field: Any = self.fields["series"]
        field.choices = [("", _("None")), *((one.pk, one.title) for one in series)]
        self.sections = [
            (_("What"), [self[name] for name in ("title", "summary", "description", "series", "language")]),
            (_("When and where"), [self[name] for name in ("starts", "ends", "time_zone", "join_link")]),
            (
                _("Who listens"),
                [
                    self[name]
                    for name in ("capacity", "certificate_minutes", "contact_email", "will_be_recorded")
                ],
            ),
        ]
        if found is not None:
            self.sections[0][1].append(self["version"])

    @staticmethod
    def _initial_of(found: Webinar | None) -> dict[str, Any]:
        if found is None:
            return {"time_zone": "Europe/Brussels", "language": "en"}
        zone = ZoneInfo(found.time_zone)
        return {
            **{name: getattr(found, name) for name in WRITTEN},
            "series": found.series_id or "",
            "starts": found.starts_at.astimezone(zone).replace(tzinfo=None),
            "ends": found.ends_at.astimezone(zone).replace(tzinfo=None),
        }

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in ("starts", "ends"):
            if given.get(name) and given.get("time_zone"):
                try:
                    given[name] = in_zone(given[name], given["time_zone"])
                except ValidationError as error:
                    self.add_error(name, error)
        return given

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        given = self.cleaned_data
        return {
            **{name: given[name] for name in WRITTEN if name != "version"},
            "series_id": given["series"],
            "starts_at": given["starts"],
            "ends_at": given["ends"],
        }

    def add_problem(self, problem: Problem) -> None:
        """Problems with the moments stand beside the fields in which they were typed."""
        field = {"starts_at": "starts", "ends_at": "ends"}.get(problem.field, problem.field)
        super().add_problem(replace(problem, field=field))


class SeriesForm(Form):
    """A series."""

    title = forms.CharField(label=_l("Title"), max_length=150)
    text = forms.CharField(
        label=_l("What it is about"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class SpeakerForm(Form):
    """Somebody who speaks."""

    name = forms.CharField(label=_l("Name"), max_length=120)
    email = forms.EmailField(
        label=_l("E-mail"),
        help_text=_l("A letter asks for consent to recording and slides. Nobody else sees the address."),
        max_length=254,
        required=False,
    )
    job_title = forms.CharField(label=_l("Function"), max_length=120, required=False)
    organisation_name = forms.CharField(label=_l("Organisation"), max_length=150, required=False)
    about = forms.CharField(
        label=_l("In two sentences"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RecordingForm(Form):
    """Where the recording is."""

    link = forms.URLField(
        label=_l("Address of the recording"),
        help_text=_l("Empty: it is not shown any more."),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    is_public = forms.BooleanField(
        label=_l("For everybody"),
        help_text=_l("Otherwise for those who had signed up."),
        required=False,
    )


class SlidesForm(Form):
    """The slides as one PDF."""

    slides = ReceivedFileField(
        label=_l("Slides"),
        help_text=_l("One PDF. Left empty, the slides are taken away."),
        kinds=frozenset({Kind.PDF}),
        required=False,
    )


class TableForm(Form):
    """The table of those present that the provider exports."""

    table = ReceivedFileField(
        label=_l("Table of those present"),
        help_text=_l(
            "CSV with a column for the e-mail address, and either the times of joining and leaving or the minutes."
        ),
        kinds=frozenset({Kind.CSV, Kind.TXT}),
    )


class MinutesForm(Form):
    """How long somebody was there."""

    minutes = forms.IntegerField(label=_l("Minutes present"), min_value=0, max_value=480)


class AnswerForm(Form):
    """The answer to a question."""

    answer = forms.CharField(label=_l("Answer"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
    is_shared = forms.BooleanField(
        label=_l("Show question and answer to all who signed up"),
        help_text=_l("Without the name of whoever asked."),
        required=False,
    )


class KeyForm(Form):
    """Whether the provider's webhook is listened to."""

    is_wanted = forms.BooleanField(
        label=_l("Listen to the provider, with a new key"),
        help_text=_l("Left empty, nothing that is told is believed any more."),
        required=False,
    )


class KeptFilters(Filters):
    """Webinars in the organiser's list."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    text = forms.CharField(label=_l("Title or series"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("state", _("All"), [(state, _(name)) for state, name in NAME_OF.items()])
