"""A reporting period, and what its report says in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.ui.forms import DateField, Form
from landbridge.indicators import rules
from landbridge.programmes.models import Partner, Phase

LARGEST_VERSION = 2**31 - 1


class PeriodForm(Form):
    """A period of a phase, or of one partner in it."""

    name = forms.CharField(label=_l("Name"), help_text=_l("As in your reporting: Period 3."), max_length=60)
    phase = forms.TypedChoiceField(label=_l("Phase"), coerce=int)
    partner = forms.TypedChoiceField(label=_l("Partner"), coerce=int, empty_value=None, required=False)
    begins_on = DateField(label=_l("First day"))
    ends_on = DateField(label=_l("Last day"))

    def __init__(
        self, *args: Any, phases: Sequence[Phase], partners: Sequence[Partner], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        every: Any = self.fields
        every["phase"].choices = [(one.pk, str(one)) for one in phases]
        every["partner"].choices = [
            ("", _("The phase as a whole")),
            *((one.pk, f"{one.programme.name}: {one.short_name}") for one in partners),
        ]
        self._phases = {one.pk: one.programme_id for one in phases}
        self._partners = {one.pk: one.programme_id for one in partners}

    def clean(self) -> dict[str, Any]:
        """A partner belongs to the phase's programme."""
        given: dict[str, Any] = super().clean() or {}
        phase, partner = given.get("phase"), given.get("partner")
        if phase and partner and self._phases[phase] != self._partners[partner]:
            self.add_error(
                "partner", _("This partner belongs to another programme. Choose one of the phase.")
            )
        return given


class NarrativeForm(Form):
    """The report's text, until it is frozen."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    name = forms.CharField(label=_l("Name"), max_length=60)
    narrative = forms.CharField(
        label=_l("What the report says in words"),
        help_text=_l("What was done, what came of it, what differs from the plan and why."),
        max_length=rules.LONGEST_NARRATIVE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
