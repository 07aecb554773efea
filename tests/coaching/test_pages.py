"""The pages: a whole case through the browser, who may open what, and what comes back with its problems."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.coaching import actions
from landbridge.coaching.models import Case, Coach, FreeTime, Offer, Plan, Report, Session
from landbridge.coaching.rules import STATEMENTS
from landbridge.coaching.states import Party, S, SessionState
from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM
from tests.factories.coaching import (
    AT,
    FREE_FROM,
    a_case,
    a_coach,
    a_competence,
    a_session,
    free_time,
    marks_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(monkeypatch, settings, tmp_path):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path
    monkeypatch.setattr(clock, "now", lambda: AT)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def page(client, name, *args, **query):
    return client.get(reverse(f"coaching:{name}", args=args), query)


def post(client, name, /, *args, query="", **fields):
    return client.post(
        reverse(f"coaching:{name}", args=args) + query, {"operation_key": str(uuid4()), **fields}
    )


def say(response):
    return response.content.decode()


# ── The whole way ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_case_goes_its_whole_way_through_the_pages(cast, monkeypatch):
    company, desk = signed_in(cast.danish_sme), signed_in(cast.zealand_broker)
    expert, office = signed_in(cast.german_provider), signed_in(cast.office)
    term = a_competence()
    answers = [
        post(expert, "coach_new", name="Gerda German", headline="Opens markets", about="", languages=["en"],
             country="DE", time_zone="Europe/Berlin", meeting_link="", most_cases="3", competence_1=str(term.pk)),
        post(office, "coach_activation", Coach.objects.get().pk),
        post(expert, "week", weekdays=["0", "2"], begins="09:00", ends="12:00", first_day="2026-06-01", weeks="2"),
        post(company, "new", title="Selling abroad", wish="To hospitals.", competence_1=str(term.pk), languages=["en"]),
    ]  # fmt: skip
    case = Case.objects.get()
    hat = cast.zealand_broker.memberships.get()
    answers += [
        post(desk, "adviser", case.pk, membership_id=str(hat.pk)),
        post(desk, "talk", case.pk, first_talk_on="2026-05-18", first_talk="Eager."),
        post(desk, "analysis", case.pk, challenges="No customers.", context_now="Here.", context_next="There.",
             hours_at_most="12", competence_1=str(term.pk), languages=["en"]),
        post(desk, "coaches_of", case.pk, coaches=[str(Coach.objects.get().pk)]),
        post(company, "choice", Offer.objects.get().pk),
        post(expert, "answer", case.pk, has_no_conflict="on"),
        post(expert, "plan", case.pk, summary="Ready.", title_1="Ten names", task_1="Call.", hours_1="8"),
    ]  # fmt: skip
    answers.append(post(company, "plan_acceptance", case.pk, Plan.objects.get().pk))
    free = FreeTime.objects.order_by("starts_at")[0]
    opening = f"{free.pk}@{free.starts_at.isoformat()}"
    answers.append(
        post(company, "booking", case.pk, query="?minutes=90", opening=opening, topic="First steps")
    )
    session = Session.objects.get()
    assert session.ends_at - session.starts_at == timedelta(minutes=90)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=20))
    goal = Plan.objects.get().objectives.get()
    answers += [
        post(expert, "session_hours", session.pk, hours="1.5", notes="The list."),
        post(company, "session_approval", session.pk),
        post(expert, "report", case.pk, text="Done.", continuation="On.", name_1="Klinikum", country_1="DE",
             role_1="Customer", **{f"reached_{goal.pk}": "yes"}),
        post(desk, "report_check", case.pk),
        post(office, "report_approval", case.pk),
        post(company, "feedback", case.pk, text="Good.", **marks_of(Party.COMPANY)),
        post(desk, "feedback", case.pk, text="", **marks_of(Party.BROKER)),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [302] * len(answers)
    case.refresh_from_db()
    assert case.state == S.CLOSED
    for client in (company, desk, expert, office):
        assert page(client, "case", case.pk).status_code == 200
        assert page(client, "cases").status_code == 200


def test_every_step_names_who_has_the_ball(cast):
    says = {
        S.ASKED: "Name an adviser", S.ASSIGNED: "Talk to the company", S.CONTACTED: "Write the needs analysis",
        S.ANALYSED: "Propose coaches", S.MATCHED: "Write the plan", S.PLANNED: "Accept the plan",
        S.COACHING: "Write the report", S.REPORTED: "Check the report", S.CHECKED: "Say what you think of it",
        S.CLOSED: "Say what you think of it",
    }  # fmt: skip
    desk = signed_in(cast.zealand_broker)
    for state, words in says.items():
        case = a_case(cast, state)
        assert words in say(page(desk, "case", case.pk)), state
        Case.objects.filter(pk=case.pk).update(state=S.ENDED, ended_at=AT)


# ── Who may open what ────────────────────────────────────────────────────────────────────────────────────────────────
def test_who_may_open_a_case(cast):
    case = a_case(cast, S.COACHING)
    answers = {
        name: page(signed_in(getattr(cast, name)), "case", case.pk).status_code for name in cast.names()
    }
    seeing = {"danish_sme", "danish_colleague", "german_provider", "zealand_broker", "office", "other_office",
              "network_office", "auditor"}  # fmt: skip
    strangers = {"belgian_sme", "belgian_provider", "stuttgart_broker", "liege_broker"}
    assert {name for name, code in answers.items() if code == 200} == seeing
    assert {name for name, code in answers.items() if code == 404} == strangers
    assert set(answers.values()) == {200, 403, 404}


def test_notes_of_the_first_talk_stay_with_the_desk(cast):
    case = a_case(cast, S.COACHING)
    Case.objects.filter(pk=case.pk).update(first_talk="They quarrel with their bank.")
    reads = {
        name: "quarrel" in say(page(signed_in(getattr(cast, name)), "case", case.pk))
        for name in ("danish_sme", "german_provider", "zealand_broker", "office", "auditor")
    }
    assert reads == {
        "danish_sme": False, "german_provider": False, "zealand_broker": True, "office": True, "auditor": True,
    }  # fmt: skip


def test_figures_are_for_desks_offices_and_auditors(cast):
    a_case(cast, S.CLOSED)
    for name, code in {
        "office": 200,
        "auditor": 200,
        "zealand_broker": 200,
        "danish_sme": 404,
        "german_provider": 404,
    }.items():
        client = signed_in(getattr(cast, name))
        assert page(client, "figures").status_code == code, name
        assert page(client, "figures_table").status_code == code, name


def test_the_table_of_cases_holds_hours_and_partnerships(cast):
    case = a_case(cast, S.COACHING)
    a_session(case, SessionState.APPROVED)
    lines = b"".join(page(signed_in(cast.office), "figures_table")).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Number,Company,Region")
    assert f"{case.number},Danish Company ApS,Zealand" in lines[1]
    assert lines[1].replace("2.0", "2").endswith(",24,7.5,2,0,,,")


# ── Booking ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_free_times_are_shown_on_both_clocks_where_they_differ(cast):
    coach = a_coach(cast, time_zone="Europe/London")
    case = a_case(cast, S.COACHING, coach=coach)
    free_time(coach, starts_at=FREE_FROM, hours=1)
    shown = say(page(signed_in(cast.danish_sme), "booking", case.pk, minutes="30"))
    assert "09:00–09:30 <small>08:00</small>" in shown
    assert "09:30–10:00" in shown
    assert "Europe/London" in shown


def test_a_session_names_the_coach_s_clock_once(cast):
    coach = a_coach(cast, time_zone="Europe/London")
    session = a_session(a_case(cast, S.COACHING, coach=coach))
    shown = say(page(signed_in(cast.danish_sme), "session", session.pk))
    assert shown.count("Europe/London") == 1


def test_a_time_that_was_taken_meanwhile_comes_back_with_the_fresh_list(cast):
    case = a_case(cast, S.COACHING)
    free = free_time(Coach.objects.get(), hours=2)
    opening = f"{free.pk}@{free.starts_at.isoformat()}"
    client = signed_in(cast.danish_sme)
    assert post(client, "booking", case.pk, opening=opening).status_code == 302
    again = post(client, "booking", case.pk, opening=opening)
    assert again.status_code == 422
    assert "This time is gone" in say(again)


@pytest.mark.parametrize(
    "opening", ["", "x", "1@never", "99999999999999999999@2026-06-08T07:00:00+00:00", "@"]
)
def test_an_opening_that_is_none_is_refused(cast, opening):
    case = a_case(cast, S.COACHING)
    free_time(Coach.objects.get())
    assert post(signed_in(cast.danish_sme), "booking", case.pk, opening=opening).status_code == 422


def test_a_session_says_until_when_it_is_cancelled_without_being_late(cast, monkeypatch):
    session = a_session(a_case(cast, S.COACHING))
    client = signed_in(cast.danish_sme)
    assert "Cancel until" in say(page(client, "session", session.pk))
    monkeypatch.setattr(clock, "now", lambda: session.starts_at - timedelta(hours=3))
    assert "less than 24 hours" in say(page(client, "session", session.pk))
    assert post(client, "session_cancellation", session.pk, reason="Ill").status_code == 302
    session.refresh_from_db()
    assert session.cancelled_late


def test_the_office_reads_a_session_but_does_not_cancel_it(cast):
    session = a_session(a_case(cast, S.COACHING))
    client = signed_in(cast.office)
    assert page(client, "session", session.pk).status_code == 200
    assert post(client, "session_cancellation", session.pk, reason="No").status_code == 403


# ── Feedback, report ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_each_side_reads_the_others_only_after_its_own(cast):
    case = a_case(cast, S.CLOSED)
    actions.give_feedback(
        case_id=case.pk,
        marks=marks_of(Party.COACH),
        text="They were late.",
        party=Party.COACH,
        by=SYSTEM,
        at=AT,
    )
    company = signed_in(cast.danish_sme)
    assert "They were late." not in say(page(company, "case", case.pk))
    assert "They were late." in say(page(signed_in(cast.office), "case", case.pk))
    assert post(company, "feedback", case.pk, text="Fine.", **marks_of(Party.COMPANY)).status_code == 302
    assert "They were late." in say(page(company, "case", case.pk))
    assert post(company, "feedback", case.pk, text="Fine.", **marks_of(Party.COMPANY)).status_code == 409
    told = say(page(company, "feedback", case.pk))
    assert "Your side has said what it thinks of this case." in told
    assert "<fieldset" not in told


def test_a_statement_without_a_mark_comes_back(cast):
    case = a_case(cast, S.CLOSED)
    marks = {**marks_of(Party.COMPANY), next(iter(STATEMENTS[Party.COMPANY])): ""}
    assert post(signed_in(cast.danish_sme), "feedback", case.pk, **marks).status_code == 422


def test_the_report_is_a_document_to_print(cast):
    case = a_case(cast, S.CLOSED)
    found = page(signed_in(cast.danish_sme), "summary", case.pk)
    assert found["Content-Type"] == "application/pdf"
    assert found.content.startswith(b"%PDF")
    running = a_case(cast, S.COACHING)
    assert page(signed_in(cast.danish_sme), "summary", running.pk).status_code == 404


def test_a_report_that_came_back_begins_with_what_it_said(cast):
    case = a_case(cast, S.REPORTED)
    actions.return_report(case_id=case.pk, reason="Name the hospital.", by=SYSTEM, at=AT)
    shown = say(page(signed_in(cast.german_provider), "report", case.pk))
    assert "Name the hospital." in shown
    assert "Klinikum Nord" in shown
    assert Report.objects.get().returned_because == "Name the hospital."


# ── Forms that come back ─────────────────────────────────────────────────────────────────────────────────────────────
def test_a_question_without_words_comes_back(cast):
    client = signed_in(cast.danish_sme)
    assert post(client, "new", title="", wish="").status_code == 422
    assert not Case.objects.exists()


def test_a_plan_over_the_limit_comes_back_with_everything_typed(cast):
    case = a_case(cast, S.MATCHED)
    answer = post(
        signed_in(cast.german_provider), "plan", case.pk, summary="Ready.", title_1="Ten names", hours_1="30"
    )
    assert answer.status_code == 409
    assert "this case has 24" in say(answer)
    assert "Ten names" in say(answer)


def test_a_half_filled_objective_says_what_is_missing(cast):
    case = a_case(cast, S.MATCHED)
    answer = post(
        signed_in(cast.german_provider),
        "plan",
        case.pk,
        summary="Ready.",
        title_1="A",
        hours_1="2",
        title_2="B",
    )
    assert answer.status_code == 422
    assert "or leave the objective out" in say(answer)


def test_an_answer_without_the_declaration_is_refused(cast):
    case, coach = a_case(cast, S.ANALYSED), a_coach(cast)
    actions.propose(case_id=case.pk, coach_ids=[coach.pk], by=SYSTEM, at=AT)
    actions.choose(offer_id=Offer.objects.get().pk, by=SYSTEM, at=AT)
    client = signed_in(cast.german_provider)
    assert page(client, "answer", case.pk).status_code == 200
    assert post(client, "answer", case.pk).status_code == 409
    assert post(client, "refusal", case.pk, reason="My brother works there.").status_code == 302
    assert page(client, "case", case.pk).status_code == 404


def test_a_change_of_a_coach_s_page_that_was_overtaken_is_refused(cast):
    coach = a_coach(cast)
    fields = {
        "name": "Gerda G.", "languages": ["en"], "country": "DE", "time_zone": "Europe/Berlin", "most_cases": "2",
        "competence_1": str(a_competence().pk),
    }  # fmt: skip
    client = signed_in(cast.german_provider)
    assert post(client, "coach_edit", version="1", **fields).status_code == 302
    assert post(client, "coach_edit", version="1", **fields).status_code == 409
    coach.refresh_from_db()
    assert (coach.name, coach.most_cases, coach.version) == ("Gerda G.", 2, 2)


def test_whoever_is_no_coach_has_no_calendar(cast):
    client = signed_in(cast.belgian_provider)
    assert page(client, "calendar").status_code == 404
    assert "Become a coach" in say(page(client, "cases"))


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_cases_are_found_by_state_turn_and_words(cast):
    a_case(cast, S.COACHING)
    waiting = a_case(cast, title="Prices for hospitals")
    client = signed_in(cast.zealand_broker)
    for query in ({"state": S.ASKED}, {"turn": "desk"}, {"text": "prices"}, {"text": waiting.number}):
        shown = say(page(client, "cases", **query))
        assert "Prices for hospitals" in shown, query
        assert "Selling abroad" not in shown, query
    assert "Selling abroad" in say(page(client, "cases", turn="coach"))
    assert "Nothing" in say(page(client, "cases", text="zzz")) or "no" in say(
        page(client, "cases", text="zzz")
    )


def test_a_case_costs_the_same_however_many_sessions_it_has(cast):
    case = a_case(cast, S.COACHING)
    a_session(case, hours=Decimal(1), minutes=60)
    client = signed_in(cast.danish_sme)
    page(client, "case", case.pk)
    with CaptureQueriesContext(connection) as few:
        page(client, "case", case.pk)
    for _ in range(3):
        a_session(case, minutes=60)
    with CaptureQueriesContext(connection) as many:
        page(client, "case", case.pk)
    assert len(few) == len(many)
