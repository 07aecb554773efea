"""What the record says of catalogue, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD: dict[str, str] = {
    "record.created": N_("Begun"),
    "record.edited": N_("Edited"),
    "record.submitted": N_("Handed to the broker"),
    "record.returned": N_("Returned for correction"),
    "record.published": N_("Published"),
    "record.confirmed": N_("Confirmed as still right"),
    "record.prices_confirmed": N_("Prices confirmed"),
    "record.reminded": N_("Asked whether it is still right"),
    "record.hidden": N_("Hidden"),
    "record.withdrawn": N_("Withdrawn"),
    "record.restored": N_("Brought back"),
    "record.link_broken": N_("Website does not answer"),
    "record.link_mended": N_("Website answers again"),
    "record.disowned": N_("“Not mine”, said its contact"),
    "record.consented": N_("The person agreed to be shown"),
    "record.consent_refused": N_("The person does not want to be shown"),
    "record.fields_locked": N_("Fields locked or set free"),
    "suggestion.made": N_("Edit suggested"),
    "suggestion.accepted": N_("Suggested edit accepted"),
    "suggestion.declined": N_("Suggested edit declined"),
    "ownership_claim.made": N_("Ownership claimed"),
    "ownership_claim.code_sent": N_("Code sent to the listed address"),
    "ownership_claim.proved": N_("Ownership proved"),
    "ownership_claim.refused": N_("Claim of ownership refused"),
    "competence.proposed": N_("Term proposed"),
    "competence.accepted": N_("Term accepted"),
    "competence.refused": N_("Term refused"),
    "competence.merged": N_("Term merged into another"),
}
