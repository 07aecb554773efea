"""Calls and awards at the addresses and in the shapes of CommonGrants 0.4.0, only read."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from landbridge.foundation.permissions.guards import Request, public
from landbridge.public.queries.calls import with_offers
from landbridge.public.register import awards as register
from landbridge.public.register import common_grants as shapes
from landbridge.public.register.uuids import pk_of

LARGEST_PAGE = 1000
LAST_PAGE = 2**31 - 1


@public
@require_safe
def opportunities(request: Request) -> JsonResponse:
    """The calls that were published, a page at a time."""
    asked = _page(request)
    if asked is None:
        return _wrong_page()
    number, size = asked
    rows = shapes.announced()
    begin = (number - 1) * size
    cards = with_offers(rows[begin : begin + size], at=request.now)
    items = [shapes.opportunity(card, at=request.now) for card in cards]
    return JsonResponse(shapes.paginated(items, number=number, size=size, total=rows.count()))


@public
@require_safe
def opportunity(request: Request, opportunity: UUID) -> JsonResponse:
    """One call."""
    pk = pk_of(shapes.OPPORTUNITY, opportunity)
    found = with_offers(shapes.announced().filter(pk=pk or 0), at=request.now)
    if not found:
        return _wrong(HTTPStatus.NOT_FOUND, "There is no opportunity of this id.")
    return _success(shapes.opportunity(found[0], at=request.now))


@public
@require_safe
def awards(request: Request) -> JsonResponse:
    """The awards of the register, a page at a time."""
    asked = _page(request)
    if asked is None:
        return _wrong_page()
    number, size = asked
    items = [shapes.award(found) for found in register.page(number=number, size=size)]
    return JsonResponse(shapes.paginated(items, number=number, size=size, total=register.count()))


@public
@require_safe
def award(request: Request, award: UUID) -> JsonResponse:  # noqa: ARG001 - every view takes it
    """One award."""
    found = register.one(pk_of(shapes.AWARD, award) or 0)
    if found is None:
        return _wrong(HTTPStatus.NOT_FOUND, "There is no award of this id.")
    return _success(shapes.award(found))


def _page(request: Request) -> tuple[int, int] | None:
    """The page and its size that were asked for; None where either is no such number."""
    given = (request.GET.get("page", "1"), request.GET.get("pageSize", "100"))
    if not all(text.isascii() and text.isdigit() and len(text) <= 10 for text in given):
        return None
    number, size = int(given[0]), int(given[1])
    return (number, size) if 1 <= number <= LAST_PAGE and 1 <= size <= LARGEST_PAGE else None


def _wrong_page() -> JsonResponse:
    return _wrong(HTTPStatus.BAD_REQUEST, f"page is a number from 1, pageSize one from 1 to {LARGEST_PAGE}.")


def _success(data: dict[str, object]) -> JsonResponse:
    return JsonResponse({"status": 200, "message": "Success", "data": data})


def _wrong(status: HTTPStatus, message: str) -> JsonResponse:
    return JsonResponse({"status": status, "message": message, "errors": []}, status=status)
