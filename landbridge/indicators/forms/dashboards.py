"""What a dashboard shows: of which programme, phase and partner, as of which day, and which ways between regions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.ui.forms import Filters
from landbridge.indicators.queries.dashboards import WAYS
from landbridge.programmes.models import Partner, Phase, Programme


class LookFilters(Filters):
    """Programme, phase and partner, of those that the reader may choose; a choice of one is none."""

    programme = forms.TypedChoiceField(label=_l("Programme"), required=False, coerce=int, empty_value=None)
    phase = forms.TypedChoiceField(label=_l("Phase"), required=False, coerce=int, empty_value=None)
    partner = forms.TypedChoiceField(label=_l("Partner"), required=False, coerce=int, empty_value=None)
    way = forms.ChoiceField(label=_l("What went between regions"), required=False)
    as_of = forms.DateField(
        label=_l("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        programmes: Iterable[Programme],
        phases: Iterable[Phase],
        partners: Iterable[Partner],
        with_ways: bool = False,
    ) -> None:
        super().__init__(data)
        self._offer_or_leave("programme", _("All programmes"), [(one.pk, one.name) for one in programmes])
        self._offer_or_leave("phase", _("All phases"), [(one.pk, one.name) for one in phases])
        self._offer_or_leave("partner", _("All partners"), [(one.pk, one.short_name) for one in partners])
        if with_ways:
            field: Any = self.fields["way"]
            field.choices = [(way.key, _(way.name)) for way in WAYS]
        else:
            del self.fields["way"]

    def _offer_or_leave(self, name: str, every: str, options: list[tuple[int, str]]) -> None:
        if len(options) > 1:
            self.offer(name, every, [(str(pk), label) for pk, label in options])
        else:
            del self.fields[name]
