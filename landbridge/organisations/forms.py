"""What people type about an organisation and its account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.foundation.problems import N_, Problem
from landbridge.foundation.ui.forms import Filters, Form
from landbridge.organisations import rules
from landbridge.organisations.actions import Details
from landbridge.organisations.models import Kind, Organisation
from landbridge.programmes.models import Region

EXAMPLES = " · ".join(f"{s.country} {s.key} {s.example}" for s in rules.SCHEMES.values() if s.country)


class OrganisationForm(Form):
    """The facts of an organisation. A country has one register of companies, so its number needs no second choice."""

    name = forms.CharField(label=_l("Name"), max_length=150, help_text=_l("As it stands in the register."))
    kind = forms.ChoiceField(label=_l("What it is"), choices=Kind.choices)
    country = forms.ChoiceField(label=_l("Country"))
    street = forms.CharField(label=_l("Street"), max_length=70, required=False)
    building_number = forms.CharField(label=_l("Number"), max_length=16, required=False)
    postcode = forms.CharField(
        label=_l("Postcode"),
        max_length=16,
        help_text=_l("Your region and its Access Broker are found from it."),
    )
    town = forms.CharField(label=_l("Town"), max_length=35)
    company_number = forms.CharField(
        label=_l("Number in the register of companies"),
        max_length=60,
        required=False,
        help_text=_l("As your country writes it: %(examples)s. A firm about to be founded leaves it empty.")
        % {"examples": EXAMPLES},
    )
    ror = forms.CharField(
        label=_l("ROR id"),
        max_length=60,
        required=False,
        help_text=_l("For research organisations: 03yrm5c26."),
    )
    vat_number = forms.CharField(
        label=_l("VAT number"),
        max_length=30,
        required=False,
        help_text=_l(
            "With the letters of the country; Greece writes EL, Northern Ireland XI. Many young firms have none. "
            "We check its form alone: that is no validation by the tax office."
        ),
    )
    website = forms.URLField(label=_l("Website"), max_length=200, required=False, assume_scheme="https")
    about = forms.CharField(
        label=_l("In a few sentences: what it does"), max_length=2000, required=False, widget=forms.Textarea
    )
    offers_access = forms.BooleanField(
        label=_l("It takes questions and visitors from companies abroad"),
        required=False,
        help_text=_l("Companies may then name it as their partner; its name becomes public."),
    )
    is_sole_trader = forms.BooleanField(
        label=_l("It is one person's business under their own name"),
        required=False,
        help_text=_l("The name is then left out of what is published."),
    )
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput)

    def __init__(self, *args: Any, at_home: Iterable[str] = (), **kwargs: Any) -> None:
        """`at_home`: the countries of the network, which come first in the list."""
        super().__init__(*args, **kwargs)
        network = set(at_home)
        known = list(countries)
        groups: list[Any] = [
            ("", "–"),
            (_("Countries of the network"), [(code, name) for code, name in known if code in network]),
            (_("Other countries"), [(code, name) for code, name in known if code not in network]),
        ]
        self.fields["country"].choices = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Name the register of the country for a number that was typed."""
        data = super().clean() or self.cleaned_data
        if data.get("company_number") and data.get("country") and not _scheme_of(data["country"]):
            problem = Problem(
                code="no_register",
                message=N_("We know no register of this country."),
                cure=N_("Leave the number out; your Access Broker can add it."),
                field="company_number",
            )
            self.add_problem(problem)
        for problem in rules.problems_with_postcode(
            data.get("postcode", ""), country=data.get("country", "")
        ):
            if "postcode" not in self.errors:
                self.add_problem(problem)
        return data

    def begin_again(self, *, version: int) -> list[tuple[Any, Any]]:
        """After a colleague's edit: keep what was typed, count from the new version, and give what is stored now."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data
        return [
            (self.fields[name].label, self.initial[name]) for name in self.changed_data if name != "version"
        ]

    def details(self) -> Details:
        """What was typed, as the action wants it."""
        data = self.cleaned_data
        numbers = {_scheme_of(data["country"]): data["company_number"], "ROR": data["ror"]}
        return Details(
            name=data["name"],
            kind=data["kind"],
            country=data["country"],
            street=data["street"],
            building_number=data["building_number"],
            postcode=data["postcode"],
            town=data["town"],
            website=data["website"],
            vat_number=data["vat_number"],
            about=data["about"],
            offers_access=data["offers_access"],
            is_sole_trader=data["is_sole_trader"],
            company_numbers={scheme: number for scheme, number in numbers.items() if scheme and number},
        )


def _scheme_of(country: str) -> str:
    """The key of the country's own register of companies, or ""."""
    return next((scheme.key for scheme in rules.schemes_of(country) if scheme.country), "")


def typed_of(organisation: Organisation, numbers: dict[str, str]) -> dict[str, Any]:
    """The organisation as it would be typed into the form."""
    plain = {
        name: getattr(organisation, name)
        for name in OrganisationForm.base_fields
        if hasattr(organisation, name)
    }
    own = next((number for scheme, number in numbers.items() if scheme != "ROR"), "")
    return plain | {"company_number": own, "ror": numbers.get("ROR", "")}


class BankAccountForm(Form):
    holder = forms.CharField(
        label=_l("Account holder"),
        max_length=70,
        help_text=_l("Exactly as at the bank: banks compare the name before they pay."),
    )
    iban = forms.CharField(
        label=_l("IBAN"), max_length=42, help_text=_l("Length and check digits are checked.")
    )
    bic = forms.CharField(
        label=_l("BIC"), max_length=14, required=False, help_text=_l("Only if your bank asks for it.")
    )


class OrganisationFilters(Filters):
    """Which organisations the list shows."""

    q = forms.CharField(label=_l("Name or number"), max_length=100, required=False)
    region = forms.ChoiceField(label=_l("Region"), required=False)
    kind = forms.ChoiceField(label=_l("Kind"), required=False, choices=[("", _l("All kinds")), *Kind.choices])
    offers = forms.ChoiceField(
        label=_l("Role"),
        required=False,
        choices=[("", _l("All")), ("yes", _l("Offers access")), ("no", _l("Looks for help"))],
    )

    def __init__(self, *args: Any, regions: Iterable[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(region.pk), region.name) for region in regions]
        self.offer("region", _("All regions"), [("none", _("Outside the network")), *named])
        if len(named) < 2:
            del self.fields["region"]
