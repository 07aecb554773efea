"""A record as JSON-LD in schema.org's words, for search engines and for whoever reads pages by program."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString

from landbridge.catalogue.open_data import licence
from landbridge.catalogue.queries.open_data import Published
from landbridge.catalogue.states import Kind

CONTEXT = "https://schema.org/"
# Where an identifier of a scheme is looked up; the others are given by name and value.
RESOLVERS = {"ror": "https://ror.org/", "orcid": "https://orcid.org/", "doi": "https://doi.org/",
             "rrid": "https://scicrunch.org/resolver/"}  # fmt: skip
_SIGNS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
TYPES = {
    Kind.ORGANISATION: "ResearchOrganization",
    Kind.FACILITY: "Organization",
    Kind.SERVICE: "Service",
    Kind.EQUIPMENT: "Product",
    Kind.EXPERT: "Person",
}


def document(record: Published, *, context: bool = True) -> dict[str, Any]:
    """One record; empty values are left out. A person is described by name, work and competences alone."""
    found: dict[str, Any] = {
        "@context": CONTEXT if context else None,
        "@id": record.address,
        "@type": TYPES[Kind(record.kind)],
        "url": record.address,
        "name": record.name,
        "description": record.summary or record.description,
        "identifier": [_identifier(scheme, value) for scheme, value in record.identifiers],
        "sameAs": [link for scheme, value in record.identifiers if (link := resolved(scheme, value))],
        **_by_kind(record),
    }
    return {key: value for key, value in found.items() if value}


def in_page(found: dict[str, Any]) -> SafeString:
    """A description as text for a script element: no sign in it can end the element, or begin one."""
    text = json.dumps(found, ensure_ascii=False, cls=DjangoJSONEncoder)
    return SafeString(text.translate(_SIGNS))


def resolved(scheme: str, value: str) -> str:
    """The address of an identifier, or "" where its scheme has no resolver."""
    if value.startswith(("https://", "http://")):
        return value
    return RESOLVERS[scheme] + value if scheme in RESOLVERS else ""


def _identifier(scheme: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": scheme, "value": value}


def _by_kind(record: Published) -> dict[str, Any]:
    topics = [name for _, name in record.competences] + list(record.techniques)
    owner = {"@type": "Organization", "name": record.organisation, "url": record.organisation_website}
    owner = {key: value for key, value in owner.items() if value}
    if record.kind == Kind.EXPERT:
        return {"worksFor": owner, "knowsAbout": topics, "knowsLanguage": list(record.languages)}
    if record.kind == Kind.EQUIPMENT:
        return {"category": topics, "brand": None, "isRelatedTo": _part_of(record)}
    if record.kind == Kind.SERVICE:
        return {
            "provider": owner,
            "serviceType": topics,
            "areaServed": "Europe",
            "availableChannel": {
                "@type": "ServiceChannel",
                "serviceUrl": record.address,
                "availableLanguage": list(record.languages),
            },
            "isRelatedTo": _part_of(record),
            "offers": [_offer(*price) for price in record.prices],
            "license": licence.ADDRESS,
        }
    return {
        "parentOrganization": owner if record.kind == Kind.FACILITY else None,
        "knowsAbout": topics,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": record.town,
            "addressCountry": record.country,
        },
        "location": _place(record),
    }


def _part_of(record: Published) -> dict[str, str] | None:
    return {"@type": "Organization", "name": record.parent} if record.parent else None


def _offer(customer: str, amount: Any, unit: str, holds_until: Any) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "price": str(amount.decimal),
        "priceCurrency": amount.currency,
        "priceValidUntil": holds_until.isoformat(),
        "eligibleCustomerType": customer,
        "priceSpecification": {"@type": "UnitPriceSpecification", "unitText": unit},
    }


def _place(record: Published) -> dict[str, Any] | None:
    if record.latitude is None or record.longitude is None:
        return None
    return {
        "@type": "Place",
        "geo": {"@type": "GeoCoordinates", "latitude": record.latitude, "longitude": record.longitude},
    }
