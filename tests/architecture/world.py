"""Two programmes with everything that can stand in one, each kind of object once: one's own side and a foreign side.

The foreign side shares no region, partner, organisation, person or programme with the people whom the matrix asks,
so that whatever they reach of it is open to everybody, or a leak. Built through the product's own actions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from landbridge.applications import actions as applications
from landbridge.applications.models import Application, Submission
from landbridge.budgets import actions as budgets
from landbridge.calls import actions as calls
from landbridge.calls.models import Call, Offer, Question
from landbridge.calls.rules import Window
from landbridge.claims import actions as claims
from landbridge.claims.models import Claim, PaymentFile
from landbridge.foundation.files.store import receive
from landbridge.foundation.money import Money, euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships import actions as memberships
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from landbridge.organisations import actions as organisations
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner, Phase, Programme, Region
from landbridge.vouchers import actions as vouchers
from landbridge.vouchers.models import Voucher
from tests.architecture.asked_for import ask_for_access
from tests.architecture.brought_together import bring_together
from tests.architecture.coached import hold_coaching
from tests.architecture.counted import count
from tests.architecture.enquired import ask_questions
from tests.architecture.followed import follow
from tests.architecture.gathered import hold_events
from tests.architecture.held import hold_keys
from tests.architecture.kept import keep_records
from tests.architecture.listened import hold_webinars
from tests.architecture.met import hold_meetings
from tests.architecture.pitched import hold_pitches
from tests.architecture.surveyed import ask_what_came
from tests.architecture.worked_on import work_at_desks
from tests.cast import Cast, make_cast
from tests.factories.memberships import a_hat
from tests.factories.organisations import a_company, a_facility
from tests.factories.programmes import (
    a_closed_day,
    a_partner,
    a_phase,
    a_programme,
    a_region,
    a_target,
    an_incentive,
)

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
TOKEN = "a-token-out-of-a-letter-{side}"
PLACES = 10  # so many applications of one company, each for an incentive of its own


@dataclass
class Side:
    """The objects of one programme by the name under which the examples ask for them."""

    name: str
    at: datetime
    programme: Programme
    phase: Phase
    region: Region
    partner: Partner
    applicant: Organisation
    provider: Organisation
    things: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """The cast, its own side and the foreign one."""

    cast: Cast
    own: Side
    foreign: Side


def make_world(*, at: datetime) -> World:
    """Build both sides around this moment: a call is open at it, another one is decided."""
    cast = make_cast()
    Phase.objects.filter(pk=cast.phase.pk).update(
        starts_on=(at - timedelta(days=400)).date(), ends_on=(at + timedelta(days=900)).date()
    )
    cast.phase.refresh_from_db()
    own = Side(
        name="own",
        at=at,
        programme=cast.programme,
        phase=cast.phase,
        region=cast.zealand,
        partner=cast.danish_partner,
        applicant=cast.danish_company,
        provider=cast.german_institute,
    )
    home, away = a_region(name="Elsewhere", country="FR"), a_region(name="Far away", country="NL")
    phase = a_phase(
        programme=cast.other_programme,
        starts_on=(at - timedelta(days=400)).date(),
        ends_on=(at + timedelta(days=900)).date(),
    )
    foreign = Side(
        name="foreign",
        at=at,
        programme=cast.other_programme,
        phase=phase,
        region=home,
        partner=a_partner(programme=cast.other_programme, region=home),
        applicant=a_company(region=home),
        provider=a_facility(region=away),
    )
    for person, role, organisation in (
        ("Odette Other", Role.SME, foreign.applicant),
        ("Pieter Provider", Role.PROVIDER, foreign.provider),
    ):
        a_hat(
            role,
            of=Person.objects.create(name=person, email=f"{role}@foreign.example"),
            organisation=organisation,
        )
    foreign_officer = Person.objects.create(name="Fritz Foreign", email="finance@foreign.example")
    a_hat(Role.FINANCE, of=foreign_officer, partner=foreign.partner)
    for side in (own, foreign):
        fill(side)
    return World(cast=cast, own=own, foreign=foreign)


def fill(side: Side) -> None:
    """Put everything into a side that its pages show. Called again, it puts in as much again."""
    things, at = side.things, side.at
    a_programme()
    things |= {
        "programme": side.programme,
        "phase": side.phase,
        "region": side.region,
        "partner": side.partner,
        "organisation": side.applicant,
        "target": a_target(phase=side.phase),
        "closed_day": a_closed_day(region=side.region, day=_free_day(side.region, at)),
        "incentive": an_incentive(phase=side.phase),
    }
    _people(side)
    _money(side)
    ask_questions(side)
    keep_records(side)
    _calls(side)
    _applications(side)
    _vouchers_and_claims(side)
    bring_together(side)
    ask_for_access(side)
    hold_events(side)
    hold_meetings(side)
    hold_webinars(side)
    hold_pitches(side)
    hold_coaching(side)
    work_at_desks(side)
    ask_what_came(side)
    hold_keys(side)
    count(side)
    follow(side)
    things["letter"] = (
        Letter.objects.filter(recipient_email=_member(side.applicant).email).order_by("pk").first()
    )


def _free_day(region: Region, at: datetime) -> Any:
    return at.date() + timedelta(days=30 + region.closed_days.count())


def _member(organisation: Organisation) -> Person:
    return Membership.objects.filter(organisation=organisation, ended_at=None).order_by("pk")[0].person


def _people(side: Side) -> None:
    things, at = side.things, side.at
    number = Person.objects.count()
    colleague = Person.objects.create(
        name=f"Colleague {number}", email=f"colleague.{number}@{side.name}.example"
    )
    things["membership"] = a_hat(Role.SME, of=colleague, organisation=side.applicant)
    things["invitation"] = memberships.invite(
        email=f"invited.{number}@{side.name}.example",
        role=Role.SME,
        scope_id=side.applicant.pk,
        by=SYSTEM,
        at=at,
    )
    if not side.applicant.bank_accounts.exists():
        account = organisations.propose_bank_account(
            organisation_id=side.applicant.pk, holder=side.applicant.name[:70], iban="BE68539007547034",
            by=SYSTEM, at=at,
        )  # fmt: skip
        organisations.approve_bank_account(account_id=account.pk, by=SYSTEM, at=at)
        waits = organisations.propose_bank_account(
            organisation_id=side.applicant.pk, holder=side.applicant.name[:70], iban="DK5000400440116243",
            by=SYSTEM, at=at,
        )  # fmt: skip
    else:
        company = a_company(region=side.region)
        waits = organisations.propose_bank_account(
            organisation_id=company.pk, holder=company.name[:70], iban="DK5000400440116243", by=SYSTEM, at=at
        )
    things["bank_account"] = waits


def _money(side: Side) -> None:
    things, at = side.things, side.at
    line = budgets.open_line(partner=side.partner, phase=side.phase, by=SYSTEM, at=at)
    budgets.allocate(line=line, amount=euro(200_000), reason="Money of the phase", by=SYSTEM, at=at)
    neighbour = a_partner(programme=side.programme)
    receiver = budgets.open_line(partner=neighbour, phase=side.phase, by=SYSTEM, at=at)
    officer = Membership.objects.filter(role=Role.FINANCE, partner=side.partner).order_by("pk")[0]
    things["line"] = line
    things["transfer"] = budgets.propose_transfer(
        giver=line,
        receiver=receiver,
        amount=euro(1000),
        reason="More demand there",
        by=actor_under(officer, person=officer.person),
        at=at,
    )


def _calls(side: Side) -> None:
    things, at = side.things, side.at
    caps = {an_incentive(phase=side.phase, name=f"Voucher {place}"): euro(7000) for place in range(PLACES)}
    things["draft_call"] = _call(side, caps, opens=at + timedelta(days=20), closes=at + timedelta(days=60))
    things["question"] = Question.objects.filter(call=things["draft_call"]).order_by("position")[0]
    opened = _call(side, caps, opens=at - timedelta(days=20), closes=at + timedelta(days=40))
    things["open_call"] = calls.publish(call_id=opened.pk, by=SYSTEM, at=at - timedelta(days=25))
    things["offers"] = list(Offer.objects.filter(call=opened).order_by("pk"))
    things["offer"] = things["offers"][-1]


def _call(side: Side, caps: dict[Any, Money], *, opens: datetime, closes: datetime) -> Call:
    window = Window(
        opens_at=opens.replace(microsecond=0),
        closes_at=closes.replace(microsecond=0),
        time_zone="Europe/Brussels",
    )
    prepared = side.at - timedelta(days=30)
    call = calls.create(
        phase=side.phase, title="A call", summary="Vouchers.", window=window, contact_email="c@example.org",
        by=SYSTEM, at=prepared,
    )  # fmt: skip
    return calls.set_offers(call_id=call.pk, caps=caps, by=SYSTEM, at=prepared)


def _applications(side: Side) -> None:
    things, at = side.things, side.at - timedelta(days=10)
    things["draft"] = _application(side, 0, at=at)
    things["submitted"] = _submitted(side, 1, at=at)
    things["submission"] = Submission.objects.get(application=things["submitted"])


def _application(side: Side, place: int, *, at: datetime) -> Application:
    draft = applications.start(
        offer_id=side.things["offers"][place].pk, applicant_id=side.applicant.pk, by=SYSTEM, at=at
    )
    draft = applications.save(
        application_id=draft.pk,
        version=draft.version,
        title=f"Question {draft.pk}",
        answers=_answers(side.things["open_call"]),
        requested_eur=euro(6000),
        by=SYSTEM,
        at=at,
    )
    applications.name_provider(application_id=draft.pk, organisation_id=side.provider.pk, by=SYSTEM, at=at)
    return applications.share(application_id=draft.pk, by=SYSTEM, at=at)


def _answers(call: Call) -> dict[str, Any]:
    plain = {Question.Kind.DECLARATION: True, Question.Kind.NUMBER: 3}
    return {
        question.key: plain.get(question.kind, question.choices[0] if question.choices else "What we need.")
        for question in Question.objects.filter(call=call)
    }


def _submitted(side: Side, place: int, *, at: datetime) -> Application:
    draft = _application(side, place, at=at)
    applications.confirm(application_id=draft.pk, by=SYSTEM, at=at)
    return applications.submit(application_id=draft.pk, by=_of_the_company(side), at=at)


def _of_the_company(side: Side) -> Actor:
    hat = Membership.objects.filter(organisation=side.applicant, role=Role.SME).order_by("pk")[0]
    return actor_under(hat, person=hat.person)


CLAIMS = ("claim_draft", "claim_submitted", "claim_verified", "claim_approved", "claim_waiting", "claim_paid")


def _vouchers_and_claims(side: Side) -> None:
    things, at = side.things, side.at - timedelta(days=5)
    things["awarded"] = _voucher(side, 2, at=at)
    for place, name in enumerate(CLAIMS, start=3):
        voucher = _voucher(side, place, at=at)
        vouchers.accept(voucher_id=voucher.pk, by=SYSTEM, at=at)
        things[name] = _claim(voucher, steps=CLAIMS.index(name), at=at)
    things["active"] = things["claim_draft"].voucher
    things["cost_line"] = things["claim_draft"].cost_lines.get()
    paid = _payment_file(side, things["claim_paid"])
    claims.release(payment_file_id=paid.pk, by=SYSTEM, at=side.at)
    executed = claims.Answer(executed=True, on=side.at.date(), text="ACSC")
    answers = {payment.pk: executed for payment in paid.payments.all()}
    claims.answer(payment_file_id=paid.pk, answers=answers, by=SYSTEM, at=side.at)
    things["payment_file"] = _payment_file(side, things["claim_approved"])


def _payment_file(side: Side, claim: Claim) -> PaymentFile:
    return claims.make_payment_file(
        partner_id=side.partner.pk,
        claim_ids=[claim.pk],
        execute_on=_working_day(side.at + timedelta(days=3)),
        by=SYSTEM,
        at=side.at,
    )


def _working_day(at: datetime) -> date:
    """This day or the next on which banks work, holidays of the turn of the year left out."""
    day = at.date()
    while day.weekday() > 4 or (day.month, day.day) in {(1, 1), (5, 1), (12, 25), (12, 26)}:
        day += timedelta(days=1)
    return day


def _voucher(side: Side, place: int, *, at: datetime) -> Voucher:
    application = _submitted(side, place, at=at)
    return vouchers.award(
        application_id=application.pk, amount=euro(5000), reason="A good plan.", by=SYSTEM, at=at
    )


def _claim(voucher: Voucher, *, steps: int, at: datetime) -> Claim:
    """A claim with one cost, so many steps on its way: handed in, verified, approved."""
    claim = claims.start(voucher_id=voucher.pk, by=SYSTEM, at=at)
    day = at.date()
    cost = claims.CostDetails(
        category="service",
        description="Measurements",
        supplier="A laboratory",
        invoice_number=f"INV-{voucher.pk}",
        invoiced_on=day,
        paid_on=day,
        net=euro(4000),
        vat=Money(0),
    )
    content = PDF + f"% {voucher.pk}\n".encode()
    evidence = receive(SimpleUploadedFile("invoice.pdf", content, content_type="application/pdf"))
    claims.add_cost(claim_id=claim.pk, cost=cost, evidence=evidence, by=SYSTEM, at=at)
    claim = claims.write_report(claim_id=claim.pk, report="Measured. " * 20, is_final=True, by=SYSTEM, at=at)
    if steps > 0:
        claim = claims.submit(claim_id=claim.pk, by=SYSTEM, at=at)
    if steps > 1:
        line = claim.cost_lines.get()
        claim = claims.verify(
            claim_id=claim.pk, accepted={line.pk: line.net_eur}, finding="", by=SYSTEM, at=at
        )
    if steps > 2:
        claim = claims.approve(claim_id=claim.pk, by=SYSTEM, at=at)
    return claim
