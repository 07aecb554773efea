"""An indicator as the office writes it, its targets, and figures entered by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.ui.forms import DateField, Form
from landbridge.indicators import rules
from landbridge.indicators.models import Indicator
from landbridge.indicators.queries.sources import SOURCES
from landbridge.indicators.queries.sources.shape import Parameter
from landbridge.indicators.states import KIND_NAMES
from landbridge.programmes.models import Partner, Phase

LARGEST_VERSION = 2**31 - 1
LARGEST_TARGET = 2_000_000_000
PLAIN = ("code", "name", "unit", "definition", "kind", "source", "is_public", "is_active", "position")


def parameters() -> dict[str, Parameter]:
    """Every parameter that some source has, by its key."""
    return {one.key: one for source in SOURCES.values() for one in source.parameters}


class IndicatorForm(Form):
    """What is counted, and how. A source takes the parameters it knows and leaves the others alone."""

    version = forms.IntegerField(
        min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, required=False
    )
    code = forms.CharField(
        label=_l("Code"),
        help_text=_l("As in your programme: rco01. Small letters, figures, hyphens."),
        max_length=40,
    )
    name = forms.CharField(label=_l("Name"), max_length=150)
    unit = forms.CharField(label=_l("Unit"), help_text=_l("Enterprises, euro, days …"), max_length=40)
    kind = forms.ChoiceField(label=_l("Kind"))
    definition = forms.CharField(
        label=_l("Definition"),
        help_text=_l("What counts, from when on, and what one row is. Everybody reads it beside the figure."),
        max_length=rules.LONGEST_DEFINITION,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    source = forms.ChoiceField(label=_l("How it is counted"), required=False)
    decimals = forms.TypedChoiceField(
        label=_l("Decimals shown"), coerce=int, choices=[(0, "0"), (1, "1"), (2, "2")], initial=0
    )
    is_public = forms.BooleanField(label=_l("Everybody may read the figure"), required=False, initial=True)
    is_active = forms.BooleanField(label=_l("In use"), required=False, initial=True)
    position = forms.IntegerField(
        label=_l("Place in lists"), min_value=0, max_value=9999, initial=1000, required=False
    )

    def __init__(self, *args: Any, found: Indicator | None = None, **kwargs: Any) -> None:
        initial = {**self._initial_of(found), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.found = found
        every: Any = self.fields
        every["kind"].choices = [(kind.value, _(name)) for kind, name in KIND_NAMES.items()]
        every["source"].choices = [
            ("", _("Not at all: figures are entered by hand")),
            *((key, _(source.name)) for key, source in SOURCES.items()),
        ]
        for key, parameter in parameters().items():
            every[f"with_{key}"] = self._field_of(parameter)
        named = [self[f"with_{key}"] for key in parameters()]
        what = ("code", "name", "unit", "kind", "definition")
        self.sections = [
            (_("What is counted"), [self[name] for name in what]),
            (_("How it is counted"), [self["source"], *named]),
            (
                _("Where it is shown"),
                [self[name] for name in ("decimals", "is_public", "is_active", "position")],
            ),
        ]
        if found is not None:
            self.sections[0][1].append(self["version"])

    @staticmethod
    def _initial_of(found: Indicator | None) -> dict[str, Any]:
        if found is None:
            return {}
        given = {f"with_{key}": value for key, value in found.parameters.items()}
        return {**{name: getattr(found, name) for name in (*PLAIN, "decimals", "version")}, **given}

    @staticmethod
    def _field_of(parameter: Parameter) -> forms.Field:
        using = ", ".join(_(one.name) for one in SOURCES.values() if parameter in one.parameters)
        hint = _("Empty: all. For: %(sources)s") % {"sources": using}
        if parameter.choices is None:
            return forms.IntegerField(
                label=_(parameter.name), help_text=hint, min_value=parameter.low, max_value=parameter.high,
                required=False,
            )  # fmt: skip
        options = [("", _("All")), *((key, _(name)) for key, name in parameter.choices())]
        return forms.ChoiceField(label=_(parameter.name), help_text=hint, choices=options, required=False)

    @property
    def wording(self) -> rules.Wording:
        """What was typed, as the actions take it; parameters that the source does not know are left out."""
        given = self.cleaned_data
        source = SOURCES.get(given["source"])
        known = [one.key for one in source.parameters] if source else []
        chosen = {key: given[f"with_{key}"] for key in known if given[f"with_{key}"] not in (None, "")}
        kept = {name: getattr(self.found, name) for name in ("links", "texts")} if self.found else {}
        return rules.Wording(
            **{name: given[name] for name in PLAIN if name != "position"},
            **kept,
            parameters=chosen,
            decimals=given["decimals"],
            position=given["position"] or 0,
        )


class TargetForm(Form):
    """What a phase, or one partner in it, is to reach."""

    phase = forms.TypedChoiceField(label=_l("Phase"), coerce=int)
    partner = forms.TypedChoiceField(label=_l("Partner"), coerce=int, empty_value=None, required=False)
    baseline = forms.IntegerField(
        label=_l("Baseline"),
        help_text=_l("Where it began."),
        min_value=0,
        max_value=LARGEST_TARGET,
        initial=0,
    )
    value = forms.IntegerField(label=_l("Target"), min_value=1, max_value=LARGEST_TARGET)

    def __init__(
        self, *args: Any, phases: Sequence[Phase], partners: Sequence[Partner], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        every: Any = self.fields
        every["phase"].choices = [(one.pk, str(one)) for one in phases]
        every["partner"].choices = [
            ("", _("The phase as a whole")),
            *((one.pk, f"{one.programme.name}: {one.short_name}") for one in partners),
        ]
        self._phases = {one.pk: one.programme_id for one in phases}
        self._partners = {one.pk: one.programme_id for one in partners}

    def clean(self) -> dict[str, Any]:
        """A partner belongs to the phase's programme."""
        given: dict[str, Any] = super().clean() or {}
        phase, partner = given.get("phase"), given.get("partner")
        if phase and partner and self._phases[phase] != self._partners[partner]:
            self.add_error(
                "partner", _("This partner belongs to another programme. Choose one of the phase.")
            )
        return given


class EntryForm(TargetForm):
    """A figure entered by hand."""

    as_of = DateField(label=_l("As of"))
    value = forms.DecimalField(
        label=_l("Value"),
        min_value=-rules.LARGEST_VALUE,
        max_value=rules.LARGEST_VALUE,
        max_digits=16,
        decimal_places=2,
    )
    source_text = forms.CharField(
        label=_l("Source"), help_text=_l("Where it was published, or who counted it and how."), max_length=300
    )
    baseline = None  # type: ignore[assignment]
    field_order = ("as_of", "value", "source_text", "phase", "partner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: Any = self.fields
        every["phase"].required = False
        every["phase"].empty_value = None
        every["phase"].choices = [("", _("The whole network")), *every["phase"].choices]
