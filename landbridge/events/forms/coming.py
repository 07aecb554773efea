"""What people who come send: their registration with the organiser's questions, when they are there, an answer to a challenge."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.catalogue.models import Competence
from landbridge.catalogue.rules import LANGUAGES
from landbridge.events.forms.counts import Count
from landbridge.events.models import Registration
from landbridge.events.rules import answers
from landbridge.events.rules.answers import Asks, Question
from landbridge.events.rules.registering import LONGEST_ANSWER_TO_CHALLENGE, MOST_COMPETENCES
from landbridge.events.states import ATTENDEE_NAMES, Attendee, Form, Registered
from landbridge.foundation.ui.forms import Form as HouseForm
from landbridge.programmes.models import Region

TERMS = tuple(f"competence_{number}" for number in range(1, MOST_COMPETENCES + 1))
SEATS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Pacific")
MEETINGS_AT_MOST = 60
PLACE = ("attendee", "organisation_name", "region")  # decided once: places are given by them
COLUMNS = (
    "name", "job_title", "organisation_name", "attendee", "telephone", "offers", "seeks", "wants_to_meet",
    "languages", "website", "wants_meetings", "most_meetings", "is_online", "time_zone", "needs_step_free",
    "needs", "is_listed", "shows_contact", "may_be_photographed",
)  # fmt: skip


def _lines(label: Any, length: int, *, hint: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=length,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _tick(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False)


class RegistrationForm(HouseForm):
    """The whole registration on one page. A draft may have gaps; handing in names them beside their fields."""

    name = forms.CharField(label=_l("Your name"), help_text=_l("As it stands on your badge."), max_length=120)
    job_title = forms.CharField(label=_l("Your position"), max_length=120, required=False)
    organisation_name = forms.CharField(label=_l("Organisation"), max_length=150)
    attendee = forms.ChoiceField(label=_l("I come as"))
    region = forms.TypedChoiceField(
        label=_l("Region of the network"), coerce=int, empty_value=None, required=False
    )
    telephone = forms.CharField(
        label=_l("Telephone"), max_length=40, required=False,
        help_text=_l("For the organiser on the day, and for people you have met if you allow it below."),
    )  # fmt: skip
    offers = _lines(_l("What I offer"), 1500, hint=_l("Others read it before they ask to meet you."), rows=5)
    seeks = _lines(_l("What I seek"), 1500)
    wants_to_meet = _lines(
        _l("Whom I want to meet"), 800, hint=_l("Kind of organisation, field, country."), rows=3
    )
    competence_1 = forms.TypedChoiceField(
        label=_l("Competence"), coerce=int, empty_value=None, required=False
    )
    competence_2 = forms.TypedChoiceField(
        label=_l("Second competence"), coerce=int, empty_value=None, required=False
    )
    competence_3 = forms.TypedChoiceField(
        label=_l("Third competence"), coerce=int, empty_value=None, required=False
    )
    languages = forms.MultipleChoiceField(
        label=_l("Languages in which I can talk"), required=False, widget=forms.CheckboxSelectMultiple
    )
    website = forms.URLField(label=_l("Website"), max_length=200, required=False, assume_scheme="https")
    wants_meetings = _tick(_l("I want one-to-one meetings"))
    most_meetings = Count(
        label=_l("At most so many meetings"), min_value=1, max_value=MEETINGS_AT_MOST, required=False
    )
    is_online = _tick(_l("I take part online"))
    time_zone = forms.ChoiceField(
        label=_l("Where I am then"),
        help_text=_l("Times are shown in this time zone as well."),
        required=False,
    )
    needs_step_free = _tick(_l("I need step-free ways"))
    needs = forms.CharField(
        label=_l("Anything the organiser should prepare"), max_length=500, required=False,
        help_text=_l("Accessibility, food, allergies. Only the organiser reads it, and it is deleted a month after the event."),
    )  # fmt: skip
    is_listed = _tick(_l("Others who come may find me"), _l("Without it nobody can ask to meet you."))
    shows_contact = _tick(_l("People I have met may see my e-mail address and telephone number"))
    may_be_photographed = _tick(_l("I may be seen in photographs of the event"))
    agrees = _tick(_l("I agree to the conditions"))

    def __init__(
        self, data: QueryDict | None = None, *, found: Registration, terms: Iterable[int] = (), **options: Any
    ) -> None:
        self.found, self.event = found, found.event
        self.every_question = answers.questions_of(self.event.questions)
        super().__init__(
            data, initial={**_initial(found, list(terms)), **options.pop("initial", {})}, **options
        )
        self._leave_out()
        self._offer()
        self.asked = answers.asked(self.every_question, self._answers_given(), attendee=self._attendee())
        leading = answers.leading(self.every_question)
        for question in self.asked:
            field: Any = _field_for(question, leads=question.key in leading)
            field.is_owed = question.required  # said beside it, though a draft may lack it
            self.fields[question.field] = field
            self.initial[question.field] = found.answers.get(question.key, "")

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, without the organiser's questions and the conditions."""
        groups = [
            (_("You"), ("name", "job_title", "organisation_name", "attendee", "region", "telephone")),
            (
                _("What others read"),
                ("offers", "seeks", "wants_to_meet", *TERMS, "languages", "website"),
            ),
            (_("Taking part"), ("wants_meetings", "most_meetings", "is_online", "time_zone")),
            (_("What you need"), ("needs_step_free", "needs")),
        ]
        return [(title, found) for title, names in groups if (found := self._bound(names))]

    @property
    def questions(self) -> list[forms.BoundField]:
        """The organiser's questions that are asked now."""
        return self._bound(question.field for question in self.asked)

    @property
    def consents(self) -> list[forms.BoundField]:
        """What somebody may allow, and the conditions last."""
        return self._bound(("is_listed", "shows_contact", "may_be_photographed", "agrees"))

    @property
    def values(self) -> dict[str, Any]:
        """What the action keeps: of a form with mistakes, the fields without any."""
        cleaned = getattr(self, "cleaned_data", {})
        found = {name: cleaned[name] for name in COLUMNS if name in cleaned}
        if "region" in cleaned and cleaned["region"] != self.found.region_id:
            found["region_id"] = cleaned["region"]
        if all(name in cleaned for name in TERMS):
            found["competence_ids"] = [cleaned[name] for name in TERMS if cleaned[name]]
        given = {question.key: cleaned.get(question.field, "") for question in self.asked}
        return {**found, "answers": given, "agrees": bool(cleaned.get("agrees"))}

    def _bound(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    def _leave_out(self) -> None:
        """What this event, or this state, has no use for."""
        gone: set[str] = set()
        if self.event.form != Form.HYBRID:
            gone.add("is_online")
        if self.event.form == Form.ON_SITE:
            gone.add("time_zone")
        if self.event.form == Form.ONLINE:
            gone |= {"needs_step_free", "may_be_photographed"}
        if not self.event.has_meetings:
            gone |= {"wants_meetings", "most_meetings"}
        if self.found.organisation_id:
            gone |= {"organisation_name", "region"}
        if self.found.state != Registered.DRAFT:
            gone |= set(PLACE)
        for name in gone:
            del self.fields[name]

    def _offer(self) -> None:
        fields: Any = self.fields
        fields["languages"].choices = [(code, _(name)) for code, name in LANGUAGES.items()]
        if "attendee" in fields:
            fields["attendee"].choices = [(kind.value, _(ATTENDEE_NAMES[kind])) for kind in Attendee]
        if "region" in fields:
            regions = Region.objects.active().order_by("name").values_list("pk", "name")
            fields["region"].choices = [("", _("None of them")), *regions]
        if "time_zone" in fields:
            fields["time_zone"].choices = zones()
        known = list(Competence.objects.accepted().order_by("name").values_list("pk", "name"))
        for name in TERMS:
            fields[name].choices = [("", _("None")), *known]

    def _attendee(self) -> str:
        posted = self.data.get("attendee", "") if self.is_bound and "attendee" in self.fields else ""
        return posted if posted in list(Attendee) else self.found.attendee

    def _answers_given(self) -> dict[str, object]:
        if not isinstance(self.data, QueryDict) or not self.is_bound:
            return dict(self.found.answers)
        many = {question.key for question in self.every_question if question.kind is Asks.CHOICES}
        return {
            question.key: self.data.getlist(question.field)
            if question.key in many
            else self.data.get(question.field, "")
            for question in self.every_question
        }


class ChallengeForm(HouseForm):
    """What somebody proposes to a challenge."""

    text = forms.CharField(
        label=_l("What you propose"),
        help_text=_l("The organiser and the company that set the challenge read it."),
        max_length=LONGEST_ANSWER_TO_CHALLENGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """The time zones of the world by their towns."""
    names = sorted(name for name in available_timezones() if name.split("/")[0] in SEATS)
    return tuple((name, name.replace("_", " ")) for name in names)


def _initial(found: Registration, terms: list[int]) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in COLUMNS}
    values |= dict(zip(TERMS, terms, strict=False))
    return {**values, "region": found.region_id, "agrees": found.agreed_to_conditions_at is not None}


def _field_for(question: Question, *, leads: bool) -> forms.Field:
    """The form's field of one question; whether it must be answered the rules say, so that a draft may have gaps."""
    common: dict[str, Any] = {"label": question.label, "help_text": question.help, "required": False}
    options = [(option, option) for option in question.options]
    if question.kind is Asks.CHOICES:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
    if question.kind is Asks.YES_NO:
        return forms.ChoiceField(
            choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect, **common
        )
    if question.kind is Asks.CHOICE:
        if leads or len(options) <= 4:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        return forms.ChoiceField(choices=[("", _("Choose")), *options], **common)
    if question.kind is Asks.NUMBER:
        inputs = forms.TextInput(attrs={"inputmode": "numeric"})
        return forms.RegexField(r"^[0-9]*$", max_length=answers.LONGEST_NUMBER, widget=inputs, **common)
    if question.kind is Asks.LONG_TEXT:
        box = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(max_length=answers.LONGEST_LONG_ANSWER, widget=box, **common)
    return forms.CharField(max_length=answers.LONGEST_ANSWER, **common)
