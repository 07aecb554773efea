"""What the record says of incoming mail, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "mail.came": N_("Came in"),
    "mail.attached": N_("Laid down where it belongs"),
    "mail.dropped": N_("Dropped"),
    "mail.forgotten": N_("Deleted with time"),
}
