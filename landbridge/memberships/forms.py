"""What people type to invite, to give a role, to look for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.people.models import EMAIL_LENGTH, NAME_LENGTH
from landbridge.foundation.permissions.roles import NAME_OF, SCOPE_OF, Role
from landbridge.foundation.problems import N_, Problem
from landbridge.foundation.ui.forms import Filters, Form
from landbridge.memberships import rules
from landbridge.memberships.models import HUMAN_ROLES
from landbridge.programmes.models import Partner, Programme, Region

OF_THE_NETWORK = [role for role in HUMAN_ROLES if role not in rules.OF_AN_ORGANISATION]


def _choices(roles: Iterable[Role]) -> list[tuple[str, str]]:
    return [(role.value, _(NAME_OF[role])) for role in roles]


class InvitationForm(Form):
    """Invite somebody to one organisation."""

    email = forms.EmailField(label=_l("E-mail address"), max_length=EMAIL_LENGTH)
    name = forms.CharField(label=_l("Name"), max_length=NAME_LENGTH, required=False)
    role = forms.ChoiceField(label=_l("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        """`roles`: those that the organisation's people may have; a single one is not asked for."""
        super().__init__(*args, **kwargs)
        choices = _choices(roles)
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        if choices:
            self.fields["role"].initial = choices[0][0]
        if len(choices) == 1:
            self.fields["role"].widget = forms.HiddenInput()


class GivingForm(Form):
    """Give or offer a role of the network: its scope is chosen from the list that belongs to the role."""

    email = forms.EmailField(label=_l("E-mail address"), max_length=EMAIL_LENGTH)
    name = forms.CharField(label=_l("Name"), max_length=NAME_LENGTH, required=False)
    role = forms.ChoiceField(label=_l("Role"))
    region = forms.ChoiceField(label=_l("Region, for an Access Broker"), required=False)
    partner = forms.ChoiceField(label=_l("Partner, for a finance officer"), required=False)
    programme = forms.ChoiceField(
        label=_l("Programme, for all other roles"), required=False, help_text=_l("Empty: the whole network.")
    )
    at_once = forms.BooleanField(
        label=_l("Give it at once, without an invitation"),
        required=False,
        help_text=_l("For somebody who has an account already; they are told by letter."),
    )

    def __init__(
        self,
        *args: Any,
        regions: Iterable[Region],
        partners: Iterable[Partner],
        programmes: Iterable[Programme],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("role", _choices(OF_THE_NETWORK))
        self._offer("region", [("", "–"), *((str(one.pk), one.name) for one in regions)])
        self._offer(
            "partner", [("", "–"), *((str(one.pk), f"{one.short_name}, {one.programme}") for one in partners)]
        )
        self._offer("programme", [("", "–"), *((str(one.pk), one.name) for one in programmes)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The scope of the role, as `scope_id`; a region and a partner must be named."""
        data = super().clean() or self.cleaned_data
        if "role" not in data:
            return data
        data["role"] = Role(data["role"])
        column = SCOPE_OF[data["role"]]
        chosen = data.get(column) or ""
        data["scope_id"] = int(chosen) if chosen else None
        if not chosen and column != "programme" and column not in self.errors:
            self.add_problem(Problem("no_scope", N_("Say where this role holds."), field=column))
        return data


class EndingForm(Form):
    reason = forms.CharField(
        label=_l("Reason"), max_length=300, required=False, help_text=_l("The person reads this in a letter.")
    )


class PeopleFilters(Filters):
    """Which people the list shows."""

    q = forms.CharField(label=_l("Name or e-mail address"), max_length=100, required=False)
    role = forms.ChoiceField(label=_l("Role"), required=False)
    ended = forms.ChoiceField(
        label=_l("State"),
        required=False,
        choices=[("", _l("Acting now")), ("yes", _l("Ended")), ("all", _l("All"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("role", _("All roles"), _choices(HUMAN_ROLES))
