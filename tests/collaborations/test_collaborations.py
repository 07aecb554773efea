"""Who works with whom: recorded by a desk or by itself, once whatever led to what, seen by those whom it concerns."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.access.states import S
from landbridge.applications.models import Application
from landbridge.collaborations import actions, queries, rules
from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.states import Origin
from landbridge.collaborations.tasks import bring
from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.vouchers import actions as vouchers
from tests.cast import Cast
from tests.factories.access import AT, a_request
from tests.factories.collaborations import SAID, a_collaboration
from tests.factories.vouchers import a_voucher_in_use

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"collaborations:{name}", args=args)


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


class TestRules:
    def test_both_sides_are_known_differ_and_are_ours(self):
        def found(company: int | None, provider: int | None, *, ours: bool = True) -> list[str]:
            return codes(
                rules.problems_with_sides(company_id=company, provider_id=provider, is_within_reach=ours)
            )

        assert found(None, None) == ["company_unknown", "provider_unknown"]
        assert found(1, 1) == ["same_side"]
        assert found(1, 2, ours=False) == ["foreign_region"]
        assert found(1, 2) == []

    def test_it_has_a_title_and_has_begun(self):
        today = AT.date()
        later = today.replace(year=2027)
        assert codes(rules.problems_with_content(title="", since=later, today=today)) == [
            "no_title",
            "not_begun",
        ]
        assert codes(rules.problems_with_content(title="T", since=today, today=today)) == []
        assert rules.number_for(7, year=2026) == "C26-0007"


class TestByHand:
    def test_the_desk_of_one_side_records_it(self, cast: Cast):
        found = a_collaboration(cast, by=cast.actor("zealand_broker"))
        assert (found.number, found.origin) == (f"C26-{found.pk:04d}", Origin.OTHER)
        with pytest.raises(Refused, match="foreign_region"):
            a_collaboration(cast, by=cast.actor("liege_broker"))
        with pytest.raises(Refused, match="company_unknown"):
            a_collaboration(cast, company="Nobody Ltd")
        with pytest.raises(NotAllowed):
            a_collaboration(cast, by=cast.actor("danish_sme"))

    def test_more_is_said_later(self, cast: Cast):
        found = a_collaboration(cast)
        given: dict[str, Any] = {"title": "T", "text": "More.", "instrument": "", "at": AT}
        with pytest.raises(Collaboration.DoesNotExist):
            actions.describe(collaboration_id=found.pk, **given, by=cast.actor("liege_broker"))
        said = actions.describe(collaboration_id=found.pk, **given, by=cast.actor("stuttgart_broker"))
        assert said.text == "More."

    @pytest.mark.parametrize(
        ("changes", "message"),
        [({"origin": "dream"}, "a_collaboration_has_a_known_origin")],
    )
    def test_the_database_refuses_what_cannot_be(self, cast: Cast, changes: dict[str, Any], message: str):
        found = a_collaboration(cast)
        with pytest.raises(IntegrityError, match=message), transaction.atomic():
            Collaboration.objects.filter(pk=found.pk).update(**changes)
        with pytest.raises(IntegrityError, match="nobody_collaborates"), transaction.atomic():
            Collaboration.objects.filter(pk=found.pk).update(provider=found.company)


class TestByItself:
    def test_a_request_that_is_closed_becomes_one_once(self, cast: Cast):
        request = a_request(cast, S.CLOSED)
        a_request(cast, S.DELIVERED)
        for _ in range(2):
            bring.func()
        found = Collaboration.objects.get()
        assert (found.access_request, found.since, found.title) == (request, request.starts_on, request.title)
        assert list(queries.findings()) == []

    def test_a_voucher_that_is_closed_becomes_one(self, cast: Cast):
        voucher = a_voucher_in_use(cast)
        vouchers.close(voucher_id=voucher.pk, reason="Paid.", by=SYSTEM, at=AT)
        bring.func()
        found = Collaboration.objects.get()
        assert (found.origin, found.voucher, found.since) == (Origin.VOUCHER, voucher, voucher.granted_on)
        assert voucher.number in found.instrument

    def test_what_led_from_one_to_the_next_is_one_collaboration(self, cast: Cast):
        request, voucher = a_request(cast, S.CLOSED), a_voucher_in_use(cast)
        Application.objects.filter(pk=voucher.application_id).update(access_request=request)
        bring.func()
        vouchers.close(voucher_id=voucher.pk, reason="Paid.", by=SYSTEM, at=AT)
        bring.func()
        found = Collaboration.objects.get()
        assert (found.origin, found.access_request, found.voucher) == (Origin.ACCESS, request, voucher)
        assert list(queries.findings()) == []

    def test_other_sides_than_the_origins_are_found(self, cast: Cast):
        a_request(cast, S.CLOSED)
        bring.func()
        Collaboration.objects.update(company=cast.belgian_company)
        assert any("other sides than its request" in one for one in queries.findings())
        Collaboration.objects.update(access_request=None)
        assert any("names no request" in one for one in queries.findings())


class TestPages:
    def test_each_role_sees_its_own(self, cast: Cast):
        found = a_collaboration(cast)
        seen = {
            "danish_sme": 200, "german_provider": 200, "zealand_broker": 200, "stuttgart_broker": 200,
            "office": 200, "auditor": 200, "liege_broker": 404, "belgian_sme": 404, "belgian_provider": 404,
            "finance": 403, "investor": 403, "mallory": 403,
        }  # fmt: skip
        for name, status in seen.items():
            client = signed_in(getattr(cast, name))
            assert client.get(page("collaboration", found.pk)).status_code == status, name
            assert (found.number in client.get(page("collaborations")).content.decode()) == (status == 200), (
                name
            )

    def test_where_it_came_from_is_shown_to_those_who_may_see_it(self, cast: Cast):
        request = a_request(cast, S.CLOSED)
        bring.func()
        found = Collaboration.objects.get()
        assert request.number in signed_in(cast.danish_sme).get(found.get_absolute_url()).content.decode()
        assert queries.origins_of(found, actor=cast.actor("belgian_sme")) == []

    def test_a_desk_records_and_takes_the_table_away(self, cast: Cast):
        desk = signed_in(cast.zealand_broker)
        said = {**SAID, "company": "Nobody", "provider": cast.german_institute.name, "since": "2026-05-11"}
        answer = desk.post(page("new"), said)
        assert (answer.status_code, "They look for the marker" in answer.content.decode()) == (409, True)
        said |= {"company": cast.danish_company.name, "operation_key": str(uuid.uuid4())}
        assert desk.post(page("new"), said).status_code == 302
        table = b"".join(desk.get(page("export"))).decode()
        assert "Danish Company ApS" in table
        assert (
            desk.post(page("text", Collaboration.objects.get().pk), {"title": "New title"}).status_code == 302
        )
        assert "New title" in desk.get(page("collaborations")).content.decode()
        assert "Nothing matches" in desk.get(page("collaborations"), {"origin": "event"}).content.decode()

    def test_the_list_costs_the_same_for_any_number_of_rows(self, cast: Cast):
        client, counts = signed_in(cast.office), []
        for number in (1, 3):
            for _ in range(number):
                a_collaboration(cast)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page("collaborations")).status_code == 200
            counts.append(len(seen))
        assert counts[0] == counts[1] <= 12
        assert queries.how_many() == 4


def test_the_public_learns_how_many_and_nothing_else(cast: Cast):
    a_voucher_in_use(cast)
    a_collaboration(cast, title="A secret subject")
    text = Client().get(reverse("public:figures")).content.decode()
    assert "collaborations on record" in text
    assert "A secret subject" not in text
    assert Client().get(page("collaborations")).status_code == 302
