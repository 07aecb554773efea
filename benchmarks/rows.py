"""A database to measure on: the demonstration, and 1,000 applications handed in to its open call.

The rows in bulk are written past the actions: they are many, not true. What is opened and saved one by one
(an application, a draft, a voucher) is the demonstration's own and went through the actions.
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timedelta
from itertools import islice, product
from pathlib import Path

COMPANIES = 400


def choose(folder: Path) -> None:
    """Name the database of this run in the environment, before the settings are read. Production's settings."""
    for name in [name for name in os.environ if name.startswith("LANDBRIDGE_")]:
        del os.environ[name]
    os.environ |= {
        "LANDBRIDGE_DATA": str(folder),
        "LANDBRIDGE_SECRET_KEY": "known to everyone, for the measurement alone",
        "DJANGO_SETTINGS_MODULE": "landbridge.config.settings",
    }


def build(*, applications: int) -> None:
    """Migrate, add the demonstration, the programmes of the past and the applications, collect the static files.

    A database that has them already stays as it is.
    """
    from django.core.management import call_command

    from landbridge.applications.models import Application
    from landbridge.command.migrate import migrate
    from landbridge.demonstration import world
    from landbridge.foundation import clock

    at = clock.now()
    migrate()
    for _ in world.set_up(at=at):
        pass
    missing = applications - Application.objects.filter(number__startswith="BENCH-").count()
    if missing > 0:
        add_applications(missing, at=at)
    call_command("collectstatic", verbosity=0, interactive=False)


def add_applications(number: int, *, at: datetime) -> None:
    """So many applications of as many companies as it takes, handed in to the call that is open."""
    from landbridge.applications.models import Application
    from landbridge.applications.states import S
    from landbridge.calls.models import Call
    from landbridge.foundation.money import euro
    from landbridge.organisations.models import Organisation
    from landbridge.programmes.models import Partner

    call = Call.objects.filter(phase__programme__key="bridging-regions").latest("closes_at")
    partners = list(Partner.objects.filter(programme__key="bridging-regions").order_by("pk"))
    providers = list(Organisation.objects.offering_access().filter(is_demonstration=True).order_by("pk")[:3])
    companies = Organisation.objects.bulk_create(
        Organisation(
            name=f"Example Biotech {one} {secrets.token_hex(3)}",
            country=partner.country,
            region_id=partner.region_id,
            town=partner.town,
            registered_at=at,
        )
        for one, partner in zip(range(COMPANIES), partners * COMPANIES, strict=False)
    )
    paying = {partner.region_id: partner for partner in partners}
    offers = list(call.offers.order_by("pk"))
    ways = islice(product(providers, offers, companies), number)
    Application.objects.bulk_create(
        Application(
            call=call,
            offer=offer,
            applicant=company,
            provider=provider,
            partner=paying[company.region_id],
            title=f"Which assay predicts best how compound {one} is taken up in tissue?",
            answers={"need": "We cannot measure this ourselves, and nobody in our region can. " * 8},
            requested_eur=euro(500 + one % 7 * 900),
            number=f"BENCH-{one:05d}",
            state=S.SUBMITTED,
            started_at=at - timedelta(days=9),
            shared_at=at - timedelta(days=8),
            submitted_at=at - timedelta(days=7, minutes=one),
            first_submitted_at=at - timedelta(days=7, minutes=one),
        )
        for one, (provider, offer, company) in enumerate(ways, start=1)
    )
