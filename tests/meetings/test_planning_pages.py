"""The organiser's pages: who sees them, the whole way from the rules to the results, what is refused, what a list costs."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.events.models import MeetingTable, Slot
from landbridge.foundation import clock
from landbridge.foundation.jobs.models import Job
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.meetings import actions
from landbridge.meetings.models import Absence, Meeting, MeetingRules, Outcome, Request, Run, Seat
from landbridge.meetings.queries.preview import preview_of
from landbridge.meetings.states import MeetingState, RunState
from landbridge.meetings.views.planning import _bound
from tests.cast import Cast
from tests.factories.events import AT, an_event
from tests.factories.timetables import (
    a_draft_run,
    a_matchmaking,
    a_published_run,
    add_people,
    agreed,
    many_agreed,
    people_of,
    standing,
)

pytestmark = pytest.mark.django_db
RULES = {
    "requests_open_at": "2026-05-18 09:00", "requests_close_at": "2026-06-10 18:00", "most_requests": "20",
    "days_to_answer": "7", "high_share_percent": "25", "weight_must": "8", "weight_high": "3",
    "weight_medium": "2", "weight_low": "1", "weight_mutual": "2", "weight_cross_border": "1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"meetings:{name}", args=args)


def post(client: Client, name: str, *args: object, **fields: object) -> Any:
    return client.post(page(name, *args), {"operation_key": str(uuid.uuid4()), **fields})


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def event(cast: Cast) -> Any:
    found = a_matchmaking(cast, people=10, slots=4, tables=4)
    many_agreed(found)
    return found


def test_each_role_sees_its_own(cast: Cast, event: Any):
    run = a_published_run(event)
    seen = {
        "organiser": 200, "office": 200, "network_office": 200, "auditor": 200, "other_office": 404,
        "zealand_broker": 404, "danish_sme": 403, "german_provider": 403, "investor": 403, "mallory": 403,
    }  # fmt: skip
    for name, status in seen.items():
        client = signed_in(getattr(cast, name))
        for address in (
            page("control", event.pk), page("run", run.pk), page("unplaced", run.pk), page("timetable", event.pk),
            page("day", event.pk), page("statistics", event.pk), page("presence", event.pk),
            page("plan", event.pk, "day"), page("statistics_csv", event.pk), page("statistics_xlsx", event.pk),
        ):  # fmt: skip
            answer = client.get(address)
            if answer.streaming:
                assert b"".join(answer.streaming_content)
            assert answer.status_code == status, (name, address)
    assert Client().get(page("control", event.pk)).status_code == 302
    auditor = signed_in(cast.auditor)
    assert "Make the timetable" not in text_of(auditor.get(page("control", event.pk)))
    assert post(auditor, "runs", event.pk).status_code == 403


def test_from_the_rules_to_a_published_timetable(cast: Cast):
    event = an_event(cast, has_meetings=True)
    add_people(event, 8)
    client = signed_in(cast.organiser)
    assert "Say first how the meetings go" in text_of(client.get(page("control", event.pk)))
    assert post(client, "runs", event.pk).status_code == 409
    wrong = post(client, "rules", event.pk, **{**RULES, "weight_low": "5", "link_pattern": "http://x"})
    assert wrong.status_code == 409
    assert "must not weigh less" in text_of(wrong)
    assert post(client, "rules", event.pk, **RULES).status_code == 302
    assert MeetingRules.objects.get(event=event).weight_cross_border == 1
    assert post(client, "runs", event.pk).status_code == 409  # nobody has agreed to anything
    many_agreed(event)
    answer = post(client, "runs", event.pk, seed="7", effort="quick")
    run = Run.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page("run", run.pk))
    assert (run.seed, run.effort, Job.objects.filter(unique_key=f"timetable-{run.pk}").count()) == (
        7,
        "quick",
        1,
    )
    assert "Look again" in text_of(client.get(page("run", run.pk)))
    part = client.get(page("run", run.pk), headers={"HX-Request": "true"})
    assert "run-progress" in text_of(part)
    assert "<html" not in text_of(part)
    assert post(client, "stop", run.pk).status_code == 302
    assert client.get(page("run", run.pk), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "stopped by hand" in text_of(client.get(page("run", run.pk)))
    draft = a_draft_run(event)
    seen = text_of(client.get(page("run", draft.pk)))
    assert "% of what is possible at all" in seen
    assert "Publish" in seen
    assert post(client, "publication", draft.pk).status_code == 302
    assert standing(event)
    assert post(client, "publication", draft.pk).status_code == 409


def test_a_preview_says_who_has_few_meetings_and_why(cast: Cast, event: Any):
    (silent,) = add_people(event, 1, slots=None)
    (alone,) = add_people(event, 1)
    agreed(people_of(event)[0], silent)
    run = a_draft_run(event)
    client = signed_in(cast.organiser)
    seen = text_of(client.get(page("run", run.pk)))
    assert silent.name in seen
    assert "Has not ticked when they are there." in seen
    assert alone.name in seen
    assert "No request was accepted" in seen
    lists = text_of(client.get(page("unplaced", run.pk)))
    assert "no slot in which both are there" in lists
    assert (
        text_of(client.get(page("unplaced", run.pk), {"why": "person_full", "text": "nobody"})).count("<tr>")
        <= 1
    )
    table = b"".join(client.get(page("unplaced_csv", run.pk))).decode()
    assert silent.name in table
    control = text_of(client.get(page("control", event.pk)))
    assert "Have not ticked when they are there" in control
    assert "Asked nobody" in control


def test_what_has_changed_since_is_said_and_published_all_the_same(cast: Cast, event: Any):
    draft = a_draft_run(event)
    people = people_of(event)
    people[0].slots = people[0].slots[:2]
    people[0].save()
    (new,) = add_people(event, 1)
    agreed(people[1], new)
    client = signed_in(cast.organiser)
    seen = text_of(client.get(page("run", draft.pk)))
    assert "1 person is new." in seen
    assert "1 person is there at other times" in seen
    assert "1 wishes are new, 0 are gone." in seen
    assert post(client, "publication", draft.pk).status_code == 409
    assert post(client, "publication", draft.pk, all_the_same="yes").status_code == 302
    assert Run.objects.get(pk=draft.pk).state == RunState.SUPERSEDED


def test_two_versions_side_by_side(cast: Cast, event: Any):
    first, second = a_published_run(event), a_draft_run(event, seed=9)
    client = signed_in(cast.organiser)
    answer = client.get(page("comparison", second.pk, first.pk))
    assert "From version 1 to version 2" in text_of(answer)
    other = a_matchmaking(cast, title="Another")
    many_agreed(other)
    assert client.get(page("comparison", second.pk, a_draft_run(other).pk)).status_code == 404


def test_by_hand_on_pages(cast: Cast, event: Any):
    a_published_run(event)
    client = signed_in(cast.organiser)
    meeting = standing(event)[0]
    assert "Move it" in text_of(client.get(page("place_of", meeting.pk)))
    move = client.get(page("move", meeting.pk))
    assert "free" in text_of(move)
    taken = next(
        one for one in standing(event) if one.slot_id == meeting.slot_id and one.table_id != meeting.table_id
    )
    refused = post(client, "move", meeting.pk, slot=taken.slot_id, table=taken.table_id)
    assert refused.status_code == 409
    assert taken.first.name in text_of(refused)
    assert post(client, "lock", meeting.pk).status_code == 302
    assert "Let plans and repairs move it" in text_of(client.get(page("place_of", meeting.pk)))
    assert post(client, "unlock", meeting.pk).status_code == 302
    other = next(one for one in standing(event) if one.slot_id == meeting.slot_id and one.pk != meeting.pk)
    assert post(client, "swap", meeting.pk, other=other.pk).status_code == 302
    assert post(client, "cancellation", meeting.pk, reason="They met already.").status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.CANCELLED
    for slot in ("x", "9" * 30, "\x00", ""):
        assert post(client, "move", other.pk, slot=slot).status_code == 422
    assert signed_in(cast.other_office).get(page("move", other.pk)).status_code == 404


def test_a_request_without_a_place_is_placed_on_its_page(cast: Cast):
    event = a_matchmaking(cast, people=4)
    one, other, *_ = people_of(event)
    request = agreed(one, other)
    client = signed_in(cast.organiser)
    assert "Both are free" in text_of(client.get(page("placement", request.pk)))
    slot, table = Slot.objects.filter(event=event)[0], MeetingTable.objects.filter(event=event)[0]
    answer = post(client, "placement", request.pk, slot=slot.pk, table=table.pk, is_locked="on")
    assert answer.status_code == 302
    assert standing(event)[0].is_locked
    assert signed_in(cast.other_office).get(page("placement", request.pk)).status_code == 404


def test_the_day_on_pages(cast: Cast, event: Any):
    a_published_run(event)
    client, people = signed_in(cast.organiser), people_of(event)
    assert "Everybody is there" in text_of(client.get(page("day", event.pk)))
    answer = post(client, "missing", event.pk, people=[people[0].pk, people[1].pk], kind="no_show")
    assert answer.status_code == 302
    seen = text_of(client.get(page("day", event.pk)))
    assert "Is there after all" in seen
    assert "Person 1</strong>" in seen
    absence = Absence.objects.order_by("pk")[0]
    assert post(signed_in(cast.other_office), "return", absence.pk).status_code == 404
    assert post(client, "return", absence.pk).status_code == 302
    assert post(client, "missing", event.pk, people=[people[0].pk], kind="late").status_code == 409
    assert post(client, "missing", event.pk, people=["x"], kind="no_show").status_code == 422
    table = MeetingTable.objects.filter(event=event)[0]
    assert post(client, "table_loss", event.pk).status_code == 422
    assert post(client, "table_loss", event.pk, table="9" * 30).status_code == 422
    assert post(signed_in(cast.other_office), "table_loss", event.pk, table=table.pk).status_code == 404
    assert post(client, "table_loss", event.pk, table=table.pk).status_code == 302
    seen = text_of(client.get(page("day", event.pk)))
    assert "Out of use" in seen
    assert f'<option value="{table.pk}"' not in seen
    assert post(client, "table_loss", event.pk, table=table.pk).status_code == 422
    assert post(client, "table_return", table.pk).status_code == 302
    assert post(client, "repair", event.pk).status_code == 302


def test_a_repaired_version_still_says_why_somebody_has_few_meetings(cast: Cast, event: Any):
    (silent,) = add_people(event, 1, slots=None)
    agreed(people_of(event)[0], silent)
    plan = a_published_run(event)
    client, gone = signed_in(cast.organiser), standing(event)[0].first
    assert post(client, "missing", event.pk, people=[gone.pk], kind="no_show").status_code == 302
    repaired = Run.objects.get(event=event, state=RunState.PUBLISHED)
    assert repaired.pk != plan.pk
    few = {one.person.pk: one for one in preview_of(repaired, event).few}
    assert few[silent.pk].wishes == 1
    assert few[gone.pk].wishes > 0
    assert few[gone.pk].reasons[0] == "Is missing on the day."
    assert any("cancelled since" in reason for reason in few[gone.pk].reasons)
    assert "No request was accepted" not in text_of(client.get(page("run", repaired.pk)))
    assert "in none)" in text_of(client.get(page("unplaced", plan.pk)))


def test_what_has_begun_is_not_offered_and_a_new_plan_on_the_day_is_advised_against(
    cast: Cast, event: Any, monkeypatch: pytest.MonkeyPatch
):
    a_published_run(event)
    slots = list(Slot.objects.filter(event=event).order_by("number"))
    early = next(one for one in standing(event) if one.slot_id == slots[0].pk)
    ahead = next(one for one in standing(event) if one.slot_id == slots[2].pk)
    client = signed_in(cast.organiser)
    assert "The event has begun" not in text_of(client.get(page("control", event.pk)))
    monkeypatch.setattr(clock, "now", lambda: slots[0].ends_at + timedelta(seconds=1))
    assert "The event has begun" in text_of(client.get(page("control", event.pk)))
    assert f'<option value="{early.pk}"' not in text_of(client.get(page("swap", ahead.pk)))
    for name, place in (("move", ahead.pk), ("missing", event.pk)):
        offered = text_of(client.get(page(name, place)))
        assert (
            f'<option value="{slots[0].pk}">'
            not in offered.partition('name="slot"')[2].partition("</select>")[0]
        )


def test_a_bound_is_whole_without_decimals_and_never_rounded_down():
    assert [_bound(Run(bound=one)) for one in (None, 1140.0, 1140.00000001, 1078.01)] == [
        "", "1,140", "1,140", "1,078.1",
    ]  # fmt: skip


def test_two_at_the_bar_by_code_or_by_name(cast: Cast):
    event = a_matchmaking(cast, people=12)
    people = people_of(event)
    agreed(people[5], people[6])
    a_published_run(event)
    client = signed_in(cast.organiser)
    assert client.get(page("bar", event.pk)).status_code == 200
    scanned = f"https://landbridge.example/events/code/{people[0].code}/"
    answer = post(client, "bar", event.pk, first=scanned, second="person 3", sentence="A joint bid.")
    assert answer.status_code == 302
    assert Request.objects.filter(sender=people[0], receiver=people[2]).exists()
    several = post(client, "bar", event.pk, first="person", second="Nobody Known", sentence="Hello.")
    assert several.status_code == 422
    assert "Several people" in text_of(several)
    assert "Nobody who takes part" in text_of(several)


def test_who_came_is_decided_on_its_page(cast: Cast, event: Any, monkeypatch: pytest.MonkeyPatch):
    a_published_run(event)
    meeting = standing(event)[0]
    seat = Seat.objects.get(meeting=meeting, registration=meeting.first)
    later = meeting.slot.ends_at + timedelta(minutes=5)
    Outcome.objects.create(seat=seat, was_held=False, said_at=later)
    monkeypatch.setattr(clock, "now", lambda: later)
    client = signed_in(cast.organiser)
    assert "says it did not happen" in text_of(client.get(page("presence", event.pk)))
    assert post(client, "who_came", meeting.pk, came="first").status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.NO_SHOW
    assert list(Seat.objects.filter(meeting=meeting).order_by("pk").values_list("registration_id", "came")) == [
        (meeting.first_id, True), (meeting.second_id, False),
    ]  # fmt: skip
    assert "Nothing to decide" in text_of(client.get(page("presence", event.pk)))
    assert post(client, "who_came", meeting.pk, came="both").status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    ahead = standing(event)[-1]
    assert post(client, "who_came", ahead.pk, came="both").status_code == 409


def test_results_and_their_tables(cast: Cast, event: Any):
    a_published_run(event)
    meeting = standing(event)[0]
    for seat in Seat.objects.filter(meeting=meeting):
        Outcome.objects.create(seat=seat, was_held=True, worth=4, next_step="Send it.", said_at=AT)
    client = signed_in(cast.organiser)
    assert "Between regions" in text_of(client.get(page("statistics", event.pk)))
    table = b"".join(client.get(page("statistics_csv", event.pk))).decode()
    assert len(table.strip().splitlines()) == Request.objects.count() + 1
    assert "Person 1" in table
    sheet = client.get(page("statistics_xlsx", event.pk))
    assert b"".join(sheet.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("name", ["control", "timetable", "day", "statistics", "presence"])
def test_a_page_costs_the_same_for_few_and_for_many(cast: Cast, name: str):
    costs = []
    for number, people in enumerate((6, 14)):
        event = a_matchmaking(cast, people=people, slots=4, tables=6, title=f"Event {number}")
        many_agreed(event)
        a_published_run(event)
        client = signed_in(cast.organiser)
        client.get(page(name, event.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(name, event.pk)).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[1] <= 30


def test_the_preview_costs_the_same_for_few_and_for_many(cast: Cast):
    costs = []
    for number, people in enumerate((6, 14)):
        event = a_matchmaking(cast, people=people, slots=4, tables=6, title=f"Event {number}")
        many_agreed(event)
        run, client = a_draft_run(event), signed_in(cast.organiser)
        client.get(page("run", run.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page("run", run.pk)).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_organisers_hand_leaves_no_stone_of_others(cast: Cast, event: Any):
    a_published_run(event)
    meeting, stranger = standing(event)[0], signed_in(cast.other_office)
    for name in ("lock", "unlock", "swap", "cancellation", "who_came"):
        assert post(stranger, name, meeting.pk).status_code == 404, name
    assert actions.repair(event_id=event.pk, cause="x", by=SYSTEM, at=AT) is None
