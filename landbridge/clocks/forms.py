"""What people send about clocks and duties, read into clean values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.clocks.models import Duty
from landbridge.clocks.rules import LONGEST_DUTY
from landbridge.foundation.ui.forms import Filters, Form
from landbridge.programmes.models import Region


class ClockFilters(Filters):
    """Which clocks the list shows."""

    due = forms.ChoiceField(label=_l("Due"), required=False)
    region = forms.TypedChoiceField(label=_l("Desk"), required=False, coerce=int, empty_value=None)
    duty = forms.ChoiceField(label=_l("Duty"), required=False)

    def __init__(
        self, *arguments: Any, regions: Iterable[Region], duties: Iterable[Duty], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.offer(
            "due",
            _("Whenever"),
            [("late", _("Overdue")), ("today", _("Within a day")), ("paused", _("Paused"))],
        )
        self.offer("region", _("All desks"), [(str(region.pk), region.name) for region in regions])
        self.offer("duty", _("All duties"), [(duty.key, duty.name) for duty in duties])


class DutyForm(Form):
    """How long a duty takes, when it is reminded of, and who is told."""

    working_days = forms.IntegerField(
        label=_l("Working days"), min_value=0, max_value=LONGEST_DUTY,
        help_text=_l("Of the region that holds the duty."),
    )  # fmt: skip
    remind_after = forms.CharField(
        label=_l("Reminders after"), required=False, max_length=60,
        help_text=_l("Working days after the start, such as 3, 5. Empty: none."),
    )  # fmt: skip
    tells_supervisor = forms.BooleanField(
        label=_l("The programme office is told when it is late"), required=False
    )
    tells_client_after = forms.IntegerField(
        label=_l("The company is told whom to call after"), required=False, min_value=1, max_value=LONGEST_DUTY,
        help_text=_l("Working days after the start. Empty: never."),
    )  # fmt: skip

    def clean_remind_after(self) -> list[int]:
        """The numbers that were typed, with commas or spaces between them."""
        parts = re.split(r"[,;\s]+", self.cleaned_data["remind_after"].strip())
        try:
            numbers = [int(part) for part in parts if part]
        except ValueError as error:
            raise forms.ValidationError(_("Write numbers with commas between them, such as 3, 5.")) from error
        if any(number > LONGEST_DUTY for number in numbers):
            raise forms.ValidationError(_("These are more working days than a duty may take."))
        return numbers
