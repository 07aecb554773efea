"""Plays the four programmes of the past through the product's own actions, and compares with what they published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from landbridge.applications import actions as applications
from landbridge.budgets import actions as budgets
from landbridge.budgets import queries as ledger
from landbridge.budgets.models import Line
from landbridge.calls import actions as calls
from landbridge.calls.models import Call, Offer, Question
from landbridge.calls.rules import Window
from landbridge.demonstration import in2lifesciences, past
from landbridge.demonstration.in2lifesciences import Grant, Side
from landbridge.foundation.money import euro, total
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.organisations import actions as organisations
from landbridge.organisations.models import Kind, Organisation
from landbridge.programmes.actions import figures, incentives, partners, phases, regions, targets
from landbridge.programmes.actions import programmes as programme_actions
from landbridge.programmes.models import Partner, Phase, Programme, Region
from landbridge.programmes.rules.facts import (
    FigureFacts,
    IncentiveFacts,
    PartnerFacts,
    PhaseFacts,
    ProgrammeFacts,
    RegionFacts,
    TargetFacts,
)
from landbridge.vouchers import actions as vouchers
from landbridge.vouchers.models import Voucher

SOURCE = "Published by the programme itself"
ACCENTS = {"fasilis": "moss", "in2lifesciences": "sea", "boost4health": "plum"}
NOTE = "Part of the replay of a past programme. The name was not published; this is a placeholder."


@dataclass
class Comparison:
    """The published figures beside those computed from the records."""

    lines: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    agrees: bool = True


def play(*, seed: int) -> Iterator[str]:
    """Play what is not in the database yet, each programme in one transaction; says what it does."""
    regions.add_known(by=SYSTEM, at=_moment(date(2008, 1, 1)))
    for key, player in (
        ("fasilis", _fasilis),
        ("in2lifesciences", _in2lifesciences),
        ("boost4health", _boost4health),
    ):
        if Programme.objects.filter(key=key).exists():
            yield f"{key}: is in the database already"
            continue
        yield f"{key}: playing" + (f" with seed {seed}" if key == "in2lifesciences" else "")
        with transaction.atomic():
            player(seed)


# ── FASILIS and Boost4Health: what is known of them is who took part, what was offered, and what came of it ──────────
def _fasilis(seed: int) -> None:  # noqa: ARG001 - every programme is played alike
    facts = past.programmes()["fasilis"]
    first, last = past.years(facts)
    programme = _programme("fasilis", facts, at=_moment(first))
    for name in facts["regions"]:
        region = Region.objects.get(key=past.REGION_KEYS[name])
        partner = PartnerFacts(name=name, short_name=name, country=region.country, region_id=region.pk)
        partners.add(programme_id=programme.pk, facts=partner, by=SYSTEM, at=_moment(first))
    phase = _phase(programme, "2008 to 2011", first, last)
    _incentives(phase, facts["incentives"], purpose=facts["aim"], at=_moment(first))
    _outcomes(programme, phase, facts["outcomes"], at=_moment(last))
    phases.close(phase_id=phase.pk, by=SYSTEM, at=_moment(last))


def _boost4health(seed: int) -> None:  # noqa: ARG001 - every programme is played alike
    one, two = past.programmes()["boost4health-1"], past.programmes()["boost4health-2"]
    first, last = past.years(one)
    programme = _programme("boost4health", one, at=_moment(first))
    for named in one["partners"]:
        region = Region.objects.filter(key=past.REGION_KEYS.get(named["region"] or "", "")).first()
        partner = PartnerFacts(
            name=named["name"],
            short_name=named["name"].partition(",")[0].partition(" (")[0][:40],
            country=past.country(named["country"]),
            region_id=region.pk if region else None,
            is_lead=named["name"] == one["lead_partner"],
        )
        partners.add(programme_id=programme.pk, facts=partner, by=SYSTEM, at=_moment(first))
    phase = _phase(programme, "Phase 1, 2016 to 2019", first, last)
    for code, value in one["targets"].items():
        unit = "companies" if code == "smes_supported" else "jobs"
        target = TargetFacts(
            code=code.replace("_", "-"), name=past.outcome_name(code), unit=unit, value=value
        )
        targets.set_target(phase_id=phase.pk, facts=target, by=SYSTEM, at=_moment(first))
    _outcomes(programme, phase, one["outcomes"], at=_moment(last))
    phases.hibernate(phase_id=phase.pk, by=SYSTEM, at=_moment(last))
    begins, ends = past.years(two)
    second = phases.begin_next(
        phase_id=phase.pk,
        facts=PhaseFacts(name="Phase 2, 2020 to 2022", starts_on=begins, ends_on=ends),
        by=SYSTEM,
        at=_moment(begins),
    )
    phases.start(phase_id=second.pk, by=SYSTEM, at=_moment(begins))
    _outcomes(programme, second, two["outcomes"], at=_moment(ends))
    phases.close(phase_id=second.pk, by=SYSTEM, at=_moment(ends))


# ── IN2LifeSciences: every incentive granted after three calls, as an application, a decision and a voucher ──────────
def _in2lifesciences(seed: int) -> None:
    facts = past.programmes()["in2lifesciences"]
    first, last = past.years(facts)
    at = _moment(first)
    programme = _programme("in2lifesciences", facts, at=at)
    seats = [_seat(programme, number, at=at) for number in range(facts["partners"])]
    phase = _phase(programme, "2012 to 2014", first, last)
    for named in facts["incentives"]:
        _incentives(phase, [named], purpose=named["purpose"], at=at)
    for partner in seats:
        line = budgets.open_line(partner=partner, phase=phase, by=SYSTEM, at=at)
        budget = euro(facts["voucher_budget_per_partner"])
        budgets.allocate(line=line, amount=budget, reason="Voucher money of the partner", by=SYSTEM, at=at)
    opened = {number: _call(phase, number, facts) for number in in2lifesciences.WINDOWS}
    sides: dict[Side, Organisation] = {}
    for grant in in2lifesciences.plan(seed):
        _grant(opened[grant.call], grant, sides)
    _outcomes(programme, phase, facts["outcomes"], at=_moment(date.fromisoformat(facts["outcomes"]["as_of"])))
    for number, call in opened.items():
        closed = in2lifesciences.window(number)[1]
        calls.finish(call_id=call.pk, by=SYSTEM, at=closed + timedelta(days=60))
    for seat in seats:
        _deactivate(seat.region, at=_moment(last))
    phases.close(phase_id=phase.pk, by=SYSTEM, at=_moment(last))


def _seat(programme: Programme, number: int, *, at: datetime) -> Partner:
    """One of the eight partners, in a region that stands for its whole country while the replay runs."""
    code = tuple(in2lifesciences.SEATS)[number]
    region = regions.create(_region_facts(code, is_active=True), by=SYSTEM, at=at)
    name = f"IN2LifeSciences partner {number + 1} of 8 (name not published)"
    partner = PartnerFacts(
        name=name, short_name=f"Partner {number + 1} of 8", country=code, region_id=region.pk
    )
    return partners.add(programme_id=programme.pk, facts=partner, by=SYSTEM, at=at)


def _region_facts(code: str, *, is_active: bool) -> RegionFacts:
    """A country's region; it borrows what a place needs from a region of the network there; Ireland from Britain."""
    borrowed = Region.objects.filter(country="GB" if code == "IE" else code).order_by("pk")[0]
    return RegionFacts(
        key=f"in2lifesciences-{code.lower()}",
        name=f"{in2lifesciences.SEATS[code]}, region not published",
        country=code,
        languages=tuple(borrowed.languages),
        time_zone=borrowed.time_zone,
        latitude=float(borrowed.latitude),
        longitude=float(borrowed.longitude),
        is_active=is_active,
    )


def _deactivate(region: Region | None, *, at: datetime) -> None:
    if region is not None:
        facts = _region_facts(region.country, is_active=False)
        regions.edit(region_id=region.pk, facts=facts, by=SYSTEM, at=at)


def _call(phase: Phase, number: int, facts: dict[str, Any]) -> Call:
    opens_at, closes_at = in2lifesciences.window(number)
    ready = opens_at - timedelta(days=14)
    published = number == len(facts["calls"])
    call = calls.create(
        phase=phase,
        title=f"IN2LifeSciences call {number}",
        summary="Meet & Greet, Insight and Collaboration incentives for companies that work with another region.",
        window=Window(opens_at=opens_at, closes_at=closes_at, time_zone=in2lifesciences.ZONE),
        guidance="" if published else "The window of this call was not published; the replay assumes it.",
        contact_email="replay@landbridge.invalid",
        by=SYSTEM,
        at=ready,
    )
    caps = {incentive: incentive.cap_eur for incentive in phase.incentives.order_by("pk")}
    calls.set_offers(call_id=call.pk, caps=caps, by=SYSTEM, at=ready)
    return calls.publish(call_id=call.pk, by=SYSTEM, at=ready)


def _grant(call: Call, grant: Grant, sides: dict[Side, Organisation]) -> None:
    """One incentive from draft to voucher: confirmed by the provider, handed in, awarded after the call closed."""
    opens_at, closes_at = in2lifesciences.window(grant.call)
    at, decided_at = opens_at + timedelta(days=20), closes_at + timedelta(days=45)
    company = _side(grant.company, sides, offers_access=False, at=at)
    provider = _side(grant.provider, sides, offers_access=True, at=at)
    offer = Offer.objects.get(call=call, name=grant.incentive)
    draft = applications.start(offer_id=offer.pk, applicant_id=company.pk, by=SYSTEM, at=at)
    draft = applications.save(
        application_id=draft.pk,
        version=draft.version,
        title=grant.about[:1].upper() + grant.about[1:],
        answers=_answers(call),
        requested_eur=grant.amount,
        by=SYSTEM,
        at=at,
    )
    applications.name_provider(application_id=draft.pk, organisation_id=provider.pk, by=SYSTEM, at=at)
    applications.share(application_id=draft.pk, by=SYSTEM, at=at)
    applications.confirm(application_id=draft.pk, by=SYSTEM, at=at)
    applications.submit(application_id=draft.pk, by=SYSTEM, at=at)
    vouchers.award(
        application_id=draft.pk,
        amount=grant.amount,
        reason="Granted by the programme; the reasons were not published.",
        by=SYSTEM,
        at=decided_at,
    )


def _side(side: Side, known: dict[Side, Organisation], *, offers_access: bool, at: datetime) -> Organisation:
    if side not in known:
        known[side] = organisations.register(
            name=side.name,
            kind=Kind.COMPANY if not offers_access else Kind.OTHER,
            country=side.country,
            town=side.town,
            about="" if side.is_real else NOTE,
            offers_access=offers_access,
            is_demonstration=not side.is_real,
            by=SYSTEM,
            at=at,
        )
    return known[side]


def _answers(call: Call) -> dict[str, Any]:
    """Answers that say that nothing was published; declarations are taken as given, as they were then."""
    found: dict[str, Any] = {}
    for question in Question.objects.filter(call=call).order_by("position"):
        if question.kind == Question.Kind.DECLARATION:
            found[question.key] = True
        elif question.kind == Question.Kind.NUMBER:
            found[question.key] = 1
        elif question.kind == Question.Kind.CHOICE:
            found[question.key] = question.choices[0]
        elif question.is_required:
            found[question.key] = "Not published."
    return found


# ── What all three share ─────────────────────────────────────────────────────────────────────────────────────────────
def _programme(key: str, facts: dict[str, Any], *, at: datetime) -> Programme:
    return programme_actions.create(
        ProgrammeFacts(
            key=key, name=facts["name"], funder=facts["funder"], aim=facts.get("aim", ""), accent=ACCENTS[key]
        ),
        by=SYSTEM,
        at=at,
    )


def _phase(programme: Programme, name: str, first: date, last: date) -> Phase:
    facts = PhaseFacts(name=name, starts_on=first, ends_on=last)
    phase = phases.add(programme_id=programme.pk, facts=facts, by=SYSTEM, at=_moment(first))
    return phases.start(phase_id=phase.pk, by=SYSTEM, at=_moment(first))


def _incentives(phase: Phase, named: list[dict[str, Any]], *, purpose: str, at: datetime) -> None:
    for one in named:
        facts = IncentiveFacts(
            key=one["name"].lower().replace(" & ", "-and-").replace(" ", "-"),
            name=one["name"],
            purpose=purpose[:1].upper() + purpose[1:],
            cap_eur=euro(one["cap"]),
            evidence=("Invoice and proof of payment",),
            on_offer=one.get("on_offer"),
        )
        incentives.add(phase_id=phase.pk, facts=facts, by=SYSTEM, at=at)


def _outcomes(programme: Programme, phase: Phase, outcomes: dict[str, Any], *, at: datetime) -> None:
    as_of = date.fromisoformat(outcomes["as_of"]) if "as_of" in outcomes else None
    for code, value in outcomes.items():
        if code == "as_of":
            continue
        parts = (
            {f"{code}_{name}": number for name, number in value.items()}
            if isinstance(value, dict)
            else {code: value}
        )
        for part, number in parts.items():
            name = past.outcome_name(part.replace("by_incentive_", "incentives_granted_"))
            key = part.lower().replace(" & ", "-").replace("_", "-").replace(" ", "-")
            facts = FigureFacts(code=key, name=name, value=str(number), as_of=as_of, source=SOURCE)
            figures.publish(programme_id=programme.pk, phase_id=phase.pk, facts=facts, by=SYSTEM, at=at)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


# ── The comparison ───────────────────────────────────────────────────────────────────────────────────────────────────
def compare() -> Comparison:
    """The press release's table, computed from the records; what each partner has left; agrees, or the difference."""
    result = Comparison()
    published = past.programmes()["in2lifesciences"]
    granted = _granted()
    result.lines += ["", "IN2LifeSciences after three calls", f"{'':<16}{'published':>10}{'records':>10}"]
    for name, number in published["outcomes"]["by_incentive"].items():
        _row(result, name, number, granted.get(name, 0))
    _row(result, "All", published["outcomes"]["incentives_granted"], sum(granted.values()))
    lines = list(
        Line.objects.filter(phase__programme__key="in2lifesciences").select_related("partner").order_by("pk")
    )
    held = ledger.balances_of(lines)
    _row(result, "Partners", published["partners"], len(lines))
    result.lines += ["", f"{'Partner':<20}{'allocated':>16}{'committed':>16}{'left':>16}"]
    for line in lines:
        balances = held[line.pk]
        result.lines.append(
            f"{line.partner.short_name:<20}{balances.allocated!s:>16}{balances.committed!s:>16}{balances.free!s:>16}"
        )
    result.data["left"] = {line.partner.short_name: held[line.pk].free.cents for line in lines}
    spent = total(held[line.pk].committed + held[line.pk].paid for line in lines)
    _row(result, "Granted in euro", _worth(published), int(spent.decimal))
    fasilis, boost4health = past.programmes()["fasilis"], past.programmes()["boost4health-1"]
    on_offer = sum(incentive["on_offer"] for incentive in fasilis["incentives"])
    _row(result, "FASILIS vouchers on offer", on_offer, _on_offer("fasilis"))
    joined = Partner.objects.filter(programme__key="boost4health").count()
    _row(result, "Boost4Health partners", len(boost4health["partners"]), joined)
    result.lines += [
        "",
        "Which partner paid which voucher was not published; a seed distributed them.",
        "agrees" if result.agrees else "DIFFERS",
    ]
    result.data["agrees"] = result.agrees
    return result


def _row(result: Comparison, name: str, published: int, recorded: int) -> None:
    mark = "" if published == recorded else "   <- differs"
    result.lines.append(f"{name:<26}{published:>10}{recorded:>10}{mark}")
    result.data.setdefault("figures", {})[name] = {"published": published, "records": recorded}
    result.agrees = result.agrees and published == recorded


def _granted() -> dict[str, int]:
    rows = Voucher.objects.filter(application__call__phase__programme__key="in2lifesciences")
    names = rows.values_list("application__offer__name", flat=True)
    return {name: list(names).count(name) for name in set(names)}


def _worth(published: dict[str, Any]) -> int:
    """What the published incentives come to, in whole euro, each at its published cap."""
    caps = {incentive["name"]: incentive["cap"] for incentive in published["incentives"]}
    granted: dict[str, int] = published["outcomes"]["by_incentive"]
    return sum(caps[name] * number for name, number in granted.items())


def _on_offer(key: str) -> int:
    phase = Phase.objects.filter(programme__key=key).order_by("pk").first()
    return sum(incentive.on_offer or 0 for incentive in phase.incentives.all()) if phase else 0
