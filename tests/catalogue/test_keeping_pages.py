"""The pages for those who keep records: who sees what, what is typed stays, and each step by its button."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.catalogue import actions, queries
from landbridge.catalogue.models import Competence, OwnershipClaim, Record, Suggestion
from landbridge.catalogue.states import Claim, Kind, S, Term
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.catalogue import (
    PUBLISHED,
    a_competence,
    a_published_record,
    a_record,
    a_waiting_record,
    a_withdrawn_record,
)

pytestmark = pytest.mark.django_db
NOW = PUBLISHED + timedelta(days=1)
SERVICE = {
    "name": "Flow cytometry", "summary": "Cells counted and sorted.", "town": "Stuttgart", "country": "DE",
    "description": "We sort cells.", "competences": "Raman spectroscopy\noptical tweezers", "techniques": "FACS; MACS",
    "languages": ["de", "en"], "website": "https://example.org/cells", "latitude": "48,78", "longitude": "9.18",
    "contact_name": "Cora", "contact_email": "cora@example.org", "access_modes": ["ship_sample"], "inputs": "A tube",
    "lead_time_days": "12", "biosafety_level": "2",
    "prices_0_customer": "sme", "prices_0_amount_eur": "1,200.50", "prices_0_unit": "day",
    "certificates_0_scheme": "glp", "certificates_0_scope": "Cells", "certificates_0_expires_on": "2027-01-31",
    "identifiers_0_scheme": "rrid", "identifiers_0_value": "RRID:SCR_000001",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    cache.clear()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"catalogue:{name}", args=args)


def test_each_role_sees_what_it_keeps(cast: Cast):
    record = a_record(cast)
    seen = {
        "german_provider": 200, "stuttgart_broker": 200, "office": 200, "other_office": 200, "network_office": 200,
        "auditor": 200, "liege_broker": 404, "belgian_provider": 404, "danish_sme": 403, "finance": 403,
        "investor": 403, "assessor": 403, "mallory": 403,
    }  # fmt: skip
    for name, status in seen.items():
        client = signed_in(getattr(cast, name))
        assert client.get(page("kept", record.pk)).status_code == status, name
        listed = client.get(page("kept_records")).content.decode()
        assert (record.name in listed) == (status == 200), name
        if status == 403 or name == "auditor":
            assert client.get(page("writing", record.pk)).status_code == 403, name


def test_no_other_region_may_do_anything(cast: Cast):
    record = a_waiting_record(cast)
    client = signed_in(cast.liege_broker)
    for name in ("publication", "confirmation", "restoration", "submission"):
        assert client.post(page(name, record.pk)).status_code == 404, name
    for name in ("writing", "returning", "hiding", "withdrawal", "gate"):
        assert client.get(page(name, record.pk)).status_code == 404, name


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_has_its_form(cast: Cast, kind: str):
    a_record(cast, Kind.FACILITY)
    client = signed_in(cast.german_provider)
    text = client.get(page("writing_new", kind)).content.decode()
    assert ('name="access_modes"' in text) == (kind == Kind.SERVICE)
    assert ('name="maker"' in text) == (kind == Kind.EQUIPMENT)
    assert ('name="prices_0_unit"' in text) == (kind == Kind.SERVICE)
    assert ('name="parent"' in text) == (kind in (Kind.SERVICE, Kind.EQUIPMENT, Kind.EXPERT))


class TestWriting:
    def test_everything_is_kept(self, cast: Cast):
        a_competence()
        client = signed_in(cast.german_provider)
        answer = client.post(page("writing_new", "service"), SERVICE)
        record = Record.objects.get()
        assert answer["Location"] == page("kept", record.pk)
        values = queries.values_of(record)
        assert values["competences"] == ["raman"]
        assert values["techniques"] == ["FACS", "MACS"]
        assert (values["latitude"], values["lead_time_days"], values["biosafety_level"]) == (
            "48.78000",
            12,
            2,
        )
        assert values["prices"] == [
            {
                "customer": "sme",
                "amount_eur": "1200.50",
                "unit": "day",
                "note": "",
                "holds_until": "2026-11-06",
            }
        ]
        assert values["certificates"][0]["expires_on"] == "2027-01-31"
        assert values["identifiers"] == [{"scheme": "rrid", "value": "RRID:SCR_000001"}]
        assert Competence.objects.get(state=Term.PROPOSED).name == "optical tweezers"
        assert "optical tweezers" in client.get(page("kept", record.pk)).content.decode()

    def test_saving_what_stands_there_changes_nothing(self, cast: Cast):
        a_competence()
        client = signed_in(cast.german_provider)
        client.post(page("writing_new", "service"), SERVICE)
        record = Record.objects.get()
        client.post(
            page("writing", record.pk), {**SERVICE, "version": "1", "competences": "Raman spectroscopy"}
        )
        record.refresh_from_db()
        assert record.version == 1

    def test_the_form_shows_what_is_stored(self, cast: Cast):
        price = {"customer": "sme", "amount_eur": "10.50", "unit": "day", "holds_until": "2027-03-14"}
        record = a_record(cast, prices=[price], is_full_until="2026-11-23")
        text = signed_in(cast.german_provider).get(page("writing", record.pk)).content.decode()
        for shown in ('value="10.50"', 'value="14"', 'value="2027"', 'value="23"', 'value="2026"'):
            assert shown in text, shown
        assert "prices_1_customer" in text
        assert "prices_2_customer" not in text

    def test_bad_input_stands_beside_its_field_and_stays(self, cast: Cast):
        client = signed_in(cast.german_provider)
        wrong = {
            **SERVICE, "country": "ZZ", "latitude": "north", "lead_time_days": "9" * 30, "website": "not a site",
            "contact_email": "nobody", "prices_0_unit": "", "identifiers_1_value": "alone", "name": "",
            "competences": "\n".join(f"term {number}" for number in range(20)), "biosafety_level": "7",
            "languages": ["tlh"], "certificates_0_expires_on": "31.02.2027",
        }  # fmt: skip
        answer = client.post(page("writing_new", "service"), wrong)
        text = answer.content.decode()
        assert answer.status_code == 422
        for typed in ("north", "not a site", "nobody", "alone", "Cells", "term 19", "1,200.50"):
            assert typed in text, typed
        assert not Record.objects.exists()

    def test_the_rules_refuse_with_what_was_typed(self, cast: Cast):
        client = signed_in(cast.german_provider)
        twice = {**SERVICE, "prices_1_customer": "sme", "prices_1_amount_eur": "5", "prices_1_unit": "day"}
        for changes in (twice, {**SERVICE, "latitude": ""}):
            answer = client.post(page("writing_new", "service"), changes)
            assert answer.status_code == 409
            assert "We sort cells." in answer.content.decode()

    def test_the_same_form_twice_is_one_record(self, cast: Cast):
        client = signed_in(cast.german_provider)
        form = {**SERVICE, "operation_key": str(uuid.uuid4())}
        for _ in range(2):
            assert client.post(page("writing_new", "service"), form).status_code == 302
        assert Record.objects.count() == 1

    def test_two_people_who_write_at_once_lose_nothing(self, cast: Cast):
        record = a_record(cast)
        actions.edit(record_id=record.pk, version=1, values={"summary": "Theirs."}, by=SYSTEM, at=NOW)
        client = signed_in(cast.german_provider)
        same = {"name": record.name, "town": record.town, "country": record.country, "version": "1"}
        answer = client.post(page("writing", record.pk), {**same, "summary": "Mine."})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Theirs." in text
        assert "Mine." in text
        assert 'name="version" value="2"' in text
        client.post(page("writing", record.pk), {**same, "summary": "Both.", "version": "2"})
        record.refresh_from_db()
        assert record.summary == "Both."

    def test_elsewhere_nobody_writes(self, cast: Cast):
        client = signed_in(cast.german_provider)
        other = f"{page('writing_new', 'service')}?organisation={cast.belgian_institute.pk}"
        for address in (
            other,
            page("writing_new", "castle"),
            f"{page('writing_new', 'service')}?organisation=x",
        ):
            assert client.get(address).status_code == 404, address

    def test_the_beginning_leads_to_the_form(self, cast: Cast):
        client = signed_in(cast.stuttgart_broker)
        assert client.get(page("beginning")).status_code == 200
        answer = client.get(
            page("beginning"), {"kind": "expert", "organisation": str(cast.german_institute.pk)}
        )
        assert answer["Location"].startswith(page("writing_new", "expert"))
        assert client.get(page("beginning"), {"kind": "expert", "organisation": "x"}).status_code == 422


class TestMoves:
    def test_from_draft_to_published(self, cast: Cast):
        record = a_record(cast)
        writer, broker = signed_in(cast.german_provider), signed_in(cast.stuttgart_broker)
        assert writer.post(page("submission", record.pk)).status_code == 302
        assert "Publish" in broker.get(page("gate", record.pk)).content.decode()
        assert broker.post(page("publication", record.pk)).status_code == 302
        record.refresh_from_db()
        assert record.is_public
        assert broker.post(page("publication", record.pk)).status_code == 409

    def test_what_is_missing_is_named(self, cast: Cast):
        record = a_record(cast, summary="", contact_email="")
        writer, broker = signed_in(cast.german_provider), signed_in(cast.stuttgart_broker)
        answer = writer.post(page("submission", record.pk))
        assert answer.status_code == 409
        assert "The summary is missing" in answer.content.decode()
        text = broker.get(page("gate", record.pk)).content.decode()
        assert "The summary is missing" in text
        assert "Nobody is named" in text
        assert broker.post(page("publication", record.pk)).status_code == 409

    def test_returned_with_a_word(self, cast: Cast):
        record = a_waiting_record(cast)
        client = signed_in(cast.stuttgart_broker)
        assert client.post(page("returning", record.pk), {"reason": ""}).status_code == 422
        assert client.post(page("returning", record.pk), {"reason": "Which laser?"}).status_code == 302
        assert "Which laser?" in Letter.objects.get(template="catalogue/returned").body

    def test_hidden_confirmed_withdrawn_and_brought_back(self, cast: Cast):
        record = a_published_record(cast)
        broker, writer = signed_in(cast.stuttgart_broker), signed_in(cast.german_provider)
        broker.post(page("hiding", record.pk), {"reason": "It moved."})
        record.refresh_from_db()
        assert record.state == S.HIDDEN
        assert "Confirm it" in writer.get(page("kept", record.pk)).content.decode()
        writer.post(page("confirmation", record.pk))
        record.refresh_from_db()
        assert record.state == S.PUBLISHED
        assert (
            writer.post(page("withdrawal", record.pk), {"reason": "x", "successor": "999"}).status_code == 422
        )
        writer.post(page("withdrawal", record.pk), {"reason": "Sold."})
        assert writer.post(page("confirmation", record.pk)).status_code == 409
        assert writer.get(page("kept", record.pk)).status_code == 200
        broker.post(page("restoration", record.pk))
        record.refresh_from_db()
        assert record.state == S.DRAFT

    def test_prices_are_confirmed_for_six_months(self, cast: Cast):
        price = {"customer": "sme", "amount_eur": "10", "unit": "day", "holds_until": "2026-05-05"}
        record = a_published_record(cast, prices=[price])
        client = signed_in(cast.german_provider)
        assert "has passed the day" in client.get(page("kept", record.pk)).content.decode()
        client.post(page("confirmation", record.pk), {"what": "prices"})
        assert record.prices.get().holds_until.isoformat() == "2026-11-06"

    def test_the_withdrawn_points_to_its_successor(self, cast: Cast):
        successor = a_published_record(cast, name="The new one")
        record = a_withdrawn_record(cast, successor=successor)
        text = signed_in(cast.german_provider).get(page("kept", record.pk)).content.decode()
        assert successor.get_absolute_url() in text


def links_of(letter: Letter) -> list[str]:
    return re.findall(r"http://[^/\s]+(/\S+)", letter.body)


class TestOneClick:
    def letter(self, cast: Cast, **changes: Any) -> tuple[Record, Letter]:
        record = a_published_record(cast, published_at=NOW - timedelta(days=360), **changes)
        actions.remind(record_id=record.pk, at=NOW)
        return record, Letter.objects.get(template="catalogue/still_right")

    def test_three_links_work_without_an_account(self, cast: Cast):
        record, letter = self.letter(cast)
        still_right, edit, not_mine = links_of(letter)[:3]
        client = Client()
        due_on = record.due_on
        assert "still right" in client.get(still_right).content.decode()
        record.refresh_from_db()
        assert record.due_on == due_on  # opening changes nothing: mail programs open links
        assert client.post(still_right).status_code == 302
        record.refresh_from_db()
        assert record.due_on.isoformat() == "2027-05-06"
        assert "Confirmed today" in client.get(still_right).content.decode()
        assert client.get(edit).status_code == 302  # to sign in
        assert client.get(not_mine).status_code == 200
        assert client.post(not_mine, follow=True).status_code == 200
        record.refresh_from_db()
        assert (record.contact_name, record.contact_email) == ("", "")
        assert (
            Letter.objects.get(template="catalogue/not_mine").recipient_email == cast.stuttgart_broker.email
        )
        assert client.get(still_right).status_code == 404  # no longer the contact

    def test_forged_and_foreign_links_lead_nowhere(self, cast: Cast):
        _, letter = self.letter(cast)
        still_right = links_of(letter)[0]
        token = still_right.rstrip("/").rpartition("/")[2]
        client = Client()
        for address in (page("still_right", token + "x"), page("consent", token), page("not_mine", "a:b:c")):
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404

    def test_an_expert_decides_alone(self, cast: Cast):
        record = actions.publish(record_id=a_record(cast, Kind.EXPERT).pk, by=SYSTEM, at=NOW)
        assert not Record.objects.public().exists()
        letter = Letter.objects.get(template="catalogue/consent")
        assert letter.recipient_email == "erika@german-institute.example.org"
        address, client = links_of(letter)[0], Client()
        assert "Statistics of small trials" in client.get(address).content.decode()
        assert not Record.objects.public().exists()
        client.post(address, {"answer": "yes"})
        assert Record.objects.public().get() == record
        client.post(address, {"answer": "no"})
        assert not Record.objects.public().exists()
        record.refresh_from_db()
        assert record.state == S.WITHDRAWN

    def test_an_expert_who_is_renamed_is_asked_again(self, cast: Cast):
        record = a_published_record(cast, Kind.EXPERT)
        actions.edit(record_id=record.pk, values={"name": "Emil Expert"}, by=SYSTEM, at=NOW)
        assert not Record.objects.public().exists()


class TestSuggestions:
    def test_anyone_suggests_and_the_keeper_decides(self, cast: Cast):
        record = a_published_record(cast)
        form = {"name": "Raman maps", "summary": record.summary, "town": record.town, "remark": "New name."}
        answer = Client().post(page("suggestion", record.pk), form)
        assert answer.status_code == 302
        suggestion = Suggestion.objects.get()
        keeper = signed_in(cast.german_provider)
        assert "Raman maps" in keeper.get(page("kept", record.pk)).content.decode()
        address = page("suggestion_acceptance", suggestion.pk)
        assert signed_in(cast.belgian_provider).post(address).status_code == 404
        assert keeper.post(address).status_code == 302
        record.refresh_from_db()
        assert record.name == "Raman maps"
        assert keeper.post(page("suggestion_refusal", suggestion.pk), {"reason": "No."}).status_code == 409
        assert keeper.post(page("suggestion_acceptance", 999)).status_code == 404

    def test_too_many_from_one_address_are_stopped(self, cast: Cast):
        record = a_published_record(cast)
        client = Client()
        statuses = [client.post(page("suggestion", record.pk), {"name": ""}).status_code for _ in range(11)]
        assert statuses == [422] * 10 + [429]

    def test_only_public_records_take_suggestions(self, cast: Cast):
        assert Client().get(page("suggestion", a_record(cast).pk)).status_code == 404


class TestClaims:
    def test_by_code(self, cast: Cast):
        a_published_record(cast)
        client = signed_in(cast.mallory)
        assert client.get(page("claiming", cast.belgian_institute.pk)).status_code == 404
        answer = client.post(page("claiming", cast.german_institute.pk), {"way": "code"})
        claim = OwnershipClaim.objects.get()
        assert answer["Location"] == page("claim", claim.pk)
        answer = client.post(page("claim", claim.pk), {"code": "AAAA AAAA"})
        assert answer.status_code == 422
        assert "Tries left: 4" in answer.content.decode()
        for _ in range(4):
            answer = client.post(page("claim", claim.pk), {"code": "AAAA AAAA"})
        assert "closed" in client.get(page("claim", claim.pk)).content.decode()
        assert OwnershipClaim.objects.get().state == Claim.REFUSED
        assert signed_in(cast.danish_sme).get(page("claim", claim.pk)).status_code == 404

    def test_by_the_broker(self, cast: Cast):
        a_published_record(cast)
        signed_in(cast.mallory).post(
            page("claiming", cast.german_institute.pk), {"way": "broker", "remark": "PI"}
        )
        claim = OwnershipClaim.objects.get()
        broker = signed_in(cast.stuttgart_broker)
        assert cast.mallory.name in broker.get(page("claims")).content.decode()
        assert cast.mallory.name not in signed_in(cast.liege_broker).get(page("claims")).content.decode()
        assert broker.get(page("claim_refusal", claim.pk)).status_code == 200
        assert broker.post(page("claim_acceptance", claim.pk)).status_code == 302
        claim.refresh_from_db()
        assert claim.state == Claim.PROVED
        assert signed_in(cast.mallory).get(page("claim", claim.pk)).status_code == 200

    def test_a_refused_way_stands_beside_the_form(self, cast: Cast):
        a_published_record(cast)
        client = signed_in(cast.mallory)
        assert client.post(page("claiming", cast.german_institute.pk), {"way": "domain"}).status_code == 409
        assert client.post(page("claiming", cast.german_institute.pk), {}).status_code == 422


class TestTerms:
    @pytest.mark.parametrize(
        ("form", "state"),
        [
            (
                {"decision": "accept", "name": "Optical tweezers", "other": "raman spectroscopy"},
                Term.ACCEPTED,
            ),
            ({"decision": "merge", "other": "Raman spectroscopy"}, Term.MERGED),
            ({"decision": "refuse"}, Term.REFUSED),
        ],
    )
    def test_the_office_decides(self, cast: Cast, form: dict[str, str], state: str):
        a_competence()
        term = actions.vocabulary.propose(name="Tweezers", by=cast.actor("german_provider"), at=NOW)
        client = signed_in(cast.office)
        assert "Tweezers" in client.get(page("terms")).content.decode()
        assert signed_in(cast.german_provider).get(page("term", term.pk)).status_code == 403
        assert client.post(page("term", term.pk), {"decision": "merge", "other": "magic"}).status_code == 409
        assert client.post(page("term", term.pk), {"decision": "merge"}).status_code == 409
        assert client.post(page("term", term.pk), form).status_code == 302
        term.refresh_from_db()
        assert term.state == state

    def test_everyone_reads_the_list(self, cast: Cast):
        a_competence()
        assert "Raman spectroscopy" in Client().get(page("terms")).content.decode()


@pytest.mark.parametrize(
    "filters", [{"state": "x"}, {"kind": "\x00"}, {"freshness": "old"}, {"text": "%" * 99}]
)
def test_filters_take_anything(cast: Cast, filters: dict[str, str]):
    a_record(cast)
    assert signed_in(cast.german_provider).get(page("kept_records"), filters).status_code == 200


def test_filters_show_the_same_as_the_rule(cast: Cast):
    for days, freshness in ((10, "fresh"), (350, "due"), (400, "overdue")):
        a_published_record(cast, name=f"It is {freshness}", published_at=NOW - timedelta(days=days))
    client = signed_in(cast.german_provider)
    for freshness in ("fresh", "due", "overdue"):
        text = client.get(page("kept_records"), {"freshness": freshness}).content.decode()
        assert re.findall(r"It is (\w+)", text) == [freshness]


def test_a_longer_list_asks_no_more(cast: Cast):
    client = signed_in(cast.german_provider)
    counts = []
    for number in (1, 3):
        while Record.objects.count() < number:
            a_published_record(cast, name=f"Record {Record.objects.count()}")
        client.get(page("kept_records"))
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            client.get(page("kept_records"))
        counts.append(len(queries_made))
    assert counts[0] == counts[1]
