"""The form of a question: calm sections, competences picked from the vocabulary, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.catalogue.rules.offers import LANGUAGES
from landbridge.enquiries.models import Enquiry, Want
from landbridge.enquiries.rules import LONGEST_TEXT, LONGEST_TITLE, READINESS, WAYS, WEIGHTS, Asked, Term
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import DateField, Form, MoneyFormField
from landbridge.organisations.models import Organisation

WANT = "want-"
OPTIONAL = (
    "readiness_now",
    "readiness_wanted",
    "sample",
    "regulation",
    "access_modes",
    "languages",
    "budget_eur",
)
MOST_SHOWN = 40
LONGEST_VERSION = 10  # digits


class AskForm(Form):
    """What a company needs. `terms` are the competences that are offered for it, each with a weight or none."""

    title = forms.CharField(
        label=_l("What do you need, in a few words?"),
        help_text=_l("Such as: why does our enzyme stop after an hour?"),
        max_length=LONGEST_TITLE,
    )
    confidential_text = forms.CharField(
        label=_l("Tell us more"),
        help_text=_l("What you make, what you want to know, what you have tried. Plain words will do."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    find = forms.CharField(
        label=_l("Look for a competence"),
        help_text=_l("Such as: sequencing. Press the button; nothing is sent yet."),
        max_length=100,
        required=False,
    )
    readiness_now = forms.ChoiceField(label=_l("How far are you now?"), required=False)
    readiness_wanted = forms.ChoiceField(label=_l("How far do you want to come?"), required=False)
    sample = forms.CharField(
        label=_l("Kind of sample or material"),
        help_text=_l("Such as: blood plasma, a polymer, a data set."),
        max_length=200,
        required=False,
    )
    regulation = forms.CharField(
        label=_l("Rules that it falls under"),
        help_text=_l("Such as: GLP, medical device, genetically modified organisms."),
        max_length=200,
        required=False,
    )
    access_modes = forms.MultipleChoiceField(
        label=_l("How could it be done?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_l("Languages you can work in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    budget_eur = MoneyFormField(label=_l("Budget"), help_text=_l("Roughly; it binds nobody."), required=False)
    needed_by = DateField(label=_l("Needed by"), required=False)
    also_inside = forms.BooleanField(
        label=_l("Offers in our own region are welcome as well"),
        help_text=_l("Without the tick the desk looks in the other regions."),
        required=False,
    )

    def __init__(
        self,
        *arguments: Any,
        terms: Iterable[Term] = (),
        companies: Sequence[Organisation] | None = None,
        version: int = 0,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.version = version
        seen = str(self.data.get("seen", ""))
        self.seen = (
            int(seen) if seen.isascii() and seen.isdigit() and len(seen) < LONGEST_VERSION else version
        )
        fields: dict[str, Any] = self.fields
        levels = [("", _("Not said")), *((str(level), _(name)) for level, name in READINESS.items())]
        fields["readiness_now"].choices = fields["readiness_wanted"].choices = levels
        fields["access_modes"].choices = [(str(way), _(name)) for way, name in WAYS.items()]
        fields["languages"].choices = [(code, _(name)) for code, name in LANGUAGES.items()]
        weights = [("", _("not needed")), *((str(weight), _(name)) for weight, name in WEIGHTS.items())]
        for term in terms:
            fields[f"{WANT}{term.pk}"] = forms.ChoiceField(label=term.name, choices=weights, required=False)
        if companies is not None:
            self._ask_for_whom(companies)

    def refuse(self, refusal: Refused) -> None:
        """A form that somebody else overtook says so, and may be sent once more."""
        super().refuse(refusal)
        if any(problem.code == "stale" for problem in refusal.problems):
            self.seen = self.version

    def _ask_for_whom(self, companies: Sequence[Organisation]) -> None:
        """A broker says for which company, and who asks there."""
        chosen = [
            ("", _("Choose a company")),
            *((str(one.pk), f"{one.name}, {one.town}") for one in companies),
        ]
        self.fields["company"] = forms.ChoiceField(label=_("Company"), choices=chosen)
        self.fields["person_name"] = forms.CharField(label=_("Who asks there"), max_length=150)
        self.fields["person_email"] = forms.EmailField(
            label=_("Their e-mail address"),
            help_text=_("They need no account: letters reach them here, and they may answer by e-mail."),
            max_length=254,
        )

    @property
    def wants(self) -> list[BoundField]:
        """The fields of the competences."""
        return [self[name] for name in self.fields if name.startswith(WANT)]

    @property
    def is_filled(self) -> bool:
        """Whether the optional sections stand open: something was sent, or is there already."""
        return self.is_bound or any(self.initial.get(name) for name in OPTIONAL)

    @property
    def asks_for_others(self) -> bool:
        return "company" in self.fields

    @property
    def asked(self) -> Asked:
        """The question in clean values."""
        data = self.cleaned_data
        wants = [
            (int(name.removeprefix(WANT)), int(value))
            for name, value in data.items()
            if name.startswith(WANT) and value
        ]
        return Asked(
            title=data["title"],
            confidential_text=data["confidential_text"],
            readiness_now=int(data["readiness_now"]) if data["readiness_now"] else None,
            readiness_wanted=int(data["readiness_wanted"]) if data["readiness_wanted"] else None,
            sample=data["sample"],
            regulation=data["regulation"],
            budget_eur=data["budget_eur"] or None,
            needed_by=data["needed_by"],
            languages=tuple(data["languages"]),
            access_modes=tuple(data["access_modes"]),
            also_inside=data["also_inside"],
            wants=tuple(wants),
        )


def wanted_ids(data: Any) -> list[int]:
    """The competences that a posted form showed, bounded; whatever else stands there is left out."""
    names = [name.removeprefix(WANT) for name in data if name.startswith(WANT)]
    return [int(name) for name in names if name.isascii() and name.isdigit() and len(name) < 19][:MOST_SHOWN]


def as_asked(enquiry: Enquiry, wants: Sequence[Want]) -> dict[str, Any]:
    """An enquiry as the form's first values."""
    same = ("title", "confidential_text", "sample", "regulation", "budget_eur", "needed_by", "languages",
            "access_modes", "also_inside", "readiness_now", "readiness_wanted")  # fmt: skip
    values = {name: getattr(enquiry, name) for name in same}
    return values | {f"{WANT}{want.competence_id}": want.weight for want in wants}
