"""What the record says of clocks, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "duty.brought": N_("Came with Landbridge"),
    "duty.edited": N_("Edited"),
    "clock.started": N_("Began to run"),
    "clock.paused": N_("Paused"),
    "clock.resumed": N_("Goes on"),
    "clock.assigned": N_("Given to somebody at the desk"),
    "clock.reminded": N_("Reminder written"),
    "clock.reported": N_("Reported to the office as late"),
    "clock.client_told": N_("Client told"),
    "clock.ended": N_("Ended"),
    "absence.entered": N_("Entered"),
    "absence.ended": N_("Taken out"),
}
