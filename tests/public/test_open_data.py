"""Open data: what leaves the house, in which format; that what is not public is in none of them."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from landbridge.catalogue import actions, uniquip
from landbridge.catalogue.models import Record
from landbridge.catalogue.open_data.oai import DC, OAI
from landbridge.catalogue.states import Kind
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.catalogue import a_published_record, a_record, a_withdrawn_record

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def oai(**query: str) -> ET.Element:
    response = Client().get("/open-data/oai-pmh", query)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/xml")
    return ET.fromstring(response.content)


def code_of(answer: ET.Element) -> str:
    found = answer.find(f"{{{OAI}}}error")
    return "" if found is None else found.attrib["code"]


def numbers(answer: ET.Element) -> list[int]:
    return [int(found.text.rpartition(":")[2]) for found in answer.iter(f"{{{OAI}}}identifier") if found.text]


def test_every_way_of_open_data_gives_public_records_and_never_their_contact(cast: Cast):
    shown = a_published_record(
        cast, Kind.EQUIPMENT, name="Public microscope", contact_email="secret@x.example.org"
    )
    a_record(cast, Kind.EQUIPMENT, name="Draft microscope")
    for address in (
        "/open-data/directory.jsonl", "/open-data/uniquip.csv", "/api/v1/records",
        "/open-data/oai-pmh?verb=ListRecords&metadataPrefix=oai_dc",
    ):  # fmt: skip
        response: Any = Client().get(address)
        body = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        assert shown.name in body, address
        assert "Draft microscope" not in body, address
        assert "secret@" not in body, address


def test_a_record_of_each_kind_is_a_document_of_its_type(cast: Cast):
    for kind in Kind:
        a_published_record(cast, kind)
    response: Any = Client().get("/open-data/directory.jsonl")
    documents = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
    assert {one["@type"] for one in documents} == {
        "ResearchOrganization", "Organization", "Service", "Product", "Person",
    }  # fmt: skip
    assert all(one["@id"].endswith(f"/catalogue/{one['@id'].split('/')[-2]}/") for one in documents)


def test_uniquip_has_the_columns_of_the_specification_and_no_people(cast: Cast):
    record = a_published_record(cast, Kind.FACILITY, name="=Imaging", contact_name="Ruth Raman")
    response: Any = Client().get("/open-data/uniquip.csv")
    header, *rows = csv.reader(io.StringIO(b"".join(response.streaming_content).decode()))
    assert tuple(header) == uniquip.COLUMNS
    row = dict(zip(header, rows[0], strict=True))
    assert (row[uniquip.ID], row[uniquip.NAME], row[uniquip.TYPE]) == (
        str(record.pk),
        "'=Imaging",
        "facility",
    )
    assert not any(row[column] for column in uniquip.ABOUT_PEOPLE)


def test_the_description_for_portals_has_what_dcat_ap_demands(cast: Cast):
    a_published_record(cast)
    described = Client().get("/open-data/catalogue.jsonld").json()
    assert {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"} <= set(described)
    (dataset,) = described["dcat:dataset"]
    assert {"dct:title", "dct:description", "dct:modified", "dcat:contactPoint"} <= set(dataset)
    assert all("dcat:accessURL" in way and "dct:license" in way for way in dataset["dcat:distribution"])
    assert len(dataset["dcat:distribution"]) == 4


def test_the_page_and_the_sitemap_name_the_records(cast: Cast):
    record = a_published_record(cast)
    assert "1 record of the directory" in Client().get("/open-data/").content.decode()
    assert f"/catalogue/{record.pk}/" in Client().get("/sitemap-directory-1.xml").content.decode()


# ── OAI-PMH ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_oai_names_itself_its_format_and_its_sets(cast: Cast):
    assert oai(verb="Identify").findtext(f".//{{{OAI}}}deletedRecord") == "persistent"
    assert oai(verb="ListMetadataFormats").findtext(f".//{{{OAI}}}metadataPrefix") == "oai_dc"
    assert {one.text for one in oai(verb="ListSets").iter(f"{{{OAI}}}setSpec")} == set(Kind)


def test_oai_tells_of_a_withdrawn_record_that_it_is_gone(cast: Cast):
    gone = a_withdrawn_record(cast)
    (header,) = oai(verb="ListIdentifiers", metadataPrefix="oai_dc").iter(f"{{{OAI}}}header")
    assert header.attrib == {"status": "deleted"}
    assert (
        oai(verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:localhost:{gone.pk}").find(
            f".//{{{DC}}}title"
        )
        is None
    )


def test_oai_lists_each_record_once_however_it_is_cut(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("landbridge.public.views.oai.PORTION", 2)
    records = [a_published_record(cast, name=f"Service {number}") for number in range(5)]
    found: list[int] = []
    answer = oai(verb="ListRecords", metadataPrefix="oai_dc", set="service")
    for _ in range(3):
        found += numbers(answer)
        token = answer.findtext(f".//{{{OAI}}}resumptionToken")
        if not token:
            break
        answer = oai(verb="ListRecords", resumptionToken=token)
    assert found == [record.pk for record in records]
    assert (
        answer.find(f".//{{{OAI}}}resumptionToken") is not None
    )  # the last portion ends the list by an empty one


def test_oai_gives_what_changed_between_two_moments(cast: Cast):
    early, late = a_published_record(cast, name="Early"), a_published_record(cast, name="Late")
    Record.objects.filter(pk=late.pk).update(changed_at=LATER)
    since = oai(verb="ListIdentifiers", metadataPrefix="oai_dc", **{"from": "2026-06-01"})
    until = oai(verb="ListIdentifiers", metadataPrefix="oai_dc", until="2026-05-31")
    assert (numbers(since), numbers(until)) == ([late.pk], [early.pk])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Delete"}, "badVerb"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "Identify", "set": "service"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-99-99"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-01", "until": "2026-01-01"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-01", "until": "2026-03-01T00:00:00Z"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "cats"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "%%%"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "e30="}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:1"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "elsewhere"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:localhost:99999999999999999999"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "a\x00b"}, "badArgument"),
    ],
)  # fmt: skip
def test_oai_says_by_its_codes_what_is_wrong(query: dict[str, str], code: str):
    assert code_of(oai(**query)) == code


def test_oai_asks_the_same_number_of_queries_for_one_record_and_for_three(cast: Cast):
    counts = []
    for name in ("one", "two", "three"):
        a_published_record(cast, name=name)
        with CaptureQueriesContext(connection) as queries:
            oai(verb="ListRecords", metadataPrefix="oai_dc")
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_successor_is_named_only_while_it_is_public(cast: Cast):
    successor = a_published_record(cast, name="The new service")
    gone = a_withdrawn_record(cast, successor=successor)
    response = Client().get(f"/api/v1/records/{gone.pk}")
    assert response.status_code == 410
    assert f"/catalogue/{successor.pk}/" in response.json()["detail"]
    actions.hide(
        record_id=successor.pk, reason="Nobody confirmed it.", by=SYSTEM, at=LATER + timedelta(days=1)
    )
    assert "/catalogue/" not in Client().get(f"/api/v1/records/{gone.pk}").json()["detail"]
