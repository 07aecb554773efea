"""What programs do: the forms of pages without the pages, under the rights of a key."""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from landbridge.api.models import Key
from landbridge.api.table import WITHOUT, missing, operations
from landbridge.enquiries.models import Enquiry, Message
from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.webinars.models import Webinar
from tests.api.keys import a_key, program
from tests.cast import Cast
from tests.factories.enquiries import an_enquiry
from tests.factories.webinars import AT, a_webinar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def post(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    return client.post(
        f"/api/v1/{address}",
        json.dumps(body if body is not None else {}),
        "application/json",
        headers=headers,
    )


@pytest.mark.once
def test_every_page_that_takes_a_post_is_an_operation_or_says_why_not():
    rows = "\n".join(f'    Operation("{name}"),' for name in missing())
    assert not rows, f"Give these a row in landbridge/api/table/, or a reason in WITHOUT:\n{rows}"


@pytest.mark.once
def test_the_documentation_says_why_some_pages_have_none():
    told = Path("docs/api.md").read_text()
    assert [name for name, why in WITHOUT.items() if f"`{name}`" not in told or why not in told] == []


def test_a_company_asks_writes_and_reads_by_key(cast: Cast):
    enquiry = an_enquiry(cast)
    company = program(cast.actor("danish_sme"))
    answered = post(company, f"enquiries/{enquiry.pk}/messages", {"text": "When will you come?"})
    assert answered.status_code == 200, answered.content
    assert answered.json()["object"]["table"] in ("enquiries.message", "enquiries.enquiry")
    (message,) = Message.objects.filter(enquiry=enquiry)
    assert (message.text, message.from_desk) == ("When will you come?", False)
    (read,) = company.get("/api/v1/enquiries/messages", {"enquiry_id": enquiry.pk}).json()["items"]
    assert read["text"] == "When will you come?"


def test_the_desk_works_on_an_enquiry_by_key(cast: Cast):
    enquiry = an_enquiry(cast)
    desk = program(cast.actor("zealand_broker"))
    assert post(desk, f"enquiries/{enquiry.pk}/acknowledgement").status_code == 200
    assert Enquiry.objects.get().acknowledged_at is not None
    again = post(desk, f"enquiries/{enquiry.pk}/acknowledgement")
    assert again.status_code == 409
    assert again["Content-Type"] == "application/problem+json"
    assert again.json()["errors"][0]["code"] == "wrong_state"


def test_what_others_see_does_not_exist_for_a_key(cast: Cast):
    enquiry = an_enquiry(cast)
    other = program(cast.actor("belgian_sme"))
    assert other.get(f"/api/v1/enquiries/{enquiry.pk}").status_code == 404
    assert post(other, f"enquiries/{enquiry.pk}/messages", {"text": "Hello"}).status_code == 404
    assert other.get("/api/v1/enquiries").json() == {"items": [], "next": None}
    assert Message.objects.count() == 0


def test_a_key_does_only_what_its_scopes_say(cast: Cast):
    enquiry = an_enquiry(cast)
    reader = program(cast.actor("danish_sme"), scopes=["enquiry:see"])
    assert reader.get(f"/api/v1/enquiries/{enquiry.pk}").status_code == 200
    assert post(reader, f"enquiries/{enquiry.pk}/messages", {"text": "Hello"}).status_code == 403
    assert reader.get("/api/v1/vouchers").status_code == 403
    assert reader.get("/api/v1/catalogue/shortlists").status_code == 403


def test_a_scope_that_its_holder_has_not_opens_nothing(cast: Cast):
    climber = program(cast.actor("danish_sme"), scopes=["enquiry:work", "audit:see"])
    assert climber.get("/api/v1/record").status_code == 403
    assert climber.get("/api/v1/enquiries/leads").status_code == 403


@pytest.mark.parametrize("text", ["", "nonsense", "lb_00000000_" + "k" * 43, "lb_\x00"])
def test_without_a_known_key_nothing_is_answered(text: str, cast: Cast):
    an_enquiry(cast)
    client = Client(headers={"authorization": f"Bearer {text}"})
    refused = client.get("/api/v1/enquiries")
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Bearer")
    assert Client().get("/api/v1/enquiries").status_code == 401


def test_a_sign_in_in_a_browser_opens_nothing_here(client: Client, cast: Cast):
    client.force_login(cast.danish_sme)
    assert client.get("/api/v1/enquiries").status_code == 401
    client.get("/api/v1/calls")
    assert client.get("/account/").status_code == 200


def test_an_ended_key_opens_nothing(cast: Cast):
    actor = cast.actor("danish_sme")
    token = a_key(actor)
    client = Client(headers={"authorization": f"Bearer {token}"})
    assert client.get("/api/v1/enquiries").status_code == 200
    for change in (
        {"revoked_at": Key.objects.get().created_at},
        {"revoked_at": None, "expires_at": "2026-01-02T00:00Z"},
    ):
        Key.objects.update(**change)
        assert client.get("/api/v1/enquiries").status_code == 401


def test_a_key_ends_with_the_role_and_the_account_of_its_holder(cast: Cast):
    actor = cast.actor("danish_sme")
    client = program(actor)
    Person.objects.filter(pk=actor.person_id).update(is_active=False)
    assert client.get("/api/v1/enquiries").status_code == 401
    Person.objects.filter(pk=actor.person_id).update(is_active=True)
    key = Key.objects.get()
    key.membership.ended_at = key.created_at
    key.membership.save()
    assert client.get("/api/v1/enquiries").status_code == 401


def test_a_body_that_does_not_fit_its_schema_names_the_fields(cast: Cast):
    enquiry = an_enquiry(cast)
    company = program(cast.actor("danish_sme"))
    for body, field in (({"text": 7}, "text"), ({"text": "x", "other": 1}, "other"), ([], "")):
        refused = post(company, f"enquiries/{enquiry.pk}/messages", body)
        assert refused.status_code == 422, body
        assert [one["field"] for one in refused.json()["errors"]] == [field]
    wrong = company.post(f"/api/v1/enquiries/{enquiry.pk}/messages", "{", "application/json")
    assert wrong.status_code == 400
    text = company.post(
        f"/api/v1/enquiries/{enquiry.pk}/messages", "text=x", "application/x-www-form-urlencoded"
    )
    assert text.status_code == 415


def test_the_same_idempotency_key_is_carried_out_once(cast: Cast):
    enquiry = an_enquiry(cast)
    company = program(cast.actor("danish_sme"))
    answers = [
        post(company, f"enquiries/{enquiry.pk}/messages", {"text": "Once"}, idempotency_key="order-7").json()
        for _ in range(2)
    ]
    assert answers[0]["object"] == answers[1]["object"]
    assert Message.objects.count() == 1
    post(company, f"enquiries/{enquiry.pk}/messages", {"text": "Twice"}, idempotency_key="order-8")
    assert Message.objects.count() == 2


def test_the_form_says_what_may_be_sent_now(cast: Cast):
    webinar = a_webinar("draft")
    office = program(cast.actor("network_office"))
    form = office.get(f"/api/v1/webinars/{webinar.slug}/text").json()
    fields = {one["name"]: one for one in form["fields"]}
    assert fields["title"]["value"] == webinar.title
    assert {"value": "en", "label": "English"} in fields["language"]["choices"]


def test_what_the_form_answers_can_be_sent_back(cast: Cast):
    webinar = a_webinar("draft")
    office = program(cast.actor("network_office"))
    form = office.get(f"/api/v1/webinars/{webinar.slug}/text").json()
    body = {one["name"]: one["value"] for one in form["fields"] if one["value"] is not None}
    body["title"] = "A better title"
    changed = post(office, f"webinars/{webinar.slug}/text", body)
    assert changed.status_code == 200, changed.content
    assert Webinar.objects.get().title == "A better title"


def test_what_has_changed_since_it_was_read_is_not_overwritten(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    webinar = a_webinar("draft")
    office = program(cast.actor("network_office"))
    tag = office.get(f"/api/v1/webinars/{webinar.slug}")["ETag"]
    refused = post(office, f"webinars/{webinar.slug}/publication", if_match='"0123"')
    assert refused.status_code == 412
    assert Webinar.objects.get().state == "draft"
    assert post(office, f"webinars/{webinar.slug}/publication", if_match=tag).status_code == 200
    assert Webinar.objects.get().state == "published"


def test_other_methods_are_named(cast: Cast):
    enquiry = an_enquiry(cast)
    company = program(cast.actor("danish_sme"))
    refused = company.delete(f"/api/v1/enquiries/{enquiry.pk}")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    asked = company.options(f"/api/v1/enquiries/{enquiry.pk}/messages")
    assert (asked.status_code, asked["Allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    head = company.head(f"/api/v1/enquiries/{enquiry.pk}")
    assert (head.status_code, head.content) == (200, b"")
    assert company.get("/api/v1/nothing/here").status_code == HTTPStatus.NOT_FOUND


def test_no_answer_sets_a_cookie(cast: Cast):
    enquiry = an_enquiry(cast)
    company = program(cast.actor("danish_sme"))
    company.get(f"/api/v1/enquiries/{enquiry.pk}/messages")
    post(company, f"enquiries/{enquiry.pk}/messages", {"text": "Hello"})
    assert not company.cookies


def test_beyond_the_limit_one_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("landbridge.api.views.door.MOST_WITH_KEY", 2)
    monkeypatch.setattr("landbridge.api.views.door.MOST_WITHOUT", 1)
    company = program(cast.actor("danish_sme"))
    answers = [company.get("/api/v1/enquiries") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert [Client().get("/api/v1/regions").status_code for _ in range(2)] == [200, 429]


@pytest.mark.once
def test_every_operation_finds_its_page():
    for operation in operations().values():
        assert operation.page.path
        assert operation.summary
        assert operation.schema["type"] == "object"


@pytest.mark.parametrize(
    "address", ["enquiries/%0A", "%0A", "enquiries/%00", "enquiries/%FF/closing", "x" * 3000]
)
def test_an_address_that_cannot_be_is_told_so_in_json(address: str, cast: Cast):
    answered = program(cast.actor("danish_sme")).get(f"/api/v1/{address}")
    assert (answered.status_code, answered["Content-Type"]) == (404, "application/problem+json")


def test_a_form_named_new_is_no_object(cast: Cast):
    form = program(cast.actor("network_office")).get("/api/v1/stories/news/new")
    assert (form.status_code, form.json()["operation"]) == (200, "stories:news_new")
