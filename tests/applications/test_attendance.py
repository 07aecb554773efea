"""A call that asks for attendance: written by the office, read by everyone, and checked before an application is handed in."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.applications import actions, queries, rules
from landbridge.applications.models import Application
from landbridge.calls.models import Call
from landbridge.calls.queries import content_of, terms
from landbridge.events.models import Event
from landbridge.events.states import Registered
from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from tests.cast import Cast
from tests.factories.applications import DURING, a_confirmed_draft, an_offer, an_open_call
from tests.factories.calls import PREPARED, a_draft
from tests.factories.events import an_event

pytestmark = pytest.mark.django_db


def asked(cast: Cast) -> tuple[Application, Event]:
    event = an_event(cast, title="Partnering Day", at=PREPARED)
    call = an_open_call(cast.phase, asks_for_event=event)
    return a_confirmed_draft(cast, offer=an_offer(call)), event


def codes(application: Application) -> list[str]:
    application = queries.with_its_parts(application.pk)
    return [
        problem.code for problem in rules.problems_with(queries.facts_of(application, by=SYSTEM), at=DURING)
    ]


def somebody_of(organisation: object, event: Event, *, state: str) -> None:
    event.registrations.create(
        email=f"{state}@example.org", name="A", organisation_name="B", organisation=organisation, state=state,
        code=state[:12], calendar_key=state, begun_at=PREPARED, attended_at=PREPARED, attendee="company",
    )  # fmt: skip


def test_whoever_was_not_there_reads_so_and_cannot_hand_in(cast):
    application, event = asked(cast)
    assert codes(application) == ["not_attended"]
    somebody_of(cast.danish_company, event, state=Registered.APPROVED)
    somebody_of(cast.belgian_company, event, state=Registered.ATTENDED)
    assert codes(application) == ["not_attended"]
    with pytest.raises(Refused, match="not_attended"):
        actions.submit(application_id=application.pk, by=cast.actor("danish_sme"), at=DURING)


def test_one_person_who_came_is_enough(cast):
    application, event = asked(cast)
    somebody_of(cast.danish_company, event, state=Registered.ATTENDED)
    assert codes(application) == []


def test_the_office_asks_for_an_event_it_keeps_and_applicants_read_it(cast, settings, monkeypatch):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    monkeypatch.setattr(clock, "now", lambda: PREPARED)
    event = an_event(cast, title="Partnering Day", at=PREPARED)
    call = a_draft(phase=cast.phase)
    office = Client()
    office.force_login(cast.office)
    fields = {
        "operation_key": str(uuid.uuid4()), "version": call.version, "title": "Call 1", "summary": "Vouchers.",
        "selection_mode": "panel", "contact_email": "a@example.org", "asks_for_event": event.pk,
    }  # fmt: skip
    assert office.post(reverse("calls:about", args=[call.pk]), fields).status_code == 302
    call = Call.objects.get(pk=call.pk)
    assert call.asks_for_event == event
    assert (terms(call).event, terms(call).event_slug) == ("Partnering Day", event.slug)
    assert "Partnering Day" in office.get(reverse("calls:publication", args=[call.pk])).content.decode()


def test_the_public_page_of_a_call_names_the_event(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: DURING)
    application, event = asked(cast)
    text = Client().get(reverse("public:call", args=[application.call_id])).content.decode()
    assert f'<a href="{event.get_absolute_url()}">Partnering Day</a>' in text


def test_terms_without_an_event_are_what_they_were_before(cast):
    assert "asks_for_event" not in content_of(a_draft(phase=cast.phase))
