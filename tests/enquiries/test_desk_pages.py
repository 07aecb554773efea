"""The pages of the desks: work list and bulk moves, hand-over, scouting, the search for partners and the shortlist."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.enquiries import actions, queries
from landbridge.enquiries.models import Candidate, Enquiry, Lead, Sight
from landbridge.enquiries.states import S
from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.enquiries.test_leading import a_colleague, offered, on
from tests.factories.catalogue import a_published_record
from tests.factories.enquiries import ASKED, SECRET, a_candidate, a_summary, an_enquiry, an_enquiry_at

pytestmark = pytest.mark.django_db
NOW = on(12)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path
    settings.LANDBRIDGE_INDEX_DIR = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"enquiries:{name}", args=args)


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(page(name, *args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


class TestWorkList:
    def test_rows_with_clock_broker_and_next_step(self, cast: Cast):
        enquiry = an_enquiry(cast)  # asked on Monday, to be acknowledged by Wednesday
        found = text(signed_in(cast.zealand_broker), "desk")
        for word in (enquiry.number, "Danish Company", "Overdue", "nobody yet", "Acknowledge the enquiry"):
            assert word in found
        assert "working day late" in found

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", True), ("?show=late", True), ("?show=today", False), ("?show=untaken", True),
            ("?show=company", False), ("?show=hold", False), ("?state=new", True), ("?state=ready", False),
            ("?broker=nobody", True), ("?due=0", True), ("?text=enzyme", True), ("?text=poem", False),
            ("?show=nonsense&state=nonsense&broker=x&due=y", True), ("?page=99", True),
        ],
    )  # fmt: skip
    def test_views_and_filters(self, cast: Cast, query: str, expected: bool):
        enquiry = an_enquiry(cast)
        assert (enquiry.number in text(signed_in(cast.zealand_broker), "desk", query=query)) == expected

    def test_who_waits_for_whom(self, cast: Cast):
        enquiry = an_enquiry(cast)
        a_summary(enquiry, approved=False)
        assert enquiry.number in text(signed_in(cast.zealand_broker), "desk", query="?show=company")
        until = (NOW + timedelta(days=30)).date()
        actions.hold(enquiry_id=enquiry.pk, until=until, reason="Wait.", by=SYSTEM, at=NOW)
        assert "Paused" not in text(signed_in(cast.zealand_broker), "desk")
        assert "when it goes on" in text(signed_in(cast.zealand_broker), "desk", query="?show=hold")

    def test_who_sees_which(self, cast: Cast):
        an_enquiry(cast)
        seen = {"liege_broker": 200, "danish_sme": 403, "office": 403, "auditor": 403, "mallory": 403}
        for name, status in seen.items():
            answer = signed_in(getattr(cast, name)).get(page("desk"))
            assert answer.status_code == status, name
            assert "Danish Company" not in answer.content.decode()
        office = signed_in(cast.office)
        assert "Zealand" in text(office, "desks")
        found = text(office, "desk_of", cast.zealand.pk)
        assert "Danish Company" in found
        assert 'name="move"' not in found
        assert signed_in(cast.zealand_broker).get(page("desks")).status_code == 403

    def test_as_many_questions_for_three_rows_as_for_one(self, cast: Cast):
        counts = []
        client = signed_in(cast.zealand_broker)
        for number in (1, 2):
            for _ in range(number):
                actions.take(enquiry_id=an_enquiry(cast).pk, by=cast.actor("zealand_broker"), at=ASKED)
            with CaptureQueriesContext(connection) as queries_made:
                text(client, "desk")
            counts.append(len(queries_made))
        assert counts[0] == counts[1] <= 16, counts


class TestBulkMoves:
    def post(self, cast: Cast, move: str, *enquiries: Enquiry, **more: Any) -> Any:
        rows = [str(enquiry.pk) for enquiry in enquiries]
        return signed_in(cast.zealand_broker).post(page("moves"), {"move": move, "rows": rows, **more})

    def test_each_row_by_its_own_action(self, cast: Cast):
        enquiries = [an_enquiry(cast) for _ in range(3)]
        assert self.post(cast, "acknowledge", *enquiries).status_code == 302
        assert set(Enquiry.objects.values_list("state", flat=True)) == {S.ACKNOWLEDGED}
        assert self.post(cast, "take", *enquiries).status_code == 302

    def test_the_refused_are_listed_with_the_reason(self, cast: Cast):
        new, done = an_enquiry(cast), an_enquiry_at("acknowledged", cast)
        answer = self.post(cast, "acknowledge", new, done)
        body = answer.content.decode()
        assert (answer.status_code, "Not moved" in body, "has moved on" in body) == (409, True, True)
        assert "1 case moved" in body
        new.refresh_from_db()
        assert new.state == S.ACKNOWLEDGED

    def test_given_and_held(self, cast: Cast):
        enquiry, colleague = an_enquiry(cast), a_colleague(cast)
        assert self.post(cast, "give", enquiry, membership_id=colleague.membership_id).status_code == 302
        assert queries.lead_of(enquiry).person_name == "Mallory"
        assert self.post(cast, "hold", enquiry, reason="KEPT").status_code == 422
        assert self.post(cast, "hold", enquiry, until="2026-04-01").status_code == 409
        assert self.post(cast, "hold", enquiry, until="2026-04-01", reason="Wait.").status_code == 302
        assert self.post(cast, "resume", enquiry).status_code == 302

    @pytest.mark.parametrize(
        "post",
        [{}, {"move": "burn"}, {"move": "take"}, {"move": "take", "rows": ["x"]}, {"rows": ["99999999"]}],
    )
    def test_bad_input_comes_back(self, cast: Cast, post: dict[str, Any]):
        an_enquiry(cast)
        assert signed_in(cast.zealand_broker).post(page("moves"), post).status_code == 422

    def test_not_those_of_other_desks(self, cast: Cast):
        enquiry = an_enquiry(cast)
        post = {"move": "take", "rows": [str(enquiry.pk)]}
        assert signed_in(cast.liege_broker).post(page("moves"), post).status_code == 422


class TestAbsences:
    def test_entered_and_taken_out(self, cast: Cast):
        client = signed_in(cast.zealand_broker)
        broker = cast.actor("zealand_broker").membership_id
        post = {
            "membership_id": broker,
            "first_day": "2026-03-16",
            "last_day": "2026-03-20",
            "stand_in_id": "",
        }
        assert client.get(page("absence_new", cast.zealand.pk)).status_code == 200
        assert client.post(page("absence_new", cast.zealand.pk), post).status_code == 302
        assert client.post(page("absence_new", cast.zealand.pk), post).status_code == 409
        assert client.post(page("absence_new", cast.zealand.pk), {**post, "last_day": ""}).status_code == 422
        assert client.get(page("absence_new", cast.liege.pk)).status_code == 404
        assert "the desk stands in" in text(client, "desk")
        [absence] = queries.absences_seen_by(cast.actor("office"), region=cast.zealand, at=NOW)
        assert signed_in(cast.liege_broker).post(page("absence_removal", absence.pk)).status_code == 404
        assert signed_in(cast.office).post(page("absence_removal", absence.pk)).status_code == 302
        assert "Everybody is there" in text(client, "desk")


class TestHandOver:
    def test_from_desk_to_desk_and_back(self, cast: Cast):
        enquiry = an_enquiry_at("ready", cast)
        here, there = signed_in(cast.zealand_broker), signed_in(cast.stuttgart_broker)
        assert "mass spectrometry" in text(here, "hand_over", enquiry.pk)
        post = {"region_id": cast.stuttgart.pk, "remark": "KEPT"}
        assert here.post(page("hand_over", enquiry.pk), post).status_code == 302
        again = here.post(page("hand_over", enquiry.pk), post)
        assert (again.status_code, "KEPT" in again.content.decode()) == (409, True)
        lead = Lead.objects.offered().get()
        found = text(there, "offer", lead.pk)
        assert "mass spectrometry" in found
        assert not any(secret in found for secret in (SECRET, "Danish Company", enquiry.title))
        assert there.get(enquiry.get_absolute_url()).status_code == 404
        assert lead.enquiry.number in text(there, "desk")
        assert there.post(page("offer_acceptance", lead.pk)).status_code == 302
        assert "Danish Company" in there.get(enquiry.get_absolute_url()).content.decode()
        assert there.post(page("offer_acceptance", lead.pk)).status_code == 409
        assert there.post(page("returning", enquiry.pk), {"reason": ""}).status_code == 422
        assert there.post(page("returning", enquiry.pk), {"reason": "Broken."}).status_code == 302
        assert there.get(enquiry.get_absolute_url()).status_code == 404

    def test_refused_or_taken_back(self, cast: Cast):
        lead = offered(cast, at=NOW)
        there = signed_in(cast.stuttgart_broker)
        assert there.post(page("offer_refusal", lead.pk), {"reason": " "}).status_code == 422
        assert there.post(page("offer_refusal", lead.pk), {"reason": "Full."}).status_code == 302
        assert "Full." in text(there, "offer", lead.pk)
        second = offered(cast, lead.enquiry, at=NOW)
        assert signed_in(cast.liege_broker).get(page("offer", second.pk)).status_code == 404
        here = signed_in(cast.zealand_broker)
        assert here.post(page("offer_acceptance", second.pk)).status_code == 409
        assert here.post(page("offer_withdrawal", second.pk)).status_code == 302
        assert here.post(page("offer_withdrawal", second.pk)).status_code == 409

    def test_taken_and_given(self, cast: Cast):
        enquiry, client, colleague = an_enquiry(cast), signed_in(cast.zealand_broker), a_colleague(cast)
        assert client.post(page("taking", enquiry.pk)).status_code == 302
        assert client.post(page("giving", enquiry.pk), {"membership_id": "x"}).status_code == 422
        post = {"membership_id": str(colleague.membership_id)}
        assert client.post(page("giving", enquiry.pk), post).status_code == 302
        assert "Mallory" in client.get(enquiry.get_absolute_url()).content.decode()
        assert signed_in(cast.danish_sme).post(page("taking", enquiry.pk)).status_code == 403


class TestScouting:
    def shown(self, cast: Cast) -> Sight:
        enquiry = an_enquiry_at("ready", cast)
        post = {"region_ids": [str(cast.stuttgart.pk)], "until": "2026-04-01"}
        client = signed_in(cast.zealand_broker)
        assert client.post(page("scouts", enquiry.pk), {**post, "region_ids": []}).status_code == 422
        assert client.post(page("scouts", enquiry.pk), {**post, "until": "2027-04-01"}).status_code == 409
        assert client.post(page("scouts", enquiry.pk), post).status_code == 302
        return Sight.objects.get()

    def test_a_scout_reads_the_summary_alone_while_it_lasts(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ):
        sight, there = self.shown(cast), signed_in(cast.stuttgart_broker)
        for found in (text(there, "scouting"), text(there, "sight", sight.pk)):
            assert "mass spectrometry" in found
            assert not any(secret in found for secret in (SECRET, "Danish Company", sight.enquiry.title))
        assert there.get(sight.enquiry.get_absolute_url()).status_code == 404
        assert signed_in(cast.liege_broker).get(page("sight", sight.pk)).status_code == 404
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=30))
        assert there.get(page("sight", sight.pk)).status_code == 404

    def test_a_scout_proposes_and_the_desk_is_told(self, cast: Cast):
        sight, there = self.shown(cast), signed_in(cast.stuttgart_broker)
        record = a_published_record(cast)
        assert there.post(page("proposal", sight.pk, record.pk)).status_code == 302
        assert there.post(page("proposal", sight.pk, record.pk)).status_code == 409
        assert Candidate.objects.get().found_by_region == cast.stuttgart
        foreign = a_published_record(cast, name="Elsewhere", organisation=cast.belgian_institute)
        assert there.post(page("proposal", sight.pk, foreign.pk)).status_code == 404
        assert there.post(page("sight_end", sight.pk)).status_code == 302
        assert there.get(page("sight", sight.pk)).status_code == 404

    def test_the_desk_that_leads_ends_it(self, cast: Cast):
        sight = self.shown(cast)
        assert signed_in(cast.liege_broker).post(page("sight_end", sight.pk)).status_code == 404
        assert signed_in(cast.zealand_broker).post(page("sight_end", sight.pk)).status_code == 302


class TestPartners:
    def test_found_listed_ordered_sent_and_answered(self, cast: Cast):
        enquiry = an_enquiry_at("searching", cast)
        first, second = a_published_record(cast), a_published_record(cast, name="Enzyme mass spectrometry")
        here, company = signed_in(cast.zealand_broker), signed_in(cast.danish_sme)
        assert "Search for partners" in text(here, "partners", enquiry.pk, query="?words=enzyme&language=de")
        for record in (first, second):
            assert here.post(page("candidate_new", enquiry.pk, record.pk)).status_code == 302
        assert here.post(page("candidate_new", enquiry.pk, first.pk)).status_code == 409
        one, two = Candidate.objects.order_by("position")
        assert here.post(page("candidate_remark", one.pk), {"remark": "Ask for Ruth."}).status_code == 302
        assert here.post(page("candidate_remark", one.pk), {"remark": "x" * 501}).status_code == 422
        assert here.post(page("candidate_rise", two.pk)).status_code == 302
        assert list(queries.standing(enquiry)) == [two, one]
        assert "Raman imaging" not in text(company, "shortlist", enquiry.pk)
        assert here.post(page("shortlist_sending", enquiry.pk)).status_code == 302
        assert here.post(page("shortlist_sending", enquiry.pk)).status_code == 409
        found = text(company, "shortlist", enquiry.pk)
        assert "Ask for Ruth." in found
        assert "raman@german-institute" not in found
        answers = page("shortlist_answer", enquiry.pk)
        assert company.post(answers, {}).status_code == 409
        post = {f"wanted_{one.pk}": "yes", f"wanted_{two.pk}": "no", f"remark_{two.pk}": "Too far."}
        assert company.post(answers, post).status_code == 302
        assert "Too far." in text(here, "shortlist", enquiry.pk)
        assert here.post(page("candidate_removal", two.pk)).status_code == 302
        assert list(queries.standing(enquiry)) == [one]

    def test_a_desk_writes_down_what_was_said(self, cast: Cast):
        enquiry = an_enquiry_at("searching", cast)
        candidate = a_candidate(enquiry, a_published_record(cast).pk, sent_at=ASKED)
        post = {f"wanted_{candidate.pk}": "yes"}
        answers = page("shortlist_answer", enquiry.pk)
        assert signed_in(cast.zealand_broker).post(answers, post).status_code == 302
        assert signed_in(cast.belgian_sme).post(answers, post).status_code == 404
        assert signed_in(cast.auditor).post(answers, post).status_code == 403

    def test_only_the_desk_that_leads_and_only_what_is_public(self, cast: Cast):
        enquiry = an_enquiry_at("searching", cast)
        record = a_published_record(cast)
        for name, status in {"liege_broker": 404, "danish_sme": 403, "office": 403}.items():
            client = signed_in(getattr(cast, name))
            assert client.get(page("partners", enquiry.pk)).status_code == status, name
            assert client.post(page("candidate_new", enquiry.pk, record.pk)).status_code == status, name
        candidate = a_candidate(enquiry, record.pk)
        assert signed_in(cast.liege_broker).post(page("candidate_removal", candidate.pk)).status_code == 404
        assert (
            signed_in(cast.zealand_broker).post(page("candidate_new", enquiry.pk, 99999)).status_code == 404
        )

    @pytest.mark.parametrize(
        "name", ["partners", "shortlist", "hand_over", "scouts", "giving", "offer", "sight"]
    )
    def test_ids_beyond_64_bits_are_not_found(self, cast: Cast, name: str):
        assert signed_in(cast.zealand_broker).get(page(name, 2**70)).status_code == 404
