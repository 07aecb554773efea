"""Requests for access in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from landbridge.access import actions
from landbridge.access.models import Request, RuleSet, Slot
from landbridge.access.rules import Asked
from landbridge.access.states import S
from landbridge.catalogue.models import Record
from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.catalogue import a_published_record

WRITTEN = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)  # a Monday
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
ASKED = Asked(
    title="Where does our marker sit in tissue?",
    purpose="We want chemical maps of twelve sections to see where the marker sits.",
    samples="Twelve frozen sections",
    access_mode="ship_sample",
    units=3,
    wanted_until=date(2026, 9, 30),
)
QUOTE: dict[str, Any] = {
    "amount_eur": euro(4200),
    "text": "Twelve maps with a short report.",
    "holds_until": date(2026, 6, 30),
}
DAYS: dict[str, Any] = {"starts_on": date(2026, 6, 8), "ends_on": date(2026, 6, 12)}


def the_rules(*, at: datetime = WRITTEN) -> RuleSet:
    """The common rules of the network, published."""
    return actions.bring_rules(by=SYSTEM, at=at) or RuleSet.objects.order_by("pk")[0]


def the_offer(cast: Cast) -> Record:
    """The German institute's service, in the directory."""
    found = Record.objects.filter(organisation=cast.german_institute).order_by("pk").first()
    return found or a_published_record(cast)


def a_contract(name: str = "contract.pdf") -> Received:
    """A signed contract, as it was received."""
    return receive(ContentFile(PDF + name.encode(), name=name))


def a_draft(cast: Cast, *, at: datetime = AT, asked: Asked = ASKED, **changes: Any) -> Request:
    """Written in full by the Danish company, not handed in."""
    the_rules()
    given = {"record_id": the_offer(cast).pk, "company_id": cast.danish_company.pk, **changes}
    draft = actions.start(**given, by=SYSTEM, at=at)
    return actions.save(request_id=draft.pk, version=draft.version, asked=asked, by=SYSTEM, at=at)


def a_request(cast: Cast, state: str = S.SUBMITTED, *, at: datetime = AT, **changes: Any) -> Request:
    """A request that has come as far as this state."""
    request = a_draft(cast, at=at, **changes)
    way = list(STEPS)
    if state not in way:
        return request
    for step in way[: way.index(S(state)) + 1]:
        request = _step(request, step, at=at)
    return request


def _step(request: Request, step: str, *, at: datetime) -> Request:
    given: dict[str, Any] = {"request_id": request.pk, "by": SYSTEM, "at": at}
    if step == S.QUOTED:
        signed(request, at=at)
    if step == S.ACCEPTED:
        given["quote_id"] = request.quotes.latest("version").pk
    if step == S.AGREED:
        given["contract"] = a_contract()
    if step == S.CLOSED:
        given["at"] = at + timedelta(days=31)
    action, more = STEPS[step]
    return action(**more, **given)


STEPS: dict[str, tuple[Callable[..., Request], dict[str, Any]]] = {
    S.SUBMITTED: (actions.submit, {}),
    S.ELIGIBLE: (actions.find_eligible, {}),
    S.FEASIBLE: (actions.answer_feasibility, {"feasibility": "as_asked", "changes": "", "reason": ""}),
    S.QUOTED: (actions.quote, QUOTE),
    S.ACCEPTED: (actions.accept, {}),
    S.AGREED: (actions.agree, DAYS),
    S.IN_PROGRESS: (actions.begin, {}),
    S.DELIVERED: (actions.deliver, {}),
    S.CLOSED: (actions.close, {}),
}


def signed(request: Request, *, deviations: str = "", at: datetime = AT) -> None:
    """The facility has signed the rules under which this was asked."""
    if not request.rule_set.signatures.filter(organisation=request.provider, ended_at=None).exists():
        actions.sign(
            rule_set_id=request.rule_set_id,
            organisation_id=request.provider_id,
            deviations=deviations,
            by=SYSTEM,
            at=at,
        )


def a_slot(record: Record, *, day: int = 9, hour: int = 9, hours: int = 3) -> Slot:
    """A free slot in June 2026."""
    starts_at = datetime(2026, 6, day, hour, tzinfo=UTC)
    ends_at = starts_at + timedelta(hours=hours)
    return actions.offer_slot(record_id=record.pk, starts_at=starts_at, ends_at=ends_at, by=SYSTEM, at=AT)
