"""What the record says of programmes and what stands in them, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "programme.created": N_("Set up"),
    "programme.edited": N_("Described anew"),
    "programme.figure_published": N_("A figure was quoted"),
    "phase.added": N_("Planned"),
    "phase.edited": N_("Edited"),
    "phase.started": N_("Started"),
    "phase.hibernated": N_("Began to hibernate"),
    "phase.woken": N_("Woken"),
    "phase.closed": N_("Closed"),
    "phase.followed": N_("The next phase was begun"),
    "phase.target_set": N_("A target was set"),
    "phase.target_removed": N_("A target was given up"),
    "region.created": N_("Joined the network"),
    "region.edited": N_("Edited"),
    "region.day_closed": N_("A day was closed"),
    "region.day_reopened": N_("A day was opened again"),
    "partner.added": N_("Joined"),
    "partner.edited": N_("Edited"),
    "incentive.added": N_("Put on offer"),
    "incentive.edited": N_("Edited for later calls"),
}
