"""What of an introduction each reader may know: the one source of every page, letter and answer to a program.

The rule stands in `names_are_open` of the row: before both said yes, neither side learns name, address or number of
the other, and afterwards only what the people who answered are reached by.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.states import LeadState
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions import rules
from landbridge.introductions.models import Answer, Introduction
from landbridge.introductions.states import ENDED, Nda, S, Shown, Side
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to talk to on the other side; nobody has one before both said yes."""

    organisation: str
    person: str
    email: str
    town: str
    country: str
    website: str


@dataclass(frozen=True, slots=True)
class SideView:
    """An introduction as one of the two sides reads it."""

    pk: int
    number: str
    side: Side
    title: str
    text: str
    state: Shown
    other: str
    asked_at: datetime
    until: date | None
    said_yes: bool | None
    reason: str
    answered_by: str
    answered_at: datetime | None
    made_at: datetime | None
    ended_at: datetime | None
    contact: Contact | None
    agreement: Nda
    agreement_is_drawn: bool
    agreement_is_kept: bool
    comes_from_profile: bool
    has_confidential_text: bool
    confidential_text: str
    is_demonstration: bool

    @property
    def may_answer(self) -> bool:
        return self.state is Shown.ASKED


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What one side said, as a desk reads it."""

    side: Side
    said_yes: bool
    reason: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeskView:
    """An introduction as a desk, the office or an auditor reads it."""

    pk: int
    number: str
    title: str
    state: S
    company: str
    provider: str
    knows_both: bool
    leads: bool
    shown_to_provider: str
    shown_to_company: str
    answers: list[AnswerLine] = field(default_factory=list)
    contacts: list[tuple[Side, Contact]] = field(default_factory=list)


# ── Who reads it ─────────────────────────────────────────────────────────────────────────────────────────────────────
def side_of(introduction: Introduction, actor: Actor) -> Side | None:
    """On which side the actor stands; None for desks and everybody else."""
    if actor.role not in (Role.SME, Role.PROVIDER) or not actor.organisation_id:
        return None
    if actor.organisation_id == introduction.company_id:
        return Side.COMPANY
    return Side.PROVIDER if actor.organisation_id == introduction.provider_id else None


def leading_region(introduction: Introduction) -> int:
    """Whose desk leads it: the one that leads the enquiry now, else the one that prepared it."""
    if introduction.enquiry is None:
        return introduction.region_id
    leads = [lead.region_id for lead in introduction.enquiry.leads.all() if lead.state == LeadState.ACCEPTED]
    return leads[0] if leads else introduction.region_id


def leads(introduction: Introduction, actor: Actor) -> bool:
    """Whether the actor is of the desk that leads it, or is Landbridge itself."""
    if actor.role is Role.SYSTEM:
        return True
    return actor.role is Role.BROKER and actor.region_id == leading_region(introduction)


def _knows_company(introduction: Introduction, actor: Actor) -> bool:
    """The desk of a provider learns who asks together with the provider."""
    if introduction.names_are_open or actor.role is not Role.BROKER or leads(introduction, actor):
        return True
    home = introduction.enquiry.region_id if introduction.enquiry else introduction.region_id
    return actor.region_id == home


# ── What they read ───────────────────────────────────────────────────────────────────────────────────────────────────
def side_view(introduction: Introduction, actor: Actor) -> SideView:
    """What this side may know at this moment. Raises ValueError for an actor who stands on neither."""
    side = side_of(introduction, actor)
    if side is None or introduction.asked_at is None or introduction.lapses_at is None:
        raise ValueError("Only a side that was asked reads an introduction so.")
    mine = _answer_of(introduction, side)
    paper = getattr(introduction, "nda_paper", None) if introduction.names_are_open else None
    return SideView(
        pk=introduction.pk,
        number=introduction.number,
        side=side,
        title=introduction.title,
        text=introduction.shown_to_company if side is Side.COMPANY else introduction.shown_to_provider,
        state=_shown(introduction, mine),
        other=names_for(introduction, actor)[1 if side is Side.COMPANY else 0],
        asked_at=introduction.asked_at,
        until=last_day_of(introduction),
        said_yes=mine.said_yes if mine else None,
        reason=mine.reason if mine else "",
        answered_by=mine.person_name if mine else "",
        answered_at=mine.at if mine else None,
        made_at=introduction.made_at,
        ended_at=introduction.ended_at,
        contact=contact_of(introduction, _other(side)),
        agreement=Nda(introduction.nda),
        agreement_is_drawn=paper is not None and paper.drawn_id is not None,
        agreement_is_kept=paper is not None and paper.file_id is not None,
        comes_from_profile=introduction.enquiry_id is None,
        has_confidential_text=introduction.enquiry_id is not None,
        confidential_text=_confidential_text(introduction) if side is Side.PROVIDER else "",
        is_demonstration=introduction.is_demonstration,
    )


def desk_view(introduction: Introduction, actor: Actor) -> DeskView:
    """What a desk may know: the leading one everything, the provider's who asks only after both said yes."""
    knows = _knows_company(introduction, actor)
    company, provider = names_for(introduction, actor)
    answers = [
        AnswerLine(
            side=Side(answer.side),
            said_yes=answer.said_yes,
            reason=answer.reason,
            person=answer.person_name,
            at=answer.at,
        )
        for answer in sorted(introduction.answers.all(), key=lambda answer: (answer.at, answer.pk))
        if knows or answer.side == Side.PROVIDER
    ]
    contacts = [(side, contact_of(introduction, side)) for side in Side]
    return DeskView(
        pk=introduction.pk,
        number=introduction.number,
        title=introduction.title,
        state=S(introduction.state),
        company=company,
        provider=provider,
        knows_both=knows,
        leads=leads(introduction, actor),
        shown_to_provider=introduction.shown_to_provider,
        shown_to_company=introduction.shown_to_company,
        answers=answers,
        contacts=[(side, contact) for side, contact in contacts if contact],
    )


def names_for(introduction: Introduction, actor: Actor) -> tuple[str, str]:
    """The company's and the provider's name; in place of one that this reader may not know, its region."""
    side = side_of(introduction, actor)
    if side is None:
        knows_company, knows_provider = _knows_company(introduction, actor), True
    else:
        knows_company = introduction.names_are_open or side is Side.COMPANY
        knows_provider = introduction.names_are_open or side is Side.PROVIDER
    return (
        introduction.company.name if knows_company else _nameless(introduction.company),
        introduction.provider.name if knows_provider else _nameless(introduction.provider),
    )


def contact_of(introduction: Introduction, side: Side) -> Contact | None:
    """Who answered for this side, to be given to the other; None before both said yes."""
    answer = _answer_of(introduction, side)
    if not introduction.names_are_open or answer is None:
        return None
    organisation = introduction.company if side is Side.COMPANY else introduction.provider
    return Contact(
        organisation=organisation.name,
        person=answer.person_name,
        email=answer.person_email,
        town=organisation.town,
        country=organisation.country,
        website=organisation.website,
    )


def zone_of(introduction: Introduction) -> str:
    """The clock on which the days of an introduction are counted: the provider's."""
    region: Region = introduction.provider_region or introduction.region
    return region.time_zone


def last_day_of(introduction: Introduction) -> date | None:
    """The last day on which an answer counts, on the provider's clock."""
    if introduction.lapses_at is None:
        return None
    zone = ZoneInfo(zone_of(introduction))
    return (introduction.lapses_at - timedelta(seconds=1)).astimezone(zone).date()


def _confidential_text(introduction: Introduction) -> str:
    enquiry: Enquiry | None = introduction.enquiry
    may = rules.may_read_confidential(
        is_made=introduction.names_are_open,
        nda=introduction.nda,
        is_released=introduction.released_at is not None,
    )
    return enquiry.confidential_text if enquiry is not None and may else ""


def _shown(introduction: Introduction, mine: Answer | None) -> Shown:
    if mine is not None and not mine.said_yes:
        return Shown.SAID_NO
    if introduction.state in ENDED:
        return Shown.NOTHING
    if introduction.names_are_open:
        return Shown.MADE
    return Shown.SAID_YES if mine else Shown.ASKED


def _answer_of(introduction: Introduction, side: Side) -> Answer | None:
    return next((answer for answer in introduction.answers.all() if answer.side == side), None)


def _other(side: Side) -> Side:
    return Side.PROVIDER if side is Side.COMPANY else Side.COMPANY


def _nameless(organisation: Organisation) -> str:
    if organisation.region is None:
        return _("an organisation in another region")
    if organisation.offers_access:
        return _("a facility in the region %(region)s") % {"region": organisation.region.name}
    return _("a company in the region %(region)s") % {"region": organisation.region.name}
