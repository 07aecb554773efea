"""What people send about an introduction, read into clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.files.forms import ReceivedFileField
from landbridge.foundation.ui.forms import DateField, Filters, Form
from landbridge.introductions import rules
from landbridge.introductions.states import OUTCOME_NAMES


class TextsForm(Form):
    """What each side will read before both said yes."""

    title = forms.CharField(
        label=_l("Title"),
        help_text=_l("Both sides read it, in letters and lists."),
        max_length=rules.LONGEST_TITLE,
    )
    shown_to_company = forms.CharField(
        label=_l("What the company reads"),
        help_text=_l("About the offer, without the provider's name, address, numbers or links."),
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    shown_to_provider = forms.CharField(
        label=_l("What the provider reads"),
        help_text=_l("About the question, without the company's name, address, numbers or links."),
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class PreparationForm(TextsForm):
    """The texts, and whether an agreement is needed before the confidential text is shown."""

    nda_needed = forms.BooleanField(
        label=_l("An agreement on confidentiality is needed before the full question is shown"),
        required=False,
    )


class OutcomeForm(Form):
    """What came of an introduction."""

    outcome = forms.ChoiceField(label=_l("What came of it"), widget=forms.RadioSelect)
    outcome_text = forms.CharField(
        label=_l("In a few words"),
        help_text=_l("What they agreed, or why nothing came of it."),
        max_length=rules.LONGEST_OUTCOME,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["outcome"]
        field.choices = [(outcome.value, _(name)) for outcome, name in OUTCOME_NAMES.items()]


class LimitForm(Form):
    """How many open introductions a provider takes at a time."""

    most_open = forms.IntegerField(
        label=_l("Open introductions at a time"),
        help_text=_l("0 while you want none. What is open already stays open."),
        min_value=0,
        max_value=rules.MOST_OPEN_EVER,
    )


class SignatureForm(Form):
    """The agreement as both signed it."""

    file = ReceivedFileField(label=_l("The signed agreement"))
    signed_on = DateField(label=_l("Day of the later signature"))


class AgreementTextForm(Form):
    """A version of the network's agreement."""

    version = forms.CharField(label=_l("Version"), help_text=_l("Such as 2026-1."), max_length=20)
    name = forms.CharField(label=_l("Name"), max_length=150)
    text = forms.CharField(
        label=_l("Text"),
        help_text=_l("[company], [provider], [number] and [day] are filled in. Have it read by a lawyer."),
        max_length=rules.LONGEST_AGREEMENT,
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    holds_from = DateField(label=_l("Used from"))


class IntroductionFilters(Filters):
    """Which introductions the list shows."""

    stage = forms.ChoiceField(label=_l("Stage"), required=False)
    text = forms.CharField(label=_l("Number or title"), required=False, max_length=100)
    enquiry = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        stages = [("open", _("Open")), ("made", _("Introduced")), ("ended", _("Ended otherwise"))]
        self.offer("stage", _("All"), stages)
