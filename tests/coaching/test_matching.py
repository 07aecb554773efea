"""Finding a coach: the ranking and its reasons, conflicts found and declared, the company's choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landbridge.access.states import S as AccessState
from landbridge.clocks.models import Clock
from landbridge.coaching import actions, queries, rules
from landbridge.coaching.models import Case, Coach, Offer
from landbridge.coaching.rules import Candidate, Conflict, Fit, Need
from landbridge.coaching.states import Offered, S
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from tests.factories.access import a_request
from tests.factories.coaching import AT, FREE_FROM, a_case, a_coach, a_competence, free_time
from tests.factories.memberships import a_hat

NEED = Need(frozenset({"pricing", "sales"}), frozenset({"marketing"}), frozenset({"en"}), "DK")
ONE = Candidate(
    pk=1, name="Ada", competences=frozenset({"pricing", "sales"}), languages=frozenset({"en", "de"}), country="DE",
    open_cases=0, most_cases=2, free_hours=8.0,
)  # fmt: skip


def codes(problems):
    return [problem.code for problem in problems]


def fit(**changes):
    return rules.fits_of([replace(ONE, **changes)], NEED)[0]


# ── The ranking ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_whoever_has_everything_fits_by_a_hundred_and_every_reason_is_said():
    found = fit()
    assert found.score == 100
    assert [(reason.code, reason.values) for reason in found.reasons] == [
        ("competences", ("pricing", "sales")), ("languages", ("en",)), ("abroad", ("DE",)), ("load", ("0", "2")),
        ("hours", ("8",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "score", "says"),
    [
        ({"competences": frozenset({"pricing"})}, 70, "competences"),
        ({"competences": frozenset({"pricing", "marketing"})}, 85, "near"),
        ({"competences": frozenset({"pricing", "sales", "marketing"})}, 100, "near"),
        ({"competences": frozenset()}, 40, "no_competence"),
        ({"languages": frozenset({"fr"})}, 80, "no_language"),
        ({"country": "DK"}, 90, "load"),
        ({"country": ""}, 90, "load"),
        ({"open_cases": 1}, 98, "load"),
        ({"free_hours": 4.0}, 98, "hours"),
        ({"free_hours": 0.0}, 95, "no_hours"),
    ],
)
def test_what_each_reason_is_worth(change, score, says):
    found = fit(**change)
    assert found.score == score
    assert says in [reason.code for reason in found.reasons]


def test_a_case_that_names_nothing_is_decided_by_the_rest():
    open_need = Need(frozenset(), frozenset(), frozenset(), "DK")
    found = rules.fits_of([ONE], open_need)[0]
    assert found.score == 100
    assert "languages" not in [reason.code for reason in found.reasons]


def test_the_best_come_first_and_those_who_cannot_be_proposed_last():
    others = [
        replace(ONE, pk=2, name="Bea", competences=frozenset({"pricing"})),
        replace(ONE, pk=3, name="Cy", conflicts=(Conflict.OWN_COMPANY,)),
        replace(ONE, pk=4, name="Aaron", conflicts=(Conflict.WORKS_WITH,)),
        replace(ONE, pk=5, name="Dee", open_cases=2),
    ]
    found = rules.fits_of([*others, ONE], NEED)
    assert [one.pk for one in found] == [4, 1, 2, 3, 5]
    assert [one.may_be_proposed for one in found] == [True, True, True, False, False]
    assert found[-1].conflicts == (Conflict.FULL,)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw waits for a busy machine
@given(
    st.lists(
        st.builds(
            Candidate,
            pk=st.integers(1, 99), name=st.sampled_from("ABC"),
            competences=st.frozensets(st.sampled_from(["pricing", "sales", "marketing", "law"])),
            languages=st.frozensets(st.sampled_from(["en", "de"])), country=st.sampled_from(["", "DE", "DK"]),
            open_cases=st.integers(0, 4), most_cases=st.integers(1, 4), free_hours=st.floats(0, 50),
        ),
        max_size=5, unique_by=lambda one: one.pk,
    )
)  # fmt: skip
def test_a_ranking_holds_everybody_once_within_a_hundred_and_does_not_depend_on_the_order(candidates):
    found = rules.fits_of(candidates, NEED)
    assert {one.pk for one in found} == {one.pk for one in candidates}
    assert all(0 <= one.score <= 100 for one in found)
    assert found == rules.fits_of(list(reversed(candidates)), NEED)
    proposable = [one.score for one in found if one.may_be_proposed]
    assert proposable == sorted(proposable, reverse=True)


def some_fit(*conflicts):
    return Fit(1, 90, (), conflicts)


@pytest.mark.parametrize(
    ("chosen", "standing", "expected"),
    [
        ([some_fit()], 0, []),
        ([some_fit()] * 3, 0, []),
        ([some_fit(Conflict.WORKS_WITH)], 2, []),
        ([], 0, ["nobody_chosen"]),
        ([some_fit()] * 4, 0, ["too_many_coaches"]),
        ([some_fit()], 3, ["too_many_coaches"]),
        ([some_fit(Conflict.ADVISES)], 0, ["coach_advises"]),
        ([some_fit(Conflict.DECLINED, Conflict.FULL)], 0, ["coach_declined", "coach_full"]),
    ],
)
def test_whom_a_desk_may_propose(chosen, standing, expected):
    assert codes(rules.problems_with_proposal(chosen, standing=standing)) == expected


def test_whoever_accepts_declares_no_conflict():
    assert codes(rules.problems_with_acceptance(has_no_conflict=True)) == []
    assert codes(rules.problems_with_acceptance(has_no_conflict=False)) == ["conflict_not_declared"]


# ── What is found of real people ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_reasons_are_found_in_what_people_said_and_laid(cast):
    coach = a_coach(cast)
    free_time(coach, hours=4)
    case = a_case(cast, S.ANALYSED, coach=coach)
    [found] = queries.ranked(case, at=AT)
    assert found.reasons == [
        "Knows about: Market entry", "Speaks English", "Comes from another country: Germany", "Has 0 of at most 3 cases",
        "4 hours free in the next 4 weeks",
    ]  # fmt: skip
    assert found.conflicts == []


@pytest.mark.django_db
def test_where_no_competence_was_asked_for_nobody_is_said_to_lack_one():
    found = rules.fits_of([ONE], replace(NEED, competences=frozenset()))[0]
    assert not {"competences", "no_competence", "near"} & {reason.code for reason in found.reasons}


def test_a_competence_next_to_the_one_wanted_counts_half(cast):
    broad = a_competence("business")
    a_competence("market-entry", broader=broad)
    coach = a_coach(cast, competence_ids=[broad.pk])
    found = queries.ranked(a_case(cast, S.ANALYSED, coach=coach), at=AT)[0]
    assert found.reasons[:2] == ["Has none of the competences asked for", "Close to it: Business"]


@pytest.mark.django_db
def test_conflicts_are_found_by_themselves(cast, settings, tmp_path):
    settings.LANDBRIDGE_FILES = tmp_path
    a_request(cast, AccessState.AGREED)
    works_with = a_coach(cast)
    own = a_coach(cast, person=cast.danish_colleague, organisation=cast.belgian_institute)
    a_hat(Role.PROVIDER, of=cast.zealand_broker, organisation=cast.belgian_institute)
    advises = a_coach(cast, person=cast.zealand_broker, organisation=cast.belgian_institute)
    full = a_coach(cast, person=cast.belgian_provider, organisation=cast.belgian_institute, most_cases=1)
    case = a_case(cast, S.ANALYSED, coach=works_with)
    a_case(cast, S.MATCHED, coach=full, company_id=cast.belgian_company.pk)
    found = {one.coach.pk: one.fit.conflicts for one in queries.ranked(case, at=AT)}
    assert found == {
        works_with.pk: (Conflict.WORKS_WITH,), own.pk: (Conflict.OWN_COMPANY,), advises.pk: (Conflict.ADVISES,),
        full.pk: (Conflict.FULL,),
    }  # fmt: skip
    actions.propose(case_id=case.pk, coach_ids=[works_with.pk], by=SYSTEM, at=AT)
    assert Offer.objects.get(case=case).conflict == "works_with"
    with pytest.raises(Refused, match="coach_own_company"):
        actions.propose(case_id=case.pk, coach_ids=[own.pk], by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_the_ranking_costs_the_same_for_many_coaches(cast):
    case = a_case(cast, S.ANALYSED)
    queries.ranked(case, at=AT)
    with CaptureQueriesContext(connection) as few:
        queries.ranked(case, at=AT)
    for number, name in enumerate(("belgian_provider", "assessor", "mallory")):
        coach = a_coach(cast, person=getattr(cast, name), organisation=cast.belgian_institute)
        free_time(coach, starts_at=FREE_FROM + timedelta(days=number))
    with CaptureQueriesContext(connection) as many:
        assert len(queries.ranked(case, at=AT)) == 4
    assert len(few) == len(many)


# ── Proposed, chosen, accepted ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_the_company_chooses_again_after_a_coach_declined(cast):
    first, second = (
        a_coach(cast),
        a_coach(cast, person=cast.belgian_provider, organisation=cast.belgian_institute),
    )
    case = a_case(cast, S.ANALYSED, coach=first)
    company, expert = cast.actor("danish_sme"), cast.actor("german_provider")
    actions.propose(case_id=case.pk, coach_ids=[first.pk, second.pk], by=cast.actor("zealand_broker"), at=AT)
    one, two = (Offer.objects.get(case=case, coach=coach) for coach in (first, second))
    actions.choose(offer_id=one.pk, by=company, at=AT)
    with pytest.raises(Refused, match="coach_chosen"):
        actions.choose(offer_id=two.pk, by=company, at=AT)
    with pytest.raises(Refused, match="conflict_not_declared"):
        actions.accept(offer_id=one.pk, has_no_conflict=False, by=expert, at=AT)
    actions.decline(offer_id=one.pk, reason="I hold shares.", by=expert, at=AT)
    assert queries.ranked(case, at=AT)[0].fit.conflicts == (Conflict.DECLINED,)
    actions.choose(offer_id=two.pk, by=company, at=AT)
    actions.accept(offer_id=two.pk, has_no_conflict=True, by=cast.actor("belgian_provider"), at=AT)
    case.refresh_from_db()
    assert case.state == S.MATCHED
    assert queries.coach_of(case) == second
    running = Clock.objects.about(case).open().values_list("duty__key", flat=True)
    assert list(running) == ["coaching.plan"]
    assert Letter.objects.filter(template="coaching/declined", body__contains="I hold shares.").count() == 3


@pytest.mark.django_db
def test_others_are_withdrawn_once_a_coach_has_accepted(cast):
    first, second = (
        a_coach(cast),
        a_coach(cast, person=cast.belgian_provider, organisation=cast.belgian_institute),
    )
    case = a_case(cast, S.ANALYSED, coach=first)
    actions.propose(case_id=case.pk, coach_ids=[first.pk, second.pk], by=SYSTEM, at=AT)
    one = Offer.objects.get(coach=first)
    actions.choose(offer_id=one.pk, by=SYSTEM, at=AT)
    actions.accept(offer_id=one.pk, has_no_conflict=True, by=SYSTEM, at=AT)
    assert dict(Offer.objects.values_list("coach", "state")) == {
        first.pk: Offered.ACCEPTED, second.pk: Offered.WITHDRAWN,
    }  # fmt: skip
    with pytest.raises(Refused, match="coach_has_accepted"):
        actions.withdraw_offer(offer_id=one.pk, by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_a_choice_is_withdrawn_by_the_desk_and_the_coach_is_told(cast):
    coach = a_coach(cast)
    case = a_case(cast, S.ANALYSED, coach=coach)
    with pytest.raises(NotAllowed):
        actions.propose(case_id=case.pk, coach_ids=[coach.pk], by=cast.actor("danish_sme"), at=AT)
    actions.propose(case_id=case.pk, coach_ids=[coach.pk], by=SYSTEM, at=AT)
    offer = Offer.objects.get()
    actions.choose(offer_id=offer.pk, by=cast.actor("danish_sme"), at=AT)
    actions.withdraw_offer(offer_id=offer.pk, by=cast.actor("zealand_broker"), at=AT)
    assert Letter.objects.filter(
        template="coaching/not_you", recipient_email=cast.german_provider.email
    ).exists()
    assert not Case.objects.visible_to(cast.actor("german_provider")).exists()


@pytest.mark.django_db
def test_another_coach_is_looked_for_before_the_coaching_begins(cast):
    case = a_case(cast, S.PLANNED)
    actions.rematch(case_id=case.pk, reason="Moved away.", by=cast.actor("zealand_broker"), at=AT)
    case.refresh_from_db()
    assert case.state == S.ANALYSED
    assert queries.offer_of(case) is None
    assert list(Clock.objects.about(case).open().values_list("duty__key", flat=True)) == ["coaching.match"]
    with pytest.raises(Refused, match="wrong_state"):
        actions.rematch(case_id=a_case(cast, S.COACHING).pk, reason="x", by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_a_coach_who_rests_is_neither_proposed_nor_chosen(cast):
    coach = a_coach(cast)
    case = a_case(cast, S.ANALYSED, coach=coach)
    actions.propose(case_id=case.pk, coach_ids=[coach.pk], by=SYSTEM, at=AT)
    actions.rest(coach_id=coach.pk, reason="Holidays.", by=cast.actor("office"), at=AT)
    with pytest.raises(Refused, match="coach_rests"):
        actions.choose(offer_id=Offer.objects.get().pk, by=cast.actor("danish_sme"), at=AT)
    actions.withdraw_offer(offer_id=Offer.objects.get().pk, by=SYSTEM, at=AT)
    assert queries.ranked(case, at=AT) == []
    with pytest.raises(Refused, match="nobody_chosen"):
        actions.propose(case_id=case.pk, coach_ids=[coach.pk], by=SYSTEM, at=AT)


# ── Becoming a coach ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db
def test_who_lets_a_coach_take_cases(cast):
    coach = a_coach(cast, active=False)
    for name in ("german_provider", "danish_sme", "auditor", "zealand_broker"):
        with pytest.raises((NotAllowed, Coach.DoesNotExist)):
            actions.activate(coach_id=coach.pk, by=cast.actor(name), at=AT)
    actions.activate(coach_id=coach.pk, by=cast.actor("stuttgart_broker"), at=AT)
    coach.refresh_from_db()
    assert (coach.is_active, coach.activated_by_name) == (True, cast.stuttgart_broker.name)
    assert Letter.objects.filter(template="coaching/coach_waiting").count() == 1
    assert Letter.objects.filter(template="coaching/coach_activated").count() == 1


@pytest.mark.django_db
def test_a_person_is_a_coach_once_and_speaks_for_themselves(cast):
    a_coach(cast)
    described = actions.Described(name="Gerda", competence_ids=[a_competence().pk], languages=["en"])
    with pytest.raises(Refused, match="coach_already"):
        actions.become(described=described, by=cast.actor("german_provider"), at=AT)
    with pytest.raises(NotAllowed):
        actions.become(
            described=described, person_id=cast.mallory.pk, by=cast.actor("belgian_provider"), at=AT
        )
    with pytest.raises(NotAllowed):
        actions.become(described=described, by=cast.actor("danish_sme"), at=AT)
