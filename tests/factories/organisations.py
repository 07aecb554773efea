"""Organisations and the accounts they are paid on, as situations."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from landbridge.organisations.models import BankAccount, CompanyNumber, Kind, Organisation
from landbridge.organisations.states import S
from landbridge.programmes.models import Region

REGISTERED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_count = itertools.count(1)

# IBANs of the banks' own documentation: the form is right, the accounts are nobody's.
IBANS = (
    "DE89370400440532013000",
    "BE68539007547034",
    "NL91ABNA0417164300",
    "DK5000400440116243",
    "FR1420041010050500013M02606",
)


def an_organisation(**changes: Any) -> Organisation:
    """A small company in Stuttgart's neighbourhood, without a region, numbers or accounts."""
    number = next(_count)
    facts: dict[str, Any] = {
        "name": f"Example Biotech {number} GmbH",
        "kind": Kind.COMPANY,
        "country": "DE",
        "street": "Hauptstraße",
        "building_number": str(number),
        "postcode": "70173",
        "town": "Stuttgart",
        "registered_at": REGISTERED,
    }
    return Organisation.objects.create(**facts | changes)


def a_company(*, region: Region | None = None, **changes: Any) -> Organisation:
    """A company that looks for help, in this region, with a number of its country's register."""
    company = an_organisation(**_at_home(region), **changes)
    CompanyNumber.objects.create(organisation=company, scheme="KVK", number=f"{company.pk:08d}")
    return company


def a_facility(*, region: Region | None = None, **changes: Any) -> Organisation:
    """A university that takes questions and visitors from companies abroad."""
    number = next(_count)
    facts = {"name": f"University of Example {number}", "kind": Kind.UNIVERSITY, "offers_access": True}
    return an_organisation(**_at_home(region) | facts | changes)


def a_bank_account(organisation: Organisation, **changes: Any) -> BankAccount:
    """An account that is in use: approved by a second person."""
    facts: dict[str, Any] = {
        "holder": organisation.name[:70],
        "iban": IBANS[organisation.pk % len(IBANS)],
        "state": S.APPROVED,
        "proposed_at": REGISTERED,
        "decided_at": REGISTERED,
    }
    return BankAccount.objects.create(organisation=organisation, **facts | changes)


def a_proposed_account(organisation: Organisation, **changes: Any) -> BankAccount:
    """An account that waits for a second person."""
    return a_bank_account(organisation, **{"state": S.PROPOSED, "decided_at": None} | changes)


def _at_home(region: Region | None) -> dict[str, Any]:
    return {"region": region, "country": region.country} if region else {}
