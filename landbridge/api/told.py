"""What the record says of the doors for machines, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "archive.deleted": N_("Archive of the network deleted"),
    "archive.ordered": N_("Archive of the network ordered"),
    "archive.spoilt": N_("Archive of the network could not be written"),
    "archive.taken": N_("Archive of the network downloaded"),
    "archive.written": N_("Archive of the network written"),
    "calendar.address_changed": N_("Private calendar address made anew"),
    "calendar.address_ended": N_("Private calendar address ended"),
    "key.made": N_("Key made"),
    "key.revoked": N_("Key ended"),
    "program.added": N_("Program of others let in"),
    "program.ended": N_("Program of others ended"),
    "webhook.changed": N_("Changed"),
    "webhook.deleted": N_("Deleted"),
    "webhook.made": N_("Made"),
    "webhook.replayed": N_("Deliveries sent again"),
    "webhook.resumed": N_("Switched on again"),
    "webhook.secret_changed": N_("Secret made anew"),
    "webhook.stopped": N_("Stopped"),
    "webhook.test": N_("Test"),
    "webhook.tested": N_("Tested"),
}
