from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import ANYONE, SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.programmes.actions import figures, incentives, partners, phases, programmes, regions, targets
from landbridge.programmes.models import (
    ClosedDay,
    Incentive,
    Partner,
    Phase,
    Programme,
    PublishedFigure,
    Region,
    Target,
)
from landbridge.programmes.rules.facts import FigureFacts, TargetFacts
from landbridge.programmes.states import S
from tests.factories import programmes as make

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def office_of(programme: Programme | None = None) -> Actor:
    return Actor(
        person_id=1, name="Olga Office", role=Role.OFFICE, programme_id=programme.pk if programme else None
    )


def auditor() -> Actor:
    return Actor(person_id=2, name="Audrey Auditor", role=Role.AUDITOR)


def events(*subjects) -> list[str]:
    return [event.event for event in history_of(*subjects)]


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


pytestmark = pytest.mark.django_db


class TestProgrammes:
    def test_the_office_of_the_network_sets_one_up(self):
        programme = programmes.create(make.programme_facts(accent="moss"), by=office_of(), at=AT)

        assert programme.facts() == make.programme_facts(accent="moss")
        assert events(programme) == ["programme.created"]

    def test_a_short_name_stands_once(self):
        make.a_programme(key="in2lifesciences")

        with pytest.raises(Refused) as refusal:
            programmes.create(make.programme_facts(), by=SYSTEM, at=AT)

        assert codes(refusal) == ["key_taken"]

    def test_the_office_of_a_programme_has_just_its_own(self):
        with pytest.raises(NotAllowed):
            programmes.create(make.programme_facts(), by=office_of(make.a_programme()), at=AT)

    @pytest.mark.parametrize("someone", [ANYONE, auditor()])
    def test_nobody_else_sets_one_up(self, someone):
        with pytest.raises(NotAllowed):
            programmes.create(make.programme_facts(), by=someone, at=AT)

    def test_an_edit_is_recorded_with_what_changed(self):
        programme = make.a_programme()
        facts = replace(programme.facts(), name="Boost4Health", accent="plum")

        programmes.edit(programme_id=programme.pk, facts=facts, by=office_of(programme), at=AT)

        assert Programme.objects.get(pk=programme.pk).facts() == facts
        assert history_of(programme)[0].details == {"changed": ["name", "accent"]}

    def test_an_edit_that_changes_nothing_leaves_no_trace(self):
        programme = make.a_programme()

        programmes.edit(programme_id=programme.pk, facts=programme.facts(), by=office_of(programme), at=AT)

        assert events(programme) == []

    @pytest.mark.parametrize("someone", [ANYONE, auditor()])
    def test_nobody_else_edits(self, someone):
        programme = make.a_programme()

        with pytest.raises(Programme.DoesNotExist):
            programmes.edit(programme_id=programme.pk, facts=programme.facts(), by=someone, at=AT)

    def test_another_programmes_office_does_not_find_it(self):
        programme = make.a_programme()

        with pytest.raises(Programme.DoesNotExist):
            programmes.edit(
                programme_id=programme.pk, facts=programme.facts(), by=office_of(make.a_programme()), at=AT
            )


class TestPhases:
    def test_phases_are_numbered_as_they_come(self):
        programme = make.a_programme()

        first = phases.add(
            programme_id=programme.pk, facts=make.phase_facts(), by=office_of(programme), at=AT
        )
        second = phases.add(
            programme_id=programme.pk, facts=make.phase_facts(), by=office_of(programme), at=AT
        )

        assert (first.number, second.number) == (1, 2)
        assert first.state == S.PLANNED
        assert events(first) == ["phase.added"]

    def test_a_phase_lives_hibernates_wakes_and_ends(self):
        phase = make.a_planned_phase()
        by = office_of(phase.programme)

        for move in (phases.start, phases.hibernate, phases.wake, phases.close):
            move(phase_id=phase.pk, by=by, at=AT)

        assert Phase.objects.get(pk=phase.pk).state == S.CLOSED
        assert events(phase) == ["phase.closed", "phase.woken", "phase.hibernated", "phase.started"]

    def test_a_closed_phase_stays_closed(self):
        phase = make.a_phase(state=S.CLOSED)

        with pytest.raises(Refused) as refusal:
            phases.wake(phase_id=phase.pk, by=office_of(), at=AT)

        assert codes(refusal) == ["wrong_state"]

    def test_an_edit_moves_the_days(self):
        phase = make.a_phase()
        facts = make.phase_facts(name="The long one", ends_on=date(2030, 12, 31))

        phases.edit(phase_id=phase.pk, facts=facts, by=office_of(phase.programme), at=AT)

        assert Phase.objects.get(pk=phase.pk).facts() == facts
        assert history_of(phase)[0].details["changed"] == ["name", "starts_on", "ends_on"]

    def test_an_edit_that_changes_nothing_leaves_no_trace(self):
        phase = make.a_phase()

        phases.edit(phase_id=phase.pk, facts=phase.facts(), by=office_of(), at=AT)

        assert events(phase) == []

    def test_a_phase_stays_between_its_neighbours(self):
        first = make.a_phase(starts_on=date(2016, 1, 1), ends_on=date(2019, 12, 31))
        second = make.a_phase(
            programme=first.programme, number=2, follows=first, starts_on=date(2020, 1, 1), ends_on=date(2022, 12, 31)
        )  # fmt: skip

        with pytest.raises(Refused) as late:
            phases.edit(
                phase_id=first.pk, facts=replace(first.facts(), ends_on=date(2020, 6, 30)), by=SYSTEM, at=AT
            )
        with pytest.raises(Refused) as early:
            phases.edit(
                phase_id=second.pk,
                facts=replace(second.facts(), starts_on=date(2019, 6, 30)),
                by=SYSTEM,
                at=AT,
            )

        assert (codes(late), codes(early)) == (["overlaps_next"], ["overlaps_previous"])

    def test_the_next_phase_copies_what_the_earlier_offered(self):
        earlier = make.a_hibernating_phase(starts_on=date(2016, 1, 1), ends_on=date(2019, 12, 31))
        partner = make.a_partner(programme=earlier.programme)
        offered = [make.meet_and_greet(phase=earlier), make.insight(phase=earlier)]
        make.a_target(phase=earlier, code="jobs", value=100)
        make.a_target(phase=earlier, code="jobs", value=10, partner=partner)
        facts = make.phase_facts(name="Phase 2", starts_on=date(2020, 1, 1), ends_on=date(2022, 12, 31))

        phase = phases.begin_next(phase_id=earlier.pk, facts=facts, by=office_of(earlier.programme), at=AT)

        copies = list(Incentive.objects.filter(phase=phase).order_by("pk"))
        assert [copy.facts() for copy in copies] == [incentive.facts() for incentive in offered]
        copied = Target.objects.filter(phase=phase).order_by("pk")
        assert [(target.partner_id, target.value) for target in copied] == [(None, 100), (partner.pk, 10)]
        assert (phase.number, phase.follows, phase.state) == (2, earlier, S.PLANNED)
        assert history_of(phase)[0].details == {"incentives": 2, "targets": 2}
        assert events(earlier) == ["phase.followed"]

    def test_one_phase_follows_another_once(self):
        earlier = make.a_phase(starts_on=date(2016, 1, 1), ends_on=date(2019, 12, 31))
        facts = make.phase_facts(starts_on=date(2020, 1, 1), ends_on=date(2022, 12, 31))
        phases.begin_next(phase_id=earlier.pk, facts=facts, by=SYSTEM, at=AT)

        with pytest.raises(Refused) as refusal:
            phases.begin_next(phase_id=earlier.pk, facts=facts, by=SYSTEM, at=AT)

        assert codes(refusal) == ["has_follower"]

    def test_a_planned_phase_is_not_followed(self):
        with pytest.raises(Refused) as refusal:
            phases.begin_next(phase_id=make.a_planned_phase().pk, facts=make.phase_facts(), by=SYSTEM, at=AT)

        assert codes(refusal) == ["not_begun"]

    def test_another_programmes_office_moves_nothing(self):
        phase = make.a_planned_phase()

        with pytest.raises(Phase.DoesNotExist):
            phases.start(phase_id=phase.pk, by=office_of(make.a_programme()), at=AT)


class TestRegions:
    def test_a_region_joins_the_network(self):
        region = regions.create(make.region_facts(), by=office_of(make.a_programme()), at=AT)

        assert Region.objects.get(pk=region.pk).facts() == make.region_facts()
        assert events(region) == ["region.created"]

    def test_an_auditor_adds_none(self):
        with pytest.raises(NotAllowed):
            regions.create(make.region_facts(), by=auditor(), at=AT)

    def test_an_edit_is_recorded_with_what_changed(self):
        region = make.liege()
        facts = replace(region.facts(), desk_email="new@example.org")

        regions.edit(region_id=region.pk, facts=facts, by=office_of(), at=AT)
        regions.edit(region_id=region.pk, facts=facts, by=office_of(), at=AT)

        assert Region.objects.get(pk=region.pk).desk_email == "new@example.org"
        assert [event.details for event in history_of(region)] == [{"changed": ["desk_email"]}]

    def test_an_office_edits_the_regions_of_its_partners_alone(self):
        ours, theirs = make.a_partner(), make.a_partner()
        free = make.a_region()

        editable = Region.objects.edited_by(office_of(ours.programme))

        assert set(editable) == {ours.region, free}
        with pytest.raises(Region.DoesNotExist):
            regions.edit(
                region_id=theirs.region.pk, facts=theirs.region.facts(), by=office_of(ours.programme), at=AT
            )

    def test_a_day_is_closed_and_opened_again(self):
        region = make.a_region()

        closed = regions.close_day(
            region_id=region.pk, day=date(2026, 12, 24), reason="Holy Eve", by=SYSTEM, at=AT
        )
        with pytest.raises(Refused) as refusal:
            regions.close_day(region_id=region.pk, day=date(2026, 12, 24), reason="Again", by=SYSTEM, at=AT)
        regions.reopen_day(closed_day_id=closed.pk, by=SYSTEM, at=AT)

        assert codes(refusal) == ["closed_already"]
        assert not ClosedDay.objects.exists()
        assert events(region) == ["region.day_reopened", "region.day_closed"]

    def test_a_day_of_a_foreign_region_is_not_opened(self):
        closed = make.a_closed_day(region=make.a_partner().region)

        with pytest.raises(ClosedDay.DoesNotExist):
            regions.reopen_day(closed_day_id=closed.pk, by=office_of(make.a_programme()), at=AT)

    def test_the_known_regions_are_added_once(self):
        make.liege(name="Liège as the office calls it")

        added = regions.add_known(by=SYSTEM, at=AT)

        assert len(added) == 10
        assert regions.add_known(by=SYSTEM, at=AT) == []
        assert Region.objects.get(key="liege").name == "Liège as the office calls it"


class TestPartners:
    def test_a_partner_joins_and_is_described_anew(self):
        programme = make.a_programme()
        by = office_of(programme)

        partner = partners.add(programme_id=programme.pk, facts=make.partner_facts(), by=by, at=AT)
        facts = make.partner_facts(short_name="ULG", region_id=make.liege().pk)
        partners.edit(partner_id=partner.pk, facts=facts, by=by, at=AT)
        partners.edit(partner_id=partner.pk, facts=facts, by=by, at=AT)

        assert Partner.objects.get(pk=partner.pk).facts() == facts
        assert events(partner) == ["partner.edited", "partner.added"]

    def test_a_programme_has_one_lead(self):
        lead = make.a_lead_partner()

        with pytest.raises(Refused) as refusal:
            partners.add(
                programme_id=lead.programme_id, facts=make.partner_facts(is_lead=True), by=SYSTEM, at=AT
            )

        assert codes(refusal) == ["has_lead"]


class TestIncentives:
    def test_an_incentive_is_offered_and_changed(self):
        phase = make.a_phase()
        by = office_of(phase.programme)

        incentive = incentives.add(phase_id=phase.pk, facts=make.incentive_facts(), by=by, at=AT)
        facts = make.incentive_facts(cap_eur=euro(4500), evidence=("Invoice", "Report"))
        incentives.edit(incentive_id=incentive.pk, facts=facts, by=by, at=AT)
        incentives.edit(incentive_id=incentive.pk, facts=facts, by=by, at=AT)

        assert Incentive.objects.get(pk=incentive.pk).facts() == facts
        assert [event.event for event in history_of(incentive)] == ["incentive.edited", "incentive.added"]
        assert history_of(incentive)[0].details == {"changed": ["cap_eur", "evidence"], "cap": "EUR 4,500.00"}

    def test_a_short_name_stands_once_in_a_phase(self):
        there = make.insight()

        with pytest.raises(Refused) as refusal:
            incentives.add(phase_id=there.phase_id, facts=make.incentive_facts(), by=SYSTEM, at=AT)

        assert codes(refusal) == ["key_taken"]


class TestTargetsAndFigures:
    def test_a_target_is_set_moved_and_given_up(self):
        phase = make.a_phase()
        facts = TargetFacts(code="jobs", name="Jobs created", unit="jobs", value=100)

        targets.set_target(phase_id=phase.pk, facts=facts, by=SYSTEM, at=AT)
        target = targets.set_target(phase_id=phase.pk, facts=replace(facts, value=120), by=SYSTEM, at=AT)
        targets.remove(target_id=target.pk, by=SYSTEM, at=AT)

        assert not Target.objects.exists()
        assert events(phase) == ["phase.target_removed", "phase.target_set", "phase.target_set"]
        assert history_of(phase)[1].details == {"target": "jobs", "value": 120, "was": 100}

    def test_a_partner_has_a_target_of_its_own(self):
        phase = make.a_phase()
        partner, foreign = make.a_partner(programme=phase.programme), make.a_partner()
        facts = TargetFacts(code="jobs", name="Jobs created", unit="jobs", value=10)

        target = targets.set_target(phase_id=phase.pk, facts=facts, partner_id=partner.pk, by=SYSTEM, at=AT)

        assert (target.partner, target.facts()) == (partner, facts)
        with pytest.raises(Partner.DoesNotExist):
            targets.set_target(phase_id=phase.pk, facts=facts, partner_id=foreign.pk, by=SYSTEM, at=AT)

    def test_a_figure_is_quoted_once(self):
        phase = make.a_phase()
        facts = FigureFacts(code="vouchers", name="Vouchers granted", value="169", as_of=date(2019, 12, 31))

        for phase_id in (None, phase.pk):
            figures.publish(programme_id=phase.programme_id, phase_id=phase_id, facts=facts, by=SYSTEM, at=AT)
        with pytest.raises(Refused) as refusal:
            figures.publish(programme_id=phase.programme_id, facts=facts, by=SYSTEM, at=AT)

        assert codes(refusal) == ["key_taken"]
        assert [figure.facts() for figure in PublishedFigure.objects.all()] == [facts, facts]
