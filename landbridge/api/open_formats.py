"""What an archive of the network holds beside its tables, in the formats of the field."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder

from landbridge.catalogue.open_data import json_ld
from landbridge.catalogue.queries import open_data
from landbridge.foundation.archive.writing import OpenFile
from landbridge.foundation.exports import csv_lines
from landbridge.organisations.models import Organisation
from landbridge.vouchers.models import Voucher

VOUCHER_COLUMNS = (
    "number", "programme", "call", "incentive", "purpose", "company", "company_country", "provider",
    "provider_country", "partner_region", "amount", "currency", "granted_on", "state", "legal_basis",
    "is_demonstration",
)  # fmt: skip
AT_ONCE = 500


def open_formats() -> list[OpenFile]:
    """The public directory as JSON-LD, the vouchers as CSV."""
    return [
        OpenFile("directory.jsonld", "the public directory in the words of schema.org", _directory),
        OpenFile("vouchers.csv", "the vouchers; sole traders are not named", _vouchers),
    ]


def _directory() -> Iterator[bytes]:
    yield f'{{"@context": "{json_ld.CONTEXT}", "@graph": ['.encode()
    for number, record in enumerate(open_data.everything()):
        document = json_ld.document(record, context=False)
        text = json.dumps(document, ensure_ascii=False, cls=DjangoJSONEncoder)
        yield f"{',' if number else ''}\n{text}".encode()
    yield b"\n]}\n"


def _vouchers() -> Iterator[bytes]:
    return csv_lines(VOUCHER_COLUMNS, _voucher_rows())


def _voucher_rows() -> Iterator[tuple[object, ...]]:
    rows = Voucher.objects.select_related(
        "application__call__phase__programme", "application__offer", "application__applicant",
        "application__provider", "application__partner__region",
    )  # fmt: skip
    for voucher in rows.order_by("pk").iterator(chunk_size=AT_ONCE):
        asked = voucher.application
        programme = asked.call.phase.programme
        provider, region = asked.provider, asked.partner.region
        yield (
            voucher.number, programme.name, asked.call.title, asked.offer.name, asked.title,
            _name(asked.applicant), asked.applicant.country, _name(provider) if provider else "",
            provider.country if provider else "", region.name if region else "", voucher.amount_eur,
            voucher.amount_eur.currency, voucher.granted_on, str(voucher.state), voucher.legal_basis,
            programme.is_demonstration,
        )  # fmt: skip


def _name(organisation: Organisation) -> str:
    """A sole trader's name is a person's, and stays inside."""
    return "Sole trader" if organisation.is_sole_trader else organisation.name
