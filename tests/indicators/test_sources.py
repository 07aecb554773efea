"""Each source is read as of its days: what came later, or had ended by then, does not count then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from landbridge.enquiries.models import Enquiry
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.indicators.models import Indicator
from landbridge.indicators.queries import SOURCES, Scope, read, series
from landbridge.indicators.queries.rows import by_size
from landbridge.surveys.models import Baseline
from landbridge.vouchers import actions as vouchers
from tests.cast import Cast
from tests.factories.vouchers import AWARDED, a_voucher, a_voucher_in_use

pytestmark = pytest.mark.django_db
GRANTED = AWARDED.date()
BEFORE = GRANTED - timedelta(days=1)
LATER = date(2027, 12, 31)
LAPSED = datetime(2027, 8, 2, 9, tzinfo=UTC)  # after the last day for claims


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def value(source: str, as_of: date, **more: Any) -> Decimal | None:
    parameters = more.pop("parameters", {})
    indicator = Indicator(code=source, source=source, parameters=parameters)
    live = read(indicator, Scope(as_of=as_of, **more))
    counted = read(indicator, Scope(as_of=as_of, **more), with_rows=False)
    drawn = series(indicator, Scope(as_of=as_of, **more), [as_of - timedelta(days=1), as_of])
    assert live.value == counted.value == drawn[1], (live.value, counted.value, drawn)
    assert drawn[0] == read(indicator, Scope(as_of=as_of - timedelta(days=1), **more), with_rows=False).value
    return live.value


def test_every_source_can_be_read_for_every_place_in_an_empty_network(cast: Cast):
    places: tuple[dict[str, Any], ...] = (
        {}, {"programme_id": cast.programme.pk}, {"phase_id": cast.phase.pk},
        {"phase_id": cast.phase.pk, "partner_id": cast.danish_partner.pk}, {"region_id": cast.zealand.pk},
        {"since": date(2026, 1, 1)},
    )  # fmt: skip
    for source in SOURCES:
        for place in places:
            assert value(source, LATER, **place) in (None, 0), (source, place)


def test_a_voucher_counts_from_the_day_of_its_award(cast: Cast):
    a_voucher(cast)
    assert value("vouchers-granted", BEFORE) == 0
    assert value("vouchers-granted", GRANTED) == 1


def test_a_voucher_that_lapses_later_still_counts_on_the_days_before(cast: Cast):
    found = a_voucher_in_use(cast)
    vouchers.lapse(voucher_id=found.pk, by=SYSTEM, at=LAPSED)
    assert value("vouchers-kept", LAPSED.date() - timedelta(days=1)) == 1
    assert value("vouchers-kept", LAPSED.date()) == 0
    assert value("vouchers-granted", LATER) == 1, "granted it was, whatever became of it"


def test_an_enterprise_with_two_vouchers_counts_once_from_the_first(cast: Cast):
    a_voucher(cast)
    a_voucher(cast, at=AWARDED + timedelta(days=30))
    found = read(Indicator(source="enterprises-supported"), Scope(as_of=LATER))
    assert found.value == 1
    assert [(row.pk, row.on) for row in found.rows] == [(cast.danish_company.pk, GRANTED)]
    assert value("vouchers-granted", LATER) == 2


def test_what_was_committed_and_released_is_read_by_the_day(cast: Cast):
    found = a_voucher_in_use(cast)
    assert value("money-committed", BEFORE) == 0
    assert value("money-committed", GRANTED) == Decimal("6000.00")
    vouchers.lapse(voucher_id=found.pk, by=SYSTEM, at=LAPSED)
    assert value("money-committed", LAPSED.date() - timedelta(days=1)) == Decimal("6000.00")
    assert value("money-committed", LAPSED.date()) == 0


def test_a_voucher_counts_for_its_own_partner_and_phase_alone(cast: Cast):
    a_voucher(cast)
    assert value("vouchers-granted", LATER, phase_id=cast.phase.pk, partner_id=cast.danish_partner.pk) == 1
    assert value("vouchers-granted", LATER, phase_id=cast.phase.pk, partner_id=cast.belgian_partner.pk) == 0
    assert value("vouchers-granted", LATER, programme_id=cast.other_programme.pk) == 0
    assert value("vouchers-granted", LATER, region_id=cast.zealand.pk) == 1


def test_the_day_ends_in_the_time_zone_of_the_network(cast: Cast):
    a_voucher(cast, at=datetime(2026, 5, 20, 22, 30, tzinfo=UTC))  # half past midnight in Brussels
    assert value("vouchers-granted", date(2026, 5, 20)) == 0
    assert value("vouchers-granted", date(2026, 5, 21)) == 1


def enquiry(cast: Cast, asked_at: datetime, **more: Any) -> Enquiry:
    return Enquiry.objects.create(
        number=f"E{Enquiry.objects.count():04d}", company=cast.danish_company, region=cast.zealand,
        asked_by_name="Dagny Danish", title="A question", confidential_text="…", asked_at=asked_at, **more,
    )  # fmt: skip


def test_an_enquiry_counts_in_the_region_of_its_desk_and_the_days_of_the_phase(cast: Cast):
    enquiry(cast, datetime(2026, 3, 1, 9, tzinfo=UTC))
    enquiry(cast, datetime(2025, 12, 31, 9, tzinfo=UTC))  # the phase begins on 1 January
    assert value("enquiries-received", LATER) == 2
    assert value("enquiries-received", LATER, phase_id=cast.phase.pk) == 1
    assert value("enquiries-received", LATER, phase_id=cast.phase.pk, partner_id=cast.danish_partner.pk) == 1
    assert value("enquiries-received", LATER, phase_id=cast.phase.pk, partner_id=cast.belgian_partner.pk) == 0


def test_a_source_that_cannot_be_told_apart_by_a_place_knows_nothing_of_it(cast: Cast):
    assert value("events-held", LATER, region_id=cast.zealand.pk) is None
    assert value("events-held", LATER, programme_id=cast.programme.pk) == 0


def test_nobody_having_answered_is_not_zero(cast: Cast):
    for source in (
        "satisfaction",
        "private-money",
        "jobs-gained",
        "response-rate",
        "companies-with-new-products",
    ):
        assert value(source, LATER) is None


def test_many_days_cost_as_few_queries_as_one(cast: Cast, django_assert_max_num_queries: Any):
    a_voucher(cast)
    days = [date(2026, 1, 1) + timedelta(days=7 * week) for week in range(40)]
    with django_assert_max_num_queries(3):  # the place is looked up with one
        found = series(Indicator(source="vouchers-kept"), Scope(as_of=LATER), days)
    assert found[0] == 0
    assert found[-1] == 1


def test_enterprises_are_told_apart_by_the_size_of_their_last_baseline(cast: Cast):
    a_voucher(cast)
    rows = read(Indicator(source="enterprises-supported"), Scope(as_of=LATER)).rows
    assert by_size(rows, as_of=LATER) == [("unknown", 1)]
    Baseline.objects.create(
        organisation=cast.danish_company, on=date(2026, 1, 1), jobs=Decimal("12.5"), recorded_by_name="Dagny",
        recorded_at=AWARDED - timedelta(days=9),
    )  # fmt: skip
    assert by_size(rows, as_of=LATER) == [("small", 1)]
    assert by_size(rows, as_of=date(2025, 12, 31)) == [("unknown", 1)]
