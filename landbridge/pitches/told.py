"""What the record says of pitches and investors, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "investor.consent_withdrawn": N_("Investor's consent withdrawn"),
    "investor.consented": N_("Investor's consent given"),
    "investor.followed_up": N_("Said with whom they go on"),
    "investor.saved": N_("Investor's profile saved"),
    "pitch.asked_again": N_("Asked what became of it"),
    "pitch.begun": N_("Pitch begun"),
    "pitch.came_on_stage": N_("Came on stage"),
    "pitch.consent_withdrawn": N_("No longer shown to investors"),
    "pitch.consented": N_("Shown to investors from now on"),
    "pitch.decided": N_("Decided"),
    "pitch.deck_added": N_("Deck added"),
    "pitch.deck_downloaded": N_("Deck downloaded"),
    "pitch.marked": N_("Marked by a juror"),
    "pitch.marked_anew": N_("Marks changed by a juror"),
    "pitch.money_noted": N_("Money raised entered"),
    "pitch.money_taken_back": N_("Money raised taken back"),
    "pitch.outcome_said": N_("Said what became of it"),
    "pitch.pitched": N_("Pitched"),
    "pitch.reacted": N_("An investor reacted"),
    "pitch.returned": N_("Returned to the company"),
    "pitch.saved": N_("Pitch saved"),
    "pitch.submitted": N_("Handed in"),
    "pitch.withdrawn": N_("Withdrawn"),
    "pitch_call.audience_joined": N_("Somebody of the audience marks"),
    "pitch_call.closed": N_("Session over"),
    "pitch_call.conflicts_declared": N_("Conflicts of interest declared"),
    "pitch_call.created": N_("Call begun"),
    "pitch_call.edited": N_("Call changed"),
    "pitch_call.extended": N_("Dates changed"),
    "pitch_call.handed_to_jury": N_("Handed to the jury"),
    "pitch_call.juror_invited": N_("Juror invited"),
    "pitch_call.juror_removed": N_("Juror taken off"),
    "pitch_call.opened": N_("Opened"),
    "pitch_call.ordered": N_("Running order fixed"),
    "pitch_call.selected": N_("Selection made"),
    "pitch_call.started": N_("Stage opened"),
}
