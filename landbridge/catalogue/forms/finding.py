"""Forms of finding: how often a saved search tells of news, the name of a shortlist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.ui.forms import Form

HOW_OFTEN = ((1, _l("Each day")), (7, _l("Each week")), (30, _l("Each month")), (0, _l("Never")))


class AlertsForm(Form):
    """How often a saved search tells of news."""

    every_days = forms.TypedChoiceField(
        label=_l("Tell me of new hits by letter"), choices=HOW_OFTEN, coerce=int, initial=7
    )


class SearchForm(AlertsForm):
    """A search to be kept, under a name."""

    field_order = ("name", "every_days")
    name = forms.CharField(label=_l("Name of this search"), max_length=120)


class ShortlistForm(Form):
    """A new shortlist."""

    name = forms.CharField(
        label=_l("Name of the shortlist"), max_length=120, help_text=_l("Such as the question it is for.")
    )


class RemarkForm(Form):
    """One's own remark beside a record."""

    remark = forms.CharField(label=_l("Your remark"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].help_text = _("Only you see it, and whoever you give the hand-out to.")
