"""Records of the catalogue in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from landbridge.catalogue import actions
from landbridge.catalogue.models import Competence, Record
from landbridge.catalogue.states import Kind
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.organisations.models import Organisation
from tests.cast import Cast

WRITTEN = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
PUBLISHED = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)  # confirmed on 5 May 2026, due on 5 May 2027

# What is said of a record unless a test says otherwise: the German institute's, of each kind.
SAID: dict[str, dict[str, Any]] = {
    Kind.ORGANISATION: {"name": "German Institute", "summary": "Research for the life sciences."},
    Kind.FACILITY: {"name": "Imaging facility", "summary": "Microscopes for guests."},
    Kind.SERVICE: {
        "name": "Raman imaging",
        "summary": "Chemical maps of tissue without staining.",
        "techniques": ["Raman microscopy"],
        "languages": ["de", "en"],
        "contact_name": "Ruth Raman",
        "contact_email": "raman@german-institute.example.org",
        "latitude": "48.78000",
        "longitude": "9.18000",
        "access_modes": ["physical", "ship_sample"],
        "unit": "day",
        "lead_time_days": 20,
    },
    Kind.EQUIPMENT: {"name": "Raman microscope", "summary": "Confocal, 532 nm.", "maker": "Invented Optics"},
    Kind.EXPERT: {
        "name": "Erika Expert",
        "summary": "Statistics of small trials.",
        "contact_email": "erika@german-institute.example.org",
    },
}


def a_record(
    cast: Cast,
    kind: str = Kind.SERVICE,
    *,
    organisation: Organisation | None = None,
    at: datetime = WRITTEN,
    **values: Any,
) -> Record:
    """A draft of the German institute, by default the service "Raman imaging"; `values` as an edit would give them."""
    return actions.create(
        kind=kind,
        organisation_id=(organisation or cast.german_institute).pk,
        values={**SAID[kind], **values},
        by=SYSTEM,
        at=at,
    )


def a_waiting_record(cast: Cast, kind: str = Kind.SERVICE, **changes: Any) -> Record:
    """With the broker, who has not decided."""
    return actions.submit(record_id=a_record(cast, kind, **changes).pk, by=SYSTEM, at=WRITTEN)


def a_published_record(
    cast: Cast, kind: str = Kind.SERVICE, *, published_at: datetime = PUBLISHED, **changes: Any
) -> Record:
    """Published and fresh; an expert has agreed to be shown."""
    record = a_record(cast, kind, **changes)
    record = actions.publish(record_id=record.pk, by=SYSTEM, at=published_at)
    if kind == Kind.EXPERT:
        record = actions.agree(record_id=record.pk, at=published_at)
    return record


def a_withdrawn_record(cast: Cast, *, successor: Record | None = None, **changes: Any) -> Record:
    """Taken out of the catalogue; its page points to `successor`."""
    record = a_published_record(cast, **changes)
    return actions.withdraw(
        record_id=record.pk,
        reason="The microscope was sold.",
        successor_id=successor.pk if successor else None,
        by=SYSTEM,
        at=PUBLISHED,
    )


def a_competence(key: str = "raman", name: str = "Raman spectroscopy", **columns: Any) -> Competence:
    """An accepted term of the vocabulary."""
    return Competence.objects.create(key=key, name=name, **columns)
