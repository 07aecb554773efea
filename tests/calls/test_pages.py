"""The office's pages of a call, from its first line to its publication."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from landbridge.budgets.models import Line
from landbridge.calls import queries, standard_form
from landbridge.calls.models import Call
from landbridge.calls.states import S
from landbridge.foundation import clock
from landbridge.foundation.money import euro
from tests.factories.budgets import a_line
from tests.factories.calls import (
    AFTER,
    DURING,
    PREPARED,
    a_complete_draft,
    a_draft,
    a_published_call,
    a_question,
)
from tests.factories.programmes import an_incentive

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client, cast, settings, monkeypatch):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    monkeypatch.setattr(clock, "now", lambda: PREPARED)

    def as_(name, *, at=PREPARED):
        monkeypatch.setattr(clock, "now", lambda: at)
        client.force_login(getattr(cast, name))
        return client

    return as_


@pytest.fixture
def draft(cast):
    return a_draft(phase=cast.phase)


def a_post(**fields):
    return {"operation_key": str(uuid.uuid4()), **fields}


def address(name, call, *more):
    return reverse(f"calls:{name}", args=[call.pk, *more])


def test_a_call_is_prepared_and_published_in_the_browser(sign_in, cast):
    office = sign_in("office")
    incentive = an_incentive(phase=cast.phase)
    a_line(partner=cast.danish_partner, phase=cast.phase, free=euro(100_000))
    assert "No calls yet" in office.get(reverse("calls:calls")).content.decode()
    office.post(
        reverse("calls:new"),
        a_post(
            phase=cast.phase.pk, title="Call 1", summary="Vouchers.", copy_of="", time_zone="Europe/Brussels",
            opens="2026-02-01T09:00", closes="2026-05-04T17:00",
        ),
    )  # fmt: skip
    call = Call.objects.get()
    assert (call.opens_at, call.closes_at) == (
        datetime(2026, 2, 1, 8, tzinfo=UTC),
        datetime(2026, 5, 4, 15, tzinfo=UTC),
    )
    assert "1 thing is missing" in office.get(address("call", call)).content.decode()
    offers = {f"offer_{incentive.pk}": "on", f"cap_{incentive.pk}": "5000", "version": 1}
    assert office.post(address("offers", call), a_post(**offers)).status_code == 302
    page = office.get(address("publication", call)).content.decode()
    assert "Everything is complete" in page
    assert "up to €5,000" in page
    office.post(address("publication", call), a_post())
    call.refresh_from_db()
    assert call.state == S.PUBLISHED
    published = office.get(address("call", call)).content.decode()
    assert call.terms_hash in published
    assert "Opens soon" in published
    assert office.get(address("publication", call)).status_code == 302


def test_the_publication_page_lists_every_problem_with_its_cure(sign_in, draft):
    answer = sign_in("office").post(address("publication", draft), a_post())
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("The call offers nothing yet.", "There are no criteria yet.", "The form asks nothing yet."):
        assert text in page
    assert "Start from the standard form." in page
    assert "Publish now" not in page


@pytest.mark.parametrize(
    "part", ["about", "window", "offers", "criteria", "questions", "new_question", "publication"]
)
def test_every_part_has_its_page_for_the_office_alone(sign_in, draft, part):
    assert sign_in("office").get(address(part, draft)).status_code == 200
    assert sign_in("other_office").get(address(part, draft)).status_code == 404
    assert sign_in("auditor").get(address(part, draft)).status_code == 403
    assert sign_in("finance").get(address(part, draft)).status_code == 403


def test_a_draft_is_shown_to_its_programme_alone(sign_in, draft):
    assert sign_in("auditor").get(address("call", draft)).status_code == 200
    for name in ("other_office", "finance", "stuttgart_broker"):
        assert sign_in(name).get(address("call", draft)).status_code == 404
    assert sign_in("danish_sme").get(address("call", draft)).status_code == 403


def test_what_a_call_is_about_is_edited_over_the_version_that_was_read(sign_in, draft):
    office = sign_in("office")
    fields = {
        "title": "Better",
        "summary": "-",
        "guidance": "",
        "selection_mode": "draw",
        "contact_email": "a@b.org",
    }
    assert office.post(address("about", draft), a_post(**fields, version=1)).status_code == 302
    stale = office.post(address("about", draft), a_post(**{**fields, "title": "Mine"}, version=1))
    assert stale.status_code == 409
    assert "Somebody else changed this call" in stale.content.decode()
    assert "Mine" in stale.content.decode()


@pytest.mark.parametrize(
    ("opens", "closes", "status", "text"),
    [
        ("2026-03-29T02:30", "2026-05-04T17:00", 422, "skip this time"),
        ("2026-10-25T02:30", "2026-11-04T17:00", 422, "this time twice"),
        ("2026-02-30T09:00", "2026-05-04T17:00", 422, "does not exist"),
        ("2026-05-05T09:00", "2026-05-04T17:00", 409, "close before it opens"),
        ("2026-02-01T25:00", "2026-05-04T17:00", 422, "hours and minutes"),
        ("9999999-02-01T09:00", "2026-05-04T17:00", 422, "day"),
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_said_beside_its_field(
    sign_in, draft, *, opens, closes, status, text
):
    fields = {"opens": opens, "closes": closes, "time_zone": "Europe/Brussels", "version": 1}
    answer = sign_in("office").post(address("window", draft), a_post(**fields))
    assert answer.status_code == status
    assert text in answer.content.decode()


def test_the_window_is_kept_to_the_second(sign_in, draft):
    fields = {"opens": "2026-02-01T09:00:01", "closes": "2026-05-04T17:00:59", "time_zone": "Europe/London"}
    sign_in("office").post(address("window", draft), a_post(**fields, version=1))
    draft.refresh_from_db()
    assert draft.opens_at == datetime(2026, 2, 1, 9, 0, 1, tzinfo=UTC)
    assert draft.closes_at == datetime(2026, 5, 4, 16, 0, 59, tzinfo=UTC)


def test_a_cap_above_the_incentive_s_is_said_beside_its_field(sign_in, draft):
    incentive = an_incentive(phase=draft.phase)
    fields = {f"offer_{incentive.pk}": "on", f"cap_{incentive.pk}": "7000.01", "version": 1}
    answer = sign_in("office").post(address("offers", draft), a_post(**fields))
    assert answer.status_code == 422
    assert "€7,000 or less" in answer.content.decode()


def test_criteria_are_typed_in_rows(sign_in, draft):
    office = sign_in("office")
    rows = {"name_0": "Excellence", "points_0": "60", "threshold_0": "30", "name_1": "Impact", "points_1": ""}
    assert office.post(address("criteria", draft), a_post(**rows, version=1)).status_code == 422
    assert office.post(address("criteria", draft), a_post(**{**rows, "points_1": "101"})).status_code == 422
    assert office.post(address("criteria", draft), a_post(**{**rows, "points_1": "40"})).status_code == 302
    assert [(one.name, one.points, one.threshold) for one in queries.criteria_of(draft)] == [
        ("Excellence", 60, 30),
        ("Impact", 40, 0),
    ]


def test_questions_are_edited_moved_and_removed(sign_in, draft):
    office = sign_in("office")
    fields = {
        "section": "Need", "label": "Which market?", "help_text": "", "kind": "choice", "longest": "100",
        "choices": "One\nOther", "is_required": "on", "key": "", "version": "",
    }  # fmt: skip
    assert office.post(address("new_question", draft), a_post(**fields)).status_code == 302
    assert (
        office.post(address("new_question", draft), a_post(**{**fields, "choices": "One"})).status_code == 409
    )
    assert (
        office.post(address("new_question", draft), a_post(**{**fields, "label": "Why?"})).status_code == 302
    )
    first, second = queries.questions_of(draft)
    assert (first.key, first.choices) == ("which_market", ["One", "Other"])
    changed = {**fields, "key": "market", "help_text": "Abroad"}
    assert office.post(address("question", draft, first.pk), a_post(**changed)).status_code == 302
    office.post(address("question_place", draft, second.pk), a_post(direction="up"))
    assert [one.key for one in queries.questions_of(draft)] == ["why", "market"]
    office.post(address("question_removal", draft, second.pk), a_post())
    assert [one.key for one in queries.questions_of(draft)] == ["market"]
    assert office.get(address("question", draft, second.pk)).status_code == 404
    assert office.post(address("question_removal", draft, second.pk), a_post()).status_code == 404


def test_another_call_s_question_is_not_found(sign_in, draft):
    other = a_question(a_draft())
    assert sign_in("office").get(address("question", draft, other.pk)).status_code == 404


def test_a_published_call_refuses_every_edit_with_the_reason(sign_in, cast):
    call = a_published_call(phase=cast.phase)
    question = queries.questions_of(call)[0]
    office = sign_in("office")
    for name in ("question_place", "question_removal"):
        answer = office.post(address(name, call, question.pk), a_post())
        assert answer.status_code == 409
        assert "does not change any more" in answer.content.decode()
    assert office.post(address("publication", call), a_post()).status_code == 409
    assert office.post(address("end", call), a_post()).status_code == 409


def test_an_open_call_is_extended_and_says_so(sign_in, cast):
    call = a_published_call(phase=cast.phase)
    office = sign_in("office", at=DURING)
    early = a_post(closes="2026-05-04T16:59", reason="The site was down.")
    assert office.post(address("extension", call), early).status_code == 409
    later = a_post(closes="2026-05-11T17:00", reason="The site was down.")
    assert office.post(address("extension", call), later).status_code == 302
    page = office.get(address("call", call)).content.decode()
    assert "The site was down." in page
    assert "Open" in page


def test_a_call_is_cancelled_with_a_reason(sign_in, cast):
    call = a_published_call(phase=cast.phase)
    office = sign_in("office", at=DURING)
    assert office.post(address("cancellation", call), a_post(reason="")).status_code == 422
    assert office.post(address("cancellation", call), a_post(reason="No money.")).status_code == 302
    assert "No money." in office.get(address("call", call)).content.decode()


def test_a_closed_call_is_finished(sign_in, cast):
    call = a_published_call(phase=cast.phase)
    office = sign_in("office", at=AFTER)
    assert "Finish the call" in office.get(address("call", call)).content.decode()
    assert office.post(address("end", call), a_post()).status_code == 302
    call.refresh_from_db()
    assert call.state == S.DECIDED


def test_a_copy_starts_from_an_earlier_call(sign_in, cast):
    earlier = a_complete_draft(phase=cast.phase)
    fields = {"phase": cast.phase.pk, "title": "Again", "summary": "-", "copy_of": earlier.pk}
    window = {"time_zone": "Europe/Brussels", "opens": "2026-06-01T09:00", "closes": "2026-09-01T17:00"}
    sign_in("office").post(reverse("calls:new"), a_post(**fields, **window))
    copy = Call.objects.get(title="Again")
    assert len(queries.questions_of(copy)) == len(standard_form.QUESTIONS)
    assert queries.offers_of(copy)[0].incentive == queries.offers_of(earlier)[0].incentive


def test_ids_beyond_every_bound_are_not_found(sign_in):
    for path in (f"{10**30}/", f"{10**30}/about", f"{10**30}/questions/{10**30}"):
        assert sign_in("office").get(f"/calls/preparation/{path}").status_code == 404


def test_the_list_takes_as_many_queries_for_many_calls_as_for_one(
    sign_in, cast, draft, django_assert_max_num_queries
):
    office = sign_in("office")
    for number in range(2, 52):
        a_draft(phase=cast.phase, number=number)
    with django_assert_max_num_queries(12):
        page = office.get(reverse("calls:calls"))
    assert len(page.content) < 80_000
    assert Line.objects.count() == 0


@pytest.mark.parametrize("part", ["about", "window", "offers", "criteria"])
def test_a_part_of_a_published_call_leads_back_with_the_reason(sign_in, cast, part):
    call = a_published_call(phase=cast.phase)
    response = sign_in("office", at=DURING).get(address(part, call), follow=True)
    assert response.redirect_chain == [(address("call", call), 302)]
    assert "what applicants read does not change" in response.content.decode()
