"""How the search for partners is steered, and what the company answers to a shortlist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.catalogue.rules import ACCESS_MODES, CERTIFICATES, LANGUAGES
from landbridge.enquiries.models import Candidate, Want
from landbridge.enquiries.rules import LONGEST_CANDIDATE_REMARK
from landbridge.foundation.ui.forms import Filters, Form

WEIGHTS = {0: _l("does not count"), 1: _l("helps"), 2: _l("matters"), 3: _l("is needed")}


class PartnerFilters(Filters):
    """Weights of the competences, and what an offer must have."""

    words = forms.CharField(
        label=_l("More words to search with"), required=False, max_length=200,
        help_text=_l("They stand in the address of this page: nothing confidential."),
    )  # fmt: skip
    access_mode = forms.ChoiceField(label=_l("Must offer"), required=False)
    language = forms.ChoiceField(label=_l("Must speak"), required=False)
    certificate = forms.ChoiceField(label=_l("Must hold"), required=False)
    inside = forms.BooleanField(label=_l("In the company's own region as well"), required=False)

    def __init__(self, *arguments: Any, wants: Iterable[Want], also_inside: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("access_mode", _("Any way of access"), [(str(k), _(v)) for k, v in ACCESS_MODES.items()])
        self.offer("language", _("Any language"), [(str(k), _(v)) for k, v in LANGUAGES.items()])
        self.offer("certificate", _("No certificate"), [(str(k), _(v)) for k, v in CERTIFICATES.items()])
        if not also_inside:
            del self.fields["inside"]
        self.wants = list(wants)
        for want in self.wants:
            self.fields[f"weight_{want.competence_id}"] = forms.TypedChoiceField(
                label=want.competence.name, required=False, coerce=int, empty_value=None,
                choices=list(WEIGHTS.items()), initial=want.weight,
            )  # fmt: skip
            self.initial.setdefault(f"weight_{want.competence_id}", want.weight)

    @property
    def weights(self) -> dict[str, int]:
        """The weight of each wanted competence, by its key."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        said = {want.competence.key: cleaned.get(f"weight_{want.competence_id}") for want in self.wants}
        return {want.competence.key: want.weight for want in self.wants} | {
            key: weight for key, weight in said.items() if weight is not None
        }


class ShortlistForm(Form):
    """For each offer: wanted or not, and a remark."""

    def __init__(self, *arguments: Any, candidates: Iterable[Candidate], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.candidates = list(candidates)
        for one in self.candidates:
            answered = "" if one.is_wanted is None else "yes" if one.is_wanted else "no"
            self.fields[f"wanted_{one.pk}"] = forms.ChoiceField(
                label=one.record.name, required=False, initial=answered, widget=forms.RadioSelect,
                choices=[("yes", _("We want to meet them")), ("no", _("Not this one"))],
            )  # fmt: skip
            self.fields[f"remark_{one.pk}"] = forms.CharField(
                label=_("Why, or what to ask them"), required=False, initial=one.answer_remark,
                max_length=LONGEST_CANDIDATE_REMARK,
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Candidate, Any, Any]]:
        """Each offer with its two fields."""
        return [(one, self[f"wanted_{one.pk}"], self[f"remark_{one.pk}"]) for one in self.candidates]

    @property
    def answers(self) -> dict[int, tuple[bool, str]]:
        """What was answered, by candidate; those left open are left out."""
        found = {}
        for one in self.candidates:
            said = self.cleaned_data.get(f"wanted_{one.pk}")
            if said:
                found[one.pk] = (said == "yes", self.cleaned_data[f"remark_{one.pk}"])
        return found
