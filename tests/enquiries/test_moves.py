"""Moving an enquiry on: who may, what must be there before, and where it goes back to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from landbridge.enquiries import actions, queries
from landbridge.enquiries.models import Enquiry, Lead
from landbridge.enquiries.states import OPEN, Closing, LeadState, S
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.cast import Cast
from tests.factories.enquiries import ASKED, a_summary, an_enquiry, an_enquiry_at, asked, the_broker

pytestmark = pytest.mark.django_db
LATER = ASKED + timedelta(days=3)
# Without an offer on the shortlist there is none to send: that move has its test beside the shortlist.
REACHABLE = [state for state in S if state is not S.SHORTLISTED]


@pytest.mark.parametrize("state", REACHABLE)
def test_every_state_is_reached_by_actions(cast: Cast, state: S):
    enquiry = an_enquiry_at(state, cast)
    assert enquiry.state == state
    assert Lead.objects.get(enquiry=enquiry, state=LeadState.ACCEPTED).region == cast.zealand


def test_a_question_goes_to_the_desk_of_the_company(cast: Cast):
    enquiry = an_enquiry(cast)
    told = set(Letter.objects.values_list("template", "recipient_email"))
    assert enquiry.region == cast.zealand
    assert told == {
        ("enquiries/asked", cast.danish_sme.email),
        ("enquiries/asked_desk", cast.zealand_broker.email),
    }


def test_a_broker_asks_for_a_company_of_the_region_alone(cast: Cast):
    broker = cast.actor("zealand_broker")
    person = {"person_name": "Karen Kemi", "person_email": "Karen@Company.example"}
    enquiry = actions.ask(asked=asked(), company_id=cast.danish_company.pk, **person, by=broker, at=ASKED)
    assert (enquiry.asked_by_name, enquiry.asked_by_email) == ("Karen Kemi", "karen@company.example")
    assert [one.email for one in queries.company_people(enquiry)] == ["karen@company.example"]
    with pytest.raises(type(cast.danish_company).DoesNotExist):
        actions.ask(asked=asked(), company_id=cast.belgian_company.pk, **person, by=broker, at=ASKED)
    with pytest.raises(Refused, match="nobody_asks"):
        actions.ask(asked=asked(), company_id=cast.danish_company.pk, by=broker, at=ASKED)


def test_others_do_not_ask(cast: Cast):
    for name in ("german_provider", "office", "auditor", "mallory"):
        with pytest.raises(NotAllowed):
            actions.ask(asked=asked(), company_id=cast.danish_company.pk, by=cast.actor(name), at=ASKED)


def test_only_the_desk_that_leads_moves_it(cast: Cast):
    enquiry = an_enquiry(cast)
    with pytest.raises(Enquiry.DoesNotExist):
        actions.acknowledge(enquiry_id=enquiry.pk, by=cast.actor("liege_broker"), at=LATER)
    with pytest.raises(NotAllowed):
        actions.acknowledge(enquiry_id=enquiry.pk, by=cast.actor("danish_sme"), at=LATER)
    Lead.objects.filter(enquiry=enquiry).update(region=cast.liege)
    with pytest.raises(Refused, match="another_desk_leads"):
        actions.acknowledge(enquiry_id=enquiry.pk, by=cast.actor("zealand_broker"), at=LATER)
    actions.acknowledge(enquiry_id=enquiry.pk, by=cast.actor("liege_broker"), at=LATER)


def test_whoever_acknowledges_works_on_it(cast: Cast):
    enquiry = an_enquiry(cast)
    broker = the_broker(enquiry)
    actions.acknowledge(enquiry_id=enquiry.pk, by=broker, at=LATER)
    lead = queries.lead_of(enquiry)
    assert (lead.membership_id, lead.person_name) == (broker.membership_id, broker.name)
    assert [one.email for one in queries.desk_people(enquiry)] == [cast.zealand_broker.email]


def test_nothing_is_ready_before_the_company_approved(cast: Cast):
    enquiry = an_enquiry_at(S.ANALYSIS, cast)
    for _ in range(2):
        with pytest.raises(Refused, match="no_approved_summary"):
            actions.make_ready(enquiry_id=enquiry.pk, by=SYSTEM, at=LATER)
        a_summary(enquiry, approved=False)
    newest = queries.newest_summary(enquiry)
    actions.approve_summary(summary_id=newest.pk, by=cast.actor("danish_sme"), at=LATER)
    assert queries.approved_summary(enquiry) == newest
    assert actions.make_ready(enquiry_id=enquiry.pk, by=SYSTEM, at=LATER).state == S.READY


def test_a_new_version_needs_approval_again(cast: Cast):
    enquiry = an_enquiry_at(S.READY, cast)
    a_summary(enquiry, approved=False)
    assert queries.approved_summary(enquiry) is None
    with pytest.raises(Refused, match="no_approved_summary"):
        actions.search(enquiry_id=enquiry.pk, by=SYSTEM, at=LATER)


@pytest.mark.parametrize("state", [state for state in OPEN if state in REACHABLE])
def test_it_goes_on_where_it_stood(cast: Cast, state: S):
    enquiry = an_enquiry_at(state, cast)
    until = date(2026, 4, 20)
    held = actions.hold(enquiry_id=enquiry.pk, until=until, reason="Samples.", by=SYSTEM, at=LATER)
    assert (held.state, held.stood_at, held.hold_until) == (S.ON_HOLD, state, until)
    assert actions.resume(enquiry_id=enquiry.pk, by=SYSTEM, at=LATER).state == state
    closed = actions.close(
        enquiry_id=enquiry.pk, closing=Closing.SILENT, reason="Nothing heard.", by=SYSTEM, at=LATER
    )
    assert (closed.state, closed.ended_at) == (S.CLOSED, LATER)
    again = actions.reopen(enquiry_id=enquiry.pk, reason="They wrote.", by=SYSTEM, at=LATER)
    assert (again.state, again.closing, again.ended_at) == (state, "", None)


def test_a_duplicate_names_another_enquiry_of_the_company(cast: Cast):
    first, second = an_enquiry(cast), an_enquiry(cast)
    foreign = an_enquiry(cast, by=cast.actor("belgian_sme"))
    for wrong in ("", second.number, foreign.number, "1234"):
        with pytest.raises(Refused, match="duplicate_of_what"):
            actions.close(
                enquiry_id=second.pk, closing=Closing.DUPLICATE, duplicate_of=wrong, by=SYSTEM, at=LATER
            )
    said = first.number.replace(" ", "-")
    closed = actions.close(
        enquiry_id=second.pk, closing=Closing.DUPLICATE, duplicate_of=said, by=SYSTEM, at=LATER
    )
    assert closed.duplicate_of == first
    with pytest.raises(Refused, match="duplicate_of_what"):
        actions.close(
            enquiry_id=first.pk, closing=Closing.DUPLICATE, duplicate_of=second.number, by=SYSTEM, at=LATER
        )


def test_an_end_without_a_reason_is_refused(cast: Cast):
    enquiry = an_enquiry(cast)
    with pytest.raises(Refused, match="no_reason"):
        actions.close(enquiry_id=enquiry.pk, closing=Closing.NO_MATCH, by=SYSTEM, at=LATER)
    with pytest.raises(Refused, match="no_reason"):
        actions.decline(enquiry_id=enquiry.pk, reason=" ", by=SYSTEM, at=LATER)
    with pytest.raises(Refused, match="hold_out_of_range"):
        actions.hold(enquiry_id=enquiry.pk, until=LATER.date(), reason="Wait.", by=SYSTEM, at=LATER)


def test_an_empty_shortlist_is_not_sent(cast: Cast):
    enquiry = an_enquiry_at(S.SEARCHING, cast)
    with pytest.raises(Refused, match="shortlist_empty"):
        actions.send_shortlist(enquiry_id=enquiry.pk, by=SYSTEM, at=LATER)


def test_a_second_introduction_changes_nothing(cast: Cast):
    enquiry = an_enquiry_at(S.INTRODUCING, cast)
    assert actions.introduce(enquiry_id=enquiry.pk, by=SYSTEM, at=LATER).state == S.INTRODUCING
