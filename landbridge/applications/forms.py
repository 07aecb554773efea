"""What people send about an application, read into clean values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.applications import rules
from landbridge.applications.models import Application
from landbridge.applications.rules.content import LONGEST_TITLE
from landbridge.applications.states import NAME_OF
from landbridge.calls.models import Question
from landbridge.calls.standard_form import in_readers_words
from landbridge.foundation.money import Money
from landbridge.foundation.ui.forms import Filters, Form, MoneyFormField
from landbridge.organisations.models import Kind

LARGEST_VERSION = 2**31 - 1


class DraftForm(Form):
    """The text of a draft: our own fields, then the questions of the call. It may have gaps, never wrong types."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_l("Title"),
        help_text=_l("In one line: what the voucher is for. It is published if a voucher is awarded."),
        max_length=LONGEST_TITLE,
    )

    def __init__(
        self, data: QueryDict | None = None, *, application: Application, questions: Iterable[Question]
    ) -> None:
        self.questions = list(questions)
        draft = application.draft().by_field()
        super().__init__(data, initial={**draft, "version": application.version})
        cap = application.offer.cap_eur
        self.fields["requested_eur"] = MoneyFormField(
            label=_("Amount you ask for"),
            help_text=_("Your company pays what exceeds it."),
            least=Money(1),
            most=cap,
        )
        for question in self.questions:
            self.fields[f"answer_{question.key}"] = _field_for(question)
        self._needed = {name for name, field in self.fields.items() if field.required}

    def full_clean(self) -> None:
        """A gap is no error here: it is named by the pre-check, and only handing in asks for everything."""
        for name, field in self.fields.items():
            field.required = name == "version"
        super().full_clean()
        for name, field in self.fields.items():
            field.required = name in self._needed

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that could be read, by the key of their question."""
        return {question.key: self.cleaned_data.get(f"answer_{question.key}") for question in self.questions}

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self["title"], self["requested_eur"]]

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions under the headings that the call gives them."""
        found: dict[str, list[forms.BoundField]] = {}
        for question in self.questions:
            found.setdefault(in_readers_words(question.section), []).append(self[f"answer_{question.key}"])
        return list(found.items())

    def show_merged(self, merge: rules.Merge, *, version: int) -> None:
        """After a clash: mine where both wrote, theirs where only they did; the next save builds on their version."""
        data = QueryDict(mutable=True)
        data.update({name: self.data.get(name, "") for name in self.data})
        data["version"] = str(version)
        for name, value in merge.draft.by_field().items():
            if name in self.fields and name not in merge.conflicts:
                _put(data, name, self.fields[name].prepare_value(value))
        for name in self.fields:
            if name not in merge.conflicts and merge.draft.by_field().get(name) is None and name != "version":
                data.pop(name, None)
        self.data = data

    def controls_unlike(self, sent: DraftForm) -> list[SafeString]:
        """The controls whose text came from somebody else in the meantime, to replace those on the writer's page."""
        return [
            self[name].as_widget(
                attrs={"hx-swap-oob": "true", "aria-describedby": f"{self[name].auto_id}_hint"}
            )
            for name in self.fields
            if name != "version" and not _same(self.initial.get(name), sent.cleaned_data.get(name))
        ]


def _same(one: object, other: object) -> bool:
    return one == other or (rules.is_empty(one) and rules.is_empty(other))


def _put(data: QueryDict, name: str, value: object) -> None:
    if value is None or value is False:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else str(value)


def _field_for(question: Question) -> forms.Field:
    texts: dict[str, Any] = {
        "label": in_readers_words(question.label),
        "help_text": in_readers_words(question.help_text),
        "required": question.is_required,
    }
    match question.kind:
        case Question.Kind.NUMBER:
            return forms.IntegerField(min_value=0, max_value=question.longest, **texts)
        case Question.Kind.CHOICE:
            options = [
                ("", _("Choose one")),
                *((choice, in_readers_words(choice)) for choice in question.choices),
            ]
            return forms.ChoiceField(choices=options, **texts)
        case Question.Kind.DECLARATION:
            return forms.BooleanField(**texts)
        case Question.Kind.LONG_TEXT:
            area = forms.Textarea(attrs={"rows": 6})
            return forms.CharField(max_length=question.longest, widget=area, **texts)
        case _:
            return forms.CharField(max_length=question.longest, **texts)


class ProviderSearchForm(Form):
    """Looking for a provider by name or town."""

    q = forms.CharField(label=_l("Name or town"), max_length=80, required=False)


class ContactForm(Form):
    """Whom to invite at a provider that nobody speaks for yet."""

    contact_name = forms.CharField(label=_l("Name of your contact there"), max_length=120)
    contact_email = forms.EmailField(
        label=_l("Their e-mail address"),
        help_text=_l("We send them a link with which they can act for this organisation."),
        max_length=254,
    )


class NewProviderForm(ContactForm):
    """A provider that the network does not know yet."""

    name = forms.CharField(label=_l("Name of the organisation"), max_length=150)
    kind = forms.ChoiceField(label=_l("Kind"), choices=Kind.choices)
    country = forms.ChoiceField(label=_l("Country"), choices=())
    postcode = forms.CharField(label=_l("Postcode"), max_length=16)
    town = forms.CharField(label=_l("Town"), max_length=35)

    field_order = ("name", "kind", "country", "postcode", "town", "contact_name", "contact_email")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"), choices=[("", _("Choose one")), *countries]
        )
        self.order_fields(self.field_order)


class ChosenProviderForm(Form):
    """One of the providers found."""

    organisation_id = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class ConfirmationForm(Form):
    """The provider's yes to the text they read."""

    content_hash = forms.RegexField(r"^[0-9a-f]{64}$", max_length=64, widget=forms.HiddenInput)
    agrees = forms.BooleanField(
        label=_l(
            "We have read this application, we will do the work described in it, and we are not related to the applicant."
        )
    )


class ApplicationFilters(Filters):
    """Which applications of the list to show."""

    q = forms.CharField(label=_l("Number, title or organisation"), max_length=80, required=False)
    state = forms.ChoiceField(label=_l("State"), required=False, choices=())
    call = forms.ChoiceField(label=_l("Call"), required=False, choices=())
    incentive = forms.ChoiceField(label=_l("Incentive"), required=False, choices=())
    region = forms.ChoiceField(label=_l("Region"), required=False, choices=())

    def __init__(
        self,
        data: QueryDict | None,
        *,
        calls: list[tuple[int, str]],
        incentives: list[str],
        regions: list[tuple[int, str]],
    ) -> None:
        super().__init__(data)
        self.offer("state", _("All"), ((state.value, _(name)) for state, name in NAME_OF.items()))
        self.offer("call", _("All"), ((str(pk), title) for pk, title in calls))
        self.offer("incentive", _("All"), ((name, name) for name in incentives))
        self.offer("region", _("All"), ((str(pk), name) for pk, name in regions))
