"""What the organiser sends: the rules of the meetings, a run, a place by hand, and what happens on the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.algorithms.timetable import Effort, Why
from landbridge.events.models import Event, MeetingTable, Registration, Slot
from landbridge.foundation.ui.forms import Filters, Form, MomentField, in_zone
from landbridge.meetings.queries.spots import Opening, label_of
from landbridge.meetings.rules import LONGEST_REASON, LONGEST_SENTENCE
from landbridge.meetings.rules.planning import (
    HEAVIEST,
    LONGEST_ANSWER_DAYS,
    MOST_MEETINGS,
    MOST_REQUESTS,
    Asking,
)
from landbridge.meetings.rules.weighing import Weights
from landbridge.meetings.states import MEETING_NAMES, MISSING_NAMES

MOST_SEED = 2**31 - 1
EFFORTS = {
    Effort.QUICK: _l("Quick look"),
    Effort.NORMAL: _l("Normal"),
    Effort.THOROUGH: _l("As good as it gets"),
}


def _weight(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=0, max_value=HEAVIEST)


class MeetingRulesForm(Form):
    """When people ask each other, how much, and how much wishes weigh."""

    requests_open_at = MomentField(label=_l("Asking begins"))
    requests_close_at = MomentField(
        label=_l("Asking ends"), help_text=_l("Leave yourself time to make the timetable.")
    )
    most_requests = forms.IntegerField(
        label=_l("Open requests one may have sent"), min_value=1, max_value=MOST_REQUESTS
    )
    days_to_answer = forms.IntegerField(
        label=_l("Days to answer"),
        help_text=_l("After that a request expires."),
        min_value=1,
        max_value=LONGEST_ANSWER_DAYS,
    )
    high_share_percent = forms.IntegerField(
        label=_l("Of one's requests, “high” at most (%)"), min_value=0, max_value=100
    )
    most_meetings = forms.IntegerField(
        label=_l("Meetings of one person at most"),
        help_text=_l("Empty: as many as there are slots."),
        required=False,
        min_value=1,
        max_value=MOST_MEETINGS,
    )
    weight_must = _weight(_l("Must meet"), _l("One request of each person."))
    weight_high = _weight(_l("High"))
    weight_medium = _weight(_l("Medium"))
    weight_low = _weight(_l("Low"))
    weight_mutual = _weight(_l("Added when both say how much they want it"))
    weight_cross_border = _weight(_l("Added across a border"), _l("0: borders do not count."))
    may_book_oneself = forms.BooleanField(
        label=_l("People book for themselves"),
        help_text=_l(
            "An accepted request takes a free slot and table at once. There is no common timetable then."
        ),
        required=False,
    )
    silent_are_there = forms.BooleanField(
        label=_l("Who has ticked nothing counts as there all day"),
        help_text=_l("Otherwise they get no meetings until they tick."),
        required=False,
    )
    link_pattern = forms.CharField(
        label=_l("Address of online meetings"),
        help_text=_l(
            "A pattern such as https://meet.example/{event}-{code}. Empty: none. Landbridge fills it in itself; "
            "nothing is sent to anyone."
        ),
        required=False,
        max_length=300,
    )

    def __init__(self, *arguments: Any, zone: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.zone = zone

    def clean_requests_open_at(self) -> datetime:
        return in_zone(self.cleaned_data["requests_open_at"], self.zone)

    def clean_requests_close_at(self) -> datetime:
        return in_zone(self.cleaned_data["requests_close_at"], self.zone)

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """The fields in the groups in which one thinks of them."""
        asking = (
            "requests_open_at",
            "requests_close_at",
            "most_requests",
            "days_to_answer",
            "high_share_percent",
        )
        weights = (
            "weight_must",
            "weight_high",
            "weight_medium",
            "weight_low",
            "weight_mutual",
            "weight_cross_border",
        )
        groups = (
            (_("Asking"), asking),
            (_("How much a wish weighs (everybody may read it)"), weights),
            (_("Placing"), ("most_meetings", "silent_are_there", "may_book_oneself", "link_pattern")),
        )
        return [(heading, [self[name] for name in names]) for heading, names in groups]

    @property
    def values(self) -> dict[str, Any]:
        """What `set_rules` takes."""
        given = self.cleaned_data
        return {
            "asking": Asking(
                opens_at=given["requests_open_at"],
                closes_at=given["requests_close_at"],
                most_requests=given["most_requests"],
                most_meetings=given["most_meetings"],
                high_share_percent=given["high_share_percent"],
                days_to_answer=given["days_to_answer"],
            ),
            "weights": Weights(
                must=given["weight_must"],
                high=given["weight_high"],
                medium=given["weight_medium"],
                low=given["weight_low"],
                mutual=given["weight_mutual"],
                cross_border=given["weight_cross_border"],
            ),
            **{name: given[name] for name in ("may_book_oneself", "silent_are_there", "link_pattern")},
        }


class RunForm(Form):
    """How long to look for better, and where the dice begin."""

    effort = forms.ChoiceField(label=_l("How long to look for better"), required=False)
    seed = forms.IntegerField(
        label=_l("Seed"),
        help_text=_l("The same seed, people and wishes give the same timetable."),
        required=False,
        min_value=0,
        max_value=MOST_SEED,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["effort"]
        field.choices = [(effort.value, name) for effort, name in EFFORTS.items()]

    @property
    def values(self) -> dict[str, Any]:
        seed = self.cleaned_data.get("seed")
        return {
            "seed": 1 if seed is None else seed,
            "effort": self.cleaned_data.get("effort") or Effort.NORMAL.value,
        }


class UnplacedFilters(Filters):
    """By what the unplaced are looked through."""

    why = forms.ChoiceField(label=_l("Reason"), required=False)
    text = forms.CharField(label=_l("Name"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("why", _("All reasons"), [(why.value, _(why.label)) for why in Why])


class PlaceForm(Form):
    """A slot and a table for two people; those that are free for both stand first."""

    slot = forms.TypedChoiceField(label=_l("Slot"), coerce=int)
    table = forms.TypedChoiceField(label=_l("Table"), coerce=int, required=False, empty_value=None)
    reason = forms.CharField(
        label=_l("Why"), help_text=_l("Both people read it."), max_length=LONGEST_REASON, required=False
    )
    is_locked = forms.BooleanField(
        label=_l("Keep it there"),
        help_text=_l("No plan and no repair moves it any more."),
        required=False,
        initial=True,
    )

    def __init__(
        self,
        *arguments: Any,
        event: Event,
        slots: Sequence[Slot],
        tables: Iterable[MeetingTable],
        free: frozenset[int],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["slot"]
        ordered = sorted(slots, key=lambda slot: (slot.pk not in free, slot.number))
        field.choices = [
            (
                slot.pk,
                label_of(slot, event)
                if slot.pk in free
                else _("%(slot)s (not free)") % {"slot": label_of(slot, event)},
            )
            for slot in ordered
        ]
        table: Any = self.fields["table"]
        table.choices = [("", _("None: they meet online")), *((one.pk, str(one)) for one in tables)]

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"slot_id": given["slot"], "table_id": given["table"], "is_locked": given["is_locked"]}


class SwapForm(Form):
    """With which meeting this one changes places."""

    other = forms.TypedChoiceField(label=_l("Changes places with"), coerce=int)

    def __init__(self, *arguments: Any, others: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["other"]
        field.choices = others


class MissingForm(Form):
    """Who is not there, in what way, and from or until which slot."""

    people = forms.TypedMultipleChoiceField(
        label=_l("Who"),
        help_text=_l("Several at once: hold Ctrl or Cmd while you choose."),
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 12}),
    )
    kind = forms.ChoiceField(label=_l("What happened"), widget=forms.RadioSelect)
    slot = forms.TypedChoiceField(
        label=_l("Slot"),
        help_text=_l("Late: the first in which they are there. Leaving: the first in which they are gone."),
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(
        self,
        *arguments: Any,
        event: Event,
        people: Iterable[Registration],
        slots: Sequence[Slot],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        who: Any = self.fields["people"]
        who.choices = [(person.pk, str(person)) for person in people]
        kind: Any = self.fields["kind"]
        kind.choices = [(value.value, _(name)) for value, name in MISSING_NAMES.items()]
        slot: Any = self.fields["slot"]
        slot.choices = [
            ("", _("The whole rest of the event")),
            *((one.pk, label_of(one, event)) for one in slots),
        ]


class LostTableForm(Form):
    """Which of the tables in use is lost."""

    table = forms.TypedChoiceField(label=_l("A table is lost"), coerce=int)

    def __init__(self, *arguments: Any, tables: Iterable[MeetingTable], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["table"]
        choices = [(one.pk, f"{one} ({one.room})" if one.room else str(one)) for one in tables]
        field.choices = [("", _("Choose the table")), *choices]


class BarForm(Form):
    """Two people who stand before the organiser: chosen by name, or by the code on their badges."""

    first = forms.CharField(label=_l("First: code on the badge, or name"), max_length=150)
    second = forms.CharField(label=_l("Second: code on the badge, or name"), max_length=150)
    sentence = forms.CharField(
        label=_l("What they want to talk about"),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *arguments: Any, people: Sequence[Registration], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.people = people

    def clean_first(self) -> Registration:
        return self._found("first")

    def clean_second(self) -> Registration:
        return self._found("second")

    def _found(self, name: str) -> Registration:
        typed = self.cleaned_data[name].strip().casefold()
        code = typed.rstrip("/").rsplit("/", 1)[
            -1
        ]  # a scanned badge gives the address that ends with the code
        exact = [one for one in self.people if one.code.casefold() == code]
        found = exact or [one for one in self.people if typed in (one.name.casefold(), str(one).casefold())]
        found = found or [one for one in self.people if typed in str(one).casefold()]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("Several people are called that; write more of the name, or scan the badge."),
                code="several",
            )
        raise ValidationError(_("Nobody who takes part in meetings is called that."), code="nobody")


class WhoCameForm(Form):
    """Who of the two was there."""

    came = forms.ChoiceField(label=_l("Who came?"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, people: Sequence[Registration], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.people = people
        first, second = people
        field: Any = self.fields["came"]
        field.choices = [
            ("both", _("Both")),
            ("first", _("Only %(name)s") % {"name": first.name}),
            ("second", _("Only %(name)s") % {"name": second.name}),
            ("nobody", _("Neither")),
        ]

    @property
    def who_came(self) -> list[int]:
        first, second = self.people
        chosen = self.cleaned_data["came"]
        return [
            one.pk
            for one, answers in ((first, ("both", "first")), (second, ("both", "second")))
            if chosen in answers
        ]


class TimetableFilters(Filters):
    """By what the meetings are looked through."""

    slot = forms.ChoiceField(label=_l("Slot"), required=False)
    state = forms.ChoiceField(label=_l("State"), required=False)
    only = forms.ChoiceField(label=_l("Show"), required=False)
    text = forms.CharField(label=_l("Name"), required=False, max_length=100)

    def __init__(self, *arguments: Any, slots: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("slot", _("All slots"), [(str(pk), label) for pk, label in slots])
        self.offer("state", _("All states"), [(state, _(name)) for state, name in MEETING_NAMES.items()])
        self.offer("only", _("All meetings"), [("locked", _("Locked ones"))])


class BookingForm(Form):
    """The slot of one's choice, or the first that is free."""

    slot = forms.TypedChoiceField(label=_l("Slot"), coerce=int, required=False, empty_value=None)

    def __init__(self, *arguments: Any, openings: Sequence[Opening], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["slot"]
        field.choices = [("", _("The first that is free")), *((one.slot_id, one.label) for one in openings)]
