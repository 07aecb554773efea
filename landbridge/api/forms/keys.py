"""What people type about a key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.api.rules import keys as rules
from landbridge.api.rules import scopes
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.forms import Form

READ, ALL, CHOSEN = "read", "all", "chosen"


class KeyForm(Form):
    """A name, what the program may do, and for how long."""

    name = forms.CharField(
        label=_l("Name"),
        help_text=_l("So that you know it again: which program uses it, and on which machine."),
        max_length=rules.LONGEST_NAME,
    )
    days = forms.TypedChoiceField(
        label=_l("It ends after"),
        coerce=int,
        choices=[(30, _l("30 days")), (90, _l("90 days")), (180, _l("180 days")), (365, _l("1 year"))],
        initial=90,
        widget=forms.RadioSelect,
    )
    reach = forms.ChoiceField(
        label=_l("What may it do?"),
        choices=[
            (READ, _l("Only read what I may read")),
            (CHOSEN, _l("What I tick below")),
            (ALL, _l("Everything that I may do in this role")),
        ],
        initial=READ,
        widget=forms.RadioSelect,
    )
    scopes = forms.MultipleChoiceField(
        label=_l("In particular"),
        help_text=_l("This counts only where you chose “What I tick below”."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, role: Role | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open = rules.open_scopes(role)
        named = sorted((one for one in self.open), key=lambda one: (one == rules.OWN, one))
        fields: Any = self.fields
        fields["scopes"].choices = [(one, _(scopes.NAME_OF.get(one, one))) for one in named]

    @property
    def chosen(self) -> list[str]:
        """The scopes that were meant."""
        reach = self.cleaned_data["reach"]
        if reach == ALL:
            return sorted(self.open)
        if reach == READ:
            return sorted(one for one in self.open if scopes.is_reading(one))
        return list(self.cleaned_data["scopes"])
