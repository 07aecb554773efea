"""The company's forms: the pitch and its deck."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.foundation.files.forms import ReceivedFileField
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.ui.forms import Form, MoneyFormField
from landbridge.pitches import rules
from landbridge.pitches.models import Pitch
from landbridge.pitches.rules import Written
from landbridge.pitches.states import MARKET_NAMES, STAGE_NAMES

LARGEST_VERSION = 2**31 - 1
MOST_COUNTRIES = 12


def _area(label: Any, hint: Any, *, length: int = rules.LONGEST_TEXT, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=False,
    )


class PitchForm(Form):
    """What a company says in its minutes. A draft may have gaps; the page of the pitch names them."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_l("Title"), help_text=_l("In a few words: what you bring."), max_length=120, required=False
    )
    one_line = forms.CharField(
        label=_l("In one sentence"),
        help_text=_l("What you do, for whom. Investors read this line first."),
        max_length=200,
        required=False,
    )
    problem = _area(_l("The problem"), _l("Who has it, and what it costs them today."))
    solution = _area(_l("Your solution"), _l("What you do about it, and how far it is."))
    advantage = _area(_l("What others cannot do"), _l("Patents, data, partners, a head start."))
    team = _area(_l("The team"), _l("Who does it, and why they can."))
    markets = forms.MultipleChoiceField(
        label=_l("Markets"), widget=forms.CheckboxSelectMultiple, required=False
    )
    stage = forms.ChoiceField(label=_l("Round"), required=False)
    countries = forms.MultipleChoiceField(
        label=_l("Where you sell, or want to"),
        help_text=_l("Hold Ctrl, or Command, to choose several; twelve at most."),
        required=False,
    )
    asks_eur = MoneyFormField(
        label=_l("Money you look for"), help_text=_l("In this round, in euro."), required=False
    )
    raised_eur = MoneyFormField(label=_l("Money raised so far"), required=False)
    use_of_money = _area(_l("What you need it for"), _l("Three lines do."), length=1000, rows=3)
    presenter_name = forms.CharField(label=_l("Who pitches"), max_length=120, required=False)
    presenter_email = forms.EmailField(
        label=_l("Their e-mail"),
        help_text=_l("The time on stage is sent there. Investors do not read it."),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, found: Pitch, **kwargs: Any) -> None:
        fields = (*Written.__dataclass_fields__, "version")
        super().__init__(*args, initial={name: getattr(found, name) for name in fields}, **kwargs)
        markets: Any = self.fields["markets"]
        markets.choices = [(one.value, _(name)) for one, name in MARKET_NAMES.items()]
        stage: Any = self.fields["stage"]
        stage.choices = [
            ("", _("Not said yet")),
            *((one.value, _(name)) for one, name in STAGE_NAMES.items()),
        ]
        chosen: Any = self.fields["countries"]
        chosen.choices = [(code, name) for code, name in countries]
        chosen.widget.attrs["size"] = 6

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """The fields under headings."""
        groups = {
            _("What it is"): ["version", "title", "one_line", "problem", "solution", "advantage", "team"],
            _("For whom"): ["markets", "countries"],
            _("The round"): ["stage", "asks_eur", "raised_eur", "use_of_money"],
            _("On stage"): ["presenter_name", "presenter_email"],
        }
        return [(heading, [self[name] for name in names]) for heading, names in groups.items()]

    def clean_countries(self) -> list[str]:
        given: list[str] = self.cleaned_data["countries"]
        if len(given) > MOST_COUNTRIES:
            raise forms.ValidationError(_("Choose twelve countries at most."))
        return given

    @property
    def written(self) -> Written:
        """What was typed, as the rules read it."""
        given = {name: self.cleaned_data[name] for name in Written.__dataclass_fields__}
        return Written(
            **{**given, "markets": tuple(given["markets"]), "countries": tuple(given["countries"])}
        )

    def build_on(self, version: int) -> None:
        """After a clash was shown, the next save counts."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or the dict of a test
        data["version"] = str(version)
        self.data = data


class DeckForm(Form):
    """The slides, as one PDF."""

    deck = ReceivedFileField(
        label=_l("Your slides"),
        help_text=_l(
            "One PDF of 10 MB at most, without scripts or other files in it. A PDF also holds who wrote it, when and with "
            "which program: look at its properties first if that is nobody's business."
        ),
        kinds=frozenset({Kind.PDF}),
    )
