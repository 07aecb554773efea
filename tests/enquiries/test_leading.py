"""Who leads: given within the desk, handed over between desks, back home; the clocks go along, and absences."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from landbridge.clocks.models import Clock
from landbridge.enquiries import actions, queries
from landbridge.enquiries.models import Enquiry, Lead
from landbridge.enquiries.states import LeadState as L
from landbridge.enquiries.tasks import leading as tasks
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from tests.cast import BEGAN, Cast
from tests.factories.enquiries import ASKED, SECRET, a_summary, an_enquiry, an_enquiry_at

pytestmark = pytest.mark.django_db


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, 0, tzinfo=UTC)


def a_colleague(cast: Cast) -> Actor:
    """Mallory, for once a second broker of Zealand."""
    hat = Membership.objects.create(
        person=cast.mallory, role=Role.BROKER, region=cast.zealand, began_at=BEGAN
    )
    return actor_under(hat, person=cast.mallory)


def offered(cast: Cast, enquiry: Enquiry | None = None, *, at: datetime = ASKED, **changes: Any) -> Lead:
    """Zealand asks Stuttgart to lead an enquiry whose summary is approved."""
    enquiry = enquiry or an_enquiry_at("ready", cast)
    given = {"region_id": cast.stuttgart.pk, "remark": "They have the spectrometer.", **changes}
    return actions.offer_lead(
        enquiry_id=enquiry.pk, **{"by": cast.actor("zealand_broker"), "at": at, **given}
    )


def letters() -> list[tuple[str, str]]:
    rows = Letter.objects.order_by("pk").values_list("template", "recipient_name")
    return [(template.partition("/")[2], name) for template, name in rows]


def running(enquiry: Enquiry) -> dict[str, tuple[str, int | None]]:
    rows = Clock.objects.about(enquiry).open()
    return {row.duty.key.partition(".")[2]: (row.region.key, row.membership_id) for row in rows}


class TestWithinTheDesk:
    def test_taken_and_its_clocks_with_it(self, cast: Cast):
        enquiry, broker = an_enquiry(cast), cast.actor("zealand_broker")
        actions.take(enquiry_id=enquiry.pk, by=broker, at=ASKED)
        assert queries.lead_of(enquiry).person_name == "Signe Zealand"
        assert running(enquiry) == {"acknowledge": ("zealand", broker.membership_id)}

    def test_given_to_a_colleague_who_is_told(self, cast: Cast):
        enquiry, colleague = an_enquiry(cast), a_colleague(cast)
        give = {"enquiry_id": enquiry.pk, "by": cast.actor("zealand_broker"), "at": ASKED}
        actions.give(membership_id=colleague.membership_id, **give)
        assert letters()[-1] == ("given", "Mallory")
        actions.give(membership_id=None, **give)
        assert queries.lead_of(enquiry).membership_id is None
        assert running(enquiry)["assign"] == ("zealand", None)

    def test_not_to_strangers_nor_to_those_who_are_away(self, cast: Cast):
        enquiry, colleague, broker = an_enquiry(cast), a_colleague(cast), cast.actor("zealand_broker")
        foreign = cast.actor("liege_broker").membership_id
        with pytest.raises(Refused, match="not_at_this_desk"):
            actions.give(enquiry_id=enquiry.pk, membership_id=foreign, by=broker, at=ASKED)
        actions.enter_absence(
            region_id=cast.zealand.pk, membership_id=colleague.membership_id or 0, first_day=date(2026, 3, 9),
            last_day=date(2026, 3, 13), stand_in_id=None, by=broker, at=ASKED,
        )  # fmt: skip
        with pytest.raises(Refused, match="colleague_is_away"):
            actions.give(enquiry_id=enquiry.pk, membership_id=colleague.membership_id, by=broker, at=ASKED)

    @pytest.mark.parametrize("name", ["danish_sme", "office", "auditor"])
    def test_only_brokers_do(self, cast: Cast, name: str):
        with pytest.raises(NotAllowed):
            actions.take(enquiry_id=an_enquiry(cast).pk, by=cast.actor(name), at=ASKED)

    def test_foreign_desks_do_not_see_it(self, cast: Cast):
        with pytest.raises(Enquiry.DoesNotExist):
            actions.take(enquiry_id=an_enquiry(cast).pk, by=cast.actor("liege_broker"), at=ASKED)


class TestHandOver:
    def test_what_is_asked_without_the_secret(self, cast: Cast):
        lead = offered(cast)
        letter = Letter.objects.get(template="enquiries/lead_offered")
        assert letter.recipient_name == "Brigitte Stuttgart"
        assert "time-resolved mass spectrometry" in letter.body
        for secret in ("FLUX-7", "Danish Company", lead.enquiry.title):
            assert secret not in letter.subject + letter.body
        assert SECRET not in letter.body
        assert queries.lead_of(lead.enquiry).region == cast.zealand

    def test_accepted_it_leads_and_the_clocks_are_its_own(self, cast: Cast):
        lead, broker = offered(cast), cast.actor("stuttgart_broker")
        with pytest.raises(Enquiry.DoesNotExist):
            Enquiry.objects.visible_to(broker).get()
        enquiry = actions.accept_lead(lead_id=lead.pk, by=broker, at=on(10))
        assert Enquiry.objects.visible_to(broker).get() == enquiry
        assert queries.lead_of(enquiry).person_name == "Brigitte Stuttgart"
        assert running(enquiry)["search"] == ("stuttgart", broker.membership_id)
        assert "assign" not in running(enquiry)
        assert {"handed_over", "hand_over"} & set(Clock.objects.values_list("ending", flat=True))
        assert letters()[-2:] == [("handed_over", "Dagny Danish"), ("lead_accepted", "Signe Zealand")]
        with pytest.raises(Refused, match="another_desk_leads"):
            actions.take(enquiry_id=enquiry.pk, by=cast.actor("zealand_broker"), at=on(10))

    def test_a_hand_over_on_hold_stays_on_hold(self, cast: Cast):
        enquiry = an_enquiry_at("ready", cast)
        lead = offered(cast, enquiry)
        until = date(2026, 4, 20)
        actions.hold(enquiry_id=enquiry.pk, until=until, reason="Samples.", by=SYSTEM, at=on(10))
        actions.accept_lead(lead_id=lead.pk, by=cast.actor("stuttgart_broker"), at=on(11))
        assert not Clock.objects.about(enquiry).running().exists()
        assert Clock.objects.about(enquiry).open().exists()

    def test_refused_with_a_reason(self, cast: Cast):
        lead, broker = offered(cast), cast.actor("stuttgart_broker")
        with pytest.raises(Refused, match="reason"):
            actions.refuse_lead(lead_id=lead.pk, reason=" ", by=broker, at=on(10))
        actions.refuse_lead(lead_id=lead.pk, reason="No capacity before June.", by=broker, at=on(10))
        assert letters()[-1] == ("lead_refused", "Signe Zealand")
        assert queries.lead_of(lead.enquiry).region == cast.zealand
        assert not Clock.objects.about(lead).open().exists()

    def test_it_expires_after_three_working_days_of_those_who_were_asked(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ):
        lead = offered(cast, at=on(12))  # a Thursday
        assert lead.expires_at == on(17, 22).replace(minute=59, second=59)
        for day, state in ((17, L.OFFERED), (18, L.EXPIRED), (19, L.EXPIRED)):
            monkeypatch.setattr(clock, "now", lambda day=day: on(day))
            tasks.expire_offers.func()
            lead.refresh_from_db()
            assert lead.state == state
        assert letters().count(("lead_expired", "Signe Zealand")) == 1
        with pytest.raises(Refused, match="wrong_state"):
            actions.accept_lead(lead_id=lead.pk, by=cast.actor("stuttgart_broker"), at=on(19))

    def test_nobody_accepts_too_late_or_expires_too_early(self, cast: Cast):
        lead = offered(cast)
        with pytest.raises(Refused, match="offer_expired"):
            actions.accept_lead(lead_id=lead.pk, by=cast.actor("stuttgart_broker"), at=on(30))
        with pytest.raises(Refused, match="offer_still_stands"):
            actions.expire_lead(lead_id=lead.pk, by=SYSTEM, at=on(10))

    def test_taken_back(self, cast: Cast):
        lead = offered(cast)
        with pytest.raises(Refused, match="another_desk_leads"):
            actions.withdraw_lead(lead_id=lead.pk, by=cast.actor("stuttgart_broker"), at=on(10))
        actions.withdraw_lead(lead_id=lead.pk, by=cast.actor("zealand_broker"), at=on(10))
        assert offered(cast, lead.enquiry).pk != lead.pk

    def test_one_desk_at_a_time_with_approved_words(self, cast: Cast):
        enquiry = an_enquiry(cast)
        with pytest.raises(Refused, match="no_approved_summary"):
            offered(cast, enquiry)
        a_summary(enquiry)
        with pytest.raises(Refused, match="leads_already"):
            offered(cast, enquiry, region_id=cast.zealand.pk)
        offered(cast, enquiry)
        with pytest.raises(Refused, match="offered_already"):
            offered(cast, enquiry, region_id=cast.liege.pk)
        Membership.objects.filter(region=cast.liege).update(ended_at=ASKED)
        with pytest.raises(Refused, match="desk_is_closed"):
            offered(cast, enquiry, region_id=cast.liege.pk)

    def test_others_are_not_asked(self, cast: Cast):
        lead = offered(cast)
        for verb in (actions.accept_lead, actions.expire_lead):
            with pytest.raises(Lead.DoesNotExist):
                verb(lead_id=lead.pk, by=cast.actor("liege_broker"), at=on(10))
        with pytest.raises(Refused, match="another_desk_was_asked"):
            actions.accept_lead(lead_id=lead.pk, by=cast.actor("zealand_broker"), at=on(10))
        with pytest.raises(NotAllowed):
            actions.accept_lead(lead_id=lead.pk, by=cast.actor("danish_sme"), at=on(10))

    def test_it_ends_with_the_enquiry(self, cast: Cast):
        lead = offered(cast)
        actions.close(enquiry_id=lead.enquiry_id, closing="silent", reason="No answer.", by=SYSTEM, at=on(10))
        lead.refresh_from_db()
        assert lead.state == L.EXPIRED
        assert not Clock.objects.open().exists()

    def test_back_home(self, cast: Cast):
        lead, there = offered(cast), cast.actor("stuttgart_broker")
        enquiry = actions.accept_lead(lead_id=lead.pk, by=there, at=on(10))
        offered(cast, enquiry, by=there, region_id=cast.liege.pk, at=on(10))
        with pytest.raises(Refused, match="reason"):
            actions.return_home(enquiry_id=enquiry.pk, reason="", by=there, at=on(11))
        actions.return_home(enquiry_id=enquiry.pk, reason="The spectrometer broke.", by=there, at=on(11))
        assert queries.lead_of(enquiry).region == cast.zealand
        assert running(enquiry)["assign"] == ("zealand", None)
        assert not Lead.objects.offered().exists()
        assert not Enquiry.objects.visible_to(there).exists()
        with pytest.raises(Refused, match="is_home_already"):
            actions.return_home(
                enquiry_id=enquiry.pk, reason="Again.", by=cast.actor("zealand_broker"), at=on(12)
            )

    def test_constraints(self, cast: Cast):
        lead = offered(cast)
        for wrong in ({"state": L.ACCEPTED}, {"state": L.REFUSED}, {"state": "lost"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Lead.objects.filter(pk=lead.pk).update(**wrong)


class TestAbsence:
    def test_cases_move_on_at_once_or_by_the_job(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        enquiry, broker, colleague = an_enquiry(cast), cast.actor("zealand_broker"), a_colleague(cast)
        actions.take(enquiry_id=enquiry.pk, by=broker, at=ASKED)
        away = {"region_id": cast.zealand.pk, "last_day": date(2026, 3, 20), "by": broker, "at": ASKED}
        actions.enter_absence(
            membership_id=broker.membership_id or 0, first_day=date(2026, 3, 9),
            stand_in_id=colleague.membership_id, **away,
        )  # fmt: skip
        assert queries.lead_of(enquiry).person_name == "Mallory"
        assert letters()[-1] == ("passed_on", "Mallory")
        actions.enter_absence(
            membership_id=colleague.membership_id or 0, first_day=date(2026, 3, 16), stand_in_id=None, **away
        )
        for day, name in ((13, "Mallory"), (16, ""), (17, "")):
            monkeypatch.setattr(clock, "now", lambda day=day: on(day))
            tasks.pass_on.func()
            assert queries.lead_of(enquiry).person_name == name
        assert running(enquiry)["assign"] == ("zealand", None)
        assert letters().count(("passed_on", "Mallory")) == 2  # hers, then as one of the whole desk


class TestTheCompanyIsToldWhomToCall:
    def test_on_day_five_once(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        an_enquiry(cast)
        for hour in range(0, 24 * 12, 3):
            monkeypatch.setattr(clock, "now", lambda hour=hour: ASKED + timedelta(hours=hour))
            tasks.tell_whom_to_call.func()
        [letter] = Letter.objects.filter(template="enquiries/whom_to_call")
        assert letter.created_at.date() == date(2026, 3, 16)
        assert "desk@zealand.example.org" in letter.body
        assert letter.recipient_name == "Dagny Danish"

    def test_not_when_somebody_took_it(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        actions.take(enquiry_id=an_enquiry(cast).pk, by=cast.actor("zealand_broker"), at=ASKED)
        monkeypatch.setattr(clock, "now", lambda: on(20))
        tasks.tell_whom_to_call.func()
        assert not Letter.objects.filter(template="enquiries/whom_to_call").exists()
