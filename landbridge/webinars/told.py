"""What the record says of webinars, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "series.begun": N_("Series begun"),
    "series.edited": N_("Series edited"),
    "sign_up.admitted": N_("Given a place"),
    "sign_up.cancelled": N_("Sign-up cancelled"),
    "sign_up.certified": N_("Certificate drawn"),
    "sign_up.made": N_("Signed up"),
    "sign_up.minutes_entered": N_("Presence entered"),
    "webinar.cancelled": N_("Called off"),
    "webinar.consent_given": N_("A speaker said what may be shown"),
    "webinar.drafted": N_("Begun"),
    "webinar.edited": N_("Edited"),
    "webinar.held": N_("Held"),
    "webinar.key_changed": N_("Key of the provider changed"),
    "webinar.opinion_given": N_("Opinion given"),
    "webinar.presence_taken_over": N_("Presence taken from a table"),
    "webinar.presence_told": N_("Presence told by the provider"),
    "webinar.published": N_("Announced"),
    "webinar.question_answered": N_("Question answered"),
    "webinar.question_asked": N_("Question asked"),
    "webinar.recording_shown": N_("Recording shown"),
    "webinar.reminded": N_("Listeners reminded"),
    "webinar.slides_shown": N_("Slides shown"),
    "webinar.speaker_added": N_("Speaker added"),
    "webinar.speaker_dropped": N_("Speaker taken off"),
    "webinar.speaker_edited": N_("Speaker edited"),
    "webinar.thanked": N_("Listeners thanked"),
}
