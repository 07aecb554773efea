"""Calls as opportunities and vouchers as awards in CommonGrants 0.4.0 (https://commongrants.org/)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from landbridge.calls.models import Call
from landbridge.calls.states import S as Called
from landbridge.foundation.money import Money
from landbridge.public.queries.calls import Card
from landbridge.public.register.awards import OpenAward
from landbridge.public.register.uuids import uuid_of
from landbridge.vouchers.states import S

OPPORTUNITY, AWARD, ORGANISATION, PARTNER = "opportunity", "award", "organisation", "partner"
STATUS = {S.AWARDED: "awarded", S.ACTIVE: "awarded", S.CLOSED: "completed"}


def announced() -> QuerySet[Call]:
    """Every call that was published, the oldest first, with when it was last extended."""
    rows = Call.objects.filter(published_at__isnull=False).select_related("phase__programme")
    return rows.annotate(extended_at=Max("extensions__at")).order_by("pk")


def opportunity(card: Card, *, at: datetime) -> dict[str, Any]:
    """One call; `card` comes with what it offers, its call from `announced`."""
    call = card.call
    offers = "; ".join(f"{name}: up to {cap.decimal} EUR" for name, cap in card.offers)
    moments = (call.published_at, call.ended_at, getattr(call, "extended_at", None))
    return {
        "id": str(uuid_of(OPPORTUNITY, call.pk)),
        "title": call.title,
        "status": _status(card, at=at),
        "description": call.summary or call.title,
        "funding": {
            **({"details": offers} if offers else {}),
            **({"maxAwardAmount": money(card.most)} if card.offers else {}),
        },
        "keyDates": {
            "postDate": _moment("Opens", call.opens_at, zone=call.time_zone),
            "closeDate": _moment("Closes", call.closes_at, zone=call.time_zone),
        },
        "acceptedApplicantTypes": [{"value": "for_profit_small_business"}],
        "source": _whole("public:call", call.pk),
        "customFields": {
            "timeZone": _field("timeZone", call.time_zone),
            "selectionMode": _field("selectionMode", str(call.get_selection_mode_display())),
            "programme": _field("programme", card.programme),
            **({"mark": _field("mark", "demonstration")} if card.is_demonstration else {}),
        },
        "createdAt": _iso(call.published_at),
        "lastModifiedAt": _iso(max(moment for moment in moments if moment)),
    }


def award(found: OpenAward) -> dict[str, Any]:
    """One award. A sole trader's name is published nowhere: such an award names no recipient."""
    line = found.line
    return {
        "id": str(uuid_of(AWARD, found.pk)),
        "title": line.about,
        "description": f"{line.incentive}, {line.call}: {line.about}{f' ({line.mark})' if line.mark else ''}",
        "status": {"value": STATUS[line.state]}
        if line.state in STATUS
        else {"value": "custom", "customValue": str(line.state)},
        "funding": {
            "awardedAmount": money(line.amount),
            **({"disbursedAmount": money(found.paid)} if found.paid is not None else {}),
        },
        "keyDates": {
            "awardDate": {"name": "Granted", "eventType": "singleDate", "date": line.granted_on.isoformat()},
            "periodOfPerformance": {
                "name": "Validity",
                "eventType": "dateRange",
                "startDate": line.granted_on.isoformat(),
                "endDate": found.valid_until.isoformat(),
            },
        },
        "opportunity": {"id": str(uuid_of(OPPORTUNITY, found.call_id)), "title": found.call_title},
        "funders": {"primary": {"id": str(uuid_of(PARTNER, found.funder.pk)), "name": found.funder.name}},
        **(
            {
                "recipientOrganizations": {
                    "primary": {
                        "id": str(uuid_of(ORGANISATION, found.recipient_id)),
                        "name": found.recipient,
                    }
                }
            }
            if found.recipient
            else {}
        ),
        "source": f"{_whole('public:awards')}?{urlencode({'q': line.number})}",
        "createdAt": _iso(found.awarded_at),
        "lastModifiedAt": _iso(found.changed_at),
    }


def paginated(items: Sequence[dict[str, Any]], *, number: int, size: int, total: int) -> dict[str, Any]:
    """One page as CommonGrants wraps it."""
    return {
        "status": 200,
        "message": "Success",
        "items": list(items),
        "paginationInfo": {
            "page": number,
            "pageSize": size,
            "totalItems": total,
            "totalPages": max(1, -(-total // size)),
        },
    }


def money(amount: Money) -> dict[str, str]:
    """An amount as text with its currency."""
    return {"amount": str(amount.decimal), "currency": amount.currency}


def _status(card: Card, *, at: datetime) -> dict[str, str]:
    if card.call.state == Called.CANCELLED:
        return {"value": "custom", "customValue": "cancelled", "description": card.call.cancellation}
    if card.call.state == Called.PUBLISHED and at < card.call.opens_at:
        return {"value": "forecasted"}
    return {"value": "open" if card.is_open else "closed"}


def _moment(name: str, moment: datetime, *, zone: str) -> dict[str, str]:
    local = moment.astimezone(ZoneInfo(zone))
    return {
        "name": name,
        "eventType": "singleDate",
        "date": local.date().isoformat(),
        # `time` is left out: the schema's format asks for an offset that its description forbids.
        "description": f"{name} at {local:%H:%M:%S} in {zone} ({local.isoformat()}).",
    }


def _field(name: str, value: str) -> dict[str, str]:
    return {"name": name, "fieldType": "string", "value": value}


def _iso(moment: datetime | None) -> str:
    assert moment is not None  # noqa: S101 - published calls and awards have their moment
    return moment.isoformat()


def _whole(name: str, *args: object) -> str:
    return settings.LANDBRIDGE_ADDRESS + reverse(name, args=args)
