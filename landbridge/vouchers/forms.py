"""What people send about a voucher, read into clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.money import Money
from landbridge.foundation.ui.forms import DateField, Filters, Form, MoneyFormField
from landbridge.vouchers.rules import LONGEST_REASON
from landbridge.vouchers.states import NAME_OF


class AwardForm(Form):
    """How much is awarded, and why."""

    amount_eur = MoneyFormField(label=_l("Amount awarded"))
    reason = forms.CharField(
        label=_l("Reason"),
        help_text=_l("What convinced you; the company and its provider read it in the award letter."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
    )

    def __init__(self, *arguments: Any, most: Money, **options: Any) -> None:
        options.setdefault("initial", {"amount_eur": most})
        super().__init__(*arguments, **options)


class ExtensionForm(Form):
    """Until when a voucher shall hold, and why."""

    began_on = DateField(
        label=_l("The work began on"),
        help_text=_l("A voucher is extended only when work under it has begun."),
    )
    valid_until = DateField(label=_l("New end of the voucher"))
    reason = forms.CharField(
        label=_l("Why it takes longer"),
        help_text=_l("One or two sentences; it stays on record."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
    )


class VoucherFilters(Filters):
    """Which vouchers the list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    text = forms.CharField(label=_l("Number, company or title"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in NAME_OF.items()])
