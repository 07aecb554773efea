"""Organisations as the Research Organization Registry writes them: schema 1, schema 2, and flat extracts of it.

Source: ror.readme.io, data structure v1 and v2. Organisations that are not active come as rows with a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from landbridge.catalogue.reading.json_rows import objects
from landbridge.catalogue.reading.row import Row, made
from landbridge.catalogue.states import Kind
from landbridge.foundation.problems import N_

_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})", re.IGNORECASE)
MOST_NAMES = 20
# What ROR calls its kinds, as an organisation's kind and in words for the summary.
KINDS = {
    "education": ("university", "University or school"),
    "healthcare": ("hospital", "Hospital or healthcare organisation"),
    "company": ("company", "Company"),
    "facility": ("institute", "Research facility"),
    "government": ("agency", "Public body"),
    "nonprofit": ("institute", "Non-profit organisation"),
    "funder": ("agency", "Research funder"),
    "archive": ("institute", "Archive"),
}
OTHER = ("other", "Organisation")
NOT_ROR = N_("The identifier is not one of ROR.")
NOT_ACTIVE = N_("ROR says that this organisation is no longer active.")


def rows(path: Path) -> Iterator[Row]:
    """Each organisation of the file."""
    for number, given in enumerate(objects(path), start=1):
        yield row(number, given)


def row(number: int, given: Any) -> Row:
    """One organisation."""
    found = _ROR.fullmatch(str(given.get("id", ""))) if isinstance(given, dict) else None
    if found is None:
        return Row(number, "", Kind.ORGANISATION, {}, NOT_ROR)
    key = found.group(1).lower()
    try:
        said = _said(given)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError):
        return Row(
            number, key, Kind.ORGANISATION, {}, N_("The organisation is not written as ROR writes it.")
        )
    said["identifiers"] = [("ror", f"https://ror.org/{key}")]
    status = str(given.get("status", "active"))
    if status != "active":
        return Row(number, key, Kind.ORGANISATION, {"name": str(said["name"] or "")[:200]}, NOT_ACTIVE)
    types = [str(one).lower() for one in given.get("types") or []]
    kind, words = next((KINDS[one] for one in types if one in KINDS), OTHER)
    said["owner_kind"] = kind
    said["summary"] = f"{words} in {said['town']}." if said.get("town") else f"{words}."
    return made(number, key=key, kind=Kind.ORGANISATION, said=said)


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    if "names" in given:
        return _second_schema(given)
    return (
        _first_schema(given)
        if "addresses" in given or "country_name" in str(given.get("country"))
        else _flat(given)
    )


def _second_schema(given: Mapping[str, Any]) -> dict[str, Any]:
    names = given["names"]
    shown = next((one["value"] for one in names if "ror_display" in one["types"]), None) or names[0]["value"]
    others = [one["value"] for one in names if set(one["types"]) & {"label", "alias"}]
    place = (given.get("locations") or [{}])[0].get("geonames_details") or {}
    links = {one["type"]: one["value"] for one in reversed(given.get("links") or [])}
    return {
        "name": shown,
        "names": _others(shown, others),
        "website": links.get("website", ""),
        "country": place.get("country_code", ""),
        "town": place.get("name", ""),
        "latitude": place.get("lat"),
        "longitude": place.get("lng"),
    }


def _first_schema(given: Mapping[str, Any]) -> dict[str, Any]:
    address = (given.get("addresses") or [{}])[0]
    labels = [one["label"] for one in given.get("labels") or []]
    return {
        "name": given["name"],
        "names": _others(given["name"], labels + list(given.get("aliases") or [])),
        "website": (given.get("links") or [""])[0],
        "country": (given.get("country") or {}).get("country_code", ""),
        "town": address.get("city") or "",
        "latitude": address.get("lat"),
        "longitude": address.get("lng"),
    }


def _flat(given: Mapping[str, Any]) -> dict[str, Any]:
    labels = [one["value"] for one in given.get("labels") or []]
    return {
        "name": given["name"],
        "names": _others(given["name"], labels + list(given.get("aliases") or [])),
        "website": given.get("website") or "",
        "country": given.get("country") or "",
        "region": given.get("programme_region") or "",
        "town": given.get("city") or "",
        "latitude": given.get("lat"),
        "longitude": given.get("lng"),
    }


def _others(name: str, names: list[str]) -> list[str]:
    """The further names, each once."""
    return [one for one in dict.fromkeys(names) if one != name][:MOST_NAMES]
