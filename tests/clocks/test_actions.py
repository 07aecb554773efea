"""Clocks that start, pause, move and end; the letters they cause, each once; absences."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from landbridge.clocks import actions, queries, tasks
from landbridge.clocks.models import Absence, Clock, Duty
from landbridge.clocks.states import Ending
from landbridge.foundation import clock as the_clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_of
from landbridge.programmes.models import ClosedDay, Partner
from tests.cast import BEGAN, Cast
from tests.factories.clocks import STARTED, a_clock

pytestmark = pytest.mark.django_db


def on(day: int, hour: int = 9, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=UTC)


def day_due(clock: Clock) -> date:
    return queries.today_at(clock.region, at=clock.due_at)


def letters() -> list[tuple[str, str]]:
    rows = Letter.objects.order_by("pk").values_list("template", "recipient_email")
    return [(template.partition("/")[2], email) for template, email in rows]


def watch_from(first: datetime, *, days: int, step: int = 1) -> None:
    """The hourly job, for so many days."""
    for hour in range(0, days * 24, step):
        for clock_id in list(queries.to_watch().values_list("pk", flat=True)):
            actions.watch(clock_id=clock_id, by=SYSTEM, at=first + timedelta(hours=hour))


class TestDuties:
    def test_they_come_once_and_what_was_edited_stays(self, cast: Cast):
        assert actions.bring_duties(by=SYSTEM, at=STARTED)
        duty = Duty.objects.get(key="enquiries.assign")
        office = cast.actor("office")
        actions.edit_duty(
            duty_id=duty.pk, working_days=4, remind_after=[1, 2], tells_supervisor=True,
            tells_client_after=3, by=office, at=STARTED,
        )  # fmt: skip
        assert actions.bring_duties(by=SYSTEM, at=STARTED) == []
        assert Duty.objects.get(key="enquiries.assign").working_days == 4

    def test_clocks_that_run_keep_what_they_were_started_with(self, cast: Cast):
        clock = a_clock(cast)
        edit = {
            "tells_supervisor": False,
            "tells_client_after": None,
            "by": cast.actor("office"),
            "at": STARTED,
        }
        actions.edit_duty(duty_id=clock.duty_id, working_days=1, remind_after=[], **edit)
        clock.refresh_from_db()
        assert (clock.working_days, clock.remind_after, clock.tells_client_after) == (5, [3], 5)
        with pytest.raises(Refused, match="reminders_out_of_order"):
            actions.edit_duty(duty_id=clock.duty_id, working_days=1, remind_after=[2], **edit)

    def test_brokers_do_not_edit_them(self, cast: Cast):
        clock = a_clock(cast)
        with pytest.raises(NotAllowed):
            actions.edit_duty(
                duty_id=clock.duty_id, working_days=200, remind_after=[], tells_supervisor=False,
                tells_client_after=None, by=cast.actor("zealand_broker"), at=STARTED,
            )  # fmt: skip


class TestRunning:
    def test_each_region_has_its_own_days(self, cast: Cast):
        ClosedDay.objects.create(region=cast.liege, day=date(2026, 5, 20), reason="Outing")
        danish = a_clock(cast)
        belgian = a_clock(cast, about=cast.belgian_company, region=cast.liege)
        assert (day_due(danish), day_due(belgian)) == (date(2026, 5, 26), date(2026, 5, 27))

    def test_a_duty_runs_once(self, cast: Cast):
        assert a_clock(cast) == a_clock(cast, at=on(20))
        second = Clock.objects.get()
        second.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            second.save()

    def test_an_own_date_is_kept(self, cast: Cast):
        clock = a_clock(cast, due_at=on(20))
        assert (clock.due_at, clock.working_days, clock.remind_after) == (on(20), 2, [])

    def test_it_ends_once(self, cast: Cast):
        a_clock(cast)
        assert len(actions.stop(about=cast.danish_company, by=SYSTEM, at=on(19))) == 1
        assert actions.stop(about=cast.danish_company, by=SYSTEM, at=on(20)) == []
        assert Clock.objects.get().ended_at == on(19)

    def test_only_the_named_duty_ends(self, cast: Cast):
        a_clock(cast)
        a_clock(cast, duty="enquiries.first_contact")
        ending = {"by": SYSTEM, "at": on(19), "ending": Ending.CANCELLED}
        actions.stop(about=cast.danish_company, duty="enquiries.assign", **ending)
        assert Clock.objects.open().get().duty.key == "enquiries.first_contact"

    def test_a_pause_keeps_the_days_that_were_left(self, cast: Cast):
        a_clock(cast)
        about = {"about": cast.danish_company, "by": SYSTEM}
        assert actions.resume(**about, at=on(19)) == []
        [paused] = actions.pause(**about, at=on(20))
        assert (paused.days_left, actions.pause(**about, at=on(21))) == (3, [])
        [resumed] = actions.resume(**about, at=on(8, month=6))
        assert day_due(resumed) == date(2026, 6, 11)

    def test_a_hand_over_ends_one_and_starts_another(self, cast: Cast):
        a_clock(cast, membership_id=7)
        a_clock(cast, duty="enquiries.first_contact")
        [clock] = actions.move(about=cast.danish_company, region=cast.liege, by=SYSTEM, at=on(20))[1:]
        assert set(Clock.objects.exclude(ended_at=None).values_list("ending", flat=True)) == {"handed_over"}
        assert (clock.region, clock.membership_id, day_due(clock)) == (cast.liege, None, date(2026, 5, 28))
        assert actions.move(about=cast.danish_company, region=cast.liege, by=SYSTEM, at=on(21)) == []

    def test_what_was_paused_is_paused_there_too(self, cast: Cast):
        a_clock(cast)
        actions.pause(about=cast.danish_company, by=SYSTEM, at=on(20))
        [clock] = actions.move(about=cast.danish_company, region=cast.liege, by=SYSTEM, at=on(21))
        assert (clock.paused_at, clock.days_left) == (on(21), 5)

    def test_constraints(self, cast: Cast):
        clock = a_clock(cast)
        for wrong in (
            {"due_at": on(1)}, {"ended_at": on(1), "ending": "met"}, {"ending": "met"}, {"ended_at": on(20)},
            {"days_left": 3}, {"paused_at": on(20)},
        ):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                Clock.objects.filter(pk=clock.pk).update(**wrong)


class TestLetters:
    def test_each_is_written_once_in_working_hours(self, cast: Cast):
        a_clock(cast)
        watch_from(STARTED, days=20, step=2)
        assert letters() == [
            ("reminder", "signe.zealand@example.org"),
            ("late", "signe.zealand@example.org"),
            ("late_office", "olga.office@example.org"),
        ]
        hours = {letter.created_at.astimezone().hour for letter in Letter.objects.all()}
        assert hours <= set(range(6, 17))

    def test_a_day_that_was_missed_is_made_up_for_by_one_letter(self, cast: Cast):
        a_clock(cast, duty="enquiries.analysis")  # reminders after 5 and 8 of 10 days
        watch_from(on(1, month=6), days=1)
        assert letters() == [("reminder", "signe.zealand@example.org")]
        watch_from(on(2, month=6), days=30, step=5)
        assert [name for name, _ in letters()] == ["reminder", "late", "late_office"]

    def test_what_is_paused_or_ended_is_quiet(self, cast: Cast):
        a_clock(cast)
        actions.pause(about=cast.danish_company, by=SYSTEM, at=on(19))
        clock = Clock.objects.get()
        actions.watch(clock_id=clock.pk, by=SYSTEM, at=on(1, month=7))
        actions.stop(about=cast.danish_company, by=SYSTEM, at=on(2, month=7))
        actions.watch(clock_id=clock.pk, by=SYSTEM, at=on(3, month=7))
        assert letters() == []

    def test_the_client_is_due_on_day_five(self, cast: Cast):
        clock = a_clock(cast)
        table = "organisations.organisation"
        assert queries.due_for_clients(table, at=on(22)) == []
        assert queries.due_for_clients(table, at=on(26, 4)) == []
        assert queries.due_for_clients(table, at=on(26)) == [clock]
        for _ in range(2):
            actions.mark_client_told(clock_id=clock.pk, by=SYSTEM, at=on(26))
        assert queries.due_for_clients(table, at=on(27)) == []

    def test_the_job_does_the_same(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        a_clock(cast)
        monkeypatch.setattr(the_clock, "now", lambda: on(21))
        for _ in range(2):
            tasks.watch.func()
        assert [name for name, _ in letters()] == ["reminder"]

    def test_without_a_programme_the_network_hears(self, cast: Cast):
        Partner.objects.filter(pk=cast.danish_partner.pk).update(region=None)
        a_clock(cast)
        watch_from(on(28), days=1)
        assert ("late_office", "nora.network@example.org") in letters()


def a_colleague(cast: Cast) -> Membership:
    return Membership.objects.create(
        person=cast.mallory, role=Role.BROKER, region=cast.zealand, began_at=BEGAN
    )


class TestAbsences:
    def enter(self, cast: Cast, **changes: object) -> Absence:
        given = {
            "region_id": cast.zealand.pk, "membership_id": cast.actor("zealand_broker").membership_id,
            "first_day": date(2026, 5, 20), "last_day": date(2026, 5, 29), "stand_in_id": None,
            "by": cast.actor("zealand_broker"), "at": STARTED,
        }  # fmt: skip
        return actions.enter_absence(**{**given, **changes})

    def test_reminders_go_to_the_stand_in(self, cast: Cast):
        colleague, broker = a_colleague(cast), cast.actor("zealand_broker").membership_id
        self.enter(cast, stand_in_id=colleague.pk)
        clock = a_clock(cast, membership_id=broker)
        assert [one.name for one in queries.holders_of(clock, at=on(19))] == ["Signe Zealand"]
        assert [one.name for one in queries.holders_of(clock, at=on(20))] == ["Mallory"]
        assert list(queries.away_on(cast.zealand, at=on(20))) == [broker]

    def test_clocks_go_to_the_stand_in_by_the_job(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        colleague = a_colleague(cast)
        a_clock(cast, membership_id=cast.actor("zealand_broker").membership_id)
        self.enter(cast, stand_in_id=colleague.pk)
        for at, holder in ((on(19), cast.actor("zealand_broker").membership_id), (on(20), colleague.pk)):
            monkeypatch.setattr(the_clock, "now", lambda at=at: at)
            tasks.hand_on.func()
            assert Clock.objects.get().membership_id == holder

    def test_refused(self, cast: Cast):
        self.enter(cast)
        with pytest.raises(Refused, match="absent_already"):
            self.enter(cast)
        foreign = cast.actor("liege_broker").membership_id
        with pytest.raises(Refused, match="not_at_this_desk, stand_in_of_another_desk"):
            self.enter(cast, membership_id=foreign, stand_in_id=foreign)
        with pytest.raises(NotAllowed):
            self.enter(cast, by=cast.actor("auditor"))
        with pytest.raises(cast.zealand.DoesNotExist):
            self.enter(cast, by=cast.actor("liege_broker"))

    def test_taken_out_again(self, cast: Cast):
        absence = self.enter(cast, by=cast.actor("office"))
        with pytest.raises(NotAllowed):
            actions.end_absence(absence_id=absence.pk, by=cast.actor("auditor"), at=on(19))
        with pytest.raises(Absence.DoesNotExist):
            actions.end_absence(absence_id=absence.pk, by=cast.actor("liege_broker"), at=on(19))
        actions.end_absence(absence_id=absence.pk, by=cast.actor("zealand_broker"), at=on(19))
        assert not Absence.objects.exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(
                membership_id=1, region=cast.zealand, first_day=on(5), last_day=on(4), entered_at=STARTED
            )

    def test_whose_absences_one_sees(self, cast: Cast):
        self.enter(cast)
        seen = {name: Absence.objects.visible_to(cast.actor(name)).count() for name in cast.names()}
        assert {name for name, count in seen.items() if count} == {
            "zealand_broker", "office", "other_office", "network_office", "auditor",
        }  # fmt: skip


class TestReading:
    def test_what_is_due(self, cast: Cast):
        clock = a_clock(cast)
        seen = Clock.objects.visible_to(cast.actor("zealand_broker"))
        assert list(queries.due_today(seen, cast.zealand, at=on(26))) == [clock]
        assert list(queries.overdue(seen, at=on(26))) == []
        assert list(queries.overdue(seen, at=on(27))) == [clock]
        assert not Clock.objects.visible_to(actor_of(cast.mallory)).exists()
        shown = queries.shown([clock], at=on(29))[clock.pk]
        assert (shown.urgency, shown.days, shown.tone) == ("late", 3, "bad")

    def test_what_was_met_in_time(self, cast: Cast):
        for company, day in ((cast.danish_company, 20), (cast.belgian_company, 29)):
            a_clock(cast, about=company)
            actions.stop(about=company, by=SYSTEM, at=on(day))
        [met] = queries.met_on_time(Clock.objects.all())
        assert (met.done, met.in_time, met.share) == (2, 1, 0.5)

    def test_the_nearest_of_an_object(self, cast: Cast):
        a_clock(cast, duty="enquiries.analysis")
        first = a_clock(cast)
        found = queries.due_of("organisations.organisation", [cast.danish_company.pk])
        assert found == {cast.danish_company.pk: first}

    def test_findings(self, cast: Cast):
        clock = a_clock(cast)
        assert list(queries.findings()) == []
        Clock.objects.filter(pk=clock.pk).update(
            reminders_sent=3, paused_at=on(22), days_left=1, ended_at=on(21), ending="met",
            supervisor_told_at=on(22), tells_supervisor=False,
        )  # fmt: skip
        assert len(list(queries.findings())) == 3
