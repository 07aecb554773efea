"""Public facilities and equipment as rows of UNIQUIP. Columns about people stay empty: questions go to the desks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from landbridge.catalogue import uniquip
from landbridge.catalogue.open_data.json_ld import resolved
from landbridge.catalogue.queries.open_data import Published
from landbridge.catalogue.states import Kind

TYPES = {Kind.FACILITY: uniquip.FACILITY, Kind.EQUIPMENT: uniquip.EQUIPMENT}


def rows(records: Iterable[Published]) -> Iterator[list[str]]:
    """A line for each facility and each piece of equipment; the specification knows no other kinds."""
    for record in records:
        if Kind(record.kind) in TYPES:
            yield uniquip.line(values(record))


def values(record: Published) -> dict[str, str]:
    """The columns of one record that have something to say."""
    place = ""
    if record.latitude is not None and record.longitude is not None:
        place = f"{record.latitude:.5f},{record.longitude:.5f}"
    topics = [name for _, name in record.competences] + list(record.techniques)
    links = [link for scheme, value in record.identifiers if (link := resolved(scheme, value))]
    return {
        uniquip.TYPE: TYPES[Kind(record.kind)],
        uniquip.NAME: record.name,
        uniquip.DESCRIPTION: record.description or record.summary,
        uniquip.RELATED_FACILITY_ID: str(record.parent_id or ""),
        uniquip.TECHNIQUE: "; ".join(topics),
        uniquip.LOCATION: ", ".join(part for part in (record.town, record.country) if part),
        uniquip.CONTACT_URL: record.address,
        uniquip.ID: str(record.id),
        uniquip.SITE_LOCATION: record.town,
        uniquip.WEB_ADDRESS: record.website,
        uniquip.INSTITUTION_NAME: record.organisation,
        uniquip.INSTITUTION_URL: links[0] if links else record.organisation_website,
        uniquip.DATESTAMP: record.confirmed_on.isoformat(),
        uniquip.COORDINATES: place,
    }
