"""The answers of OAI-PMH 2.0 (openarchives.org/OAI/openarchivesprotocol.html) as XML, with Dublin Core records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from landbridge.catalogue.queries.open_data import Gone, Published
from landbridge.catalogue.states import KIND_NAMES, Kind

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PREFIX = "oai_dc"
for _prefix, _space in (("", OAI), ("oai_dc", OAI_DC), ("dc", DC), ("xsi", XSI)):
    ET.register_namespace(_prefix, _space)


class OaiError(Exception):
    """A request that the protocol answers with one of its error codes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def moment(value: datetime) -> str:
    """A moment in UTC to the second: the granularity of this repository."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def identifier(record_id: int, *, host: str) -> str:
    """The name of a record within OAI-PMH."""
    return f"oai:{host}:{record_id}"


def answer(*, at: datetime, base: str, request: Mapping[str, str], parts: Iterable[ET.Element]) -> bytes:
    """The envelope around what a verb, or an error, has to say."""
    root = ET.Element(_oai("OAI-PMH"), {f"{{{XSI}}}schemaLocation": f"{OAI} {OAI}OAI-PMH.xsd"})
    ET.SubElement(root, _oai("responseDate")).text = moment(at)
    ET.SubElement(root, _oai("request"), dict(request)).text = base
    root.extend(parts)
    found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def error(problem: OaiError) -> ET.Element:
    """What was wrong with the request, by the protocol's own code."""
    found = ET.Element(_oai("error"), {"code": problem.code})
    found.text = str(problem)
    return found


def identify(*, name: str, base: str, email: str, earliest: datetime) -> ET.Element:
    """Who this repository is, and how it keeps its records."""
    found = ET.Element(_oai("Identify"))
    for tag, text in (
        ("repositoryName", name),
        ("baseURL", base),
        ("protocolVersion", "2.0"),
        ("adminEmail", email),
        ("earliestDatestamp", moment(earliest)),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        ET.SubElement(found, _oai(tag)).text = text
    return found


def formats() -> ET.Element:
    """The one format: Dublin Core without refinements."""
    found = ET.Element(_oai("ListMetadataFormats"))
    only = ET.SubElement(found, _oai("metadataFormat"))
    ET.SubElement(only, _oai("metadataPrefix")).text = PREFIX
    ET.SubElement(only, _oai("schema")).text = OAI_DC.removesuffix("/") + ".xsd"
    ET.SubElement(only, _oai("metadataNamespace")).text = OAI_DC
    return found


def sets() -> ET.Element:
    """One set for each kind of record."""
    found = ET.Element(_oai("ListSets"))
    for kind in Kind:
        one = ET.SubElement(found, _oai("set"))
        ET.SubElement(one, _oai("setSpec")).text = kind.value
        ET.SubElement(one, _oai("setName")).text = KIND_NAMES[kind]
    return found


def listing(
    verb: str, rows: Iterable[tuple[Published | Gone, str]], *, host: str, token: str | None
) -> ET.Element:
    """A portion of records or of their headers; `token` continues it, "" ends a list that was continued."""
    found = ET.Element(_oai(verb))
    for row, kind in rows:
        found.append(
            header(row, kind, host=host) if verb == "ListIdentifiers" else record(row, kind, host=host)
        )
    if token is not None:
        ET.SubElement(found, _oai("resumptionToken")).text = token
    return found


def header(row: Published | Gone, kind: str, *, host: str) -> ET.Element:
    """A record's name, when it last changed, and whether it is gone."""
    found = ET.Element(_oai("header"), {"status": "deleted"} if isinstance(row, Gone) else {})
    ET.SubElement(found, _oai("identifier")).text = identifier(row.id, host=host)
    ET.SubElement(found, _oai("datestamp")).text = moment(row.changed_at)
    ET.SubElement(found, _oai("setSpec")).text = kind
    return found


def record(row: Published | Gone, kind: str, *, host: str) -> ET.Element:
    """A record with its header; one that is gone is the header alone."""
    found = ET.Element(_oai("record"))
    found.append(header(row, kind, host=host))
    if isinstance(row, Published):
        ET.SubElement(found, _oai("metadata")).append(_dublin_core(row))
    return found


def _dublin_core(row: Published) -> ET.Element:
    found = ET.Element(
        f"{{{OAI_DC}}}dc", {f"{{{XSI}}}schemaLocation": f"{OAI_DC} {OAI_DC.removesuffix('/')}.xsd"}
    )
    topics = [name for _, name in row.competences] + list(row.techniques)
    for tag, texts in (
        ("title", [row.name]),
        ("creator", [row.organisation]),
        ("subject", topics),
        ("description", [row.description or row.summary]),
        ("type", [KIND_NAMES[Kind(row.kind)]]),
        ("date", [row.confirmed_on.isoformat()]),
        ("identifier", [row.address, *(f"{scheme}:{value}" for scheme, value in row.identifiers)]),
        ("language", list(row.languages)),
        ("coverage", [", ".join(part for part in (row.town, row.country) if part)]),
        ("source", [name for name, _ in row.sources]),
    ):
        for text in filter(None, texts):
            ET.SubElement(found, f"{{{DC}}}{tag}").text = _printable(text)
    return found


def _printable(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))


def _oai(tag: str) -> str:
    return f"{{{OAI}}}{tag}"
