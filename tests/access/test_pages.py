"""The pages of access: each role's view, the way of a request through them, bad input, and lists of one cost."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.access import actions
from landbridge.access.models import Complaint, Request, RuleSet, Slot
from landbridge.access.states import S
from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.access import ASKED, AT, PDF, a_draft, a_request, a_slot, signed, the_offer, the_rules

pytestmark = pytest.mark.django_db
HUGE = 2**70
TEXT = {
    "version": "2", "title": "Maps of tissue", "purpose": "To see it.", "access_mode": "physical",
    "wanted_until": "2026-09-30",
}  # fmt: skip


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
    return reverse(f"access:{name}", args=args)


def post(client: Client, name: str, *args: object, **fields: object) -> Any:
    return client.post(page(name, *args), {"operation_key": str(uuid.uuid4()), **fields})


def test_each_role_sees_its_own(cast: Cast):
    request = a_request(cast)
    seen = {
        "danish_sme": 200, "german_provider": 200, "office": 200, "auditor": 200, "zealand_broker": 200,
        "stuttgart_broker": 200, "liege_broker": 404, "belgian_sme": 404, "belgian_provider": 404,
        "other_office": 200, "finance": 403, "investor": 403, "mallory": 403,
    }  # fmt: skip
    for name, status in seen.items():
        client = signed_in(getattr(cast, name))
        assert client.get(page("request", request.pk)).status_code == status, name
        assert (request.title in client.get(page("requests")).content.decode()) == (status == 200), name


def test_a_draft_is_the_companys_and_its_desks(cast: Cast):
    draft = a_draft(cast)
    for name, status in {"danish_sme": 200, "zealand_broker": 200, "german_provider": 404}.items():
        assert signed_in(getattr(cast, name)).get(page("request", draft.pk)).status_code == status, name


def test_the_whole_way_through_the_pages(cast: Cast):
    the_rules()
    company, desk, provider = (
        signed_in(cast.danish_sme),
        signed_in(cast.zealand_broker),
        signed_in(cast.german_provider),
    )
    offer = the_offer(cast)
    new = f"{page('new')}?record={offer.pk}"
    assert offer.name in company.get(new).content.decode()
    assert company.post(new, {"operation_key": str(uuid.uuid4())}).status_code == 302
    request = Request.objects.get()
    assert "The title is missing" in company.get(page("request", request.pk)).content.decode()
    assert post(company, "submission", request.pk).status_code == 409
    assert post(company, "text", request.pk, **{**TEXT, "version": "1"}).status_code == 302
    assert post(company, "submission", request.pk).status_code == 302
    assert "Find it eligible" in desk.get(page("request", request.pk)).content.decode()
    assert post(desk, "eligibility", request.pk).status_code == 302
    assert post(provider, "feasibility", request.pk, feasibility="with_changes").status_code == 409
    answer = {"feasibility": "with_changes", "changes": "Six maps."}
    assert post(provider, "feasibility", request.pk, **answer).status_code == 302
    quote = {"amount_eur": "4,200", "text": "Maps.", "holds_until": "2026-06-30"}
    assert post(provider, "quote", request.pk, **quote).status_code == 409
    assert "Sign the common rules" in provider.get(page("request", request.pk)).content.decode()
    rules = request.rule_set_id
    assert post(provider, "signature", rules, agreed="on", deviations="Not on Sundays.").status_code == 302
    assert "Not on Sundays" in Client().get(page("rule_set", rules)).content.decode()
    assert post(provider, "quote", request.pk, **quote).status_code == 302
    slot = {"starts_at": "2026-06-09 09:00", "ends_at": "2026-06-09 12:00"}
    assert post(provider, "slots", offer.pk, **slot).status_code == 302
    assert post(provider, "slots", offer.pk, **slot).status_code == 409
    held = Slot.objects.get()
    assert "Hold this slot" in company.get(page("request", request.pk)).content.decode()
    assert post(company, "holding", request.pk, held.pk).status_code == 302
    assert post(company, "acceptance", request.pk, request.quotes.get().pk).status_code == 302
    days = {"starts_on": "2026-06-09", "ends_on": "2026-06-10"}
    contract = SimpleUploadedFile("contract.pdf", PDF, content_type="application/pdf")
    assert post(provider, "agreement", request.pk, **days, contract=contract).status_code == 302
    for name in ("beginning", "delivery"):
        assert post(provider, name, request.pk).status_code == 302
    assert b"".join(company.get(page("contract", request.pk))) == PDF
    assert post(company, "closing", request.pk).status_code == 409
    assert post(company, "feedback", request.pk, rating="5", text="Fast.").status_code == 302
    assert "Fast." not in provider.get(page("request", request.pk)).content.decode()
    assert post(provider, "feedback", request.pk, rating="4").status_code == 302
    assert "Fast." in provider.get(page("request", request.pk)).content.decode()
    assert post(company, "closing", request.pk).status_code == 302
    assert Request.objects.get().state == S.CLOSED


def test_the_summary_is_the_same_for_everyone(cast: Cast):
    request = a_request(cast, S.AGREED)
    found = {
        b"".join(signed_in(getattr(cast, name)).get(page("summary", request.pk)))
        for name in ("german_provider", "danish_sme", "auditor")
    }
    assert len(found) == 1
    assert found.pop().startswith(b"%PDF")
    early = a_request(cast)
    for name in ("summary", "contract"):
        assert signed_in(cast.danish_sme).get(page(name, early.pk)).status_code == 404


def test_two_who_write_at_once_see_both_texts(cast: Cast):
    draft = a_draft(cast)
    seen = draft.version
    assert post(signed_in(cast.danish_sme), "text", draft.pk, **{**TEXT, "version": seen}).status_code == 302
    late = {**TEXT, "version": seen, "title": "Another title"}
    answer = post(signed_in(cast.danish_colleague), "text", draft.pk, **late)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Another title" in text
    assert "Dagny Danish changed this while you were writing; it now reads: Maps of tissue" in text
    assert f'name="version" value="{seen + 1}"' in text


@pytest.mark.parametrize(
    ("name", "state", "who", "fields"),
    [
        ("withdrawal", S.SUBMITTED, "danish_sme", {"reason": "No money."}),
        ("return", S.SUBMITTED, "zealand_broker", {"reason": "Say more."}),
        ("refusal", S.SUBMITTED, "zealand_broker", {"reason": "Too large."}),
        ("cancellation", S.AGREED, "german_provider", {"reason": "Broken."}),
        ("complaint", S.AGREED, "danish_sme", {"text": "No answer."}),
        ("feasibility", S.ELIGIBLE, "german_provider", {"feasibility": "no", "reason": "Too large."}),
    ],
)
def test_forms_keep_what_was_typed_and_lead_on(cast: Cast, name: str, state: str, *, who: str, fields: Any):
    request, client = a_request(cast, state), signed_in(getattr(cast, who))
    assert client.get(page(name, request.pk)).status_code == 200
    assert post(client, name, request.pk).status_code == 422
    assert signed_in(cast.mallory).get(page(name, request.pk)).status_code == 403
    assert post(client, name, request.pk, **fields).status_code == 302
    assert client.get(page("request", request.pk)).status_code == 200


def test_a_complaint_is_answered_by_the_office(cast: Cast):
    request = a_request(cast, S.AGREED)
    actions.complain(request_id=request.pk, text="No answer.", by=cast.actor("danish_sme"), at=AT)
    complaint, office = Complaint.objects.get(), signed_in(cast.office)
    assert "No answer." in office.get(page("complaint_answer", complaint.pk)).content.decode()
    assert post(office, "complaint_answer", complaint.pk, answer="We talked to them.").status_code == 302
    assert (
        "We talked to them." in signed_in(cast.danish_sme).get(page("request", request.pk)).content.decode()
    )
    assert (
        "No answer." not in signed_in(cast.german_provider).get(page("request", request.pk)).content.decode()
    )


def test_the_office_writes_and_publishes_a_version(cast: Cast):
    the_rules()
    office = signed_in(cast.office)
    given = {
        "version": "2.0",
        "title": "Rules",
        "valid_from": "2027-01-01",
        "text": "## One\nShorter.\n\nAnd so on.",
    }
    assert post(office, "rules_new", **{**given, "version": "1.0"}).status_code == 409
    assert post(office, "rules_new", **given).status_code == 302
    draft = RuleSet.objects.get(version="2.0")
    assert Client().get(page("rule_set", draft.pk)).status_code == 404
    assert post(office, "rules_edit", draft.pk, **{**given, "title": "Common rules"}).status_code == 302
    assert post(office, "rules_publication", draft.pk).status_code == 302
    text = Client().get(page("rule_set", draft.pk)).content.decode()
    assert "<h2>One</h2>" in text
    assert post(office, "rules_publication", draft.pk).status_code == 409
    assert Client().get(page("rules")).content.decode().count("in force") == 1


def test_slots_are_given_back_and_taken_away(cast: Cast):
    request = a_request(cast, S.QUOTED)
    slot, company, provider = (
        a_slot(request.record),
        signed_in(cast.danish_sme),
        signed_in(cast.german_provider),
    )
    assert post(company, "holding", request.pk, slot.pk).status_code == 302
    assert str(request) in provider.get(page("slots", slot.record_id)).content.decode()
    assert post(provider, "slot_removal", slot.pk).status_code == 409
    assert post(company, "release", request.pk, slot.pk).status_code == 302
    assert post(signed_in(cast.belgian_provider), "slot_removal", slot.pk).status_code == 404
    assert post(provider, "slot_removal", slot.pk).status_code == 302
    assert not Slot.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "?record=x", "?record=99999999999999999999", "?introduction=7", "?enquiry=7&record=-1"]
)
def test_a_request_for_nothing_teaches(cast: Cast, query: str):
    text = signed_in(cast.danish_sme).get(page("new") + query).content.decode()
    assert "Nothing chosen yet" in text


@pytest.mark.parametrize("name", ["request", "text", "summary", "quote", "agreement", "rule_set"])
def test_ids_beyond_64_bits_are_not_found(cast: Cast, name: str):
    for who in ("danish_sme", "german_provider"):
        assert signed_in(getattr(cast, who)).get(page(name, HUGE)).status_code in (403, 404)


def test_lists_cost_the_same_for_any_number_of_rows(cast: Cast):
    client = signed_in(cast.office)
    counts: dict[str, list[int]] = {"requests": [], "rules": []}
    for _ in range(2):
        signed(a_request(cast, S.QUOTED))
        a_draft(cast)
        for name, seen in counts.items():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page(name)).status_code == 200
            seen.append(len(captured))
    for one, two in counts.values():
        assert one == two <= 12
    assert "Nothing matches" in client.get(page("requests"), {"state": "cancelled"}).content.decode()
    assert client.get(page("requests"), {"text": "a\x00", "turn": "x", "page": "-3"}).status_code == 200
    assert ASKED.title in client.get(page("requests"), {"turn": "company"}).content.decode()


def test_the_page_of_one_asks_at_most_twenty_questions(cast: Cast):
    request = a_request(cast, S.QUOTED)
    for day in range(9, 15):
        slot = a_slot(request.record, day=day)
        actions.hold(request_id=request.pk, slot_id=slot.pk, by=SYSTEM, at=AT + timedelta(hours=1))
    client = signed_in(cast.danish_sme)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page("request", request.pk)).status_code == 200
    assert len(captured) <= 20


def test_the_ways_into_a_request(cast: Cast):
    from tests.factories.introductions import an_introduction_made

    made = an_introduction_made(cast)
    the_rules()
    client = signed_in(cast.danish_sme)
    way = f"{page('new')}?introduction={made.pk}"
    assert way in client.get(made.get_absolute_url()).content.decode()
    text = client.get(way).content.decode()
    assert made.number in text
    assert client.post(way, {"operation_key": str(uuid.uuid4())}).status_code == 302
    begun = Request.objects.get()
    assert (begun.introduction, begun.enquiry, begun.title) == (made, made.enquiry, made.title)
    offer = client.get(made.record.get_absolute_url()).content.decode()
    assert f"{page('new')}?record={made.record_id}" in offer
