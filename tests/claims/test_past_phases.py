"""A phase that is closed is history: nothing of it ends by itself any more."""

from __future__ import annotations

from datetime import datetime

from landbridge.claims import queries
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.programmes.actions import phases
from tests.cast import Cast
from tests.factories.claims import CLAIMED
from tests.factories.vouchers import a_voucher_in_use

LATE = datetime(2027, 7, 20, 5, 0, tzinfo=CLAIMED.tzinfo)


def test_vouchers_of_a_closed_phase_do_not_lapse(cast: Cast):
    voucher = a_voucher_in_use(cast)
    assert queries.unclaimed(at=LATE) == [voucher]
    phases.close(phase_id=cast.phase.pk, by=SYSTEM, at=LATE)
    assert queries.unclaimed(at=LATE) == []
