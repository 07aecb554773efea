"""What lists and results of surveys can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from landbridge.foundation.ui.forms import Filters
from landbridge.surveys.models import Version
from landbridge.surveys.states import SHEETED_NAMES, SIDE_NAMES


class SheetFilters(Filters):
    """Of those who were asked."""

    text = forms.CharField(label=_l("Name or what it is about"), max_length=100, required=False)
    state = forms.ChoiceField(label=_l("State"), required=False)
    side = forms.ChoiceField(label=_l("Who was asked"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("state", _("Every state"), [(state, _(name)) for state, name in SHEETED_NAMES.items()])
        self.offer("side", _("Every side"), [(side, _(name)) for side, name in SIDE_NAMES.items()])


class ResultFilters(Filters):
    """Of the results of one questionnaire."""

    version = forms.ChoiceField(label=_l("Version"), required=False)
    months = forms.ChoiceField(label=_l("After"), required=False)
    group = forms.ChoiceField(label=_l("Group"), required=False)
    side = forms.ChoiceField(label=_l("Who was asked"), required=False)

    def __init__(self, *args: Any, versions: Iterable[Version], months: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("version", _("The latest"), [(f"{one.number}", f"{one.number}") for one in versions])
        after = [
            (f"{count}", ngettext("%(count)s month", "%(count)s months", count) % {"count": count})
            for count in months
        ]
        self.offer("months", _("Any time"), after)
        groups = [("supported", _("Those who were supported")), ("comparison", _("The comparison group"))]
        self.offer("group", _("Everybody"), groups)
        self.offer("side", _("Every side"), [(side, _(name)) for side, name in SIDE_NAMES.items()])

    @property
    def narrowing(self) -> dict[str, Any]:
        """What narrows the sheets: everything but the version."""
        return {name: value for name, value in self.chosen.items() if name != "version"}


class CompanyFilters(Filters):
    """Of the companies with their baselines."""

    text = forms.CharField(label=_l("Company"), max_length=100, required=False)
