"""Who looks at the simulated years in the demonstration, and what was looked for there and not found."""

from __future__ import annotations

from datetime import datetime, timedelta

from landbridge.catalogue.models import UnmetDemand
from landbridge.demonstration.years.ground import KEY, Ground
from landbridge.demonstration.years.writing import put
from landbridge.foundation.people import actions as people
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships import actions as memberships
from landbridge.programmes.models import Partner

# key, name, what the sign-in page says, role, region of the partner; none: the whole network
PEOPLE = (
    ("nora.lindberg", "Nora Lindberg", "Office of the whole network, five simulated years", Role.OFFICE, ""),
    ("odile.renson", "Odile Renson", "Finance officer, five simulated years, Liège", Role.FINANCE, "liege"),
)
UNMET = (
    ("cryo electron microscopy", 41), ("sterile filling of small series", 37), ("clinical site for children", 29),
    ("laser welding of polymers", 23), ("antibody sequencing", 22), ("large animal study", 17),
    ("notified body advice", 14), ("glycan analysis", 9), ("zebrafish toxicity", 6), ("in vitro skin model", 4),
)  # fmt: skip


def look_for(ground: Ground) -> None:
    """Words that found nothing, counted as the catalogue counts them."""
    known = set(UnmetDemand.objects.values_list("text", flat=True))
    until = ground.span.until
    put(
        UnmetDemand(
            text=text,
            times=ground.number(times),
            first_at=until - timedelta(days=60 + 9 * times),
            last_at=until - timedelta(days=times),
        )
        for text, times in UNMET
        if text not in known
    )


def add_people(*, at: datetime) -> None:
    """Those whose pages show the years: the cast of today works for the programme of today."""
    for key, name, note, role, region in PEOPLE:
        person = people.register(
            name=name,
            email=f"{key}@landbridge.example",
            password=f"demonstration-{key}",
            email_confirmed=True,
            demonstration_note=note,
            at=at,
        )
        partner = Partner.objects.filter(programme__key=KEY, region__key=region).first()
        scope_id = partner.pk if partner else None
        memberships.grant(person_id=person.pk, role=role, scope_id=scope_id, by=SYSTEM, at=at)
