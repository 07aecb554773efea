"""Whatever is done in whatever order, and by whomever at the same moment: exactly one desk leads, and sight ends."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from landbridge.clocks.models import Clock
from landbridge.enquiries import actions, queries
from landbridge.enquiries.models import Enquiry, Lead, Sight
from landbridge.enquiries.states import OPEN
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused
from tests.at_once import all_at_once
from tests.cast import make_cast
from tests.factories.enquiries import ASKED, a_summary, an_enquiry

pytestmark = pytest.mark.django_db
DESKS = st.sampled_from(["zealand", "stuttgart", "liege"])


class Desks(RuleBasedStateMachine):
    """One enquiry, three desks, every verb in any order by anybody."""

    @initialize()
    def ask(self):
        self.block = transaction.atomic()
        self.block.__enter__()  # each example begins with an empty database
        self.cast = make_cast()
        self.at = ASKED
        self.enquiry = an_enquiry(self.cast)
        a_summary(self.enquiry)

    def tried(self, verb, *, desk, **facts):
        """By the broker of a desk; refusals and closed doors are fine, errors are not."""
        by = self.cast.actor(f"{desk}_broker")
        with contextlib.suppress(Refused, Enquiry.DoesNotExist, Lead.DoesNotExist):
            getattr(actions, verb)(**facts, by=by, at=self.at)

    @rule(desk=DESKS, to=DESKS)
    def offer(self, desk, to):
        region = getattr(self.cast, to)
        self.tried("offer_lead", desk=desk, enquiry_id=self.enquiry.pk, region_id=region.pk, remark="")

    @rule(desk=DESKS, verb=st.sampled_from(["accept_lead", "withdraw_lead", "expire_lead"]))
    def answer(self, desk, verb):
        newest = Lead.objects.order_by("-pk").first()
        self.tried(verb, desk=desk, lead_id=newest.pk)

    @rule(desk=DESKS)
    def refuse(self, desk):
        newest = Lead.objects.order_by("-pk").first()
        self.tried("refuse_lead", desk=desk, lead_id=newest.pk, reason="No.")

    @rule(desk=DESKS)
    def go_home(self, desk):
        self.tried("return_home", desk=desk, enquiry_id=self.enquiry.pk, reason="We cannot.")

    @rule(desk=DESKS, verb=st.sampled_from(["take", "acknowledge", "make_ready", "resume"]))
    def work(self, desk, verb):
        self.tried(verb, desk=desk, enquiry_id=self.enquiry.pk)

    @rule(desk=DESKS, days=st.integers(1, 90), to=DESKS)
    def show(self, desk, days, to):
        until = self.at + timedelta(days=days)
        regions = [getattr(self.cast, to).pk]
        self.tried("grant_sight", desk=desk, enquiry_id=self.enquiry.pk, region_ids=regions, until=until)

    @rule(desk=DESKS)
    def hold(self, desk):
        until = (self.at + timedelta(days=9)).date()
        self.tried("hold", desk=desk, enquiry_id=self.enquiry.pk, until=until, reason="Wait.")

    @rule(desk=DESKS, verb=st.sampled_from(["close", "reopen"]))
    def end(self, desk, verb):
        more = {"closing": "silent"} if verb == "close" else {}
        self.tried(verb, desk=desk, enquiry_id=self.enquiry.pk, reason="No answer.", **more)

    @rule(days=st.integers(1, 6))
    def wait(self, days):
        """Time passes, and the jobs do their work."""
        self.at += timedelta(days=days)
        for lead in Lead.objects.offered().filter(expires_at__lt=self.at):
            actions.expire_lead(lead_id=lead.pk, by=SYSTEM, at=self.at)
        for sight in Sight.objects.filter(ended_at=None, until__lte=self.at):
            actions.end_sight(sight_id=sight.pk, by=SYSTEM, at=self.at)

    @invariant()
    def one_desk_leads(self):
        assert Lead.objects.accepted().count() == 1
        assert Lead.objects.offered().count() <= 1

    @invariant()
    def the_clocks_are_held_by_whoever_leads(self):
        lead = Lead.objects.accepted().get()
        holders = set(Clock.objects.about(self.enquiry).open().values_list("region_id", flat=True))
        assert holders <= {lead.region_id}
        self.enquiry.refresh_from_db()
        if self.enquiry.ended_at is not None:
            assert not Clock.objects.open().exists()
        if self.enquiry.state not in OPEN:
            assert not Clock.objects.about(self.enquiry).running().exists()

    @invariant()
    def every_sight_ends(self):
        rows = Sight.objects.all()
        assert all(sight.until <= sight.granted_at + timedelta(days=91) for sight in rows)
        open_now = [sight for sight in rows if sight.ended_at is None]
        assert all(sight.until > self.at for sight in open_now)
        if self.enquiry.ended_at is not None:
            assert open_now == []

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


class TestDesks(Desks.TestCase, TestCase):
    settings = settings(
        max_examples=12,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_the_same_moment_lead_once():
    cast = make_cast()
    enquiry = an_enquiry(cast)
    a_summary(enquiry)
    facts = {"enquiry_id": enquiry.pk, "region_id": cast.stuttgart.pk, "remark": ""}
    lead = actions.offer_lead(**facts, by=cast.actor("zealand_broker"), at=ASKED)
    by = cast.actor("stuttgart_broker")
    results = all_at_once(
        lambda: actions.accept_lead(lead_id=lead.pk, by=by, at=ASKED),
        lambda: actions.accept_lead(lead_id=lead.pk, by=by, at=ASKED),
        lambda: actions.withdraw_lead(lead_id=lead.pk, by=cast.actor("zealand_broker"), at=ASKED),
    )
    assert all(not isinstance(result, Exception) or isinstance(result, Refused) for result in results), (
        results
    )
    assert sum(isinstance(result, Refused) for result in results) == 2
    assert Lead.objects.accepted().count() == 1


def test_what_is_off_is_found():
    cast = make_cast()
    enquiry = an_enquiry(cast)
    a_summary(enquiry)
    by = cast.actor("zealand_broker")
    regions = [cast.liege.pk]
    until = ASKED + timedelta(days=9)
    actions.grant_sight(enquiry_id=enquiry.pk, region_ids=regions, until=until, by=by, at=ASKED)
    actions.offer_lead(enquiry_id=enquiry.pk, region_id=cast.stuttgart.pk, remark="", by=by, at=ASKED)
    assert list(queries.findings()) == []
    Clock.objects.about(enquiry).update(region=cast.liege)
    assert len(list(queries.findings())) == 2
    enquiry.summaries.update(approved_at=None)
    Enquiry.objects.update(state="declined", reason="No.")
    Lead.objects.accepted().delete()
    assert len(list(queries.findings())) == 9
