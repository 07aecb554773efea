"""What the record says of events, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "event.places_given": N_("Waiting list moved up"),
    "event.reminded": N_("People who come reminded"),
    "registration.approved": N_("Place given"),
    "registration.begun": N_("Registration begun"),
    "registration.cancelled": N_("Registration cancelled"),
    "registration.challenge_answered": N_("Challenge answered"),
    "registration.check_in_undone": N_("Check-in taken back"),
    "registration.checked_in": N_("Checked in"),
    "registration.entered": N_("Entered by the organiser"),
    "registration.missed": N_("Did not come"),
    "registration.moved_up": N_("Moved up from the waiting list"),
    "registration.rejected": N_("Not admitted"),
    "registration.reminded": N_("Reminded of what is missing"),
    "registration.reopened": N_("Begun again"),
    "registration.saved": N_("Registration changed"),
    "registration.session_left": N_("Place in a session given back"),
    "registration.session_taken": N_("Place in a session taken"),
    "registration.slots_set": N_("Said when they are there"),
    "registration.submitted": N_("Registration handed in"),
    "registration.waiting": N_("Put on the waiting list"),
}
