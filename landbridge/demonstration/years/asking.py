"""Five years of questions: who asked what, which desk led it, and how each of them ended or still stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.demonstration.years.chance import moments
from landbridge.demonstration.years.ground import ABOUT, Ground, home_of
from landbridge.demonstration.years.writing import put
from landbridge.enquiries.models import Enquiry, Lead, Summary, Want
from landbridge.enquiries.rules import number_for
from landbridge.enquiries.states import Closing, LeadState, S
from landbridge.organisations.models import Organisation

ENQUIRIES = 5000
FIRST_SERIAL = 4_000_000  # numbers of enquiries that the network has not given and will not give soon
# With what an enquiry ends, how often, days until its end, and whether people were introduced
ENDS: tuple[tuple[str, float, float, bool], ...] = (
    (Closing.COLLABORATION, 0.15, 75, True),
    (Closing.APPLICATION, 0.2, 55, True),
    (Closing.INFORMATION, 0.26, 18, False),
    (Closing.NO_MATCH, 0.13, 48, False),
    (Closing.SILENT, 0.13, 62, False),
    (Closing.DUPLICATE, 0.02, 4, False),
    ("declined", 0.05, 6, False),
    ("refused", 0.06, 60, True),
)
WAITING = 0.012  # of those whose end has come, so many are still open: the old ones among what ages


@dataclass(slots=True)
class Asked:
    """One enquiry with what is drawn for it before any row is written."""

    enquiry: Enquiry
    company: Organisation
    end: str
    introduces: bool
    asked_at: datetime
    acknowledged_at: datetime
    ready_at: datetime
    introduced_at: datetime
    ends_at: datetime
    summary: Summary | None = None

    @property
    def has_ended(self) -> bool:
        return self.enquiry.ended_at is not None


def asked(ground: Ground) -> list[Asked]:
    """The enquiries with their leads, summaries and wants, in the order in which they were asked."""
    found = [
        _drawn(ground, number, at)
        for number, at in enumerate(moments(ground.chance, ground.span, ground.number(ENQUIRIES, least=40)))
    ]
    first_of: dict[int, Enquiry] = {}
    twins = [one for one in found if one.end == Closing.DUPLICATE]
    for one in found:
        if one.end != Closing.DUPLICATE:
            first_of.setdefault(one.company.pk, one.enquiry)
    put(one.enquiry for one in found if one.end != Closing.DUPLICATE)
    for twin in twins:
        earlier = first_of.get(twin.company.pk)
        _end(twin, Closing.DUPLICATE if earlier else Closing.INFORMATION, duplicate_of=earlier)
    put(one.enquiry for one in twins)
    put(lead for one in found for lead in _leads(ground, one))
    for one in found:
        one.summary = _summary(one, ground.span.until)
    put(one.summary for one in found if one.summary)
    if ground.competences:
        put(_wants(ground, found))
    return found


def _drawn(ground: Ground, number: int, at: datetime) -> Asked:
    """One enquiry: the desks get quicker from year to year."""
    chance = ground.chance
    company = _company(ground, at)
    pace = 1.35 - 0.13 * (at.date() - ground.span.first).days / 365
    end, introduces, days = _end_of(ground)
    acknowledged = at + chance.lasting(0.9 * pace, 0.8)
    ready = acknowledged + chance.lasting(3.5 * pace)
    introduced = ready + chance.lasting(13 * pace, 0.6)
    ends = max(at + chance.lasting(days * pace, 0.6), acknowledged + timedelta(hours=3))
    if introduces:
        ends = max(ends, introduced + timedelta(days=20))
    one = Asked(
        enquiry=_row(ground, number, company, at),
        company=company,
        end=end,
        introduces=introduces,
        asked_at=at,
        acknowledged_at=acknowledged,
        ready_at=ready,
        introduced_at=introduced,
        ends_at=ends,
    )
    is_quiet = company.region_id in ground.quiet
    if ends <= ground.span.until and (is_quiet or not chance.happens(WAITING)):
        _end(one, end)
    elif is_quiet:
        one.ends_at = ground.span.until - timedelta(hours=int(chance.draw.random() * 48))
        _end(one, end if introduced + timedelta(days=14) < one.ends_at else Closing.SILENT)
    else:
        _stand(one, ground)
    return one


def _company(ground: Ground, at: datetime) -> Organisation:
    """Who asks; where a desk has people, nobody asked so lately that they would have to answer."""
    while True:
        company = ground.company()
        if company.region_id not in ground.quiet or at < ground.span.until - timedelta(days=45):
            return company


def _end_of(ground: Ground) -> tuple[str, bool, float]:
    found = ground.chance.draw.choices(ENDS, [share for _end, share, _days, _introduces in ENDS])[0]
    return found[0], found[3], found[2]


def _row(ground: Ground, number: int, company: Organisation, at: datetime) -> Enquiry:
    chance = ground.chance
    title = chance.question()
    who = ground.person_of(company)
    ready = 2 + int(chance.draw.random() * 5)
    return Enquiry(
        number=number_for(FIRST_SERIAL + number),
        company=company,
        region_id=home_of(company),
        asked_by_name=who,
        title=title,
        confidential_text=f"{title}: we cannot do this ourselves. {ABOUT}",
        readiness_now=ready,
        readiness_wanted=min(9, ready + 2),
        needed_by=(at + timedelta(days=120)).date() if chance.happens(0.4) else None,
        languages=["en"],
        is_demonstration=True,
        asked_at=at,
    )


def _end(one: Asked, end: str, *, duplicate_of: Enquiry | None = None) -> None:
    """It has ended: with a closing, or declined. `refused` is what did not want to be introduced."""
    row = one.enquiry
    row.acknowledged_at = one.acknowledged_at
    row.ended_at = one.ends_at
    if end == "declined":
        row.state, row.reason = S.DECLINED, "Outside what the network helps with."
        return
    row.state = S.CLOSED
    row.closing = Closing.NO_MATCH if end == "refused" else end
    row.duplicate_of = duplicate_of
    row.reason = "Closed with what is said above."


def _stand(one: Asked, ground: Ground) -> None:
    """It is still open, and stands where its days have brought it; a few are on hold until a day ahead."""
    row, until = one.enquiry, ground.span.until
    row.acknowledged_at = one.acknowledged_at if one.acknowledged_at <= until else None
    row.state = S.NEW
    for state, at in (
        (S.ACKNOWLEDGED, one.acknowledged_at),
        (S.ANALYSIS, one.acknowledged_at + timedelta(days=1)),
        (S.SEARCHING, one.ready_at),
        (S.INTRODUCING if one.introduces else S.SHORTLISTED, one.introduced_at),
    ):
        if at <= until:
            row.state = state
    if row.state in (S.ACKNOWLEDGED, S.ANALYSIS, S.SEARCHING) and ground.chance.happens(0.1):
        row.stood_at, row.state = row.state, S.ON_HOLD
        row.hold_until = until.date() + timedelta(days=30)
        row.reason = "The company asked us to wait for its samples."


def _leads(ground: Ground, one: Asked) -> Iterator[Lead]:
    """The home desk leads, unless it gave the enquiry to the desk of another region."""
    chance, at = ground.chance, one.asked_at
    given = chance.happens(0.05) and not ground.quiet
    accepted = Lead(
        enquiry=one.enquiry,
        region_id=home_of(one.company),
        state=LeadState.ACCEPTED,
        offered_at=at,
        answered_at=at,
    )
    if not given or not one.has_ended:
        yield accepted
        return
    accepted.state, accepted.ended_at = LeadState.ENDED, one.acknowledged_at
    yield accepted
    yield Lead(
        enquiry=one.enquiry,
        region=chance.one_of(ground.regions),
        state=LeadState.ACCEPTED,
        offered_at=one.acknowledged_at,
        answered_at=one.acknowledged_at,
    )


def _summary(one: Asked, until: datetime) -> Summary | None:
    """What may leave the region, where the search got so far."""
    if not one.introduces and one.end not in (Closing.NO_MATCH, Closing.SILENT):
        return None
    if one.ready_at > until:
        return None
    return Summary(
        enquiry=one.enquiry,
        version=1,
        title=one.enquiry.title,
        text=f"A company looks for help with this: {one.enquiry.title}.",
        written_by_name="The desk",
        written_at=one.ready_at - timedelta(hours=6),
        approved_by_name=one.enquiry.asked_by_name,
        approved_at=one.ready_at,
    )


def _wants(ground: Ground, found: list[Asked]) -> Iterator[Want]:
    for one in found:
        if ground.chance.happens(0.6):
            yield Want(enquiry=one.enquiry, competence_id=ground.chance.one_of(ground.competences), weight=2)
