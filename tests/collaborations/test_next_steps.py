"""A next step for whatever closed: found, planned with owner and day, reminded of once, done, changed or dropped."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.coaching.models import Partnership
from landbridge.coaching.states import S as CaseState
from landbridge.collaborations import actions, queries, rules
from landbridge.collaborations.models import Collaboration, NextStep
from landbridge.collaborations.states import Closed, Origin, Owner, Stepped
from landbridge.collaborations.tasks import remind
from landbridge.desk.queries.following import to_do
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.introductions.models import Introduction
from landbridge.meetings import actions as meetings
from landbridge.vouchers import actions as vouchers
from landbridge.vouchers.models import Voucher
from tests.cast import Cast
from tests.factories.coaching import a_case
from tests.factories.collaborations import a_collaboration
from tests.factories.introductions import an_introduction_made
from tests.factories.meetings import DANISH, GERMAN, a_forum, a_meeting, after, seat_of
from tests.factories.vouchers import a_voucher_in_use

pytestmark = pytest.mark.django_db
AT = clock.now().replace(year=2026, month=6, day=15, hour=9)
TODAY = AT.date()
DUE = TODAY + timedelta(days=30)
STEP = rules.Planned("Write the proposal", Owner.COMPANY, DUE)


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
    return reverse(f"collaborations:{name}", args=args)


def a_voucher_closed(cast: Cast) -> Voucher:
    """Closed on the day of the test."""
    voucher = a_voucher_in_use(cast)
    return vouchers.close(voucher_id=voucher.pk, reason="Paid.", by=SYSTEM, at=AT)


def kinds(cast: Cast, who: str) -> list[Closed]:
    return sorted(line.kind for line in queries.closings(cast.actor(who), at=AT))


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


class TestRules:
    @pytest.mark.parametrize(
        ("planned", "expected"),
        [
            (rules.Planned(" ", Owner.COMPANY, DUE), ["no_step"]),
            (rules.Planned("T", Owner.PROVIDER, DUE), ["no_provider"]),
            (rules.Planned("T", Owner.DESK, TODAY - timedelta(days=1)), ["past"]),
            (rules.Planned("T", Owner.DESK, TODAY + timedelta(days=732)), ["too_far"]),
            (rules.Planned("T", Owner.DESK, TODAY), []),
        ],
    )
    def test_a_step_has_words_an_owner_and_a_day(self, planned: rules.Planned, expected: list[str]):
        assert codes(rules.problems_with_step(planned, has_provider=False, today=TODAY)) == expected


class TestClosings:
    def test_what_closed_is_found_once_for_those_whom_it_concerns(self, cast: Cast):
        a_voucher_closed(cast)
        made = an_introduction_made(cast)
        Introduction.objects.filter(pk=made.pk).update(made_at=AT)
        case = a_case(cast, CaseState.CLOSED, at=AT - timedelta(days=1))
        assert kinds(cast, "office") == ["coaching", "introduction", "voucher"]
        assert "coaching" in kinds(cast, "danish_sme")
        assert kinds(cast, "stuttgart_broker") == ["introduction", "voucher"]
        actions.plan_after(kind=Closed.COACHING, closed_id=case.pk, planned=STEP, by=SYSTEM, at=AT)
        actions.plan_nothing(
            kind=Closed.INTRODUCTION, closed_id=made.pk, reason="They know each other.", by=SYSTEM, at=AT
        )
        assert kinds(cast, "office") == ["voucher"]
        assert queries.how_many_closed(cast.actor("office"), at=AT) == 1
        assert queries.how_many_closed(cast.actor("office"), at=AT + timedelta(days=200)) == 0

    def test_a_meeting_takes_the_step_that_one_side_named_for_itself_alone(self, cast: Cast):
        forum = a_forum(cast)
        meeting = a_meeting(forum)
        for name in (DANISH, GERMAN):
            meetings.say_outcome(
                seat_id=seat_of(meeting, forum.of(name)).pk, was_held=True, worth=4,
                next_step=f"Sent by {name}", by=forum.actor(name), at=after(meeting),
            )  # fmt: skip
        at = after(meeting) + timedelta(days=1)
        own, other = cast.actor("danish_sme"), cast.actor("german_provider")
        mine = queries.closed_one(Closed.MEETING, meeting.pk, actor=own)
        theirs = queries.closed_one(Closed.MEETING, meeting.pk, actor=other)
        assert (mine.company, mine.provider) == (cast.danish_company, cast.german_institute)
        assert (mine.text, mine.owner) == (f"Sent by {DANISH}", Owner.COMPANY)
        assert (theirs.text, theirs.owner) == (f"Sent by {GERMAN}", Owner.PROVIDER)
        assert queries.closed_one(Closed.MEETING, meeting.pk, actor=cast.actor("office")).text == ""
        assert [line.kind for line in queries.closings(own, at=at)] == [Closed.MEETING]

    def test_a_coaching_goes_on_as_its_report_says(self, cast: Cast):
        case = a_case(cast, CaseState.CLOSED, at=AT - timedelta(days=1))
        closing = queries.closed_one(Closed.COACHING, case.pk, actor=cast.actor("danish_sme"))
        assert closing.text == " ".join(case.report.continuation.split())
        assert closing.provider is None

    def test_the_page_plans_and_the_list_costs_the_same_for_any_number(self, cast: Cast):
        client, counts = signed_in(cast.office), []
        for number in (1, 2):
            for _ in range(number):
                a_case(cast, CaseState.CLOSED, at=AT - timedelta(days=1))
            with CaptureQueriesContext(connection) as seen:
                assert "Selling abroad" in client.get(page("closings")).content.decode()
            counts.append(len(seen))
        assert counts[0] == counts[1] <= 12
        case = queries.closings(SYSTEM, at=AT)[0]
        text = client.get(case.plan).content.decode()
        assert "What comes next?" in text
        said = {"text": "Call the hospital", "owner": "company", "due_on": DUE.isoformat()}
        answer = client.post(case.plan, {**said, "due_on": "2026-01-01"})
        assert (answer.status_code, "This day has passed." in answer.content.decode()) == (409, True)
        answer = client.post(case.plan, {**said, "owner": "provider"})
        assert answer.status_code == 422
        assert client.post(case.plan, {**said, "operation_key": str(uuid.uuid4())}).status_code == 302
        assert NextStep.objects.get().owner == Owner.COMPANY
        nothing = page("nothing_more", "coaching", queries.closings(SYSTEM, at=AT)[0].pk)
        assert client.post(nothing, {"reason": "All said."}).status_code == 302
        assert (
            "Nothing more is planned"
            in client.get(NextStep.objects.get(state=Stepped.DROPPED).get_absolute_url()).content.decode()
        )
        assert client.get(page("nothing_more", "dream", 1)).status_code == 404
        assert client.get(page("after_voucher", 10**18)).status_code == 404
        assert signed_in(cast.mallory).get(case.plan).status_code == 403
        assert signed_in(cast.belgian_sme).get(case.plan).status_code == 404


class TestSteps:
    def test_its_owner_learns_of_it_and_is_reminded_once(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        found = a_collaboration(cast)
        desk = cast.actor("zealand_broker")
        step = actions.plan_for(collaboration_id=found.pk, planned=STEP, by=desk, at=AT)
        told = Letter.objects.filter(template="collaborations/next_step_planned")
        assert {one.recipient_email for one in told} == {cast.danish_sme.email, cast.danish_colleague.email}
        assert all("Write the proposal" in one.body for one in told)
        remind.func()
        assert not Letter.objects.filter(template="collaborations/next_step_due").exists()
        monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=30))
        for _ in range(2):
            remind.func()
        assert Letter.objects.filter(template="collaborations/next_step_due").count() == len(told)
        step.refresh_from_db()
        assert step.reminded_at == AT + timedelta(days=30)

    def test_who_plans_for_themselves_gets_no_letter(self, cast: Cast):
        found = a_collaboration(cast)
        actions.plan_for(collaboration_id=found.pk, planned=STEP, by=cast.actor("danish_sme"), at=AT)
        assert not Letter.objects.filter(template="collaborations/next_step_planned").exists()

    def test_a_new_owner_is_told_and_a_new_day_reminded_of_anew(self, cast: Cast):
        found = a_collaboration(cast)
        step = actions.plan_for(collaboration_id=found.pk, planned=STEP, by=cast.actor("danish_sme"), at=AT)
        NextStep.objects.update(reminded_at=AT)
        changed = rules.Planned("Read it", Owner.PROVIDER, DUE + timedelta(days=1), "Jonas")
        actions.change_step(step_id=step.pk, planned=changed, by=cast.actor("danish_sme"), at=AT)
        step.refresh_from_db()
        assert (step.owner, step.owner_name, step.reminded_at) == (Owner.PROVIDER, "Jonas", None)
        assert Letter.objects.get(template="collaborations/next_step_planned").recipient_email == (
            cast.german_provider.email
        )

    def test_it_is_done_or_dropped_once(self, cast: Cast):
        found = a_collaboration(cast)
        one = actions.plan_for(collaboration_id=found.pk, planned=STEP, by=SYSTEM, at=AT)
        two = actions.plan_for(collaboration_id=found.pk, planned=STEP, by=SYSTEM, at=AT)
        client = signed_in(cast.danish_sme)
        assert client.post(page("step_done", one.pk), {"outcome": "Sent."}).status_code == 302
        assert client.post(page("step_drop", two.pk), {"reason": ""}).status_code == 422
        assert client.post(page("step_drop", two.pk), {"reason": "No time."}).status_code == 302
        assert [step.state for step in queries.steps_of(found, actor=SYSTEM)] == ["done", "dropped"]
        with pytest.raises(Refused, match="wrong_state"):
            actions.finish_step(step_id=two.pk, outcome="", by=SYSTEM, at=AT)
        with pytest.raises(Refused, match="step_is_over"):
            actions.change_step(step_id=two.pk, planned=STEP, by=SYSTEM, at=AT)
        with pytest.raises(NotAllowed):
            actions.finish_step(step_id=one.pk, outcome="", by=cast.actor("auditor"), at=AT)

    def test_the_desks_say_what_waits(self, cast: Cast):
        found = a_collaboration(cast)
        actions.plan_for(
            collaboration_id=found.pk,
            planned=rules.Planned("Write", Owner.COMPANY, TODAY + timedelta(days=3)),
            by=SYSTEM,
            at=AT,
        )
        assert [task.label for task in to_do(cast.actor("danish_sme"), at=AT)] == ["Next step: Write"]
        assert list(to_do(cast.actor("german_provider"), at=AT)) == []
        a_case(cast, CaseState.CLOSED, at=AT - timedelta(days=1))
        assert "Say what comes next: 1 thing closed" in [
            task.label for task in to_do(cast.actor("zealand_broker"), at=AT)
        ]

    def test_a_list_by_state_and_by_turn(self, cast: Cast):
        found = a_collaboration(cast)
        actions.plan_for(collaboration_id=found.pk, planned=STEP, by=SYSTEM, at=AT)
        own, other = signed_in(cast.danish_sme), signed_in(cast.german_provider)
        assert "Write the proposal" in own.get(page("next_steps"), {"whose": "ours"}).content.decode()
        assert "Nothing matches" in other.get(page("next_steps"), {"whose": "ours"}).content.decode()
        assert "Write the proposal" in other.get(page("next_steps"), {"state": "planned"}).content.decode()
        assert "No next steps yet" in signed_in(cast.belgian_sme).get(page("next_steps")).content.decode()


class TestHeardOf:
    def test_a_partnership_of_a_coaching_is_recorded_by_one_click(self, cast: Cast):
        case = a_case(cast, CaseState.CLOSED, at=AT - timedelta(days=1))
        desk = signed_in(cast.zealand_broker)
        first, second = Partnership.objects.filter(report__case=case).order_by("pk")
        Partnership.objects.filter(pk=first.pk).update(name=cast.german_institute.name)
        text = desk.get(page("heard_of")).content.decode()
        assert page("partnership", first.pk) in text
        assert page("partnership", second.pk) not in text
        for _ in range(2):
            assert (
                desk.post(page("partnership", first.pk), {"operation_key": str(uuid.uuid4())}).status_code
                == 302
            )
        found = Collaboration.objects.get()
        assert (found.origin, found.company, found.provider) == (
            Origin.COACHING, cast.danish_company, cast.german_institute,
        )  # fmt: skip
        assert desk.post(page("partnership", second.pk)).status_code == 409
        assert desk.post(page("partnership", 4711)).status_code == 404
        assert desk.post(page("met", 4711)).status_code == 404
        assert page("partnership", first.pk) not in desk.get(page("heard_of")).content.decode()
        assert case in queries.origins_of(found, actor=cast.actor("danish_sme"))
        with pytest.raises(Partnership.DoesNotExist):
            actions.record_partnership(partnership_id=first.pk, by=cast.actor("liege_broker"), at=AT)
        assert list(queries.findings()) == []

    def test_a_meeting_is_recorded_by_one_click(self, cast: Cast):
        forum = a_forum(cast)
        meeting = a_meeting(forum)
        for name in (DANISH, GERMAN):
            meetings.say_outcome(
                seat_id=seat_of(meeting, forum.of(name)).pk, was_held=True, worth=4,
                by=forum.actor(name), at=after(meeting),
            )  # fmt: skip
        desk, at = cast.actor("zealand_broker"), after(meeting)
        (heard,) = queries.heard_of(desk, at=at)
        assert heard.record == page("met", meeting.pk)
        found = actions.record_meeting(meeting_id=meeting.pk, by=desk, at=at)
        assert (found.origin, found.meeting) == (Origin.EVENT, meeting)
        assert found.since == date.fromisoformat(meeting.slot.starts_at.date().isoformat())
        assert queries.heard_of(desk, at=at) == []
        assert list(queries.findings()) == []
        Collaboration.objects.update(company=cast.belgian_company)
        assert any("than its meeting" in one for one in queries.findings())
