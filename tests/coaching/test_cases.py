"""A case from the company's question to the approved report: states, clocks, letters, and who may what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from landbridge.clocks.models import Clock
from landbridge.coaching import actions, queries, tasks
from landbridge.coaching.models import Analysis, Case, Offer, Plan, Report
from landbridge.coaching.states import Offered, S, SessionState
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.factories.coaching import AT, GOALS, NEEDS, a_case, a_coach, a_session

pytestmark = pytest.mark.django_db


def letters(name):
    return sorted(
        Letter.objects.filter(template=f"coaching/{name}").values_list("recipient_email", flat=True)
    )


def running(case):
    found = Clock.objects.about(case).open()
    return {one.duty.key.removeprefix("coaching."): one for one in found.select_related("duty")}


def hat_of(person):
    return person.memberships.get().pk


# ── Asking, and an adviser ───────────────────────────────────────────────────────────────────────────────────────────
def test_a_company_asks_and_its_desk_hears_of_it(cast):
    case = actions.ask(
        title="Selling abroad", wish="To hospitals.", competence_ids=[], languages=["da", "en", "da"],
        by=cast.actor("danish_sme"), at=AT,
    )  # fmt: skip
    assert case.number == f"CO-2026-{case.pk:04d}"
    assert (case.region, case.company, case.languages) == (cast.zealand, cast.danish_company, ["da", "en"])
    assert letters("asked") == [cast.zealand_broker.email]
    assert list(running(case)) == ["assign"]
    assert running(case)["assign"].working_days == 5


@pytest.mark.parametrize("name", ["german_provider", "zealand_broker", "office", "mallory"])
def test_nobody_else_asks_for_a_company(cast, name):
    with pytest.raises(NotAllowed):
        actions.ask(
            title="x", wish="y", competence_ids=[], languages=[], company_id=cast.danish_company.pk,
            by=cast.actor(name), at=AT,
        )  # fmt: skip


def test_a_company_does_not_ask_for_another(cast):
    with pytest.raises(NotAllowed):
        actions.ask(
            title="x", wish="y", competence_ids=[], languages=[], company_id=cast.belgian_company.pk,
            by=cast.actor("danish_sme"), at=AT,
        )  # fmt: skip


def test_a_company_outside_the_regions_learns_why_it_cannot_ask(cast):
    cast.danish_company.region = None
    cast.danish_company.save()
    with pytest.raises(Refused, match="no_region"):
        actions.ask(title="x", wish="y", competence_ids=[], languages=[], by=cast.actor("danish_sme"), at=AT)


def test_on_the_fifth_day_without_an_adviser_the_company_is_told_once(cast, monkeypatch):
    case = a_case(cast)
    for days, expected in ((7, 0), (8, 1), (9, 1)):  # the Monday after is a holiday
        monkeypatch.setattr(clock, "now", lambda days=days: AT + timedelta(days=days))
        tasks.tell_whom_to_call.func()
        assert len(letters("whom_to_call")) == 2 * expected, days
    assert letters("whom_to_call") == sorted([cast.danish_sme.email, cast.danish_colleague.email])
    assert running(case)["assign"].client_told_at is not None


def test_the_adviser_is_named_and_the_company_learns_who(cast):
    case = a_case(cast)
    actions.assign(
        case_id=case.pk, membership_id=hat_of(cast.zealand_broker), by=cast.actor("zealand_broker"), at=AT
    )
    case.refresh_from_db()
    assert (case.state, case.adviser_id) == (S.ASSIGNED, cast.zealand_broker.pk)
    assert letters("assigned") == sorted([cast.danish_sme.email, cast.danish_colleague.email])
    assert letters("given") == []
    assert list(running(case)) == ["first_contact"]
    assert running(case)["first_contact"].membership_id == hat_of(cast.zealand_broker)


def test_an_adviser_works_at_the_desk_of_the_region(cast):
    case = a_case(cast)
    with pytest.raises(Refused, match="not_at_this_desk"):
        actions.assign(
            case_id=case.pk, membership_id=hat_of(cast.liege_broker), by=cast.actor("zealand_broker"), at=AT
        )
    with pytest.raises(Case.DoesNotExist):
        actions.assign(
            case_id=case.pk, membership_id=hat_of(cast.liege_broker), by=cast.actor("liege_broker"), at=AT
        )


def test_a_case_is_handed_on_once_it_has_an_adviser(cast):
    case, hat = a_case(cast), hat_of(cast.zealand_broker)
    with pytest.raises(Refused, match="no_adviser"):
        actions.hand_on(case_id=case.pk, membership_id=hat, by=SYSTEM, at=AT)
    case = a_case(cast, S.ASSIGNED)
    told = len(letters("assigned"))
    actions.hand_on(case_id=case.pk, membership_id=hat, by=SYSTEM, at=AT)
    assert len(letters("assigned")) == told, "it is theirs already"
    Case.objects.filter(pk=case.pk).update(adviser_id=1, adviser_name="Former")
    actions.hand_on(case_id=case.pk, membership_id=hat, by=SYSTEM, at=AT + timedelta(minutes=1))
    case.refresh_from_db()
    assert case.adviser_name == cast.zealand_broker.name
    assert len(letters("assigned")) == told + 2


# ── Needs ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_facts_of_the_firm_say_against_what_and_by_whom_they_were_checked(cast):
    case = a_case(cast, S.CONTACTED)
    actions.analyse(
        case_id=case.pk, needs=NEEDS, hours_at_most=30, competence_ids=[], languages=["en"],
        by=cast.actor("zealand_broker"), at=AT,
    )  # fmt: skip
    found = Analysis.objects.get(case=case)
    assert (found.facts_checked_against, found.facts_checked_by_name) == ("Accounts of 2025", "Signe Zealand")
    case.refresh_from_db()
    assert (case.hours_at_most, case.state) == (30, S.ANALYSED)
    assert letters("analysed") == sorted([cast.danish_sme.email, cast.danish_colleague.email])


def test_a_talk_is_not_entered_before_it_was_held(cast):
    case = a_case(cast, S.ASSIGNED)
    for days, code in ((1, "talk_lies_ahead"), (-1, "talk_before_question")):
        with pytest.raises(Refused, match=code):
            actions.contact(
                case_id=case.pk,
                first_talk_on=(AT + timedelta(days=days)).date(),
                first_talk="",
                by=SYSTEM,
                at=AT,
            )


# ── The plan ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_company_returns_a_plan_and_accepts_the_next_version(cast):
    case = a_case(cast, S.PLANNED)
    company, coach = cast.actor("danish_sme"), cast.actor("german_provider")
    first = Plan.objects.get(case=case)
    actions.return_plan(case_id=case.pk, reason="Too many hours for prices.", by=company, at=AT)
    assert letters("plan_returned") == [cast.german_provider.email]
    assert list(running(case)) == ["plan"]
    actions.plan(case_id=case.pk, summary="Shorter.", goals=GOALS[:1], by=coach, at=AT)
    with pytest.raises(Refused, match="plan_replaced"):
        actions.accept_plan(case_id=case.pk, plan_id=first.pk, by=company, at=AT)
    second = Plan.objects.get(case=case, version=2)
    actions.accept_plan(case_id=case.pk, plan_id=second.pk, by=company, at=AT)
    case.refresh_from_db()
    assert (case.state, case.begun_at) == (S.COACHING, AT)
    assert list(running(case)) == ["report"]
    assert running(case)["report"].working_days == 90
    first.refresh_from_db()
    assert first.returned_because == "Too many hours for prices."


def test_a_plan_takes_no_more_hours_than_the_case_has(cast):
    case = a_case(cast, S.MATCHED)
    Case.objects.filter(pk=case.pk).update(hours_at_most=7)
    with pytest.raises(Refused, match="hours_over_limit"):
        actions.plan(case_id=case.pk, summary="x", goals=GOALS, by=cast.actor("german_provider"), at=AT)
    assert not Plan.objects.exists()


def test_only_the_coach_of_the_case_writes_its_plan(cast):
    case = a_case(cast, S.MATCHED)
    with pytest.raises(Case.DoesNotExist):
        actions.plan(case_id=case.pk, summary="x", goals=GOALS, by=cast.actor("belgian_provider"), at=AT)
    with pytest.raises(NotAllowed):
        actions.plan(case_id=case.pk, summary="x", goals=GOALS, by=cast.actor("danish_sme"), at=AT)


# ── Ending early ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_case_that_ends_early_frees_coach_and_time(cast):
    case = a_case(cast, S.COACHING)
    session = a_session(case)
    actions.end(case_id=case.pk, reason="The company was sold.", by=cast.actor("zealand_broker"), at=AT)
    session.refresh_from_db()
    case.refresh_from_db()
    assert (session.state, session.sequence) == (SessionState.CANCELLED, 1)
    assert (case.state, case.ended_at) == (S.ENDED, AT)
    assert running(case) == {}
    assert cast.german_provider.email in letters("ended")


def test_a_company_withdraws_before_the_coaching_begins(cast):
    case = a_case(cast, S.PLANNED)
    actions.withdraw(case_id=case.pk, reason="No time.", by=cast.actor("danish_sme"), at=AT)
    assert letters("withdrawn") == sorted([cast.zealand_broker.email, cast.german_provider.email])
    begun = a_case(cast, S.COACHING)
    with pytest.raises(Refused, match="wrong_state"):
        actions.withdraw(case_id=begun.pk, reason="No time.", by=cast.actor("danish_sme"), at=AT)


# ── Who sees what ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_who_sees_a_case(cast):
    case = a_case(cast, S.COACHING)
    sees = {
        name for name in cast.names() if Case.objects.visible_to(cast.actor(name)).filter(pk=case.pk).exists()
    }
    assert sees == {
        "danish_sme", "danish_colleague", "german_provider", "zealand_broker", "office", "other_office",
        "network_office", "auditor",
    }  # fmt: skip


def test_a_coach_sees_a_case_only_once_chosen_and_no_longer_after_declining(cast):
    case, coach = a_case(cast, S.ANALYSED), a_coach(cast)
    actor = cast.actor("german_provider")
    actions.propose(case_id=case.pk, coach_ids=[coach.pk], by=SYSTEM, at=AT)
    offer = Offer.objects.get()
    assert not Case.objects.visible_to(actor).exists()
    actions.choose(offer_id=offer.pk, by=cast.actor("danish_sme"), at=AT)
    assert Case.objects.visible_to(actor).exists()
    actions.decline(offer_id=offer.pk, reason="My brother works there.", by=actor, at=AT)
    assert not Case.objects.visible_to(actor).exists()


# ── The database refuses ─────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("rows", "change", "name"),
    [
        (Case, {"state": "odd"}, "a_case_has_a_known_state"),
        (Case, {"state": S.CLOSED, "ended_at": None}, "an_ended_case_has_its_moment"),
        (Case, {"hours_at_most": 0}, "a_case_has_hours_to_give"),
        (Offer, {"state": "odd"}, "an_offer_has_a_known_state"),
        (Offer, {"has_no_conflict_at": None}, "an_accepted_coach_declared_no_conflict"),
    ],
)
def test_the_database_refuses_a_case_that_cannot_be(cast, rows, change, name):
    a_case(cast, S.COACHING)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.objects.update(**change)


def test_a_case_has_one_coach_and_one_accepted_plan(cast):
    case = a_case(cast, S.COACHING)
    second = a_coach(cast, person=cast.belgian_provider, organisation=cast.belgian_institute)
    with pytest.raises(IntegrityError, match="case"), transaction.atomic():
        Offer.objects.create(
            case=case, coach=second, state=Offered.CHOSEN, proposed_by_name="x", proposed_at=AT
        )
    with pytest.raises(IntegrityError, match="case"), transaction.atomic():
        Plan.objects.create(
            case=case, version=2, summary="x", written_by_name="x", written_at=AT, accepted_at=AT
        )
    with pytest.raises(IntegrityError, match="case"), transaction.atomic():
        Plan.objects.create(case=case, version=1, summary="x", written_by_name="x", written_at=AT)


def test_a_case_played_to_its_end_leaves_nothing_to_find(cast):
    case = a_case(cast, S.CLOSED)
    assert case.ended_at == AT
    assert Report.objects.get().approved_by_name == SYSTEM.name
    assert running(case) == {}
    assert list(queries.findings()) == []
