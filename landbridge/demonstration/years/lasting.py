"""What lasted: who works with whom since, what followed from it, and the next step after each closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from landbridge.access.states import S as RequestState
from landbridge.coaching.models import Case
from landbridge.coaching.states import OVER
from landbridge.collaborations.models import Collaboration, FollowOn, NextStep, Turn
from landbridge.collaborations.states import Followed, Origin, Owner, S, Stepped
from landbridge.demonstration.years.chance import moment
from landbridge.demonstration.years.granting import Granted
from landbridge.demonstration.years.ground import Ground
from landbridge.demonstration.years.introducing import Met
from landbridge.demonstration.years.writing import put
from landbridge.foundation.money import euro
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import Outcome
from landbridge.organisations.models import Organisation
from landbridge.vouchers.states import S as VoucherState

RECORDED = 0.85  # so many uses of a voucher are recorded as a collaboration
LASTS, RENEWED, STOPPED = 390, 0.16, 0.2
FOLLOWS = 0.32
KINDS: tuple[tuple[str, str, int], ...] = (
    (Followed.PROJECT, "A joint project", 30), (Followed.MONEY, "Money from an investor", 16),
    (Followed.PRODUCT, "A new product", 22), (Followed.PUBLICATION, "A paper together", 16),
    (Followed.JOBS, "New jobs", 9), (Followed.LICENCE, "A licence", 5), (Followed.SPIN_OFF, "A spin-off", 2),
)  # fmt: skip
NEXT = (
    "Agree on a second series",
    "Meet again with the results",
    "Apply together for more",
    "Send the offer",
)


@dataclass(slots=True)
class Lasting:
    """One collaboration with its turns."""

    row: Collaboration
    turns: list[Turn] = field(default_factory=list)


def lasted(ground: Ground, introductions: list[Met], vouchers: list[Granted]) -> list[Collaboration]:
    """All collaborations with their lives and what followed, as either side told it."""
    drawn = [*_of_vouchers(ground, vouchers)]
    used = {one.row.introduction for one in drawn if one.row.introduction}
    drawn += _of_introductions(ground, introductions, {one.pk for one in used})
    drawn.sort(key=lambda one: one.row.since)
    for number, one in enumerate(drawn, start=1):
        one.row.number = f"C{one.row.since:%y}-Y{number:04d}"
        _live(ground, one)
    rows = put(one.row for one in drawn)
    put(turn for one in drawn for turn in one.turns)
    put(follow_on for row in rows for follow_on in _follow_ons(ground, row))
    return rows


def _of_vouchers(ground: Ground, vouchers: list[Granted]) -> Iterator[Lasting]:
    for one in vouchers:
        if one.row.accepted_at is None or not ground.chance.happens(RECORDED):
            continue
        met = one.applied.met
        row = _row(one.applied.company, one.applied.provider, one.row.accepted_at, Origin.VOUCHER)
        row.title, row.instrument, row.voucher = one.applied.row.title, one.applied.offer.name, one.row
        if met:
            row.enquiry, row.introduction = met.asked.enquiry, met.introduction
            row.access_request = met.request
        yield Lasting(row)


def _of_introductions(ground: Ground, introductions: list[Met], used: set[int]) -> Iterator[Lasting]:
    for one in introductions:
        if one.outcome != Outcome.COLLABORATION or one.introduction.pk in used:
            continue
        since = min(one.made_at + ground.chance.lasting(30), ground.span.until)
        row = _row(one.company, one.provider, since, Origin.INTRODUCTION)
        row.title, row.instrument = one.asked.enquiry.title, "Contract"
        row.enquiry, row.introduction = one.asked.enquiry, one.introduction
        if one.request and one.request.state == RequestState.CLOSED:
            row.access_request, row.origin = one.request, Origin.ACCESS
        yield Lasting(row)


def _row(company: Organisation, provider: Organisation, since: datetime, origin: str) -> Collaboration:
    return Collaboration(
        company=company,
        provider=provider,
        origin=origin,
        since=since.date(),
        recorded_by_name="The desk",
        recorded_at=since,
        is_demonstration=True,
    )


def _live(ground: Ground, one: Lasting) -> None:
    """It ends after a year or so; some begin again."""
    chance, row = ground.chance, one.row
    day, is_running = row.since, True
    for _ in range(4):
        day += chance.lasting(LASTS if is_running else 70, 0.7)
        if day > ground.span.last or (not is_running and not chance.happens(RENEWED)):
            break
        state = (S.STOPPED if chance.happens(STOPPED) else S.FINISHED) if is_running else S.RUNNING
        is_running = state == S.RUNNING
        row.renewals += is_running
        row.state, row.ended_on = state, None if is_running else day
        one.turns.append(_turn(row, state, day))


def _turn(row: Collaboration, state: str, day: date) -> Turn:
    told = "Told by the company"
    return Turn(collaboration=row, state=state, on=day, told_by_name=told, told_at=moment(day, hour=12))


def _follow_ons(ground: Ground, row: Collaboration) -> Iterator[FollowOn]:
    chance = ground.chance
    while chance.happens(FOLLOWS):
        kind, title, _weight = chance.draw.choices(KINDS, [weight for *_, weight in KINDS])[0]
        day = row.since + chance.lasting(330, 0.5)
        if day > ground.span.last:
            return
        is_money = kind in (Followed.PROJECT, Followed.MONEY)
        yield FollowOn(
            collaboration=row,
            kind=kind,
            title=title,
            amount_eur=euro(round(45 * 2.7 ** chance.draw.gauss(0, 0.8)) * 1000 + 5000) if is_money else None,
            jobs=Decimal(1 + int(chance.draw.random() * 3)) if kind == Followed.JOBS else None,
            on=day,
            told_by=chance.one_of((Owner.COMPANY, Owner.PROVIDER, Owner.DESK)),
            told_by_name="Invented",
            told_at=moment(day, hour=13),
        )


# ── Next steps ───────────────────────────────────────────────────────────────────────────────────────────────────────
def planned(
    ground: Ground, introductions: list[Met], vouchers: list[Granted], cases: list[Case]
) -> list[NextStep]:
    """A next step after each closing: done or dropped; those that are due later still wait, where no desk is quiet."""
    rows = []
    for one in vouchers:
        if one.row.state in (VoucherState.CLOSED, VoucherState.LAPSED) and one.row.ended_at:
            row = _step(ground, one.applied.company, one.applied.provider, one.row.ended_at)
            row.voucher = one.row
            rows.append(row)
    for met in introductions:
        row = _step(ground, met.company, met.provider, _ended(met.introduction))
        row.introduction = met.introduction
        rows.append(row)
    for case in cases:
        if case.state in OVER and case.ended_at:
            row = _step(ground, case.company, None, case.ended_at)
            row.coaching_case = case
            rows.append(row)
    return put(rows)


def _ended(introduction: Introduction) -> datetime:
    return introduction.ended_at or introduction.made_at or introduction.prepared_at


def _step(ground: Ground, company: Organisation, provider: Organisation | None, at: datetime) -> NextStep:
    chance, last = ground.chance, ground.span.last
    owner = chance.one_of((Owner.COMPANY, Owner.DESK, Owner.PROVIDER if provider else Owner.COMPANY))
    due = at.date() + timedelta(days=14 + int(chance.draw.random() * 60))
    row = NextStep(
        company=company,
        provider=provider,
        text=chance.one_of(NEXT),
        owner=owner,
        due_on=due,
        planned_by_name="The desk",
        planned_at=at,
        is_demonstration=True,
    )
    is_quiet = bool(ground.quiet & {company.region_id, provider.region_id if provider else None})
    ended = due + timedelta(days=int(chance.draw.gauss(4, 9)))
    if ended <= last or is_quiet:
        row.state = Stepped.DROPPED if chance.happens(0.22) else Stepped.DONE
        row.ended_on = max(min(ended, last), at.date())
        row.outcome = "Done." if row.state == Stepped.DONE else "The company has other plans."
        row.reminded_at = moment(due) if due < last else None
    return row
