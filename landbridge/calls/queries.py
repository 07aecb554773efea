"""Calls as others read them: open calls, the terms of one call, and what still stands against its publication."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from landbridge.budgets.queries import free_for
from landbridge.calls.models import Call, Criterion, Extension, Offer, Question
from landbridge.calls.rules import CriterionFacts, Facts, OfferFacts, Part, Window, problems_by_part
from landbridge.calls.states import S
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.programmes.states import S as PhaseState

NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """One incentive within the call, as applicants read it."""

    incentive_key: str
    name: str
    purpose: str
    cap_eur: Money
    basis: str
    legal_basis: str
    evidence: tuple[str, ...]
    validity_months: int
    extension_months: int


@dataclass(frozen=True, slots=True)
class CriterionTerms:
    name: str
    description: str
    points: int
    threshold: int


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    section: str
    key: str
    kind: str
    label: str
    help_text: str
    is_required: bool
    longest: int
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything an applicant can read about a call; `closes_at` is today's, with every extension counted in."""

    programme: str
    phase: str
    number: int
    title: str
    summary: str
    guidance: str
    opens_at: datetime
    closes_at: datetime
    time_zone: str
    selection_mode: str
    contact_email: str
    offers: tuple[OfferTerms, ...]
    criteria: tuple[CriterionTerms, ...]
    questions: tuple[QuestionTerms, ...]
    event: str = ""  # at which somebody of the applicant must have been
    event_slug: str = ""

    @property
    def sections(self) -> list[tuple[str, list[QuestionTerms]]]:
        """The questions under their sections, both in the order of the form."""
        found: dict[str, list[QuestionTerms]] = {}
        for question in self.questions:
            found.setdefault(question.section, []).append(question)
        return list(found.items())


def open_calls(at: datetime) -> QuerySet[Call]:
    """Calls that take applications at this moment, the one that closes first on top."""
    return Call.objects.open_at(at).select_related("phase__programme").order_by("closes_at", "pk")


def coming_calls(at: datetime) -> QuerySet[Call]:
    """Published calls that have not opened yet, the next one on top."""
    rows = Call.objects.filter(state=S.PUBLISHED, opens_at__gt=at)
    return rows.select_related("phase__programme").order_by("opens_at", "pk")


def past_calls(at: datetime) -> QuerySet[Call]:
    """Published calls whose window has passed, the latest on top."""
    return (
        Call.objects.published()
        .filter(closes_at__lte=at)
        .select_related("phase__programme")
        .order_by("-closes_at", "pk")
    )


def in_preparation(actor: Actor) -> QuerySet[Call]:
    """Drafts that wait for this office."""
    if not actor.may(P.CALL_EDIT):
        return Call.objects.none()
    return (
        Call.objects.edited_by(actor)
        .filter(state=S.DRAFT)
        .select_related("phase__programme")
        .order_by("opens_at", "pk")
    )


def to_be_finished(actor: Actor, *, at: datetime) -> QuerySet[Call]:
    """Calls of this office that have closed and wait to be decided and finished."""
    if not actor.may(P.CALL_PUBLISH):
        return Call.objects.none()
    closed = Call.objects.edited_by(actor).filter(state=S.PUBLISHED, closes_at__lte=at)
    return closed.select_related("phase__programme").order_by("closes_at", "pk")


def offers_of(call: Call) -> list[Offer]:
    """What the call offers, each with its incentive."""
    return list(Offer.objects.filter(call=call).select_related("incentive").order_by("incentive_id"))


def criteria_of(call: Call) -> list[Criterion]:
    """The criteria in their order."""
    return list(Criterion.objects.filter(call=call).order_by("position", "pk"))


def questions_of(call: Call) -> list[Question]:
    """The questions in the order of the form."""
    return list(Question.objects.filter(call=call).order_by("position", "pk"))


def extensions_of(call: Call) -> list[Extension]:
    """Every extension of the closing time, the first on top."""
    return list(Extension.objects.filter(call=call).order_by("at", "pk"))


def facts_of(call: Call) -> Facts:
    """What publication is checked against."""
    offers = offers_of(call)
    free = free_for(call.phase, [offer.incentive for offer in offers])
    return Facts(
        title=call.title,
        summary=call.summary,
        contact_email=call.contact_email,
        selection_mode=call.selection_mode,
        window=Window(opens_at=call.opens_at, closes_at=call.closes_at, time_zone=call.time_zone),
        offers=tuple(
            OfferFacts(
                name=offer.incentive.name,
                cap=offer.cap_eur,
                incentive_cap=offer.incentive.cap_eur,
                free=free[offer.incentive_id],
            )
            for offer in offers
        ),
        criteria=tuple(
            CriterionFacts(name=one.name, points=one.points, threshold=one.threshold)
            for one in criteria_of(call)
        ),
        questions=Question.objects.filter(call=call).count(),
        phase_is_over=call.phase.state in (PhaseState.CLOSED, PhaseState.HIBERNATING),
    )


def pre_check(call: Call, *, at: datetime) -> dict[Part, list[Problem]]:
    """What still stands against publication, by the part in which it is cured; a complete part has no problem."""
    found: dict[Part, list[Problem]] = {part: [] for part in Part}
    for part, problem in problems_by_part(facts_of(call), at=at):
        found[part].append(problem)
    return found


def terms(call: Call) -> Terms:
    """The terms: frozen for a published call, what publication would freeze for a draft."""
    content = call.terms or content_of(call)
    event = content.get("asks_for_event", {})
    return Terms(
        event=event.get("title", ""),
        event_slug=event.get("slug", ""),
        **{name: content[name] for name in ("programme", "phase", "number", "title", "summary", "guidance")},
        **{name: content[name] for name in ("time_zone", "selection_mode", "contact_email")},
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        offers=tuple(_offer(one) for one in content["offers"]),
        criteria=tuple(CriterionTerms(**one) for one in content["criteria"]),
        questions=tuple(
            QuestionTerms(**{**one, "choices": tuple(one["choices"])}) for one in content["questions"]
        ),
    )


def content_of(call: Call) -> dict[str, Any]:
    """The terms as plain data, read from the rows as they stand; an offer's terms come from its incentive."""
    event = call.asks_for_event
    return {
        **({"asks_for_event": {"slug": event.slug, "title": event.title}} if event else {}),
        "programme": call.phase.programme.name,
        "phase": call.phase.name,
        "number": call.number,
        "title": call.title,
        "summary": call.summary,
        "guidance": call.guidance,
        "opens_at": call.opens_at.isoformat(),
        "closes_at": call.closes_at.isoformat(),
        "time_zone": call.time_zone,
        "selection_mode": call.selection_mode,
        "contact_email": call.contact_email,
        "offers": [
            {
                "incentive_key": offer.incentive.key,
                "name": offer.incentive.name,
                "purpose": offer.incentive.purpose,
                "cap_cents": offer.cap_eur.cents,
                "basis": offer.incentive.basis,
                "legal_basis": offer.incentive.legal_basis,
                "evidence": list(offer.incentive.evidence),
                "validity_months": offer.incentive.validity_months,
                "extension_months": offer.incentive.extension_months,
            }
            for offer in offers_of(call)
        ],
        "criteria": [
            {name: getattr(one, name) for name in ("name", "description", "points", "threshold")}
            for one in criteria_of(call)
        ],
        "questions": [
            {
                **{name: getattr(one, name) for name in ("section", "key", "kind", "label", "help_text")},
                "is_required": one.is_required,
                "longest": one.longest,
                "choices": list(one.choices),
            }
            for one in questions_of(call)
        ],
    }


def hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the terms in one fixed spelling: sorted names, no spaces, ASCII."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def findings() -> Iterator[str]:
    """Published calls that are not what was published, in words; nothing when all is well."""
    calls = Call.objects.exclude(terms_hash="").prefetch_related("offers", "extensions").order_by("pk")
    for call in calls.iterator(chunk_size=100):
        if hash_of(call.terms) != call.terms_hash:
            yield f"The terms of call {call.pk} ({call.title}) were changed after they were published."
            continue
        caps = sorted((offer.name, offer.cap_eur.cents) for offer in call.offers.all())
        if caps != sorted((one["name"], one["cap_cents"]) for one in call.terms["offers"]):
            yield f"The offers of call {call.pk} ({call.title}) differ from its published terms."
        closings = [call.terms["closes_at"], *(one.closes_at.isoformat() for one in call.extensions.all())]
        if datetime.fromisoformat(max(closings)) != call.closes_at:
            yield f"The closing time of call {call.pk} ({call.title}) is neither the published one nor an extension's."


def _offer(one: Mapping[str, Any]) -> OfferTerms:
    rest = {name: value for name, value in one.items() if name not in ("cap_cents", "evidence")}
    return OfferTerms(**rest, cap_eur=Money(one["cap_cents"]), evidence=tuple(one["evidence"]))
