"""As of which day and within which place a figure is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.ui.forms import DateField, Filters
from landbridge.indicators.queries.scopes import FIRST_DAY, Scope
from landbridge.indicators.states import KIND_NAMES
from landbridge.programmes.models import Partner, Programme


class ListFilters(Filters):
    """Which indicators a list shows."""

    text = forms.CharField(label=_l("Name or code"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_l("Kind"), required=False)
    programme = forms.ChoiceField(label=_l("Programme"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", _("All kinds"), [(kind.value, _(name)) for kind, name in KIND_NAMES.items()])
        rows = Programme.objects.order_by("name", "pk").values_list("pk", "name")[:200]
        self.offer("programme", _("All programmes"), [(str(pk), name) for pk, name in rows])


class AsOfFilters(Filters):
    """The day, the phase and the partner for which a figure is read."""

    as_of = DateField(label=_l("As of"), required=False)
    since = DateField(label=_l("Since"), required=False)
    phase = forms.TypedChoiceField(label=_l("Phase"), coerce=int, empty_value=None, required=False)
    partner = forms.TypedChoiceField(label=_l("Partner"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.offer("phase", _("The whole network"), places)
        phase = str(self.data.get("phase", "")) if self.is_bound else ""
        known = phase in dict(places)
        partners = Partner.objects.filter(programme__phases=int(phase)) if known else Partner.objects.none()
        options = [(str(one.pk), one.short_name) for one in partners.order_by("short_name", "pk")]
        self.offer("partner", _("All partners"), options)

    @property
    def scope(self) -> Scope:
        """What was chosen; today and the whole network where nothing was. Days that no figure can have are today."""
        chosen = self.chosen
        as_of, since = chosen.get("as_of") or self.today, chosen.get("since")
        if not FIRST_DAY <= as_of <= self.today:
            as_of = self.today
        if since is not None and not FIRST_DAY <= since <= as_of:
            since = None
        return Scope(as_of=as_of, since=since, phase_id=chosen.get("phase"), partner_id=chosen.get("partner"))
