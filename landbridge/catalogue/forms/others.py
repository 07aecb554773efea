"""What others type about a record: suggested edits, claims of ownership with their codes, decisions on terms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _l

from landbridge.catalogue import rules
from landbridge.foundation.ui.forms import Form


class SuggestionForm(Form):
    """What somebody would change about a public record."""

    name = forms.CharField(label=_l("Name"), max_length=200)
    summary = forms.CharField(label=_l("Summary"), max_length=300, required=False)
    description = forms.CharField(
        label=_l("Description"), max_length=5000, required=False, widget=forms.Textarea
    )
    website = forms.URLField(label=_l("Website"), max_length=300, required=False, assume_scheme="https")
    town = forms.CharField(label=_l("Town"), max_length=80, required=False)
    remark = forms.CharField(
        label=_l("Remark"), max_length=1000, required=False, widget=forms.Textarea,
        help_text=_l("What is wrong, or how you know."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_l("Your e-mail address"), max_length=254, required=False,
        help_text=_l("Only for a question back; its keeper sees it, and it is deleted after a year."),
    )  # fmt: skip


class ClaimForm(Form):
    """How somebody shows that they speak for an organisation."""

    way = forms.ChoiceField(
        label=_l("How would you like to show it?"), widget=forms.RadioSelect,
        choices=[
            ("domain", _l("By my e-mail address: it is of the organisation's website")),
            ("code", _l("By a code, sent to the address that the catalogue lists")),
            ("broker", _l("The Access Broker of the region shall look")),
        ],
    )  # fmt: skip
    remark = forms.CharField(
        label=_l("What is your part there?"), max_length=1000, required=False, widget=forms.Textarea
    )


class CodeForm(Form):
    """The code of the letter."""

    code = forms.CharField(label=_l("Code"), max_length=20, help_text=_l("Eight letters and figures."))


class TermForm(Form):
    """What becomes of a proposed term."""

    decision = forms.ChoiceField(
        label=_l("What becomes of it?"), widget=forms.RadioSelect,
        choices=[
            ("accept", _l("Take it into the list")),
            ("merge", _l("It means the same as a term of the list")),
            ("refuse", _l("Leave it out")),
        ],
    )  # fmt: skip
    name = forms.CharField(label=_l("Name in the list"), max_length=rules.LONGEST_TERM, required=False)
    other = forms.CharField(
        label=_l("Term of the list"), max_length=rules.LONGEST_TERM, required=False,
        help_text=_l("The one that it means the same as, or, for a new one, that it stands under."),
    )  # fmt: skip
