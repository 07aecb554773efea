"""What the simulated years stand on: the programme with its two phases, partners, calls; companies and providers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from landbridge.access import rules as access_rules
from landbridge.access.models import RuleSet
from landbridge.budgets import actions as budgets
from landbridge.budgets.models import Line
from landbridge.calls import actions as calls
from landbridge.calls.models import Call, Offer
from landbridge.calls.rules import Window
from landbridge.catalogue.models import Competence, Record
from landbridge.catalogue.states import Kind as RecordKind
from landbridge.catalogue.states import S as RecordState
from landbridge.demonstration.years.chance import Chance, Span, moment
from landbridge.demonstration.years.writing import put
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.organisations.models import BankAccount, Kind, Organisation
from landbridge.organisations.states import S as AccountState
from landbridge.programmes.actions import incentives, partners, phases, programmes, regions, targets
from landbridge.programmes.models import Partner, Phase, Programme, Region
from landbridge.programmes.rules.facts import (
    IncentiveFacts,
    PartnerFacts,
    PhaseFacts,
    ProgrammeFacts,
    TargetFacts,
)

KEY = "bridging-regions-first-round"
NAME = "Bridging Regions, first round"
REGIONS = (
    "stuttgart-neckar-alb", "liege", "copenhagen-zealand", "north-brabant", "east-netherlands", "kent", "oxford",
    "catalonia", "brittany", "hauts-de-france", "pays-de-la-loire",
)  # fmt: skip
# key, name, cap in euro, months of validity
OFFERED = (
    ("meet-and-greet", "Meet & Greet", 500, 6),
    ("insight", "Insight", 4000, 12),
    ("collaboration", "Collaboration", 7000, 12),
)
# code, name, unit, how many in both phases at full scale
TARGETS = (
    ("smes-supported", "Companies supported", "companies", 900),
    ("vouchers-granted", "Vouchers granted", "vouchers", 1100),
    ("introductions", "Introductions made", "introductions", 1800),
    ("collaborations", "Collaborations begun", "collaborations", 1250),
    ("jobs-created", "Jobs created", "full-time equivalents", 400),
    ("companies-coached", "Companies coached", "companies", 140),
    ("events", "Events held", "events", 52),
)
OF_PARTNERS = ("smes-supported", "vouchers-granted")  # each partner has its share of these
COMPANIES, PROVIDERS = 640, 60
INSTALMENT = euro(5_000)
ABOUT = "Invented for the demonstration; no such organisation is known to us."
# Where the region's desk has people, nothing simulated waits for them.
Quiet = frozenset[int]


@dataclass(slots=True)
class Ground:
    """Everything that later rows point at."""

    chance: Chance
    span: Span
    scale: float
    programme: Programme
    phases: list[Phase]
    partner_of: dict[int, Partner]
    regions: list[Region]
    quiet: Quiet
    rule_set: RuleSet
    lines: dict[tuple[int, int], Line]
    calls: list[Call] = field(default_factory=list)
    offers: dict[int, list[Offer]] = field(default_factory=dict)
    companies: list[Organisation] = field(default_factory=list)
    providers: list[Organisation] = field(default_factory=list)
    records: dict[int, list[Record]] = field(default_factory=dict)
    accounts: dict[int, BankAccount] = field(default_factory=dict)
    competences: list[int] = field(default_factory=list)
    people: dict[int, str] = field(default_factory=dict)

    def number(self, full: int, *, least: int = 1) -> int:
        """So many at this scale."""
        return max(least, round(full * self.scale))

    def person_of(self, organisation: Organisation) -> str:
        """Who answers for an organisation: always the same invented name."""
        if organisation.pk not in self.people:
            self.people[organisation.pk] = self.chance.person()
        return self.people[organisation.pk]

    def company(self) -> Organisation:
        """A company: some come again and again, many once."""
        return self.companies[int(len(self.companies) * self.chance.draw.random() ** 1.7)]

    def abroad(self, company: Organisation) -> Organisation:
        """A provider in another region, of whom some are asked far more often than others."""
        while True:
            place = int(len(self.providers) * self.chance.draw.random() ** 1.6)
            if self.providers[place].region_id != company.region_id:
                return self.providers[place]


def home_of(organisation: Organisation) -> int:
    """The id of its region: each of these organisations lies in one."""
    return organisation.region_id or 0


def laid(*, seed: int, scale: float, at: datetime) -> Ground:
    """The programme of the five years before a moment, through the actions of its words; organisations in bulk."""
    last = at.date() - timedelta(days=4)
    span = Span(first=last - timedelta(days=5 * 365), last=last)
    began = moment(span.first)
    regions.add_known(by=SYSTEM, at=began)
    known = {region.key: region for region in Region.objects.filter(key__in=REGIONS)}
    found = [known[key] for key in REGIONS]
    programme = _programme(began)
    kept = _partners(programme, found, Chance(seed + 1), at=began)
    quiet = Membership.objects.current().filter(role=Role.BROKER, region__isnull=False)
    both = _phases(programme, kept, span, scale)
    ground = Ground(
        chance=Chance(seed),
        span=span,
        scale=scale,
        programme=programme,
        phases=both,
        partner_of=kept,
        regions=found,
        quiet=frozenset(quiet.values_list("region_id", flat=True)),
        rule_set=_rules(span.first, at=began),
        lines=_lines(kept, both),
    )
    _open_calls(ground)
    _organisations(ground)
    ground.competences = list(Competence.objects.order_by("pk").values_list("pk", flat=True))
    return ground


def _programme(at: datetime) -> Programme:
    facts = ProgrammeFacts(
        key=KEY,
        name=NAME,
        funder="Demonstration; no money behind it",
        aim="Five invented years of vouchers, introductions and events: they fill the figures of the demonstration.",
        accent="plum",
        contact_email="office@landbridge.example",
        is_demonstration=True,
    )
    return programmes.create(facts, by=SYSTEM, at=at)


def _partners(
    programme: Programme, found: list[Region], chance: Chance, *, at: datetime
) -> dict[int, Partner]:
    kept = {}
    for number, region in enumerate(found):
        facts = PartnerFacts(
            name=f"First-round partner {region.name}",
            short_name=region.name[:40],
            country=region.country,
            region_id=region.pk,
            is_lead=number == 0,
            street="Example Street",
            building_number="1",
            postcode="1000",
            town=region.name[:35],
            iban=chance.iban(region.country),
        )
        kept[region.pk] = partners.add(programme_id=programme.pk, facts=facts, by=SYSTEM, at=at)
    return kept


def _phases(programme: Programme, kept: dict[int, Partner], span: Span, scale: float) -> list[Phase]:
    """Three years, closed; then a phase that still pays what it granted, and ends half a year from now."""
    turn = span.first + timedelta(days=3 * 365)
    at = moment(span.first)
    facts = PhaseFacts(name="Phase 1", starts_on=span.first, ends_on=turn - timedelta(days=1))
    first = phases.add(programme_id=programme.pk, facts=facts, by=SYSTEM, at=at)
    for key, name, cap, months in OFFERED:
        offer = IncentiveFacts(
            key=key,
            name=name,
            purpose="Work with a laboratory or expert in another region.",
            cap_eur=euro(cap),
            evidence=("Invoice with the provider's name and the date of the service.",),
            validity_months=months,
        )
        incentives.add(phase_id=first.pk, facts=offer, by=SYSTEM, at=at)
    _targets(first, kept, scale, at=at)
    phases.start(phase_id=first.pk, by=SYSTEM, at=at)
    facts = PhaseFacts(name="Phase 2", starts_on=turn, ends_on=span.last + timedelta(days=180))
    second = phases.begin_next(phase_id=first.pk, facts=facts, by=SYSTEM, at=moment(turn))
    return [first, phases.start(phase_id=second.pk, by=SYSTEM, at=moment(turn))]


def _targets(phase: Phase, kept: dict[int, Partner], scale: float, *, at: datetime) -> None:
    """What the phase set out to reach, and each partner of it: those that come first in the list more."""
    weights = [1.7 - 0.1 * number for number in range(len(kept))]
    for code, name, unit, value in TARGETS:
        target = TargetFacts(code=code, name=name, unit=unit, value=max(2, round(value * scale / 2)))
        targets.set_target(phase_id=phase.pk, facts=target, by=SYSTEM, at=at)
        for partner, weight in zip(kept.values(), weights, strict=True):
            if code in OF_PARTNERS:
                share = replace(target, value=max(1, round(target.value * weight / sum(weights))))
                targets.set_target(phase_id=phase.pk, partner_id=partner.pk, facts=share, by=SYSTEM, at=at)


def _lines(kept: dict[int, Partner], both: list[Phase]) -> dict[tuple[int, int], Line]:
    """Each partner's budget of each phase, with its first instalment: a call is published where there is money."""
    found = {}
    for phase in both:
        at = moment(phase.starts_on)
        for partner in kept.values():
            line = budgets.open_line(partner=partner, phase=phase, by=SYSTEM, at=at)
            budgets.allocate(line=line, amount=INSTALMENT, reason="First instalment", by=SYSTEM, at=at)
            found[partner.pk, phase.pk] = line
    return found


def _rules(day: date, *, at: datetime) -> RuleSet:
    """The common rules of those years; they end where the version of today begins."""
    later = RuleSet.objects.filter(published_at__isnull=False).order_by("valid_from").first()
    version, title, text = "0.9", "Common rules of access, first round", f"{ABOUT} Replaced since."
    mark = access_rules.fingerprint(version=version, title=title, text=text, valid_from=day)
    rule_set = RuleSet(
        version=version,
        title=title,
        text=text,
        valid_from=day,
        valid_until=access_rules.former_end(later.valid_from) if later else None,
        published_at=at,
        fingerprint=mark,
    )
    return put([rule_set])[0]


def _open_calls(ground: Ground) -> None:
    """A call each spring and each autumn; a last one closed three weeks ago, and nothing in it is decided yet."""
    for year in range(5):
        for month, weeks in ((2, 9), (8, 9)):
            opens = ground.span.first + timedelta(days=365 * year + 30 * month)
            phase = ground.phases[opens >= ground.phases[1].starts_on]
            closes = opens + timedelta(weeks=weeks)
            _open_call(ground, phase, opens=moment(opens, hour=8), closes=moment(closes, hour=15))
    closes = ground.span.last - timedelta(days=21)
    opens = moment(closes - timedelta(days=50), hour=8)
    _open_call(ground, ground.phases[1], opens=opens, closes=moment(closes, hour=15))


def _open_call(ground: Ground, phase: Phase, *, opens: datetime, closes: datetime) -> None:
    ready = opens - timedelta(days=10)
    number = len(ground.calls) + 1
    call = calls.create(
        phase=phase,
        title=f"First round, call {number}",
        summary="Up to €7,000 for a first piece of work with a laboratory or expert in another region.",
        window=Window(opens_at=opens, closes_at=closes, time_zone="Europe/Brussels"),
        guidance=ABOUT,
        contact_email="office@landbridge.example",
        by=SYSTEM,
        at=ready,
    )
    caps = {incentive: incentive.cap_eur for incentive in phase.incentives.order_by("pk")}
    calls.set_offers(call_id=call.pk, caps=caps, by=SYSTEM, at=ready)
    call = calls.publish(call_id=call.pk, by=SYSTEM, at=ready)
    if closes + timedelta(days=120) < ground.span.until:
        call = calls.finish(call_id=call.pk, by=SYSTEM, at=closes + timedelta(days=120))
    ground.calls.append(call)
    ground.offers[call.pk] = list(call.offers.order_by("cap_eur"))


def _organisations(ground: Ground) -> None:
    """Companies with the account they are paid on, and providers with one offer each that is no longer public."""
    began = moment(ground.span.first)
    ground.companies = put(
        _organisation(ground, offers_access=False, at=began)
        for _ in range(ground.number(COMPANIES, least=12))
    )
    ground.providers = put(
        _organisation(ground, offers_access=True, at=began) for _ in range(ground.number(PROVIDERS, least=6))
    )
    accounts = put(
        BankAccount(
            organisation=one,
            holder=one.name[:70],
            iban=ground.chance.iban(one.country),
            state=AccountState.APPROVED,
            proposed_at=began,
            decided_at=began,
        )
        for one in ground.companies
    )
    ground.accounts = {one.organisation_id: one for one in accounts}
    for record in put(_record(one, at=began) for one in ground.providers):
        ground.records[record.organisation_id] = [record]


def _organisation(ground: Ground, *, offers_access: bool, at: datetime) -> Organisation:
    """The regions are not equally active: the first ask twice as often as the last."""
    chance = ground.chance
    region = ground.regions[int(len(ground.regions) * chance.draw.random() ** 1.3)]
    return Organisation(
        name=chance.organisation(region.country, offers_access=offers_access),
        kind=chance.one_of((Kind.INSTITUTE, Kind.UNIVERSITY)) if offers_access else Kind.COMPANY,
        country=region.country,
        region=region,
        street="Example Street",
        building_number=str(1 + int(chance.draw.random() * 99)),
        postcode="1000",
        town=region.name[:35],
        about=ABOUT,
        is_sole_trader=not offers_access and chance.happens(0.02),
        is_demonstration=True,
        registered_at=at,
    )


def _record(provider: Organisation, *, at: datetime) -> Record:
    return Record(
        kind=RecordKind.SERVICE,
        organisation=provider,
        region_id=provider.region_id,
        name=f"Measurements at {provider.name}",
        summary="Invented for the demonstration.",
        country=provider.country,
        town=provider.town,
        state=RecordState.WITHDRAWN,
        is_demonstration=True,
        created_at=at,
        changed_at=at,
    )
