"""What indicators read: who said what by which day, how many were asked, and what was gained since a baseline."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from landbridge.surveys import queries, rules
from landbridge.surveys.models import Sheet
from landbridge.surveys.queries import Rate
from landbridge.surveys.states import Measure, Sheeted, Side
from tests.cast import Cast
from tests.factories.surveys import AT, a_baseline, a_sheet, a_version, said_on
from tests.factories.vouchers import AWARDED, a_voucher

pytestmark = pytest.mark.django_db

TODAY = AT.date()
A_DAY = timedelta(days=1)


def end(sheet: Sheet, state: Sheeted, at: datetime) -> None:
    sheet.state, sheet.ended_at = state, at
    sheet.save(update_fields=["state", "ended_at"])


class TestSaid:
    def test_a_missing_answer_is_missing_and_never_zero(self, cast: Cast):
        version = a_version()
        said_on(a_sheet(version, cast.danish_company), jobs=12)
        a_sheet(version, cast.belgian_company)
        found = queries.said(Measure.JOBS, as_of=TODAY)
        assert [(one.organisation_id, one.value) for one in found] == [(cast.danish_company.pk, Decimal(12))]
        assert queries.said(Measure.PRIVATE_MONEY, as_of=TODAY) == []

    def test_yes_is_one_and_any_other_choice_is_zero(self, cast: Cast):
        version = a_version()
        said_on(a_sheet(version, email="one@example.org"), continues=["yes"])
        said_on(a_sheet(version, email="two@example.org"), continues=["no"])
        assert [one.value for one in queries.said(Measure.CONTINUES, as_of=TODAY)] == [1, 0]

    def test_an_answer_counts_from_the_day_on_which_it_was_given(self):
        said_on(a_sheet(a_version()), helpful=4)
        assert queries.said(Measure.SATISFACTION, as_of=TODAY - A_DAY) == []
        assert len(queries.said(Measure.SATISFACTION, as_of=TODAY)) == 1
        assert queries.said(Measure.SATISFACTION, as_of=TODAY + A_DAY, since=TODAY + A_DAY) == []

    def test_what_a_declined_sheet_had_said_is_gone(self):
        sheet = a_sheet(a_version())
        said_on(sheet, helpful=4)
        end(sheet, Sheeted.DECLINED, AT)
        assert queries.said(Measure.SATISFACTION, as_of=TODAY) == []

    def test_the_comparison_group_stands_apart(self):
        said_on(a_sheet(a_version(), is_comparison=True), helpful=2)
        assert queries.said(Measure.SATISFACTION, as_of=TODAY) == []
        assert len(queries.said(Measure.SATISFACTION, as_of=TODAY, comparison=True)) == 1

    def test_it_is_narrowed_by_months_side_region_and_organisation(self, cast: Cast):
        company = cast.danish_company
        said_on(a_sheet(a_version(), company), helpful=4)

        def found(**narrow: object) -> int:
            return len(queries.said(Measure.SATISFACTION, as_of=TODAY, **narrow))  # type: ignore[arg-type]

        assert found(months=12, side=Side.COMPANY, region_id=company.region_id, organisation_ids=[company.pk])
        assert not found(months=6)
        assert not found(side=Side.PROVIDER)
        assert not found(region_ids=[])
        assert not found(organisation_ids=[0])

    def test_an_enterprise_counts_once_with_its_last_word(self, cast: Cast):
        version = a_version()
        said_on(a_sheet(version, cast.danish_company, months=6), jobs=11)
        said_on(a_sheet(version, cast.danish_company, months=12), jobs=13, at=AT + timedelta(hours=1))
        found = queries.latest_of_each(queries.said(Measure.JOBS, as_of=TODAY))
        assert {key: one.value for key, one in found.items()} == {cast.danish_company.pk: Decimal(13)}


class TestRate:
    def test_each_sheet_that_went_out_is_counted_once(self):
        version = a_version()
        done = a_sheet(version)
        said_on(done, helpful=4)
        end(done, Sheeted.DONE, AT)
        end(a_sheet(version), Sheeted.DECLINED, AT)
        end(a_sheet(version), Sheeted.LAPSED, AT)
        half = a_sheet(version)
        said_on(half, helpful=4)
        end(half, Sheeted.LAPSED, AT)
        a_sheet(version)
        a_sheet(version, state=Sheeted.WAITING, sent_at=None)
        rate = queries.rate(as_of=TODAY)
        assert rate == Rate(asked=5, answered=2, declined=1, lapsed=1)
        assert (rate.open, rate.percent) == (1, 40)

    def test_a_past_day_is_computed_as_it_stood(self):
        sheet = a_sheet(a_version())
        said_on(sheet, at=AT + A_DAY, helpful=4)
        assert queries.rate(as_of=TODAY - A_DAY) == Rate()
        assert queries.rate(as_of=TODAY) == Rate(asked=1)
        assert queries.rate(as_of=TODAY + A_DAY) == Rate(asked=1, answered=1)

    def test_with_a_measure_only_those_count_who_were_asked_for_it(self):
        version = a_version()
        version.questions.filter(measure=Measure.JOBS).delete()
        a_sheet(version)
        assert queries.rate(as_of=TODAY, measure=Measure.JOBS) == Rate()
        assert queries.rate(as_of=TODAY, measure=Measure.SATISFACTION) == Rate(asked=1)
        assert queries.rate(as_of=TODAY).percent == 0
        assert Rate().percent is None


class TestBaselines:
    def test_only_what_was_recorded_before_the_day_of_support_counts(self):
        began = date(2026, 5, 20)
        assert rules.counts(recorded_on=began - A_DAY, support_began=began)
        assert not rules.counts(recorded_on=began, support_began=began)
        assert rules.counts(recorded_on=began, support_began=None)

    def test_a_gain_needs_a_baseline_from_before(self, cast: Cast):
        company = cast.danish_company
        voucher = a_voucher(cast)
        said_on(a_sheet(a_version(), company), jobs=14)
        a_baseline(company, at=AWARDED + A_DAY, jobs=9)
        assert queries.support_began() == {company.pk: voucher.granted_on}
        assert queries.before([company.pk])[company.pk].baseline is None
        assert queries.gains(Measure.JOBS, as_of=TODAY) == []
        a_baseline(company, at=AWARDED - 9 * A_DAY, jobs=8)
        a_baseline(company, at=AWARDED - A_DAY, jobs=10)
        assert [(one.before, one.gain) for one in queries.gains(Measure.JOBS, as_of=TODAY)] == [(10, 4)]

    def test_a_baseline_that_says_nothing_of_it_gives_no_gain(self, cast: Cast):
        a_voucher(cast)
        said_on(a_sheet(a_version(), cast.danish_company), jobs=14)
        a_baseline(cast.danish_company, at=AWARDED - A_DAY, jobs=None, markets=2)
        assert queries.gains(Measure.JOBS, as_of=TODAY) == []
