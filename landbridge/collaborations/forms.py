"""What desks send about collaborations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.collaborations.rules import LONGEST_TITLE
from landbridge.collaborations.states import ORIGIN_NAMES
from landbridge.foundation.ui.forms import DateField, Filters, Form


class DescriptionForm(Form):
    """What they do, and under what."""

    title = forms.CharField(label=_l("What they work on"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=_l("In a few sentences"),
        help_text=_l("What it is about, and what comes next. Both sides and both desks read it."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    instrument = forms.CharField(
        label=_l("Under what"),
        help_text=_l("A voucher, a contract, a joint project."),
        max_length=120,
        required=False,
    )


class NoteForm(DescriptionForm):
    """A collaboration that a desk has heard of."""

    company = forms.CharField(
        label=_l("Company"), help_text=_l("Its name, as it is registered."), max_length=200
    )
    provider = forms.CharField(
        label=_l("Partner"), help_text=_l("Its name, as it is registered."), max_length=200
    )
    since = DateField(label=_l("Since"))

    field_order = ("company", "provider", "title", "since", "instrument", "text")


class CollaborationFilters(Filters):
    """Which collaborations the list shows."""

    origin = forms.ChoiceField(label=_l("Came of"), required=False)
    text = forms.CharField(label=_l("Number, title or organisation"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("origin", _("Everything"), [(origin, _(name)) for origin, name in ORIGIN_NAMES.items()])
