"""What the record says of collaborations, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "collaboration.described": N_("Described"),
    "collaboration.finished": N_("Finished"),
    "collaboration.follow_on_told": N_("What followed was told"),
    "collaboration.follow_on_withdrawn": N_("What had been told by mistake was taken back"),
    "collaboration.linked": N_("Linked to what came of it"),
    "collaboration.recorded": N_("Recorded"),
    "collaboration.renewed": N_("Renewed"),
    "collaboration.stopped": N_("Stopped"),
    "next_step.changed": N_("Next step changed"),
    "next_step.done": N_("Next step done"),
    "next_step.dropped": N_("Next step dropped"),
    "next_step.none_planned": N_("Nothing more is planned"),
    "next_step.planned": N_("Next step planned"),
    "next_step.reminded": N_("Reminded of the next step"),
}
