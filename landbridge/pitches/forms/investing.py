"""The investor's forms, and the company's on what it raised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.foundation.money import Money
from landbridge.foundation.ui.formatting import country
from landbridge.foundation.ui.forms import DateField, Filters, Form, MoneyFormField
from landbridge.pitches.actions import Profile
from landbridge.pitches.models import Investor, PitchCall, Reaction
from landbridge.pitches.states import (
    BECAME_NAMES,
    INVESTOR_NAMES,
    MARKET_NAMES,
    REACTION_NAMES,
    STAGE_NAMES,
)

MOST_COUNTRIES = 45


def _offer(form: Form, name: str, names: Any) -> None:
    field: Any = form.fields[name]
    field.choices = [(one.value, _(text)) for one, text in names.items()]


class ProfileForm(Form):
    """Who an investor is and what they look for."""

    name = forms.CharField(label=_l("Your name"), max_length=120)
    firm = forms.CharField(label=_l("Firm"), max_length=150, required=False)
    type = forms.ChoiceField(label=_l("What you are"))
    about = forms.CharField(
        label=_l("About you"),
        help_text=_l("What you bring besides money. Companies read it if you let them."),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    markets = forms.MultipleChoiceField(label=_l("Markets"), widget=forms.CheckboxSelectMultiple)
    stages = forms.MultipleChoiceField(
        label=_l("Rounds"), help_text=_l("None: any."), widget=forms.CheckboxSelectMultiple, required=False
    )
    ticket_from_eur = MoneyFormField(label=_l("Ticket from"), required=False)
    ticket_to_eur = MoneyFormField(label=_l("Ticket to"), required=False)
    countries = forms.MultipleChoiceField(
        label=_l("Countries"),
        help_text=_l("None: anywhere. Hold Ctrl, or Command, to choose several."),
        required=False,
    )
    call_ids = forms.TypedMultipleChoiceField(
        label=_l("Pitch sessions you come to"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_visible = forms.BooleanField(
        label=_l("Companies may see my profile and ask for a meeting at an event"), required=False
    )
    consents = forms.BooleanField(
        label=_l(
            "The network may keep this profile, sort pitches by it, and tell companies when I want to meet them"
        ),
        help_text=_l(
            "This consent stands apart from all others. You may withdraw it at any time; the profile is then emptied."
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, found: Investor | None, name: str, calls: Sequence[PitchCall], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=self._initial(found, name), **kwargs)
        _offer(self, "type", INVESTOR_NAMES)
        _offer(self, "markets", MARKET_NAMES)
        _offer(self, "stages", STAGE_NAMES)
        chosen: Any = self.fields["countries"]
        chosen.choices = [(code, text) for code, text in countries]
        chosen.widget.attrs["size"] = 6
        sessions: Any = self.fields["call_ids"]
        sessions.choices = [(str(one.pk), one.title) for one in calls]
        if not calls:
            del self.fields["call_ids"]

    @staticmethod
    def _initial(found: Investor | None, name: str) -> dict[str, Any]:
        if found is None:
            return {"name": name}
        initial = {field: getattr(found, field) for field in Profile.__dataclass_fields__}
        chosen = [str(one.pk) for one in found.calls.all()]
        return {**initial, "call_ids": chosen, "consents": found.consented_at is not None}

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """The fields under headings."""
        groups = {
            _("Who you are"): ["name", "firm", "type", "about"],
            _("What you look for"): ["markets", "stages", "ticket_from_eur", "ticket_to_eur", "countries"],
            _("Where you come"): ["call_ids"],
            _("Who may see it"): ["is_visible", "consents"],
        }
        shown = {
            heading: [self[name] for name in names if name in self.fields]
            for heading, names in groups.items()
        }
        return [(heading, fields) for heading, fields in shown.items() if fields]

    @property
    def profile(self) -> Profile:
        """What was typed."""
        given = {name: self.cleaned_data[name] for name in Profile.__dataclass_fields__}
        lists = {name: tuple(given[name]) for name in ("markets", "stages", "countries")}
        return Profile(**{**given, **lists})


class ReactionForm(Form):
    """What an investor says, and why."""

    said = forms.ChoiceField(label=_l("What do you say?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_l("Why"),
        help_text=_l("The organiser reads it. A sentence helps, above all with a no."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    why_is_for_company = forms.BooleanField(label=_l("The company may read my reason"), required=False)

    def __init__(self, *args: Any, found: Reaction | None, **kwargs: Any) -> None:
        names = ("said", "why", "why_is_for_company")
        initial = {name: getattr(found, name) for name in names} if found else {}
        super().__init__(*args, initial=initial, **kwargs)
        _offer(self, "said", REACTION_NAMES)


class FollowForm(Form):
    """With which companies an investor goes on."""

    pitch_ids = forms.TypedMultipleChoiceField(
        label=_l("I will go on with"),
        help_text=_l("None: leave all empty and send it; that is an answer too."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, reactions: Sequence[Reaction], **kwargs: Any) -> None:
        chosen = [str(one.pitch_id) for one in reactions if one.follows_up]
        super().__init__(*args, initial={"pitch_ids": chosen}, **kwargs)
        field: Any = self.fields["pitch_ids"]
        field.choices = [
            (str(one.pitch_id), f"{one.pitch.organisation.name}: {one.pitch.title}") for one in reactions
        ]


class OutcomeForm(Form):
    """What became of an interest."""

    became = forms.ChoiceField(label=_l("What became of it?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_l("In a few words"),
        help_text=_l("The organiser reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, found: Reaction, **kwargs: Any) -> None:
        super().__init__(*args, initial={"became": found.became, "text": found.became_text}, **kwargs)
        _offer(self, "became", BECAME_NAMES)


class MoneyForm(Form):
    """Money that was raised after the pitch."""

    amount_eur = MoneyFormField(label=_l("Amount"), help_text=_l("In euro."), least=Money(1))
    raised_on = DateField(label=_l("On"))
    source = forms.CharField(label=_l("From whom, or in which round"), max_length=200)
    evidence = forms.CharField(
        label=_l("What shows it"),
        help_text=_l("Such as the address of an announcement, or the number of an entry in a register."),
        max_length=300,
        required=False,
    )


class DealFilters(Filters):
    """Which pitches the deal room shows."""

    market = forms.ChoiceField(label=_l("Market"), required=False)
    stage = forms.ChoiceField(label=_l("Round"), required=False)
    country = forms.ChoiceField(label=_l("Country"), required=False)
    ticket = forms.ChoiceField(label=_l("Ticket"), required=False)
    said = forms.ChoiceField(label=_l("My reaction"), required=False)
    call = forms.TypedChoiceField(label=_l("Session"), coerce=int, required=False)

    def __init__(
        self, *arguments: Any, codes: Sequence[str], calls: Sequence[PitchCall], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.offer("market", _("All"), [(one, _(name)) for one, name in MARKET_NAMES.items()])
        self.offer("stage", _("All"), [(one, _(name)) for one, name in STAGE_NAMES.items()])
        self.offer("country", _("All"), [(code, country(code)) for code in codes])
        self.offer("ticket", _("Any"), [("mine", _("Within my ticket"))])
        reactions = [(one.value, _(name)) for one, name in REACTION_NAMES.items()]
        self.offer("said", _("All"), [("none", _("None yet")), *reactions])
        self.offer("call", _("All"), [(str(one.pk), one.title) for one in calls])


class InvestorFilters(Filters):
    """Which investors the list shows."""

    type = forms.ChoiceField(label=_l("Type"), required=False)
    text = forms.CharField(label=_l("Name or firm"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("type", _("All"), [(one, _(name)) for one, name in INVESTOR_NAMES.items()])
