"""The jury's forms: who is invited, conflicts, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.formatting import number, role_label
from landbridge.foundation.ui.forms import Form
from landbridge.memberships.models import Membership
from landbridge.pitches import rules
from landbridge.pitches.models import Conflict, Pitch
from landbridge.pitches.rules import Criterion


class InvitationForm(Form):
    """Who shall sit on the jury."""

    person_ids = forms.TypedMultipleChoiceField(
        label=_l("Assessors, investors and Access Brokers"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    email = forms.EmailField(
        label=_l("Somebody else, by e-mail"),
        help_text=_l("Of a person who has an account here."),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, candidates: Sequence[tuple[Person, Membership]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person_ids"]
        field.choices = [
            (str(person.pk), f"{person.name} – {role_label(Role(hat.role))}, {hat.scope_name}")
            for person, hat in candidates
        ]


class DeclarationForm(Form):
    """With which companies a juror has a conflict, and which."""

    def __init__(
        self, *args: Any, pitches: Sequence[Pitch], conflicts: Mapping[int, Conflict], **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {}
        for pk, conflict in conflicts.items():
            initial[f"has_{pk}"], initial[f"reason_{pk}"] = True, conflict.reason
        super().__init__(*args, initial=initial, **kwargs)
        self.pitches = [one for one in pitches if one.pk not in conflicts or conflicts[one.pk].is_declared]
        for one in self.pitches:
            self.fields[f"has_{one.pk}"] = forms.BooleanField(label=one.organisation.name, required=False)
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("Which conflict with %(company)s?") % {"company": one.organisation.name},
                max_length=rules.LONGEST_CONFLICT,
                required=False,
            )
            if self.is_bound and self.data.get(f"has_{one.pk}"):
                self.fields[f"reason_{one.pk}"].required = True
        self.fields["complete"] = forms.BooleanField(
            label=_(
                "I have no other conflict of interest with these companies, their people or their competitors."
            )
        )
        self.fields["complete"].error_messages["required"] = _("Tick this box to go on.")

    @property
    def rows(self) -> list[tuple[Pitch, Any, Any]]:
        """Each company with its two fields."""
        return [(one, self[f"has_{one.pk}"], self[f"reason_{one.pk}"]) for one in self.pitches]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self.pitches:
            if given.get(f"has_{one.pk}") and not given.get(f"reason_{one.pk}"):
                self.add_error(f"reason_{one.pk}", _("Say in a few words what the conflict is."))
        return given

    @property
    def conflicts(self) -> dict[int, str]:
        """What was declared, by pitch."""
        given = self.cleaned_data
        return {one.pk: given[f"reason_{one.pk}"] for one in self.pitches if given[f"has_{one.pk}"]}


class MarksForm(Form):
    """0 to 5 in halves for each criterion, one tap each."""

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion],
        given: Mapping[str, float],
        remark: str,
        **kwargs: Any,
    ) -> None:
        initial = {f"mark_{key}": _plain(value) for key, value in given.items()}
        super().__init__(*args, initial={**initial, "remark": remark}, **kwargs)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"mark_{one.key}"] = forms.ChoiceField(
                label=_("%(name)s (weight %(weight)s)") % {"name": one.name, "weight": one.weight},
                choices=[
                    (_plain(step), number(int(step) if step == int(step) else step)) for step in rules.STEPS
                ],
                widget=forms.RadioSelect,
            )
        self.fields["remark"] = forms.CharField(
            label=_("Remark"),
            help_text=_("The organiser reads it, and other jurors once they have marked."),
            max_length=rules.LONGEST_REMARK,
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
        )

    @property
    def mark_fields(self) -> list[Any]:
        """The fields of the criteria."""
        return [self[f"mark_{one.key}"] for one in self.criteria]

    @property
    def marks(self) -> dict[str, float]:
        """The marks by criterion."""
        return {one.key: float(self.cleaned_data[f"mark_{one.key}"]) for one in self.criteria}


def _plain(value: float) -> str:
    return f"{value:g}"
