"""What a new request is filled in with: from a record of the directory, an introduction, or an enquiry."""

from __future__ import annotations

from dataclasses import dataclass, field

from landbridge.access.rules import Asked
from landbridge.catalogue.models import Record
from landbridge.catalogue.states import Kind
from landbridge.enquiries.models import Candidate, Enquiry, Summary
from landbridge.foundation.permissions.actor import Actor
from landbridge.introductions.models import Introduction


@dataclass(frozen=True, slots=True)
class Filled:
    """Where a request comes from, and what is known of it already."""

    record: Record
    introduction: Introduction | None = None
    enquiry: Enquiry | None = None
    asked: Asked = field(default_factory=Asked)


def filled_from(
    *, actor: Actor, record_id: int = 0, introduction_id: int = 0, enquiry_id: int = 0
) -> Filled | None:
    """What the actor may begin a request from; None where there is no such offer for them.

    An introduction counts once both sides said yes. Of an enquiry the approved summary is taken, never the
    confidential text: the company may add what it wants the facility to know.
    """
    introduction = _introduction(introduction_id, actor=actor)
    enquiry = _enquiry(enquiry_id, actor=actor) or (introduction.enquiry if introduction else None)
    record = _record(record_id) or (_record_of(introduction) if introduction else None)
    if record is None:
        return None
    if introduction is not None and record.organisation_id != introduction.provider_id:
        introduction = None
    return Filled(record, introduction, enquiry, _asked(enquiry, introduction))


def offers_of(enquiry_id: int, *, actor: Actor) -> list[Candidate]:
    """The offers of an enquiry's shortlist that the company has seen."""
    enquiry = _enquiry(enquiry_id, actor=actor)
    rows = Candidate.objects.filter(enquiry=enquiry, sent_at__isnull=False, dropped_at__isnull=True)
    return list(rows.select_related("record__organisation").order_by("position", "pk")) if enquiry else []


def _introduction(introduction_id: int, *, actor: Actor) -> Introduction | None:
    rows = Introduction.objects.visible_to(actor).filter(pk=introduction_id, made_at__isnull=False)
    if not actor.sees_everything:
        rows = rows.filter(company_id=actor.organisation_id or 0)
    return rows.select_related("enquiry", "record", "summary").first()


def _enquiry(enquiry_id: int, *, actor: Actor) -> Enquiry | None:
    rows = Enquiry.objects.visible_to(actor).filter(pk=enquiry_id)
    if not actor.sees_everything:
        rows = rows.filter(company_id=actor.organisation_id or 0)
    return rows.first()


def _record(record_id: int) -> Record | None:
    return Record.objects.public().select_related("organisation").filter(pk=record_id).first()


def _record_of(introduction: Introduction) -> Record | None:
    """The record that the introduction names, else the first service that the provider has published."""
    published = Record.objects.public().select_related("organisation")
    named = published.filter(pk=introduction.record_id or 0).first()
    theirs = published.filter(
        organisation_id=introduction.provider_id, kind__in=[Kind.SERVICE, Kind.FACILITY]
    )
    return named or theirs.order_by("-kind", "pk").first()


def _asked(enquiry: Enquiry | None, introduction: Introduction | None) -> Asked:
    summary = introduction.summary if introduction else None
    if summary is None and enquiry is not None:
        approved = Summary.objects.filter(enquiry=enquiry, approved_at__isnull=False)
        summary = approved.order_by("-version").first()
    modes = enquiry.access_modes if enquiry else []
    return Asked(
        title=introduction.title if introduction else enquiry.title if enquiry else "",
        purpose=summary.text if summary else "",
        samples=enquiry.sample if enquiry else "",
        access_mode=modes[0] if len(modes) == 1 else "",
        wanted_until=enquiry.needed_by if enquiry else None,
    )
