"""Invented coaching: one case in the middle of its sessions, one closed with its report; a coach who waits for a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from landbridge.catalogue.models import Competence
from landbridge.coaching import actions
from landbridge.coaching.actions import Described, Needs
from landbridge.coaching.models import Case, Coach, FreeTime, Offer, Plan, Session
from landbridge.coaching.rules import STATEMENTS, Goal, Partner, Weekly
from landbridge.coaching.states import Party
from landbridge.demonstration.people import BACKGROUND, PLACES
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under

NAME_OF = {place.key: place.name for place in (*PLACES, *BACKGROUND)}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One invented case: who asks, who advises and coaches, what about, what was found, planned and reported."""

    company: str
    broker: str
    coach: str
    began: int  # days ago
    title: str
    wish: str
    competences: tuple[str, ...]
    languages: tuple[str, ...]
    talk: str
    needs: Needs
    summary: str
    goals: tuple[Goal, ...]


# key of the person, headline, about, competences, languages, country, time zone, cases at most
COACHES: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...], str, str, int], ...] = (
    ("sanne.de-wit", "Took three diagnostic tests through European approval",
     "Fifteen years in small companies, between laboratory and authority. I ask many questions, and give homework.",
     ("regulatory-affairs", "in-vitro-diagnostics", "clinical-trials"), ("nl", "en", "fr"), "NL", "Europe/Amsterdam", 3),
    ("jonas.keller", "From the instrument to the first customer",
     "I have helped four spin-offs to sell what they measure. We work on real offers, not on slides.",
     ("medical-devices", "image-analysis", "in-vitro-diagnostics"), ("de", "en"), "DE", "Europe/Berlin", 2),
)  # fmt: skip
WAITING = (
    "freja.holm", "Peptides from gram to kilogram: scaling up without surprises", "",
    ("peptide-synthesis",), ("da", "en"), "DK", "Europe/Copenhagen", 1,
)  # fmt: skip
RUNNING = Told(
    company="mosan", broker="thomas.lambert", coach="sanne.de-wit", began=62,
    title="Our kidney test under the new rules for diagnostics",
    wish="Our test was approved under the old rules. We do not know which studies the new ones ask of nine people, "
    "and in which order.",
    competences=("regulatory-affairs", "in-vitro-diagnostics"), languages=("fr", "en"),
    talk="Élodie leads it herself, Pascal keeps the files. Worried about cost more than about science.",
    needs=Needs(
        challenges="The class of the test has changed; a notified body is needed for the first time. The files of the "
        "performance studies are scattered over four years.",
        context_now="Nine people, one test on the market in two countries, no quality manager.",
        context_next="Approved under the new rules within eighteen months, then two more countries.",
        jobs=Decimal("8.6"), turnover_eur=740_000, markets="Belgium, France",
        facts_checked_against="Accounts filed for last year; company register",
    ),
    summary="Mosan knows what is missing, in which order it is made, and whom to ask first. A notified body has seen "
    "the plan before the coaching ends.",
    goals=(
        Goal("A list of gaps that both believe", "Read the files together, clause by clause.", Decimal(6)),
        Goal("A plan of studies with cost and time", "Three variants; decide for one.", Decimal(5)),
        Goal("A first talk with a notified body", "Prepare questions, hold a rehearsal.", Decimal(3)),
    ),
)  # fmt: skip
CLOSED = Told(
    company="oresund", broker="signe.bruun", coach="jonas.keller", began=240,
    title="Selling our free synthesis line to companies abroad",
    wish="Two weeks a month our line stands still. We have no price list and nobody who has ever sold a service.",
    competences=("medical-devices",), languages=("en", "da"),
    talk="Freja decides. They underrate what they have; a first customer would change the mood.",
    needs=Needs(
        challenges="No offer that a buyer can compare, no idea of prices, no references outside Denmark.",
        context_now="Fourteen people, a line that is used by half.",
        context_next="Four paying customers abroad within a year.",
        jobs=Decimal("13.5"), turnover_eur=1_900_000, markets="Denmark",
        facts_checked_against="Annual report in the register",
    ),
    summary="Øresund has an offer on one page, a price for it, and has talked with ten buyers in two countries.",
    goals=(
        Goal("An offer on one page", "Write, show to three buyers, write again.", Decimal(4)),
        Goal("Ten talks with buyers", "Choose, call together, learn.", Decimal(6)),
    ),
)  # fmt: skip
PARTNERS = (
    Partner("Filder Medtech GmbH", "DE", "Stuttgart and Neckar-Alb", "First customer, four batches a year"),
    Partner("Brabant Cell Assay Centre", "NL", "North Brabant", "Tests each batch for customers"),
)
WORDS = {
    Party.COMPANY: (5, "Jonas made us call people. After the third call it was almost pleasant."),
    Party.COACH: (4, "They did their homework. Two sessions were moved at short notice."),
    Party.BROKER: (4, "Good match; the plan could have begun with the price."),
}


def is_there() -> bool:
    """Whether the invented cases were added before."""
    return Case.objects.filter(is_demonstration=True).exists()


def play(*, at: datetime) -> None:
    """Let people offer to coach, and bring both cases to where they stand."""
    for told in COACHES:
        coach = _coach(told, at=at - 260 * DAY)
        actions.activate(coach_id=coach.pk, by=SYSTEM, at=at - 258 * DAY)
    _coach(WAITING, at=at - 4 * DAY)
    _run(at=at)
    _close(at=at)


def _run(*, at: datetime) -> None:
    """Two sessions held, of which one waits for approval; one booked; free time for more."""
    told, begun = RUNNING, at - 30 * DAY
    coach = _coach_of(told)
    case = _matched(told, at=at - told.began * DAY)
    case = _begun(told, case, at=begun)
    for days, hours, topic, notes in (
        (4, Decimal(2), "Which class are we in?",
         "Class C, for the reason on page two. Homework: the four study reports in one folder."),
        (11, Decimal("2.5"), "The files, first half",
         "Nine gaps so far; three are only missing signatures. Next time the software."),
    ):  # fmt: skip
        session = _session(told, case, coach, on=begun + days * DAY, minutes=120, topic=topic, at=begun + DAY)
        held = session.ends_at + timedelta(hours=1)
        actions.hold(
            session_id=session.pk, hours=hours, notes=notes, by=_actor(told.coach, Role.PROVIDER), at=held
        )
        if topic.startswith("Which"):
            actions.approve_hours(session_id=session.pk, by=_asker(told), at=held + DAY)
    pattern = Weekly(frozenset({1, 3}), time(9), time(12), (at + 2 * DAY).date(), weeks=6)
    actions.lay_week(coach_id=coach.pk, pattern=pattern, by=_actor(told.coach, Role.PROVIDER), at=at)
    free = FreeTime.objects.filter(coach=coach, starts_at__gt=at).order_by("starts_at")[1]
    actions.book(
        case_id=case.pk, free_time_id=free.pk, starts_at=free.starts_at,
        ends_at=free.starts_at + timedelta(minutes=90), topic="The files, second half", by=_asker(told), at=at,
    )  # fmt: skip


def _close(*, at: datetime) -> None:
    """Played to its end: hours approved, report checked and approved, and what each side thought."""
    told, begun = CLOSED, at - 200 * DAY
    coach = _coach_of(told)
    case = _begun(told, _matched(told, at=at - told.began * DAY), at=begun)
    for days, hours, topic in (
        (7, Decimal(3), "The offer on one page"),
        (21, Decimal(3), "Who buys, and who decides"),
        (35, Decimal(3), "Calling together"),
    ):
        session = _session(told, case, coach, on=begun + days * DAY, minutes=180, topic=topic, at=begun + DAY)
        held = session.ends_at + timedelta(hours=1)
        actions.hold(
            session_id=session.pk,
            hours=hours,
            notes="As planned.",
            by=_actor(told.coach, Role.PROVIDER),
            at=held,
        )
        actions.approve_hours(session_id=session.pk, by=_asker(told), at=held + DAY)
    goals = list(Plan.objects.get(case=case).objectives.order_by("number").values_list("pk", flat=True))
    reported = begun + 60 * DAY
    actions.report(
        case_id=case.pk,
        text="The offer is on one page and has a price. Of ten buyers called, seven talked and two bought.\n\n"
        "What helped most was to say what the line cannot do.",
        continuation="Two more buyers in the Netherlands in spring; somebody for sales from summer on.",
        reached=dict(zip(goals, ("yes", "partly"), strict=True)),
        partners=PARTNERS, by=_actor(told.coach, Role.PROVIDER), at=reported,
    )  # fmt: skip
    actions.check(case_id=case.pk, by=_actor(told.broker, Role.BROKER), at=reported + DAY)
    actions.approve(case_id=case.pk, by=_actor("anke.reuter", Role.OFFICE), at=reported + 4 * DAY)
    for party, (mark, words) in WORDS.items():
        marks = dict.fromkeys(STATEMENTS[party], mark) | {"contacts": 5, "sessions": mark - 1}
        speaker = {
            Party.COMPANY: _asker(told),
            Party.COACH: _actor(told.coach, Role.PROVIDER),
            Party.BROKER: _actor(told.broker, Role.BROKER),
        }[party]
        actions.give_feedback(case_id=case.pk, marks=marks, text=words, by=speaker, at=reported + 6 * DAY)


def _matched(told: Told, *, at: datetime) -> Case:
    """Asked, advised, analysed, and a coach who accepted; eighteen days."""
    broker, company = _actor(told.broker, Role.BROKER), _asker(told)
    case = actions.ask(
        title=told.title, wish=told.wish, competence_ids=_ids(told.competences), languages=told.languages,
        by=company, at=at,
    )  # fmt: skip
    actions.assign(case_id=case.pk, membership_id=broker.membership_id or 0, by=broker, at=at + 2 * DAY)
    talked = at + 5 * DAY
    actions.contact(
        case_id=case.pk,
        first_talk_on=talked.date(),
        first_talk=told.talk,
        by=broker,
        at=talked + timedelta(hours=2),
    )
    actions.analyse(
        case_id=case.pk, needs=told.needs, hours_at_most=24, competence_ids=_ids(told.competences),
        languages=told.languages, by=broker, at=at + 11 * DAY,
    )  # fmt: skip
    coach = _coach_of(told)
    others = Coach.objects.active().filter(is_demonstration=True).order_by("pk").values_list("pk", flat=True)
    actions.propose(case_id=case.pk, coach_ids=list(others), by=broker, at=at + 13 * DAY)
    offer = Offer.objects.get(case=case, coach=coach)
    actions.choose(offer_id=offer.pk, by=company, at=at + 15 * DAY)
    by = _actor(told.coach, Role.PROVIDER)
    return actions.accept(offer_id=offer.pk, has_no_conflict=True, by=by, at=at + 18 * DAY)


def _begun(told: Told, case: Case, *, at: datetime) -> Case:
    """The plan was written and accepted; the coaching began `at`."""
    by = _actor(told.coach, Role.PROVIDER)
    actions.plan(case_id=case.pk, summary=told.summary, goals=told.goals, by=by, at=at - 3 * DAY)
    return actions.accept_plan(
        case_id=case.pk, plan_id=Plan.objects.get(case=case).pk, by=_asker(told), at=at
    )


def _session(
    told: Told, case: Case, coach: Coach, *, on: datetime, minutes: int, topic: str, at: datetime
) -> Session:
    begins = on.replace(hour=8, minute=0, second=0, microsecond=0)
    ends = begins + timedelta(minutes=minutes)
    by = _actor(told.coach, Role.PROVIDER)
    free = actions.lay_time(coach_id=coach.pk, starts_at=begins, ends_at=ends, by=by, at=at)
    return actions.book(
        case_id=case.pk,
        free_time_id=free.pk,
        starts_at=begins,
        ends_at=ends,
        topic=topic,
        by=_asker(told),
        at=at,
    )


def _coach(
    told: tuple[str, str, str, tuple[str, ...], tuple[str, ...], str, str, int], *, at: datetime
) -> Coach:
    key, headline, about, competences, languages, country, zone, most = told
    actor = _actor(key, Role.PROVIDER)
    described = Described(
        name=actor.name, headline=headline, about=about, competence_ids=_ids(competences), languages=languages,
        country=country, time_zone=zone, most_cases=most,
        meeting_link=f"https://meet.example/{key}",
    )  # fmt: skip
    return actions.become(described=described, by=actor, at=at)


def _coach_of(told: Told) -> Coach:
    return Coach.objects.get(person__email__startswith=f"{told.coach}@", is_demonstration=True)


def _ids(keys: Sequence[str]) -> list[int]:
    """Those of the vocabulary's terms that there are; without any, the first."""
    terms = Competence.objects.accepted()
    return list(terms.filter(key__in=keys).values_list("pk", flat=True)) or [
        terms.order_by("pk").values_list("pk", flat=True)[0]
    ]


def _asker(told: Told) -> Actor:
    """The person of the company who speaks for it."""
    hats = Membership.objects.current().filter(role=Role.SME, organisation__name=NAME_OF[told.company])
    hat = hats.select_related("person", "organisation").order_by("pk")[0]
    return actor_under(hat, person=hat.person)


def _actor(key: str, role: Role) -> Actor:
    """The person of the cast under their hat of this role."""
    person = Person.objects.get(email__startswith=f"{key}@", email__endswith=".example")
    hat = Membership.objects.current().filter(person=person, role=role).order_by("pk")[0]
    return actor_under(hat, person=person)
