"""The search box, and how a sample is drawn."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _l

from landbridge.desk.queries.auditor import KINDS, MOST_DRAWN
from landbridge.foundation.ui.forms import Form

LARGEST_SEED = 2**31 - 1


class SearchForm(Form):
    q = forms.CharField(
        label=_l("Search"),
        help_text=_l("A number of an application, voucher or claim, a title, or a name."),
        max_length=100,
    )


class SampleForm(Form):
    kind = forms.ChoiceField(label=_l("Of what"), choices=[(key, _l(row[0])) for key, row in KINDS.items()])
    size = forms.IntegerField(label=_l("How many"), min_value=1, max_value=MOST_DRAWN, initial=10)
    seed = forms.IntegerField(
        label=_l("Seed"),
        help_text=_l("Any number. Write it into your report: the same seed draws the same sample."),
        min_value=0,
        max_value=LARGEST_SEED,
    )
