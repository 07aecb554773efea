"""The organiser's pages: an event built from six answers to publication, by whoever keeps it and by nobody else."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from landbridge.events.models import Event, Notice, Session, Slot
from landbridge.events.states import Form, Kind, S
from landbridge.foundation import clock
from tests.factories.events import AT, a_challenge, a_draft_event, an_event

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8cfc000"
    "0003010100f70341430000000049454e44ae426082"
)
PARTS = (
    "about", "dates", "place", "registration_terms", "quotas", "picture", "texts", "programme", "slots", "tables",
    "questions", "challenges", "session_new", "room_new", "challenge_new", "question_new", "copy", "cancellation",
    "notice_new",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"events:{name}", args=args)


def post(client: Client, name: str, /, *args: object, **fields: Any) -> Any:
    return client.post(page(name, *args), {"operation_key": str(uuid.uuid4()), **fields})


def test_every_part_opens_for_whoever_keeps_the_event_and_for_nobody_else(cast):
    event = an_event(cast, kind=Kind.OPEN_INNOVATION)
    expected = {
        "office": 200, "organiser": 200, "network_office": 200, "other_office": 404, "liege_broker": 403,
        "auditor": 403, "mallory": 403,
    }  # fmt: skip
    for name, status in expected.items():
        client = signed_in(getattr(cast, name))
        answers = {part: client.get(page(part, event.pk)).status_code for part in PARTS}
        assert answers == dict.fromkeys(PARTS, status), name


def test_brokers_and_auditors_read_the_control_page_and_change_nothing(cast):
    event = a_draft_event(cast)
    for name in ("liege_broker", "auditor"):
        response = signed_in(getattr(cast, name)).get(page("kept_event", event.pk))
        assert response.status_code == 200
        assert page("about", event.pk) not in response.content.decode()
    assert signed_in(cast.mallory).get(page("kept_event", event.pk)).status_code == 403
    assert signed_in(cast.other_office).get(page("kept_event", event.pk)).status_code == 404


def test_readers_are_offered_no_page_that_refuses_them(cast):
    event = an_event(cast)
    shown = signed_in(cast.auditor).get(page("kept_event", event.pk)).content.decode()
    assert page("registrations", event.slug) in shown
    assert page("statistics", event.slug) not in shown


def test_what_may_stay_empty_is_not_called_complete(cast):
    shown = signed_in(cast.organiser).get(page("kept_event", a_draft_event(cast).pk)).content.decode()
    assert shown.count("Empty, and may stay so") >= 3


def test_the_organisers_trail_leads_back_to_the_control_page_and_a_readers_to_the_public_one(cast):
    event = an_event(cast)
    for name, above in (
        ("organiser", page("kept_event", event.pk)),
        ("liege_broker", page("event", event.slug)),
    ):
        shown = signed_in(getattr(cast, name)).get(page("registrations", event.slug)).content.decode()
        assert f'href="{above}"' in shown, name


def test_a_picture_without_words_is_refused_beside_its_words(cast):
    event, client = a_draft_event(cast), signed_in(cast.organiser)

    def send(text: str) -> Any:
        picture = SimpleUploadedFile("hall.png", PNG, "image/png")
        return post(client, "picture", event.pk, version=event.version, picture=picture, picture_text=text)

    refused = send("")
    assert refused.status_code == 409
    assert "picture_text" in refused.context["form"].errors
    assert send("A hall").status_code == 302
    event.refresh_from_db()
    assert event.picture_text == "A hall"


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"day_1": "", "from_1": "10:00", "until_1": "12:00"}, "day_1"),
        ({"day_1": "its day", "from_1": "12:00", "until_1": "10:00"}, "until_1"),
        ({"day_1": "its day", "from_1": "12:00", "until_1": "25:00"}, "until_1"),
    ],
)
def test_a_part_that_cannot_be_read_is_named_beside_its_field_and_nothing_is_dropped(cast, part, field):
    event, client = an_event(cast), signed_in(cast.organiser)
    if part["day_1"]:
        part = {**part, "day_1": event.starts_at.date().isoformat()}
    response = post(client, "slots", event.pk, minutes="20", pause="5", **part, save="yes")
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Slot.objects.filter(event=event).count() == 6


def test_a_number_that_is_too_small_says_which_would_do(cast):
    event = a_draft_event(cast)
    response = post(signed_in(cast.organiser), "tables", event.pk, count="0")
    assert "Give a number of 1 or more." in response.content.decode()


def test_an_event_of_the_network_is_kept_by_every_office(cast):
    event = a_draft_event(cast, programme_id=None)
    assert signed_in(cast.other_office).get(page("about", event.pk)).status_code == 200


def test_an_event_goes_from_six_answers_to_the_public_page(cast, django_assert_max_num_queries):
    client = signed_in(cast.organiser)
    begun = post(
        client, "new", title="Partners for peptides", kind="matchmaking", form="on_site",
        starts_at="2026-06-16 09:00", ends_at="2026-06-16 18:00", time_zone="Europe/Copenhagen",
        held_for=str(cast.programme.pk),
    )  # fmt: skip
    event = Event.objects.get()
    assert begun.headers["Location"] == page("kept_event", event.pk)
    assert event.starts_at.isoformat() == "2026-06-16T07:00:00+00:00"
    assert client.get(page("event", event.slug)).status_code == 200
    assert Client().get(page("event", event.slug)).status_code == 404

    refused = post(client, "publication", event.pk)
    assert refused.status_code == 409
    assert "The place is missing." in refused.content.decode()

    def write(part: str, **fields: Any) -> None:
        event.refresh_from_db()
        response = post(client, part, event.pk, version=event.version, **fields)
        assert response.status_code == 302, response.content.decode()[:3000]

    write(
        "about", title="Partners for peptides", summary="Meet.", description="All day.", language="en",
        kind="matchmaking", form="on_site", has_meetings="on", contact_email="a@example.org",
    )  # fmt: skip
    write("place", venue="Hall", town="København", country="DK", directions="By train.")
    write("registration_terms", capacity="80", has_waiting_list="on")
    post(client, "room_new", event.pk, name="Hall A", places="40", is_step_free="on")
    room = event.rooms.get()
    post(
        client, "session_new", event.pk, title="Welcome", kind="plenary", starts_at="2026-06-16 09:00",
        ends_at="2026-06-16 10:00", room=room.pk,
    )  # fmt: skip
    assert Session.objects.get().starts_at.isoformat() == "2026-06-16T07:00:00+00:00"
    slots = {"minutes": "20", "pause": "5", "day_1": "2026-06-16", "from_1": "10:00", "until_1": "12:00"}
    preview = post(client, "slots", event.pk, **slots)
    assert preview.status_code == 200
    assert "This would be 5 slots" in preview.content.decode()
    assert Slot.objects.count() == 0
    assert post(client, "slots", event.pk, **slots, save="yes").status_code == 302
    assert Slot.objects.count() == 5
    assert post(client, "tables", event.pk, count="12", name="Table").status_code == 302
    assert post(client, "publication", event.pk).status_code == 302
    public = Client().get(page("event", event.slug))
    assert public.status_code == 200
    assert "Europe/Copenhagen" in public.content.decode()
    with django_assert_max_num_queries(20):
        client.get(page("kept_event", event.pk))


def test_two_who_write_at_once_see_each_others_words_and_lose_none(cast):
    event = a_draft_event(cast)
    first, second = signed_in(cast.office), signed_in(cast.organiser)
    mine = {
        "version": event.version,
        "venue": "Hall",
        "town": "Ghent",
        "country": "BE",
        "directions": "By tram.",
    }
    assert post(first, "place", event.pk, **{**mine, "directions": "By bus."}).status_code == 302
    clash = post(second, "place", event.pk, **mine)
    assert clash.status_code == 409
    text = clash.content.decode()
    assert "Olga Office changed this while you were writing; it now reads: By bus." in text
    assert "By tram." in text
    event.refresh_from_db()
    assert event.directions == "By bus."
    again = post(second, "place", event.pk, **{**mine, "version": event.version})
    assert again.status_code == 302
    event.refresh_from_db()
    assert event.directions == "By tram."


def test_calling_off_asks_for_a_reason_and_says_it_on_the_public_page(cast):
    event = an_event(cast)
    client = signed_in(cast.organiser)
    assert post(client, "cancellation", event.pk, reason="").status_code == 422
    assert post(client, "cancellation", event.pk, reason="The hall is flooded.").status_code == 302
    event.refresh_from_db()
    assert event.state == S.CANCELLED
    assert "The hall is flooded." in Client().get(page("event", event.slug)).content.decode()


def test_a_notice_stands_on_the_public_page_for_a_day(cast, monkeypatch):
    event = an_event(cast)
    client = signed_in(cast.organiser)
    assert (
        post(client, "notice_new", event.pk, subject="Gate 3", text="Come in by gate 3.").status_code == 302
    )
    assert Notice.objects.get().told == 0
    assert "Come in by gate 3." in Client().get(page("event", event.slug)).content.decode()
    monkeypatch.setattr(clock, "now", lambda: AT.replace(day=AT.day + 2))
    assert "Come in by gate 3." not in Client().get(page("event", event.slug)).content.decode()


def test_own_questions_are_written_moved_and_taken_out(cast):
    event = a_draft_event(cast)
    client = signed_in(cast.organiser)
    dinner = {"version": event.version, "label": "Do you come to dinner?", "kind": "yes_no"}
    assert post(client, "question_new", event.pk, **dinner).status_code == 302
    event.refresh_from_db()
    food = {
        "version": event.version, "label": "What do you not eat?", "kind": "text", "after": "do_you_come_to_dinner",
        "after_in": "yes",
    }  # fmt: skip
    assert post(client, "question_new", event.pk, **food).status_code == 302
    event.refresh_from_db()
    assert event.questions[1]["only_if"] == {"key": "do_you_come_to_dinner", "in": ["yes"]}
    listed = client.get(page("questions", event.pk)).content.decode()
    assert "Only if the answer to “Do you come to dinner?” is: yes" in listed
    refused = post(client, "question_rise", event.pk, "what_do_you_not_eat")
    assert refused.status_code == 409
    assert post(client, "question_removal", event.pk, "do_you_come_to_dinner").status_code == 409
    assert post(client, "question_removal", event.pk, "what_do_you_not_eat").status_code == 302
    assert client.get(page("question", event.pk, "gone")).status_code == 404


def test_a_copy_leads_to_its_own_control_page(cast):
    event = an_event(cast)
    response = post(signed_in(cast.organiser), "copy", event.pk, title="Again", first_day="2027-06-15")
    made = Event.objects.get(copied_from=event)
    assert response.headers["Location"] == page("kept_event", made.pk)
    past = post(signed_in(cast.organiser), "copy", event.pk, title="Again", first_day="2026-05-01")
    assert past.status_code == 409


def test_the_list_says_how_many_come_and_finds_by_state_and_town(cast):
    an_event(cast, title="Near")
    a_draft_event(cast, title="Far", town="Leuven")
    client = signed_in(cast.organiser)
    assert "Near" in client.get(page("kept")).content.decode()
    found = client.get(page("kept"), {"text": "Leuven"}).content.decode()
    assert "Far" in found
    assert "Near" not in found
    drafts = client.get(page("kept"), {"state": "draft"}).content.decode()
    assert "Near" not in drafts
    assert "Near" not in signed_in(cast.other_office).get(page("kept")).content.decode()
    for reader in (cast.liege_broker, cast.auditor):
        assert "Far" in signed_in(reader).get(page("kept")).content.decode()


def test_what_belongs_to_an_event_is_changed_by_its_organisers_alone(cast):
    event = an_event(cast, kind=Kind.OPEN_INNOVATION, state=S.DRAFT)
    challenge = a_challenge(event)
    session, table = event.sessions.get(), event.tables.order_by("number")[0]
    stranger, organiser = signed_in(cast.other_office), signed_in(cast.organiser)
    for name, pk in (("session", session.pk), ("challenge", challenge.pk), ("table", table.pk)):
        assert stranger.get(page(name, pk)).status_code == 404
        assert organiser.get(page(name, pk)).status_code == 200
    for name, pk in (
        ("session_removal", session.pk), ("challenge_removal", challenge.pk), ("table_removal", table.pk),
        ("table_loss", table.pk),
    ):  # fmt: skip
        assert post(stranger, name, pk).status_code == 404
    assert post(organiser, "table_removal", table.pk).status_code == 302
    assert post(organiser, "session_removal", session.pk).status_code == 302
    assert event.sessions.count() == 0


def test_a_table_gets_a_name_and_becomes_somebody_s_stand(cast):
    event = an_event(cast)
    client, table = signed_in(cast.organiser), event.tables.order_by("number")[0]
    fields = {"name": "By the window", "room": "", "is_step_free": "on"}
    assert post(client, "table", table.pk, holder_email="ada@example.org").status_code == 409
    event.registrations.create(
        email="ada@example.org", name="Ada", organisation_name="B", state="approved", code="A", calendar_key="A",
        begun_at=AT, attendee="guest",
    )  # fmt: skip
    saved = client.post(
        page("table", table.pk),
        {"operation_key": str(uuid.uuid4()), **fields, "holder_email": "ADA@example.org"},
    )
    assert saved.status_code == 302
    table.refresh_from_db()
    assert (str(table), table.holder.name) == ("By the window", "Ada")


def test_an_online_event_needs_neither_hall_nor_tables(cast):
    event = an_event(cast, form=Form.ONLINE, tables=0)
    assert event.state == S.PUBLISHED
