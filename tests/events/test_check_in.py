"""The door: twice is once, clear words for every wrong code, scans that come late, and a telephone without network."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from landbridge.events import actions, queries, tasks
from landbridge.events.models import CheckIn, Registration
from landbridge.events.rules import codes
from landbridge.events.states import Registered
from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.problems import NotAllowed, Refused
from tests.cast import make_cast
from tests.events.test_waiting_list import all_at_once
from tests.factories.events import AT, a_person, a_registration, an_event

DOORS = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _now(monkeypatch: Any, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=30))
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def arrive(
    found: Registration, *, code: str = "", by: Actor = SYSTEM, minutes: int = 0, late: int = 0
) -> CheckIn:
    """Scanned so many minutes after the beginning, received `late` minutes later."""
    moment = found.event.starts_at + timedelta(minutes=minutes)
    return actions.check_in(
        code=code or found.code, event_id=found.event_id, scanned_at=moment, by=by, at=moment + timedelta(minutes=late)
    )  # fmt: skip


# ── Codes ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@given(number=st.integers(0, codes.POSSIBLE - 1), place=st.integers(0, 8), sign=st.sampled_from(codes.SIGNS))
def test_every_single_wrong_sign_is_found(number, place, sign):
    code = codes.code_for(number)
    wrong = code[:place] + sign + code[place + 1 :]
    assert codes.is_code(code)
    assert codes.is_code(wrong) is (wrong == code)


@given(number=st.integers(0, codes.POSSIBLE - 1), first=st.integers(0, 7), second=st.integers(0, 7))
def test_every_exchange_of_two_signs_is_found(number, first, second):
    code = codes.code_for(number)
    signs = list(code)
    signs[first], signs[second] = signs[second], signs[first]
    assert codes.is_code("".join(signs)) is ("".join(signs) == code)


@given(st.text(max_size=400))
def test_whatever_is_scanned_is_a_code_or_none(text):
    assert codes.read_code(text) == "" or codes.is_code(codes.read_code(text))


@pytest.mark.parametrize("shape", ["{}", " {} ", "https://x.example/events/code/{}/", "https://x/{}?a=b#c"])
def test_a_code_is_read_however_it_comes(shape):
    code = codes.code_for(123_456_789)
    assert codes.read_code(shape.format(code)) == code
    assert codes.read_code(shape.format(code.lower())) == code
    assert codes.read_code(codes.grouped(code)) == code


# ── Checking in ──────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_twice_is_once_and_the_first_counts(cast):
    found = a_registration(an_event(cast), cast.danish_sme)
    first = arrive(found, minutes=-20, by=cast.actor("organiser"))
    assert arrive(found, minutes=15, by=cast.actor("office")) == first
    found.refresh_from_db()
    assert (found.state, found.attended_at) == (Registered.ATTENDED, first.scanned_at)
    assert CheckIn.objects.get().by_name == cast.organiser.name


@pytest.mark.django_db
def test_each_day_of_an_event_counts(cast):
    event = an_event(cast)
    type(event).objects.filter(pk=event.pk).update(ends_at=event.ends_at + timedelta(days=1))
    found = a_registration(event, cast.danish_sme)
    found.event.refresh_from_db()
    arrive(found)
    arrive(found, minutes=24 * 60)
    assert CheckIn.objects.count() == 2
    undone = actions.undo_check_in(registration_id=found.pk, by=cast.actor("organiser"), at=event.ends_at)
    assert undone.state == Registered.ATTENDED
    undone = actions.undo_check_in(registration_id=found.pk, by=cast.actor("organiser"), at=event.ends_at)
    assert (undone.state, undone.attended_at) == (Registered.APPROVED, None)


@pytest.mark.django_db
def test_what_is_wrong_with_a_code_is_said(cast):
    event, other = an_event(cast), an_event(cast, title="Another day")
    here, there = a_registration(event, cast.danish_sme), a_registration(other, cast.danish_sme)
    wrong = {
        "": "code_unreadable",
        "ABC": "code_unreadable",
        codes.code_for(1): "code_unknown",
        there.code: "other_event",
    }
    for code, problem in wrong.items():
        with pytest.raises(Refused, match=problem):
            arrive(here, code=code or "?")
    assert not CheckIn.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "submitted", "waiting", "rejected", "cancelled"])
def test_who_has_no_place_is_not_let_in(cast, state):
    found = a_registration(
        an_event(cast, needs_approval=True, capacity=0 if state == "waiting" else 9),
        cast.danish_sme,
        state=state,
    )
    with pytest.raises(Refused, match=f"comes_as_{state}"):
        arrive(found)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["danish_sme", "zealand_broker", "auditor", "mallory"])
def test_only_staff_check_in(cast, name):
    found = a_registration(an_event(cast), cast.danish_sme)
    with pytest.raises(NotAllowed):
        arrive(found, by=cast.actor(name))


@pytest.mark.django_db
def test_staff_of_another_programme_find_no_event(cast):
    found = a_registration(an_event(cast), cast.danish_sme)
    with pytest.raises(type(found.event).DoesNotExist):
        arrive(found, by=cast.actor("other_office"))


@pytest.mark.django_db
def test_the_telephone_s_time_counts_where_it_can_be(cast):
    found = a_registration(an_event(cast), cast.danish_sme)
    event = found.event
    late = arrive(found, minutes=10, late=180)
    assert late.scanned_at == event.starts_at + timedelta(minutes=10)
    assert late.received_at == event.starts_at + timedelta(minutes=190)
    other = a_registration(event, cast.belgian_sme)
    wrong = actions.check_in(
        code=other.code, event_id=event.pk, scanned_at=event.starts_at + timedelta(days=400), by=SYSTEM,
        at=event.starts_at,
    )  # fmt: skip
    assert wrong.scanned_at == event.starts_at
    with pytest.raises(Refused, match="too_early"):
        actions.check_in(code=found.code, event_id=event.pk, scanned_at=AT, by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_who_never_came_is_noted_a_day_later_and_a_late_scan_still_counts(cast, monkeypatch):
    event = an_event(cast)
    came, missed = a_registration(event, cast.danish_sme), a_registration(event, cast.belgian_sme)
    monkeypatch.setattr(clock, "now", lambda: event.ends_at + timedelta(days=2))
    tasks.miss.call()
    missed.refresh_from_db()
    assert missed.state == Registered.APPROVED  # nobody stood at the door: nobody is said to have missed it
    arrive(came)
    tasks.miss.call()
    missed.refresh_from_db()
    assert missed.state == Registered.NO_SHOW
    arrive(missed, minutes=5, late=3 * 24 * 60)
    missed.refresh_from_db()
    assert missed.state == Registered.ATTENDED


@pytest.mark.django_db
def test_presence_is_counted_by_organisation_event_and_day(cast):
    event = an_event(cast)
    for person in (cast.danish_sme, cast.danish_colleague, cast.mallory):
        arrive(a_registration(event, person))
    (row,) = queries.presence(event_id=event.pk)
    assert (row.organisation_id, row.people) == (cast.danish_company.pk, 2)
    assert list(queries.presence(organisation_id=cast.belgian_company.pk)) == []


@pytest.mark.django_db(transaction=True)
def test_five_telephones_scan_one_badge_at_once():
    cast = make_cast()
    found = a_registration(an_event(cast), cast.danish_sme)
    results = all_at_once(*(lambda: arrive(found) for _ in range(5)))
    assert {one.pk for one in results if isinstance(one, CheckIn)} == {CheckIn.objects.get().pk}
    assert all(isinstance(one, CheckIn) for one in results), results


# ── The pages ────────────────────────────────────────────────────────────────────────────────────────────────────────
def scans(client: Client, event: Any, *rows: Any) -> Any:
    return client.post(
        reverse("events:check_in_scans", args=[event.slug]),
        json.dumps({"scans": list(rows)}),
        content_type="application/json",
    )


@pytest.mark.django_db
def test_the_queue_of_a_telephone_posted_twice_counts_once(cast):
    event = an_event(cast)
    dane, belgian = a_registration(event, cast.danish_sme), a_registration(event, cast.belgian_sme)
    client = signed_in(cast.organiser)
    moment = (event.starts_at + DOORS).isoformat()
    rows = [{"code": one.code, "at": moment, "device": "door 1"} for one in (dane, belgian, dane)]
    rows.append({"code": "nonsense", "at": moment})
    answers = [scans(client, event, *rows).json() for _ in range(2)]
    assert [one["ok"] for one in answers[0]["results"]] == [True, True, True, False]
    assert (answers[1]["inside"], answers[1]["expected"]) == (2, 2)
    assert CheckIn.objects.count() == 2
    assert {one.device for one in CheckIn.objects.all()} == {"door 1"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"scans": 5}', b'{"scans": [5]}', b'{"scans": []}', b"[" * 90_000, b"\xff\xfe", b" " * 300_000],
)  # fmt: skip
def test_hostile_posts_are_refused_not_broken(cast, body):
    event = an_event(cast)
    client = signed_in(cast.organiser)
    answer = client.post(
        reverse("events:check_in_scans", args=[event.slug]), body, content_type="application/json"
    )
    assert answer.status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", ["\x00", "💥" * 100, "../../etc", "'; DROP TABLE", "A" * 5000, "0" * 9, "<script>"]
)
def test_hostile_codes_are_no_codes(cast, code):
    event = an_event(cast)
    client = signed_in(cast.organiser)
    answer = scans(
        client, event, {"code": code, "at": "9999-99-99", "device": "x" * 999}, {"code": None, "at": []}
    )
    assert [one["problem"] for one in answer.json()["results"]] == ["code_unreadable"] * 2
    assert client.post(reverse("events:check_in", args=[event.slug]), {"code": code}).status_code == 409


@pytest.mark.django_db
def test_the_page_works_with_plain_forms(cast):
    event = an_event(cast)
    found = a_registration(event, cast.danish_sme)
    client = signed_in(cast.organiser)
    here = reverse("events:check_in", args=[event.slug])
    assert found.code in client.get(here, {"text": "dagny"}).content.decode()
    answer = client.post(here, {"code": codes.grouped(found.code).lower()}, follow=True)
    assert "in. Welcome!" in answer.content.decode()
    answer = client.post(here, {"code": found.code}, follow=True)
    assert "Dagny" in answer.content.decode()
    assert CheckIn.objects.count() == 1
    client.post(reverse("events:check_in_undo", args=[found.pk]), {"operation_key": str(uuid.uuid4())})
    assert not CheckIn.objects.exists()


@pytest.mark.django_db
def test_the_code_on_the_badge_opens_a_button_and_changes_nothing(cast):
    event = an_event(cast)
    found = a_registration(event, cast.danish_sme)
    here = reverse("events:arrival", args=[found.code])
    assert Client().get(here).status_code == 302
    assert signed_in(cast.belgian_sme).get(here).status_code == 404
    assert signed_in(cast.danish_sme).get(here)["Location"] == found.get_absolute_url()
    staff = signed_in(cast.organiser)
    assert staff.get(here).status_code == 200
    assert not CheckIn.objects.exists()
    assert staff.post(here).status_code == 302
    assert CheckIn.objects.count() == 1


@pytest.mark.django_db
def test_the_list_for_the_telephone_is_one_query_however_many_come(cast, django_assert_max_num_queries):
    event = an_event(cast)
    for number in range(6):
        person = a_person(number)
        a_registration(event, Actor(person.pk, person.name))
    client = signed_in(cast.organiser)
    with django_assert_max_num_queries(9):
        rows = client.get(reverse("events:check_in_list", args=[event.slug])).json()
    assert len(rows["people"]) == rows["expected"] == 6
    worker = client.get(reverse("events:check_in_worker", args=[event.slug]))
    assert worker["Content-Type"].startswith("text/javascript")


def test_before_the_day_the_page_says_that_the_door_is_closed(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    event = an_event(cast)
    client = signed_in(cast.organiser)
    address = reverse("events:check_in", args=[event.slug])
    assert "Until then nobody is let in" in client.get(address).content.decode()
    monkeypatch.setattr(clock, "now", lambda: event.starts_at)
    assert "Until then nobody is let in" not in client.get(address).content.decode()
