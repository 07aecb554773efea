"""One page of a list, under its filters: `Filters` of `ui.forms` says which rows, `page_of` shows fifty of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ON_A_PAGE = 50


def page_of(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, size: int | None = None
) -> Page[Any]:
    """The page that the address asks for (`?page=2`); the nearest one where it asks for none that is there."""
    return Paginator(rows, size or ON_A_PAGE).get_page(request.GET.get("page"))
