"""When a collaboration may be recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from landbridge.foundation.problems import N_, Problem

LONGEST_TITLE = 150


def number_for(serial: int, *, year: int) -> str:
    """The number of a collaboration, such as C26-0007: the year it began and its running number."""
    return f"C{year % 100:02d}-{serial:04d}"


def problems_with_sides(
    *, company_id: int | None, provider_id: int | None, is_within_reach: bool
) -> Iterator[Problem]:
    """Both sides are known, differ, and one of them lies in the region of the desk that records it."""
    if company_id is None:
        yield Problem(
            code="company_unknown",
            message=N_("No organisation, or more than one, has this name."),
            cure=N_("Write the name as it stands in the list of organisations."),
            field="company",
        )
    if provider_id is None:
        yield Problem(
            code="provider_unknown",
            message=N_("No organisation, or more than one, has this name."),
            cure=N_("Write the name as it stands in the list of organisations."),
            field="provider",
        )
    if company_id is None or provider_id is None:
        return
    if company_id == provider_id:
        yield Problem(
            code="same_side",
            message=N_("Nobody works together with themselves."),
            cure=N_("Name two different organisations."),
            field="provider",
        )
    elif not is_within_reach:
        yield Problem(
            code="foreign_region",
            message=N_("Neither of the two lies in your region."),
            cure=N_("The desk of one of the two records it."),
            field="company",
        )


def problems_with_content(*, title: str, since: date, today: date) -> Iterator[Problem]:
    """What they do has a title, and has begun."""
    if not title.strip():
        yield Problem(
            code="no_title",
            message=N_("The title is missing."),
            cure=N_("Say in one line what they work on."),
            field="title",
        )
    if since > today:
        yield Problem(
            code="not_begun",
            message=N_("This day lies ahead."),
            cure=N_("Record it when they have begun."),
            field="since",
        )
