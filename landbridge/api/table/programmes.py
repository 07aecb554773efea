"""The operations of programmes."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.programmes.forms import (
    ClosedDayForm,
    FigureForm,
    IncentiveForm,
    PartnerForm,
    PhaseForm,
    ProgrammeForm,
    RegionForm,
    TargetForm,
)

OPERATIONS = (
    Operation("programmes:programme_new", ProgrammeForm),
    Operation("programmes:programme_edit", ProgrammeForm),
    Operation("programmes:figure_new", FigureForm),
    Operation("programmes:phase_new", PhaseForm),
    Operation("programmes:partner_new", PartnerForm),
    Operation("programmes:phase_edit", PhaseForm),
    Operation("programmes:phase_next", PhaseForm),
    Operation("programmes:phase_beginning"),
    Operation("programmes:phase_hibernation"),
    Operation("programmes:phase_awakening"),
    Operation("programmes:phase_end"),
    Operation("programmes:incentive_new", IncentiveForm),
    Operation("programmes:target_new", TargetForm),
    Operation("programmes:target_removal"),
    Operation("programmes:incentive_edit", IncentiveForm),
    Operation("programmes:partner_edit", PartnerForm),
    Operation("programmes:region_new", RegionForm),
    Operation("programmes:known_regions"),
    Operation("programmes:region_edit", RegionForm),
    Operation("programmes:closed_days", ClosedDayForm),
    Operation("programmes:closed_day_removal"),
)
