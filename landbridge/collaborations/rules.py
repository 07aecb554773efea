"""When a collaboration may be recorded, ended, renewed; what may be told of it; when a next step is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from landbridge.collaborations.states import Followed, Owner
from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, Problem

LONGEST_TITLE = 150
LONGEST_STEP = 300
LONGEST_TEXT = 2000
MOST_JOBS = Decimal(100_000)
LONGEST_AHEAD = timedelta(days=731)
WITH_MONEY = (Followed.PROJECT, Followed.MONEY)


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


# ── Its life ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def problems_with_turning(*, on: date, last: date, today: date) -> Iterator[Problem]:
    """A turn lies between the one before it and today."""
    if on > today:
        yield Problem(
            code="ahead",
            message=N_("This day lies ahead."),
            cure=N_("Say it when it has happened."),
            field="on",
        )
    elif on < last:
        yield Problem(
            code="before_the_last",
            message=N_("This day lies before the last turn, %(last)s."),
            cure=N_("Give that day or a later one."),
            field="on",
            params={"last": last},
        )


def problems_with_stopping(reason: str) -> Iterator[Problem]:
    """What stopped early says why."""
    if not reason.strip():
        yield Problem(
            code="no_reason",
            message=N_("It is not said why it stopped."),
            cure=N_("A sentence is enough; others learn from it."),
            field="reason",
        )


# ── What followed ────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Following:
    """What somebody tells that a collaboration led to."""

    kind: Followed
    title: str
    on: date
    text: str = ""
    amount_eur: Money | None = None
    funder: str = ""
    jobs: Decimal | None = None


def problems_with_following(told: Following, *, since: date, today: date) -> Iterator[Problem]:
    """It has a name and a day within the collaboration's life; money has its amount, jobs their number."""
    if not told.title.strip():
        yield Problem(
            code="no_title",
            message=N_("The title is missing."),
            cure=N_("Say in one line what followed."),
            field="title",
        )
    if told.on > today:
        yield Problem(
            code="ahead",
            message=N_("This day lies ahead."),
            cure=N_("Tell it when it has happened."),
            field="on",
        )
    elif told.on < since:
        yield Problem(
            code="before_it_began",
            message=N_("They have worked together since %(since)s; this was before."),
            cure=N_("Give that day or a later one, or leave it out: it did not come of this."),
            field="on",
            params={"since": since},
        )
    yield from _problems_with_figures(told)


def _problems_with_figures(told: Following) -> Iterator[Problem]:
    amount, jobs = told.amount_eur, told.jobs
    if amount is not None and amount.cents <= 0:
        yield Problem(
            code="no_amount",
            message=N_("An amount is more than nothing."),
            cure=N_("Leave it empty where there is none."),
            field="amount_eur",
        )
    elif told.kind is Followed.MONEY and amount is None:
        yield Problem(
            code="amount_missing",
            message=N_("The amount is missing."),
            cure=N_("Say how much came in."),
            field="amount_eur",
        )
    elif amount is not None and told.kind not in WITH_MONEY:
        yield Problem(
            code="amount_of_nothing",
            message=N_("Only a project or money has an amount."),
            cure=N_("Leave it empty, or tell the money by itself."),
            field="amount_eur",
        )
    if told.kind is Followed.JOBS and (jobs is None or jobs <= 0):
        yield Problem(
            code="jobs_missing",
            message=N_("The number of jobs is missing."),
            cure=N_("Count them as full-time: half a post is 0.5."),
            field="jobs",
        )
    elif jobs is not None and (told.kind is not Followed.JOBS or jobs > MOST_JOBS):
        yield Problem(
            code="jobs_of_nothing",
            message=N_("This number of jobs does not belong here."),
            cure=N_("Choose “Jobs” for them, and count them as full-time."),
            field="jobs",
        )


# ── The next step ────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done, by whom, until when."""

    text: str
    owner: Owner
    due_on: date
    owner_name: str = ""


def problems_with_step(planned: Planned, *, has_provider: bool, today: date) -> Iterator[Problem]:
    """It says what, who, and a day within two years."""
    if not planned.text.strip():
        yield Problem(
            code="no_step",
            message=N_("It is not said what comes next."),
            cure=N_("One line: “Write the proposal for a joint project”."),
            field="text",
        )
    if planned.owner is Owner.PROVIDER and not has_provider:
        yield Problem(
            code="no_provider",
            message=N_("No provider takes part here."),
            cure=N_("Choose the company or the desk."),
            field="owner",
        )
    if planned.due_on < today:
        yield Problem(
            code="past",
            message=N_("This day has passed."),
            cure=N_("Give today or a later day."),
            field="due_on",
        )
    elif planned.due_on > today + LONGEST_AHEAD:
        yield Problem(
            code="too_far",
            message=N_("This day is more than two years away."),
            cure=N_("Plan the step before it."),
            field="due_on",
        )


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """Whoever plans nothing, or drops a step, says why."""
    if not reason.strip():
        yield Problem(
            code="no_reason",
            message=N_("It is not said why."),
            cure=N_("A sentence is enough."),
            field="reason",
        )
