"""The operations of the API: the directory, its vocabulary, the regions. All of them are public and only read."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError

from landbridge.api import cursor as cursors
from landbridge.api import problems
from landbridge.api.problems import Wrong
from landbridge.api.schemas.directory import (
    CompetenceOut,
    ProblemOut,
    RecordOut,
    RecordsIn,
    RecordsOut,
    RegionOut,
)
from landbridge.catalogue.models import Competence
from landbridge.catalogue.queries import open_data as queries
from landbridge.catalogue.queries.open_data import Gone, Published
from landbridge.programmes.models import Region

Number = Annotated[int, Path(ge=1, le=cursors.HIGHEST)]

api = NinjaAPI(
    title="Landbridge",
    version="1",
    description="The directory of a network of regions: facilities, services, equipment and experts.",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
for _kind in (Wrong, ValidationError, Http404, HttpError):
    api.add_exception_handler(_kind, problems.about)

WRONG = {422: ProblemOut}


@api.get("/records", response={200: RecordsOut, **WRONG}, url_name="records", tags=["directory"])
def records(request: HttpRequest, asked: Query[RecordsIn]) -> dict[str, Any]:
    """The directory in the order in which it changed, a portion at a time; records that are gone are named as such.

    Follow `next` until it is null; keep the newest `changed_at` and ask with it as `changed_since` the next time.
    """
    if asked.changed_since is not None and asked.changed_since.tzinfo is None:
        raise Wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "changed_since needs its zone: add Z, or +01:00.")
    chosen = {
        "kind": asked.kind,
        "region__key": asked.region,
        "country": asked.country,
        "competences__key": asked.competence,
    }
    rows = queries.ever_public().filter(**{name: value for name, value in chosen.items() if value})
    page = queries.changes(
        rows=rows, since=asked.changed_since, after=_place(asked.cursor), limit=asked.limit + 1
    )
    shown, more = page[: asked.limit], len(page) > asked.limit
    return {
        "items": [record_out(row) for row in shown],
        "next": cursors.written(shown[-1].changed_at, shown[-1].id) if more else None,
    }


@api.get(
    "/records/{number}", response={200: RecordOut, 404: ProblemOut, 410: ProblemOut, **WRONG}, url_name="record",
    tags=["directory"],
)  # fmt: skip
def record(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One record by its number; 410 where it was public once, with its successor if there is one."""
    rows = queries.changes(rows=queries.ever_public().filter(pk=number), limit=1)
    if not rows:
        raise Wrong(HTTPStatus.NOT_FOUND, "There is no record of this number.")
    if isinstance(rows[0], Gone):
        successor = rows[0].successor_id
        where = f" Its successor is {queries.address_of(successor)}." if successor else ""
        raise Wrong(HTTPStatus.GONE, f"This record is no longer public.{where}")
    return record_out(rows[0])


@api.get("/competences", response=list[CompetenceOut], url_name="competences", tags=["vocabulary"])
def competences(request: HttpRequest) -> list[dict[str, Any]]:
    """The controlled terms with their synonyms."""
    rows = Competence.objects.accepted().select_related("broader").order_by("key")
    return [
        {
            "key": one.key, "name": one.name, "names": one.names, "synonyms": one.synonyms,
            "broader": one.broader.key if one.broader else None,
        }
        for one in rows
    ]  # fmt: skip


@api.get("/regions", response=list[RegionOut], url_name="regions", tags=["network"])
def regions(request: HttpRequest) -> list[Region]:
    """The regions of the network."""
    return list(Region.objects.active().order_by("key"))


def record_out(row: Published | Gone) -> dict[str, Any]:
    """A row as the schema wants it."""
    if isinstance(row, Gone):
        return {
            "status": "gone", "id": row.id, "address": row.address, "changed_at": row.changed_at,
            "successor_id": row.successor_id,
        }  # fmt: skip
    plain = {name: getattr(row, name) for name in RecordOut.model_fields if hasattr(row, name)}
    return plain | {
        "status": "public",
        "competences": [{"key": key, "name": name} for key, name in row.competences],
        "certificates": [
            {"scheme": scheme, "scope": scope, "expires_on": expires_on}
            for scheme, scope, expires_on in row.certificates
        ],
        "prices": [
            {
                "customer": customer, "amount": str(amount.decimal), "currency": amount.currency, "unit": unit,
                "holds_until": holds_until,
            }
            for customer, amount, unit, holds_until in row.prices
        ],
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in row.identifiers],
        "sources": [{"name": name, "licence": terms} for name, terms in row.sources],
    }  # fmt: skip


def _place(cursor: str) -> tuple[datetime, int] | None:
    try:
        return cursors.read(cursor) if cursor else None
    except ValueError:
        raise Wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "cursor is not one that was given out here.") from None
