"""The pages of applications: what each role sees and does, also with hostile input."""

from __future__ import annotations

import hashlib
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from landbridge.applications import actions, queries, rules
from landbridge.applications.models import Application, Confirmation, Submission
from landbridge.applications.states import S
from landbridge.foundation import clock
from landbridge.foundation.money import euro
from landbridge.foundation.people.models import Person
from landbridge.foundation.problems import Refused
from tests.cast import Cast
from tests.factories.applications import (
    ANSWERS,
    CLOSES,
    DURING,
    a_confirmed_draft,
    a_shared_draft,
    a_submitted_application,
    an_application,
    an_empty_draft,
    an_offer,
    an_open_call,
    another_company,
)

pytestmark = pytest.mark.django_db
TEXT = {
    "version": "1",
    "title": "Bioavailability",
    "requested_eur": "6,500",
    "answer_need": "A model.",
    "answer_staff": "12",
    "answer_stage": "Idea",
    "answer_not_begun": "on",
}


@pytest.fixture(autouse=True)
def _during_the_call(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(clock, "now", lambda: DURING)
    settings.LANDBRIDGE_FILES = tmp_path
    settings.LANDBRIDGE_SECOND_FACTOR = "off"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"applications:{name}", args=args)


class TestList:
    def test_each_role_sees_its_own(self, cast: Cast):
        draft = an_application(cast, title="Only a draft")
        a_submitted_application(cast, offer=draft.offer, title="Handed in")
        seen = {
            "danish_sme": (True, True),
            "german_provider": (False, True),
            "zealand_broker": (True, True),
            "stuttgart_broker": (False, True),
            "office": (False, True),
            "other_office": (False, False),
            "belgian_sme": (False, False),
            "liege_broker": (False, False),
            "finance": (False, True),
            "belgian_finance": (False, False),
            "auditor": (False, True),
        }
        for name, expected in seen.items():
            text = signed_in(getattr(cast, name)).get(page("applications")).content.decode()
            assert ("Only a draft" in text, "Handed in" in text) == expected, name

    def test_people_without_a_hat_and_strangers(self, cast: Cast):
        assert signed_in(cast.mallory).get(page("applications")).status_code == 403
        assert Client().get(page("applications")).status_code == 302

    def test_an_empty_list_teaches(self, cast: Cast):
        for name in ("danish_sme", "german_provider", "office", "zealand_broker"):
            assert signed_in(getattr(cast, name)).get(page("applications")).status_code == 200

    def test_filters_stay_and_nonsense_filters_nothing(self, cast: Cast):
        a_submitted_application(cast, title="Handed in")
        client = signed_in(cast.office)
        for query in ("state=draft", "q=nothing+like+it", f"region={cast.liege.pk}"):
            assert "Handed in" not in client.get(f"{page('applications')}?{query}").content.decode()
        for query in (
            "state=submitted",
            "q=handed",
            f"region={cast.zealand.pk}",
            "incentive=Collaboration+voucher",
        ):
            assert "Handed in" in client.get(f"{page('applications')}?{query}").content.decode()
        for query in (
            "state=eaten",
            "call=99999999999999999999",
            "page=-4",
            "page=x",
            "q=%00",
            "region=%F0%9F",
        ):
            assert client.get(f"{page('applications')}?{query}").status_code == 200

    def test_the_export_holds_the_same_rows(self, cast: Cast):
        a_submitted_application(cast, title="=Handed in")
        response = signed_in(cast.office).get(page("export"))
        text = b"".join(response).decode("utf-8-sig")
        assert text.count("\n") == 2
        assert "'=Handed in" in text

    def test_a_row_costs_no_query(self, cast: Cast, django_assert_max_num_queries: Any):
        offer = an_offer(an_open_call(cast.phase))
        client = signed_in(cast.office)
        counts = []
        for amount in (1, 3):
            for number in range(amount):
                a_submitted_application(
                    cast, offer=offer, applicant=another_company(cast, f"Company {amount} {number}")
                )
            with django_assert_max_num_queries(12) as counted:
                client.get(page("applications"))
            counts.append(len(counted))
        assert counts[0] == counts[1]

    def test_fifty_rows_are_a_small_page(self, cast: Cast):
        offer = an_offer(an_open_call(cast.phase))
        for number in range(55):
            a_submitted_application(cast, offer=offer, applicant=another_company(cast, f"Company {number}"))
        response = signed_in(cast.office).get(page("applications"))
        assert len(response.content) < 80_000
        assert response.content.decode().count("<tr>") == 51


class TestBegin:
    def test_a_company_begins_once_however_often_it_clicks(self, cast: Cast):
        offer = an_offer(an_open_call(cast.phase))
        client = signed_in(cast.danish_sme)
        assert client.get(page("draft", offer.pk)).status_code == 200
        key = {"operation_key": str(uuid.uuid4())}
        first, second = (client.post(page("draft", offer.pk), key) for _ in range(2))
        assert first.url == second.url == page("text", Application.objects.get().pk)

    def test_a_closed_call_says_so(self, cast: Cast):
        offer = an_offer(an_open_call(cast.phase, closes_at=DURING))
        client = signed_in(cast.danish_sme)
        assert "no applications at this moment" in client.get(page("draft", offer.pk)).content.decode()
        assert client.post(page("draft", offer.pk)).status_code == 409

    @pytest.mark.parametrize("pk", [0, 10**9, 10**19, 10**25])
    def test_an_offer_from_nowhere(self, cast: Cast, pk: int):
        assert signed_in(cast.danish_sme).get(f"/applications/offers/{pk}/draft").status_code == 404


class TestText:
    def test_what_is_written_is_kept_and_gaps_do_no_harm(self, cast: Cast):
        draft = an_empty_draft(cast)
        client = signed_in(cast.danish_sme)
        assert client.get(page("text", draft.pk)).status_code == 200
        response = client.post(page("text", draft.pk), {"version": "1", "title": "Half"})
        assert response.status_code == 302
        draft.refresh_from_db()
        assert draft.title == "Half"

    def test_all_kinds_of_answers(self, cast: Cast):
        draft = an_empty_draft(cast)
        signed_in(cast.danish_sme).post(page("text", draft.pk), TEXT)
        draft.refresh_from_db()
        assert draft.answers == {"need": "A model.", "staff": 12, "stage": "Idea", "not_begun": True}
        assert draft.requested_eur == euro(6500)

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("title", "x" * 5000),
            ("title", "a\x00b"),
            ("answer_need", "x" * 2001),
            ("answer_staff", "twelve"),
            ("answer_staff", "9" * 40),
            ("answer_stage", "Nowhere"),
            ("requested_eur", "7000.01"),
            ("requested_eur", "1e9"),
            ("requested_eur", "-3"),
            ("version", "0"),
            ("version", "9" * 30),
            ("version", ""),
        ],
    )
    def test_hostile_input_comes_back_with_everything_typed(self, cast: Cast, field: str, typed: str):
        draft = an_empty_draft(cast)
        response = signed_in(cast.danish_sme).post(page("text", draft.pk), {**TEXT, field: typed})
        assert response.status_code == 422
        assert "Bioavailability" in response.content.decode() or field == "title"
        draft.refresh_from_db()
        assert draft.version == 1

    def test_a_clash_shows_both_texts_and_the_next_save_decides(self, cast: Cast):
        draft = a_shared_draft(cast)
        mine, theirs = signed_in(cast.danish_sme), signed_in(cast.german_provider)
        same = {**TEXT, "answer_stage": "Development", "answer_need": str(ANSWERS["need"])}
        mine.post(page("text", draft.pk), {**same, "title": "The company's title"})
        response = theirs.post(page("text", draft.pk), {**same, "title": "The institute's title"})
        text = response.content.decode()
        assert response.status_code == 409
        assert "The company&#x27;s title" in text
        assert "The institute&#x27;s title" in text
        version = re.search(r'name="version" value="(\d+)"', text)
        assert version is not None
        again = theirs.post(
            page("text", draft.pk), {**same, "title": "The institute's title", "version": version[1]}
        )
        assert again.status_code == 302
        draft.refresh_from_db()
        assert draft.title == "The institute's title"

    def test_after_a_clash_the_form_holds_what_only_the_other_changed(self, cast: Cast):
        draft = a_shared_draft(cast)
        same = {**TEXT, "answer_stage": "Development", "answer_need": str(ANSWERS["need"])}
        signed_in(cast.danish_sme).post(
            page("text", draft.pk),
            {**same, "title": "Company", "answer_stage": "Market", "answer_staff": "13"},
        )
        response = signed_in(cast.german_provider).post(
            page("text", draft.pk), {**same, "title": "Institute"}
        )
        text = response.content.decode()
        assert '<option value="Market" selected' in text
        assert 'value="13"' in text

    def test_autosave_answers_with_a_part_and_brings_the_others_texts(self, cast: Cast):
        draft = a_shared_draft(cast)
        same = {
            **TEXT,
            "title": draft.title,
            "answer_stage": "Development",
            "answer_need": str(ANSWERS["need"]),
        }
        signed_in(cast.german_provider).post(page("text", draft.pk), {**same, "answer_stage": "Market"})
        response = signed_in(cast.danish_sme).post(
            page("text", draft.pk), {**same, "title": "Mine"}, headers={"HX-Request": "true"}
        )
        text = response.content.decode()
        assert response.status_code == 200
        assert "<html" not in text
        assert 'name="version" value="3"' in text
        assert 'hx-swap-oob="true"' in text
        assert '<option value="Market" selected' in text
        refused = signed_in(cast.danish_sme).post(
            page("text", draft.pk), {**same, "title": "x" * 200}, headers={"HX-Request": "true"}
        )
        assert "Not saved yet" in refused.content.decode()

    def test_after_handing_in_there_is_no_form(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        client = signed_in(cast.danish_sme)
        assert "<textarea" not in client.get(page("text", handed_in.pk)).content.decode()
        assert client.post(page("text", handed_in.pk), TEXT).status_code == 409


class TestProvider:
    def test_one_is_found_and_named(self, cast: Cast):
        draft = an_empty_draft(cast)
        client = signed_in(cast.danish_sme)
        found = client.get(page("provider", draft.pk), {"q": "german"}).content.decode()
        assert "German Institute" in found
        assert "Belgian Institute" not in found
        response = client.post(page("provider", draft.pk), {"organisation_id": cast.german_institute.pk})
        assert response.status_code == 302
        draft.refresh_from_db()
        assert draft.provider == cast.german_institute

    @pytest.mark.parametrize("posted", ["", "x", "0", "99999999999999999999", "-1"])
    def test_nothing_comes_of_nonsense(self, cast: Cast, posted: str):
        draft = an_empty_draft(cast)
        response = signed_in(cast.danish_sme).post(page("provider", draft.pk), {"organisation_id": posted})
        assert response.status_code == 409

    def test_a_new_one_and_its_contact(self, cast: Cast):
        cast.stuttgart.postcode_prefixes = ["7"]
        cast.stuttgart.save()
        draft = an_empty_draft(cast)
        client = signed_in(cast.danish_sme)
        values = {
            "name": "New Laboratory", "kind": "institute", "country": "DE", "postcode": "70174",
            "town": "Stuttgart", "contact_name": "Nelly", "contact_email": "nelly@new.example.org",
        }  # fmt: skip
        assert client.post(page("new_provider", draft.pk), {**values, "kind": "circus"}).status_code == 422
        wrong = client.post(page("new_provider", draft.pk), {**values, "country": "DK"})
        assert wrong.status_code == 409
        assert client.post(page("new_provider", draft.pk), values).status_code == 302
        draft.refresh_from_db()
        assert draft.provider is not None
        assert draft.provider.name == "New Laboratory"
        assert "Nobody speaks for" in client.get(page("provider", draft.pk)).content.decode()

    def test_sharing_and_confirming(self, cast: Cast):
        draft = an_application(cast)
        mine, theirs = signed_in(cast.danish_sme), signed_in(cast.german_provider)
        assert theirs.get(page("confirmation", draft.pk)).status_code == 404
        assert mine.post(page("sharing", draft.pk)).status_code == 302
        text = theirs.get(page("confirmation", draft.pk)).content.decode()
        content_hash = re.search(r'name="content_hash" value="(\w{64})"', text)
        assert content_hash is not None
        without_tick = theirs.post(page("confirmation", draft.pk), {"content_hash": content_hash[1]})
        assert without_tick.status_code == 422
        yes = {"content_hash": content_hash[1], "agrees": "on"}
        mine.post(page("text", draft.pk), {**TEXT, "title": "Changed meanwhile"})
        assert theirs.post(page("confirmation", draft.pk), yes).status_code == 409
        draft.refresh_from_db()
        assert (
            theirs.post(
                page("confirmation", draft.pk), {**yes, "content_hash": draft.content_hash()}
            ).status_code
            == 302
        )
        assert Confirmation.objects.count() == 1

    def test_the_provider_of_another_application_gets_a_404_everywhere(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        frozen = Submission.objects.get()
        client = signed_in(cast.belgian_provider)
        for address in (
            page("application", handed_in.pk),
            page("text", handed_in.pk),
            page("confirmation", handed_in.pk),
            page("receipt", handed_in.pk, frozen.pk),
            page("copy", handed_in.pk, frozen.pk),
        ):
            assert client.get(address).status_code == 404


class TestSubmission:
    def test_a_second_click_is_answered_like_the_first(self, cast: Cast):
        draft = a_confirmed_draft(cast)
        client = signed_in(cast.danish_sme)
        key = {"operation_key": str(uuid.uuid4())}
        answers = [client.post(page("submission", draft.pk), key) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert answers[0].url == answers[1].url == page("application", draft.pk)
        assert Submission.objects.count() == 1

    def test_refused_it_names_everything_that_is_missing(self, cast: Cast):
        draft = an_empty_draft(cast)
        response = signed_in(cast.danish_sme).post(page("submission", draft.pk))
        assert response.status_code == 409
        text = response.content.decode()
        for words in (
            "title is missing",
            "amount is missing",
            "No provider",
            "not ticked",
            "To the question",
        ):
            assert words in text

    def test_late_by_no_more_than_an_instant(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        draft = a_confirmed_draft(cast)
        monkeypatch.setattr(clock, "now", lambda: CLOSES)
        response = signed_in(cast.danish_sme).post(page("submission", draft.pk))
        assert response.status_code == 409
        assert "2026-05-04 17:00:00 (Europe/Brussels)" in response.content.decode()

    def test_the_receipt_is_drawn_once_and_says_the_hash(self, cast: Cast):
        draft = a_confirmed_draft(cast)
        client = signed_in(cast.danish_sme)
        client.post(page("submission", draft.pk))
        frozen = Submission.objects.get()
        shown = client.get(page("application", draft.pk)).content.decode()
        assert frozen.content_hash in shown
        files = []
        for reader in (client, signed_in(cast.german_provider)):
            response = reader.get(page("receipt", draft.pk, frozen.pk))
            files.append(b"".join(response))
        assert files[0] == files[1]
        assert files[0].startswith(b"%PDF")
        copy = client.get(page("copy", draft.pk, frozen.pk))
        assert hashlib.sha256(copy.content).hexdigest() == frozen.content_hash

    def test_a_receipt_of_another_application_is_a_404(self, cast: Cast):
        one = a_submitted_application(cast)
        other = a_submitted_application(
            cast, offer=one.offer, applicant=cast.belgian_company, partner=cast.belgian_partner
        )
        foreign = Submission.objects.get(application=other)
        assert signed_in(cast.danish_sme).get(page("receipt", one.pk, foreign.pk)).status_code == 404

    def test_nobody_hands_in_by_looking(self, cast: Cast):
        draft = a_confirmed_draft(cast)
        assert signed_in(cast.danish_sme).get(page("submission", draft.pk)).status_code == 405


class TestDesk:
    def test_the_desk_returns_and_the_applicant_reads_why(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        client = signed_in(cast.zealand_broker)
        assert client.get(page("return", handed_in.pk)).status_code == 200
        assert client.post(page("return", handed_in.pk), {"reason": ""}).status_code == 422
        assert client.post(page("return", handed_in.pk), {"reason": "Say who does what."}).status_code == 302
        assert (
            "Say who does what."
            in signed_in(cast.danish_sme).get(page("application", handed_in.pk)).content.decode()
        )

    def test_the_other_desk_may_not(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        client = signed_in(cast.stuttgart_broker)
        assert (
            page("return", handed_in.pk) not in client.get(page("application", handed_in.pk)).content.decode()
        )
        assert client.post(page("return", handed_in.pk), {"reason": "No."}).status_code == 403

    def test_the_office_declines_with_a_reason(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        client = signed_in(cast.office)
        assert client.get(page("rejection", handed_in.pk)).status_code == 200
        assert client.post(page("rejection", handed_in.pk), {"reason": "x" * 2001}).status_code == 422
        assert client.post(page("rejection", handed_in.pk), {"reason": "Too early."}).status_code == 302
        assert client.post(page("rejection", handed_in.pk), {"reason": "Too early."}).status_code == 409
        assert (
            "Too early." in signed_in(cast.danish_sme).get(page("application", handed_in.pk)).content.decode()
        )

    def test_the_applicant_withdraws(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        client = signed_in(cast.danish_sme)
        assert client.get(page("withdrawal", handed_in.pk)).status_code == 200
        assert client.post(page("withdrawal", handed_in.pk)).status_code == 302
        assert client.get(page("withdrawal", handed_in.pk)).status_code == 200
        assert client.post(page("withdrawal", handed_in.pk)).status_code == 409


class TestPage:
    @pytest.mark.parametrize("pk", [0, 10**9, 10**19, 10**25])
    def test_an_application_from_nowhere(self, cast: Cast, pk: int):
        for name in ("", "text", "provider", "withdrawal"):
            assert signed_in(cast.danish_sme).get(f"/applications/{pk}/{name}").status_code == 404

    def test_few_queries(self, cast: Cast, django_assert_max_num_queries: Any):
        handed_in = a_submitted_application(cast)
        draft = a_confirmed_draft(cast, offer=handed_in.offer)
        for person in (cast.danish_sme, cast.zealand_broker):
            client = signed_in(person)
            for pk in (handed_in.pk, draft.pk):
                with django_assert_max_num_queries(20):
                    assert client.get(page("application", pk)).status_code == 200

    def test_the_ball_is_with_whoever_acts_next(self, cast: Cast):
        steps = {
            "an_empty_draft": (an_empty_draft, "Go on writing"),
            "an_application": (an_application, "Share the draft"),
            "a_shared_draft": (a_shared_draft, "The provider confirms"),
            "a_confirmed_draft": (a_confirmed_draft, "Hand in the application"),
        }
        offer = an_offer(an_open_call(cast.phase))
        client = signed_in(cast.danish_sme)
        for make, words in steps.values():
            assert words in client.get(page("application", make(cast, offer=offer).pk)).content.decode()
        shared = a_shared_draft(cast, offer=offer)
        assert (
            "Read and confirm"
            in signed_in(cast.german_provider).get(page("application", shared.pk)).content.decode()
        )


FIELDS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["", "A title", "x" * 200]),
        "requested_eur": st.sampled_from([None, euro(0), euro(10), euro(8000)]),
        "answers": st.sampled_from([{}, dict(ANSWERS), {**ANSWERS, "not_begun": False}, {"staff": "x"}]),
        "has_provider": st.booleans(),
        "is_shared": st.booleans(),
    }
)


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=FIELDS, moment=st.sampled_from([DURING, CLOSES]))
def test_the_pre_check_and_the_refusal_are_one(cast: Cast, fields: dict[str, Any], moment: Any):
    """Law: what the page lists beforehand is what handing in refuses, no more and no less."""
    values = {**fields}
    provider = cast.german_institute if values.pop("has_provider") else None
    shared_at = DURING if values.pop("is_shared") and provider else None
    offer = an_offer(an_open_call(cast.phase, number=Application.objects.count() + 100), name="Voucher")
    draft = an_application(
        cast,
        offer=offer,
        provider=provider,
        shared_at=shared_at,
        **{**values, "title": values["title"][:150]},
    )
    actor = cast.actor("danish_sme")
    facts = queries.facts_of(queries.with_its_parts(draft.pk), by=actor)
    listed = [problem.code for problem in rules.problems_with(facts, at=moment)]
    refused: list[str] = []
    try:
        actions.submit(application_id=draft.pk, by=actor, at=moment)
    except Refused as refusal:
        refused = [problem.code for problem in refusal.problems]
    draft.refresh_from_db()
    assert refused == listed
    assert (draft.state == S.DRAFT) == bool(listed)


def test_a_returned_application_is_to_be_corrected_first(cast: Cast):
    draft = a_confirmed_draft(cast)
    client = signed_in(cast.danish_sme)
    assert "Everything is complete" in client.get(page("application", draft.pk)).content.decode()
    Application.objects.filter(pk=draft.pk).update(first_submitted_at=DURING)
    assert "Correct it and hand it in again" in client.get(page("application", draft.pk)).content.decode()


def test_the_head_says_for_whom_one_acts(cast: Cast):
    shown = signed_in(cast.danish_sme).get(page("applications")).content.decode()
    assert f"Company, {cast.danish_company.name}" in shown
