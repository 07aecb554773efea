"""One application in the browser's words: begun, written together, confirmed, handed in, returned, handed in again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.applications.models import Application, Submission
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from tests.cast import Cast
from tests.factories.applications import CLOSES, DURING, an_offer, an_open_call

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_from_the_open_call_to_a_decision(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    monkeypatch.setattr(clock, "now", lambda: DURING)
    offer = an_offer(an_open_call(cast.phase))
    company, institute = signed_in(cast.danish_sme), signed_in(cast.german_provider)
    desk, office = signed_in(cast.zealand_broker), signed_in(cast.office)

    company.post(reverse("applications:draft", args=[offer.pk]))
    draft = Application.objects.get()

    def at(name: str) -> str:
        return reverse(f"applications:{name}", args=[draft.pk])

    assert "Go on writing" in company.get(at("application")).content.decode()
    company.post(at("text"), {"version": "1", "title": "A first look", "requested_eur": "4000"})
    company.post(at("provider"), {"organisation_id": cast.german_institute.pk})
    company.post(at("sharing"))
    whole = {
        "version": "2", "title": "A first look", "requested_eur": "4000", "answer_need": "A model.",
        "answer_staff": "12", "answer_stage": "Idea", "answer_not_begun": "on",
    }  # fmt: skip
    assert institute.post(at("text"), whole).status_code == 302
    assert company.post(at("submission")).status_code == 409

    page = institute.get(at("confirmation")).content.decode()
    text = re.search(r'name="content_hash" value="(\w+)"', page)
    assert text is not None
    institute.post(at("confirmation"), {"content_hash": text[1], "agrees": "on"})
    assert "Hand in the application" in company.get(at("application")).content.decode()
    company.post(at("submission"))

    desk.post(at("return"), {"reason": "Four thousand is not enough for this."})
    company.post(at("text"), {**whole, "version": "3", "requested_eur": "4500"})
    again = company.post(at("submission"))
    assert "changed after the provider confirmed" in again.content.decode()
    draft.refresh_from_db()
    institute.post(at("confirmation"), {"content_hash": draft.content_hash(), "agrees": "on"})
    monkeypatch.setattr(clock, "now", lambda: CLOSES - timedelta(microseconds=1))
    company.post(at("submission"))

    first, second = Submission.objects.order_by("pk")
    assert first.content["number"] == second.content["number"]
    assert first.content_hash != second.content_hash
    monkeypatch.setattr(clock, "now", lambda: CLOSES + timedelta(days=9))
    assert "Award a voucher" in office.get(at("application")).content.decode()
    office.post(at("rejection"), {"reason": "The money went to better ones."})
    assert "The money went to better ones." in company.get(at("application")).content.decode()
    told = Letter.objects.filter(recipient_email="dagny.danish@example.org").order_by("pk")
    assert [letter.template.removeprefix("applications/") for letter in told] == [
        "confirmed", "submitted", "returned", "confirmed", "submitted", "rejected",
    ]  # fmt: skip
