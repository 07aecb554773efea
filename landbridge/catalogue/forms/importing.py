"""What is typed for an import: a source, a file, why it is taken over, which organisation is meant, what is locked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.catalogue.models import Change, Record, Source
from landbridge.catalogue.queries import importing as queries
from landbridge.catalogue.reading.table import TITLES
from landbridge.catalogue.rules import importing as rules
from landbridge.catalogue.states import FORMAT_NAMES, Kind
from landbridge.foundation.files.forms import ReceivedFileField
from landbridge.foundation.files.kinds import IMPORTS
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.forms import Form
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region


class SourceForm(Form):
    """A source: its key and region are said once, the rest may change."""

    name = forms.CharField(
        label=_l("Name"), max_length=150, help_text=_l("As readers of its records see it.")
    )
    key = forms.SlugField(
        label=_l("Key"),
        max_length=60,
        help_text=_l("Small letters, figures, hyphens, such as ror-de; it stays."),
    )
    format = forms.ChoiceField(label=_l("How its files are written"))
    country = forms.ChoiceField(
        label=_l("Country"), required=False, help_text=_l("Where a row of the file names none.")
    )
    region = forms.ModelChoiceField(
        label=_l("Region"), queryset=Region.objects.none(), required=False, empty_label=_l("The whole network"),
        help_text=_l("A source of one region brings records of that region alone; this stays."),
    )  # fmt: skip
    organisation = forms.CharField(
        label=_l("Organisation"), max_length=200, required=False,
        help_text=_l("Its full name: whose facilities these are where a row names none."),
    )  # fmt: skip
    licence = forms.CharField(label=_l("Licence"), max_length=120, required=False)
    website = forms.URLField(label=_l("Website"), max_length=300, required=False, assume_scheme="https")
    columns = forms.CharField(
        label=_l("Titles of its columns"), max_length=5000, required=False, widget=forms.Textarea,
        help_text=_l("Only for tables with titles of their own. One a line: name = Gerätename"),
    )  # fmt: skip
    publishes = forms.BooleanField(label=_l("What comes in is published at once"), required=False)

    def __init__(self, data: Any, *, actor: Actor, source: Source | None = None) -> None:
        super().__init__(data, initial=_shown(source) if source else {"publishes": True})
        self.fields["format"].choices = [(one, _(name)) for one, name in FORMAT_NAMES.items()]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", _("None")), *countries]  # type: ignore[attr-defined]
        if source:
            del self.fields["key"]
        if source or actor.role is Role.BROKER:
            del self.fields["region"]
        else:
            self.fields["region"].queryset = Region.objects.active().order_by("name")  # type: ignore[attr-defined]

    def clean_organisation(self) -> int | None:
        """The one organisation in use with this name."""
        name = self.cleaned_data["organisation"].strip()
        found = list(Organisation.objects.filter(name__iexact=name, is_closed=False)[:2]) if name else []
        if name and len(found) != 1:
            raise forms.ValidationError(
                _("Several organisations have this name; leave it out and name them in the file.")
                if found
                else _("No organisation has this name. Register it first, or leave it out.")
            )
        return found[0].pk if found else None

    def clean_columns(self) -> dict[str, str]:
        """Our field, an equals sign, their title; one on a line."""
        columns = {}
        for line in self.cleaned_data["columns"].splitlines():
            name, _equals, title = (part.strip() for part in line.partition("="))
            if line.strip() and (name not in TITLES or not title):
                known = ", ".join(TITLES)
                raise forms.ValidationError(
                    _("“%(line)s” names no field of ours with a title. Our fields: %(known)s."),
                    params={"line": line[:80], "known": known},
                )
            if name:
                columns[name] = title
        return columns

    def details(self) -> dict[str, Any]:
        """What the actions take, without the key and the region."""
        said = dict(self.cleaned_data)
        for name in ("key", "region"):
            said.pop(name, None)
        said["organisation_id"] = said.pop("organisation")
        return said


def _shown(source: Source) -> dict[str, Any]:
    names = ("name", "format", "country", "licence", "website", "publishes")
    return {name: getattr(source, name) for name in names} | {
        "organisation": source.organisation.name if source.organisation else "",
        "columns": "\n".join(f"{name} = {title}" for name, title in source.columns.items()),
    }


class ImportForm(Form):
    """One file of one source."""

    source = forms.ModelChoiceField(
        label=_l("Source"), queryset=Source.objects.none(), empty_label=_l("Choose one")
    )
    file = ReceivedFileField(
        label=_l("File"), kinds=IMPORTS,
        help_text=_l("The whole list, not a part of it: what is missing counts as gone. Nothing changes before you decide."),
    )  # fmt: skip

    def __init__(self, data: Any, files: Any, *, actor: Actor, source: str = "") -> None:
        super().__init__(data, files, initial={"source": source})
        self.fields["source"].queryset = Source.objects.visible_to(actor).order_by("name", "pk")  # type: ignore[attr-defined]


class TakingOverForm(Form):
    """Why a file is right although it raised the alarm."""

    reason = forms.CharField(
        label=_l("Why is this file right?"), max_length=rules.LONGEST_REASON, widget=forms.Textarea, required=False,
        help_text=_l("It stays on record."),
    )  # fmt: skip


class DoubtForm(Form):
    """Which organisation a doubtful row means."""

    choice = forms.ChoiceField(label=_l("It is"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, change: Change) -> None:
        super().__init__(data)
        known = [
            (str(one.pk), ", ".join(filter(None, (one.name, one.town, one.country))) + f" ({share} %)")
            for one, share in queries.candidates_of(change)
        ]
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *known,
            ("new", _("None of these: a new organisation")),
            ("leave", _("I do not know: leave it out")),
        ]


class LockForm(Form):
    """Which fields of a record no import may change."""

    locked = forms.MultipleChoiceField(
        label=_l("Fields that no import may change"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_l("People can change them all the same."),
    )  # fmt: skip

    def __init__(self, data: Any, *, record: Record) -> None:
        super().__init__(data, initial={"locked": record.locked_fields})
        names = [name for name in rules.WRITTEN if ONLY_OF.get(name, record.kind) == record.kind]
        self.fields["locked"].choices = [(name, _(rules.FIELD_NAMES[name])) for name in names]  # type: ignore[attr-defined]


ONLY_OF = {"access_modes": Kind.SERVICE, "maker": Kind.EQUIPMENT, "model_name": Kind.EQUIPMENT}
