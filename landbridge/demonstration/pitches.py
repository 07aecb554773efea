"""Invented pitches: a session that is over with what came of it, a call with its jury, and one that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from landbridge.demonstration.people import BACKGROUND, PLACES
from landbridge.foundation.documents import pdf
from landbridge.foundation.files.kinds import Kind as FileKind
from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.money import Money, euro
from landbridge.foundation.people import actions as people
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships import actions as memberships
from landbridge.organisations import actions as organisations
from landbridge.organisations.models import Kind, Organisation
from landbridge.pitches import actions, queries
from landbridge.pitches.actions import Decision, Profile
from landbridge.pitches.models import Investor, Juror, Pitch, PitchCall, Reaction
from landbridge.pitches.rules import CallFacts, Criterion, Written
from landbridge.pitches.states import Became, InvestorType, Market, OrderBy, Pitched, Stage
from landbridge.pitches.states import Reaction as Said
from landbridge.programmes.models import Programme

NAME_OF = {place.key: place.name for place in (*PLACES, *BACKGROUND)}
PROGRAMME = "bridging-regions"
CRITERIA = (
    Criterion("c1", "Need and market", 3),
    Criterion("c2", "Solution and lead over others", 3),
    Criterion("c3", "Team", 2),
    Criterion("c4", "Use of the money", 1),
)
TEXT = (
    "For life-science companies of the network's regions that look for their first or second round.\n\n"
    "Five minutes on stage, five of questions, in English. Investors of the network read the pitches that are selected. "
    "Invented: nobody here looks for money."
)


@dataclass(frozen=True, slots=True)
class Told:
    """One invented pitch."""

    company: str
    title: str
    one_line: str
    markets: tuple[Market, ...]
    stage: Stage
    asks: int
    marks: tuple[float, float]


PITCHES = (
    Told("mosan", "Kidney disease, found at the family doctor's", "A strip that finds it five years earlier, for four euro.",
         (Market.DIAGNOSTICS,), Stage.SEED, 1_200_000, (4.5, 4.0)),
    Told("oresund", "Peptides that close wounds", "Chronic wounds closed in six weeks instead of twenty.",
         (Market.THERAPEUTICS,), Stage.SERIES_A, 4_000_000, (4.0, 4.5)),
    Told("ardenne", "A sensor in the bandage", "The bandage says when it has to be changed.",
         (Market.MEDICAL_DEVICES, Market.DIGITAL_HEALTH), Stage.SEED, 900_000, (3.5, 4.0)),
    Told("vesdre", "A second life for an old molecule", "A known medicine against a rare disease of the liver.",
         (Market.THERAPEUTICS,), Stage.PRE_SEED, 600_000, (3.0, 3.5)),
    Told("kattegat", "Catheters that do not clot", "A coating that keeps blood moving for ninety days.",
         (Market.MEDICAL_DEVICES,), Stage.SERIES_A, 3_000_000, (4.0, 3.5)),
    Told("filder", "Implants printed in the clinic", "From picture to implant in two days.",
         (Market.MEDICAL_DEVICES,), Stage.SEED, 1_500_000, (3.5, 3.0)),
    Told("dommel", "Reading slides by machine", "The pathologist looks at ten cells instead of ten thousand.",
         (Market.DIGITAL_HEALTH, Market.DIAGNOSTICS), Stage.SEED, 800_000, (4.5, 3.5)),
    Told("waal", "Organs on a chip, by post", "A laboratory tests on human tissue without a tissue laboratory.",
         (Market.RESEARCH_TOOLS,), Stage.PRE_SEED, 500_000, (2.5, 3.0)),
)  # fmt: skip
# key, name, firm, type, ticket, markets, stages
INVESTORS = (
    ("pieter.van-dam", "Pieter van Dam", "Rhine Delta Ventures", InvestorType.VENTURE, (250, 1_500),
     (Market.DIAGNOSTICS, Market.DIGITAL_HEALTH), (Stage.SEED, Stage.SERIES_A)),
    ("hedda.lind", "Hedda Lind", "Sund Seed Fund", InvestorType.PUBLIC, (100, 750),
     (Market.RESEARCH_TOOLS, Market.DIGITAL_HEALTH), (Stage.PRE_SEED, Stage.SEED)),
    ("marc.lenoir", "Marc Lenoir", "", InvestorType.ANGEL, (25, 150), (Market.DIAGNOSTICS, Market.MEDICAL_DEVICES), ()),
    ("ute.brandt", "Ute Brandt", "Filder Industrial Holding", InvestorType.CORPORATE, (1_000, 5_000),
     (Market.MEDICAL_DEVICES, Market.THERAPEUTICS), (Stage.SERIES_A, Stage.SERIES_B)),
)  # fmt: skip
# investor, company, what they said, why, the company may read it
SAID = (
    ("pieter.van-dam", "mosan", Said.MEET, "We know this market, and the price convinces us.", True),
    ("pieter.van-dam", "dommel", Said.INTERESTED, "Come back with a second clinic.", True),
    ("pieter.van-dam", "vesdre", Said.PASS, "Outside our markets.", False),
    ("hedda.lind", "dommel", Said.MEET, "Fits our programme for digital health.", True),
    ("hedda.lind", "ardenne", Said.INTERESTED, "", False),
    ("marc.lenoir", "mosan", Said.INTERESTED, "I would join a round that somebody else leads.", True),
    ("marc.lenoir", "kattegat", Said.MEET, "I built catheters for twenty years.", True),
    ("ute.brandt", "kattegat", Said.MEET, "We could be the first customer as well.", True),
    ("ute.brandt", "oresund", Said.MEET, "", False),
    ("ute.brandt", "mosan", Said.PASS, "Too early for us.", True),
)
FOLLOWS = {
    ("pieter.van-dam", "mosan"): Became.TERM_SHEET,
    ("hedda.lind", "dommel"): Became.DUE_DILIGENCE,
    ("ute.brandt", "kattegat"): Became.INVESTED,
    ("marc.lenoir", "kattegat"): Became.ENDED,
}


def is_there() -> bool:
    """Whether the invented pitches were added before."""
    return PitchCall.objects.filter(is_demonstration=True).exists()


def play(*, at: datetime) -> None:
    """Investors, a session that was closed a hundred days ago, a call with its jury, and one that is open."""
    _the_eighth(at=at - timedelta(days=200))
    for row in INVESTORS:
        _investor(*row, at=at - timedelta(days=190))
    _over(at=at)
    _with_the_jury(at=at)
    _open(at=at)


def _over(*, at: datetime) -> None:
    """A session that took place: eight pitches, six on stage, four investors, what became of their interest."""
    closes, stage = at - timedelta(days=130), at - timedelta(days=101)
    call = _call("Spring pitches", closes=closes, stage=stage, places=6)
    pitches = {one.company: _pitch(call, one, at=closes - timedelta(days=5)) for one in PITCHES}
    _judged(call, pitches, at=closes + timedelta(days=1))
    decisions = {
        place.pitch.pk: Decision(
            Pitched.SELECTED
            if place.rank <= 6
            else Pitched.RESERVE
            if place.rank == 7
            else Pitched.NOT_SELECTED,
            "" if place.rank <= 6 else "A close decision; the jury liked the idea.",
        )
        for place in queries.ranking_of(call)
    }
    decided = closes + timedelta(days=7)
    actions.select(call_id=call.pk, decisions=decisions, by=SYSTEM, at=decided)
    actions.order(call_id=call.pk, how=OrderBy.LOT, by=SYSTEM, at=decided)
    _react(pitches, at=closes + timedelta(days=12))
    actions.start(call_id=call.pk, by=SYSTEM, at=stage)
    for number, pitch in enumerate(Pitch.objects.filter(call=call, number__isnull=False).order_by("number")):
        when = stage + number * timedelta(minutes=12)
        actions.bring_on(pitch_id=pitch.pk, by=SYSTEM, at=when)
        told = next(one for one in PITCHES if pitches[one.company].pk == pitch.pk)
        for juror in Juror.objects.filter(call=call).exclude(conflicts__pitch=pitch).order_by("pk"):
            _mark(juror, pitch, told, shift=0.5 if number % 2 else 0.0, at=when, is_live=True)
    actions.close(call_id=call.pk, by=SYSTEM, at=stage + timedelta(hours=2))
    _follow(call, pitches, at=stage + timedelta(days=3))


def _with_the_jury(*, at: datetime) -> None:
    """Three pitches lie before the assessors; one of them has begun."""
    closes = at - timedelta(days=2)
    call = _call("Autumn pitches", closes=closes, stage=at + timedelta(days=40), places=2)
    pitches = {one.company: _pitch(call, one, at=closes - timedelta(days=3)) for one in PITCHES[1:4]}
    _invite(call, "hugh.carter", "maria.puig", at=closes - timedelta(days=10))
    actions.judge(call_id=call.pk, by=SYSTEM, at=closes + timedelta(hours=3))
    hugh = Juror.objects.get(call=call, person__email__startswith="hugh.carter")
    actions.declare(juror_id=hugh.pk, conflicts={}, by=SYSTEM, at=closes + timedelta(hours=5))
    _mark(hugh, pitches["oresund"], PITCHES[1], shift=0.0, at=closes + timedelta(hours=6))


def _open(*, at: datetime) -> None:
    """Companies may hand in for two more weeks; one has begun."""
    call = _call("Winter pitches", closes=at + timedelta(days=14), stage=at + timedelta(days=60), places=8)
    told = PITCHES[0]
    pitch = actions.begin(call_id=call.pk, organisation_id=_company(told.company).pk, by=SYSTEM, at=at)
    written = Written(title=told.title, one_line=told.one_line, markets=told.markets, stage=told.stage)
    actions.save(pitch_id=pitch.pk, version=pitch.version, written=written, by=SYSTEM, at=at)


def _call(title: str, *, closes: datetime, stage: datetime, places: int) -> PitchCall:
    closes, stage = (
        closes.replace(minute=0, second=0, microsecond=0),
        stage.replace(minute=0, second=0, microsecond=0),
    )
    facts = CallFacts(
        title=title,
        text=TEXT,
        time_zone="Europe/Brussels",
        opens_at=closes - timedelta(days=45),
        closes_at=closes,
        stage_starts_at=stage,
        places=places,
        minutes_to_pitch=5,
        minutes_of_questions=5,
        minutes_between=2,
        has_audience=True,
        criteria=CRITERIA,
    )
    began = closes - timedelta(days=46)
    programme = Programme.objects.get(key=PROGRAMME)
    call = actions.create(facts=facts, programme_id=programme.pk, is_demonstration=True, by=SYSTEM, at=began)
    return actions.publish(call_id=call.pk, by=SYSTEM, at=closes - timedelta(days=45))


def _pitch(call: PitchCall, told: Told, *, at: datetime) -> Pitch:
    company = _company(told.company)
    pitch = actions.begin(call_id=call.pk, organisation_id=company.pk, by=SYSTEM, at=at)
    written = Written(
        title=told.title,
        one_line=told.one_line,
        problem="Invented. It costs time and health today, and nobody has mended it.",
        solution="Invented. It works in the laboratory and with the first twenty users.",
        advantage="Invented. A patent application, and a partner clinic.",
        team="Invented. Two founders, four people.",
        markets=told.markets,
        stage=told.stage,
        countries=("BE", "DE", "DK", "NL"),
        asks_eur=euro(told.asks),
        raised_eur=euro(told.asks // 4),
        use_of_money="Two years of work: the trial, the approval, the first sales.",
        presenter_name="An invented founder",
        presenter_email=f"founder@{told.company}.example",
    )
    pitch = actions.save(pitch_id=pitch.pk, version=pitch.version, written=written, by=SYSTEM, at=at)
    actions.add_deck(pitch_id=pitch.pk, deck=_deck(told, company, at=at), by=SYSTEM, at=at)
    actions.consent(pitch_id=pitch.pk, consents=True, by=SYSTEM, at=at)
    return actions.submit(pitch_id=pitch.pk, by=SYSTEM, at=at)


def _deck(told: Told, company: Organisation, *, at: datetime) -> Received:
    """One invented page that says so."""
    data = {
        "number": "Deck",
        "programme": "Demonstration",
        "sender": [company.name],
        "recipient": ["Investors"],
        "text": f"{told.title}. {told.one_line} Invented for the demonstration.",
        "facts": [["Looks for", f"EUR {told.asks:,}"], ["Round", str(told.stage)]],
    }
    content = pdf("demonstration/invoice.typ", data, title=f"Deck of {company.name} (invented)", at=at)
    return receive(ContentFile(content, name=f"deck-{told.company}.pdf"), kinds=frozenset({FileKind.PDF}))


def _judged(call: PitchCall, pitches: dict[str, Pitch], *, at: datetime) -> None:
    """Three jurors, one mild, one strict, one with a conflict: the broker of Liège marks no company of Liège."""
    _invite(call, "maria.puig", "hugh.carter", "thomas.lambert", at=at - timedelta(days=20))
    actions.judge(call_id=call.pk, by=SYSTEM, at=at)
    for juror in Juror.objects.filter(call=call).select_related("person").order_by("pk"):
        actions.declare(juror_id=juror.pk, conflicts={}, by=SYSTEM, at=at + timedelta(days=1))
        barred = set(juror.conflicts.values_list("pitch_id", flat=True))
        shift = {"maria.puig": 0.5, "hugh.carter": -1.0}.get(juror.person.email.partition("@")[0], 0.0)
        for told in PITCHES:
            if pitches[told.company].pk not in barred:
                _mark(juror, pitches[told.company], told, shift=shift, at=at + timedelta(days=2))


def _mark(
    juror: Juror, pitch: Pitch, told: Told, *, shift: float, at: datetime, is_live: bool = False
) -> None:
    need, solution = (min(5.0, max(0.0, mark + shift)) for mark in told.marks)
    actions.mark(
        juror_id=juror.pk,
        pitch_id=pitch.pk,
        marks={"c1": need, "c2": solution, "c3": need, "c4": solution},
        remark="" if is_live else "Invented: clear, and the numbers hold.",
        is_live=is_live,
        by=SYSTEM,
        at=at,
    )


def _invite(call: PitchCall, *keys: str, at: datetime) -> None:
    ids = [_person(key).pk for key in keys]
    actions.invite(call_id=call.pk, person_ids=ids, email="", by=SYSTEM, at=at)


def _react(pitches: dict[str, Pitch], *, at: datetime) -> None:
    on_stage = set(Pitch.objects.filter(state=Pitched.SELECTED).values_list("pk", flat=True))
    for key, company, said, why, is_for_company in SAID:
        if pitches[company].pk in on_stage:
            actions.react(
                pitch_id=pitches[company].pk,
                said=said,
                why=why,
                why_is_for_company=is_for_company,
                investor_id=Investor.objects.get(person=_person(key)).pk,
                by=SYSTEM,
                at=at,
            )


def _follow(call: PitchCall, pitches: dict[str, Pitch], *, at: datetime) -> None:
    """With whom they go on, what became of it, and the one round that was closed."""
    for key, *_rest in INVESTORS:
        investor = Investor.objects.get(person=_person(key))
        chosen = [pitches[company].pk for who, company in FOLLOWS if who == key]
        actions.follow(call_id=call.pk, pitch_ids=chosen, investor_id=investor.pk, by=SYSTEM, at=at)
    for (key, company), became in FOLLOWS.items():
        rows = Reaction.objects.filter(pitch=pitches[company], investor__person=_person(key))
        for reaction in rows.filter(pitch__state=Pitched.PITCHED):
            later = at + timedelta(days=60)
            actions.say_what_became(reaction_id=reaction.pk, became=became, text="", by=SYSTEM, at=later)
    when = at + timedelta(days=70)
    actions.note_money(
        pitch_id=pitches["kattegat"].pk,
        amount_eur=euro(2_000_000),
        raised_on=when.date(),
        source="Filder Industrial Holding, first part",
        evidence="Invented",
        by=SYSTEM,
        at=when,
    )


def _investor(
    key: str,
    name: str,
    firm: str,
    kind: InvestorType,
    ticket: tuple[int, int],
    markets: tuple[Market, ...],
    stages: tuple[Stage, ...],
    *,
    at: datetime,
) -> None:
    person = Person.objects.filter(email__startswith=f"{key}@").first()
    if person is None:
        person = people.register(name=name, email=f"{key}@investors.example", email_confirmed=True, at=at)
        fund = organisations.register(
            name=firm or f"{name}, business angel",
            kind=Kind.OTHER,
            country="DK" if key == "hedda.lind" else "DE",
            postcode="2100" if key == "hedda.lind" else "70173",
            town="København" if key == "hedda.lind" else "Stuttgart",
            is_demonstration=True,
            by=SYSTEM,
            at=at,
        )
        memberships.grant(person_id=person.pk, role=Role.INVESTOR, scope_id=fund.pk, by=SYSTEM, at=at)
    least, most = (Money(1000 * 100 * thousands) for thousands in ticket)
    actions.save_profile(
        profile=Profile(
            name=name,
            type=kind,
            firm=firm,
            about="Invented.",
            ticket_from_eur=least,
            ticket_to_eur=most,
            markets=markets,
            stages=stages,
            is_visible=key != "marc.lenoir",
        ),
        call_ids=[],
        consents=True,
        person_id=person.pk,
        is_demonstration=True,
        by=SYSTEM,
        at=at,
    )


def _the_eighth(*, at: datetime) -> None:
    organisations.register(
        name=WAAL,
        kind=Kind.COMPANY,
        country="NL",
        postcode="6511",
        town="Nijmegen",
        about="Invented. Tissue models by post; five people.",
        is_demonstration=True,
        by=SYSTEM,
        at=at,
    )


WAAL = "Waal Organoids B.V."


def _company(key: str) -> Organisation:
    return Organisation.objects.get(name=NAME_OF.get(key, WAAL))


def _person(key: str) -> Person:
    return Person.objects.get(email__startswith=f"{key}@")
