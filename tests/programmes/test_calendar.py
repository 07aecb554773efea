from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from landbridge.algorithms.working_days import (
    LONGEST_CLOSURE,
    MOST_DAYS,
    WorkingCalendar,
    end_of,
    public_holidays,
)
from landbridge.programmes import calendar
from tests.factories import programmes as make

PLACES = {
    "DE-BW": WorkingCalendar("DE", "BW", "Europe/Berlin", "de"),
    "BE": WorkingCalendar("BE", "", "Europe/Brussels", "fr"),
    "DK": WorkingCalendar("DK", "", "Europe/Copenhagen", "da"),
    "NL": WorkingCalendar("NL", "", "Europe/Amsterdam", "nl"),
    "FR": WorkingCalendar("FR", "", "Europe/Paris", "fr"),
    "ES-CT": WorkingCalendar("ES", "CT", "Europe/Madrid", "ca"),
    "GB-ENG": WorkingCalendar("GB", "ENG", "Europe/London", "en"),
    "IE": WorkingCalendar("IE", "", "Europe/Dublin", "en"),
}

places = st.sampled_from(list(PLACES.values()))
days = st.dates(date(1995, 1, 1), date(2055, 12, 31))
counts = st.integers(1, 60)


class TestHolidays:
    @pytest.mark.parametrize(
        ("place", "day", "name"),
        [
            ("DE-BW", date(2026, 1, 6), "Heilige Drei Könige"),
            ("DE-BW", date(2026, 6, 4), "Fronleichnam"),
            ("BE", date(2026, 7, 21), "Fête nationale"),
            ("DK", date(2026, 4, 2), "Skærtorsdag"),
            ("DK", date(2023, 5, 5), "Store bededag"),
            ("NL", date(2026, 4, 27), "Koningsdag"),
            ("FR", date(2026, 7, 14), "Fête nationale"),
            ("ES-CT", date(2026, 9, 11), "Diada Nacional de Catalunya"),
            ("GB-ENG", date(2026, 8, 31), "Late Summer Bank Holiday"),
            ("GB-ENG", date(2026, 12, 28), "Boxing Day (observed)"),
            ("IE", date(2026, 3, 17), "Saint Patrick's Day"),
        ],
    )
    def test_each_country_rests_on_its_own_days(self, place, day, name):
        assert PLACES[place].reason(day) == name
        assert not PLACES[place].is_working(day)

    @pytest.mark.parametrize(
        ("place", "day"),
        [
            ("DK", date(2024, 4, 26)),  # Great Prayer Day was abolished from 2024 on
            ("FR", date(2026, 4, 3)),  # Good Friday is a working day in France, except in Alsace and Moselle
            ("BE", date(2026, 12, 26)),
            ("DE-BW", date(2026, 8, 15)),
            ("GB-ENG", date(2026, 1, 2)),
        ],
    )
    def test_and_not_on_those_of_others(self, place, day):
        assert PLACES[place].reason(day) == ""

    def test_an_unknown_country_has_none(self):
        assert public_holidays("XX", "", 2026) == {}
        assert public_holidays("DE", "ZZ", 2026) == {}


class TestReckoning:
    def test_over_christmas_in_two_countries(self):
        # 24 December 2026 is a Thursday; Belgium works on the 26th were it not a Saturday.
        eve = date(2026, 12, 24)

        assert PLACES["BE"].after(eve, working_days=1) == date(2026, 12, 28)
        assert PLACES["GB-ENG"].after(eve, working_days=1) == date(2026, 12, 29)
        assert PLACES["DK"].after(eve, working_days=5) == date(2027, 1, 4)

    def test_zero_days_is_today_or_the_next_day_that_works(self):
        assert PLACES["BE"].after(date(2026, 11, 20), working_days=0) == date(2026, 11, 20)
        assert PLACES["BE"].after(date(2026, 11, 21), working_days=0) == date(2026, 11, 23)

    @pytest.mark.parametrize("count", [-1, MOST_DAYS + 1])
    def test_absurd_numbers_are_refused(self, count):
        with pytest.raises(ValueError, match="working days can be reckoned"):
            PLACES["BE"].after(date(2026, 1, 1), working_days=count)

    def test_a_desk_closed_for_a_year_has_no_next_day(self):
        start = date(2026, 1, 1)
        shut = {start + timedelta(days=n): "Shut" for n in range(LONGEST_CLOSURE + 5)}

        with pytest.raises(ValueError, match="no working day"):
            WorkingCalendar("BE", "", "Europe/Brussels", own_days=shut).after(start, working_days=1)

    @given(places, days, counts)
    def test_as_many_working_days_lie_between(self, place, day, count):
        found = place.after(day, working_days=count)

        between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
        assert sum(place.is_working(one) for one in between) == count
        assert place.is_working(found)

    @given(places, days, counts, counts)
    def test_one_reckoning_continues_another(self, place, day, first, second):
        assert place.after(place.after(day, working_days=first), working_days=second) == place.after(
            day, working_days=first + second
        )

    @given(places, days, counts)
    def test_a_later_day_is_never_due_earlier(self, place, day, count):
        assert place.after(day, working_days=count) <= place.after(
            day + timedelta(days=1), working_days=count
        )

    @given(places, days, counts, st.sets(st.integers(1, 40), max_size=10))
    def test_closing_days_never_brings_anything_forward(self, place, day, count, closed):
        own = {day + timedelta(days=n): "Outing" for n in closed}
        narrower = WorkingCalendar(place.country, place.subdivision, place.time_zone, own_days=own)

        found = narrower.after(day, working_days=count)

        assert found >= place.after(day, working_days=count)
        assert found not in own


class TestDeadlines:
    @given(places, days)
    def test_a_day_ends_a_second_before_the_next_begins(self, place, day):
        moment = end_of(day, time_zone=place.time_zone)
        zone = ZoneInfo(place.time_zone)

        assert moment.astimezone(zone).date() == day
        assert (moment + timedelta(seconds=1)).astimezone(zone).date() == day + timedelta(days=1)

    def test_where_the_last_hour_comes_twice_the_later_one_counts(self):
        # In the Azores the clocks go back from 1:00 to 0:00; in Havana from 1:00 too; in Asunción at midnight.
        moment = end_of(date(2023, 3, 25), time_zone="America/Asuncion")

        assert (moment + timedelta(seconds=1)).astimezone(ZoneInfo("America/Asuncion")).day == 26

    @pytest.mark.parametrize(
        ("at", "days", "due"),
        [
            # A Friday; the clocks go forward in the night to Sunday.
            (datetime(2026, 3, 27, 12, 0, tzinfo=UTC), 1, datetime(2026, 3, 30, 21, 59, 59, tzinfo=UTC)),
            # A Friday; the clocks go back in the night to Sunday.
            (datetime(2026, 10, 23, 12, 0, tzinfo=UTC), 1, datetime(2026, 10, 26, 22, 59, 59, tzinfo=UTC)),
            # 23:30 in UTC is the next day in Liège already, and the next day there is Monday.
            (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), 1, datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)),
            # Over the turn of the year.
            (datetime(2026, 12, 31, 12, 0, tzinfo=UTC), 1, datetime(2027, 1, 4, 22, 59, 59, tzinfo=UTC)),
        ],
    )
    def test_the_end_of_the_day_in_the_regions_own_zone(self, at, days, due):
        assert PLACES["BE"].deadline(at, working_days=days) == due

    @given(
        places,
        st.datetimes(datetime(1995, 1, 1), datetime(2055, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        counts,
    )
    def test_a_deadline_lies_ahead_and_is_a_working_day_there(self, place, at, count):
        due = place.deadline(at, working_days=count)

        local = due.astimezone(ZoneInfo(place.time_zone))
        assert due > at
        assert place.is_working(local.date())
        assert (local.hour, local.minute, local.second) == (23, 59, 59)


@pytest.mark.django_db
class TestRegions:
    def test_a_region_counts_its_own_closed_days(self):
        region = make.liege()
        make.a_closed_day(region=region, day=date(2026, 11, 24))

        assert calendar.working_days_after(region, date(2026, 11, 23), 1) == date(2026, 11, 25)
        assert not calendar.is_working_day(region, date(2026, 11, 24))
        assert calendar.deadline(
            region, at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC), working_days=1
        ) == datetime(2026, 11, 25, 22, 59, 59, tzinfo=UTC)

    def test_a_calendar_is_one_query(self):
        region = make.liege()
        make.a_closed_day(region=region)

        with CaptureQueriesContext(connection) as queries:
            found = calendar.calendar_of(region)
            found.after(date(2026, 7, 1), working_days=20)

        assert len(queries) == 1

    def test_the_years_closures_come_in_order_and_once(self):
        region = make.liege()
        own = make.a_closed_day(region=region, day=date(2026, 7, 20), reason="Bridge day")
        both = make.a_closed_day(region=region, day=date(2026, 7, 21), reason="Fête et pont")
        make.a_closed_day(region=region, day=date(2027, 7, 20))

        found = calendar.closures(region, year=2026)

        assert [one.day for one in found] == sorted({one.day for one in found})
        assert [one.closed_day_id for one in found if one.closed_day_id] == [own.pk, both.pk]
        assert all(one.day.weekday() < 5 for one in found)
        assert ("Fête nationale" in [one.reason for one in found]) is False
