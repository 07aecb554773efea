"""What the office types about programmes, turned into facts. Nothing here saves."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar
from zoneinfo import available_timezones

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.foundation.money import euro
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import DateField, Filters, Form, IbanField, MoneyFormField
from landbridge.programmes.models import Basis, LegalBasis, Partner, Phase, Region
from landbridge.programmes.rules.facts import (
    FigureFacts,
    IncentiveFacts,
    PartnerFacts,
    PhaseFacts,
    ProgrammeFacts,
    RegionFacts,
    TargetFacts,
    fingerprint,
)
from landbridge.programmes.rules.incentives import LARGEST_CAP, LONGEST_EXTENSION, LONGEST_VALIDITY
from landbridge.programmes.rules.plain import EARLIEST, LATEST
from landbridge.programmes.rules.programmes import ACCENTS
from landbridge.programmes.rules.regions import LANGUAGES

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Facts = TypeVar("Facts", bound=DataclassInstance)
else:
    Facts = TypeVar("Facts")

ACCENT_NAMES = dict(
    zip(ACCENTS, (_l("Sea"), _l("Moss"), _l("Plum"), _l("Clay"), _l("Night"), _l("Amber")), strict=True)
)
ZONES = sorted(zone for zone in available_timezones() if zone.startswith(("Europe/", "Atlantic/")))

SHORT = frozenset({"postcode", "building_number", "subdivision"})


class FactsForm(Form, Generic[Facts]):
    """A form whose fields are named as the facts they bring; a short name left empty is made from the name."""

    facts_of: ClassVar[type[Any]]
    groups: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    current = ""  # the fingerprint of the facts as they stand
    mark = ""  # the one of the facts that the editor saw

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, (forms.IntegerField, forms.DecimalField)) or name in SHORT:
                vars(field)["width"] = "short"  # read by {% field %}

    @classmethod
    def about(cls, facts: Facts, data: Any = None, **more: Any) -> Self:
        """The form filled with the facts as they stand."""
        form = cls(data, initial=cls.typed(facts), **more)
        form.current = fingerprint(facts)
        form.mark = str((data or {}).get("seen", ""))[:32] or form.current
        return form

    def refuse(self, refusal: Refused) -> None:
        """A stale form may be sent once more: then its editor has been told."""
        if any(problem.code == "changed_meanwhile" for problem in refusal.problems):
            self.mark = self.current
        super().refuse(refusal)

    @classmethod
    def typed(cls, facts: Facts) -> dict[str, Any]:
        """The facts as somebody would type them."""
        return asdict(facts)

    def facts(self) -> Facts:
        """What was typed, once the form is valid."""
        facts: Facts = self.facts_of(**self.cleaned_data)
        return facts

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under their headings, for the page."""
        return [(heading, [self[name] for name in names]) for heading, names in self.groups]

    def _short_name(self, field: str) -> str:
        typed = str(self.cleaned_data.get(field) or "")
        return typed or slugify(self.data.get("name", ""))[:40].strip("-")


def _short_name_field() -> forms.SlugField:
    help_text = _l("Stands in addresses and files. Leave it empty to have it made from the name.")
    return forms.SlugField(label=_l("Short name"), required=False, max_length=40, help_text=help_text)


class ProgrammeForm(FactsForm[ProgrammeFacts]):
    facts_of = ProgrammeFacts
    groups = (
        (_l("The programme"), ("name", "key", "funder", "aim")),
        (_l("How it shows itself"), ("accent", "contact_email", "is_demonstration")),
    )

    name = forms.CharField(label=_l("Name"), max_length=120)
    key = _short_name_field()
    funder = forms.CharField(
        label=_l("Funder"),
        max_length=200,
        required=False,
        help_text=_l("As it must be named in public, such as Interreg North-West Europe."),
    )
    aim = forms.CharField(
        label=_l("Aim"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_l("What a company gets from it, in two or three sentences."),
    )
    accent = forms.ChoiceField(
        label=_l("Colour"), choices=list(ACCENT_NAMES.items()), widget=forms.RadioSelect, initial="sea"
    )
    contact_email = forms.EmailField(label=_l("E-mail of the office"), max_length=254, required=False)
    is_demonstration = forms.BooleanField(
        label=_l("This is demonstration data"),
        required=False,
        help_text=_l("Its pages say so, and nothing of it counts as real."),
    )

    def clean_key(self) -> str:
        return self._short_name("key")


class PhaseForm(FactsForm[PhaseFacts]):
    facts_of = PhaseFacts
    groups = ((_l("The phase"), ("name", "starts_on", "ends_on")),)

    name = forms.CharField(label=_l("Name"), max_length=120, help_text=_l("Such as Phase 2."))
    starts_on = DateField(label=_l("First day"), earliest=EARLIEST, latest=LATEST)
    ends_on = DateField(label=_l("Last day"), earliest=EARLIEST, latest=LATEST)


class RegionForm(FactsForm[RegionFacts]):
    facts_of = RegionFacts
    groups = (
        (_l("The region"), ("name", "key", "country", "postcode_prefixes")),
        (_l("Its desk"), ("languages", "desk_email", "is_active")),
        (_l("Its calendar"), ("time_zone", "subdivision")),
        (_l("Its place on the map"), ("latitude", "longitude")),
    )

    name = forms.CharField(label=_l("Name"), max_length=120)
    key = _short_name_field()
    country = forms.ChoiceField(label=_l("Country"), choices=[])
    postcode_prefixes = forms.CharField(
        label=_l("Beginnings of its postcodes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_l(
            "Separated by spaces, such as 70 71 7207; in the United Kingdom areas or outward codes, such as "
            "ME TN23. A company's region is found by them. Leave empty to take the whole country."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_l("Languages in which it answers"), choices=[], widget=forms.CheckboxSelectMultiple
    )
    desk_email = forms.EmailField(label=_l("E-mail of the desk"), max_length=254, required=False)
    is_active = forms.BooleanField(label=_l("It takes part in the network now"), required=False, initial=True)
    time_zone = forms.ChoiceField(
        label=_l("Time zone"), choices=[(zone, zone) for zone in ZONES], initial="Europe/Brussels"
    )
    subdivision = forms.CharField(
        label=_l("Code of its holidays"),
        max_length=10,
        required=False,
        help_text=_l(
            "Where a part of the country has holidays of its own: its code in ISO 3166-2, such as BW, CT or ENG."
        ),
    )
    latitude = forms.DecimalField(
        label=_l("Latitude"), max_digits=7, decimal_places=4, min_value=-90, max_value=90,
        help_text=_l("Of the desk's town, in degrees, such as 48.7758."),
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=_l("Longitude"), max_digits=7, decimal_places=4, min_value=-180, max_value=180,
        help_text=_l("East is positive, west negative, such as 9.1829."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, choices in (("country", list(countries)), ("languages", _languages())):
            offered = self.fields[field]
            if isinstance(offered, forms.ChoiceField):
                offered.choices = choices

    @classmethod
    def typed(cls, facts: RegionFacts) -> dict[str, Any]:
        return asdict(facts) | {"postcode_prefixes": " ".join(facts.postcode_prefixes)}

    def clean_key(self) -> str:
        return self._short_name("key")

    def clean_postcode_prefixes(self) -> tuple[str, ...]:
        typed = self.cleaned_data["postcode_prefixes"].upper().replace(",", " ").replace(";", " ")
        return tuple(dict.fromkeys(typed.split()))

    def clean_languages(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["languages"])

    def clean_subdivision(self) -> str:
        return str(self.cleaned_data["subdivision"]).upper()

    def clean_latitude(self) -> float:
        return float(self.cleaned_data["latitude"])

    def clean_longitude(self) -> float:
        return float(self.cleaned_data["longitude"])


def _languages() -> list[tuple[str, str]]:
    return sorted(((code, _(name)) for code, name in LANGUAGES.items()), key=lambda pair: pair[1])


class ClosedDayForm(Form):
    day = DateField(label=_l("Day"), earliest=EARLIEST, latest=LATEST)
    reason = forms.CharField(label=_l("Reason"), max_length=120, help_text=_l("Such as: between the years."))


class PartnerForm(FactsForm[PartnerFacts]):
    facts_of = PartnerFacts
    groups = (
        (_l("The partner"), ("name", "short_name", "country", "region_id", "is_lead")),
        (_l("Its address, as it stands in payment files"), ("street", "building_number", "postcode", "town")),
        (_l("The account it pays from"), ("iban", "bic")),
    )

    name = forms.CharField(label=_l("Name"), max_length=150, help_text=_l("In full, as in its contract."))
    short_name = forms.CharField(label=_l("Name for daily use"), max_length=40)
    country = forms.ChoiceField(label=_l("Country"), choices=[])
    region_id = forms.ModelChoiceField(
        label=_l("Region"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=_l("None: it serves no region"),
        help_text=_l("Companies of this region are its to fund."),
    )
    is_lead = forms.BooleanField(label=_l("It leads the programme"), required=False)
    street = forms.CharField(label=_l("Street"), max_length=70, required=False)
    building_number = forms.CharField(label=_l("Number"), max_length=16, required=False)
    postcode = forms.CharField(label=_l("Postcode"), max_length=16, required=False)
    town = forms.CharField(label=_l("Town"), max_length=35, required=False)
    iban = IbanField(label=_l("IBAN"), required=False)
    bic = forms.CharField(
        label=_l("BIC"), max_length=11, required=False, help_text=_l("Needed only by some banks.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country, region = self.fields["country"], self.fields["region_id"]
        if isinstance(country, forms.ChoiceField) and isinstance(region, forms.ModelChoiceField):
            country.choices = list(countries)
            region.queryset = Region.objects.order_by("name")

    def clean_region_id(self) -> int | None:
        region = self.cleaned_data["region_id"]
        return region.pk if region else None

    def clean_bic(self) -> str:
        return str(self.cleaned_data["bic"]).replace(" ", "").upper()


class IncentiveForm(FactsForm[IncentiveFacts]):
    facts_of = IncentiveFacts
    groups = (
        (_l("The incentive"), ("name", "key", "purpose")),
        (_l("The money"), ("cap_eur", "basis", "legal_basis", "on_offer")),
        (_l("The voucher"), ("validity_months", "extension_months", "evidence")),
    )

    name = forms.CharField(label=_l("Name"), max_length=80)
    key = _short_name_field()
    purpose = forms.CharField(
        label=_l("Purpose"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("What a company may use it for."),
    )
    cap_eur = MoneyFormField(label=_l("Cap"), least=euro("0.01"), most=LARGEST_CAP)
    basis = forms.ChoiceField(
        label=_l("How the amount comes about"),
        choices=Basis.choices,
        widget=forms.RadioSelect,
        initial=Basis.REAL_COST,
    )
    legal_basis = forms.ChoiceField(
        label=_l("Rule under which it is given"), choices=LegalBasis.choices, initial=LegalBasis.DE_MINIMIS
    )
    on_offer = forms.IntegerField(
        label=_l("Vouchers on offer"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_l("The number announced in public, where there is one."),
    )
    validity_months = forms.IntegerField(
        label=_l("Valid for months"), min_value=1, max_value=LONGEST_VALIDITY, initial=12
    )
    extension_months = forms.IntegerField(
        label=_l("May be extended by months"), min_value=0, max_value=LONGEST_EXTENSION, initial=6
    )
    evidence = forms.CharField(
        label=_l("Evidence that a claim must show"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_l("One sentence in each line."),
    )

    @classmethod
    def typed(cls, facts: IncentiveFacts) -> dict[str, Any]:
        return asdict(facts) | {"cap_eur": facts.cap_eur, "evidence": "\n".join(facts.evidence)}

    def clean_key(self) -> str:
        return self._short_name("key")

    def clean_evidence(self) -> tuple[str, ...]:
        lines = self.cleaned_data["evidence"].split("\n")
        return tuple(line.strip() for line in lines if line.strip())


class TargetForm(Form):
    name = forms.CharField(
        label=_l("What is counted"), max_length=150, help_text=_l("Such as companies supported.")
    )
    code = _short_name_field()
    value = forms.IntegerField(label=_l("Target"), min_value=0, max_value=2_000_000_000)
    unit = forms.CharField(label=_l("Unit"), max_length=40, help_text=_l("Such as companies, jobs, hours."))
    partner = forms.ModelChoiceField(
        label=_l("For"), queryset=Partner.objects.none(), required=False, empty_label=_l("The whole phase")
    )

    def __init__(self, *args: Any, phase: Phase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner = self.fields["partner"]
        if isinstance(partner, forms.ModelChoiceField):
            partner.queryset = Partner.objects.filter(programme_id=phase.programme_id).order_by("short_name")

    def facts(self) -> TargetFacts:
        """What was typed, once the form is valid."""
        given = self.cleaned_data
        code = given["code"] or slugify(given["name"])[:40].strip("-")
        return TargetFacts(code=code, name=given["name"], unit=given["unit"], value=given["value"])


class PhaseField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A phase by its own name; the programme's stands above the form."""

    def label_from_instance(self, obj: Phase) -> str:
        return obj.name


class FigureForm(Form):
    name = forms.CharField(label=_l("What was counted"), max_length=150)
    code = _short_name_field()
    value = forms.CharField(
        label=_l("The figure, as it was published"),
        max_length=60,
        help_text=_l("In its own words, such as: more than 400."),
    )
    as_of = DateField(label=_l("As of"), required=False, earliest=EARLIEST, latest=LATEST)
    source = forms.CharField(
        label=_l("Where it was published"), max_length=200, help_text=_l("Title and date, or a web address.")
    )
    phase = PhaseField(
        label=_l("For"), queryset=Phase.objects.none(), required=False, empty_label=_l("The whole programme")
    )

    def __init__(self, *args: Any, programme_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phase = self.fields["phase"]
        if isinstance(phase, forms.ModelChoiceField):
            phase.queryset = Phase.objects.filter(programme_id=programme_id).order_by("number")

    def facts(self) -> FigureFacts:
        """What was typed, once the form is valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "phase"}
        given["code"] = given["code"] or slugify(given["name"])[:60].strip("-")
        return FigureFacts(**given)


class ProgrammeFilters(Filters):
    """Finding a programme in the list by a word of its name."""

    q = forms.CharField(label=_l("Name or funder"), max_length=80, required=False)
