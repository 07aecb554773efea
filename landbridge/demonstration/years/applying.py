"""What companies applied for, with which provider, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from landbridge.applications import rules
from landbridge.applications.models import Application, Confirmation, Decision, Series, Submission
from landbridge.applications.states import S
from landbridge.calls.models import Call, Offer
from landbridge.demonstration.years.chance import Chance
from landbridge.demonstration.years.ground import ABOUT, Ground, home_of
from landbridge.demonstration.years.introducing import Met
from landbridge.demonstration.years.writing import put
from landbridge.enquiries.states import Closing
from landbridge.foundation.money import Money, euro
from landbridge.organisations.models import Organisation

APPLICATIONS, VOUCHERS = 3000, 1000
ABANDONED, WITHDRAWN = 0.05, 0.05
WANTED = (0.2, 0.35, 0.45)  # by incentive, the smallest first
GROWTH = 0.1  # each call gets so much more than the first


@dataclass(slots=True)
class Applied:
    """One application with the introduction behind it, if there was one, and the decision."""

    row: Application
    call: Call
    offer: Offer
    company: Organisation
    provider: Organisation
    met: Met | None = None
    decided_at: datetime | None = None
    awarded: Money | None = None


def applied(ground: Ground, introductions: list[Met]) -> list[Applied]:
    """All applications with confirmations, frozen copies and decisions, in the order of their calls."""
    wanting = sorted(
        (one for one in introductions if one.asked.end == Closing.APPLICATION), key=lambda one: one.made_at
    )
    found: list[Applied] = []
    weights = [1 + GROWTH * number for number in range(len(ground.calls))]
    for number, call in enumerate(ground.calls):
        share = round(ground.number(APPLICATIONS, least=40) * weights[number] / sum(weights))
        found.extend(_for_call(ground, call, share, wanting))
    _decide(ground, found)
    put(one.row for one in found)
    handed_in = [one for one in found if one.row.first_submitted_at]
    put(_confirmation(ground, one) for one in handed_in)
    put(_submission(ground, one) for one in handed_in)
    put(_decision(one) for one in handed_in if one.decided_at)
    return found


def _for_call(ground: Ground, call: Call, number: int, wanting: list[Met]) -> Iterator[Applied]:
    """The applications of one call: those whose introduction led to it, then others, numbered as they came."""
    chance = ground.chance
    behind = [one for one in wanting if one.made_at < call.closes_at - timedelta(days=3)][:number]
    behind = behind if _is_over(ground, call) else []
    del wanting[: len(behind)]
    taken: set[tuple[int, int, int]] = set()
    drawn = []
    for place in range(number):
        met = behind[place] if place < len(behind) else None
        company, provider = (met.company, met.provider) if met else _sides(ground, call)
        offer = chance.draw.choices(ground.offers[call.pk], WANTED)[0]
        if (offer.pk, company.pk, provider.pk) not in taken:
            taken.add((offer.pk, company.pk, provider.pk))
            drawn.append(_drawn(ground, call, offer, company, provider, met))
    prefix = f"BRF-{ground.calls.index(call) + 1}"
    drawn.sort(key=lambda one: one.row.first_submitted_at or call.closes_at)
    last = 0
    for one in drawn:
        if one.row.first_submitted_at:
            last += 1
            one.row.number = f"{prefix}-{last:04d}"
    put([Series(call=call, prefix=prefix, last=last)])
    yield from drawn


def _sides(ground: Ground, call: Call) -> tuple[Organisation, Organisation]:
    """Who applies with whom; where a desk has people, nobody waits for a decision."""
    while True:
        company = ground.company()
        provider = ground.abroad(company)
        if _is_over(ground, call) or not {company.region_id, provider.region_id} & ground.quiet:
            return company, provider


def _is_over(ground: Ground, call: Call) -> bool:
    """Whether it closed so long ago that everything in it is decided."""
    return call.closes_at + timedelta(days=60) < ground.span.until


def _drawn(
    ground: Ground, call: Call, offer: Offer, company: Organisation, provider: Organisation, met: Met | None
) -> Applied:
    """One draft; most are handed in, many of them in the last week."""
    chance = ground.chance
    window = call.closes_at - call.opens_at
    began = call.opens_at + window * (chance.draw.random() * 0.8)
    if met:
        began = min(max(began, met.made_at), call.closes_at - timedelta(days=2))
    submitted = began + (call.closes_at - began) * (1 - chance.draw.random() ** 2 * 0.7) - timedelta(hours=1)
    row = Application(
        call=call,
        offer=offer,
        applicant=company,
        provider=provider,
        partner=ground.partner_of[home_of(company)],
        access_request=met.request if met else None,
        title=met.asked.enquiry.title if met else chance.question(),
        answers={"need": ABOUT},
        requested_eur=euro(round(offer.cap_eur.decimal * (60 + int(chance.draw.random() * 9) * 5) / 100)),
        version=2,
        started_at=began,
        shared_at=began + (submitted - began) * 0.6,
    )
    if chance.happens(ABANDONED):
        row.state = S.WITHDRAWN if chance.happens(0.5) else S.DRAFT
        row.shared_at = None
    else:
        row.first_submitted_at = row.submitted_at = submitted
        row.state = S.WITHDRAWN if chance.happens(WITHDRAWN) else S.SUBMITTED
    return Applied(row, call, offer, company, provider, met)


def _decide(ground: Ground, found: list[Applied]) -> None:
    """Some weeks after each call closed: the best get what they asked for, as many as the money was meant for."""
    chance = ground.chance
    ready = []
    for call in ground.calls:
        decided = call.closes_at + timedelta(days=28 + int(chance.draw.random() * 25))
        if decided <= ground.span.until:
            ready += [(one, decided) for one in found if one.call is call and one.row.state == S.SUBMITTED]
    chosen = set(chance.draw.sample(range(len(ready)), min(len(ready), ground.number(VOUCHERS, least=12))))
    for place, (one, decided) in enumerate(ready):
        one.decided_at = _within_days(chance, decided, ground.span.until)
        if place in chosen:
            one.row.state = S.AWARDED
            one.awarded = one.row.requested_eur
        else:
            one.row.state = S.REJECTED


def _within_days(chance: Chance, at: datetime, until: datetime) -> datetime:
    return min(at + timedelta(hours=int(chance.draw.random() * 120)), until)


def _confirmation(ground: Ground, one: Applied) -> Confirmation:
    return Confirmation(
        application=one.row,
        content_hash=one.row.content_hash(),
        person_name=ground.person_of(one.provider),
        at=one.row.shared_at or one.row.started_at,
    )


def _submission(ground: Ground, one: Applied) -> Submission:
    """The frozen copy in the shape of a true one (`applications.queries.frozen`)."""
    content = _content(ground, one)
    return Submission(
        application=one.row,
        at=one.row.first_submitted_at or one.row.started_at,
        person_name=ground.person_of(one.company),
        content=content,
        content_hash=rules.fingerprint(content),
    )


def _content(ground: Ground, one: Applied) -> dict[str, Any]:
    row, call, offer = one.row, one.call, one.offer
    submitted = row.first_submitted_at or row.started_at
    requested = row.requested_eur or Money(0)
    return {
        "number": row.number,
        "submitted_at": submitted.isoformat(),
        "submitted_by": ground.person_of(one.company),
        "programme": ground.programme.name,
        "call": {
            "id": call.pk,
            "number": call.number,
            "title": call.title,
            "closes_at": call.closes_at.isoformat(),
            "time_zone": call.time_zone,
            "terms_hash": call.terms_hash,
        },
        "offer": {"id": offer.pk, "name": offer.name, "cap_cents": offer.cap_eur.cents},
        "partner": {"id": row.partner_id, "name": row.partner.name},
        "applicant": _side(one.company),
        "provider": _side(one.provider),
        "confirmation": None,
        "title": row.title,
        "requested_cents": requested.cents,
        "answers": [
            {"key": "need", "section": "What you need", "question": "Which problem?", "answer": ABOUT}
        ],
    }


def _side(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.pk,
        "name": organisation.name,
        "kind": str(organisation.kind),
        "street": f"{organisation.street} {organisation.building_number}",
        "postcode": organisation.postcode,
        "town": organisation.town,
        "country": organisation.country,
        "region": organisation.region.name if organisation.region else None,
        "vat_number": "",
        "company_numbers": [],
    }


def _decision(one: Applied) -> Decision:
    return Decision(
        application=one.row,
        awarded_eur=one.awarded,
        reason="A clear question and a plan that fits the time." if one.awarded else "Others were clearer.",
        person_name="The panel",
        at=one.decided_at or one.call.closes_at,
    )


def day_in(call: Call, at: datetime) -> Any:
    """The day of a moment on the clock of the call."""
    return at.astimezone(ZoneInfo(call.time_zone)).date()
