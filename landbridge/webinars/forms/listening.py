"""What listeners and speakers send."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.people.models import NAME_LENGTH
from landbridge.foundation.ui.forms import Form

MARKS = (("5", _l("5 – very")), ("4", "4"), ("3", "3"), ("2", "2"), ("1", _l("1 – not at all")))


class SignUpForm(Form):
    """Two fields, filled in already for whoever has signed in."""

    name = forms.CharField(label=_l("Your name"), max_length=NAME_LENGTH)
    organisation_name = forms.CharField(
        label=_l("Organisation"),
        help_text=_l("The organiser sees who listens; other listeners do not."),
        max_length=150,
        required=False,
    )


class QuestionForm(Form):
    """A question to the speakers."""

    text = forms.CharField(
        label=_l("Your question"),
        help_text=_l("The organiser and the speakers read it with your name; others never see your name."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OpinionForm(Form):
    """The short survey."""

    useful = forms.TypedChoiceField(
        label=_l("Was it useful for your work?"), choices=MARKS, coerce=int, widget=forms.RadioSelect
    )
    clear = forms.TypedChoiceField(
        label=_l("Was it clear?"), choices=MARKS, coerce=int, widget=forms.RadioSelect
    )
    next_topic = forms.CharField(
        label=_l("What would you like to hear next?"), max_length=300, required=False
    )
    text = forms.CharField(
        label=_l("Anything else"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConsentForm(Form):
    """What a speaker lets us show."""

    to_recording = forms.BooleanField(
        label=_l("My part may be recorded, and the recording shown"), required=False
    )
    to_slides = forms.BooleanField(label=_l("My slides may be shown"), required=False)
