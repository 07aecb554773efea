"""The filters of the lists of events: the public one, and the organiser's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.events.queries import Offered
from landbridge.events.states import FORM_NAMES, KIND_NAMES, NAME_OF
from landbridge.foundation.ui.formatting import country
from landbridge.foundation.ui.forms import Filters


class EventFilters(Filters):
    """By text, kind, form and country; coming or past, past ones by year. What cannot be read filters nothing."""

    text = forms.CharField(label=_l("Title, town or fair"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_l("Kind"), required=False)
    form = forms.ChoiceField(label=_l("Where people meet"), required=False)
    country = forms.ChoiceField(label=_l("Country"), required=False)
    when = forms.ChoiceField(label=_l("When"), required=False)
    year = forms.ChoiceField(label=_l("Year"), required=False)

    def __init__(self, *arguments: Any, offered: Offered, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("kind", _("All kinds"), [(kind.value, _(name)) for kind, name in KIND_NAMES.items()])
        self.offer("form", _("Anywhere"), [(form.value, _(name)) for form, name in FORM_NAMES.items()])
        named = sorted(((code, country(code)) for code in offered.countries), key=lambda one: one[1])
        self.offer("country", _("All countries"), named)
        self.offer("when", _("Coming"), [("past", _("Past"))])
        self.offer("year", _("All years"), [(str(year), str(year)) for year in offered.years])
        if self.data.get("when") != "past":
            del self.fields["year"]


class KeptFilters(Filters):
    """Which of the events that one keeps are listed."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    text = forms.CharField(label=_l("Title or town"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in NAME_OF.items()])
