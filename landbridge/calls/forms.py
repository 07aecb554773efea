"""What is typed about a call: each part of its preparation has its own form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.calls.models import Call, Question, SelectionMode
from landbridge.calls.rules import MOST_CRITERIA, Window, zone_of
from landbridge.calls.standard_form import CriterionDraft, QuestionDraft
from landbridge.events.models import Event
from landbridge.events.states import S as EventState
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import day
from landbridge.foundation.ui.forms import ZONES, Form, MomentField, MoneyFormField, in_zone
from landbridge.programmes.models import Incentive, Phase, Programme

EMPTY_ROWS = 2
MOST_EVENTS = 100


class VersionedForm(Form):
    """A form about a draft remembers which version of it was read."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput, required=False)


class WindowForm(VersionedForm):
    """Opening and closing as clocks on the wall show them in the call's zone."""

    opens = MomentField(
        label=_l("Opens"), help_text=_l("From this second on, applications can be handed in.")
    )
    closes = MomentField(label=_l("Closes"), help_text=_l("At this second it is too late."))
    time_zone = forms.ChoiceField(
        label=_l("Time zone"),
        choices=[(zone, zone) for zone in ZONES],
        help_text=_l("Both times are meant in this zone, and shown with it everywhere."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("opens", "closes"):
            if given.get(name) and given.get("time_zone"):
                try:
                    given[name] = in_zone(given[name], given["time_zone"])
                except ValidationError as error:
                    self.add_error(name, error)
        return given

    def window(self) -> Window:
        """The window in UTC; only of a valid form."""
        given = self.cleaned_data
        return Window(opens_at=given["opens"], closes_at=given["closes"], time_zone=given["time_zone"])


def window_of(call: Call) -> dict[str, Any]:
    """What the form of a call's window shows at first."""
    zone = zone_of(call.time_zone)
    return {
        "opens": call.opens_at.astimezone(zone).replace(tzinfo=None),
        "closes": call.closes_at.astimezone(zone).replace(tzinfo=None),
        "time_zone": call.time_zone,
    }


class AboutForm(VersionedForm):
    """What the call is about, how it chooses, and whom to ask."""

    title = forms.CharField(label=_l("Title"), max_length=150)
    summary = forms.CharField(
        label=_l("Summary"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_l("Two or three sentences: who can get what, for what."),
    )
    guidance = forms.CharField(
        label=_l("Guidance"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_l(
            "Everything an applicant should know before starting. An empty line begins a new paragraph."
        ),
    )
    selection_mode = forms.ChoiceField(
        label=_l("How applications are chosen"),
        choices=[(mode.value, _l(str(mode.label))) for mode in SelectionMode],
        widget=forms.RadioSelect,
        initial=SelectionMode.PANEL,
        help_text=_l("Applicants see this before they start."),
    )
    contact_email = forms.EmailField(label=_l("E-mail address for questions"), max_length=254)
    asks_for_event = forms.TypedChoiceField(
        label=_l("Attendance"),
        help_text=_l("Only companies of which somebody was at this event can apply."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Event.objects.kept_by(actor).exclude(state=EventState.CANCELLED).order_by("-starts_at", "pk")
        field: Any = self.fields["asks_for_event"]
        field.choices = [
            ("", _("Not asked for")),
            *((event.pk, f"{event.title}, {day(event.starts_at)}") for event in rows[:MOST_EVENTS]),
        ]

    @property
    def about(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        given = dict(self.cleaned_data)
        event_id = given.pop("asks_for_event")
        return {**given, "asks_for_event_id": event_id}


class NewCallForm(WindowForm):
    """The beginnings of a call: in which phase, its name and window, and which call it copies."""

    field_order = ("phase", "title", "summary", "copy_of", "opens", "closes", "time_zone")

    phase = forms.ModelChoiceField(label=_l("Phase"), queryset=Phase.objects.none())
    title = AboutForm.base_fields["title"]
    summary = AboutForm.base_fields["summary"]
    copy_of = forms.ModelChoiceField(
        label=_l("Copy an earlier call"),
        queryset=Call.objects.none(),
        required=False,
        empty_label=_l("No, start from the standard form"),
        help_text=_l("Its guidance, offers, criteria and questions; all of it can be changed."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.edited_by(actor).values("pk")
        phases = Phase.objects.filter(programme__in=programmes).select_related("programme")
        calls = Call.objects.edited_by(actor).order_by("-opens_at", "pk")
        self.fields["phase"].queryset = phases.order_by("-starts_on", "pk")  # type: ignore[attr-defined]
        self.fields["copy_of"].queryset = calls  # type: ignore[attr-defined]


class OffersForm(VersionedForm):
    """Which incentives the call offers, and up to which amount."""

    def __init__(
        self, *args: Any, incentives: list[Incentive], offered: Mapping[int, Money], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.incentives = incentives
        for incentive in incentives:
            self.fields[f"offer_{incentive.pk}"] = forms.BooleanField(
                label=_("Offer %(name)s") % {"name": incentive.name},
                required=False,
                initial=incentive.pk in offered,
                help_text=incentive.purpose,
            )
            self.fields[f"cap_{incentive.pk}"] = MoneyFormField(
                label=_("%(name)s: at most") % {"name": incentive.name},
                required=False,
                least=Money(1),
                most=incentive.cap_eur,
                initial=offered.get(incentive.pk, incentive.cap_eur),
            )

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        """For each incentive: the box to tick, and its cap."""
        for incentive in self.incentives:
            yield self[f"offer_{incentive.pk}"], self[f"cap_{incentive.pk}"]

    def caps(self) -> dict[Incentive, Money]:
        """What was ticked, with its cap; the incentive's own where none was typed."""
        given = self.cleaned_data
        return {
            incentive: given[f"cap_{incentive.pk}"] or incentive.cap_eur
            for incentive in self.incentives
            if given[f"offer_{incentive.pk}"]
        }


class CriteriaForm(VersionedForm):
    """The criteria in rows; a row without a name is left out."""

    def __init__(self, *args: Any, criteria: list[CriterionDraft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filled = max(len(criteria), self._rows_posted())
        self.rows = min(MOST_CRITERIA, filled + EMPTY_ROWS)
        for number in range(self.rows):
            self._add_row(number, criteria[number] if number < len(criteria) else None)

    def groups(self) -> Iterator[list[Any]]:
        """The fields of each row."""
        for number in range(self.rows):
            yield [self[f"{name}_{number}"] for name in ("name", "points", "threshold", "description")]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(self.rows):
            if given.get(f"name_{number}") and given.get(f"points_{number}") is None:
                self.add_error(f"points_{number}", _("Say how many points it is worth."))
        return given

    def criteria(self) -> list[CriterionDraft]:
        """The rows that have a name; only of a valid form."""
        given = self.cleaned_data
        return [
            CriterionDraft(
                name=given[f"name_{number}"],
                points=given[f"points_{number}"],
                threshold=given[f"threshold_{number}"] or 0,
                description=given[f"description_{number}"],
            )
            for number in range(self.rows)
            if given[f"name_{number}"]
        ]

    def _add_row(self, number: int, criterion: CriterionDraft | None) -> None:
        one = criterion or CriterionDraft("", points=0)
        self.fields[f"name_{number}"] = forms.CharField(
            label=_("Criterion"), max_length=80, required=False, initial=one.name
        )
        self.fields[f"points_{number}"] = forms.IntegerField(
            label=_("Points"), initial=one.points or None, required=False, min_value=1, max_value=100
        )
        self.fields[f"threshold_{number}"] = forms.IntegerField(
            label=_("Threshold"), initial=one.threshold or None, required=False, min_value=0, max_value=100
        )
        self.fields[f"description_{number}"] = forms.CharField(
            label=_("What it asks"), max_length=1000, required=False, initial=one.description
        )
        for name in ("points", "threshold"):
            self.fields[f"{name}_{number}"].widget.attrs["class"] = "width-year"

    def _rows_posted(self) -> int:
        return next((n for n in range(MOST_CRITERIA, 0, -1) if self.data.get(f"name_{n - 1}")), 0)


class QuestionForm(VersionedForm):
    """One question of the form."""

    section = forms.CharField(label=_l("Section"), max_length=80)
    label = forms.CharField(label=_l("Question"), max_length=300)
    help_text = forms.CharField(
        label=_l("Help"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(
        label=_l("Kind of answer"),
        choices=[(kind.value, _l(str(kind.label))) for kind in Question.Kind],
        widget=forms.RadioSelect,
        initial=Question.Kind.LONG_TEXT,
    )
    longest = forms.IntegerField(
        label=_l("At most"),
        min_value=0,
        max_value=10_000_000,
        initial=2000,
        help_text=_l("Characters of a text, or the largest number."),
    )
    choices = forms.CharField(
        label=_l("Answers to choose from"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_l("For a choice: one on each line."),
    )
    is_required = forms.BooleanField(label=_l("It must be answered"), required=False, initial=True)
    key = forms.SlugField(
        label=_l("Short name"),
        max_length=40,
        required=False,
        help_text=_l("For exports and copies; made from the question when it is left empty."),
    )

    def question(self) -> QuestionDraft:
        """The question as typed; only of a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        key = given.pop("key") or slugify(given["label"]).replace("-", "_")[:40].strip("_") or "question"
        lines = tuple(
            dict.fromkeys(line.strip() for line in given.pop("choices").split("\n") if line.strip())
        )
        return QuestionDraft(**given, key=key, choices=tuple(line[:300] for line in lines))


class ExtensionForm(Form):
    """A later closing time, with the reason that applicants read."""

    closes = MomentField(label=_l("Closes"))
    reason = forms.CharField(label=_l("Reason"), max_length=500, help_text=_l("Applicants read it."))

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["closes"].help_text = _("Clock time in %(zone)s.") % {"zone": zone.key}

    def clean_closes(self) -> datetime:
        return in_zone(self.cleaned_data["closes"], self.zone.key)
