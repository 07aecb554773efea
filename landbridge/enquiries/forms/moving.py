"""What people send when an enquiry stops, ends or goes to the company in words that may leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.enquiries.rules import LONGEST_MESSAGE, LONGEST_NOTE, LONGEST_REASON, LONGEST_REMARK
from landbridge.enquiries.rules.summaries import LONGEST_TEXT, LONGEST_TITLE
from landbridge.enquiries.states import CLOSING_NAMES, NAME_OF
from landbridge.foundation.files.forms import ReceivedFileField
from landbridge.foundation.ui.forms import DateField, Filters, Form


class CloseForm(Form):
    """With what an enquiry is closed."""

    closing = forms.ChoiceField(label=_l("How did it end?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_l("What the company should know"),
        help_text=_l("It reads this. Needed where it gets information only, no match, or did not answer."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        required=False,
    )
    duplicate_of = forms.CharField(
        label=_l("Number of the enquiry that goes on"),
        help_text=_l("Only where this one was asked twice."),
        max_length=40,
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["closing"]
        field.choices = [(key, _(name)) for key, name in CLOSING_NAMES.items()]


class HoldForm(Form):
    """Until when an enquiry waits, and why."""

    until = DateField(label=_l("Until"), help_text=_l("On this day it goes on by itself."))
    reason = forms.CharField(
        label=_l("What it waits for"),
        help_text=_l("The company reads it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
    )


class OutcomeForm(Form):
    """What came of the introductions."""

    outcome = forms.CharField(
        label=_l("What came of it"),
        help_text=_l("In a sentence; it stays on record and the company can read it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
    )


class SummaryForm(Form):
    """The words that may leave the region."""

    title = forms.CharField(label=_l("Title"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=_l("Summary without confidential matter"),
        help_text=_l(
            "What is needed and for what kind of product. No name, place, brand or number of the company."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9}),
    )


class RemarkForm(Form):
    """What the company wants changed in a summary."""

    remark = forms.CharField(
        label=_l("What must change"),
        help_text=_l(
            "What must not leave, or what is not right. Your desk reads it and writes the next version."
        ),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea,
    )


class HowForm(Form):
    """How a company without an account approved."""

    how = forms.CharField(
        label=_l("How, when and by whom"),
        help_text=_l(
            "Such as: on the telephone on 3 March by Karen Kemi. The company gets a letter with it."
        ),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea,
    )


class MessageForm(Form):
    """A message to the other side, with a file if need be."""

    text = forms.CharField(
        label=_l("Your message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea, required=False
    )
    file = ReceivedFileField(label=_l("A file with it"), required=False)
    answers = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**53)


class NoteForm(Form):
    """A private note."""

    text = forms.CharField(
        label=_l("Your note"),
        help_text=_l(
            "Desks that lead this enquiry and the office read it; never the company, never a provider."
        ),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea,
    )


class EnquiryFilters(Filters):
    """Which enquiries the list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    region = forms.ChoiceField(label=_l("Desk that leads"), required=False)
    text = forms.CharField(label=_l("Number, title or company"), required=False, max_length=100)

    def __init__(self, *arguments: Any, regions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        states = [("open", _("Open")), *((state, _(name)) for state, name in NAME_OF.items())]
        self.offer("state", _("All"), states)
        self.offer("region", _("All"), regions)
        if not regions:
            del self.fields["region"]
