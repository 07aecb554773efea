"""The forecast of a phase: its band holds what came later about as often as it says, and it never says the impossible."""

from __future__ import annotations

import itertools
import math
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landbridge.algorithms.forecast import NOTHING, forecast, quantile, weighted_quantiles

pytestmark = pytest.mark.once
SEASONS = (0.8, 1, 1.3, 1.2, 1.2, 1.1, 0.5, 0.4, 1.2, 1.4, 1.2, 0.7)
VOUCHER = 3000


def a_phase(seed: int, *, months: int) -> list[float]:
    """What an invented phase commits each month: it finds its feet, has seasons, bursts and a level that drifts."""
    draw = random.Random(seed)
    usual, feet, burst, drift, committed = draw.uniform(8000, 30000), draw.randint(3, 12), 0.0, 1.0, []
    for month in range(months):
        drift *= math.exp(draw.gauss(0, 0.05))
        burst = burst / 2 + draw.gauss(0, 0.35)
        hoped = usual * min(1, (month + 1) / feet) * SEASONS[month % 12] * drift * math.exp(burst - 0.2)
        number = round(hoped / VOUCHER + draw.gauss(0, math.sqrt(hoped / VOUCHER)))
        committed.append(float(max(0, number) * VOUCHER))
    return committed


@pytest.mark.parametrize(("known", "months"), [(12, 36), (18, 36), (24, 36), (30, 36), (24, 60)])
def test_the_band_holds_the_end_of_about_eight_of_ten_phases(known, months):
    held = 0
    for seed in range(100):
        phase = a_phase(seed, months=months)
        earlier = [(1, a_phase(seed + 1000, months=36))]
        found = forecast(phase[:known], first_month=1, ahead=months - known, earlier=earlier)
        held += found.low[-1] <= sum(phase) <= found.high[-1]
    assert 68 <= held <= 93, held


def test_the_band_is_narrower_than_what_the_steadiest_guess_would_need():
    """Half a year before the end the band is at most a third of what is committed."""
    wide = []
    for seed in range(20):
        phase = a_phase(seed, months=36)
        found = forecast(phase[:30], first_month=1, ahead=6)
        wide.append((found.high[-1] - found.low[-1]) / sum(phase))
    assert sum(wide) / len(wide) < 0.34


def test_the_same_numbers_give_the_same_forecast():
    phase = a_phase(3, months=24)
    assert forecast(phase, first_month=4, ahead=12) == forecast(phase, first_month=4, ahead=12)


def test_nothing_is_said_of_a_phase_that_has_hardly_begun():
    assert forecast([1000.0] * 5, first_month=1, ahead=12) is NOTHING
    assert forecast([0.0] * 24, first_month=1, ahead=12) is NOTHING
    assert forecast([1000.0] * 3 + [0.0] * 9, first_month=1, ahead=12) is NOTHING
    assert forecast([1000.0] * 24, first_month=1, ahead=0) is NOTHING
    assert not NOTHING.is_known


def test_nothing_is_committed_beyond_the_budget():
    phase = a_phase(5, months=24)
    limit = sum(phase) * 1.2
    found = forecast(phase, first_month=1, ahead=24, limit=limit)
    assert max(found.high) <= limit
    assert found.middle[-1] == limit


def test_a_budget_already_exceeded_is_no_reason_to_fall():
    phase = [1000.0] * 12
    found = forecast(phase, first_month=1, ahead=3, limit=5000)
    assert set(found.low) == {12_000.0}


def test_what_is_released_is_taken_off():
    """Every fifth month something is given back: the forecast begins at what is left, and goes on so."""
    phase = ([1000.0] * 4 + [-1000.0]) * 8
    found = forecast(phase, first_month=1, ahead=12)
    assert 22_000 <= found.low[0] <= found.high[0] <= 26_500
    assert found.middle[-1] == pytest.approx(24_000 + 12 * 600, rel=0.1)
    assert forecast(([1000.0] * 4 + [-9000.0]) * 8, first_month=1, ahead=12) is NOTHING


def test_a_steady_phase_goes_on_steadily():
    found = forecast([1000.0] * 36, first_month=1, ahead=12)
    assert found.middle[-1] == pytest.approx(48_000, rel=0.02)
    assert found.low[-1] < 48_000 < found.high[-1]


def test_the_season_of_past_phases_is_kept():
    """Nothing in August for five years: nothing much next August."""
    year = [1000.0] * 7 + [0.0] + [1000.0] * 4
    found = forecast(year * 2, first_month=1, ahead=12, earlier=[(1, year * 5)])
    steps = [after - before for before, after in zip(found.middle, found.middle[1:], strict=False)]
    assert steps[6] < 500 < min(steps[0:6])


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.integers(0, 10**6), min_size=6, max_size=36),
    st.integers(1, 12),
    st.integers(1, 24),
)
def test_the_band_lies_in_order_and_never_falls(months, first, ahead):
    found = forecast(months, first_month=first, ahead=ahead)
    if not found.is_known:
        return
    assert len(found.low) == len(found.middle) == len(found.high) == ahead
    for low, middle, high in zip(found.low, found.middle, found.high, strict=True):
        assert sum(months) - 1e-3 <= low <= middle <= high
    for part in (found.low, found.middle, found.high):
        assert all(after >= before - 1e-3 for before, after in itertools.pairwise(part))


def test_three_years_are_forecast_quickly():
    phase = a_phase(1, months=36)
    began = time.process_time()
    forecast(phase, first_month=1, ahead=24)
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize(("share", "expected"), [(0, 1), (0.5, 2.5), (1, 4), (0.25, 1.75)])
def test_quantiles_lie_between_neighbours(share, expected):
    assert quantile([1, 2, 3, 4], share) == expected


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 9)), min_size=1, max_size=30))
def test_counted_values_have_the_quantiles_of_the_values_themselves(counted):
    values = sorted(value for value, count in counted for _ in range(count))
    shares = (0.25, 0.5, 0.75)
    assert weighted_quantiles(counted, shares) == pytest.approx([quantile(values, share) for share in shares])


def test_nothing_has_no_quantile():
    with pytest.raises(ValueError, match="nothing"):
        weighted_quantiles([(3, 0)], [0.5])
