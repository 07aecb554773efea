"""What desks and both sides send about collaborations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.collaborations.rules import (
    LONGEST_STEP,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_JOBS,
    Following,
    Planned,
)
from landbridge.collaborations.states import (
    CLOSED_NAMES,
    FOLLOWED_NAMES,
    NAME_OF,
    ORIGIN_NAMES,
    OWNER_NAMES,
    STEPPED_NAMES,
    Followed,
    Owner,
)
from landbridge.foundation.ui.forms import DateField, Filters, Form, MoneyFormField


class DescriptionForm(Form):
    """What they do, and under what."""

    title = forms.CharField(label=_l("What they work on"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=_l("In a few sentences"),
        help_text=_l("What it is about, and what comes next. Both sides and both desks read it."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    instrument = forms.CharField(
        label=_l("Under what"),
        help_text=_l("A voucher, a contract, a joint project."),
        max_length=120,
        required=False,
    )


class NoteForm(DescriptionForm):
    """A collaboration that a desk has heard of."""

    company = forms.CharField(
        label=_l("Company"), help_text=_l("Its name, as it is registered."), max_length=200
    )
    provider = forms.CharField(
        label=_l("Partner"), help_text=_l("Its name, as it is registered."), max_length=200
    )
    since = DateField(label=_l("Since"))

    field_order = ("company", "provider", "title", "since", "instrument", "text")


class CollaborationFilters(Filters):
    """Which collaborations the list shows."""

    origin = forms.ChoiceField(label=_l("Came of"), required=False)
    state = forms.ChoiceField(label=_l("State"), required=False)
    text = forms.CharField(label=_l("Number, title or organisation"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("origin", _("Everything"), [(origin, _(name)) for origin, name in ORIGIN_NAMES.items()])
        self.offer("state", _("Every state"), [(state, _(name)) for state, name in NAME_OF.items()])


class TurnForm(Form):
    """When it finished, stopped or was renewed, and what is said of it."""

    on = DateField(label=_l("On which day"))
    reason = forms.CharField(
        label=_l("In a sentence or two"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *arguments: Any, about: str, is_needed: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].help_text = about
        self.fields["reason"].required = is_needed


class FollowOnForm(Form):
    """What followed, of which kind, and how much."""

    kind = forms.ChoiceField(label=_l("What followed"))
    title = forms.CharField(
        label=_l("In one line"),
        help_text=_l("The name of the project, product, licence or paper."),
        max_length=LONGEST_TITLE,
    )
    on = DateField(label=_l("On which day"), help_text=_l("Signed, granted, founded, sold or printed."))
    amount_eur = MoneyFormField(
        label=_l("Amount"),
        help_text=_l("Of a project or of money: what came in. Else leave it empty."),
        required=False,
    )
    funder = forms.CharField(label=_l("From whom"), max_length=150, required=False)
    jobs = forms.DecimalField(
        label=_l("Jobs"),
        help_text=_l("Of jobs alone, counted as full-time: half a post is 0.5."),
        min_value=Decimal(0),
        max_value=MOST_JOBS,
        max_digits=8,
        decimal_places=1,
        required=False,
    )
    text = forms.CharField(
        label=_l("More about it"),
        help_text=_l("Both sides and both desks read it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fields: Any = self.fields
        fields["kind"].choices = [
            ("", _("Choose one")),
            *((kind, _(name)) for kind, name in FOLLOWED_NAMES.items()),
        ]

    @property
    def told(self) -> Following:
        """What was told, as the action takes it."""
        given = dict(self.cleaned_data)
        return Following(kind=Followed(given.pop("kind")), **given)


class StepForm(Form):
    """What comes next, who does it, until when."""

    text = forms.CharField(
        label=_l("What comes next"),
        help_text=_l("One line that says what will be done. Both sides and both desks read it."),
        max_length=LONGEST_STEP,
    )
    owner = forms.ChoiceField(label=_l("Whose turn it is"), widget=forms.RadioSelect)
    owner_name = forms.CharField(
        label=_l("Who there"), help_text=_l("A name, if you know it."), max_length=150, required=False
    )
    due_on = DateField(label=_l("Until"))

    def __init__(self, *arguments: Any, has_provider: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fields: Any = self.fields
        fields["owner"].choices = [
            (owner, _(name)) for owner, name in OWNER_NAMES.items() if has_provider or owner != Owner.PROVIDER
        ]

    @property
    def planned(self) -> Planned:
        """What was planned, as the action takes it."""
        given = self.cleaned_data
        return Planned(
            text=given["text"],
            owner=Owner(given["owner"]),
            due_on=given["due_on"],
            owner_name=given["owner_name"],
        )


class DoneForm(Form):
    """What came of a step."""

    outcome = forms.CharField(
        label=_l("What came of it"),
        help_text=_l("A sentence; it may stay empty."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class StepFilters(Filters):
    """Which next steps the list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    whose = forms.ChoiceField(label=_l("Whose turn"), required=False)
    text = forms.CharField(label=_l("Step or organisation"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("Every state"), [(state, _(name)) for state, name in STEPPED_NAMES.items()])
        self.offer("whose", _("Everybody's"), [("ours", _("Ours"))])


class ClosingFilters(Filters):
    """Which of what closed the page shows."""

    kind = forms.ChoiceField(label=_l("What closed"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("kind", _("Everything"), [(kind, _(name)) for kind, name in CLOSED_NAMES.items()])
