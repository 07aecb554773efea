"""What the record says of vouchers, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "voucher.awarded": N_("Awarded"),
    "voucher.letter_kept": N_("Award letter drawn"),
    "voucher.accepted": N_("Accepted"),
    "voucher.extended": N_("Extended"),
    "voucher.declined": N_("Declined"),
    "voucher.closed": N_("Closed"),
    "voucher.lapsed": N_("Lapsed"),
}
