"""The pages of partner profiles: what the public reads, what desks do, and bad input."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.introductions.models import Introduction
from landbridge.profiles.models import Interest, Profile
from landbridge.profiles.states import Interest as InterestState
from landbridge.profiles.states import S
from tests.cast import Cast
from tests.factories.profiles import (
    ANSWERS,
    PUBLISHED,
    TEXTS,
    a_draft_profile,
    a_published_profile,
    a_waiting_profile,
    an_interest,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: PUBLISHED)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"profiles:{name}", args=args)


class TestPublic:
    def test_everybody_reads_it_and_nobody_whose_it_is(self, cast: Cast):
        profile = a_published_profile(cast)
        readers = [Client(), *(signed_in(getattr(cast, name)) for name in (
            "liege_broker", "stuttgart_broker", "belgian_sme", "german_provider", "investor", "mallory",
        ))]  # fmt: skip
        for client in readers:
            for address in (page("profiles"), page("profile", profile.pk)):
                text = client.get(address).content.decode()
                assert profile.title in text
                for mark in ("Danish Company", "Dagny", "Long street", "København", "2100", "Signe"):
                    assert mark not in text, (address, mark)
        assert (
            "Danish Company ApS"
            in signed_in(cast.zealand_broker).get(page("profile", profile.pk)).content.decode()
        )

    def test_drafts_are_not_public(self, cast: Cast):
        draft, waiting = a_draft_profile(cast), a_waiting_profile(cast)
        for profile in (draft, waiting):
            assert Client().get(page("profile", profile.pk)).status_code == 404
        assert signed_in(cast.liege_broker).get(page("profile", draft.pk)).status_code == 404
        assert signed_in(cast.liege_broker).get(page("profile", waiting.pk)).status_code == 200

    @pytest.mark.parametrize(
        ("query", "is_found"),
        [
            ("", True), ("?kind=RDR", True), ("?kind=TO", False), ("?country=DK", True), ("?country=XX", True),
            ("?text=enzymes+cold", True), ("?text=Danish+Company", False), ("?text=Dagny", False), ("?page=99", True),
        ],
    )  # fmt: skip
    def test_it_is_found_by_what_is_public_alone(self, cast: Cast, query: str, is_found: bool):
        profile = a_published_profile(cast)
        assert (profile.title in Client().get(page("profiles") + query).content.decode()) == is_found

    def test_an_empty_list_teaches(self, cast: Cast):
        assert "No profiles yet" in Client().get(page("profiles")).content.decode()


class TestDesk:
    def test_written_corrected_handed_over_and_published(self, cast: Cast):
        client = signed_in(cast.zealand_broker)
        named = TEXTS | {
            "title": "Danish Company ApS seeks",
            "kind": "RDR",
            "organisation": cast.danish_company.pk,
        }
        answer = client.post(page("new"), named)
        profile = Profile.objects.get()
        assert answer.url == page("profile", profile.pk)
        assert "stands in the text" in client.get(answer.url).content.decode()
        assert client.post(page("submission", profile.pk)).status_code == 409
        assert (
            client.post(
                page("text", profile.pk), TEXTS | {"seen": "1", "languages": ["en", "da"]}
            ).status_code
            == 302
        )
        stale = client.post(page("text", profile.pk), TEXTS | {"seen": "1", "title": "KEPT"})
        assert (stale.status_code, "KEPT" in stale.content.decode()) == (409, True)
        assert client.post(page("submission", profile.pk)).status_code == 302
        assert client.post(page("publication", profile.pk)).status_code == 409
        other = signed_in(cast.liege_broker)
        assert "Danish Company" not in other.get(page("of_desk")).content.decode()
        assert other.post(page("publication", profile.pk)).status_code == 302
        assert Profile.objects.get().state == S.PUBLISHED

    def test_given_back_by_the_second_region(self, cast: Cast):
        profile, client = a_waiting_profile(cast), signed_in(cast.liege_broker)
        assert client.post(page("return", profile.pk), {"reason": ""}).status_code == 422
        assert client.post(page("return", profile.pk), {"reason": "Which enzyme?"}).status_code == 302
        assert (
            "Which enzyme?"
            in signed_in(cast.zealand_broker).get(page("profile", profile.pk)).content.decode()
        )

    def test_renewed_and_withdrawn(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        profile, client = a_published_profile(cast), signed_in(cast.zealand_broker)
        assert client.post(page("renewal", profile.pk)).status_code == 409
        monkeypatch.setattr(clock, "now", lambda: PUBLISHED.replace(year=2027, day=10))
        assert "Renew it" in client.get(page("profile", profile.pk)).content.decode()
        assert client.post(page("renewal", profile.pk)).status_code == 302
        assert client.post(page("withdrawal", profile.pk), {"reason": "Sold."}).status_code == 302

    @pytest.mark.parametrize("name", ["new", "of_desk", "interests"])
    def test_who_may(self, cast: Cast, name: str):
        allowed = {"new": (200, 403, 403), "of_desk": (200, 200, 200), "interests": (200, 200, 200)}[name]
        people = (cast.zealand_broker, cast.danish_sme, cast.office)
        assert tuple(signed_in(one).get(page(name)).status_code for one in people) == allowed
        assert Client().get(page(name)).status_code == 302
        assert signed_in(cast.mallory).get(page(name)).status_code == 403

    @pytest.mark.parametrize(
        "post", [{}, {"kind": "XX"}, {"organisation": "999999"}, {"title": "x" * 151}, {"seen": "9" * 40}]
    )
    def test_bad_input_comes_back(self, cast: Cast, post: dict[str, str]):
        client = signed_in(cast.zealand_broker)
        good = TEXTS | {"kind": "RDR", "organisation": cast.danish_company.pk, "summary": "KEPT"}
        answer = client.post(page("new"), {**(good if post else {}), **post})
        assert answer.status_code == (302 if "seen" in post else 422)
        if post and "seen" not in post:
            assert "KEPT" in answer.content.decode()

    def test_ids_beyond_64_bits_are_not_found(self, cast: Cast):
        client = signed_in(cast.zealand_broker)
        for name in ("profile", "text", "interest", "interest_new"):
            assert client.get(page(name, 2**70)).status_code == 404


class TestInterest:
    def test_from_desk_to_desk_to_an_introduction(self, cast: Cast):
        profile = a_published_profile(cast)
        sender, owner = signed_in(cast.stuttgart_broker), signed_in(cast.zealand_broker)
        post = {**ANSWERS, "organisation": cast.german_institute.pk}
        assert sender.get(page("interest_new", profile.pk)).status_code == 200
        assert sender.post(page("interest_new", profile.pk), {**post, "who": ""}).status_code == 422
        assert sender.post(page("interest_new", profile.pk), post).status_code == 302
        assert sender.post(page("interest_new", profile.pk), post).status_code == 409
        interest = Interest.objects.get()
        text = sender.get(page("interest", interest.pk)).content.decode()
        assert "Danish Company" not in text
        assert sender.post(page("interest_acceptance", interest.pk)).status_code == 403
        assert "German Institute" in owner.get(page("interest", interest.pk)).content.decode()
        assert owner.post(page("interest_acceptance", interest.pk)).status_code == 302
        assert owner.post(page("interest_acceptance", interest.pk)).status_code == 409
        assert Introduction.objects.count() == 1

    def test_declined_and_taken_back(self, cast: Cast):
        interest, owner = an_interest(cast), signed_in(cast.zealand_broker)
        assert owner.post(page("interest_refusal", interest.pk), {"reason": "Found one."}).status_code == 302
        assert (
            "Found one."
            in signed_in(cast.stuttgart_broker).get(page("interest", interest.pk)).content.decode()
        )
        again = an_interest(cast, profile=interest.profile)
        assert signed_in(cast.stuttgart_broker).post(page("interest_withdrawal", again.pk)).status_code == 302
        assert Interest.objects.get(pk=again.pk).state == InterestState.WITHDRAWN

    def test_others_see_none_of_it(self, cast: Cast):
        interest = an_interest(cast)
        for name, status in {
            "liege_broker": 404,
            "belgian_sme": 404,
            "danish_sme": 404,
            "german_provider": 200,
        }.items():
            assert signed_in(getattr(cast, name)).get(page("interest", interest.pk)).status_code == status, (
                name
            )
