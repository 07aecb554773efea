"""Awards as the 360Giving Data Standard 1.4 has them (https://standard.threesixtygiving.org/).

Money is in euro. A sole trader stands as an individual without a name; invented and placeholder awards say so in a
classification of ours, so that nobody counts them as real by mistake.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from landbridge.catalogue.open_data import licence
from landbridge.public.register.awards import OpenAward
from landbridge.public.register.awards import every as every_award

VERSION = "1.4"
LONGEST_TITLE = 140
# What org-id.guide calls the registers of our company numbers.
REGISTERS = {
    "CRN": "GB-COH",
    "CRO": "IE-CRO",
    "CVR": "DK-CVR",
    "KBO": "BE-BCE_KBO",
    "KVK": "NL-KVK",
    "ROR": "XI-ROR",
    "SIREN": "FR-RCS",
}


def package(*, at: datetime) -> Iterator[bytes]:
    """All awards as one JSON document, in portions. Without any award there is no package: a package has one."""
    head = {
        "version": VERSION,
        "title": "Awards",
        "description": "Every voucher granted, from the records as they are now.",
        "issued": at.isoformat(),
        "modified": at.isoformat(),
        "identifier": f"{prefix()}-awards",
        "publisher": {"name": "Landbridge", "website": settings.LANDBRIDGE_ADDRESS},
        "license": licence.ADDRESS,
        "downloadURL": _whole("public:giving"),
        "accessURL": _whole("public:awards"),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "grants": ['
    for number, award in enumerate(every_award()):
        yield (b",\n" if number else b"\n") + json.dumps(grant(award), ensure_ascii=False).encode()
    yield b"\n]}\n"


def grant(award: OpenAward) -> dict[str, Any]:
    """One award as a grant."""
    line = award.line
    return {
        "id": f"{prefix()}-{line.number}",
        "title": line.about[:LONGEST_TITLE],
        "description": f"{line.incentive}, {line.call}: {line.about}",
        "currency": "EUR",
        "amountAwarded": float(line.amount.decimal),
        **({"amountDisbursed": float(award.paid.decimal)} if award.paid is not None else {}),
        "awardDate": line.granted_on.isoformat(),
        "url": f"{_whole('public:awards')}?{urlencode({'q': line.number})}",
        "plannedDates": [
            {"startDate": line.granted_on.isoformat(), "endDate": award.valid_until.isoformat()},
        ],
        **_recipient(award),
        "beneficiaryLocation": [{"name": line.company_region, "countryCode": line.company_country}]
        if line.company_region
        else [{"countryCode": line.company_country}],
        "fundingOrganization": [
            {
                "id": f"{prefix()}-partner-{award.funder.pk}",
                "name": award.funder.name,
                "addressCountry": award.funder.country,
            }
        ],
        "grantProgramme": [
            {
                "code": line.programme_key,
                "title": f"{line.programme}: {line.incentive}",
                "url": _whole("public:programme", line.programme_key),
            }
        ],
        "fromOpenCall": "Yes",
        "classifications": [
            {"vocabulary": "Legal basis", "title": line.legal_basis},
            {"vocabulary": "State of the voucher", "code": str(line.state)},
            *([{"vocabulary": "Landbridge", "code": line.mark}] if line.mark else []),
        ],
        "dataSource": _whole("public:awards"),
        "dateModified": award.changed_at.isoformat(),
    }


def prefix() -> str:
    """The prefix under which 360Giving knows the publisher, or one of our own until it does."""
    return str(settings.LANDBRIDGE_360GIVING_PREFIX)


def _recipient(award: OpenAward) -> dict[str, Any]:
    if not award.recipient:
        return {
            "recipientIndividual": {"id": f"{prefix()}-individual-{award.line.number}", "name": "Sole trader"}
        }
    scheme, number = award.company_number or ("", "")
    known = REGISTERS.get(scheme)
    organisation = {
        "id": f"{known}-{_plain(number)}" if known else f"{prefix()}-organisation-{award.recipient_id}",
        "name": award.recipient,
        "addressLocality": award.town,
        "addressCountry": award.line.company_country,
    }
    if number:
        organisation["companyNumber"] = number
    return {"recipientOrganization": [{name: text for name, text in organisation.items() if text}]}


def _plain(number: str) -> str:
    return number.replace(" ", "").replace(".", "")


def _whole(name: str, *args: object) -> str:
    return settings.LANDBRIDGE_ADDRESS + reverse(name, args=args)
