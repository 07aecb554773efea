"""What the record's events of surveys are called on an object's page."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD: dict[str, str] = {
    "baseline.recorded": N_("Baseline recorded"),
    "questionnaire.begun": N_("Begun"),
    "questionnaire.edited": N_("Edited"),
    "questionnaire.published": N_("Taken into use"),
    "questionnaire.retired": N_("Taken out of use"),
    "questionnaire.translated": N_("Translated"),
    "questionnaire.version_begun": N_("New version begun"),
    "sheet.answered": N_("A question answered"),
    "sheet.begun": N_("Begun to answer"),
    "sheet.declined": N_("Declined"),
    "sheet.dropped": N_("Taken back before it was sent"),
    "sheet.finished": N_("Answered"),
    "sheet.lapsed": N_("Not answered in time"),
    "sheet.refused_for_ever": N_("Does not want to be asked again"),
    "sheet.reminded": N_("Reminded"),
    "sheet.sent": N_("Sent"),
    "survey_rule.added": N_("Rule added"),
    "survey_rule.asked": N_("People asked"),
    "survey_rule.paused": N_("Rule paused"),
    "survey_rule.resumed": N_("Rule resumed"),
}
