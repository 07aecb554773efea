"""What the record's events of indicators are called on an object's page."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD: dict[str, str] = {
    "indicator.added": N_("Added"),
    "indicator.changed": N_("Changed"),
    "indicator.entered": N_("A figure was entered by hand"),
    "indicator.published_taken": N_("A published figure was taken over"),
    "indicator.read": N_("Readings were kept"),
    "indicator.target_set": N_("A target was set"),
    "period.begun": N_("Begun"),
    "period.documents_kept": N_("The report was kept"),
    "period.frozen": N_("Frozen and signed"),
    "period.written": N_("The report's text was changed"),
}
