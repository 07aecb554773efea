"""The tables of programmes: the network they stand on (network.py) and what they offer (offers.py)."""

from __future__ import annotations

from landbridge.programmes.models.network import (
    ClosedDay,
    Partner,
    Phase,
    Programme,
    Region,
    organised_by,
)
from landbridge.programmes.models.offers import Basis, Incentive, LegalBasis, PublishedFigure, Target

__all__ = [
    "Basis",
    "ClosedDay",
    "Incentive",
    "LegalBasis",
    "Partner",
    "Phase",
    "Programme",
    "PublishedFigure",
    "Region",
    "Target",
    "organised_by",
]
