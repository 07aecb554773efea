"""What the record says of people, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "person.registered": N_("Signed up"),
    "person.profile_changed": N_("Profile changed"),
    "person.password_changed": N_("Password changed"),
    "person.consent_given": N_("Agreement given"),
    "person.consent_withdrawn": N_("Agreement taken back"),
    "person.session_ended": N_("Session ended"),
}
