"""What organisers type about an event: its beginnings, its texts, dates, place, terms, quotas and picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django_countries import countries

from landbridge.events import rules
from landbridge.events.actions import Stale
from landbridge.events.forms.counts import Count
from landbridge.events.models import Event
from landbridge.events.states import ATTENDEE_NAMES, FORM_NAMES, KIND_NAMES
from landbridge.foundation.files.pictures import PictureField
from landbridge.foundation.files.store import Received
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import ZONES, DateField, Form, MomentField, in_zone
from landbridge.programmes.models import Programme, Region
from landbridge.programmes.rules.regions import LANGUAGES

LARGEST_VERSION = 2**31 - 1
NETWORK = "network"


class VersionedForm(Form):
    """A form about an event remembers which version of it was read; after a clash was shown, the next save counts."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)

    def refuse(self, refusal: Refused) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or the dict of a test
            data["version"] = str(refusal.version)
            self.data = data

    @property
    def changes(self) -> dict[str, Any]:
        """The columns as they were typed."""
        return {name: value for name, value in self.cleaned_data.items() if name in rules.EDITABLE}


class _InZone(Form):
    """Moments typed as the clock on the wall shows them, in the zone named on the form or in the event's."""

    moments: tuple[str, ...] = ()
    zone = ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        zone = given.get("time_zone") or self.zone
        for name in self.moments:
            if given.get(name) and zone:
                try:
                    given[name] = in_zone(given[name], zone)
                except ValidationError as error:
                    self.add_error(name, error)
        return given


def wall_times(event: Event, *names: str) -> dict[str, Any]:
    """What the fields of an event's moments show at first."""
    return {name: rules.wall_of(getattr(event, name), event.time_zone) for name in names}


class NewEventForm(_InZone):
    """The beginnings: what, when and where by the clock; all else follows part by part."""

    moments = ("starts_at", "ends_at")
    title = forms.CharField(label=_l("Title"), max_length=150)
    kind = forms.ChoiceField(label=_l("Kind"), widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_l("Where people meet"), widget=forms.RadioSelect)
    starts_at = MomentField(label=_l("Begins"))
    ends_at = MomentField(label=_l("Ends"))
    time_zone = forms.ChoiceField(
        label=_l("Time zone"),
        choices=[(zone, zone) for zone in ZONES],
        help_text=_l("All times of the event are meant in this zone, and shown with it everywhere."),
    )
    held_for = forms.ChoiceField(
        label=_l("For"), help_text=_l("Who keeps it beside you: its programme's office, or every office.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "kind", KIND_NAMES)
        _choices(self, "form", FORM_NAMES)
        rows = Programme.objects.order_by("name", "pk")
        if actor.programme_id is not None:
            rows = rows.filter(pk=actor.programme_id)
        field: Any = self.fields["held_for"]
        field.choices = [
            *((str(pk), name) for pk, name in rows.values_list("pk", "name")),
            (NETWORK, _("The whole network")),
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        held_for = given.pop("held_for")
        return {**given, "programme_id": None if held_for == NETWORK else int(held_for)}


class AboutForm(VersionedForm):
    """What the event is about, for whom, and whom to ask."""

    title = forms.CharField(label=_l("Title"), max_length=150)
    summary = forms.CharField(
        label=_l("Summary"),
        help_text=_l("One or two sentences, for lists and for previews on social networks."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    description = forms.CharField(
        label=_l("Description"),
        help_text=_l("What happens, for whom it is, what one takes home. An empty line begins a paragraph."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
    )
    language = forms.ChoiceField(
        label=_l("Language of these texts"),
        help_text=_l("Texts in further languages are added on their own page."),
    )
    kind = forms.ChoiceField(label=_l("Kind"), widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_l("Where people meet"), widget=forms.RadioSelect)
    has_meetings = forms.BooleanField(
        label=_l("One-to-one meetings with a timetable"),
        help_text=_l("People find each other, ask for meetings, and get an agenda."),
        required=False,
    )
    contact_email = forms.EmailField(label=_l("E-mail address for questions"), max_length=254)
    fair_name = forms.CharField(
        label=_l("Fair it hangs on"),
        help_text=_l("The fair or congress at which it takes place."),
        max_length=150,
        required=False,
    )
    fair_website = forms.URLField(
        label=_l("Website of the fair"), max_length=200, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, found: Event, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(found, rules.Part.ABOUT), **kwargs)
        _choices(self, "kind", KIND_NAMES)
        _choices(self, "form", FORM_NAMES)
        _choices(self, "language", LANGUAGES)


class DatesForm(_InZone, VersionedForm):
    """When it begins and ends, and when registration does."""

    moments = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
    time_zone = forms.ChoiceField(
        label=_l("Time zone"),
        choices=[(zone, zone) for zone in ZONES],
        help_text=_l("All times here are meant in this zone."),
    )
    starts_at = MomentField(label=_l("Begins"))
    ends_at = MomentField(label=_l("Ends"))
    moves_along = forms.BooleanField(
        label=_l("Move programme and slots along"),
        help_text=_l("By as many days as the first day moves; the times of the clock stay."),
        required=False,
        initial=True,
    )
    registration_opens_at = MomentField(label=_l("Registration opens"))
    registration_closes_at = MomentField(label=_l("Registration closes"))

    def __init__(self, *args: Any, found: Event, **kwargs: Any) -> None:
        initial = {**_initial(found, rules.Part.DATES), **wall_times(found, *self.moments)}
        super().__init__(*args, initial=initial, **kwargs)
        field: Any = self.fields["time_zone"]
        if found.time_zone not in ZONES:
            field.choices = [(found.time_zone, found.time_zone), *field.choices]
        if not found.sessions.exists() and not found.slots.exists():
            del self.fields["moves_along"]


class PlaceForm(VersionedForm):
    """Where it is, and how one gets there."""

    venue = forms.CharField(label=_l("Building"), max_length=150, required=False)
    street = forms.CharField(label=_l("Street and number"), max_length=100, required=False)
    postcode = forms.CharField(label=_l("Postcode"), max_length=16, required=False)
    town = forms.CharField(label=_l("Town"), max_length=60, required=False)
    country = forms.ChoiceField(label=_l("Country"), required=False)
    directions = forms.CharField(
        label=_l("How to get there"),
        help_text=_l("By train, by car, and the way without steps. An empty line begins a paragraph."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    link = forms.URLField(
        label=_l("Link to join online"),
        help_text=_l("Shown only to those who have a place."),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, found: Event, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(found, rules.Part.PLACE), **kwargs)
        field: Any = self.fields["country"]
        field.choices = [("", _("Choose a country")), *list(countries)]


class TermsForm(VersionedForm):
    """Who may come, and how many."""

    capacity = Count(
        label=_l("Places"),
        help_text=_l("Empty: as many as come."),
        min_value=1,
        max_value=rules.MOST_PLACES,
        required=False,
    )
    needs_approval = forms.BooleanField(
        label=_l("The organiser decides on each registration"),
        help_text=_l("Else whoever registers has a place at once, as long as there are places."),
        required=False,
    )
    has_waiting_list = forms.BooleanField(
        label=_l("Waiting list"),
        help_text=_l("It moves up by itself when somebody cancels."),
        required=False,
    )
    conditions = forms.CharField(
        label=_l("Conditions"),
        help_text=_l(
            "What those who register agree to: fees, photographs, what happens when one does not come."
        ),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )

    def __init__(self, *args: Any, found: Event, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(found, rules.Part.REGISTRATION), **kwargs)


class QuotasForm(Form):
    """At most so many of each kind and from each region; empty fields limit nothing."""

    def __init__(
        self,
        *args: Any,
        regions: list[Region],
        attendees: Mapping[str, int],
        places: Mapping[int, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.regions = regions
        for kind, name in ATTENDEE_NAMES.items():
            self.fields[f"attendee_{kind}"] = _count(_(name), attendees.get(kind))
        for region in regions:
            self.fields[f"region_{region.pk}"] = _count(region.name, places.get(region.pk))

    @property
    def sections(self) -> Iterator[tuple[str, list[Any]]]:
        """Kinds, then regions."""
        yield _("By what people come as"), [self[f"attendee_{kind}"] for kind in ATTENDEE_NAMES]
        yield _("By region"), [self[f"region_{region.pk}"] for region in self.regions]

    @property
    def by_attendee(self) -> dict[str, int]:
        """What was typed for kinds."""
        given = {str(kind): self.cleaned_data[f"attendee_{kind}"] for kind in ATTENDEE_NAMES}
        return {kind: most for kind, most in given.items() if most is not None}

    @property
    def by_region(self) -> dict[int, int]:
        """What was typed for regions."""
        given = {region.pk: self.cleaned_data[f"region_{region.pk}"] for region in self.regions}
        return {pk: most for pk, most in given.items() if most is not None}


class PictureForm(VersionedForm):
    """A picture for the page and for previews, made anew without what the camera wrote into it, and what it shows."""

    picture = PictureField(
        label=_l("Picture"),
        help_text=_l("Twice as wide as high, such as 1200 by 630 points; PNG or JPEG."),
        required=False,
    )
    picture_text = forms.CharField(
        label=_l("What it shows"),
        help_text=_l("For people who do not see it."),
        max_length=200,
        required=False,
    )
    takes_away = forms.BooleanField(label=_l("Take the picture away"), required=False)

    def __init__(self, *args: Any, found: Event, **kwargs: Any) -> None:
        initial = {"version": found.version, "picture_text": found.picture_text}
        super().__init__(*args, initial=initial, **kwargs)
        if found.picture_id is None:
            del self.fields["takes_away"]

    def clean_picture(self) -> Received | None:
        """The picture as the action takes it."""
        pictured = self.cleaned_data["picture"]
        return pictured.received if pictured else None


class TextsForm(VersionedForm):
    """The event's texts in a further language; what is empty is shown in its own."""

    title = forms.CharField(label=_l("Title"), max_length=150, required=False)
    summary = forms.CharField(
        label=_l("Summary"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    description = forms.CharField(
        label=_l("Description"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 12}), required=False
    )
    directions = forms.CharField(
        label=_l("How to get there"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    conditions = forms.CharField(
        label=_l("Conditions"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}), required=False
    )

    def __init__(self, *args: Any, found: Event, language: str, **kwargs: Any) -> None:
        initial = {**found.texts.get(language, {}), "version": found.version}
        super().__init__(*args, initial=initial, **kwargs)
        for name in rules.TEXTS:
            original = getattr(found, name)
            if original:
                text = original if len(original) <= 300 else f"{original[:300]}…"
                self.fields[name].help_text = _("Original: %(text)s") % {"text": text}

    @property
    def texts(self) -> dict[str, str]:
        """What was typed."""
        return {name: self.cleaned_data[name] for name in rules.TEXTS}


class LanguageForm(Form):
    """Which language to add."""

    language = forms.ChoiceField(label=_l("Language"))

    def __init__(self, *args: Any, found: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {found.language, *found.texts}
        _choices(self, "language", {code: name for code, name in LANGUAGES.items() if code not in there})


class CopyForm(Form):
    """The copy's name and first day."""

    title = forms.CharField(label=_l("Title"), max_length=150)
    first_day = DateField(
        label=_l("First day"),
        help_text=_l("Everything lies as many days after it as it did, at the same times of the clock."),
    )


class NoticeForm(Form):
    """A last-minute change, told to everyone who comes."""

    subject = forms.CharField(label=_l("In one line"), max_length=150)
    text = forms.CharField(
        label=_l("What changes"),
        max_length=rules.LONGEST_NOTICE,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _initial(event: Event, part: rules.Part) -> dict[str, Any]:
    return {name: getattr(event, name) for name in (*rules.COLUMNS[part], "version")}


def _choices(form: Form, name: str, names: Mapping[Any, str]) -> None:
    field: Any = form.fields[name]
    field.choices = [(str(value), _(text)) for value, text in names.items()]


def _count(label: str, initial: int | None) -> Count:
    return Count(label=label, min_value=1, max_value=rules.MOST_PLACES, required=False, initial=initial)
