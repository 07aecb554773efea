"""What the record says of partner profiles, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "profile.written": N_("Profile written"),
    "profile.edited": N_("Edited"),
    "profile.submitted": N_("Handed to a second region"),
    "profile.returned": N_("Given back by a second region"),
    "profile.published": N_("Published"),
    "profile.warned": N_("Reminded of its end"),
    "profile.renewed": N_("Renewed"),
    "profile.expired": N_("Expired"),
    "profile.withdrawn": N_("Withdrawn"),
    "interest.expressed": N_("Interest expressed"),
    "interest.accepted": N_("Interest taken up"),
    "interest.declined": N_("Interest declined"),
    "interest.withdrawn": N_("Interest withdrawn"),
}
