"""The demonstration: the cast, the past programmes, and a programme of today with something waiting for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from landbridge.budgets import actions as budgets
from landbridge.demonstration import (
    access,
    cases,
    catalogue,
    coaching,
    current,
    desks,
    enquiries,
    gatherings,
    indicators,
    introductions,
    pitches,
    replay,
    stories,
    surveys,
    webinars,
    years,
)
from landbridge.demonstration.people import BACKGROUND, MEMBERS, PLACES, Member, Place
from landbridge.foundation.money import euro
from landbridge.foundation.people import actions as people
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import SCOPE_OF, Role
from landbridge.memberships import actions as memberships
from landbridge.organisations import actions as organisations
from landbridge.organisations.models import Organisation
from landbridge.programmes.actions import incentives, partners, phases, programmes, regions, targets
from landbridge.programmes.models import Partner, Phase, Programme, Region
from landbridge.programmes.rules.facts import (
    IncentiveFacts,
    PartnerFacts,
    PhaseFacts,
    ProgrammeFacts,
    TargetFacts,
)

KEY = "bridging-regions"
SEED = 2014
BUDGET = euro(100_000)
# region, street, number, postcode, town, IBAN (the banks' own published examples)
PARTNERS = (
    ("stuttgart-neckar-alb", "Beispielstraße", "1", "70173", "Stuttgart", "DE02120300000000202051"),
    ("liege", "Rue de l'Exemple", "1", "4000", "Liège", "BE43068999999501"),
    ("copenhagen-zealand", "Eksempelvej", "1", "1050", "København", "DK9520000123456789"),
    ("north-brabant", "Voorbeeldlaan", "1", "5611", "Eindhoven", "NL02ABNA0123456789"),
)
INCENTIVES = (
    ("meet-and-greet", "Meet & Greet", 500, "Travel and meet the right people in another region.", 6),
    (
        "insight",
        "Insight",
        4000,
        "Exchange staff, receive training or contract experts to gather insight.",
        12,
    ),
    (
        "collaboration",
        "Collaboration",
        7000,
        "A first collaboration on an innovative product or service.",
        12,
    ),
)

# What is played after the past, in this order: later parts stand on earlier ones
PLAYED = (
    (catalogue, "Writing an invented catalogue …"),
    (current, "Opening a call and letting companies apply …"),
    (enquiries, "Letting companies ask …"),
    (desks, "Letting the desks work …"),
    (introductions, "Introducing some of them to each other …"),
    (access, "Letting companies ask for access …"),
    (cases, "Recording the four published cases of IN2LifeSciences …"),
    (gatherings, "Bringing 120 invented people together …"),
    (coaching, "Coaching companies …"),
    (webinars, "Holding webinars …"),
    (pitches, "Letting companies pitch to investors …"),
    (stories, "Telling what came of some of it …"),
    (surveys, "Asking some of them what came of it …"),
    (years, "Simulating five years of an earlier programme …"),
    (indicators, "Counting what came of it …"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """What a tester needs to know of one person of the cast."""

    key: str
    name: str
    note: str
    role: str
    email: str
    password: str


def cast() -> list[Account]:
    """The accounts of the cast."""
    return [
        Account(one.key, one.name, one.note, str(one.role or ""), one.email, one.password) for one in MEMBERS
    ]


def set_up(*, at: datetime) -> Iterator[str]:
    """Add everything that is not there yet; says what it does."""
    yield from set_up_cast(at=at)
    yield "Playing the programmes of the past through the product's own actions …"
    for line in replay.play(seed=SEED):
        yield f"  {line}"
    for part, says in PLAYED:
        if not part.is_there():
            yield says
            with transaction.atomic():
                part.play(at=at)


def set_up_cast(*, at: datetime) -> Iterator[str]:
    """Add the programme of today, its partners and budgets, and the cast, if they are not there yet."""
    if Programme.objects.filter(key=KEY).exists():
        yield "The cast is there already."
        return
    yield "Adding the cast and the programme of today …"
    began = at - timedelta(days=300)
    with transaction.atomic():
        regions.add_known(by=SYSTEM, at=began)
        phase = _programme(began)
        places = {place.key: _place(place, at=began) for place in (*PLACES, *BACKGROUND)}
        for member in MEMBERS:
            _member(member, places, phase, at=began)


def _programme(at: datetime) -> Phase:
    programme = programmes.create(
        ProgrammeFacts(
            key=KEY,
            name="Bridging Regions",
            funder="Demonstration; no money behind it",
            aim="Vouchers for life-science companies that work with a laboratory or expert in another region.",
            accent="sea",
            contact_email="office@landbridge.example",
            is_demonstration=True,
        ),
        by=SYSTEM,
        at=at,
    )
    for number, (key, street, building, postcode, town, iban) in enumerate(PARTNERS):
        region = Region.objects.get(key=key)
        with_desk = replace(region.facts(), desk_email=f"desk@{key}.example")
        regions.edit(region_id=region.pk, facts=with_desk, by=SYSTEM, at=at)
        facts = PartnerFacts(
            name=f"Demonstration partner {region.name}",
            short_name=region.name[:40],
            country=region.country,
            region_id=region.pk,
            is_lead=number == 0,
            street=street,
            building_number=building,
            postcode=postcode,
            town=town,
            iban=iban,
        )
        partners.add(programme_id=programme.pk, facts=facts, by=SYSTEM, at=at)
    first = at.date()
    period = PhaseFacts(name="Phase 1", starts_on=first, ends_on=first + timedelta(days=3 * 365))
    phase = phases.add(programme_id=programme.pk, facts=period, by=SYSTEM, at=at)
    _offers(phase, at)
    phases.start(phase_id=phase.pk, by=SYSTEM, at=at)
    for partner in Partner.objects.filter(programme=programme).order_by("pk"):
        line = budgets.open_line(partner=partner, phase=phase, by=SYSTEM, at=at)
        budgets.allocate(line=line, amount=BUDGET, reason="Voucher money of the phase", by=SYSTEM, at=at)
    return phase


def _offers(phase: Phase, at: datetime) -> None:
    """What the phase offers, and what it set out to reach."""
    for key, name, cap, purpose, months in INCENTIVES:
        offer = IncentiveFacts(
            key=key,
            name=name,
            purpose=purpose,
            cap_eur=euro(cap),
            evidence=("Invoice with the provider's name and the date of the service.", "Proof of payment."),
            validity_months=months,
        )
        incentives.add(phase_id=phase.pk, facts=offer, by=SYSTEM, at=at)
    for code, name, unit, value in (
        ("smes-supported", "Companies supported", "companies", 120),
        ("vouchers-granted", "Vouchers granted", "vouchers", 60),
    ):
        target = TargetFacts(code=code, name=name, unit=unit, value=value)
        targets.set_target(phase_id=phase.pk, facts=target, by=SYSTEM, at=at)


def _place(place: Place, *, at: datetime) -> Organisation:
    organisation = organisations.register(
        name=place.name,
        kind=place.kind,
        country=place.country,
        postcode=place.postcode,
        town=place.town,
        street=place.street,
        building_number=place.building_number,
        company_numbers=place.numbers,
        about=place.about,
        offers_access=place.offers_access,
        is_demonstration=True,
        by=SYSTEM,
        at=at,
    )
    if place.iban:
        account = organisations.propose_bank_account(
            organisation_id=organisation.pk, holder=place.name, iban=place.iban, by=SYSTEM, at=at
        )
        organisations.approve_bank_account(account_id=account.pk, by=SYSTEM, at=at)
    return organisation


def _member(member: Member, places: dict[str, Organisation], phase: Phase, *, at: datetime) -> Person:
    person = people.register(
        name=member.name,
        email=member.email,
        password=member.password,
        email_confirmed=True,
        demonstration_note=member.note,
        at=at,
    )
    if member.role is None:
        return person
    scope_id = _scope_id(member, member.role, places, phase)
    memberships.grant(person_id=person.pk, role=member.role, scope_id=scope_id, by=SYSTEM, at=at)
    if member.role is Role.SME and places[member.scope].offers_access:
        memberships.grant(person_id=person.pk, role=Role.PROVIDER, scope_id=scope_id, by=SYSTEM, at=at)
    return person


def _scope_id(member: Member, role: Role, places: dict[str, Organisation], phase: Phase) -> int:
    kind = SCOPE_OF[role]
    if kind == "organisation":
        return places[member.scope].pk
    if kind == "region":
        return Region.objects.get(key=member.scope).pk
    if kind == "partner":
        return Partner.objects.get(programme=phase.programme, region__key=member.scope).pk
    return phase.programme_id
