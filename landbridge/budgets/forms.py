"""What is typed about money: amounts with their reason, a new line, a transfer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from landbridge.budgets.models import Line
from landbridge.budgets.states import Side
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.forms import Form, MoneyFormField
from landbridge.programmes.models import Incentive, Partner, Phase

CENT = Money(1)


class ChooseLine(forms.ModelChoiceField[Line]):
    """A line by its partner and incentive; what it holds stays with those who may see it."""

    def label_from_instance(self, obj: Line) -> str:
        return f"{obj.partner.name}, {obj.incentive.name}" if obj.incentive else obj.partner.name


class MovementForm(Form):
    """So much, and why."""

    amount = MoneyFormField(label=_l("Amount"), least=CENT)
    reason = forms.CharField(
        label=_l("Reason"),
        max_length=300,
        help_text=_l("One sentence. It stands in the statement for good and for the auditor."),
    )


class LineForm(Form):
    """A line of one partner in a phase."""

    partner = forms.ModelChoiceField(label=_l("Partner"), queryset=Partner.objects.none())
    incentive = forms.ModelChoiceField(
        label=_l("Incentive"),
        queryset=Incentive.objects.none(),
        required=False,
        empty_label=_l("Every incentive without a line of its own"),
    )

    def __init__(self, *args: Any, phase: Phase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.filter(programme_id=phase.programme_id).order_by("name")
        incentives = Incentive.objects.filter(phase=phase).order_by("name")
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        self.fields["incentive"].queryset = incentives  # type: ignore[attr-defined]


class TransferForm(Form):
    """From which line to which, how much, why; the office says for which side it stands in."""

    giver = ChooseLine(label=_l("From"), queryset=Line.objects.none())
    receiver = ChooseLine(label=_l("To"), queryset=Line.objects.none())
    amount = MoneyFormField(label=_l("Amount"), least=CENT)
    reason = forms.CharField(
        label=_l("Reason"), max_length=300, help_text=_l("Both partners read it before they agree.")
    )
    side = forms.ChoiceField(
        label=_l("You agree for"),
        choices=[(Side.GIVER, _l("the partner who gives")), (Side.RECEIVER, _l("the partner who receives"))],
        widget=forms.RadioSelect,
        initial=Side.GIVER,
        help_text=_l("The other partner's finance officer agrees for the other side."),
    )

    def __init__(self, *args: Any, phase: Phase, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = Line.objects.filter(phase=phase).select_related("partner", "incentive")
        for name in ("giver", "receiver"):
            self.fields[name].queryset = lines.order_by("partner__name", "pk")  # type: ignore[attr-defined]
        if actor.role is Role.FINANCE:
            del self.fields["side"]
