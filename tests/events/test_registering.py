"""Registering: drafted from the organisation's record, kept while it is written, handed in, cancelled, begun again."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.events import actions, queries
from landbridge.events.models import Registration
from landbridge.events.rules.answers import questions_of
from landbridge.events.states import Attendee, Registered
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.factories.catalogue import a_published_record
from tests.factories.events import AT, a_person, a_registration, an_event

pytestmark = pytest.mark.django_db

QUESTIONS = [
    {"key": "talk", "label": "Do you want to give a talk?", "kind": "yes_no", "required": True},
    {
        "key": "title", "label": "What about?", "kind": "text", "required": True,
        "only_if": {"key": "talk", "in": ["yes"]},
    },
]  # fmt: skip


def asking(event: Any) -> Any:
    """The event with these questions."""
    given = {"version": event.version, "questions": questions_of(QUESTIONS), "by": SYSTEM, "at": AT}
    return actions.set_questions(event_id=event.pk, **given)


@pytest.fixture(autouse=True)
def _now(monkeypatch: Any, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(client: Client, page: str, *args: object, **fields: Any) -> Any:
    return client.post(reverse(f"events:{page}", args=args), {"operation_key": str(uuid.uuid4()), **fields})


def letters(name: str) -> list[str]:
    return list(Letter.objects.filter(template=f"events/{name}").values_list("recipient_email", flat=True))


# ── The draft ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_profile_is_drafted_from_the_hat_and_the_organisation_s_records(cast):
    record = a_published_record(cast)
    event = an_event(cast)
    found = actions.begin(event_id=event.pk, by=cast.actor("german_provider"), at=AT)
    assert found.state == Registered.DRAFT
    assert (found.name, found.email) == (cast.german_provider.name, cast.german_provider.email)
    assert found.organisation == cast.german_institute
    assert found.region == cast.stuttgart
    assert found.country == "DE"
    assert found.attendee == Attendee.FACILITY
    assert record.name in found.offers
    assert found.languages == ["en", "de"]
    assert set(found.competences.all()) <= set(record.competences.all())


@pytest.mark.parametrize(
    ("name", "attendee"),
    [("danish_sme", "company"), ("investor", "investor"), ("liege_broker", "broker"), ("mallory", "guest")],
)
def test_the_hat_proposes_as_what_somebody_comes(cast, name, attendee):
    event = an_event(cast)
    assert actions.begin(event_id=event.pk, by=cast.actor(name), at=AT).attendee == attendee


def test_what_was_written_for_the_last_event_is_there_again(cast):
    a_registration(an_event(cast), cast.danish_sme, seeks="Somebody who knows zebrafish well.")
    found = actions.begin(event_id=an_event(cast, title="Next year").pk, by=cast.actor("danish_sme"), at=AT)
    assert found.seeks == "Somebody who knows zebrafish well."
    assert found.agreed_to_conditions_at is None


def test_beginning_twice_is_one_registration(cast):
    event, actor = an_event(cast), cast.actor("danish_sme")
    first = actions.begin(event_id=event.pk, by=actor, at=AT)
    assert actions.begin(event_id=event.pk, by=actor, at=AT) == first
    assert Registration.objects.count() == 1


def test_only_landbridge_itself_registers_somebody_else(cast):
    with pytest.raises(NotAllowed):
        actions.begin(
            event_id=an_event(cast).pk, by=cast.actor("danish_sme"), coming=cast.actor("belgian_sme"), at=AT
        )


# ── Deadlines ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_registration_closes_to_the_second(cast):
    event = an_event(cast)
    draft = a_registration(event, cast.danish_sme, state="draft")
    closes = event.registration_closes_at
    with pytest.raises(Refused, match="registration_closed"):
        actions.submit(registration_id=draft.pk, by=cast.actor("danish_sme"), at=closes)
    done = actions.submit(
        registration_id=draft.pk, by=cast.actor("danish_sme"), at=closes - timedelta(seconds=1)
    )
    assert done.state == Registered.APPROVED
    with pytest.raises(Refused, match="registration_closed"):
        actions.begin(event_id=event.pk, by=cast.actor("belgian_sme"), at=closes)


# ── Handing in ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_without_approval_one_has_a_place_at_once_and_a_letter_with_the_code(cast):
    found = a_registration(an_event(cast), cast.danish_sme)
    assert found.state == Registered.APPROVED
    letter = Letter.objects.get(template="events/approved")
    assert letter.recipient_email == cast.danish_sme.email
    assert found.code[:3] in letter.body
    assert found.calendar_key in letter.body


def test_with_approval_the_organiser_decides(cast):
    event = an_event(cast, needs_approval=True)
    found = a_registration(event, cast.danish_sme, state="submitted")
    assert found.state == Registered.SUBMITTED
    assert letters("received") == [cast.danish_sme.email]
    with pytest.raises(Registration.DoesNotExist):
        actions.approve(registration_id=found.pk, by=cast.actor("zealand_broker"), at=AT)
    actions.approve(registration_id=found.pk, by=cast.actor("organiser"), at=AT)
    assert letters("approved") == [cast.danish_sme.email]


def test_nobody_hands_in_without_agreeing_to_the_conditions(cast):
    draft = a_registration(an_event(cast), cast.danish_sme, state="draft", agrees=False)
    with pytest.raises(Refused, match="agrees_missing"):
        actions.submit(registration_id=draft.pk, by=cast.actor("danish_sme"), at=AT)


def test_a_question_that_follows_from_an_answer_must_be_answered(cast):
    event = asking(an_event(cast))
    draft = a_registration(event, cast.danish_sme, state="draft", answers={"talk": "no", "title": "Fish"})
    assert draft.answers == {"talk": "no"}
    given: dict[str, Any] = {"registration_id": draft.pk, "by": cast.actor("danish_sme"), "at": AT}
    actions.save(**given, answers={"talk": "yes"})
    with pytest.raises(Refused, match="unanswered"):
        actions.submit(**given)
    actions.save(**given, answers={"talk": "yes", "title": "Fish"})
    assert actions.submit(**given).state == Registered.APPROVED


def test_as_what_one_comes_is_fixed_when_places_are_given(cast):
    found = a_registration(an_event(cast), cast.danish_sme)
    with pytest.raises(Refused, match="fixed_by_now"):
        actions.save(registration_id=found.pk, attendee="speaker", by=cast.actor("danish_sme"), at=AT)


# ── Cancelling, and coming back ──────────────────────────────────────────────────────────────────────────────────────
def test_who_cancels_can_register_again_and_stands_last(cast):
    event = an_event(cast, capacity=1)
    first = a_registration(event, cast.danish_sme)
    second = a_registration(event, cast.belgian_sme, state="waiting")
    actions.cancel_registration(registration_id=first.pk, by=cast.actor("danish_sme"), at=AT)
    second.refresh_from_db()
    assert second.state == Registered.APPROVED
    assert letters("moved_up") == [cast.belgian_sme.email]
    again = actions.reopen(registration_id=first.pk, by=cast.actor("danish_sme"), at=AT)
    assert (again.state, again.agreed_to_conditions_at) == (Registered.DRAFT, None)
    actions.save(registration_id=first.pk, agrees=True, by=cast.actor("danish_sme"), at=AT)
    later = AT + timedelta(hours=1)
    assert actions.submit(registration_id=first.pk, by=cast.actor("danish_sme"), at=later).state == "waiting"


@pytest.mark.parametrize("name", ["belgian_sme", "zealand_broker", "auditor", "other_office", "mallory"])
def test_nobody_else_changes_a_registration(cast, name):
    event = an_event(cast)
    found = a_registration(event, cast.danish_sme)
    actor = cast.actor(name)
    for act in (actions.cancel_registration, actions.submit):
        with pytest.raises(Registration.DoesNotExist):
            act(registration_id=found.pk, by=actor, at=AT)
    with pytest.raises(Registration.DoesNotExist):
        actions.save(registration_id=found.pk, name="Somebody", by=actor, at=AT)


def test_a_guest_of_the_organiser_is_theirs_once_they_sign_in(cast):
    event = an_event(cast)
    guest = actions.enter_guest(
        event_id=event.pk, name="Vera Visitor", email="Vera@Example.org", organisation_name="Visitors",
        by=cast.actor("organiser"), at=AT,
    )  # fmt: skip
    assert (guest.state, guest.email, guest.person) == (Registered.APPROVED, "vera@example.org", None)
    vera = a_person(1, name="Vera")
    type(vera).objects.filter(pk=vera.pk).update(email="vera@example.org")
    actor = type(cast.actor("mallory"))(person_id=vera.pk, name="Vera")
    assert queries.own_registration(event, actor) == guest
    with pytest.raises(Refused, match="registered_already"):
        actions.enter_guest(
            event_id=event.pk, name="V", email="vera@example.org", organisation_name="V", by=SYSTEM, at=AT
        )


# ── The pages ────────────────────────────────────────────────────────────────────────────────────────────────────────
def form_of(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Dagny Danish", "job_title": "Head", "attendee": "company", "offers": "A clean room and people.",
        "seeks": "A partner for the analysis.", "wants_to_meet": "Facilities", "languages": ["en", "da"],
        "wants_meetings": "on", "is_listed": "on", "agrees": "on", **changes,
    }  # fmt: skip


def test_somebody_registers_on_the_pages_in_three_steps(cast):
    event = an_event(cast)
    client = signed_in(cast.danish_sme)
    assert client.get(reverse("events:registering", args=[event.slug])).status_code == 200
    answer = post(client, "registering", event.slug)
    found = Registration.objects.get()
    assert answer["Location"] == reverse("events:registration_text", args=[found.pk])
    page = client.get(answer["Location"]).content.decode()
    assert 'name="organisation_name"' not in page  # given by the hat, not asked for
    answer = post(client, "registration_text", found.pk, do="submit", **form_of())
    assert answer.status_code == 302, answer.content.decode()[:3000]
    found.refresh_from_db()
    assert found.state == Registered.APPROVED
    page = client.get(found.get_absolute_url()).content.decode()
    assert "You have not ticked when you are there" in page
    assert reverse("events:code_picture", args=[found.pk]) in page
    page = client.get(reverse("events:mine")).content.decode()
    assert event.title in page


def test_a_question_that_must_be_answered_is_not_called_optional(cast):
    event = asking(an_event(cast))
    client = signed_in(cast.danish_sme)
    answer = post(client, "registering", event.slug)
    page = client.get(answer["Location"]).content.decode()
    asked = page[page.index("Do you want to give a talk?") :][:200]
    assert "optional" not in asked


def test_everything_typed_is_kept_also_with_mistakes(cast):
    event = asking(an_event(cast))
    client = signed_in(cast.danish_sme)
    post(client, "registering", event.slug)
    found = Registration.objects.get()
    wrong = form_of(website="not an address", agrees="", name="")
    answer = post(client, "registration_text", found.pk, do="submit", **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "not an address" in page
    assert "A partner for the analysis." in page
    found.refresh_from_db()
    assert (found.seeks, found.website) == ("A partner for the analysis.", "")
    answer = post(client, "registration_text", found.pk, do="submit", q_talk="yes", **form_of())
    assert answer.status_code == 409
    assert 'name="q_title"' in answer.content.decode()
    answer = post(
        client, "registration_text", found.pk, do="submit", q_talk="yes", q_title="Fish", **form_of()
    )
    assert answer.status_code == 302


def test_a_question_that_follows_is_shown_as_soon_as_it_does(cast):
    event = asking(an_event(cast))
    draft = a_registration(event, cast.danish_sme, state="draft")
    client = signed_in(cast.danish_sme)
    part = post(client, "registration_text", draft.pk, do="questions", q_talk="yes")
    assert part.status_code == 200
    assert 'name="q_title"' in part.content.decode()
    assert "<html" not in part.content.decode()
    part = post(client, "registration_text", draft.pk, do="questions", q_talk="no")
    assert 'name="q_title"' not in part.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("danish_sme", 200), ("organiser", 200), ("office", 200), ("network_office", 200), ("zealand_broker", 200),
        ("auditor", 200), ("danish_colleague", 404), ("liege_broker", 404), ("belgian_sme", 404),
        ("other_office", 404), ("mallory", 404),
    ],
)  # fmt: skip
def test_who_reads_a_registration(cast, name, status):
    found = a_registration(an_event(cast), cast.danish_sme, needs="No nuts")
    answer = signed_in(getattr(cast, name)).get(found.get_absolute_url())
    assert answer.status_code == status
    reads_needs = name in ("danish_sme", "organiser", "office", "network_office")
    assert ("No nuts" in answer.content.decode()) is reads_needs


def test_a_registration_is_cancelled_and_begun_again_on_its_page(cast):
    found = a_registration(an_event(cast), cast.danish_sme)
    client = signed_in(cast.danish_sme)
    assert client.get(reverse("events:registration_cancellation", args=[found.pk])).status_code == 200
    assert post(client, "registration_cancellation", found.pk).status_code == 302
    assert "Register again" in client.get(found.get_absolute_url()).content.decode()
    post(client, "registration_reopening", found.pk)
    found.refresh_from_db()
    assert found.state == Registered.DRAFT


def test_a_draft_that_came_too_late_offers_no_button(cast, monkeypatch):
    event = an_event(cast)
    draft = a_registration(event, cast.danish_sme, state="draft")
    monkeypatch.setattr(clock, "now", lambda: event.registration_closes_at)
    page = signed_in(cast.danish_sme).get(draft.get_absolute_url()).content.decode()
    assert "Registration has closed" in page
    assert reverse("events:registration_submission", args=[draft.pk]) not in page
