"""What the record says of collaborations, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "collaboration.described": N_("Described"),
    "collaboration.linked": N_("Linked to what came of it"),
    "collaboration.recorded": N_("Recorded"),
}
