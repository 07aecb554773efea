"""The organiser's forms: a call, its dates, the selection, the running order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.events.models import Event, Session
from landbridge.foundation.ui.forms import Filters, Form, MomentField, in_zone
from landbridge.pitches import rules
from landbridge.pitches.actions import Decision
from landbridge.pitches.models import Pitch, PitchCall
from landbridge.pitches.queries import Place
from landbridge.pitches.rules import CallFacts, Criterion
from landbridge.pitches.states import NAME_OF, PITCHED_NAMES, Pitched

LARGEST = 2**31 - 1
ROWS = range(1, rules.MOST_CRITERIA + 1)


def _local(moment: datetime | None, zone: str) -> datetime | None:
    """As it is typed: the wall time in the call's zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None


def _events(form: Form, events: Sequence[Event], sessions: Sequence[Session]) -> None:
    event: Any = form.fields["event_id"]
    event.choices = [("", _("None")), *((str(one.pk), one.title) for one in events)]
    session: Any = form.fields["session_id"]
    session.choices = [
        ("", _("None")),
        *((str(one.pk), f"{one.event.title}: {one.title}") for one in sessions),
    ]


class LaterForm(Form):
    """What of a call may still change once companies have read it. Times are those of the call's zone."""

    closes_at = MomentField(
        label=_l("Pitches until"), help_text=_l("To the second; nothing is taken after it.")
    )
    event_id = forms.TypedChoiceField(label=_l("Event"), coerce=int, empty_value=None, required=False)
    session_id = forms.TypedChoiceField(
        label=_l("Session of the event"), coerce=int, empty_value=None, required=False
    )
    stage_starts_at = MomentField(
        label=_l("The first one goes on stage at"),
        help_text=_l("Empty: when the session of the event begins."),
        required=False,
    )

    def __init__(
        self, *args: Any, call: PitchCall, events: Sequence[Event], sessions: Sequence[Session], **kwargs: Any
    ) -> None:
        self.zone = call.time_zone
        initial = {
            "closes_at": _local(call.closes_at, self.zone),
            "stage_starts_at": _local(call.stage_starts_at, self.zone),
            "event_id": call.event_id,
            "session_id": call.session_id,
        }
        super().__init__(*args, initial=initial, **kwargs)
        _events(self, events, sessions)

    @property
    def chosen(self) -> dict[str, Any]:
        """The values in UTC."""
        given = dict(self.cleaned_data)
        for name in ("closes_at", "stage_starts_at"):
            given[name] = in_zone(given[name], self.zone) if given[name] else None
        return given


class CallForm(Form):
    """A call for pitches, while only its organisers see it."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_l("Title"), max_length=rules.LONGEST_TITLE)
    text = forms.CharField(
        label=_l("What it is about"),
        help_text=_l("Who may pitch, for what, what it leads to, and how the jury selects."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )
    time_zone = forms.CharField(
        label=_l("Time zone"),
        help_text=_l("All times below are those of this zone, such as Europe/Berlin."),
        max_length=40,
    )
    opens_at = MomentField(label=_l("Pitches from"))
    closes_at = MomentField(
        label=_l("Pitches until"), help_text=_l("To the second; nothing is taken after it.")
    )
    event_id = forms.TypedChoiceField(
        label=_l("Event"),
        help_text=_l("Investors and companies that are registered for it can meet in its timetable."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    session_id = forms.TypedChoiceField(
        label=_l("Session of the event"), coerce=int, empty_value=None, required=False
    )
    stage_starts_at = MomentField(
        label=_l("The first one goes on stage at"),
        help_text=_l("Empty: when the session of the event begins."),
        required=False,
    )
    places = forms.IntegerField(
        label=_l("Places on stage"), min_value=1, max_value=rules.MOST_PLACES, initial=8
    )
    minutes_to_pitch = forms.IntegerField(
        label=_l("Minutes to pitch"), min_value=1, max_value=rules.MOST_MINUTES, initial=5
    )
    minutes_of_questions = forms.IntegerField(
        label=_l("Minutes of questions"), min_value=0, max_value=rules.MOST_MINUTES, initial=5
    )
    minutes_between = forms.IntegerField(
        label=_l("Minutes between two"), min_value=0, max_value=rules.MOST_MINUTES, initial=2
    )
    has_audience = forms.BooleanField(
        label=_l("The audience marks as well, on telephones, counted apart from the jury"), required=False
    )
    draw_value = forms.CharField(
        label=_l("Public value of the draw"),
        help_text=_l(
            "Ties and the running order are drawn from it, so everybody can draw them again. Empty: title and end of the call. "
            "It is fixed when the call opens, before there is a pitch."
        ),
        max_length=120,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        call: PitchCall | None,
        events: Sequence[Event],
        sessions: Sequence[Session],
        zone: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=self._initial(call, zone), **kwargs)
        for number in ROWS:
            self.fields[f"criterion_{number}"] = forms.CharField(
                label=_("Criterion %(number)s") % {"number": number}, max_length=60, required=False
            )
            self.fields[f"weight_{number}"] = forms.IntegerField(
                label=_("Weight of criterion %(number)s") % {"number": number},
                min_value=1,
                max_value=100,
                required=False,
            )
        _events(self, events, sessions)

    @staticmethod
    def _initial(call: PitchCall | None, zone: str) -> dict[str, Any]:
        if call is None:
            return {"time_zone": zone or "Europe/Brussels", "version": 1}
        names = CallFacts.__dataclass_fields__
        initial = {name: getattr(call, name) for name in [*names, "version"] if name != "criteria"}
        for name in ("opens_at", "closes_at", "stage_starts_at"):
            initial[name] = _local(initial[name], call.time_zone)
        for number, one in enumerate(rules.criteria_from(call.criteria), start=1):
            initial[f"criterion_{number}"], initial[f"weight_{number}"] = one.name, one.weight
        return initial

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """The fields under headings."""
        criteria = [name for number in ROWS for name in (f"criterion_{number}", f"weight_{number}")]
        groups = {
            _("The call"): ["version", "title", "text", "time_zone", "opens_at", "closes_at"],
            _("The stage"): [
                "event_id", "session_id", "stage_starts_at", "places", "minutes_to_pitch", "minutes_of_questions",
                "minutes_between", "has_audience",
            ],
            _("What the jury marks, each from 0 to 5"): criteria,
            _("The draw"): ["draw_value"],
        }  # fmt: skip
        return [(heading, [self[name] for name in names]) for heading, names in groups.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("time_zone") and given["time_zone"] not in available_timezones():
            self.add_error("time_zone", _("This time zone does not exist. Write it like Europe/Berlin."))
        for number in ROWS:
            if given.get(f"weight_{number}") and not given.get(f"criterion_{number}"):
                self.add_error(f"criterion_{number}", _("Name the criterion, or take its weight away."))
        return given

    @property
    def facts(self) -> CallFacts:
        """What was typed, as the rules read it."""
        given, zone = self.cleaned_data, self.cleaned_data["time_zone"]
        moments: dict[str, Any] = {
            name: in_zone(given[name], zone) if given[name] else None
            for name in ("opens_at", "closes_at", "stage_starts_at")
        }
        criteria = tuple(
            Criterion(f"c{number}", given[f"criterion_{number}"], given[f"weight_{number}"] or 1)
            for number in ROWS
            if given[f"criterion_{number}"]
        )
        plain: dict[str, Any] = {
            name: given[name] for name in CallFacts.__dataclass_fields__ if name not in (*moments, "criteria")
        }
        return CallFacts(**plain, **moments, criteria=criteria)


class SelectionForm(Form):
    """What becomes of each pitch, beside its rank; the best ones are proposed, never one that nobody marked."""

    OPTIONS = (Pitched.SELECTED, Pitched.RESERVE, Pitched.NOT_SELECTED)

    def __init__(self, *args: Any, places: list[Place], most: int, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        for number, place in enumerate(places):
            if place.standing.marks:
                initial[f"to_{place.pitch.pk}"] = self._proposed(number, most)
        super().__init__(*args, initial=initial, **kwargs)
        self.places = places
        for place in places:
            key = place.pitch.pk
            self.fields[f"to_{key}"] = forms.ChoiceField(
                label=_("Decision on %(title)s") % {"title": place.pitch.title},
                choices=[
                    *([] if place.standing.marks else [("", _("Nothing proposed: no marks"))]),
                    *((one.value, _(PITCHED_NAMES[one])) for one in self.OPTIONS),
                ],
            )
            self.fields[f"reason_{key}"] = forms.CharField(
                label=_("Words to %(company)s") % {"company": place.pitch.organisation.name},
                help_text=_("The company reads them in its letter."),
                max_length=rules.LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
            )

    @staticmethod
    def _proposed(number: int, most: int) -> Pitched:
        if number < most:
            return Pitched.SELECTED
        return Pitched.RESERVE if number < most + 2 else Pitched.NOT_SELECTED

    @property
    def rows(self) -> list[tuple[Place, Any, Any]]:
        """Each place with its two fields."""
        return [(one, self[f"to_{one.pitch.pk}"], self[f"reason_{one.pitch.pk}"]) for one in self.places]

    @property
    def decisions(self) -> dict[int, Decision]:
        """What was decided, by pitch."""
        given = self.cleaned_data
        return {
            one.pitch.pk: Decision(Pitched(given[f"to_{one.pitch.pk}"]), given[f"reason_{one.pitch.pk}"])
            for one in self.places
        }


class OrderForm(Form):
    """The running order by hand: a place for each pitch."""

    def __init__(self, *args: Any, pitches: Sequence[Pitch], **kwargs: Any) -> None:
        initial = {f"place_{one.pk}": one.number or number for number, one in enumerate(pitches, start=1)}
        super().__init__(*args, initial=initial, **kwargs)
        self.pitches = pitches
        for one in pitches:
            self.fields[f"place_{one.pk}"] = forms.IntegerField(
                label=f"{one.organisation.name}: {one.title}", min_value=1, max_value=rules.MOST_PLACES
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        seen: set[int] = set()
        for name, place in given.items():
            if place in seen:
                self.add_error(name, _("Another pitch has this place. Give each a place of its own."))
            seen.add(place)
        return given

    @property
    def order(self) -> list[int]:
        """The pitches in the order of their places."""
        return sorted((one.pk for one in self.pitches), key=lambda pk: self.cleaned_data[f"place_{pk}"])


class CallFilters(Filters):
    """Which calls the list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    text = forms.CharField(label=_l("Title or event"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in NAME_OF.items()])
