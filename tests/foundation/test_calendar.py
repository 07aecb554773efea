"""Calendars as other programs read them: the right moment in every zone, updates that count, nothing smuggled in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.foundation.calendar import Entry, calendar, uid
from landbridge.foundation.exports import calendar_response

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
ZONES = ["Europe/Brussels", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]


def an_entry(**changes: Any) -> Entry:
    values = {
        "uid": "event-7@landbridge.example",
        "title": "Partners for peptides",
        "starts_at": datetime(2026, 10, 24, 7, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 10, 24, 15, 0, tzinfo=UTC),
        "time_zone": "Europe/Brussels",
    }
    return Entry(**{**values, **changes})


def read(octets: bytes) -> list[Any]:
    found: Any = icalendar.Calendar.from_ical(octets)
    return list(found.walk("VEVENT"))


def one(**changes: Any) -> Any:
    (found,) = read(calendar([an_entry(**changes)], name="Mine", at=AT))
    return found


def offsets(octets: bytes, at: datetime) -> timedelta:
    """The offset that the zone's own rules in the file give at a moment: the last change before it."""
    zone: Any = icalendar.Calendar.from_ical(octets).walk("VTIMEZONE")[0]
    changes = []
    for part in zone.subcomponents:
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        later = part.get("RDATE")
        onsets = [part["DTSTART"].dt, *([one.dt for one in later.dts] if later else [])]
        changes += [((onset - before).replace(tzinfo=UTC), after) for onset in onsets]
    return max((change for change in changes if change[0] <= at), key=lambda change: change[0])[1]


def test_an_entry_is_read_again_as_it_was_written():
    found = one(
        text="Bring cards.", place="Hall 3, Ghent", link="https://landbridge.example/events/x/", sequence=4
    )
    assert str(found["UID"]) == "event-7@landbridge.example"
    assert found["DTSTART"].dt == datetime(2026, 10, 24, 7, 0, tzinfo=UTC)
    assert found["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(hours=8)
    assert (str(found["DESCRIPTION"]), str(found["LOCATION"])) == ("Bring cards.", "Hall 3, Ghent")
    assert (int(found["SEQUENCE"]), str(found["STATUS"])) == (4, "CONFIRMED")
    assert str(found["URL"]) == "https://landbridge.example/events/x/"


def test_what_is_called_off_says_so():
    assert str(one(is_cancelled=True, sequence=5)["STATUS"]) == "CANCELLED"


def test_the_same_entries_give_the_same_octets_later():
    entries = [an_entry(changed_at=AT)]
    later = calendar(entries, name="Mine", at=AT + timedelta(days=3))
    assert calendar(entries, name="Mine", at=AT) == later


def test_entries_stand_in_the_order_of_time_whatever_order_they_come_in():
    early, late = (
        an_entry(uid="a"),
        an_entry(uid="b", starts_at=AT + timedelta(days=200), ends_at=AT + timedelta(days=201)),
    )
    assert calendar([late, early], name="Mine", at=AT) == calendar([early, late], name="Mine", at=AT)


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), 1),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 2),
        (datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC), 2),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), 1),
        (datetime(2027, 7, 1, tzinfo=UTC), 2),
    ],
)
def test_the_file_brings_the_zones_rules_to_the_second_at_which_clocks_change(moment, hours):
    octets = calendar([an_entry()], name="Mine", at=AT)
    assert offsets(octets, moment) == timedelta(hours=hours)


def test_an_event_over_the_night_of_the_change_keeps_its_moments():
    begin = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    for minutes in range(0, 10 * 60, 30):
        found = one(starts_at=begin, ends_at=begin + timedelta(minutes=minutes + 30))
        assert found["DTEND"].dt.astimezone(UTC) == begin + timedelta(minutes=minutes + 30)


def test_a_zone_without_changes_and_universal_time_are_written_too():
    octets = calendar([an_entry(time_zone="Asia/Kolkata")], name="Mine", at=AT)
    assert offsets(octets, AT) == timedelta(hours=5, minutes=30)
    plain = calendar([an_entry(time_zone="UTC")], name="Mine", at=AT)
    assert b"VTIMEZONE" not in plain
    assert b"DTSTART:20261024T070000Z" in plain


def test_two_zones_bring_two_sets_of_rules():
    entries = [an_entry(), an_entry(uid="b", time_zone="Europe/London")]
    octets = calendar(entries, name="Mine", at=AT)
    assert octets.count(b"BEGIN:VTIMEZONE") == 2


def test_no_text_can_add_a_line_of_its_own():
    wicked = "Fine\r\nATTENDEE:mailto:mallory@example\rEND:VEVENT\u2028X:1;a,b\\n\x00\x07\ud800"
    octets = calendar([an_entry(title=wicked, text=wicked, place=wicked)], name=wicked, at=AT)
    (found,) = read(octets)
    assert "ATTENDEE" not in found
    assert str(found["SUMMARY"]).startswith("Fine\nATTENDEE:mailto:mallory@example\nEND:VEVENT")
    assert str(found["SUMMARY"]).endswith("X:1;a,b\\n")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://x.example/\r\nATTENDEE:m", "https://a b", ""]
)
def test_only_a_web_address_on_one_line_is_a_link(link):
    assert "URL" not in one(link=link)


def test_long_lines_are_folded_within_75_octets():
    octets = calendar([an_entry(title="Begegnung für Großgeräte – " * 12)], name="Mine", at=AT)
    assert max(len(line) for line in octets.split(b"\r\n")) <= 75
    assert str(read(octets)[0]["SUMMARY"]) == "Begegnung für Großgeräte – " * 12


def test_a_program_is_told_to_look_again_each_hour():
    octets = calendar([], name="Mine", at=AT)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in octets
    assert b"X-PUBLISHED-TTL:PT1H" in octets


def test_an_identifier_names_the_house(settings):
    settings.LANDBRIDGE_ADDRESS = "https://landbridge.example:8443"
    assert uid("meeting", "K4TZ") == "meeting-K4TZ@landbridge.example"


def test_the_download_has_a_plain_name_and_is_not_kept():
    response = calendar_response(b"BEGIN", filename='a"\r\nb.ics')
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Disposition"].endswith('.ics"')
    assert "private" in response["Cache-Control"]


@given(
    second=st.integers(0, 28 * 365 * 86_400),
    minutes=st.integers(1, 60 * 24 * 400),
    zone=st.sampled_from(ZONES),
    text=st.text(max_size=200),
)
def test_any_entry_comes_back_with_its_moments(second, minutes, zone, text):
    begin = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    entry = an_entry(
        starts_at=begin, ends_at=begin + timedelta(minutes=minutes), time_zone=zone, title=text, text=text
    )
    octets = calendar([entry], name=text, at=AT)
    (found,) = read(octets)
    assert found["DTSTART"].dt.astimezone(UTC) == entry.starts_at
    assert found["DTEND"].dt.astimezone(UTC) == entry.ends_at
    if zone != "UTC":
        for moment in (entry.starts_at, entry.ends_at):
            assert offsets(octets, moment) == moment.astimezone(ZoneInfo(zone)).utcoffset()
