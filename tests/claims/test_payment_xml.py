"""The payment file validates against its schema, whatever people and places are called."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import sepaxml
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.claims.payment_xml import Account, Address, Transfer, end_to_end_id, epc, payment_xml
from landbridge.foundation.money import Money, euro

EPC = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]*")
PLACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
ADDRESS = Address("Hauptstraße", "1a", "70173", "Stuttgart", "DE")
PAYER = Account("BioRegio STERN Management GmbH", "DE89370400440532013000", "", ADDRESS)


@cache
def schema() -> xmlschema.XMLSchema:
    """The schema of the message as sepaxml ships it."""
    return xmlschema.XMLSchema(str(Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"))


def transfer(**changes) -> Transfer:
    values = {
        "end_to_end_id": "IN2-4-0007-V-C1-1",
        "amount": euro("4000.50"),
        "payee": Account("Zelltherapie Müller & Söhne GmbH", "BE68539007547034", "KREDBEBB", ADDRESS),
        "remittance": "IN2LifeSciences voucher IN2-4-0007-V",
    }
    return Transfer(**{**values, **changes})


def written(*transfers: Transfer, payer: Account = PAYER) -> ET.Element:
    """The file as its reader sees it, after it was validated."""
    text = payment_xml(
        message_id="LB-1-20260904-1",
        made_at=datetime(2026, 9, 4, 9, 0, tzinfo=UTC),
        execute_on=date(2026, 9, 7),
        payer=payer,
        transfers=transfers or [transfer()],
    )
    schema().validate(io.BytesIO(text))
    return ET.fromstring(text)


def text_at(root: ET.Element, path: str) -> str:
    return root.findtext(".//" + "/".join(f"p:{part}" for part in path.split("/")), namespaces=PLACE) or ""


def test_it_says_who_pays_whom_how_much_and_when():
    root = written(transfer(), transfer(end_to_end_id="B", amount=euro(1)))
    assert text_at(root, "GrpHdr/NbOfTxs") == "2"
    assert text_at(root, "GrpHdr/CtrlSum") == "4001.50"
    assert text_at(root, "PmtInf/ReqdExctnDt/Dt") == "2026-09-07"
    assert text_at(root, "Cdtr/Nm") == "Zelltherapie Mueller + Soehne GmbH"
    assert text_at(root, "Cdtr/PstlAdr/StrtNm") == "Hauptstrasse"
    assert text_at(root, "Cdtr/PstlAdr/Ctry") == "DE"
    assert text_at(root, "CdtrAcct/Id/IBAN") == "BE68539007547034"
    assert text_at(root, "DbtrAgt/FinInstnId/Othr/Id") == "NOTPROVIDED"
    assert text_at(root, "CdtrAgt/FinInstnId/BICFI") == "KREDBEBB"
    assert not root.findall(".//p:AdrLine", PLACE)


def test_the_same_input_gives_the_same_bytes():
    assert ET.tostring(written()) == ET.tostring(written())


@pytest.mark.parametrize("amount", [Money(0), Money(-1), Money(100, "DKK")])
def test_only_euro_above_nothing_travel(amount):
    with pytest.raises(ValueError, match=r"cannot be transferred|do not add up"):
        written(transfer(amount=amount))


HOSTILE = [
    "<script>alert(1)</script>",
    "]]>",
    "Ωmega Βιοτεχ",
    "株式会社",
    "a" * 500,
    "//",
    "Łódź",
    "x\u202ey",
    "'\"&",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_validate(name):
    bad = Account(name, "BE68539007547034", "", Address(name, name, name, name, "BE"))
    root = written(transfer(payee=bad, remittance=name), payer=bad)
    for node in root.iter():
        if node.tag.endswith(("}Nm", "}Ustrd", "}StrtNm", "}TwnNm", "}PstCd", "}BldgNb")):
            assert node.text
            assert EPC.fullmatch(node.text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.integers(1, 10**11))
def test_any_text_validates(name, remittance, cents):
    payee = Account(name, "NL91ABNA0417164300", "", Address(name, name, name, name, "NL"))
    written(transfer(payee=payee, remittance=remittance, amount=Money(cents)))


@given(st.text(max_size=300), st.integers(1, 140))
def test_epc_letters_only(text, longest):
    found = epc(text, longest=longest)
    assert len(found) <= longest
    assert EPC.fullmatch(found)
    assert not found.startswith("/")
    assert not found.endswith("/")
    assert "//" not in found


def test_references_fit_and_stay_apart():
    assert end_to_end_id("IN2-4-0007-V-C1", attempt=2, claim_id=9) == "IN2-4-0007-V-C1-2"
    assert end_to_end_id("N" * 40, attempt=2, claim_id=9) == "LB-9-2"
    assert end_to_end_id("ÄÖ-1", attempt=1, claim_id=9) == "LB-9-1"
