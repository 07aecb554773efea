"""What people send about access, read into clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.access.models import Request
from landbridge.access.rules import LONGEST_DEVIATIONS, LONGEST_REASON, LONGEST_TITLE, Asked
from landbridge.access.states import FEASIBILITY_NAMES, NAME_OF
from landbridge.catalogue.rules.offers import ACCESS_MODES, AccessMode
from landbridge.foundation.files.forms import ReceivedFileField
from landbridge.foundation.money import Money
from landbridge.foundation.ui.forms import DateField, Filters, Form, MomentField, MoneyFormField

LARGEST_VERSION = 2**31 - 1
RATINGS = (
    ("5", _l("5 – excellent")),
    ("4", _l("4 – good")),
    ("3", _l("3 – as expected")),
    ("2", _l("2 – less than expected")),
    ("1", _l("1 – poor")),
)


class TextForm(Form):
    """What the company asks for. A draft may have gaps; handing in names them."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_l("Title"),
        help_text=_l("In one line: what it is about."),
        max_length=LONGEST_TITLE,
        required=False,
    )
    purpose = forms.CharField(
        label=_l("What do you want to do, and what for?"),
        help_text=_l(
            "The facility decides by this text whether it can help. Your desk and the facility read it."
        ),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        required=False,
    )
    samples = forms.CharField(
        label=_l("Samples or material"),
        help_text=_l("Kind, number, and what has to be observed with them."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    access_mode = forms.ChoiceField(label=_l("How do you want to use it?"), required=False)
    units = forms.IntegerField(label=_l("How much"), min_value=1, max_value=100_000, required=False)
    wanted_from = DateField(label=_l("Not before"), required=False)
    wanted_until = DateField(label=_l("Needed by"), required=False)
    confidential = forms.BooleanField(
        label=_l("We need an agreement on confidentiality before we say more"), required=False
    )

    def __init__(
        self, *args: Any, found: Request, modes: tuple[str, ...], unit: str = "", **kwargs: Any
    ) -> None:
        fields = (*Asked.__dataclass_fields__, "version")
        super().__init__(*args, initial={name: getattr(found, name) for name in fields}, **kwargs)
        offered = [mode for mode in AccessMode if not modes or mode in modes]
        choices = [(mode.value, _(ACCESS_MODES[mode])) for mode in offered]
        field: Any = self.fields["access_mode"]
        field.choices = [("", _("Not decided yet")), *choices]
        if unit:
            self.fields["units"].help_text = _("The facility counts in: %(unit)s") % {"unit": unit}

    @property
    def asked(self) -> Asked:
        """What was typed, as the rules read it."""
        values = {name: self.cleaned_data[name] for name in Asked.__dataclass_fields__}
        return Asked(**values)

    def build_on(self, version: int) -> None:
        """After a clash was shown, the next save counts."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or the dict of a test
        data["version"] = str(version)
        self.data = data


class FeasibilityForm(Form):
    """What the facility's technical check found."""

    feasibility = forms.ChoiceField(label=_l("Can you do it?"), widget=forms.RadioSelect)
    changes = forms.CharField(
        label=_l("Which changes do you need?"),
        help_text=_l("Only when it is feasible with changes; the company reads it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    reason = forms.CharField(
        label=_l("Why can it not be done?"),
        help_text=_l("Only when it is not feasible; the company reads it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["feasibility"]
        field.choices = [(value.value, _(name)) for value, name in FEASIBILITY_NAMES.items()]


class QuoteForm(Form):
    """What it costs, what is done for it, and until when that holds."""

    amount_eur = MoneyFormField(label=_l("Price"), help_text=_l("Without value added tax."), least=Money(0))
    text = forms.CharField(
        label=_l("What you do for it"),
        help_text=_l("What is included, what the company brings, and how long it takes."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    holds_until = DateField(label=_l("Holds until"))


class AgreementForm(Form):
    """The days, and the contract that both signed."""

    starts_on = DateField(label=_l("First day"))
    ends_on = DateField(label=_l("Last day"))
    contract = ReceivedFileField(label=_l("The signed contract"))


class SlotForm(Form):
    """From when until when a facility can be used."""

    starts_at = MomentField(label=_l("From"))
    ends_at = MomentField(label=_l("Until"))


class FeedbackForm(Form):
    """What one side thinks of the work."""

    rating = forms.ChoiceField(label=_l("How was it?"), choices=RATINGS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_l("In a few words"),
        help_text=_l("The other side reads it once both have spoken, or when the request is closed."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class LongTextForm(Form):
    """One text of some length: a complaint, or its answer."""

    def __init__(self, *args: Any, name: str, label: str, read_by: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[name] = field = forms.CharField(
            label=label, help_text=read_by, max_length=3000, widget=forms.Textarea
        )
        field.error_messages["required"] = _("Fill this in.")


class RulesForm(Form):
    """A version of the common rules, before it is published."""

    version = forms.CharField(label=_l("Version"), help_text=_l("Such as 2.0."), max_length=20)
    title = forms.CharField(label=_l("Title"), max_length=150)
    valid_from = DateField(label=_l("Holds from"))
    text = forms.CharField(
        label=_l("Text"),
        help_text=_l("An empty line begins a paragraph; a line that begins with “## ” is a heading."),
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 24}),
    )


class SignatureForm(Form):
    """A facility signs, and says where it deviates."""

    deviations = forms.CharField(
        label=_l("Where you deviate"),
        help_text=_l("Everyone can read it. Leave it empty if you keep to all of the rules."),
        max_length=LONGEST_DEVIATIONS,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    agreed = forms.BooleanField(label=_l("My organisation acts by these rules, and I may say so for it."))


class RequestFilters(Filters):
    """Which requests the list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    turn = forms.ChoiceField(label=_l("Whose turn"), required=False)
    text = forms.CharField(label=_l("Number, title or organisation"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in NAME_OF.items()])
        turns = [
            ("company", _("The company's")),
            ("desk", _("The desk's")),
            ("facility", _("The facility's")),
        ]
        self.offer("turn", _("Everybody's"), turns)
