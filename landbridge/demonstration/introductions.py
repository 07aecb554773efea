"""Invented introductions, one in each state, and partner profiles of the five kinds with interest in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from landbridge.catalogue.models import Record
from landbridge.catalogue.states import Kind as RecordKind
from landbridge.demonstration.people import BACKGROUND, MEMBERS, PLACES
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions import actions
from landbridge.introductions.models import Introduction
from landbridge.introductions.standard_agreement import NAME, TEXT
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from landbridge.organisations.models import Organisation
from landbridge.profiles import actions as profiles
from landbridge.profiles.models import Profile
from landbridge.profiles.rules import Texts
from landbridge.profiles.states import Kind

NAME_OF = {place.key: place.name for place in (*PLACES, *BACKGROUND)}
EMAIL_OF = {member.key: member.email for member in MEMBERS}
DAY = timedelta(days=1)

BLOOD, GEL, CLIP = (
    "Is our marker stable in dried blood",
    "Does our peptide gel reach",
    "Which steriliser spares",
)
LABORATORY = "An institute that works on such samples every week, has a month free in spring and speaks English and German."


@dataclass(frozen=True, slots=True)
class Told:
    """One invented profile: its kind, whose it is, who reads it for another region, its texts, how old it is."""

    kind: Kind
    place: str
    checker: str
    days: int
    texts: Texts


PROFILES = (
    Told(Kind.RD_REQUEST, "mosan", "katrin.vogel", 90, Texts(
        "Optics for a small reader of paper tests",
        "A young diagnostics company seeks a partner for the optics of a reader that fits in a pocket.",
        "Paper tests are read by eye today. The company has the chemistry and the first patients; it seeks a partner "
        "who designs the optics and the calibration, so that a value can be read instead of a line.",
        "A value within five minutes, without a laboratory.",
        "An institute or company with experience in small optical readers and their approval as a medical device.",
        "Prototype in the laboratory", "Patent applied for",
    )),
    Told(Kind.TECHNOLOGY_OFFER, "neckar", "thomas.lambert", 120, Texts(
        "Chemical maps of tissue without staining",
        "An institute offers chemical imaging of tissue and small devices, with the evaluation.",
        "Maps of proteins, fats and drugs in thin sections, one micrometre fine, with reference spectra of common "
        "polymers. Visitors work at the instrument themselves or send samples.",
        "No label, no staining, the same section can be used afterwards.",
        "Companies that must show where a substance goes in tissue.",
        "In use", "Know-how; nothing applied for",
    )),
    Told(Kind.BUSINESS_OFFER, "oresund", "katrin.vogel", 60, Texts(
        "Peptide synthesis in gram amounts for others",
        "A company with a free synthesis line makes peptides for others, up to forty building blocks.",
        "Two synthesisers and a purification line stand free two weeks a month. Made under a quality system, with "
        "a certificate for each batch.",
        "From order to delivery in four weeks.",
        "Companies and institutes that need peptides for tests in animals.",
        "In use", "",
    )),
    Told(Kind.BUSINESS_REQUEST, "filder", "signe.bruun", 45, Texts(
        "A distributor for implants that dissolve",
        "A maker of small implants seeks a distributor in the north.",
        "The implants hold a vessel open and dissolve within a year. Approved in three countries; sold by a team of "
        "four so far.",
        "Nothing stays in the body.",
        "A distributor with its own people in hospitals, and experience in training surgeons.",
        "On the market", "Patent granted in several countries",
    )),
    Told(Kind.TECHNOLOGY_REQUEST, "vesdre", "signe.bruun", 30, Texts(
        "A way to keep antibodies clear at high concentration",
        "A therapeutics company seeks a method against clumping of concentrated antibodies.",
        "Above a certain concentration the product turns cloudy within days. The company seeks a method that predicts "
        "and prevents it, and would licence or develop it together.",
        "An injection instead of an infusion.",
        "A group with high-throughput formulation and light scattering.",
        "Preclinical", "Substance protected",
    )),
    Told(Kind.RD_REQUEST, "mosan", "", 2, Texts(
        "Dried drops of blood by ordinary post",
        "A diagnostics company seeks a laboratory that studies how a marker survives in dried blood.",
        "Patients shall send a drop of blood by post. How long, how warm and how moist may it be on its way?",
        "No journey for people who are ill.",
        "A clinical laboratory with its own volunteers.",
        "Idea", "",
    )),
)  # fmt: skip

ANSWERS = {
    "who": "A group of eight that builds small optical instruments, with a workshop and a clean room.",
    "together": "Design the reader's optics and calibrate it with samples of the company.",
    "stage": "Two readers of ours are in use. A first study could begin next month.",
}


def is_there() -> bool:
    """Whether the invented introductions and profiles were added before."""
    return Profile.objects.filter(is_demonstration=True).exists()


def play(*, at: datetime) -> None:
    """Introductions around the questions that `demonstration.enquiries` asked, then profiles and interest."""
    actions.add_template(
        version="2026-1",
        name=NAME,
        text=TEXT,
        holds_from=(at - 200 * DAY).date(),
        by=SYSTEM,
        at=at - 200 * DAY,
    )
    _made(at=at)
    _asked(BLOOD, "neckar", "A marker in dried blood", at=at - 6 * DAY)
    _prepared(GEL, "neckar", "How deep a peptide reaches", at=at - DAY)
    _refused(at=at)
    _lapsed(at=at)
    for told in PROFILES:
        _profile(told, at=at - told.days * DAY)
    _interest(at=at)


# ── Introductions ────────────────────────────────────────────────────────────────────────────────────────────────────
def _made(*, at: datetime) -> None:
    """Both said yes, and the agreement is out for signature."""
    found = _asked(BLOOD, "brabant", "Stability of a protein in dried blood", at=at - 12 * DAY)
    for key in ("elodie.marchand", "sanne.de-wit"):
        actions.answer(introduction_id=found.pk, said_yes=True, by=_actor(key), at=at - 10 * DAY)
    actions.require_agreement(introduction_id=found.pk, is_needed=True, by=SYSTEM, at=at - 9 * DAY)
    actions.send_agreement(introduction_id=found.pk, by=SYSTEM, at=at - 8 * DAY)


def _refused(*, at: datetime) -> None:
    found = _asked(CLIP, "oresund", "Sterilisation of a polymer that dissolves", at=at - 9 * DAY)
    reason = "Our line is full until the summer; please ask again then."
    actions.answer(
        introduction_id=found.pk, said_yes=False, reason=reason, by=_actor("freja.holm"), at=at - 7 * DAY
    )


def _lapsed(*, at: datetime) -> None:
    found = _asked(CLIP, "neckar", "Pictures of a polymer before and after sterilisation", at=at - 22 * DAY)
    actions.remind(introduction_id=found.pk, by=SYSTEM, at=at - 14 * DAY)
    actions.lapse(introduction_id=found.pk, by=SYSTEM, at=at - 6 * DAY)


def _asked(about: str, provider: str, title: str, *, at: datetime) -> Introduction:
    return actions.ask(introduction_id=_prepared(about, provider, title, at=at).pk, by=SYSTEM, at=at)


def _prepared(about: str, provider: str, title: str, *, at: datetime) -> Introduction:
    enquiry = Enquiry.objects.get(title__startswith=about, is_demonstration=True)
    offers = Record.objects.public().filter(organisation__name=NAME_OF[provider], kind=RecordKind.SERVICE)
    record = offers.order_by("pk")[0]
    return actions.prepare(
        enquiry_id=enquiry.pk, record_id=record.pk, title=title, shown_to_company=LABORATORY, by=SYSTEM, at=at
    )


# ── Profiles ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _profile(told: Told, *, at: datetime) -> Profile:
    """Written, and read by another region's desk; the youngest still waits for that."""
    organisation = Organisation.objects.get(name=NAME_OF[told.place])
    written = profiles.write(
        kind=told.kind,
        organisation_id=organisation.pk,
        details=profiles.Details(texts=told.texts, languages=["en"]),
        is_demonstration=True,
        by=SYSTEM,
        at=at,
    )
    profile = profiles.submit(profile_id=written.pk, by=SYSTEM, at=at)
    if told.checker:
        profile = profiles.publish(profile_id=profile.pk, by=_actor(told.checker), at=at + DAY)
    return profile


def _interest(*, at: datetime) -> None:
    """One that waits, one that became an introduction, one declined."""
    reader, distributor, antibody = (_titled(begun) for begun in ("Optics", "A distributor", "A way to keep"))
    neckar, oresund = (Organisation.objects.get(name=NAME_OF[key]) for key in ("neckar", "oresund"))
    taken = profiles.express(
        profile_id=reader.pk,
        organisation_id=neckar.pk,
        answers=ANSWERS,
        by=_actor("katrin.vogel"),
        at=at - 20 * DAY,
    )
    profiles.accept(interest_id=taken.pk, by=_actor("thomas.lambert"), at=at - 2 * DAY)
    declined = profiles.express(
        profile_id=distributor.pk, organisation_id=oresund.pk, answers=ANSWERS, by=_actor("signe.bruun"),
        at=at - 15 * DAY,
    )  # fmt: skip
    reason = "They seek somebody with people in hospitals; thank you all the same."
    profiles.decline(interest_id=declined.pk, reason=reason, by=_actor("katrin.vogel"), at=at - 12 * DAY)
    profiles.express(
        profile_id=antibody.pk,
        organisation_id=neckar.pk,
        answers=ANSWERS,
        by=_actor("katrin.vogel"),
        at=at - DAY,
    )


def _titled(begun: str) -> Profile:
    return Profile.objects.get(title__startswith=begun, is_demonstration=True)


def _actor(key: str) -> Actor:
    """A member of the cast under the hat that speaks here."""
    person = Person.objects.get(email=EMAIL_OF[key])
    hats = Membership.objects.current().filter(person=person, role__in=[Role.SME, Role.PROVIDER, Role.BROKER])
    return actor_under(hats.order_by("pk")[0], person=person)
