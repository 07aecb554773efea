"""The cast: invented people of invented organisations, one for each role and more, offered at the demonstration's door."""

from __future__ import annotations

from dataclasses import dataclass, field

from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Kind


@dataclass(frozen=True, slots=True)
class Place:
    """An invented organisation."""

    key: str
    name: str
    kind: str
    country: str
    postcode: str
    town: str
    street: str
    building_number: str
    numbers: dict[str, str] = field(default_factory=dict)
    offers_access: bool = False
    iban: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """An invented person: the first part of the address, the role, and what the role holds for.

    `scope` is the key of a place, a region or a partner's region, or empty for the whole programme or no hat at all.
    """

    key: str
    name: str
    note: str
    role: Role | None
    scope: str = ""

    @property
    def email(self) -> str:
        """Each invented organisation has an address of its own, so that nobody seems related."""
        is_of_place = self.scope in {place.key for place in PLACES}
        return f"{self.key}@{self.scope if is_of_place else 'landbridge'}.example"

    @property
    def password(self) -> str:
        """Known to everyone: these accounts exist in demonstrations and tests alone."""
        return f"demonstration-{self.key}"


PLACES = (
    Place(
        "mosan", "Mosan Diagnostics SRL", Kind.COMPANY, "BE", "4000", "Liège", "Quai de la Démonstration", "12",
        {"KBO": "0999990024"}, iban="BE68539007547034",
        about="Invented. Rapid tests for kidney disease; nine people.",
    ),
    Place(
        "oresund", "Øresund Peptides ApS", Kind.COMPANY, "DK", "2100", "København", "Eksempelvej", "7",
        {"CVR": "99990007"}, offers_access=True, iban="DK5000400440116243",
        about="Invented. Peptides for wound care, and a synthesis laboratory open to others; fourteen people.",
    ),
    Place(
        "neckar", "Neckar Imaging Laboratory", Kind.INSTITUTE, "DE", "70569", "Stuttgart", "Beispielweg", "3",
        offers_access=True, about="Invented. Imaging of tissue and small devices.",
    ),
    Place(
        "brabant", "Brabant Cell Assay Centre", Kind.INSTITUTE, "NL", "5612", "Eindhoven", "Voorbeeldlaan", "21",
        offers_access=True, about="Invented. Cell-based assays, from plate to report.",
    ),
    Place(
        "ventures", "Rhine Delta Ventures", Kind.OTHER, "NL", "6511", "Nijmegen", "Voorbeeldplein", "1",
        about="Invented. Seed investor in diagnostics.",
    ),
)  # fmt: skip

MEMBERS = (
    Member("elodie.marchand", "Élodie Marchand", "Company in Liège", Role.SME, "mosan"),
    Member("pascal.renard", "Pascal Renard", "Company in Liège, a colleague", Role.SME, "mosan"),
    Member("freja.holm", "Freja Holm", "Company in Copenhagen, also a provider", Role.SME, "oresund"),
    Member("jonas.keller", "Jonas Keller", "Facility in Stuttgart", Role.PROVIDER, "neckar"),
    Member("sanne.de-wit", "Sanne de Wit", "Facility in North Brabant", Role.PROVIDER, "brabant"),
    Member("katrin.vogel", "Katrin Vogel", "Access Broker, Stuttgart", Role.BROKER, "stuttgart-neckar-alb"),
    Member("thomas.lambert", "Thomas Lambert", "Access Broker, Liège", Role.BROKER, "liege"),
    Member("nadia.collin", "Nadia Collin", "Access Broker, Liège, Thomas's colleague", Role.BROKER, "liege"),
    Member("signe.bruun", "Signe Bruun", "Access Broker, Copenhagen", Role.BROKER, "copenhagen-zealand"),
    Member("anke.reuter", "Anke Reuter", "Programme office", Role.OFFICE),
    Member("maria.puig", "Maria Puig", "Assessor", Role.ASSESSOR),
    Member("hugh.carter", "Hugh Carter", "Assessor", Role.ASSESSOR),
    Member("luc.dubois", "Luc Dubois", "Finance officer, Liège", Role.FINANCE, "liege"),
    Member("claire.henrard", "Claire Henrard", "Second finance officer, Liège", Role.FINANCE, "liege"),
    Member("lars.winther", "Lars Winther", "Finance officer, Copenhagen", Role.FINANCE, "copenhagen-zealand"),
    Member("pieter.van-dam", "Pieter van Dam", "Investor", Role.INVESTOR, "ventures"),
    Member("laura.meyer", "Laura Meyer", "Event organiser", Role.ORGANISER),
    Member("ingrid.moe", "Ingrid Moe", "Auditor", Role.AUDITOR),
    Member("mallory.quinn", "Mallory Quinn", "Outsider, may do nothing", None),
)

# Companies behind the vouchers that were paid already; nobody signs in for them.
BACKGROUND = (
    Place("ardenne", "Ardenne Biosensors SA", Kind.COMPANY, "BE", "4020", "Liège", "Rue de l'Exemple", "5",
          {"KBO": "0999991113"}, iban="BE71096123456769"),
    Place("vesdre", "Vesdre Therapeutics SRL", Kind.COMPANY, "BE", "4800", "Verviers", "Rue de l'Exemple", "9",
          {"KBO": "0999992202"}, iban="BE62510007547061"),
    Place("kattegat", "Kattegat Devices ApS", Kind.COMPANY, "DK", "2800", "Kongens Lyngby", "Eksempelvej", "19",
          {"CVR": "99990015"}, iban="DK5750510001322617"),
    Place("filder", "Filder Medtech GmbH", Kind.COMPANY, "DE", "70794", "Filderstadt", "Beispielstraße", "44",
          {"HRB": "Stuttgart HRB 999901"}, iban="DE89370400440532013000"),
    Place("dommel", "Dommel Analytics B.V.", Kind.COMPANY, "NL", "5611", "Eindhoven", "Voorbeeldlaan", "2",
          {"KVK": "99990001"}, iban="NL91ABNA0417164300"),
)  # fmt: skip
