"""The search box and the samples: only what the reader may see."""

from __future__ import annotations

import pytest

from landbridge.desk.queries import auditor
from tests.factories.applications import a_submitted_application, an_offer, an_open_call, another_company
from tests.factories.claims import a_submitted_claim
from tests.factories.vouchers import a_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client, cast, settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"

    def sign_in(name):
        client.force_login(getattr(cast, name))
        return client

    return sign_in


def test_a_number_leads_straight_to_its_object(as_, cast):
    voucher = a_voucher(cast)
    response = as_("office").get("/desk/search/", {"q": voucher.number.lower()})
    assert response["Location"] == voucher.get_absolute_url()


def test_a_part_finds_every_kind(as_, cast):
    claim = a_submitted_claim(cast)
    page = as_("office").get("/desk/search/", {"q": "danish"}).content.decode()
    for word in (claim.number, claim.voucher.number, "Danish Company ApS"):
        assert word in page


@pytest.mark.parametrize("name", ["belgian_sme", "belgian_finance", "liege_broker", "mallory", "investor"])
def test_foreign_rows_are_never_found(as_, cast, name):
    claim = a_submitted_claim(cast)
    page = as_(name).get("/desk/search/", {"q": "danish"}).content.decode()
    assert claim.number not in page
    assert "Danish Company ApS" not in page
    assert as_(name).get("/desk/search/", {"q": claim.number}).status_code == 200


@pytest.mark.parametrize("text", ["", " ", "\x00", "x" * 500, "%", "☃"])
def test_any_text_can_be_asked_for(as_, cast, text):
    assert as_("office").get("/desk/search/", {"q": text}).status_code == 200


def test_the_box_opens_without_a_question(as_, cast):
    assert as_("danish_sme").get("/desk/search/").status_code == 200


# ── Samples ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_same_seed_draws_the_same_sample(cast):
    offer = an_offer(an_open_call(cast.phase))
    for number in range(6):
        a_submitted_application(cast, offer=offer, applicant=another_company(cast, f"C{number}"))
    actor = cast.actor("auditor")
    first, of = auditor.sample(actor, kind="applications", size=3, seed=7)
    assert (len(first), of) == (3, 6)
    assert auditor.sample(actor, kind="applications", size=3, seed=7)[0] == first
    assert auditor.sample(actor, kind="applications", size=50, seed=7)[1] == 6


@pytest.mark.parametrize("kind", list(auditor.KINDS))
def test_every_kind_can_be_drawn(as_, cast, kind):
    a_submitted_claim(cast)
    response = as_("auditor").get("/desk/sample/", {"kind": kind, "size": 5, "seed": 1})
    assert response.status_code == 200


def test_an_auditor_of_another_programme_draws_nothing(cast):
    a_submitted_claim(cast)
    from landbridge.foundation.permissions.actor import Actor
    from landbridge.foundation.permissions.roles import Role

    other = Actor(person_id=1, name="x", role=Role.AUDITOR, programme_id=cast.other_programme.pk)
    assert all(auditor.sample(other, kind=kind, size=5, seed=1) == ([], 0) for kind in auditor.KINDS)


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "people"},
        {"kind": "claims", "size": "0", "seed": "x"},
        {"kind": "claims", "size": "9" * 30, "seed": "1"},
    ],
)
def test_what_cannot_be_drawn_is_said(as_, cast, asked):
    assert as_("auditor").get("/desk/sample/", asked).status_code == 200


def test_samples_are_for_auditors_and_the_office(as_, cast):
    assert as_("danish_sme").get("/desk/sample/").status_code == 403
