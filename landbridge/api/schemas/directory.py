"""What the API answers, field by field. Nothing stands here that a page does not show."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from landbridge.catalogue.states import Kind

MOST = 200


class CompetenceOut(Schema):
    """A term of the vocabulary."""

    key: str
    name: str
    names: dict[str, str] = Field(default_factory=dict, description="By language.")
    synonyms: list[str] = Field(default_factory=list)
    broader: str | None = None


class RegionOut(Schema):
    """A region of the network with its Access Broker desk."""

    key: str
    name: str
    country: str
    latitude: float
    longitude: float
    languages: list[str]


class NamedOut(Schema):
    """A key and what people call it."""

    key: str
    name: str


class IdentifierOut(Schema):
    """A name under which others know the record."""

    scheme: str
    value: str


class CertificateOut(Schema):
    """A certificate, and until when it holds."""

    scheme: str
    scope: str
    expires_on: date | None


class PriceOut(Schema):
    """What a unit costs a class of customers, and until when that holds."""

    customer: str
    amount: str = Field(description="A decimal with two places.")
    currency: str
    unit: str
    holds_until: date


class SourceOut(Schema):
    """Where the record came from, and the licence there."""

    name: str
    licence: str


class RecordOut(Schema):
    """A public record of the directory."""

    status: Literal["public"] = "public"
    id: int
    address: str
    kind: str
    name: str
    summary: str
    description: str
    organisation: str
    parent_id: int | None
    region: str
    country: str
    town: str
    latitude: float | None
    longitude: float | None
    competences: list[NamedOut]
    techniques: list[str]
    languages: list[str]
    access_modes: list[str]
    certificates: list[CertificateOut]
    prices: list[PriceOut]
    identifiers: list[IdentifierOut]
    website: str
    confirmed_on: date
    due_on: date
    changed_at: datetime
    sources: list[SourceOut]
    is_demonstration: bool


class GoneOut(Schema):
    """A record that was public once: withdrawn, or hidden until somebody confirms it."""

    status: Literal["gone"] = "gone"
    id: int
    address: str
    changed_at: datetime
    successor_id: int | None


class RecordsIn(Schema):
    """Which records, from where, and how many."""

    kind: Kind | None = None
    region: str = Field("", max_length=40, pattern=r"^[a-z0-9_-]*$", description="The key of a region.")
    country: str = Field("", max_length=2, pattern=r"^[A-Z]*$", description="ISO 3166-1, such as BE.")
    competence: str = Field(
        "", max_length=80, pattern=r"^[a-z0-9_-]*$", description="The key of a competence."
    )
    changed_since: datetime | None = Field(None, description="With its zone, such as 2026-01-31T12:00:00Z.")
    cursor: str = Field("", max_length=200)
    limit: int = Field(50, ge=1, le=MOST)


class RecordsOut(Schema):
    """One portion of the directory, oldest change first, and where the next one begins."""

    items: list[RecordOut | GoneOut]
    next: str | None = Field(description="The cursor of the next portion; null at the end.")


class ProblemOut(Schema):
    """What is wrong with a request (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
