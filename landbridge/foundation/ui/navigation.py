"""Which pages the rows above a page lead to, and in which of them the reader is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest

from landbridge.foundation.ui.addresses import address

Row = tuple[Any, str, Any]
FEW = 9  # fit into one row


def items(request: HttpRequest | None, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The pages that are there and that the reader may open; the nearest one above this page is the current one."""
    actor = getattr(request, "actor", None)
    found: list[dict[str, Any]] = []
    for label, name, permission in rows:
        href = address(name)
        if href and (permission is None or (actor is not None and actor.may(permission))):
            found.append({"label": label, "href": href})
    path = request.path if request else ""
    here = max((item["href"] for item in found if path.startswith(item["href"])), key=len, default="")
    for item in found:
        if item["href"] == here and (here != "/" or path == "/"):
            item["current"] = "page" if path == here else "true"
    return found


def at_work(request: HttpRequest | None, groups: Sequence[tuple[Any, Sequence[Row]]]) -> dict[str, Any]:
    """`items`, one row of pages or of groups; `pages`, those of the group in which the reader is."""
    every = items(request, [row for _, rows in groups for row in rows])
    if len(every) <= FEW:
        return {"items": every}
    row: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    for label, rows in groups:
        found = items(request, rows)
        if not found:
            continue
        group = {"label": label, "href": found[0]["href"]}
        if any("current" in item for item in found) or _is_near(request, found):
            group["current"] = "true"
            pages = found if len(found) > 1 else []
        row.append(group)
    return {"items": row, "pages": pages} if len(row) > 1 else {"items": every}


def way_back(request: HttpRequest) -> str:
    """The address at which this page can be opened again; for the answer to a form, that of the form."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return urlunsplit(("", "", came_from.path, came_from.query, "")) or "/"


def _is_near(request: HttpRequest | None, found: Iterable[dict[str, Any]]) -> bool:
    """Whether this page is of the same word as one of these, though below none of them."""
    word = request.path.split("/")[1] if request else ""
    return bool(word) and any(item["href"].split("/")[1] == word for item in found)
