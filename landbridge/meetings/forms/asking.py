"""What people send when they look for others, ask, answer and keep apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.catalogue.rules import LANGUAGES
from landbridge.events.states import ATTENDEE_NAMES
from landbridge.foundation.ui import formatting
from landbridge.foundation.ui.forms import Filters, Form
from landbridge.meetings.rules import LONGEST_REASON, LONGEST_SENTENCE
from landbridge.meetings.states import PRIORITY_NAMES, Priority


class PeopleFilters(Filters):
    """By what one looks for somebody to meet."""

    text = forms.CharField(label=_l("Search"), required=False, max_length=100)
    only = forms.ChoiceField(label=_l("Show"), required=False)
    country = forms.ChoiceField(label=_l("Country"), required=False)
    region = forms.ChoiceField(label=_l("Region"), required=False)
    attendee = forms.ChoiceField(label=_l("Comes as"), required=False)
    competence = forms.ChoiceField(label=_l("Competence"), required=False)
    language = forms.ChoiceField(label=_l("Speaks"), required=False)
    slot = forms.ChoiceField(label=_l("Time"), required=False)

    def __init__(
        self,
        *arguments: Any,
        countries: Sequence[str],
        regions: Mapping[int, str],
        competences: Mapping[str, str],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.offer("only", _("Everybody"), [("suggested", _("Suggestions for me"))])
        self.offer("country", _("All countries"), [(code, formatting.country(code)) for code in countries])
        named = sorted(regions.items(), key=lambda one: one[1])
        self.offer("region", _("All regions"), [(str(pk), name) for pk, name in named])
        self.offer("attendee", _("Anybody"), [(kind.value, _(name)) for kind, name in ATTENDEE_NAMES.items()])
        known = sorted(competences.items(), key=lambda one: one[1])
        self.offer("competence", _("All competences"), known)
        self.offer("language", _("Any language"), [(code, _(name)) for code, name in LANGUAGES.items()])
        self.offer("slot", _("At any time"), [("shared", _("There when I am there"))])


def _priorities(field: Any, *, empty: str = "") -> None:
    choices = [(priority.value, _(name)) for priority, name in PRIORITY_NAMES.items()]
    field.choices = [("", empty), *choices] if empty else choices


class AskForm(Form):
    """One sentence, and how much one wants it."""

    sentence = forms.CharField(
        label=_l("Why do you want to meet?"),
        help_text=_l("One sentence. They decide by it whether they say yes."),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    priority = forms.ChoiceField(
        label=_l("How much do you want it?"),
        help_text=_l("Only you and the organiser see this. One may be a must, at most a share high."),
        initial=Priority.MEDIUM.value,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _priorities(self.fields["priority"])


class AnswerForm(Form):
    """A yes, with or without a priority of one's own."""

    priority = forms.ChoiceField(label=_l("How much do you want it?"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _priorities(self.fields["priority"], empty=_("Just yes"))


class PriorityForm(Form):
    """How much one wants it, said again."""

    priority = forms.ChoiceField(label=_l("How much do you want it?"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _priorities(self.fields["priority"])


class DeclineForm(Form):
    """A no, with a reason if one likes."""

    reason = forms.CharField(
        label=_l("Reason"),
        help_text=_l("The organiser may read it."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason_is_shown = forms.BooleanField(label=_l("Show it to the one who asked, too"), required=False)


class PrivateReasonForm(Form):
    """A reason for oneself and the organiser."""

    reason = forms.CharField(
        label=_l("Reason"),
        help_text=_l("For you and the organiser. The other side never reads it."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
