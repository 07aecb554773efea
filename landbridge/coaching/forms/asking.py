"""Asking for coaching, and what the desk writes down of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.catalogue.models import Competence
from landbridge.catalogue.rules.offers import LANGUAGES
from landbridge.coaching.actions import Needs
from landbridge.coaching.rules import LONGEST_TEXT, LONGEST_TITLE, MOST_HOURS
from landbridge.foundation.ui.forms import DateField, Form
from landbridge.memberships.models import Membership

COMPETENCES = ("competence_1", "competence_2", "competence_3")
LARGEST_TURNOVER = 10**12


class NamesCompetences(Form):
    """Base of forms that name up to three competences and some languages."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        terms = Competence.objects.accepted().order_by("name").values_list("pk", "name")
        choices = [("", _("None")), *((str(pk), name) for pk, name in terms)]
        fields: dict[str, Any] = self.fields
        for name in COMPETENCES:
            fields[name].choices = choices
        fields["languages"].choices = [(code, _(name)) for code, name in LANGUAGES.items()]

    @property
    def competence_ids(self) -> list[int]:
        """Each chosen one once, in the order in which they were chosen."""
        chosen = (self.cleaned_data[name] for name in COMPETENCES)
        return list(dict.fromkeys(int(pk) for pk in chosen if pk))


def shown_competences(pks: Iterable[int]) -> dict[str, str]:
    """What the fields of competences show at first."""
    return dict(zip(COMPETENCES, (str(pk) for pk in pks), strict=False))


class AskForm(NamesCompetences):
    """A company asks for coaching: two texts, and what may be known already."""

    title = forms.CharField(
        label=_l("What do you want to get better at, in a few words?"),
        help_text=_l("Such as: selling our sensor to hospitals abroad."),
        max_length=LONGEST_TITLE,
    )
    wish = forms.CharField(
        label=_l("Tell us a little more"),
        help_text=_l(
            "Where you stand, and what should be different in half a year. A few sentences will do."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    competence_1 = forms.ChoiceField(
        label=_l("What should the coach know about?"),
        help_text=_l("Leave it open if you are not sure; the adviser helps."),
        required=False,
    )
    competence_2 = forms.ChoiceField(label=_l("And about?"), required=False)
    competence_3 = forms.ChoiceField(label=_l("And about? (a third)"), required=False)
    languages = forms.MultipleChoiceField(
        label=_l("Languages you can work in"), required=False, widget=forms.CheckboxSelectMultiple
    )


class AdviserForm(Form):
    """Who at the desk answers for the case."""

    membership_id = forms.TypedChoiceField(label=_l("Adviser"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, hats: Iterable[Membership], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field: Any = self.fields["membership_id"]
        field.choices = [(str(hat.pk), hat.person.name) for hat in hats]


class TalkForm(Form):
    """The first talk."""

    first_talk_on = DateField(label=_l("When did you talk?"))
    first_talk = forms.CharField(
        label=_l("Notes"),
        help_text=_l("They stay with the desk and the programme office; company and coach do not read them."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )


class AnalysisForm(NamesCompetences):
    """The needs analysis, and what follows from it for the coach."""

    challenges = forms.CharField(
        label=_l("Challenges"),
        help_text=_l("What stands in the way. Company and coach read this page."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    context_now = forms.CharField(
        label=_l("Where the company stands"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    context_next = forms.CharField(
        label=_l("Where it wants to go"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    jobs = forms.DecimalField(
        label=_l("Jobs"),
        help_text=_l("Full-time equivalents."),
        min_value=Decimal(0),
        max_value=Decimal(999_999),
        decimal_places=1,
        required=False,
    )
    turnover_eur = forms.IntegerField(
        label=_l("Turnover of the last year"),
        help_text=_l("In whole euro."),
        min_value=0,
        max_value=LARGEST_TURNOVER,
        required=False,
    )
    markets = forms.CharField(
        label=_l("Markets"),
        help_text=_l("Countries or branches it sells to."),
        max_length=300,
        required=False,
    )
    facts_checked_against = forms.CharField(
        label=_l("Checked against"),
        help_text=_l(
            "Such as: the accounts of last year, the register, the website. Your name stands beside it."
        ),
        max_length=300,
        required=False,
    )
    hours_at_most = forms.IntegerField(
        label=_l("Hours of coaching at most"), min_value=1, max_value=MOST_HOURS, initial=24
    )
    competence_1 = forms.ChoiceField(label=_l("The coach knows about"), required=False)
    competence_2 = forms.ChoiceField(label=_l("And about"), required=False)
    competence_3 = forms.ChoiceField(label=_l("And about (a third)"), required=False)
    languages = forms.MultipleChoiceField(
        label=_l("Languages of the company"), required=False, widget=forms.CheckboxSelectMultiple
    )

    @property
    def needs(self) -> Needs:
        """The analysis as it was typed."""
        return Needs(**{name: self.cleaned_data[name] for name in Needs.__dataclass_fields__})

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under headings."""
        groups = (
            (_("The need"), ("challenges", "context_now", "context_next")),
            (_("Facts of the firm"), ("jobs", "turnover_eur", "markets", "facts_checked_against")),
            (_("What the coach needs"), ("hours_at_most", *COMPETENCES, "languages")),
        )
        return [(heading, [self[name] for name in names]) for heading, names in groups]
