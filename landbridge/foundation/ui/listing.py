"""One page of a list, under its filters: `Filters` of `ui.forms` says which rows, `page_of` shows fifty of them."""

from __future__ import annotations

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

ON_A_PAGE = 50
Row = TypeVar("Row", bound=Model)


def page_of(request: HttpRequest, rows: QuerySet[Row], *, size: int = ON_A_PAGE) -> Page[Row]:
    """The page that the address asks for (`?page=2`); the nearest one where it asks for none that is there."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
