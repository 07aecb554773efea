"""The people of every test: two regions with brokers and companies, an office, finance, an auditor, and Mallory."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships import queries
from landbridge.memberships.models import Membership
from landbridge.organisations.models import Kind, Organisation
from landbridge.programmes.models import Partner, Phase, Programme, Region
from landbridge.programmes.states import S

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Cast:
    """Places and organisations, then people. `actor("danish_sme")` is a person under their hat."""

    stuttgart: Region
    liege: Region
    zealand: Region
    programme: Programme
    other_programme: Programme
    phase: Phase
    german_partner: Partner
    belgian_partner: Partner
    danish_partner: Partner
    danish_company: Organisation
    belgian_company: Organisation
    german_institute: Organisation
    belgian_institute: Organisation
    stuttgart_broker: Person
    liege_broker: Person
    zealand_broker: Person
    danish_sme: Person
    danish_colleague: Person
    belgian_sme: Person
    german_provider: Person
    belgian_provider: Person
    office: Person
    other_office: Person
    network_office: Person
    assessor: Person
    second_assessor: Person
    finance: Person
    second_finance: Person
    belgian_finance: Person
    investor: Person
    organiser: Person
    auditor: Person
    mallory: Person

    def actor(self, name: str) -> Actor:
        """The named person under the one hat they wear; Mallory wears none."""
        person = getattr(self, name)
        return queries.actor_of(person)

    @classmethod
    def names(cls) -> list[str]:
        """The names of all people, in the order above."""
        return [field.name for field in fields(cls) if field.type == "Person"]


def make_cast() -> Cast:
    """Create everyone."""
    stuttgart = _region(
        "stuttgart", "Stuttgart and Neckar-Alb", "DE", "BW", ["de"], "Europe/Berlin", 48.78, 9.18
    )
    liege = _region("liege", "Liège", "BE", "", ["fr"], "Europe/Brussels", 50.63, 5.57)
    zealand = _region("zealand", "Zealand", "DK", "", ["da"], "Europe/Copenhagen", 55.68, 12.57)
    programme = Programme.objects.create(
        key="test-programme", name="Test programme", contact_email="office@example.org"
    )
    other = Programme.objects.create(key="other-programme", name="Other programme")
    phase = Phase.objects.create(
        programme=programme, number=1, name="Phase 1", starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31),
        state=S.RUNNING,
    )  # fmt: skip
    german_partner = _partner(
        programme, stuttgart, "German partner", is_lead=True, iban="DE89370400440532013000"
    )
    belgian_partner = _partner(programme, liege, "Belgian partner", iban="BE68539007547034")
    danish_partner = _partner(programme, zealand, "Danish partner", iban="DK5000400440116243")
    danish_company = _organisation("Danish Company ApS", Kind.COMPANY, zealand, "2100", "København")
    belgian_company = _organisation("Belgian Company SRL", Kind.COMPANY, liege, "4000", "Liège")
    german_institute = _organisation("German Institute", Kind.INSTITUTE, stuttgart, "70569", "Stuttgart")
    belgian_institute = _organisation("Belgian Institute", Kind.INSTITUTE, liege, "4020", "Liège")
    people = _People()
    found = Cast(
        stuttgart=stuttgart,
        liege=liege,
        zealand=zealand,
        programme=programme,
        other_programme=other,
        phase=phase,
        german_partner=german_partner,
        belgian_partner=belgian_partner,
        danish_partner=danish_partner,
        danish_company=danish_company,
        belgian_company=belgian_company,
        german_institute=german_institute,
        belgian_institute=belgian_institute,
        stuttgart_broker=people.person("Brigitte Stuttgart", Role.BROKER, region=stuttgart),
        liege_broker=people.person("Luc Liège", Role.BROKER, region=liege),
        zealand_broker=people.person("Signe Zealand", Role.BROKER, region=zealand),
        danish_sme=people.person("Dagny Danish", Role.SME, organisation=danish_company),
        danish_colleague=people.person("Carl Colleague", Role.SME, organisation=danish_company),
        belgian_sme=people.person("Benoît Belgian", Role.SME, organisation=belgian_company),
        german_provider=people.person("Gerda German", Role.PROVIDER, organisation=german_institute),
        belgian_provider=people.person("Béatrice Belgian", Role.PROVIDER, organisation=belgian_institute),
        office=people.person("Olga Office", Role.OFFICE, programme=programme),
        other_office=people.person("Otto Other", Role.OFFICE, programme=other),
        network_office=people.person("Nora Network", Role.OFFICE),
        assessor=people.person("Anna Assessor", Role.ASSESSOR, programme=programme),
        second_assessor=people.person("Aldo Assessor", Role.ASSESSOR, programme=programme),
        finance=people.person("Finn Finance", Role.FINANCE, partner=danish_partner),
        second_finance=people.person("Freja Finance", Role.FINANCE, partner=danish_partner),
        belgian_finance=people.person("Fabienne Finance", Role.FINANCE, partner=belgian_partner),
        investor=people.person("Ines Investor", Role.INVESTOR, organisation=belgian_company),
        organiser=people.person("Oskar Organiser", Role.ORGANISER, programme=programme),
        auditor=people.person("Audrey Auditor", Role.AUDITOR, programme=programme),
        mallory=people.person("Mallory"),
    )
    people.save()
    return found


def _region(
    key: str,
    name: str,
    country: str,
    subdivision: str,
    languages: list[str],
    zone: str,
    latitude: float,
    longitude: float,
) -> Region:
    return Region.objects.create(
        key=key, name=name, country=country, subdivision=subdivision, languages=languages, time_zone=zone,
        latitude=latitude, longitude=longitude, desk_email=f"desk@{key}.example.org",
    )  # fmt: skip


def _partner(programme: Programme, region: Region, name: str, *, iban: str, is_lead: bool = False) -> Partner:
    return Partner.objects.create(
        programme=programme, region=region, name=name, short_name=name, country=region.country, is_lead=is_lead,
        street="Main street", building_number="1", postcode="1000", town=region.name[:35], iban=iban,
    )  # fmt: skip


def _organisation(name: str, kind: str, region: Region, postcode: str, town: str) -> Organisation:
    organisation = Organisation.objects.create(
        name=name, kind=kind, country=region.country, region=region, street="Long street", building_number="2",
        postcode=postcode, town=town, offers_access=kind != Kind.COMPANY, registered_at=BEGAN,
    )  # fmt: skip
    organisation.company_numbers.create(scheme="TEST", number=str(organisation.pk))
    return organisation


class _People:
    """Makes people and their hats, all at once at the end: most tests need some, and every test would pay for each."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.hats: list[Membership] = []

    def person(
        self, name: str, role: Role | None = None, **scope: Region | Partner | Programme | Organisation
    ) -> Person:
        slug = name.lower().replace(" ", ".").encode("ascii", "ignore").decode()
        person = Person(email=f"{slug}@example.org", name=name)
        person.set_unusable_password()
        self.people.append(person)
        if role:
            self.hats.append(Membership(person=person, role=role, began_at=BEGAN, **scope))
        return person

    def save(self) -> None:
        Person.objects.bulk_create(self.people)
        Membership.objects.bulk_create(self.hats)
