"""Working days: which day a desk works, which day comes n working days later, and when that day ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

SATURDAY = 5
LONGEST_CLOSURE = 366  # days; a desk that is closed longer than a year has no next working day
MOST_DAYS = 3_000  # working days that may be reckoned at once, about twelve years
LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When one desk works: its country's weekends and public holidays, and days of its own, each with its reason.

    `subdivision` is the part of the country with holidays of its own, "" for none; `language` names the holidays.
    """

    country: str
    subdivision: str
    time_zone: str
    language: str = ""
    own_days: Mapping[date, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Neither weekend nor holiday nor a day of the desk's own."""
        return day.weekday() < SATURDAY and not self.reason(day)

    def reason(self, day: date) -> str:
        """Why the desk is closed on this day of the week: the holiday's name or its own reason; "" when it is not."""
        holiday = public_holidays(self.country, self.subdivision, day.year, self.language).get(day, "")
        return holiday or self.own_days.get(day, "")

    def after(self, day: date, *, working_days: int) -> date:
        """The n-th working day after `day`, which itself does not count; for 0, `day` or the next that works.

        Raises ValueError for a negative or absurd number, and where a whole year holds no working day.
        """
        if not 0 <= working_days <= MOST_DAYS:
            raise ValueError(f"From 0 to {MOST_DAYS} working days can be reckoned, not {working_days}.")
        found = day if working_days == 0 else day + timedelta(days=1)
        for count in range(max(working_days, 1)):
            found = self._first_from(found if count == 0 else found + timedelta(days=1))
        return found

    def deadline(self, at: datetime, *, working_days: int) -> datetime:
        """The last second, in UTC, of the n-th working day after the day that `at` is in this time zone."""
        day = at.astimezone(ZoneInfo(self.time_zone)).date()
        return end_of(self.after(day, working_days=working_days), time_zone=self.time_zone)

    def holidays_in(self, year: int) -> Mapping[date, str]:
        """The public holidays of a year, with their names."""
        return public_holidays(self.country, self.subdivision, year, self.language)

    def _first_from(self, day: date) -> date:
        for distance in range(LONGEST_CLOSURE + 1):
            found = day + timedelta(days=distance)
            if self.is_working(found):
                return found
        raise ValueError(f"There is no working day within a year from {day}.")


def end_of(day: date, *, time_zone: str) -> datetime:
    """The last second of a calendar day in a time zone, as a moment in UTC; where it comes twice, the later one."""
    return datetime.combine(day, LAST_SECOND, tzinfo=ZoneInfo(time_zone)).replace(fold=1).astimezone(UTC)


@lru_cache(maxsize=512)
def public_holidays(country: str, subdivision: str, year: int, language: str = "") -> Mapping[date, str]:
    """The public holidays of a year by date; nothing for a country, part or year that is not known.

    They bear their official names in `language` where the country uses it, else in the country's own.
    """
    try:
        known = holidays.country_holidays(country, subdiv=subdivision or None)
    except NotImplementedError:
        return MappingProxyType({})
    spoken = language if language in known.supported_languages else known.default_language
    # Without a language the library would take that of the machine it runs on.
    named = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language=spoken)
    return MappingProxyType({day: name for day, name in sorted(named.items()) if day.year == year})
