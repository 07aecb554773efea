"""Fields read what people type, and say what is wrong with the rest."""

# ruff: noqa: DTZ001 - what people type is the clock on their wall

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from landbridge.foundation.money import euro
from landbridge.foundation.ui.inputs import (
    DateField,
    DayInput,
    IbanField,
    MomentField,
    MomentInput,
    MoneyFormField,
    UploadField,
    VatField,
    in_zone,
)

pytestmark = pytest.mark.once


@pytest.mark.parametrize("typed", ["1,234.50", "1.234,50", "1 234,50", "€ 1234.5", "1234,50"])
def test_money_as_people_type_it(typed):
    assert MoneyFormField().clean(typed) == euro("1234.50")


@pytest.mark.parametrize("typed", ["abc", "1,2,3", "1.234.50", "--1", "1e5", "NaN", "9" * 60])
def test_what_is_no_amount(typed):
    with pytest.raises(ValidationError):
        MoneyFormField().clean(typed)


def test_money_bounds():
    field = MoneyFormField(least=euro(1), most=euro(7000))
    with pytest.raises(ValidationError, match="at least €1"):
        field.clean("0")
    with pytest.raises(ValidationError, match="€7,000 or less"):
        field.clean("7000.01")
    with pytest.raises(ValidationError):
        MoneyFormField().clean("-1")
    assert MoneyFormField(required=False).clean("") is None


def test_money_comes_back_as_it_would_be_typed():
    field = MoneyFormField()
    assert field.prepare_value(euro(4000)) == "4,000"
    assert field.prepare_value("4 thousand") == "4 thousand"
    assert not field.has_changed(euro(4000), "4000")
    assert field.has_changed(euro(4000), "what")


@given(st.text(max_size=60))
def test_money_never_fails_in_another_way(typed):
    with contextlib.suppress(ValidationError):
        MoneyFormField(required=False).clean(typed)


def test_a_day_in_three_parts():
    assert DateField().clean(["4", "05", "2014"]) == dt.date(2014, 5, 4)
    assert DateField(required=False).clean(["", "", ""]) is None
    with pytest.raises(ValidationError):
        DateField().clean(["", "", ""])


@pytest.mark.parametrize(
    "parts",
    [
        ["31", "2", "2014"],
        ["29", "2", "2015"],
        ["x", "5", "2014"],
        ["4", "", "2014"],
        ["4", "5", "99999"],
        ["²", "5", "2014"],
    ],
)
def test_a_day_that_does_not_exist(parts):
    with pytest.raises(ValidationError):
        DateField().clean(parts)


def test_a_day_outside_the_bounds():
    field = DateField(earliest=dt.date(2014, 1, 1), latest=dt.date(2014, 12, 31))
    with pytest.raises(ValidationError, match=r"The day must lie between 1"):
        field.clean(["1", "1", "2015"])


@given(st.lists(st.text(max_size=12), min_size=3, max_size=3))
def test_a_day_never_fails_in_another_way(parts):
    with contextlib.suppress(ValidationError):
        DateField(required=False).clean(parts)


def test_a_day_is_read_from_parts_or_as_a_whole():
    widget = DayInput()
    assert widget.value_from_datadict({"on_day": "4", "on_month": "5", "on_year": "2014"}, {}, "on") == [
        "4",
        "5",
        "2014",
    ]
    assert widget.value_from_datadict({"on": "2014-05-04"}, {}, "on") == ["04", "05", "2014"]
    assert DateField(required=False).clean(widget.value_from_datadict({"on": ""}, {}, "on")) is None
    assert widget.decompress(dt.date(2014, 5, 4)) == [4, 5, 2014]
    assert not DateField().has_changed(dt.date(2014, 5, 4), ["4", "5", "2014"])
    assert DateField().has_changed(dt.date(2014, 5, 4), ["x", "5", "2014"])


def test_a_day_and_its_time():
    field = MomentField(required=False)
    assert field.clean(["4", "5", "2014", "17:00"]) == dt.datetime(2014, 5, 4, 17, 0)
    assert field.clean(["4", "5", "2014", "17:00:59"]) == dt.datetime(2014, 5, 4, 17, 0, 59)
    assert field.clean(["", "", "", ""]) is None
    for wrong in (["4", "5", "2014", ""], ["4", "5", "2014", "25:00"], ["", "", "", "17:00"]):
        with pytest.raises(ValidationError):
            field.clean(wrong)


def test_a_moment_is_read_as_a_whole():
    found = MomentInput().value_from_datadict({"at": "2014-05-04T17:00"}, {}, "at")
    assert MomentField().clean(found) == dt.datetime(2014, 5, 4, 17, 0)
    assert MomentInput().decompress(dt.datetime(2014, 5, 4, 17, 0)) == [4, 5, 2014, "17:00"]


def test_a_wall_clock_becomes_a_moment():
    assert in_zone(dt.datetime(2014, 5, 4, 17, 0), "Europe/Brussels") == dt.datetime(
        2014, 5, 4, 15, 0, tzinfo=dt.UTC
    )
    with pytest.raises(ValidationError, match="skip"):
        in_zone(dt.datetime(2014, 3, 30, 2, 30), "Europe/Brussels")
    with pytest.raises(ValidationError, match="twice"):
        in_zone(dt.datetime(2014, 10, 26, 2, 30), "Europe/Brussels")


def test_bank_accounts():
    assert IbanField().clean("be71 0961 2345 6769") == "BE71096123456769"
    assert IbanField(required=False).clean("") == ""
    with pytest.raises(ValidationError, match="bank statement"):
        IbanField().clean("BE71 0961 2345 6768")


def test_vat_numbers():
    assert VatField().clean("BE 0403.091.220").endswith("0403091220")
    assert VatField(required=False).clean("") == ""
    with pytest.raises(ValidationError, match="VAT"):
        VatField().clean("ZZ123")


def test_files_are_bounded():
    field = UploadField(most=10)
    assert field.clean(SimpleUploadedFile("a.pdf", b"12345")).name == "a.pdf"
    with pytest.raises(ValidationError, match="are allowed"):
        field.clean(SimpleUploadedFile("a.pdf", b"12345678901"))
    with pytest.raises(ValidationError):
        field.clean(SimpleUploadedFile("a.pdf", b""))
