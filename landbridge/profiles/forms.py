"""What people send about partner profiles, read into clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.catalogue.models import Competence
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import country
from landbridge.foundation.ui.forms import Filters, Form
from landbridge.organisations.models import Organisation
from landbridge.profiles import queries, rules
from landbridge.profiles.actions import Details
from landbridge.profiles.states import INTEREST_NAMES, KIND_NAMES, NAME_OF

LANGUAGES = (
    ("en", _l("English")), ("de", _l("German")), ("fr", _l("French")), ("nl", _l("Dutch")), ("da", _l("Danish")),
    ("es", _l("Spanish")), ("ca", _l("Catalan")), ("it", _l("Italian")),
)  # fmt: skip


COMPETENCES = ("competence_1", "competence_2", "competence_3")


def _text(label: Any, name: str, *, help_text: Any = "", rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=rules.LONGEST[name],
        required=name in rules.NEEDED,
        widget=widget,
    )


class ProfileForm(Form):
    """The texts of a profile; whose it is, is chosen once, for a new one."""

    title = _text(_l("Title"), "title", help_text=_l("What is offered or sought, in one line."))
    summary = _text(_l("Summary"), "summary", help_text=_l("Two or three sentences for the list."), rows=3)
    description = _text(
        _l("Description"), "description", rows=8,
        help_text=_l("No name, brand, link, patent number or place by which the organisation could be found."),
    )  # fmt: skip
    advantages = _text(_l("What is new or better"), "advantages", rows=4)
    wanted_partner = _text(_l("Partner sought"), "wanted_partner", rows=4)
    stage = _text(_l("Stage of development"), "stage")
    rights = _text(
        _l("State of intellectual property"),
        "rights",
        help_text=_l("Such as: patent applied for. Without numbers."),
    )
    languages = forms.MultipleChoiceField(
        label=_l("Languages"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    competence_1 = forms.ChoiceField(label=_l("Competence"), required=False)
    competence_2 = forms.ChoiceField(label=_l("Second competence"), required=False)
    competence_3 = forms.ChoiceField(label=_l("Third competence"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        terms = Competence.objects.accepted().order_by("name").values_list("pk", "name")
        choices = [("", _("None")), *((str(pk), name) for pk, name in terms)]
        for name in COMPETENCES:
            field: Any = self.fields[name]
            field.choices = choices

    @property
    def details(self) -> Details:
        """What the action takes."""
        data = self.cleaned_data
        return Details(
            texts=rules.Texts(**{name: data[name] for name in rules.LONGEST}),
            languages=data["languages"],
            competence_ids=[int(data[name]) for name in COMPETENCES if data[name]],
        )


class NewProfileForm(ProfileForm):
    """The first draft: what kind of profile, and for whom."""

    kind = forms.ChoiceField(label=_l("Kind"))
    organisation = forms.ChoiceField(
        label=_l("For which organisation"),
        help_text=_l("Of your region. Nobody outside your desk reads its name."),
    )
    field_order = ("kind", "organisation")

    def __init__(self, *arguments: Any, by: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Choose")), *((kind, _(name)) for kind, name in KIND_NAMES.items())]
        _offer_organisations(self, by=by)


class InterestForm(Form):
    """An expression of interest: who is interested, and the three standard questions."""

    organisation = forms.ChoiceField(
        label=_l("Who is interested"), help_text=_l("An organisation of your region.")
    )

    def __init__(self, *arguments: Any, by: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _offer_organisations(self, by=by)
        for key, question in rules.QUESTIONS.items():
            self.fields[key] = forms.CharField(
                label=_(question),
                help_text=_("Without names: the other organisation reads it before both said yes."),
                max_length=rules.LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def answers(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in rules.QUESTIONS}


def _offer_organisations(form: Form, *, by: Actor) -> None:
    rows = Organisation.objects.visible_to(by).filter(is_closed=False, region__isnull=False)
    field: Any = form.fields["organisation"]
    field.choices = [
        ("", _("Choose")),
        *((str(pk), name) for pk, name in rows.order_by("name").values_list("pk", "name")),
    ]


class PublicFilters(Filters):
    """Which profiles the public list shows."""

    text = forms.CharField(label=_l("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_l("Kind"), required=False)
    country = forms.ChoiceField(label=_l("Country"), required=False)
    competence = forms.ChoiceField(label=_l("Competence"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("kind", _("All kinds"), [(kind, _(name)) for kind, name in KIND_NAMES.items()])
        self.offer("country", _("All countries"), [(code, country(code)) for code in queries.countries()])
        self.offer("competence", _("All competences"), queries.competences())


class ProfileFilters(Filters):
    """Which profiles the desk's list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    text = forms.CharField(label=_l("Number or title"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in NAME_OF.items()])


class InterestFilters(Filters):
    """Which expressions of interest the list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in INTEREST_NAMES.items()])
