"""The pages of organisations and of their accounts."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.organisations.models import BankAccount, Organisation
from landbridge.organisations.states import S
from tests.factories.organisations import a_company, a_proposed_account, an_organisation

pytestmark = pytest.mark.django_db
DANISH = "DK5000400440116243"


@pytest.fixture(autouse=True)
def _one_factor_is_enough(settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def see(client, cast):
    """Open a page as somebody of the cast, or post to it."""

    def see(name, page, /, *args, post=None, **query):
        client.force_login(getattr(cast, name), backend="allauth.account.auth_backends.AuthenticationBackend")
        address = reverse(f"organisations:{page}", args=args)
        if post is None:
            return client.get(address, query)
        return client.post(address, {"operation_key": str(uuid.uuid4()), **post})

    return see


def facts(**changes) -> dict[str, str]:
    return {
        "name": "Danish Company ApS",
        "kind": "company",
        "country": "DK",
        "postcode": "2100",
        "town": "København",
        "company_number": "13585628",
        "version": "1",
    } | changes


def test_each_role_lists_what_it_looks_after(see, cast):
    a_company(name="Elsewhere", country="PT")
    seen = {
        name: see(name, "organisations").content.decode()
        for name in ("danish_sme", "zealand_broker", "finance", "office", "auditor")
    }
    assert all("Danish Company ApS" in page for page in seen.values())
    assert [name for name, page in seen.items() if "Elsewhere" in page] == ["office", "auditor"]


def test_the_list_is_searched_by_name_number_and_region(see, cast):
    company = a_company(name="Needle BV", region=cast.liege)
    number = company.company_numbers.get().number
    for query in (
        {"q": "needle"},
        {"q": number},
        {"region": cast.liege.pk, "kind": "company", "offers": "no"},
    ):
        page = see("office", "organisations", **query).content.decode()
        assert "Needle BV" in page
        assert "Danish Company" not in page
    assert "Nothing matches" in see("office", "organisations", q="nowhere").content.decode()
    assert see("office", "organisations", q="\x00", region="9" * 30, page="x").status_code == 200


def test_the_list_costs_the_same_for_any_number_of_rows(see, cast):
    see("office", "organisations")
    counts = []
    for more in (1, 60):
        for _ in range(more):
            an_organisation(region=cast.liege)
        with CaptureQueriesContext(connection) as queries:
            page = see("office", "organisations")
        counts.append(len([q for q in queries if "FROM" in q["sql"] and "session" not in q["sql"]]))
        assert len(page.content) < 80_000
    assert counts[0] == counts[1]


def test_a_foreign_organisation_is_not_there(see, cast):
    assert see("danish_sme", "organisation", cast.belgian_company.pk).status_code == 404
    assert see("danish_sme", "edit", cast.belgian_company.pk).status_code == 404
    assert see("danish_sme", "new_bank_account", cast.belgian_company.pk).status_code == 404
    assert see("danish_sme", "organisation", 2**70).status_code == 404
    assert see("mallory", "organisation", cast.danish_company.pk).status_code == 403


def test_its_people_learn_the_next_step(see, cast):
    page = see("danish_sme", "organisation", cast.danish_company.pk).content.decode()
    assert "Name the account to be paid on" in page
    a_proposed_account(cast.danish_company, iban=DANISH)
    page = see("danish_sme", "organisation", cast.danish_company.pk).content.decode()
    assert "waits for a second person" in page
    assert DANISH not in page


def test_the_broker_sees_no_account(see, cast):
    account = a_proposed_account(cast.danish_company, iban=DANISH)
    assert (
        "Bank accounts" not in see("zealand_broker", "organisation", cast.danish_company.pk).content.decode()
    )
    assert see("zealand_broker", "bank_account", account.pk).status_code == 404


def test_outside_the_network_the_nearest_desk_is_named(see, cast):
    far = a_company(name="Far", country="SE")
    page = see("office", "organisation", far.pk).content.decode()
    assert "desk@zealand.example.org" in page


def test_the_facts_are_edited(see, cast):
    pk = cast.danish_company.pk
    assert see("danish_sme", "edit", pk).status_code == 200
    answer = see("danish_sme", "edit", pk, post=facts(about="Enzymes"))
    assert answer.status_code == 302
    assert Organisation.objects.get(pk=pk).about == "Enzymes"


@pytest.mark.parametrize(
    ("change", "answered"),
    [
        ({"company_number": "13585629"}, (409, "as the register writes it")),
        ({"vat_number": "DK1"}, (409, "not a VAT number")),
        ({"country": "XX"}, (422, "country")),
        ({"country": "AT"}, (422, "no register of this country")),
        ({"town": ""}, (422, "id_town_error")),
        ({"name": "x" * 151}, (422, "150")),
        ({"website": "javascript:alert(1)"}, (422, "URL")),
        ({"about": "a\x00b"}, (422, "cannot be stored")),
        ({"version": "7" * 30}, (422, "")),
    ],
)
def test_wrong_facts_come_back_as_typed(see, cast, change, answered):
    status, text = answered
    answer = see("danish_sme", "edit", cast.danish_company.pk, post=facts(street="Kept road") | change)
    assert answer.status_code == status
    assert text in answer.content.decode()
    assert "Kept road" in answer.content.decode()


def test_a_stale_edit_shows_what_is_stored_and_can_be_saved_again(see, cast):
    pk = cast.danish_company.pk
    see("danish_colleague", "edit", pk, post=facts(about="Carl's words"))
    answer = see("danish_sme", "edit", pk, post=facts(about="Dagny's words"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Carl&#x27;s words" in page
    assert "Dagny&#x27;s words" in page
    assert 'name="version" value="2"' in page
    assert see("danish_sme", "edit", pk, post=facts(about="Both", version="2")).status_code == 302


def test_an_account_is_named_once_for_two_posts_and_approved_by_a_second_person(see, cast):
    pk = cast.danish_company.pk
    assert see("danish_sme", "new_bank_account", pk).status_code == 200
    typed = {
        "holder": "Danish Company ApS",
        "iban": "DK50 0040 0440 1162 43",
        "operation_key": str(uuid.uuid4()),
    }
    first, second = (see("danish_sme", "new_bank_account", pk, post=typed) for _ in range(2))
    assert first.url == second.url
    account = BankAccount.objects.get()
    assert "Danish Company" in see("finance", "waiting_bank_accounts").content.decode()
    assert DANISH in see("finance", "bank_account", account.pk).content.decode()
    assert see("finance", "bank_account_approval", account.pk, post={}).status_code == 302
    account.refresh_from_db()
    assert account.state == S.APPROVED
    assert see("finance", "bank_account_approval", account.pk, post={}).status_code == 409
    assert "No account waits" in see("finance", "waiting_bank_accounts").content.decode()
    assert DANISH not in see("office", "bank_account", account.pk).content.decode()


def test_a_wrong_iban_stands_beside_its_field(see, cast):
    typed = {"holder": "Danish Company ApS", "iban": "DK51 0040 0440 1162 43"}
    answer = see("danish_sme", "new_bank_account", cast.danish_company.pk, post=typed)
    assert answer.status_code == 409
    assert "not a valid IBAN" in answer.content.decode()
    assert "DK51 0040 0440 1162 43" in answer.content.decode()


def test_an_account_is_refused_with_a_reason(see, cast):
    account = a_proposed_account(cast.danish_company, iban=DANISH)
    assert see("finance", "bank_account_refusal", account.pk, post={"reason": ""}).status_code == 422
    assert see("finance", "bank_account_refusal", account.pk, post={"reason": "No proof"}).status_code == 302
    assert see("finance", "bank_account_refusal", account.pk, post={"reason": "Again"}).status_code == 409
    assert "No proof" in see("danish_sme", "bank_account", account.pk).content.decode()
    assert see("belgian_finance", "bank_account", account.pk).status_code == 404
    assert see("office", "bank_account_approval", account.pk, post={}).status_code == 403


def test_who_entered_an_account_is_told_that_a_second_person_decides(see, cast):
    account = a_proposed_account(cast.danish_company, iban=DANISH, proposed_by_id=cast.finance.pk)
    page = see("finance", "bank_account", account.pk).content.decode()
    assert "a second person decides" in page
    assert "Approve the account" not in page
    assert see("finance", "bank_account_approval", account.pk, post={}).status_code == 409


def test_an_organisation_is_closed_with_a_reason(see, cast):
    pk = cast.danish_company.pk
    assert see("danish_sme", "closing", pk).status_code == 200
    assert see("danish_sme", "closing", pk, post={"reason": ""}).status_code == 422
    assert see("danish_sme", "closing", pk, post={"reason": "Over"}).status_code == 302
    assert see("danish_sme", "closing", pk, post={"reason": "Over"}).status_code == 409
    assert "Closed" in see("danish_sme", "organisation", pk).content.decode()
