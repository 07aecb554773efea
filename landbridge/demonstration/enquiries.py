"""Invented questions of the invented companies, one in each state, with what was written about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from landbridge.catalogue.models import Record
from landbridge.catalogue.rules.offers import AccessMode
from landbridge.demonstration.people import BACKGROUND, MEMBERS, PLACES
from landbridge.enquiries import actions, rules
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.queries import all_terms, lead_of
from landbridge.enquiries.states import Closing, S
from landbridge.foundation.money import euro
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from landbridge.organisations.models import Organisation

NAME_OF = {place.key: place.name for place in (*PLACES, *BACKGROUND)}
EMAIL_OF = {member.key: member.email for member in MEMBERS}
WAY = [S.NEW, S.ACKNOWLEDGED, S.ANALYSIS, S.READY, S.SEARCHING, S.SHORTLISTED, S.INTRODUCING, S.OUTCOME_KNOWN]


@dataclass(frozen=True, slots=True)
class Told:
    """One invented question: who asks, since how many days, what, and how far it has come."""

    company: str
    asker: str  # a member of the cast, or the name of somebody invented who has no account
    days: int
    title: str
    text: str
    summary: str
    state: S
    context: dict[str, Any] = field(default_factory=dict)
    messages: tuple[tuple[str, str], ...] = ()
    note: str = ""
    called: str = ""  # the title of its summary


QUESTIONS = (
    Told("mosan", "elodie.marchand", 1, "Does our strip still work after a summer in a van?",
         "Our kidney strip reads cystatin C from a drop of blood. Pharmacies keep it in vans, and we see weak lines after "
         "hot weeks. We need accelerated ageing of three lots with a read-out that we can show to our notified body.",
         "", S.NEW, {"readiness_now": 6, "readiness_wanted": 8, "sample": "Lateral-flow strips", "regulation": "IVDR"}),
    Told("ardenne", "Lucie Hardy", 4, "Who can print electrodes on a stretchable foil?",
         "Our sweat sensor is printed on a stiff foil today. We look for somebody who prints silver and carbon on "
         "polyurethane, a few hundred pieces, and who measures how the resistance changes when it is stretched.",
         "", S.ACKNOWLEDGED, {"budget_eur": euro(15_000), "readiness_now": 4, "readiness_wanted": 6},
         (("desk", "Thank you for your question. How far is the foil stretched, and how often in a day?"),
          ("company", "Up to 15 per cent, some two thousand times a day."))),
    Told("vesdre", "Marc Tilman", 9, "Why does our antibody clump above 80 mg/ml?",
         "Our antibody VT-12 clumps when it is concentrated above 80 mg/ml. We want to know where the molecules stick "
         "together, and which two or three changes of the buffer are worth a try before we change the sequence.",
         "A small company wants to understand why an antibody aggregates at high concentration, and which changes of the "
         "buffer could help. Light scattering and hydrogen-deuterium exchange come to mind.",
         S.ANALYSIS, {"readiness_now": 3, "readiness_wanted": 5}, called="Aggregation of a concentrated antibody",
         note="Ask Katrin who ran the antibody case of last year."),
    Told("mosan", "pascal.renard", 12, "A reader for our strip that sees what the eye does not",
         "We want a small reader with a camera for our kidney strip. Optics we can do; we need help with the calibration "
         "and with software that a notified body accepts.",
         "A diagnostics company looks for help with the calibration and the validated software of a small optical reader "
         "for a lateral-flow test.",
         S.ANALYSIS, {"regulation": "IVDR, IEC 62304", "needed_by": 120}, called="Calibration and validated software of an optical reader",
         messages=(("desk", "I have written a summary without your marker. Please read it; nothing leaves before you agree."),)),
    Told("kattegat", "Mikkel Friis", 20, "How fast does our catheter tip wear in a vessel?",
         "The tip of our KD-3 catheter is coated with a new polymer. We need a bench test in a model of the vessel with "
         "blood-like fluid, and pictures of the surface before and after.",
         "A device company needs a bench test of the wear of a coated catheter tip in a vessel model, with imaging of the "
         "surface before and after.", S.READY, {"readiness_now": 5, "readiness_wanted": 7},
         called="Wear of a coated catheter tip in a vessel model"),
    Told("oresund", "freja.holm", 26, "Does our peptide gel reach the deeper skin?",
         "Our wound gel OP-7 carries a peptide. We must know how deep it reaches in living skin within a day, in at least "
         "six donors, without labelling the peptide.",
         "A company needs to know how deep an unlabelled peptide penetrates human skin explants within 24 hours, in six "
         "donors or more. Mass spectrometry imaging is one way.",
         S.SEARCHING, {"budget_eur": euro(20_000), "languages": ("en", "da", "de")},
         called="Depth of an unlabelled peptide in human skin",
         note="They had bad experience with a contract laboratory; start with institutes."),
    Told("filder", "Jutta Maier", 33, "Which steriliser spares our bioresorbable clip?",
         "Our clip loses strength under gamma rays. We want to compare electron beam, ethylene oxide and vaporised "
         "peroxide on twenty clips each, with tensile tests afterwards.",
         "A device company wants to compare three ways to sterilise a bioresorbable polymer clip, with mechanical tests "
         "before and after.", S.SHORTLISTED, {"regulation": "MDR, ISO 11135, ISO 11137"},
         called="Sterilisation of a bioresorbable polymer"),
    Told("mosan", "elodie.marchand", 41, "Is our marker stable in dried blood?",
         "We would like people to send a drop of dried blood by post. Is cystatin C still measurable after a week at room "
         "temperature and after a day at 40 degrees?",
         "A diagnostics company needs a stability study of a protein marker in dried blood spots over one week at several "
         "temperatures.", S.INTRODUCING, {"sample": "Dried blood spots"}, called="Stability of a protein in dried blood spots",
         messages=(("company", "We can prepare two hundred spots by the end of the month."),)),
    Told("oresund", "freja.holm", 75, "Does our gel calm inflamed cells?",
         "We want to see whether OP-7 lowers interleukin 6 and 8 in keratinocytes, dose by dose, and whether it harms them.",
         "A company needs a cell assay of the anti-inflammatory effect and the toxicity of a peptide on human "
         "keratinocytes.", S.OUTCOME_KNOWN, called="Effect of a peptide on inflamed keratinocytes"),
    Told("vesdre", "Marc Tilman", 120, "Which cell assay predicts our antibody best?",
         "We have three candidate assays for the potency of VT-12 and cannot decide. We look for an assay developer who "
         "has done this for a biologic before.",
         "A company looks for advice on choosing a potency assay for a biologic.", S.CLOSED, called="Choosing a potency assay for a biologic"),
    Told("kattegat", "Mikkel Friis", 16, "A softer coating for the same catheter",
         "We think about a hydrogel coating for KD-3. Before we ask anybody we must know whether our supplier delivers.",
         "", S.ON_HOLD),
    Told("dommel", "Bram Smits", 30, "Can somebody sell our analyser in Wales?",
         "We look for a distributor for our bench-top analyser in Wales and the west of England, with service people.",
         "", S.DECLINED),
)  # fmt: skip


def is_there() -> bool:
    """Whether the invented questions were added before."""
    return Enquiry.objects.filter(is_demonstration=True).exists()


def play(*, at: datetime) -> None:
    """Ask every question on its day and bring it to where it stands; and one that was asked twice."""
    for told in QUESTIONS:
        _play(told, at=at - timedelta(days=told.days))
    first = Enquiry.objects.filter(is_demonstration=True, company__name=NAME_OF["mosan"]).order_by("pk")[0]
    twin = _asked(QUESTIONS[0], at=at - timedelta(hours=20))
    actions.close(
        enquiry_id=twin.pk,
        closing=Closing.DUPLICATE,
        duplicate_of=first.number,
        by=SYSTEM,
        at=at - timedelta(hours=18),
    )


def _play(told: Told, *, at: datetime) -> None:
    enquiry = _asked(told, at=at)
    broker = _broker(enquiry)
    if told.state is S.DECLINED:
        actions.decline(
            enquiry_id=enquiry.pk,
            reason="This is a question of sales; your chamber of commerce helps with it.",
            by=broker,
            at=at + timedelta(days=1),
        )
    elif told.state is S.ON_HOLD:
        actions.acknowledge(enquiry_id=enquiry.pk, by=broker, at=at + timedelta(days=1))
        until = (at + timedelta(days=60)).date()
        actions.hold(
            enquiry_id=enquiry.pk,
            until=until,
            reason="The supplier answers first.",
            by=broker,
            at=at + timedelta(days=2),
        )
    elif told.state is not S.NEW:
        _move_on(told, enquiry, broker=broker, at=at)


def _asked(told: Told, *, at: datetime) -> Enquiry:
    company = Organisation.objects.select_related("region").get(name=NAME_OF[told.company])
    context = dict(told.context)
    if "needed_by" in context:
        context["needed_by"] = (at + timedelta(days=context["needed_by"])).date()
    terms = rules.proposed(told.text, terms=all_terms())[:3]
    asked = rules.Asked(
        title=told.title,
        confidential_text=told.text,
        access_modes=(AccessMode.SHIP_SAMPLE, AccessMode.CONTRACT_RESEARCH),
        wants=tuple((term.pk, 2) for term in terms),
        **{"languages": ("en",), **context},
    )
    if told.asker in EMAIL_OF:
        return actions.ask(asked=asked, by=_actor(told.asker), at=at, is_demonstration=True)
    email = f"{told.asker.lower().replace(' ', '.')}@{told.company}.example"
    return actions.ask(
        asked=asked, company_id=company.pk, person_name=told.asker, person_email=email, by=SYSTEM, at=at,
        is_demonstration=True,
    )  # fmt: skip


def _move_on(told: Told, enquiry: Enquiry, *, broker: Actor, at: datetime) -> None:
    """Step by step, a day apart, up to where the question stands."""
    stands = S.OUTCOME_KNOWN if told.state is S.CLOSED else told.state
    day = timedelta(days=1)
    actions.acknowledge(enquiry_id=enquiry.pk, by=broker, at=at + day)
    if told.note:
        actions.write_note(enquiry_id=enquiry.pk, text=told.note, by=broker, at=at + day)
    for number, (side, text) in enumerate(told.messages):
        by = broker if side == "desk" else _of_company(told, enquiry)
        actions.write_message(
            enquiry_id=enquiry.pk, text=text, by=by, at=at + day + timedelta(hours=2 * number + 1)
        )
    if WAY.index(stands) >= WAY.index(S.ANALYSIS):
        actions.analyse(enquiry_id=enquiry.pk, by=broker, at=at + 2 * day)
        _summary(
            told, enquiry, broker=broker, is_ready=WAY.index(stands) > WAY.index(S.ANALYSIS), at=at + 3 * day
        )
    for state, action in ((S.READY, actions.make_ready), (S.SEARCHING, actions.search)):
        if WAY.index(stands) >= WAY.index(state):
            action(enquiry_id=enquiry.pk, by=broker, at=at + 5 * day)
    if WAY.index(stands) >= WAY.index(S.SHORTLISTED) and _shortlist(enquiry, broker=broker, at=at + 7 * day):
        actions.send_shortlist(enquiry_id=enquiry.pk, by=broker, at=at + 8 * day)
    if WAY.index(stands) >= WAY.index(S.INTRODUCING):
        actions.introduce(enquiry_id=enquiry.pk, by=broker, at=at + 10 * day)
    if stands is S.OUTCOME_KNOWN:
        outcome = "They met twice and want to work together."
        actions.report_outcome(enquiry_id=enquiry.pk, outcome=outcome, by=broker, at=at + 40 * day)
    if told.state is S.CLOSED:
        actions.close(enquiry_id=enquiry.pk, closing=Closing.COLLABORATION, by=broker, at=at + 60 * day)


def _summary(told: Told, enquiry: Enquiry, *, broker: Actor, is_ready: bool, at: datetime) -> None:
    """Written; for what has come further approved, for one question sent back, else waiting."""
    summary = actions.write_summary(
        enquiry_id=enquiry.pk, title=told.called, text=told.summary, by=broker, at=at
    )
    if is_ready:
        by = _of_company(told, enquiry) if told.asker in EMAIL_OF else SYSTEM
        actions.approve_summary(summary_id=summary.pk, by=by, at=at + timedelta(days=1))
    elif told.company == "vesdre":
        remark = "Leave the method out: it shows which molecule it is."
        actions.send_back_summary(summary_id=summary.pk, remark=remark, by=SYSTEM, at=at + timedelta(days=1))


def _shortlist(enquiry: Enquiry, *, broker: Actor, at: datetime) -> int:
    """Up to three invented offers of other regions; none where the catalogue holds none."""
    offers = (
        Record.objects.public().filter(is_demonstration=True, kind="service").exclude(region=enquiry.region)
    )
    chosen = list(offers.order_by("pk")[:3])
    for record in chosen:
        actions.add_candidate(enquiry_id=enquiry.pk, record_id=record.pk, by=broker, at=at)
    return len(chosen)


def _broker(enquiry: Enquiry) -> Actor:
    """The broker of the desk that leads; Landbridge itself where the demonstration has none there."""
    hats = Membership.objects.current().filter(role=Role.BROKER, region=lead_of(enquiry).region)
    hat = hats.select_related("person", "region").order_by("pk").first()
    return actor_under(hat, person=hat.person) if hat else SYSTEM


def _of_company(told: Told, enquiry: Enquiry) -> Actor:
    """Whoever asked: a member of the cast, or somebody invented without an account, who answers by e-mail."""
    if told.asker in EMAIL_OF:
        return _actor(told.asker)
    return Actor(person_id=None, name=told.asker, role=Role.SME, organisation_id=enquiry.company_id)


def _actor(key: str) -> Actor:
    person = Person.objects.get(email=EMAIL_OF[key])
    hat = Membership.objects.current().filter(person=person, role=Role.SME).select_related("organisation")[0]
    return actor_under(hat, person=person)
