"""What brokers send about their desk's work: filters, bulk moves, hand-overs, absences, scouts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.enquiries.rules import (
    DAYS_OF_SIGHT,
    LONGEST_CANDIDATE_REMARK,
    LONGEST_OFFER_REMARK,
    LONGEST_REASON,
    MOST_DAYS_OF_SIGHT,
)
from landbridge.enquiries.states import NAME_OF, OPEN
from landbridge.foundation.ui.forms import DateField, Filters, Form

DUE: dict[str, Any] = {
    "0": _l("Overdue"),
    "1": _l("Within a day"),
    "7": _l("Within a week"),
    "30": _l("Within a month"),
}
SHOWS: dict[str, Any] = {
    "": _l("All open"),
    "late": _l("Overdue"),
    "today": _l("Due today"),
    "untaken": _l("Nobody's yet"),
    "company": _l("Waits for the company"),
    "hold": _l("On hold"),
}


class WorkFilters(Filters):
    """Which cases the work list shows."""

    show = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[*SHOWS.items()])
    state = forms.ChoiceField(label=_l("State"), required=False)
    broker = forms.ChoiceField(label=_l("Broker"), required=False)
    due = forms.ChoiceField(label=_l("Due"), required=False)
    text = forms.CharField(label=_l("Number, company or title"), required=False, max_length=100)

    def __init__(self, *arguments: Any, brokers: dict[int, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(NAME_OF[state])) for state in OPEN])
        people = [(str(pk), name) for pk, name in brokers.items()]
        self.offer("broker", _("All"), [("nobody", _("Nobody")), *people])
        self.offer("due", _("Whenever"), list(DUE.items()))


class BulkForm(Form):
    """One move for several cases."""

    rows = forms.MultipleChoiceField(
        label=_l("Cases"), error_messages={"required": _l("Tick at least one case in the list.")}
    )
    move = forms.ChoiceField(
        choices=[
            ("acknowledge", _l("Acknowledge")), ("take", _l("Take them myself")), ("give", _l("Give to")),
            ("hold", _l("Put on hold")), ("resume", _l("Resume")),
        ],
    )  # fmt: skip
    membership_id = forms.TypedChoiceField(label=_l("Give to"), required=False, coerce=int, empty_value=None)
    until = DateField(label=_l("On hold until"), required=False)
    reason = forms.CharField(label=_l("Why on hold"), required=False, max_length=LONGEST_REASON)

    def __init__(self, *arguments: Any, brokers: dict[int, str], known: list[int], **options: Any) -> None:
        super().__init__(*arguments, **options)
        rows: Any = self.fields["rows"]
        rows.choices = [(str(pk), str(pk)) for pk in known]
        people: Any = self.fields["membership_id"]
        people.choices = [("", _("The desk")), *((str(pk), name) for pk, name in brokers.items())]

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or {})
        if cleaned.get("move") == "hold" and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Say until when."))
        return cleaned


class GivingForm(Form):
    """To which colleague of the desk."""

    membership_id = forms.TypedChoiceField(
        label=_l("Broker"), required=False, coerce=int, empty_value=None,
        help_text=_l("Reminders go to whoever works on it; without a broker to the whole desk."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, brokers: dict[int, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        people: Any = self.fields["membership_id"]
        people.choices = [
            ("", _("Nobody: back to the desk")),
            *((str(k), name) for k, name in brokers.items()),
        ]


class HandOverForm(Form):
    """Which desk is asked to lead, and what it should know."""

    region_id = forms.TypedChoiceField(label=_l("Desk"), coerce=int)
    remark = forms.CharField(
        label=_l("Remark"), required=False, max_length=LONGEST_OFFER_REMARK, widget=forms.Textarea,
        help_text=_l("The other desk reads it before it accepts: nothing confidential, no company name."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, desks: dict[int, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        regions: Any = self.fields["region_id"]
        regions.choices = [("", _("Choose a desk")), *((str(pk), name) for pk, name in desks.items())]


class SightForm(Form):
    """Which desks scout, and until when they see the summary."""

    region_ids = forms.TypedMultipleChoiceField(
        label=_l("Desks that may read the summary"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _l("Tick at least one desk.")},
    )  # fmt: skip
    until = DateField(label=_l("Until"), help_text=_l("After that day they no longer see it."))

    def __init__(self, *arguments: Any, desks: dict[int, str], today: date, **options: Any) -> None:
        options.setdefault("initial", {"until": today + timedelta(days=DAYS_OF_SIGHT)})
        super().__init__(*arguments, **options)
        regions: Any = self.fields["region_ids"]
        regions.choices = [(str(pk), name) for pk, name in desks.items()]
        day: Any = self.fields["until"]
        day.help_text = _("At most %(days)s days. After that day they no longer see it.") % {
            "days": MOST_DAYS_OF_SIGHT
        }


class AbsenceForm(Form):
    """Who is away, when, and who stands in."""

    membership_id = forms.TypedChoiceField(label=_l("Who is away"), coerce=int)
    first_day = DateField(label=_l("First day"))
    last_day = DateField(label=_l("Last day"))
    stand_in_id = forms.TypedChoiceField(
        label=_l("Stand-in"), required=False, coerce=int, empty_value=None,
        help_text=_l("Cases and reminders go there on the first day; without a stand-in to the desk."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, brokers: dict[int, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        people = [(str(pk), name) for pk, name in brokers.items()]
        away: Any = self.fields["membership_id"]
        away.choices = people
        stand_in: Any = self.fields["stand_in_id"]
        stand_in.choices = [("", _("Nobody: the desk")), *people]


class RemarkForm(Form):
    """A remark about an offer on the shortlist."""

    remark = forms.CharField(
        label=_l("Remark"), required=False, max_length=LONGEST_CANDIDATE_REMARK, widget=forms.Textarea,
        help_text=_l("The company reads it: why this offer, what to ask there."),
    )  # fmt: skip
