"""The shortlist of an enquiry: put on it, remarked, ordered, dropped; and what the company wants of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from landbridge.catalogue.models import Record
from landbridge.enquiries import queries, rules
from landbridge.enquiries.actions.locking import _check_leads, _lock, _tell_desk
from landbridge.enquiries.models import Candidate, Enquiry
from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.programmes.models import Region


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the company says of one offer."""

    is_wanted: bool
    remark: str = ""


@transaction.atomic
def add_candidate(
    *,
    enquiry_id: int,
    record_id: int,
    by: Actor,
    at: datetime,
    remark: str = "",
    score: float = 0,
    reasons: tuple[str, ...] = (),
) -> Candidate:
    """Put an offer on the shortlist, with what the match said of it; one that was dropped stands there again."""
    enquiry = _lock_led(enquiry_id, by=by)
    offer = Record.objects.public().select_related("region").get(pk=record_id)
    lead = queries.lead_of(enquiry)
    candidate = _put(
        enquiry, offer, remark=remark, region=lead.region, score=score, reasons=reasons, by=by, at=at
    )
    record("enquiry.candidate_added", enquiry, by=by, at=at, offer=offer.name)
    return candidate


@transaction.atomic
def remark_candidate(*, candidate_id: int, remark: str, by: Actor, at: datetime) -> Candidate:
    """Say why this offer; the company reads it."""
    candidate, enquiry = _lock_candidate(candidate_id, by=by)
    refuse_if(rules.problems_with_candidate_remark(remark))
    candidate.remark = remark.strip()
    candidate.save(update_fields=["remark"])
    record("enquiry.candidate_remarked", enquiry, by=by, at=at, offer=candidate.record.name)
    return candidate


@transaction.atomic
def raise_candidate(*, candidate_id: int, by: Actor, at: datetime) -> Candidate:
    """One place up: before the one that stands above it; nothing changes at the top."""
    candidate, enquiry = _lock_candidate(candidate_id, by=by)
    rows = Candidate.objects.standing().filter(enquiry=enquiry, position__lt=candidate.position)
    above = rows.order_by("-position", "-pk").first()
    if above is not None:
        above.position, candidate.position = candidate.position, above.position
        above.save(update_fields=["position"])
        candidate.save(update_fields=["position"])
        record("enquiry.shortlist_ordered", enquiry, by=by, at=at, offer=candidate.record.name)
    return candidate


@transaction.atomic
def drop_candidate(*, candidate_id: int, by: Actor, at: datetime) -> Candidate:
    """Take an offer off the shortlist; what the company said of it stays on record."""
    candidate, enquiry = _lock_candidate(candidate_id, by=by)
    if candidate.dropped_at is None:
        candidate.dropped_at = at
        candidate.save(update_fields=["dropped_at"])
        record("enquiry.candidate_dropped", enquiry, by=by, at=at, offer=candidate.record.name)
    return candidate


@transaction.atomic
def answer_shortlist(*, enquiry_id: int, answers: Mapping[int, Wanted], by: Actor, at: datetime) -> Enquiry:
    """The company says which offers it wants to meet; or the desk that leads writes down what it said.

    `answers` by candidate. An answer may be changed until an introduction is under way.
    """
    enquiry = _lock(enquiry_id, by=by)
    if not by.may(P.ENQUIRY_APPROVE):
        if not by.may(P.ENQUIRY_WORK):
            raise NotAllowed(P.ENQUIRY_APPROVE)
        _check_leads(enquiry, by=by)
    sent = Candidate.objects.standing().filter(enquiry=enquiry, sent_at__isnull=False)
    candidates = {one.pk: one for one in sent.select_related("record")}
    unknown = sum(pk not in candidates for pk in answers)
    refuse_if(rules.problems_with_wanted(sent=len(candidates), answers=len(answers), unknown=unknown))
    for answer in answers.values():
        refuse_if(rules.problems_with_candidate_remark(answer.remark))

    for pk, answer in answers.items():
        candidate = candidates[pk]
        candidate.is_wanted, candidate.answer_remark = answer.is_wanted, answer.remark.strip()
        candidate.answered_at = at
        candidate.save(update_fields=["is_wanted", "answer_remark", "answered_at"])

    wanted = [candidates[pk].record.name for pk, answer in answers.items() if answer.is_wanted]
    record("enquiry.shortlist_answered", enquiry, by=by, at=at, wanted=wanted)
    if by.may(P.ENQUIRY_APPROVE):
        _tell_desk("shortlist_answered", enquiry, at=at, wanted=wanted, person=by.name)
    return enquiry


def _put(
    enquiry: Enquiry,
    offer: Record,
    *,
    remark: str,
    region: Region,
    by: Actor,
    at: datetime,
    score: float = 0,
    reasons: tuple[str, ...] = (),
) -> Candidate:
    """At the end of the list, unless the rules refuse it."""
    rows = Candidate.objects.filter(enquiry=enquiry)
    known = rows.filter(record=offer).first()
    refuse_if(
        rules.problems_with_candidate(
            state=enquiry.state,
            is_public=offer.is_public,
            stands_already=known is not None and known.dropped_at is None,
            count=rows.filter(dropped_at__isnull=True).count(),
            remark=remark,
        )
    )
    candidate = known or Candidate(enquiry=enquiry, record=offer)
    candidate.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    candidate.score, candidate.reasons, candidate.remark = score, list(reasons), remark.strip()
    candidate.found_by_name, candidate.found_by_region, candidate.found_at = by.name, region, at
    candidate.sent_at = candidate.dropped_at = None
    candidate.save()
    return candidate


def _lock_led(enquiry_id: int, *, by: Actor) -> Enquiry:
    if not by.may(P.ENQUIRY_WORK):
        raise NotAllowed(P.ENQUIRY_WORK)
    enquiry = _lock(enquiry_id, by=by)
    _check_leads(enquiry, by=by)
    return enquiry


def _lock_candidate(candidate_id: int, *, by: Actor) -> tuple[Candidate, Enquiry]:
    found = Candidate.objects.visible_to(by).select_related("record").get(pk=candidate_id)
    return found, _lock_led(found.enquiry_id, by=by)
