"""What organisers type about the inside of an event: rooms, sessions, slots, tables, questions, challenges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.events import rules
from landbridge.events.actions import SessionText
from landbridge.events.forms.counts import Count
from landbridge.events.forms.preparing import VersionedForm, _choices, _InZone
from landbridge.events.models import Challenge, Event, MeetingTable, Room, Session
from landbridge.events.rules.answers import Asks, Question
from landbridge.events.rules.moving import Stretch
from landbridge.events.rules.slots import Plan
from landbridge.events.states import ATTENDEE_NAMES, SESSION_NAMES
from landbridge.foundation.ui.forms import Form, MomentField, in_zone
from landbridge.organisations.models import Organisation

LARGEST_TABLE = 500
PARTS_AT_ONCE = 8


class RoomForm(Form):
    """A room: its name, size and way in."""

    name = forms.CharField(label=_l("Name"), max_length=60)
    places = Count(label=_l("Places"), min_value=1, max_value=rules.MOST_PLACES, required=False)
    is_step_free = forms.BooleanField(label=_l("Without steps"), required=False, initial=True)


class SessionForm(_InZone):
    """A stretch of the programme."""

    moments = ("starts_at", "ends_at")
    title = forms.CharField(label=_l("Title"), max_length=150)
    kind = forms.ChoiceField(label=_l("Kind"), widget=forms.RadioSelect)
    starts_at = MomentField(label=_l("Begins"))
    ends_at = MomentField(label=_l("Ends"))
    room = forms.TypedChoiceField(label=_l("Room"), coerce=int, empty_value=None, required=False)
    speakers = forms.CharField(
        label=_l("Who speaks"),
        help_text=_l("Names and organisations, in one line."),
        max_length=300,
        required=False,
    )
    text = forms.CharField(
        label=_l("What happens"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    needs_sign_up = forms.BooleanField(
        label=_l("One signs up for it"),
        help_text=_l("Whoever has a place in it has no meetings meanwhile."),
        required=False,
    )
    capacity = Count(
        label=_l("Places"),
        help_text=_l("Only when one signs up. Empty: no limit."),
        min_value=1,
        max_value=rules.MOST_PLACES,
        required=False,
    )
    link = forms.URLField(
        label=_l("Link to join online"),
        help_text=_l("Shown only to those who have a place."),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, event: Event, rooms: Iterable[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = event.time_zone
        _choices(self, "kind", SESSION_NAMES)
        field: Any = self.fields["room"]
        field.choices = [("", _("No room")), *((room.pk, room.name) for room in rooms)]
        self.fields["starts_at"].help_text = _("In the event's time zone: %(zone)s.") % {"zone": self.zone}

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        when = {name: given.pop(name) for name in self.moments}
        return {**when, "room_id": given.pop("room"), "text": SessionText(**given)}


def session_initial(session: Session, zone: str) -> dict[str, Any]:
    """What the form of a session shows at first."""
    names = ("title", "kind", "speakers", "text", "needs_sign_up", "capacity", "link")
    return {
        **{name: getattr(session, name) for name in names},
        "room": session.room_id,
        "starts_at": rules.wall_of(session.starts_at, zone),
        "ends_at": rules.wall_of(session.ends_at, zone),
    }


class SlotsForm(Form):
    """How long a slot is, how long the pause, and from when until when meetings take place."""

    minutes = Count(
        label=_l("Minutes of a slot"), min_value=rules.SHORTEST_SLOT, max_value=rules.LONGEST_SLOT
    )
    pause = Count(
        label=_l("Minutes between two slots"),
        help_text=_l("To say goodbye and to find the next table."),
        min_value=0,
        max_value=rules.LONGEST_PAUSE,
    )

    def __init__(self, *args: Any, event: Event, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.rows = event.time_zone, rows
        first = rules.wall_of(event.starts_at, self.zone).date()
        last = rules.wall_of(event.ends_at, self.zone).date()
        days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
        for number in range(1, rows + 1):
            self.fields[f"day_{number}"] = day = forms.ChoiceField(label=_("Day"), required=False)
            day.choices = [
                ("", _("No part")),
                *((one.isoformat(), f"{one:%a} {one.day} {one:%b}") for one in days),
            ]
            for name, label in (("from", _("First slot begins")), ("until", _("Last slot ends by"))):
                field = forms.TimeField(label=label, required=False, input_formats=["%H:%M"])
                field.error_messages["invalid"] = _("Write the time, such as 09:00.")
                field.widget = forms.TimeInput(
                    format="%H:%M", attrs={"placeholder": "09:00", "maxlength": "5"}
                )
                self.fields[f"{name}_{number}"] = field

    @property
    def parts(self) -> Iterator[tuple[Any, Any, Any]]:
        """Day, begin and end of each row."""
        for number in range(1, self.rows + 1):
            yield self[f"day_{number}"], self[f"from_{number}"], self[f"until_{number}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.stretches: list[Stretch] = []
        for number in range(1, self.rows + 1):
            day = given.get(f"day_{number}")
            if day:
                self._read(number, dt.date.fromisoformat(day), given)
            elif any(given.get(f"{name}_{number}") for name in ("from", "until")):
                self.add_error(f"day_{number}", ValidationError(_("Choose the day, or empty the times.")))
        return given

    @property
    def plan(self) -> Plan:
        """What was typed, as moments; only of a valid form."""
        return Plan(self.cleaned_data["minutes"], self.cleaned_data["pause"], tuple(self.stretches))

    def _read(self, number: int, day: dt.date, given: dict[str, Any]) -> None:
        moments = []
        for name in ("from", "until"):
            clock = given.get(f"{name}_{number}")
            if clock is None:
                if f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", ValidationError(_("Write the time, such as 09:00.")))
                return
            try:
                moments.append(in_zone(dt.datetime.combine(day, clock), self.zone))
            except ValidationError as error:
                self.add_error(f"{name}_{number}", error)
                return
        if moments[1] <= moments[0]:
            self.add_error(f"until_{number}", ValidationError(_("This part ends before it begins.")))
            return
        self.stretches.append(Stretch(moments[0], moments[1]))


def slots_initial(plan: Plan, zone: str) -> dict[str, Any]:
    """What the form shows of a plan."""
    found: dict[str, Any] = {"minutes": plan.minutes, "pause": plan.pause}
    for number, part in enumerate(plan.parts, start=1):
        begin, end = rules.wall_of(part.starts_at, zone), rules.wall_of(part.ends_at, zone)
        found |= {
            f"day_{number}": begin.date().isoformat(),
            f"from_{number}": begin.time(),
            f"until_{number}": end.time(),
        }
    return found


class TablesForm(Form):
    """So many tables at once."""

    count = Count(label=_l("How many"), min_value=1, max_value=LARGEST_TABLE)
    name = forms.CharField(
        label=_l("Called"),
        help_text=_l("Empty: numbers alone. “Stand” makes Stand 1, Stand 2 and so on."),
        max_length=20,
        required=False,
    )
    room = forms.TypedChoiceField(label=_l("Room"), coerce=int, empty_value=None, required=False)
    is_step_free = forms.BooleanField(label=_l("Without steps"), required=False, initial=True)

    def __init__(self, *args: Any, rooms: Iterable[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["room"]
        field.choices = [("", _("No room")), *((room.pk, room.name) for room in rooms)]


class TableForm(Form):
    """One table; somebody's stand when they stay at it."""

    name = forms.CharField(
        label=_l("Name"), help_text=_l("Empty: its number."), max_length=30, required=False
    )
    room = forms.TypedChoiceField(label=_l("Room"), coerce=int, empty_value=None, required=False)
    is_step_free = forms.BooleanField(label=_l("Without steps"), required=False)
    holder_email = forms.EmailField(
        label=_l("Stand of"),
        help_text=_l("E-mail address of the registered person who stays at it. Empty: a table for everyone."),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, found: MeetingTable, rooms: Iterable[Room], **kwargs: Any) -> None:
        initial = {
            "name": found.name,
            "room": found.room_id,
            "is_step_free": found.is_step_free,
            "holder_email": found.holder.email if found.holder else "",
        }
        super().__init__(*args, initial=initial, **kwargs)
        field: Any = self.fields["room"]
        field.choices = [("", _("No room")), *((room.pk, room.name) for room in rooms)]


class ChallengeForm(Form):
    """A company's challenge."""

    organisation_name = forms.CharField(
        label=_l("Company"),
        help_text=_l("Named as its page in the network is named, its people read the answers."),
        max_length=150,
    )
    title = forms.CharField(label=_l("Title"), max_length=150)
    text = forms.CharField(
        label=_l("The problem"),
        help_text=_l("What has to be solved, what was tried, and what an answer should hold."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    offers = forms.CharField(label=_l("What a good answer leads to"), max_length=300, required=False)

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes: an organisation of the network by its name."""
        given = dict(self.cleaned_data)
        found = Organisation.objects.filter(name__iexact=given["organisation_name"]).order_by("pk").first()
        return {**given, "organisation_id": found.pk if found else None}


def challenge_initial(challenge: Challenge) -> dict[str, Any]:
    """What the form of a challenge shows at first."""
    return {name: getattr(challenge, name) for name in ("organisation_name", "title", "text", "offers")}


class QuestionForm(VersionedForm):
    """One question of the registration form."""

    label = forms.CharField(label=_l("Question"), max_length=rules.LONGEST_LABEL)
    help = forms.CharField(
        label=_l("Hint"),
        help_text=_l("Why it is asked, or an example."),
        max_length=rules.LONGEST_HELP,
        required=False,
    )
    kind = forms.ChoiceField(label=_l("Answer"), widget=forms.RadioSelect)
    options = forms.CharField(
        label=_l("Options"),
        help_text=_l("One on each line; only where one chooses among them."),
        max_length=rules.MOST_OPTIONS * (rules.LONGEST_OPTION + 1),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    required = forms.BooleanField(label=_l("Everyone who is asked must answer"), required=False)
    attendees = forms.MultipleChoiceField(
        label=_l("Asked of"),
        help_text=_l("Nothing ticked: of everyone."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    after = forms.ChoiceField(
        label=_l("Only after"),
        help_text=_l("Asked only when this earlier question was answered as below."),
        required=False,
    )
    after_in = forms.CharField(
        label=_l("Answers to it"),
        help_text=_l("One on each line, such as “yes”. Any of them leads to this question."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, before: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "kind", rules.ASKS_NAMES)
        _choices(self, "attendees", ATTENDEE_NAMES)
        field: Any = self.fields["after"]
        field.choices = [("", _("Always asked")), *((one.key, _named(one)) for one in before)]

    def question(self, key: str) -> Question:
        """What was typed, under this key."""
        given = self.cleaned_data
        return Question(
            key=key,
            label=given["label"],
            kind=Asks(given["kind"]),
            help=given["help"],
            options=_lines(given["options"]),
            required=given["required"],
            after=given["after"],
            after_in=_lines(given["after_in"]) if given["after"] else (),
            attendees=tuple(given["attendees"]),
        )


def question_initial(question: Question) -> dict[str, Any]:
    """What the form of a question shows at first."""
    return {
        "label": question.label,
        "help": question.help,
        "kind": question.kind,
        "options": "\n".join(question.options),
        "required": question.required,
        "after": question.after,
        "after_in": "\n".join(question.after_in),
        "attendees": list(question.attendees),
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _named(question: Question) -> str:
    answers = rules.answers_to(question)
    return f"{question.label} ({', '.join(answers)})" if answers else question.label
