"""A first call that is decided, with vouchers in every state, and a second call that is open today."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from landbridge.applications import actions as applications
from landbridge.applications.models import Application
from landbridge.calls import actions as calls
from landbridge.calls.models import Call, Offer, Question
from landbridge.calls.rules import Window
from landbridge.claims import actions as claims
from landbridge.claims.models import Claim, Payment
from landbridge.claims.rules import next_banking_day
from landbridge.demonstration.people import BACKGROUND, MEMBERS, PLACES
from landbridge.foundation.documents import pdf
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.store import receive
from landbridge.foundation.money import Money, euro
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Phase
from landbridge.vouchers import actions as vouchers
from landbridge.vouchers.models import Voucher

ZONE = "Europe/Brussels"
NAME_OF = {place.key: place.name for place in (*PLACES, *BACKGROUND)}

# company, provider, incentive, euro asked, what for; all invented
FIRST_CALL = (
    ("ardenne", "neckar", "Collaboration", 7000, "Imaging of a sweat sensor on living skin"),
    ("vesdre", "brabant", "Insight", 4000, "Which cell assay predicts our antibody best"),
    ("kattegat", "neckar", "Collaboration", 6800, "Wear of a catheter tip under the microscope"),
    ("filder", "brabant", "Meet & Greet", 480, "Three days with assay developers in Eindhoven"),
    ("dommel", "oresund", "Insight", 3900, "Peptide standards for our analyser"),
    ("mosan", "brabant", "Insight", 4000, "Stability of a kidney marker in dried blood"),
    ("oresund", "neckar", "Collaboration", 7000, "How deep a peptide gel enters the wound"),
)
PAID = ("ardenne", "vesdre", "kattegat")


def is_there() -> bool:
    """Whether the calls of today were added before."""
    return Call.objects.filter(phase__programme__key="bridging-regions").exists()


def play(*, at: datetime) -> None:
    """Play both calls up to this moment."""
    phase = Phase.objects.get(programme__key="bridging-regions")
    first = _call(
        phase, "First call: a partner abroad", opens=at - timedelta(days=210), closes=at - timedelta(days=150)
    )
    second = _call(
        phase, "Second call: a partner abroad", opens=at - timedelta(days=20), closes=at + timedelta(days=40)
    )
    for company, provider, incentive, asked, about in FIRST_CALL:
        handed_in = at - timedelta(days=160)
        application = _application(
            first, company, provider, incentive, euro(asked), about, by=SYSTEM, at=handed_in
        )
        applications.submit(application_id=application.pk, by=SYSTEM, at=handed_in)
        voucher = vouchers.award(
            application_id=application.pk,
            amount=euro(asked),
            reason="A clear question, the right partner, and a plan that fits the time.",
            by=SYSTEM,
            at=at - timedelta(days=130),
        )
        if company != "oresund":
            vouchers.accept(voucher_id=voucher.pk, by=SYSTEM, at=at - timedelta(days=125))
        if company in PAID:
            _pay(_claim(voucher, by=SYSTEM, at=at - timedelta(days=40)), at=at - timedelta(days=30))
    mosan = _actor("elodie.marchand", Role.SME)
    _claim(
        Voucher.objects.get(application__applicant__name=NAME_OF["mosan"]),
        by=mosan,
        at=at - timedelta(days=2),
    )
    _second_call(second, mosan, at=at)


def _second_call(call: Call, mosan: Actor, *, at: datetime) -> None:
    """One application that waits for the provider, one that waits for the office, one that was just begun."""
    recently = at - timedelta(days=3)
    shared = _application(
        call, "mosan", "neckar", "Collaboration", euro(7000), "A reader for kidney tests that fits in a pocket",
        by=mosan, at=recently, confirmed=False,
    )  # fmt: skip
    applications.share(application_id=shared.pk, by=mosan, at=recently)
    oresund = _actor("freja.holm", Role.SME)
    waiting = _application(
        call,
        "oresund",
        "brabant",
        "Insight",
        euro(4000),
        "Does our gel calm inflamed cells?",
        by=oresund,
        at=recently,
    )
    applications.submit(application_id=waiting.pk, by=oresund, at=recently)
    offer = Offer.objects.get(call=call, name="Meet & Greet")
    applications.start(offer_id=offer.pk, by=mosan, at=at - timedelta(days=1))


def _call(phase: Phase, title: str, *, opens: datetime, closes: datetime) -> Call:
    ready = opens - timedelta(days=10)
    opens_at = opens.replace(hour=8, minute=0, second=0, microsecond=0)
    closes_at = closes.replace(hour=16, minute=0, second=0, microsecond=0)
    call = calls.create(
        phase=phase,
        title=title,
        summary="Up to €7,000 for a first piece of work with a laboratory or expert in another region.",
        window=Window(opens_at=opens_at, closes_at=closes_at, time_zone=ZONE),
        guidance="Name a partner in another region, write the application with them, and hand it in when both agree. "
        "Your region's Access Broker helps you to find the partner.",
        contact_email="office@landbridge.example",
        by=SYSTEM,
        at=ready,
    )
    caps = {incentive: incentive.cap_eur for incentive in phase.incentives.order_by("pk")}
    calls.set_offers(call_id=call.pk, caps=caps, by=SYSTEM, at=ready)
    return calls.publish(call_id=call.pk, by=SYSTEM, at=ready)


def _application(
    call: Call, company: str, provider: str, incentive: str, asked: Money, about: str,
    *, by: Actor, at: datetime, confirmed: bool = True,
) -> Application:  # fmt: skip
    applicant = Organisation.objects.get(name=NAME_OF[company])
    offer = Offer.objects.get(call=call, name=incentive)
    draft = applications.start(offer_id=offer.pk, applicant_id=applicant.pk, by=by, at=at)
    draft = applications.save(
        application_id=draft.pk,
        version=draft.version,
        title=about,
        answers=_answers(call, about),
        requested_eur=asked,
        by=by,
        at=at,
    )
    partner = Organisation.objects.get(name=NAME_OF[provider])
    applications.name_provider(application_id=draft.pk, organisation_id=partner.pk, by=by, at=at)
    if confirmed:
        applications.share(application_id=draft.pk, by=by, at=at)
        applications.confirm(application_id=draft.pk, by=SYSTEM, at=at)
    return draft


def _answers(call: Call, about: str) -> dict[str, Any]:
    words = {
        "need": f"{about}: we cannot measure this ourselves, and nobody in our region has the instrument.",
        "why_abroad": "They have done the same for another material and have the instrument free in spring.",
        "work_plan": "1. Samples (we, two weeks). 2. Measurements (they, four weeks). 3. Report and meeting (both).",
        "expected_result": "A report with raw data that we can show to a notified body.",
        "impact": "We decide on the next prototype; if it holds, two people more within a year.",
        "budget": "Instrument time and staff of the laboratory; shipping of samples.",
    }
    answers: dict[str, Any] = {}
    for question in Question.objects.filter(call=call).order_by("position"):
        if question.kind == Question.Kind.DECLARATION:
            answers[question.key] = True
        elif question.kind == Question.Kind.NUMBER:
            answers[question.key] = {"months": 4, "employees": 11}.get(question.key, 0)
        elif question.kind == Question.Kind.CHOICE:
            answers[question.key] = question.choices[0]
        elif question.is_required:
            answers[question.key] = words.get(question.key, about)
    return answers


def _claim(voucher: Voucher, *, by: Actor, at: datetime) -> Claim:
    """One invoice with its evidence, the report, handed in."""
    claim = claims.start(voucher_id=voucher.pk, by=by, at=at)
    day = (at - timedelta(days=20)).date()
    provider = voucher.application.provider
    cost = claims.CostDetails(
        category="service",
        description=voucher.application.title[:150],
        supplier=provider.name if provider else "",
        invoice_number=f"INV-{voucher.number}",
        invoiced_on=day,
        paid_on=day + timedelta(days=10),
        net=voucher.amount_eur,
        vat=Money(0),
    )
    evidence = receive(_invoice(voucher, day), kinds=frozenset({Kind.PDF}))
    claims.add_cost(claim_id=claim.pk, cost=cost, evidence=evidence, by=by, at=at)
    report = (
        "The measurements are done and the report is with us. We have decided on the next prototype together."
    )
    claims.write_report(claim_id=claim.pk, report=report, is_final=True, by=by, at=at)
    return claims.submit(claim_id=claim.pk, by=by, at=at)


def _invoice(voucher: Voucher, day: date) -> ContentFile[bytes]:
    application = voucher.application
    data = {
        "sender": [application.provider.name if application.provider else ""],
        "recipient": [application.applicant.name],
        "number": f"INV-{voucher.number}",
        "programme": "Invented for the demonstration",
        "text": "This invoice is part of a demonstration. Nothing was delivered and nothing is owed.",
        "facts": [["Work", application.title], ["Date", day], ["Amount", voucher.amount_eur]],
    }
    return ContentFile(
        pdf("demonstration/invoice.typ", data, title="Invoice (invented)", at=voucher.awarded_at),
        name=f"invoice-{voucher.number}.pdf",
    )


def _pay(claim: Claim, *, at: datetime) -> None:
    """Verified, approved, transferred: Landbridge plays both persons."""
    line = claim.cost_lines.get()
    banking_day = next_banking_day((at + timedelta(days=2)).date())
    claims.verify(claim_id=claim.pk, accepted={line.pk: line.net_eur}, finding="", by=SYSTEM, at=at)
    claims.approve(claim_id=claim.pk, by=SYSTEM, at=at)
    file = claims.make_payment_file(
        partner_id=claim.voucher.application.partner_id,
        claim_ids=[claim.pk],
        execute_on=banking_day,
        by=SYSTEM,
        at=at,
    )
    claims.release(payment_file_id=file.pk, by=SYSTEM, at=at)
    payment = Payment.objects.get(payment_file=file)
    executed = claims.Answer(executed=True, on=banking_day, text="ACSC")
    answered_at = at + timedelta(days=(banking_day - at.date()).days)
    claims.answer(payment_file_id=file.pk, answers={payment.pk: executed}, by=SYSTEM, at=answered_at)


def _actor(key: str, role: Role) -> Actor:
    person = Person.objects.get(email=next(one.email for one in MEMBERS if one.key == key))
    return actor_under(Membership.objects.current().get(person=person, role=role), person=person)
