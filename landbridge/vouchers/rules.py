"""When a voucher may be awarded, extended, closed or let lapse, and how long it holds."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from landbridge.foundation import reasons
from landbridge.foundation.problems import N_, Problem

# After the last day of validity a company has this long to hand in its claim; then what is left is set free.
DAYS_TO_CLAIM = 60
# So many days before its end a voucher's company is reminded.
DAYS_OF_WARNING = (60, 14)
LONGEST_REASON = 1000


def number_for(application_number: str) -> str:
    """The voucher's number: the application's with a V, so that whoever knows one finds the other."""
    return f"{application_number}-V"


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_day_to_claim(valid_until: date) -> date:
    """The last day on which a claim for this voucher may be handed in."""
    return valid_until + timedelta(days=DAYS_TO_CLAIM)


def due_warning(*, granted_on: date, valid_until: date, today: date) -> int | None:
    """Which warning is due: so many days before the end, the nearest one; None on other days.

    A day on which nobody looked is made up for on the next. A warning that would have been due before the award
    is left out.
    """
    left = (valid_until - today).days
    due = [
        days
        for days in DAYS_OF_WARNING
        if 0 <= left <= days and valid_until - timedelta(days=days) > granted_on
    ]
    return min(due, default=None)


def problems_with_acceptance(*, valid_until: date, today: date) -> Iterator[Problem]:
    """A voucher whose validity has passed cannot be accepted any more: no cost could count."""
    if today > valid_until:
        yield Problem(
            code="too_late_to_accept",
            message=N_("This voucher was valid until %(day)s."),
            cure=N_("Nothing can be spent under it any more. Apply in the next call if you still need help."),
            params={"day": valid_until},
        )


def problems_with_extension(
    *,
    granted_on: date,
    valid_until: date,
    until: date,
    extension_months: int,
    was_extended: bool,
    began_on: date,
    reason: str,
    today: date,
) -> Iterator[Problem]:
    """One extension, within the incentive's limit, before the voucher ends and only when work has begun.

    Source: rules of the field, section 2.
    """
    latest = months_later(valid_until, extension_months)
    if was_extended:
        yield Problem(
            code="extended_already",
            message=N_("This voucher was extended once already."),
            cure=N_("A voucher is extended once. Claim what was spent until its end."),
        )
    if today > valid_until:
        yield Problem(
            code="too_late_to_extend",
            message=N_("This voucher ended on %(day)s."),
            cure=N_("An extension is asked for before the end."),
            params={"day": valid_until},
        )
    if not granted_on <= began_on <= today:
        yield Problem(
            code="work_has_not_begun",
            message=N_("A voucher is extended only when work under it has begun."),
            cure=N_("Give the day on which it began, between %(first)s and today."),
            field="began_on",
            params={"first": granted_on},
        )
    if extension_months <= 0:
        yield Problem(
            code="never_extended",
            message=N_("Vouchers of this incentive are not extended."),
            cure=N_("Claim what was spent until %(day)s."),
            params={"day": valid_until},
        )
    elif not valid_until < until <= latest:
        yield Problem(
            code="extension_out_of_range",
            message=N_("The new end must be after %(day)s and not after %(latest)s."),
            cure=N_("Choose a day in between."),
            field="valid_until",
            params={"day": valid_until, "latest": latest},
        )
    yield from problems_with_reason(reason)


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """A reason is given, and fits."""
    return reasons.problems_with(
        reason, cure=N_("Say why in one or two sentences; it stays on the record."), longest=LONGEST_REASON
    )


def problems_with_lapse(*, valid_until: date, today: date) -> Iterator[Problem]:
    """A voucher lapses only when nothing can be claimed under it any more."""
    last = last_day_to_claim(valid_until)
    if today <= last:
        yield Problem(
            code="still_claimable",
            message=N_("The company may still claim until %(day)s."),
            cure=N_("Wait until then, or let the company decline the voucher."),
            params={"day": last},
        )
