"""The filters of the register."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.ui.forms import Filters
from landbridge.public.queries.awards import Choices


class AwardFilters(Filters):
    """By text, programme, region, incentive and year; what cannot be read filters nothing."""

    q = forms.CharField(label=_l("Company, partner or purpose"), max_length=100, required=False)
    programme = forms.ChoiceField(label=_l("Programme"), required=False)
    region = forms.ChoiceField(label=_l("Region of the company"), required=False)
    incentive = forms.ChoiceField(label=_l("Incentive"), required=False)
    year = forms.ChoiceField(label=_l("Year"), required=False)

    def __init__(self, data: QueryDict | None = None, *, choices: Choices) -> None:
        super().__init__(data)
        self.offer("programme", _("All programmes"), choices.programmes)
        self.offer("region", _("All regions"), choices.regions)
        self.offer("incentive", _("All incentives"), [(name, name) for name in choices.incentives])
        self.offer("year", _("All years"), [(str(year), str(year)) for year in choices.years])
