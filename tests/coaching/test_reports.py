"""The report with its four eyes, partnerships, feedback of each side, figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from landbridge.clocks.models import Clock
from landbridge.coaching import actions, queries
from landbridge.coaching.models import Case, Feedback, Objective, Partnership, Report
from landbridge.coaching.states import Party, S, SessionState
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from tests.factories.coaching import AT, PARTNERS, a_case, a_session, marks_of, reached_all
from tests.factories.memberships import a_hat

pytestmark = pytest.mark.django_db


def report(case, *, by=SYSTEM, at=AT, **changes):
    said = {
        "text": "Done.",
        "continuation": "On.",
        "reached": reached_all(case),
        "partners": PARTNERS,
        **changes,
    }
    return actions.report(case_id=case.pk, by=by, at=at, **said)


def to(name):
    return set(Letter.objects.filter(template=f"coaching/{name}").values_list("recipient_email", flat=True))


def running(case):
    return {one.duty.key: one for one in Clock.objects.about(case).open().select_related("duty")}


def test_the_coach_reports_what_was_reached_and_with_whom(cast):
    case = a_case(cast, S.COACHING)
    a_session(case, SessionState.APPROVED)
    report(case, by=cast.actor("german_provider"))
    case.refresh_from_db()
    assert (case.state, case.reported_at) == (S.REPORTED, AT)
    assert list(Partnership.objects.order_by("pk").values_list("name", "country", "region", "role")) == [
        ("Klinikum Nord", "DE", "Hamburg", "First customer"), ("Rhône Distribution", "FR", "Lyon", "Distributor"),
    ]  # fmt: skip
    assert set(Objective.objects.values_list("reached", flat=True)) == {"yes"}
    assert to("reported") == {cast.zealand_broker.email}
    assert to("feedback") == {cast.danish_sme.email, cast.danish_colleague.email}
    assert list(running(case)) == ["coaching.check"]
    assert running(case)["coaching.check"].working_days == 2


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (SessionState.BOOKED, "sessions_open"), (SessionState.HELD, "hours_open"),
        (SessionState.DISPUTED, "hours_open"), (SessionState.MISSED, ""), (SessionState.CANCELLED, ""),
    ],
)  # fmt: skip
def test_no_session_is_left_open(cast, state, code):
    case = a_case(cast, S.COACHING)
    a_session(case, state)
    if not code:
        assert report(case).state == S.REPORTED
        return
    with pytest.raises(Refused, match=code):
        report(case)


def test_every_objective_is_judged(cast):
    case = a_case(cast, S.COACHING)
    with pytest.raises(Refused, match="objective_not_judged"):
        report(case, reached={})


def test_the_desk_returns_a_report_and_the_next_replaces_its_partnerships(cast):
    case = a_case(cast, S.REPORTED)
    actions.return_report(case_id=case.pk, reason="Which hospital?", by=cast.actor("zealand_broker"), at=AT)
    assert to("report_returned") == {cast.german_provider.email}
    clock = running(case)["coaching.report"]
    assert (clock.due_at - AT).days in range(13, 18), "ten working days, not ninety"
    report(case, partners=PARTNERS[:1], at=AT + timedelta(days=1))
    assert Report.objects.get().returned_because == ""
    assert Partnership.objects.count() == 1


def test_the_office_sends_a_checked_report_back(cast):
    case = a_case(cast, S.CHECKED)
    with pytest.raises(NotAllowed):
        actions.send_back(case_id=case.pk, reason="Too short.", by=cast.actor("zealand_broker"), at=AT)
    actions.send_back(case_id=case.pk, reason="Too short.", by=cast.actor("office"), at=AT)
    written = Report.objects.get()
    assert (written.checked_at, written.checked_by_id, written.returned_because) == (None, None, "Too short.")
    case.refresh_from_db()
    assert case.state == S.COACHING


def test_whoever_checked_does_not_approve(cast):
    a_hat(Role.OFFICE, of=cast.zealand_broker, programme=cast.programme)
    case = a_case(cast, S.REPORTED)
    desk = cast.actor("zealand_broker")
    assert desk.role is Role.BROKER
    actions.check(case_id=case.pk, by=desk, at=AT)
    assert to("checked") == {cast.office.email, cast.zealand_broker.email}
    from landbridge.memberships.queries import actor_under

    hat = cast.zealand_broker.memberships.get(role=Role.OFFICE)
    with pytest.raises(Refused, match="same_person"):
        actions.approve(case_id=case.pk, by=actor_under(hat, person=cast.zealand_broker), at=AT)
    actions.approve(case_id=case.pk, by=cast.actor("office"), at=AT)
    case.refresh_from_db()
    assert (case.state, case.ended_at) == (S.CLOSED, AT)
    assert running(case) == {}
    assert to("closed") == {
        cast.danish_sme.email, cast.danish_colleague.email, cast.german_provider.email, cast.zealand_broker.email,
    }  # fmt: skip


def test_a_coach_who_works_at_the_desk_does_not_check_their_own_report(cast):
    case = a_case(cast, S.REPORTED)
    a_hat(Role.BROKER, of=cast.german_provider, region=cast.zealand)
    from landbridge.memberships.queries import actor_under

    hat = cast.german_provider.memberships.get(role=Role.BROKER)
    with pytest.raises(Refused, match="own_report"):
        actions.check(case_id=case.pk, by=actor_under(hat, person=cast.german_provider), at=AT)


# ── Feedback ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_each_side_speaks_once_for_itself(cast):
    case = a_case(cast, S.CLOSED)
    for name, party in (
        ("danish_sme", Party.COMPANY), ("german_provider", Party.COACH), ("zealand_broker", Party.BROKER),
    ):  # fmt: skip
        actions.give_feedback(case_id=case.pk, marks=marks_of(party), text=name, by=cast.actor(name), at=AT)
        with pytest.raises(Refused, match="feedback_given"):
            actions.give_feedback(case_id=case.pk, marks=marks_of(party), text="", by=cast.actor(name), at=AT)
    assert set(Feedback.objects.values_list("party", flat=True)) == set(Party)


def test_nobody_speaks_for_another_side(cast):
    case = a_case(cast, S.CLOSED)
    for name, party in (("office", None), ("danish_sme", Party.COACH), ("auditor", Party.COMPANY)):
        with pytest.raises(NotAllowed):
            actions.give_feedback(
                case_id=case.pk,
                marks=marks_of(Party.COMPANY),
                text="",
                party=party,
                by=cast.actor(name),
                at=AT,
            )


def test_feedback_waits_for_the_report(cast):
    case = a_case(cast, S.COACHING)
    with pytest.raises(Refused, match="feedback_too_early"):
        actions.give_feedback(
            case_id=case.pk, marks=marks_of(Party.COMPANY), text="", by=cast.actor("danish_sme"), at=AT
        )


def test_who_reads_what_the_sides_thought(cast):
    case = a_case(cast, S.CLOSED)
    for party in (Party.COMPANY, Party.COACH):
        actions.give_feedback(case_id=case.pk, marks=marks_of(party), text="", party=party, by=SYSTEM, at=AT)
    reads = {
        name: len(queries.parts_of(case, actor=cast.actor(name)).feedback)
        for name in ("danish_sme", "german_provider", "zealand_broker", "office", "auditor")
    }
    assert reads == {"danish_sme": 2, "german_provider": 2, "zealand_broker": 0, "office": 2, "auditor": 2}


def test_a_side_stands_once_in_the_table(cast):
    case = a_case(cast, S.CLOSED)
    Feedback.objects.create(case=case, party=Party.COACH, marks={}, person_name="x", given_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(case=case, party=Party.COACH, marks={}, person_name="x", given_at=AT)
    with pytest.raises(IntegrityError, match="feedback_on_coaching_has_its_party"), transaction.atomic():
        Feedback.objects.create(case=case, party="mother", marks={}, person_name="x", given_at=AT)
    assert list(queries.findings()) == [
        f"Feedback {Feedback.objects.get().pk} on case {case.pk} does not mark its seven statements."
    ]


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_figures_count_cases_hours_days_marks_and_partnerships(cast):
    closed = a_case(cast, S.CLOSED)
    running_case = a_case(cast, S.COACHING)
    a_session(running_case, SessionState.APPROVED)
    a_session(running_case, SessionState.MISSED)
    actions.give_feedback(
        case_id=closed.pk,
        marks={**marks_of(Party.COACH), "again": 2},
        text="",
        party=Party.COACH,
        by=SYSTEM,
        at=AT,
    )
    found = queries.figures(Case.objects.all(), actor=cast.actor("office"))
    assert found.states == [(S.COACHING, 1), (S.CLOSED, 1)]
    assert [(one.name, one.running, one.closed, one.total) for one in found.regions] == [("Zealand", 1, 1, 2)]
    assert (found.planned, found.approved, found.entered, found.missed) == (15, 2, 2, 1)
    assert {one.name: (one.done, one.share) for one in found.steps}["Name an adviser"] == (2, 1.0)
    assert {one.mean for one in found.statements} == {4.0, 2.0}
    assert found.partnerships == [("DE", 1), ("FR", 1)]
    of_desk = queries.figures(Case.objects.all(), actor=cast.actor("zealand_broker"))
    assert of_desk.statements == [], "the desk has not spoken itself"
