"""What the record says of introductions, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "introduction.prepared": N_("Introduction prepared"),
    "introduction.edited": N_("Texts for both sides written"),
    "introduction.asked": N_("Both sides asked"),
    "introduction.answered": N_("Answered"),
    "introduction.reminded": N_("Reminded of the answer"),
    "introduction.made": N_("Introduced"),
    "introduction.refused": N_("Refused"),
    "introduction.withdrawn": N_("Withdrawn"),
    "introduction.lapsed": N_("Lapsed without an answer"),
    "introduction.outcome_reported": N_("Outcome written down"),
    "introduction.limit_set": N_("Number of open introductions set"),
    "introduction.agreement_required": N_("Need of an agreement decided"),
    "introduction.agreement_sent": N_("Agreement sent"),
    "introduction.agreement_drawn": N_("Agreement drawn"),
    "introduction.agreement_signed": N_("Signed agreement kept"),
    "introduction.released": N_("Confidential text released to the provider"),
    "agreement_text.added": N_("Text of the agreement added"),
}
