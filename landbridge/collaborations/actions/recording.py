"""Recording who works with whom: by a desk, by itself from what led to it, or by one click from what was heard of."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.collaborations import queries, rules
from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.states import Origin
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if


@transaction.atomic
def note(
    *,
    company: str,
    provider: str,
    title: str,
    text: str,
    instrument: str,
    since: date,
    by: Actor,
    at: datetime,
    origin: Origin = Origin.OTHER,
    enquiry_id: int | None = None,
    is_demonstration: bool = False,
) -> Collaboration:
    """Record by hand that two organisations work together; a desk of one of them does so, by their names."""
    _require(by=by)
    one, other = queries.organisation_named(company), queries.organisation_named(provider)
    ours = by.sees_everything or by.region_id in {
        side.region_id for side in (one, other) if side is not None and side.region_id
    }
    refuse_if(
        [
            *rules.problems_with_sides(
                company_id=one.pk if one else None,
                provider_id=other.pk if other else None,
                is_within_reach=ours,
            ),
            *rules.problems_with_content(title=title, since=since, today=at.date()),
        ]
    )
    assert one is not None  # noqa: S101 - refused above
    assert other is not None  # noqa: S101 - refused above
    enquiry = Enquiry.objects.visible_to(by).filter(pk=enquiry_id or 0, company=one).first()
    return _kept(
        queries.Known(
            Origin.ENQUIRY if enquiry else origin,
            one.pk,
            other.pk,
            title.strip(),
            since,
            instrument.strip(),
            is_demonstration=is_demonstration,
            enquiry=enquiry,
        ),
        text=text.strip(),
        by=by,
        at=at,
    )


@transaction.atomic
def record_from(*, origin: Origin, row_id: int, by: Actor, at: datetime) -> Collaboration:
    """Record what came of a request, an introduction or a voucher; asked twice, nothing changes the second time.

    Where one led to the next (an introduction to a request, a request to a voucher) it is one collaboration, which
    then names them all.
    """
    _require(by=by)
    known = queries.known_of(origin, row_id, at=at)
    found = queries.recorded_for(known)
    if found is None:
        return _kept(known, text="", by=by, at=at)
    missing = {name: row for name, row in known.links().items() if getattr(found, f"{name}_id") is None}
    if missing:
        for name, row in missing.items():
            setattr(found, name, row)
        found.instrument = known.instrument or found.instrument
        found.save(update_fields=[*missing, "instrument"])
        record("collaboration.linked", found, by=by, at=at, to=sorted(missing))
    return found


@transaction.atomic
def record_partnership(*, partnership_id: int, by: Actor, at: datetime) -> Collaboration:
    """A desk takes over a partnership of a coaching's report; asked twice, nothing changes the second time.

    Refused where no organisation of the network has the partner's name.
    """
    _require(by=by)
    return _taken_over(queries.known_of_partnership(partnership_id, actor=by), by=by, at=at)


@transaction.atomic
def record_meeting(*, meeting_id: int, by: Actor, at: datetime) -> Collaboration:
    """A desk takes over two organisations that met and went on; asked twice, nothing changes the second time."""
    _require(by=by)
    return _taken_over(queries.known_of_meeting(meeting_id, actor=by), by=by, at=at)


@transaction.atomic
def describe(
    *, collaboration_id: int, title: str, text: str, instrument: str, by: Actor, at: datetime
) -> Collaboration:
    """Say more of what they do, and under what."""
    _require(by=by)
    found = Collaboration.objects.visible_to(by).for_update().get(pk=collaboration_id)
    refuse_if(rules.problems_with_content(title=title, since=found.since, today=found.since))
    found.title, found.text, found.instrument = title.strip(), text.strip(), instrument.strip()
    found.save(update_fields=["title", "text", "instrument"])
    record("collaboration.described", found, by=by, at=at)
    return found


def _taken_over(known: queries.Known, *, by: Actor, at: datetime) -> Collaboration:
    found = queries.recorded_for(known)
    if found is not None:
        return found
    refuse_if(
        rules.problems_with_sides(
            company_id=known.company_id or None, provider_id=known.provider_id or None, is_within_reach=True
        )
    )
    return _kept(known, text="", by=by, at=at)


def _kept(known: queries.Known, *, text: str, by: Actor, at: datetime) -> Collaboration:
    kept = Collaboration.objects.create(
        number=f"new {at.timestamp()} {known.company_id}"[:20],
        company_id=known.company_id,
        provider_id=known.provider_id,
        title=known.title or known.instrument,
        text=text,
        instrument=known.instrument,
        origin=known.origin,
        since=known.since,
        is_demonstration=known.is_demonstration,
        recorded_by_name=by.name,
        recorded_at=at,
        **known.links(),
    )
    kept.number = rules.number_for(kept.pk, year=kept.since.year)
    kept.save(update_fields=["number"])
    record("collaboration.recorded", kept, by=by, at=at, origin=str(known.origin), number=kept.number)
    return kept


def _require(*, by: Actor) -> None:
    if not by.may(P.COLLABORATION_RECORD):
        raise NotAllowed(P.COLLABORATION_RECORD)
