"""What one side says of a meeting: two taps, then what one wants to keep."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.ui.forms import DateField, Form
from landbridge.meetings.rules import LONGEST_NOTE, LONGEST_STEP

MISSED = "no"
WORTH = ("1", "2", "3", "4", "5")
TAPS = ((MISSED, _l("It did not happen")), *((number, number) for number in WORTH))


class TapForm(Form):
    """Held and worth so much, or not held: one button."""

    said = forms.ChoiceField(label=_l("Did you meet, and was it worth it?"), choices=TAPS)

    @property
    def values(self) -> dict[str, Any]:
        """Whether it was held, and what it was worth."""
        said = self.cleaned_data["said"]
        return {"was_held": said != MISSED, "worth": int(said) if said != MISSED else None}


class OutcomeForm(Form):
    """What one wants to keep of a meeting that was held. The other side never reads any of it."""

    note = forms.CharField(
        label=_l("Note"),
        help_text=_l("For you alone."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    next_step = forms.CharField(
        label=_l("Next step"),
        help_text=_l("We remind you after 3, 14 and 90 days, until you say that it is done."),
        max_length=LONGEST_STEP,
        required=False,
    )
    next_step_by_me = forms.TypedChoiceField(
        label=_l("Who does it?"),
        choices=[("me", _l("I do")), ("they", _l("They promised it"))],
        coerce=lambda value: value == "me",
        empty_value=True,  # type: ignore[arg-type]  # the choice is a yes or a no
        initial="me",
        required=False,
        widget=forms.RadioSelect,
    )
    next_step_on = DateField(label=_l("By when"), required=False)
    wants_introduction = forms.BooleanField(
        label=_l("Introduce us formally: our regions' desks take it from here"), required=False
    )
