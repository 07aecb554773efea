"""The search for partners: offers that fit a question, with reasons; the shortlist made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from landbridge.catalogue.models import Record
from landbridge.catalogue.search import Question, match
from landbridge.catalogue.states import Kind
from landbridge.enquiries.models import Candidate, Enquiry, Sight, Want
from landbridge.enquiries.queries.people import lead_of
from landbridge.enquiries.queries.summaries import newest_summary
from landbridge.foundation.permissions.actor import Actor
from landbridge.programmes.models import Region

SHOWN = 20
OFFERS = (Kind.FACILITY, Kind.SERVICE, Kind.EQUIPMENT, Kind.EXPERT)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the broker asks of offers beyond the text: weights by competence key (0 leaves it out), and what must be."""

    words: str = ""
    weights: Mapping[str, int] = field(default_factory=dict)
    access_mode: str = ""
    language: str = ""
    certificate: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Partner:
    """One offer that the match found: its record, the score in percent, the reasons, and whether it is on the list."""

    record: Record
    percent: int
    reasons: tuple[str, ...]
    is_listed: bool = False


def weights_of(enquiry: Enquiry) -> list[Want]:
    """The competences that an enquiry asks for, the most needed first."""
    rows = Want.objects.filter(enquiry=enquiry).select_related("competence")
    return list(rows.order_by("-weight", "competence__name", "pk"))


def partners_for(enquiry: Enquiry, wishes: Wishes, *, limit: int = SHOWN) -> list[Partner]:
    """The offers that answer best, best first: of other regions, and inside where that is asked and allowed.

    What must be (a way of access, a language, a certificate) leaves out offers that do not say so.
    """
    question = Question(
        text=_text_of(enquiry, wishes),
        competences={key: float(weight) for key, weight in wishes.weights.items() if weight},
        access_modes=[wishes.access_mode] if wishes.access_mode else enquiry.access_modes,
        languages=[wishes.language] if wishes.language else enquiry.languages,
        certificates=[wishes.certificate] if wishes.certificate else [],
        needed_by=enquiry.needed_by,
    )
    inside = wishes.inside and enquiry.also_inside
    has_musts = bool(wishes.access_mode or wishes.language or wishes.certificate)
    found = match(question, region=enquiry.region, inside=inside, limit=limit * 5 if has_musts else limit)
    rows = _with_musts(Record.objects.public(), wishes).select_related("organisation", "region")
    records = rows.in_bulk([one.record_id for one in found])
    listed = set(standing(enquiry).values_list("record_id", flat=True))
    return [
        Partner(
            record=records[one.record_id],
            percent=round(one.score * 100),
            reasons=tuple(str(reason) for reason in one.reasons),
            is_listed=one.record_id in listed,
        )
        for one in found
        if one.record_id in records
    ][:limit]


def standing(enquiry: Enquiry) -> QuerySet[Candidate]:
    """The shortlist in its order, without what was dropped."""
    rows = Candidate.objects.standing().filter(enquiry=enquiry)
    return rows.select_related("record__organisation", "record__region", "found_by_region").order_by(
        "position", "pk"
    )


def shortlist_for(enquiry: Enquiry, *, actor: Actor) -> list[Candidate]:
    """The shortlist as this hat sees it: the company what was sent to it, the desks all of it."""
    seen = Candidate.objects.visible_to(actor).values("pk")
    return list(standing(enquiry).filter(pk__in=seen))


def other_desks(enquiry: Enquiry) -> dict[int, str]:
    """The desks that could be asked: those of every other active region, by name."""
    rows = Region.objects.active().exclude(pk=lead_of(enquiry).region_id).order_by("name", "pk")
    return dict(rows.values_list("pk", "name"))


def own_offers(region_id: int) -> QuerySet[Record]:
    """What a region offers in the catalogue."""
    return Record.objects.public().filter(region_id=region_id, kind__in=OFFERS)


def offers_for_scout(sight: Sight, *, limit: int = 10) -> list[Partner]:
    """The scout's own offers, those that answer the summary best first; known are those on the list already.

    Only the summary is read; which offers others found stays with the desk that leads.
    """
    found = match(f"{sight.summary.title}. {sight.summary.text}", region=None, limit=200)
    records = (
        own_offers(sight.region_id)
        .select_related("organisation", "region")
        .in_bulk([one.record_id for one in found])
    )
    ours = Candidate.objects.filter(enquiry_id=sight.enquiry_id, found_by_region=sight.region_id)
    proposed = set(ours.values_list("record_id", flat=True))
    return [
        Partner(
            record=records[one.record_id],
            percent=round(one.score * 100),
            reasons=tuple(str(reason) for reason in one.reasons),
            is_listed=one.record_id in proposed,
        )
        for one in found
        if one.record_id in records
    ][:limit]


def _text_of(enquiry: Enquiry, wishes: Wishes) -> str:
    """What is searched with, on this machine alone: the summary, else the question itself, and the broker's words."""
    summary = newest_summary(enquiry)
    own = f"{summary.title}. {summary.text}" if summary else f"{enquiry.title}. {enquiry.confidential_text}"
    return f"{wishes.words} {own}".strip()


def _with_musts(rows: QuerySet[Record], wishes: Wishes) -> QuerySet[Record]:
    """JSON lists are looked into as text: SQLite has no other way that PostgreSQL shares."""
    if wishes.access_mode:
        rows = rows.filter(service__access_modes__icontains=f'"{wishes.access_mode}"')
    if wishes.language:
        rows = rows.filter(languages__icontains=f'"{wishes.language}"')
    if wishes.certificate:
        rows = rows.filter(certificates__scheme=wishes.certificate).distinct()
    return rows
