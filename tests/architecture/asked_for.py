"""A side's requests for access and its collaborations, each kind of object once; `world.fill` calls it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from landbridge.access import actions
from landbridge.access.models import Request, RuleSet
from landbridge.access.rules import Asked
from landbridge.access.states import S
from landbridge.collaborations import actions as collaborations
from landbridge.foundation.files.store import receive
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.introductions.states import Side

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
WAY = [S.SUBMITTED, S.ELIGIBLE, S.FEASIBLE, S.QUOTED, S.ACCEPTED, S.AGREED, S.IN_PROGRESS, S.DELIVERED]


def ask_for_access(side: Any) -> None:
    """A request at each step, a slot that is free, a complaint, a signature, and a collaboration. After the offers."""
    things, at = side.things, side.at
    things["rules"] = _rules(at=at)
    things["rules_draft"] = _draft(at=at)
    things["signature"] = _signature(side, at=at)
    things["access_draft"] = _begun(side, at=at)
    for state in WAY:
        things[f"access_{state}"] = _brought_to(state, _begun(side, at=at), at=at)
    things["access_quote"] = things["access_quoted"].quotes.get()
    things["slot"] = _slot(side, at=at)
    actions.complain(
        request_id=things["access_agreed"].pk, text="No answer.", side=Side.COMPANY, by=SYSTEM, at=at
    )
    things["complaint"] = things["access_agreed"].complaints.get()
    things["collaboration"] = collaborations.note(
        company=side.applicant.name, provider=side.provider.name, title="Maps", text="", instrument="A contract",
        since=at.date(), by=SYSTEM, at=at,
    )  # fmt: skip


def _rules(*, at: datetime) -> RuleSet:
    actions.bring_rules(by=SYSTEM, at=at - timedelta(days=40))
    return RuleSet.objects.filter(published_at__isnull=False).order_by("pk")[0]


def _draft(*, at: datetime) -> RuleSet:
    version = f"2.{RuleSet.objects.count()}"
    days = timedelta(days=100 + RuleSet.objects.count())
    return actions.draft_rules(
        version=version, title="Rules", text="Shorter.", valid_from=(at + days).date(), by=SYSTEM, at=at
    )


def _signature(side: Any, *, at: datetime) -> Any:
    rules = side.things["rules"]
    standing = rules.signatures.filter(organisation=side.provider, ended_at=None).first()
    return standing or actions.sign(
        rule_set_id=rules.pk, organisation_id=side.provider.pk, deviations="", by=SYSTEM, at=at
    )


def _begun(side: Any, *, at: datetime) -> Request:
    offer = side.things["introduced_offer"]
    draft = actions.start(record_id=offer.pk, company_id=side.applicant.pk, by=SYSTEM, at=at)
    asked = Asked(
        title="Where does it sit?",
        purpose="To see it.",
        access_mode="physical",
        wanted_until=(at + timedelta(days=90)).date(),
    )
    return actions.save(request_id=draft.pk, version=draft.version, asked=asked, by=SYSTEM, at=at)


def _brought_to(state: str, request: Request, *, at: datetime) -> Request:
    for step in WAY[: WAY.index(S(state)) + 1]:
        request = _step(request, step, at=at)
    return request


def _step(request: Request, step: str, *, at: datetime) -> Request:
    given: dict[str, Any] = {"request_id": request.pk, "by": SYSTEM, "at": at}
    if step == S.FEASIBLE:
        return actions.answer_feasibility(feasibility="as_asked", changes="", reason="", **given)
    if step == S.QUOTED:
        until = (at + timedelta(days=30)).date()
        return actions.quote(amount_eur=euro(900), text="Maps.", holds_until=until, **given)
    if step == S.ACCEPTED:
        return actions.accept(quote_id=request.quotes.get().pk, **given)
    if step == S.AGREED:
        contract = receive(ContentFile(PDF + str(request.pk).encode(), name="contract.pdf"))
        return actions.agree(starts_on=at.date(), ends_on=at.date(), contract=contract, **given)
    simple = {
        S.SUBMITTED: actions.submit,
        S.ELIGIBLE: actions.find_eligible,
        S.IN_PROGRESS: actions.begin,
        S.DELIVERED: actions.deliver,
    }
    return simple[S(step)](**given)


def _slot(side: Any, *, at: datetime) -> Any:
    offer = side.things["introduced_offer"]
    begins = at + timedelta(days=20 + offer.slots.count())
    return actions.offer_slot(
        record_id=offer.pk, starts_at=begins, ends_at=begins + timedelta(hours=3), by=SYSTEM, at=at
    )
