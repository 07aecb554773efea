"""The filters of the record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.ui.forms import DateField, Filters


class RecordFilters(Filters):
    """By what happened, to what, by whom, and when."""

    q = forms.CharField(label=_l("What, or to what"), max_length=100, required=False)
    person = forms.CharField(label=_l("By whom"), max_length=100, required=False)
    since = DateField(label=_l("Since"), required=False)
