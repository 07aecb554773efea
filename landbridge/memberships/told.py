"""What the record says of memberships and invitations, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "membership.began": N_("Role begun"),
    "membership.ended": N_("Role ended"),
    "invitation.sent": N_("Invited"),
    "invitation.resent": N_("Letter sent once more"),
    "invitation.revoked": N_("Taken back"),
    "invitation.accepted": N_("Accepted"),
}
