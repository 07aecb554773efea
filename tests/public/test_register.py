"""The register in 360Giving and CommonGrants: valid against the published schemas, and silent about sole traders."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from python_calamine import CalamineWorkbook
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.public.register import awards
from landbridge.public.register.uuids import HIGHEST, pk_of, uuid_of
from landbridge.vouchers import actions
from tests.factories.applications import an_open_call
from tests.factories.vouchers import ACCEPTED, a_voucher

pytestmark = pytest.mark.django_db
SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "schemas"
needs_schemas = pytest.mark.skipif(
    not SCHEMAS.exists(), reason="The public schemas are not beside the project."
)
GIVING = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/{}/schema/360-giving-schema.json"
DATES = ("awardDate", "startDate", "endDate", "date", "issued", "modified")


def giving_validator():
    folder = SCHEMAS / "360giving"
    grant = DRAFT202012.create_resource(json.loads((folder / "360-giving-schema.json").read_text()))
    registry = Registry().with_resources([(GIVING.format(version), grant) for version in ("1.4.2", "1.4.3")])
    package = json.loads((folder / "360-giving-package-schema.json").read_text())
    return Draft202012Validator(package, registry=registry, format_checker=FormatChecker())


def common_grants_validator(name):
    files = {
        path.name: yaml.safe_load(path.read_text()) for path in (SCHEMAS / "commongrants" / "yaml").iterdir()
    }
    registry = Registry().with_resources(
        [(key, DRAFT202012.create_resource(one)) for key, one in files.items()]
    )
    return Draft202012Validator(files[name], registry=registry, format_checker=FormatChecker())


def real_dates(found):
    """Every date in the document, read by a calendar that knows how long February is."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key in DATES and isinstance(value, str):
                yield dt.datetime.fromisoformat(value)
            else:
                yield from real_dates(value)
    elif isinstance(found, list):
        for one in found:
            yield from real_dates(one)


def giving(client):
    return json.loads(b"".join(client.get("/awards/360giving.json")))


@needs_schemas
def test_the_package_is_valid_360giving(client, cast):
    voucher = a_voucher(cast)
    package = giving(client)
    assert sorted(error.message for error in giving_validator().iter_errors(package)) == []
    assert list(real_dates(package))
    (grant,) = package["grants"]
    assert grant["id"].endswith(voucher.number)
    assert grant["amountAwarded"] == 6000
    assert grant["recipientOrganization"][0]["name"] == "Danish Company ApS"


@needs_schemas
def test_the_validator_refuses_what_is_wrong(client, cast):
    a_voucher(cast)
    package = giving(client)
    package["grants"][0]["currency"] = "Euro"
    assert list(giving_validator().iter_errors(package))
    award = client.get("/common-grants/awards").json()["items"][0]
    assert list(common_grants_validator("AwardBase.yaml").iter_errors({**award, "status": {"value": "gone"}}))


@needs_schemas
def test_awards_and_calls_are_valid_common_grants(client, cast):
    a_voucher(cast)
    an_open_call(cast.phase, number=9)
    for address, schema in (("awards", "AwardBase.yaml"), ("opportunities", "OpportunityBase.yaml")):
        page = client.get(f"/common-grants/{address}").json()
        assert page["paginationInfo"]["totalItems"] == len(page["items"]) > 0
        assert list(common_grants_validator("Paginated.yaml").iter_errors(page)) == []
        for item in page["items"]:
            assert [error.message for error in common_grants_validator(schema).iter_errors(item)] == []
            assert list(real_dates(item))
            assert client.get(f"/common-grants/{address}/{item['id']}").json()["data"] == item


@needs_schemas
def test_a_sole_trader_stays_unnamed_and_the_files_stay_valid(client, cast):
    cast.danish_company.is_sole_trader = True
    cast.danish_company.name, cast.danish_company.town = "Dagny Danish in person", "Dagnyville"
    cast.danish_company.save()
    cast.danish_company.company_numbers.create(scheme="CVR", number="13585628")
    a_voucher(cast)
    package, page = giving(client), client.get("/common-grants/awards").json()
    for text in (json.dumps(package), json.dumps(page)):
        assert "Dagny" not in text
        assert "13585628" not in text
    assert list(giving_validator().iter_errors(package)) == []
    assert list(common_grants_validator("AwardBase.yaml").iter_errors(page["items"][0])) == []
    assert "recipientOrganizations" not in page["items"][0]


def test_a_declined_award_is_in_none_of_the_files(client, cast):
    voucher = a_voucher(cast)
    actions.decline(voucher_id=voucher.pk, reason="Not needed any more.", by=SYSTEM, at=ACCEPTED)
    assert client.get("/awards/360giving.json").status_code == 404
    assert client.get("/common-grants/awards").json()["items"] == []
    assert voucher.number.encode() not in client.get("/awards/export.xlsx").getvalue()


def test_the_spreadsheet_holds_the_register(client, cast):
    voucher = a_voucher(cast)
    response = client.get("/awards/export.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
    assert rows[1][0] == voucher.number
    assert rows[1][rows[0].index("amount_eur")] == 6000


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "pageSize=0", "pageSize=99999", "page=" + "9" * 30, "page=²"]
)
def test_a_page_that_is_none_is_refused_in_the_standards_words(client, cast, query):
    for address in ("awards", "opportunities"):
        response = client.get(f"/common-grants/{address}?{query}")
        assert (response.status_code, response.json()["status"]) == (400, 400)


def test_another_kinds_uuid_is_not_found(client, cast):
    voucher = a_voucher(cast)
    assert client.get(f"/common-grants/awards/{uuid_of('opportunity', voucher.pk)}").status_code == 404
    assert client.get(f"/common-grants/awards/{uuid_of('award', voucher.pk)}").status_code == 200
    assert client.get("/common-grants/awards/00000000-0000-0000-0000-000000000000").status_code == 404


@pytest.mark.parametrize("pk", [1, 7, 2**31, HIGHEST])
def test_a_uuid_leads_back_to_its_row(pk):
    assert pk_of("award", uuid_of("award", pk)) == pk
    assert uuid_of("award", pk).version == 8
    assert pk_of("award", uuid_of("opportunity", pk)) is None


def test_every_award_is_in_the_package_once_across_portions(client, cast, monkeypatch):
    monkeypatch.setattr(awards, "PORTION", 1)
    a_voucher(cast)
    numbers = [grant["id"] for grant in giving(client)["grants"]]
    assert len(numbers) == len(set(numbers)) == awards.count()
