"""The catalogue as a data set, described as DCAT-AP asks (version 3.0, JSON-LD), so that data portals can list it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from landbridge.catalogue.open_data import licence

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# The EU's own lists: themes, frequencies, languages, file types and media types.
LISTS = "http://publications.europa.eu/resource/authority/"
THEME = LISTS + "data-theme/TECH"
FREQUENCY = LISTS + "frequency/CONT"
LANGUAGE = LISTS + "language/ENG"
ACCESS = LISTS + "access-right/PUBLIC"
MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Distribution:
    """One way to fetch the data: what it is called, where, in which format (a name of the EU's list) and media type."""

    title: str
    address: str
    format: str
    media_type: str
    is_service: bool = False


def document(
    *,
    site: str,
    publisher: str,
    contact: str,
    changed_at: datetime | None,
    distributions: Iterable[Distribution],
) -> dict[str, Any]:
    """The catalogue of one data set, with its distributions; mandatory and recommended properties of DCAT-AP."""
    ways = list(distributions)
    dataset = {
        "@id": f"{site}/open-data/#directory",
        "@type": "dcat:Dataset",
        "dct:title": _english("Directory of research facilities, services, equipment and experts"),
        "dct:description": _english(
            "What laboratories and experts of the network's regions offer to companies: confirmed by those who "
            "offer it, within the last twelve months, with the source of each record."
        ),
        "dct:publisher": {"@id": f"{site}/#publisher"},
        "dcat:contactPoint": {
            "@type": "vcard:Kind",
            "vcard:fn": publisher,
            "vcard:hasEmail": {"@id": contact},
        },
        "dcat:keyword": [
            _english(word) for word in ("life sciences", "research facilities", "access", "SMEs")
        ],
        "dcat:theme": {"@id": THEME},
        "dct:accrualPeriodicity": {"@id": FREQUENCY},
        "dct:language": {"@id": LANGUAGE},
        "dct:accessRights": {"@id": ACCESS},
        "dct:license": {"@id": licence.ADDRESS},
        "dcat:distribution": [_distribution(way) for way in ways],
    }
    if changed_at is not None:
        dataset["dct:modified"] = {"@type": "xsd:dateTime", "@value": changed_at.isoformat()}
    return {
        "@context": CONTEXT,
        "@id": f"{site}/open-data/#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _english("Open data of the network"),
        "dct:description": _english("What the network gives away, in the formats of the field."),
        "dct:publisher": {"@id": f"{site}/#publisher", "@type": "foaf:Agent", "foaf:name": publisher},
        "dct:license": {"@id": licence.ADDRESS},
        "foaf:homepage": {"@id": f"{site}/"},
        "dct:language": {"@id": LANGUAGE},
        "dcat:dataset": [dataset],
        "dcat:service": [_service(site, way) for way in ways if way.is_service],
    }


def _english(text: str) -> dict[str, str]:
    return {"@language": "en", "@value": text}


def _distribution(way: Distribution) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": _english(way.title),
        "dcat:accessURL": {"@id": way.address},
        "dct:format": {"@id": f"{LISTS}file-type/{way.format}"},
        "dcat:mediaType": {"@id": MEDIA + way.media_type},
        "dct:license": {"@id": licence.ADDRESS},
    }
    if way.is_service:
        found["dcat:accessService"] = {"@id": f"{way.address}#service"}
    else:
        found["dcat:downloadURL"] = {"@id": way.address}
    return found


def _service(site: str, way: Distribution) -> dict[str, Any]:
    return {
        "@id": f"{way.address}#service",
        "@type": "dcat:DataService",
        "dct:title": _english(way.title),
        "dcat:endpointURL": {"@id": way.address},
        "dcat:servesDataset": {"@id": f"{site}/open-data/#directory"},
        "dct:license": {"@id": licence.ADDRESS},
    }
