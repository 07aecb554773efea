"""What the record says of letters, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "letter.sent_again": N_("Sent once more"),
    "letter_text.written": N_("Text written"),
    "letter_text.dropped": N_("Text dropped: the usual one counts again"),
}
