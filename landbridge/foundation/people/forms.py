"""The forms of a person's own account that allauth does not know."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.people.models import NAME_LENGTH, Person
from landbridge.foundation.ui.forms import Form


class AboutMe(forms.Form):
    """What sign-up asks besides the e-mail address; allauth builds its own form on top of this one."""

    name = forms.CharField(
        label=_l("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    privacy = forms.BooleanField(
        label=_l("I have read how Landbridge uses my data, and agree"),
        error_messages={"required": _l("Without this agreement we cannot keep an account for you.")},
    )
    news = forms.BooleanField(
        label=_l("Write to me about new calls and events; I can stop this at any time"), required=False
    )

    field_order = ("name", "email", "privacy", "news")

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Nothing more to do: the adapter has stored name and consents together with the account."""


class ProfileForm(Form):
    """Name and language."""

    name = forms.CharField(
        label=_l("Your name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_l("Language of pages and letters"), choices=settings.LANGUAGES)
