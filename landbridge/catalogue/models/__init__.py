"""The tables of the catalogue."""

from __future__ import annotations

from landbridge.catalogue.models.finding import (
    Alert,
    IndexChange,
    SavedSearch,
    Shortlist,
    ShortlistEntry,
    UnmetDemand,
)
from landbridge.catalogue.models.importing import Change, Import, Provenance, Source
from landbridge.catalogue.models.keeping import Confirmation, Edit, OwnershipClaim, Suggestion
from landbridge.catalogue.models.records import Certificate, Equipment, Identifier, Price, Record, Service
from landbridge.catalogue.models.terms import Competence

__all__ = [
    "Alert",
    "Certificate",
    "Change",
    "Competence",
    "Confirmation",
    "Edit",
    "Equipment",
    "Identifier",
    "Import",
    "IndexChange",
    "OwnershipClaim",
    "Price",
    "Provenance",
    "Record",
    "SavedSearch",
    "Service",
    "Shortlist",
    "ShortlistEntry",
    "Source",
    "Suggestion",
    "UnmetDemand",
]
