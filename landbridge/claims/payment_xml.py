"""The payment file itself: SEPA credit transfer, pain.001.001.09, structured addresses, the EPC's characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as ET

from landbridge.foundation.money import Money, total

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
# EPC217-08: the letters every bank in SEPA must accept.
_OUTSIDE_EPC = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
# What the EPC suggests where a mandatory text has no letter that it can write.
UNKNOWN = "NOTPROVIDED"
_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "æ": "ae", "Æ": "Ae",
     "ø": "oe", "Ø": "Oe", "å": "aa", "Å": "Aa", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L", "&": "+", "_": "-"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A structured postal address; the only kind SEPA accepts since 15 November 2026."""

    street: str
    building_number: str
    postcode: str
    town: str
    country: str


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account, with its holder's address."""

    name: str
    iban: str
    bic: str
    address: Address


@dataclass(frozen=True, slots=True)
class Transfer:
    """One credit transfer."""

    end_to_end_id: str
    amount: Money
    payee: Account
    remittance: str


def epc(text: str, *, longest: int) -> str:
    """The text in the letters of the EPC set, cut to `longest`; never beginning or ending with a slash."""
    written = unicodedata.normalize("NFKD", text.translate(_WRITTEN_OUT))
    plain = "".join(letter for letter in written if not unicodedata.combining(letter))
    plain = re.sub(r" +", " ", _OUTSIDE_EPC.sub(" ", plain)).replace("//", "/").strip(" /")
    return plain[:longest].strip(" /")


def end_to_end_id(claim_number: str, *, attempt: int, claim_id: int) -> str:
    """The reference that travels to the payee: the claim's number where it fits in 35 letters of the EPC set."""
    spoken = f"{claim_number}-{attempt}"
    return spoken if epc(spoken, longest=35) == spoken else f"LB-{claim_id}-{attempt}"


def payment_xml(
    *, message_id: str, made_at: datetime, execute_on: date, payer: Account, transfers: Iterable[Transfer]
) -> bytes:
    """The file as bytes; the same input gives the same bytes. Amounts are in euro."""
    transfers = tuple(transfers)
    count, control_sum = str(len(transfers)), _amount(total(transfer.amount for transfer in transfers))
    root = ET.Element("Document", xmlns=NAMESPACE)
    message = ET.SubElement(root, "CstmrCdtTrfInitn")
    header = ET.SubElement(message, "GrpHdr")
    _text(header, "MsgId", message_id)
    _text(header, "CreDtTm", made_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _text(header, "NbOfTxs", count)
    _text(header, "CtrlSum", control_sum)
    _text(header, "InitgPty/Nm", epc(payer.name, longest=70) or UNKNOWN)
    batch = ET.SubElement(message, "PmtInf")
    _text(batch, "PmtInfId", message_id)
    _text(batch, "PmtMtd", "TRF")
    _text(batch, "NbOfTxs", count)
    _text(batch, "CtrlSum", control_sum)
    _text(batch, "PmtTpInf/SvcLvl/Cd", "SEPA")
    _text(batch, "ReqdExctnDt/Dt", execute_on.isoformat())
    _party(batch, "Dbtr", payer)
    _text(batch, "DbtrAcct/Id/IBAN", payer.iban)
    _agent(batch, "DbtrAgt", payer.bic)
    _text(batch, "ChrgBr", "SLEV")
    for transfer in transfers:
        _transfer(batch, transfer)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _transfer(batch: ET.Element, transfer: Transfer) -> None:
    node = ET.SubElement(batch, "CdtTrfTxInf")
    _text(node, "PmtId/EndToEndId", transfer.end_to_end_id)
    amount = ET.SubElement(ET.SubElement(node, "Amt"), "InstdAmt", Ccy="EUR")
    amount.text = _amount(transfer.amount)
    if transfer.payee.bic:
        _agent(node, "CdtrAgt", transfer.payee.bic)
    _party(node, "Cdtr", transfer.payee)
    _text(node, "CdtrAcct/Id/IBAN", transfer.payee.iban)
    _text(node, "RmtInf/Ustrd", epc(transfer.remittance, longest=140) or transfer.end_to_end_id)


def _party(parent: ET.Element, tag: str, account: Account) -> None:
    party = ET.SubElement(parent, tag)
    _text(party, "Nm", epc(account.name, longest=70) or UNKNOWN)
    address = ET.SubElement(party, "PstlAdr")
    for name, value, longest in (
        ("StrtNm", account.address.street, 70),
        ("BldgNb", account.address.building_number, 16),
        ("PstCd", account.address.postcode, 16),
        ("TwnNm", account.address.town, 35),
        ("Ctry", account.address.country, 2),
    ):
        if written := epc(value, longest=longest):
            _text(address, name, written)


def _agent(parent: ET.Element, tag: str, bic: str) -> None:
    if bic:
        _text(parent, f"{tag}/FinInstnId/BICFI", bic)
    else:
        _text(parent, f"{tag}/FinInstnId/Othr/Id", "NOTPROVIDED")


def _text(parent: ET.Element, path: str, text: str) -> None:
    """Add a chain of elements, the last with the text."""
    for tag in path.split("/"):
        parent = ET.SubElement(parent, tag)
    parent.text = text


def _amount(amount: Money) -> str:
    if amount.currency != "EUR" or amount.cents <= 0:
        raise ValueError(f"{amount} cannot be transferred by SEPA.")
    return f"{amount.decimal:.2f}"
