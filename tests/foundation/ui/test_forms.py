"""The base form keeps what was typed, takes out what cannot be stored, and shows problems beside fields."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict

from landbridge.foundation.money import euro
from landbridge.foundation.problems import Problem, Refused
from landbridge.foundation.ui.forms import DateField, Filters, Form, MoneyFormField, ReasonForm

pytestmark = pytest.mark.once


class Enquiry(Form):
    title = forms.CharField(max_length=20)
    text = forms.CharField(max_length=200, widget=forms.Textarea, required=False)
    password = forms.CharField(max_length=50, strip=False, required=False)
    amount_eur = MoneyFormField(required=False)
    begins_on = DateField(required=False)


def posted(**values: str) -> Enquiry:
    data = QueryDict(mutable=True)
    data.update({"title": "Peptide", **values})
    return Enquiry(data)


def test_a_fresh_form_is_fine():
    assert Enquiry().http_status == 200


def test_a_form_that_could_not_be_read():
    form = posted(title="")
    assert not form.is_valid()
    assert form.http_status == 422
    assert form.errors == {"title": ["Fill this in."]}


def test_texts_without_a_bound_fail_at_once():
    class Careless(Form):
        text = forms.CharField()

    with pytest.raises(AssertionError, match="text needs max_length"):
        Careless()


def test_numbers_without_a_bound_fail_at_once():
    class Careless(Form):
        count = forms.IntegerField()

    with pytest.raises(AssertionError, match="count needs max_value"):
        Careless()


def test_fields_added_later_need_bounds_too():
    form = posted()
    form.fields["more"] = forms.CharField()
    with pytest.raises(AssertionError):
        form.is_valid()


def test_spaces_and_accents_are_tidied():
    form = posted(title="  Lie\u0300ge \t one\u00a0 two ", text="One  \r\nTwo\r\n\r\n", password=" secret ")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["title"] == "Lie\u0300ge one two".replace("e\u0300", "è")
    assert form.cleaned_data["text"] == "One\nTwo"
    assert form.cleaned_data["password"] == " secret "


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x9d", "\ufffd", "\u202e", chr(0xD800)])
def test_what_cannot_be_stored_is_taken_out_and_said(bad):
    form = posted(title=f"Pep{bad}tide")
    assert not form.is_valid()
    assert form["title"].value() == "Peptide"
    assert "cannot be stored" in form.errors["title"][0]
    assert form.http_status == 422


def test_parts_of_a_day_are_tidied_as_well():
    form = posted(begins_on_day=" 4 ", begins_on_month="5", begins_on_year="2014\x00")
    assert not form.is_valid()
    assert list(form.errors) == ["begins_on"]


def test_plain_dictionaries_are_tidied():
    form = Enquiry({"title": " Peptide "})
    assert form.is_valid()
    assert form.cleaned_data["title"] == "Peptide"


def test_a_refusal_stands_beside_its_fields():
    form = posted()
    assert form.is_valid()
    beside = Problem(
        "above_cap", "At most %(cap)s.", cure="Ask for less.", field="amount_eur", params={"cap": euro(4000)}
    )
    form.refuse(
        Refused(
            [beside, Problem("closed", "This call is not open."), Problem("x", "Elsewhere.", field="nowhere")]
        )
    )
    assert form.http_status == 409
    assert form.errors["amount_eur"] == ["At most €4,000. Ask for less."]
    assert form.non_field_errors() == ["This call is not open.", "Elsewhere."]
    assert form["title"].value() == "Peptide"


def test_everything_has_words_of_its_own_when_missing():
    class Choices(Form):
        agreed = forms.BooleanField()
        one = forms.ChoiceField(choices=[("a", "A")])
        file = forms.FileField()
        own = forms.CharField(max_length=5, error_messages={"required": "Name your company."})

    assert Choices({}, {}).errors == {
        "agreed": ["Tick this box to go on."],
        "one": ["Choose one of these."],
        "file": ["Choose a file."],
        "own": ["Name your company."],
    }


class EnquiryFilters(Filters):
    text = forms.CharField(max_length=20, required=False)
    state = forms.ChoiceField(required=False)

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", "All", [("open", "Open")])


def test_filters_that_make_no_sense_filter_nothing():
    assert EnquiryFilters(QueryDict("text=+peptide+&state=open")).chosen == {
        "text": "peptide",
        "state": "open",
    }
    assert EnquiryFilters(QueryDict("text=peptide&state=nonsense")).chosen == {"text": "peptide"}
    assert EnquiryFilters(QueryDict("")).chosen == {}
    assert EnquiryFilters().chosen == {}


def test_a_reason_fits_into_what_the_rule_allows():
    assert ReasonForm({"reason": "Too late."}, longest=10).is_valid()
    assert not ReasonForm({"reason": "Too late by far."}, longest=10).is_valid()
    assert ReasonForm({"reason": ""}, longest=10).errors["reason"] == ["Fill this in."]
    assert "The company reads it." in str(
        ReasonForm(longest=10, read_by="The company reads it.")["reason"].help_text
    )
