"""The closed lists that an offer is described with: ways of access, classes of customers, certificates, identifiers."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.problems import N_


class AccessMode(StrEnum):
    """How a company gets what it asked for."""

    PHYSICAL = "physical"
    REMOTE = "remote"
    SHIP_SAMPLE = "ship_sample"
    VIRTUAL = "virtual"
    STAFF_EXCHANGE = "staff_exchange"
    TRAINING = "training"
    CONTRACT_RESEARCH = "contract_research"

    @property
    def label(self) -> str:
        return ACCESS_MODES[self]


ACCESS_MODES = {
    AccessMode.PHYSICAL: N_("Come and work here"),
    AccessMode.REMOTE: N_("Steer it from afar"),
    AccessMode.SHIP_SAMPLE: N_("Ship a sample"),
    AccessMode.VIRTUAL: N_("Use data or software"),
    AccessMode.STAFF_EXCHANGE: N_("Staff exchange"),
    AccessMode.TRAINING: N_("Training"),
    AccessMode.CONTRACT_RESEARCH: N_("Contract research"),
}

CUSTOMERS = {
    "sme": N_("Small and medium-sized companies"),
    "academic": N_("Universities and institutes"),
    "industry": N_("Large companies"),
}

# Good practices by name, and the ISO standards of test, calibration and medical laboratories and of medical devices.
CERTIFICATES = {
    "glp": "GLP",
    "gmp": "GMP",
    "gcp": "GCP",
    "iso13485": "ISO 13485",
    "iso15189": "ISO 15189",
    "iso17025": "ISO/IEC 17025",
    "iso9001": "ISO 9001",
    "iso20387": "ISO 20387",
    "other": N_("Another certificate"),
}

IDENTIFIERS = {
    "ror": "ROR",
    "orcid": "ORCID",
    "rrid": "RRID",
    "doi": "DOI",
    "company": N_("Company number"),
    "other": N_("Another identifier"),
}

# Languages spoken with visitors: those of the regions and of their neighbours (ISO 639-1).
LANGUAGES = {
    "en": N_("English"),
    "de": N_("German"),
    "fr": N_("French"),
    "nl": N_("Dutch"),
    "da": N_("Danish"),
    "es": N_("Spanish"),
    "ca": N_("Catalan"),
    "cy": N_("Welsh"),
    "it": N_("Italian"),
    "pl": N_("Polish"),
    "pt": N_("Portuguese"),
    "sv": N_("Swedish"),
    "lb": N_("Luxembourgish"),
    "tr": N_("Turkish"),
    "uk": N_("Ukrainian"),
}
