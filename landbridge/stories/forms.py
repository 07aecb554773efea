"""What desks, the office and both sides send about stories and news."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.foundation.files.pictures import PictureField
from landbridge.foundation.ui.forms import Filters, Form
from landbridge.stories.models import News, Picture
from landbridge.stories.rules import (
    LONGEST_ALT,
    LONGEST_BODY,
    LONGEST_NAME,
    LONGEST_QUOTE,
    LONGEST_REASON,
    LONGEST_STANDFIRST,
    LONGEST_TITLE,
    Words,
)
from landbridge.stories.states import NAME_OF, NEWSED_NAMES

MARKS = _l(
    "An empty line begins a paragraph. *Stars* stress, lines that begin with - are a list, ## begins a heading, and "
    "[words](https://…) lead elsewhere."
)


def _version() -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput, required=False)


class LanguageForm(Form):
    """In which language a story begins."""

    language = forms.ChoiceField(label=_l("Write it in"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fields: Any = self.fields
        fields["language"].choices = list(settings.LANGUAGES)


class WordingForm(Form):
    """A story in one language."""

    title = forms.CharField(
        label=_l("Title"), help_text=_l("What was achieved, in one line."), max_length=LONGEST_TITLE
    )
    standfirst = forms.CharField(
        label=_l("First sentences"),
        help_text=_l("Who did what with whom. Lists and previews show them."),
        max_length=LONGEST_STANDFIRST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = forms.CharField(
        label=_l("Story"), help_text=MARKS, max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 18})
    )
    quote = forms.CharField(
        label=_l("A quotation"),
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    quoted = forms.CharField(
        label=_l("Whose words"), help_text=_l("Name and position."), max_length=LONGEST_NAME, required=False
    )
    is_machine = forms.BooleanField(
        label=_l("Translated by machine"), help_text=_l("The page says so to its readers."), required=False
    )
    version = _version()

    @property
    def words(self) -> Words:
        """What was written, as the action takes it."""
        return Words(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class PictureWordsForm(Form):
    """The words of a picture."""

    alt = forms.CharField(
        label=_l("What it shows"),
        help_text=_l("For people who do not see it: who or what is in the picture."),
        max_length=LONGEST_ALT,
    )
    credit = forms.CharField(
        label=_l("Who made it"),
        help_text=_l("Its maker, and the terms: “Freja Holm, CC BY 4.0”."),
        max_length=LONGEST_NAME,
    )
    caption = forms.CharField(label=_l("Caption"), max_length=LONGEST_ALT, required=False)

    @classmethod
    def initial_of(cls, picture: Picture) -> dict[str, str]:
        """The words that it has."""
        return {"alt": picture.alt, "credit": picture.credit, "caption": picture.caption}


class NewPictureForm(PictureWordsForm):
    """A picture and its words."""

    picture = PictureField(
        label=_l("Picture"),
        help_text=_l("PNG or JPEG, up to 10 MB. It is drawn anew: place, date and camera in it are gone."),
    )

    field_order = ("picture", "alt", "credit", "caption")


class ConsentForm(Form):
    """One side's yes to what it has just read."""

    number = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agrees = forms.BooleanField(label=_l("I have read this version, and may say yes for our side"))


class WithdrawalForm(Form):
    """Why a side takes its consent back, where it wants to say."""

    reason = forms.CharField(
        label=_l("Why, if you want to say"),
        help_text=_l("The office and the desks read it. It may stay empty."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class NewsForm(Form):
    """A piece of news in one language."""

    title = forms.CharField(label=_l("Title"), max_length=LONGEST_TITLE)
    lead = forms.CharField(
        label=_l("First sentence"), max_length=LONGEST_STANDFIRST, widget=forms.Textarea(attrs={"rows": 2})
    )
    body = forms.CharField(
        label=_l("Text"), help_text=MARKS, max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 12})
    )
    version = _version()

    def __init__(self, *arguments: Any, may_be_empty: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("title", "lead", "body"):
            self.fields[name].required = not may_be_empty

    @classmethod
    def initial_of(cls, news: News, language: str) -> dict[str, Any]:
        """What is written in the language."""
        own = {"title": news.title, "lead": news.lead, "body": news.body}
        return {
            **(own if language == news.language else news.texts.get(language, {})),
            "version": news.version,
        }


class NewNewsForm(NewsForm):
    """A piece of news that begins, in one of the languages."""

    language = forms.ChoiceField(label=_l("Language"))

    field_order = ("language", "title", "lead", "body")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fields: Any = self.fields
        del fields["version"]
        fields["language"].choices = list(settings.LANGUAGES)


class StoryFilters(Filters):
    """Which stories the public list shows."""

    programme = forms.ChoiceField(label=_l("Programme"), required=False)
    country = forms.ChoiceField(label=_l("Country"), required=False)
    text = forms.CharField(label=_l("Word or organisation"), required=False, max_length=100)

    def __init__(
        self, *arguments: Any, programmes: list[tuple[str, str]], countries_there: list[str], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.offer("programme", _("All programmes"), programmes)
        self.offer(
            "country", _("All countries"), [(code, str(countries.name(code))) for code in countries_there]
        )


class KeptFilters(Filters):
    """Which stories a desk, the office or a side sees."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    text = forms.CharField(label=_l("Title or organisation"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("Every state"), [(state, _(name)) for state, name in NAME_OF.items()])


class NewsFilters(Filters):
    """Which news the office sees."""

    state = forms.ChoiceField(label=_l("State"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("Every state"), [(state, _(name)) for state, name in NEWSED_NAMES.items()])
