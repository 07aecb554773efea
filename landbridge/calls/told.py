"""What the record says of calls, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "call.created": N_("Begun"),
    "call.edited": N_("Edited"),
    "call.offers_set": N_("Offers set"),
    "call.criteria_set": N_("Criteria set"),
    "call.questions_set": N_("Standard form taken"),
    "call.question_put": N_("Question written"),
    "call.question_removed": N_("Question removed"),
    "call.question_moved": N_("Questions put in another order"),
    "call.published": N_("Published"),
    "call.extended": N_("Extended"),
    "call.cancelled": N_("Cancelled"),
    "call.finished": N_("Ended"),
}
