"""Invented people of invented organisations who come to an event: what they can do, and what they look for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from landbridge.events.states import Attendee

NAMES = {
    "BE": (
        ("Amélie", "Bram", "Céline", "Dries", "Elise", "Florian", "Gilles", "Hanne", "Inès", "Jasper"),
        ("Delvaux", "Peeters", "Lemaire", "Claes", "Dumont", "Wouters", "Renson", "Maes"),
    ),
    "DE": (
        ("Anja", "Bastian", "Carla", "Dieter", "Eva", "Felix", "Greta", "Holger", "Ilse", "Jannik"),
        ("Baumann", "Eberle", "Haug", "Klett", "Ruoff", "Schaal", "Wägele", "Zeller"),
    ),
    "DK": (
        ("Anders", "Birgit", "Christian", "Ditte", "Emil", "Frida", "Gustav", "Helle", "Ida", "Jeppe"),
        ("Bech", "Dahl", "Friis", "Juhl", "Krogh", "Lund", "Skov", "Toft"),
    ),
    "NL": (
        ("Anouk", "Bas", "Carlijn", "Daan", "Esmee", "Fleur", "Gijs", "Hidde", "Iris", "Joost"),
        ("Bakker", "Dekker", "Hendriks", "Kuipers", "Mulder", "Postma", "Smeets", "Visser"),
    ),
}
# field: what a company makes, what a facility offers, what somebody seeks of it
FIELDS = {
    "imaging": (
        "contrast agents",
        "chemical maps of tissue sections",
        "images of small structures in tissue",
    ),
    "assays": ("rapid tests", "cell-based assays from plate to report", "an assay for a new marker"),
    "peptides": ("peptides for wound care", "peptide synthesis up to a gram", "a peptide that nobody sells"),
    "sensors": ("biosensors", "a clean room for thin films", "a sensor small enough for a plaster"),
    "trials": ("software for trials", "first studies with patients", "a hospital for a first study"),
    "data": ("software for images", "statistics for clinical data", "somebody who reads our data with us"),
    "devices": ("small pumps", "tests of devices under load", "a test of our device before approval"),
    "markets": ("advice on approval", "market studies for medical products", "a first customer abroad"),
}
JOBS = (
    "Founder",
    "Head of research",
    "Business development",
    "Group leader",
    "Managing director",
    "Scientist",
)


@dataclass(frozen=True, slots=True)
class Guest:
    """One of them; `can` and `wants` are fields."""

    name: str
    email: str
    organisation: str
    job_title: str
    country: str
    attendee: str
    can: str
    wants: str
    offers: str
    seeks: str


def guests(draw: random.Random, count: int) -> Iterator[Guest]:
    """So many different people; the same draw gives the same ones."""
    everybody = [
        (country, first, last)
        for country, (firsts, lasts) in NAMES.items()
        for first in firsts
        for last in lasts
    ]
    for number, (country, first, last) in enumerate(draw.sample(everybody, count)):
        can, wants = draw.sample(list(FIELDS), 2)
        attendee = draw.choice((Attendee.COMPANY, Attendee.COMPANY, Attendee.FACILITY))
        makes, offers, _ = FIELDS[can]
        kind = "Laboratory" if attendee is Attendee.FACILITY else "Company"
        yield Guest(
            name=f"{first} {last}",
            email=f"guest-{number + 1}@{country.lower()}.guests.example",
            organisation=f"{last} {can.capitalize()} {kind} (invented)",
            job_title=draw.choice(JOBS),
            country=country,
            attendee=attendee,
            can=can,
            wants=wants,
            offers=f"We offer {offers}." if attendee is Attendee.FACILITY else f"We make {makes}.",
            seeks=f"We look for {FIELDS[wants][2]}.",
        )
