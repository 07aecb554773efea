"""Whom the desks introduced to whom, what each side said, and the access to facilities that followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from landbridge.access.models import Feedback, Quote, Request
from landbridge.access.states import S as RequestState
from landbridge.demonstration.years.asking import Asked
from landbridge.demonstration.years.ground import ABOUT, Ground, home_of
from landbridge.demonstration.years.writing import put
from landbridge.enquiries.states import Closing
from landbridge.foundation.money import euro
from landbridge.introductions.models import Answer, Introduction
from landbridge.introductions.states import Outcome, S, Side
from landbridge.organisations.models import Organisation

# What came of an introduction that was made, for enquiries that end with neither collaboration nor application
OUTCOMES = (Outcome.MEETING, Outcome.MEETING, Outcome.NOTHING)
TWICE = 0.18  # so many enquiries need a second introduction, since the first was refused or lapsed
FIRST_ONES = (S.REFUSED, S.REFUSED, S.LAPSED, S.WITHDRAWN)
ASKS_FOR_ACCESS = 0.32
# The way of a request and the days that each step takes
WAY: tuple[tuple[str, str, float], ...] = (
    (RequestState.SUBMITTED, "submitted_at", 2),
    (RequestState.ELIGIBLE, "eligible_at", 2),
    (RequestState.FEASIBLE, "feasible_at", 5),
    (RequestState.QUOTED, "quoted_at", 6),
    (RequestState.ACCEPTED, "accepted_at", 5),
    (RequestState.AGREED, "agreed_at", 9),
    (RequestState.IN_PROGRESS, "begun_at", 20),
    (RequestState.DELIVERED, "delivered_at", 32),
    (RequestState.CLOSED, "ended_at", 12),
)
AGREED_STEP = 5


@dataclass(slots=True)
class Met:
    """An introduction that was made, and what it came to."""

    asked: Asked
    introduction: Introduction
    company: Organisation
    provider: Organisation
    made_at: datetime
    outcome: str
    request: Request | None = field(default=None)


def met(ground: Ground, enquiries: list[Asked]) -> list[Met]:
    """Every introduction with its answers; those that were made are given back, with their requests for access."""
    rows: list[Introduction] = []
    found: list[Met] = []
    for one in enquiries:
        if not one.introduces or one.summary is None or one.introduced_at > ground.span.until:
            continue
        rows.extend(_failed(ground, one, len(rows)))
        last = _last(ground, one, len(rows))
        rows.append(last)
        if last.made_at is not None:
            found.append(Met(one, last, one.company, last.provider, last.made_at, last.outcome))
    put(rows)
    put(answer for row in rows for answer in _answers(ground, row))
    _access(ground, found)
    return found


def _failed(ground: Ground, one: Asked, number: int) -> Iterator[Introduction]:
    """A first try with another provider that came to nothing."""
    if not ground.chance.happens(TWICE):
        return
    asked_at = one.ready_at + (one.introduced_at - one.ready_at) * 0.3
    row = _prepared(ground, one, number, at=asked_at)
    _ask(row, asked_at)
    row.state = ground.chance.one_of(FIRST_ONES)
    row.ended_at = asked_at + (one.introduced_at - asked_at) * 0.8
    if row.state == S.WITHDRAWN:
        row.reason = "The provider has no time this year."
    yield row


def _last(ground: Ground, one: Asked, number: int) -> Introduction:
    """The introduction that counts: refused where the enquiry ends so, else made some days after both were asked."""
    chance, until = ground.chance, ground.span.until
    row = _prepared(ground, one, number, at=one.introduced_at)
    _ask(row, one.introduced_at)
    answered = one.introduced_at + min(chance.lasting(4), timedelta(days=13))
    if one.end == "refused" or answered > until:
        row.state, row.ended_at = S.REFUSED, min(answered, until)
        return row
    row.state, row.made_at = S.MADE, answered
    if one.has_ended:
        row.state, row.ended_at = S.OUTCOME_KNOWN, max(one.ends_at, answered)
        row.outcome = {
            Closing.COLLABORATION: Outcome.COLLABORATION,
            Closing.APPLICATION: Outcome.APPLICATION,
        }.get(Closing(one.end) if one.end in list(Closing) else Closing.NO_MATCH, chance.one_of(OUTCOMES))
    return row


def _prepared(ground: Ground, one: Asked, number: int, *, at: datetime) -> Introduction:
    provider = ground.abroad(one.company)
    return Introduction(
        number=f"I-{at.year}-Y{number:05d}",
        enquiry=one.enquiry,
        summary=one.summary,
        record=ground.records[provider.pk][0],
        company=one.company,
        provider=provider,
        region_id=home_of(one.company),
        provider_region_id=provider.region_id,
        title=one.enquiry.title,
        shown_to_provider=f"A company looks for help with this: {one.enquiry.title}.",
        shown_to_company=f"A provider offers to help. {ABOUT}",
        prepared_by_name="The desk",
        prepared_at=at - timedelta(hours=2),
        is_demonstration=True,
    )


def _ask(row: Introduction, at: datetime) -> None:
    row.asked_at = at
    row.lapses_at = at + timedelta(days=15)


def _answers(ground: Ground, row: Introduction) -> Iterator[Answer]:
    """Both said yes; or one of them no; or the provider said nothing until it lapsed."""
    if row.asked_at is None or row.state == S.WITHDRAWN:
        return
    by = row.made_at or row.ended_at or row.asked_at
    says_no = row.state == S.REFUSED
    yield Answer(
        introduction=row,
        side=Side.COMPANY,
        said_yes=True,
        person_name=ground.person_of(row.company),
        at=row.asked_at + (by - row.asked_at) * 0.4,
    )
    if row.state != S.LAPSED:
        yield Answer(
            introduction=row,
            side=Side.PROVIDER,
            said_yes=not says_no,
            reason="No time for this in the coming months." if says_no else "",
            person_name=ground.person_of(row.provider),
            at=by,
        )


# ── Access ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _access(ground: Ground, found: list[Met]) -> None:
    asking = [one for one in found if one.outcome and ground.chance.happens(ASKS_FOR_ACCESS)]
    for number, one in enumerate(asking):
        one.request = _request(ground, one, number)
    requests = put(one.request for one in asking if one.request)
    put(quote for row in requests for quote in _quotes(ground, row))
    put(said for row in requests if row.state == RequestState.CLOSED for said in _said(ground, row))


def _request(ground: Ground, one: Met, number: int) -> Request:
    """A request that walks its way until its end, until today, or until somebody stops it."""
    chance, until = ground.chance, ground.span.until
    started = one.made_at + chance.lasting(4)
    row = Request(
        number=f"A{started:%y}-Y{number:04d}",
        rule_set=ground.rule_set,
        record=ground.records[one.provider.pk][0],
        company=one.company,
        provider=one.provider,
        introduction=one.introduction,
        enquiry=one.asked.enquiry,
        title=one.asked.enquiry.title,
        purpose=ABOUT,
        access_mode="physical",
        edited_by_name=ground.person_of(one.company),
        is_demonstration=True,
        started_at=started,
    )
    is_watched = bool({one.company.region_id, one.provider.region_id} & ground.quiet)
    stops_after = chance.draw.choices((1, 2, 3, 9), (4, 7, 9, 80))[0]
    at = started
    for step, (state, column, days) in enumerate(WAY):
        at += chance.lasting(days)
        if at > until or step >= stops_after:
            break
        row.state = state
        setattr(row, column, at)
        if step == AGREED_STEP:
            row.starts_on, row.ends_on = at.date(), at.date() + timedelta(days=60)
    ends_early = stops_after < len(WAY) and at <= until
    if row.state != RequestState.CLOSED and (ends_early or is_watched):
        _stop(row, at=min(at, until))
    return row


def _stop(row: Request, *, at: datetime) -> None:
    """It came to nothing, and says why."""
    agreed = row.agreed_at is not None
    row.state = RequestState.CANCELLED if agreed else RequestState.WITHDRAWN
    if row.feasible_at is None and row.eligible_at is not None:
        row.state, row.feasibility = RequestState.NOT_FEASIBLE, "no"
    row.ended_at = max(at, row.started_at)
    row.reason = "The sample did not suit the method."


def _quotes(ground: Ground, row: Request) -> Iterator[Quote]:
    if row.quoted_at is None:
        return
    yield Quote(
        request=row,
        version=1,
        amount_eur=euro(400 + 100 * int(ground.chance.draw.random() * 80)),
        text="Preparation, measurements and report.",
        holds_until=(row.quoted_at + timedelta(days=60)).date(),
        quoted_by_name=ground.person_of(row.provider),
        quoted_at=row.quoted_at,
        accepted_at=row.accepted_at,
    )


def _said(ground: Ground, row: Request) -> Iterator[Feedback]:
    for side, name in ((Side.COMPANY, row.company), (Side.PROVIDER, row.provider)):
        if ground.chance.happens(0.6):
            yield Feedback(
                request=row,
                side=side,
                rating=ground.chance.draw.choices((2, 3, 4, 5), (6, 14, 44, 36))[0],
                person_name=ground.person_of(name),
                at=row.ended_at or row.started_at,
            )
