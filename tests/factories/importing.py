"""Sources and their files, read and taken over by the word's own actions and jobs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from landbridge.catalogue.actions import importing as actions
from landbridge.catalogue.models import Import, Source
from landbridge.catalogue.states import Read
from landbridge.catalogue.tasks.importing import carry_out, read
from landbridge.foundation.files.kinds import IMPORTS
from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.permissions.actor import SYSTEM

STARTED = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)


class Upload:
    """A file as a browser would send it."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name: str | None = name
        self.content = content

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield self.content


def received(name: str, content: bytes) -> Received:
    """The file, received and inspected."""
    return receive(Upload(name, content), kinds=IMPORTS)


def as_csv(rows: Sequence[Sequence[Any]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A table as text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def as_json(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One object a line."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def a_source(key: str = "invented-list", format: str = "json", **details: Any) -> Source:  # noqa: A002
    """An invented list of invented institutes."""
    details = {"name": "Invented list", "country": "DE", **details}
    return actions.add_source(key=key, format=format, by=SYSTEM, at=STARTED, **details)


def a_read_import(source: Source, content: bytes, name: str = "list.json", at: datetime = STARTED) -> Import:
    """The file, read; it waits for a decision, or failed."""
    begun = actions.begin(source_id=source.pk, file=received(name, content), by=SYSTEM, at=at)
    read.call(begun.pk)
    begun.refresh_from_db()
    return begun


def taken_over(found: Import, *, reason: str = "", at: datetime = STARTED) -> Import:
    """Decided on and carried out."""
    actions.take_over(import_id=found.pk, reason=reason, by=SYSTEM, at=at)
    carry_out.call(found.pk)
    found.refresh_from_db()
    return found


def an_import(source: Source, content: bytes, name: str = "list.json", **changes: Any) -> Import:
    """The whole way: read and taken over."""
    found = a_read_import(source, content, name)
    assert found.state in (Read.PREVIEW, Read.ALARM), found.problem
    return taken_over(found, **changes)


def an_institute(number: int, **values: Any) -> dict[str, Any]:
    """A row about an invented institute in Germany."""
    return {
        "key": f"i{number}",
        "kind": "organisation",
        "name": f"Invented Institute {number}",
        "summary": "Invented for a test.",
        "town": "Tübingen",
        "country": "DE",
        **values,
    }


def a_facility_row(number: int, **values: Any) -> dict[str, Any]:
    """A row about an invented facility."""
    return {
        "key": f"f{number}",
        "kind": "facility",
        "name": f"Imaging facility {number}",
        "summary": "Microscopes for guests.",
        "owner": "Invented Institute of Imaging",
        "town": "Tübingen",
        "country": "DE",
        **values,
    }
