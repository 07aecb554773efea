"""The network as everybody may see it: regions with their desks, programmes with what was published of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min
from django.utils.translation import get_language_info

from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner, Phase, Programme, PublishedFigure, Region, Target
from landbridge.public.queries.figures import Cell, total_of


@dataclass(frozen=True, slots=True)
class Desk:
    """One region's desk within one programme."""

    region: str
    region_key: str
    partner: str
    languages: list[str]
    email: str


@dataclass(frozen=True, slots=True)
class Running:
    """A programme in a list, with its first and last day (None before it has a phase)."""

    key: str
    name: str
    accent: str
    aim: str
    funder: str
    is_demonstration: bool
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure as the programme published it, and what our records give when asked the same."""

    name: str
    value: str
    as_of: date | None
    source: str
    recorded: str
    agrees: bool | None


def regions() -> list[Region]:
    """The regions of today, by name."""
    return list(Region.objects.active().order_by("name"))


def languages_of(region: Region) -> list[str]:
    """In which languages the region's desk answers, by their names in the reader's language."""
    return [_language(code) for code in region.languages]


def desks_of(programme: Programme) -> list[Desk]:
    """Whom a company turns to in each region of the programme."""
    partners = Partner.objects.filter(programme=programme, region__isnull=False).select_related("region")
    return [
        Desk(
            region=partner.region.name,
            region_key=partner.region.key if partner.region.is_active else "",
            partner=partner.name,
            languages=languages_of(partner.region),
            email=partner.region.desk_email,
        )
        for partner in partners.order_by("region__name", "pk")
        if partner.region
    ]


def partners_in(region: Region) -> list[Partner]:
    """Who runs programmes for the region, the latest programme first."""
    return list(
        Partner.objects.filter(region=region)
        .select_related("programme")
        .annotate(until=Max("programme__phases__ends_on"))
        .order_by("-until", "name", "pk")
    )


def open_facilities(region: Region) -> list[Organisation]:
    """Facilities and experts of the region that take questions from companies abroad; sole traders unnamed."""
    rows = Organisation.objects.offering_access().filter(region=region, is_sole_trader=False)
    return list(rows.order_by("name"))


def programmes() -> list[Running]:
    """All programmes with their first and last day, the latest first."""
    rows = Programme.objects.annotate(since=Min("phases__starts_on"), until=Max("phases__ends_on"))
    columns = ("key", "name", "accent", "aim", "funder", "is_demonstration", "since", "until")
    return [Running(*row) for row in rows.order_by("-until", "name").values_list(*columns)]


def phases_of(programme: Programme) -> list[Phase]:
    """The phases in order, each with its incentives and targets."""
    rows = Phase.objects.filter(programme=programme).prefetch_related("incentives", "targets")
    return list(rows.order_by("number"))


def quoted(programme: Programme, cells: Iterable[Cell]) -> list[tuple[Phase | None, list[Quoted]]]:
    """Published figures by phase, each beside what the records give where they can answer."""
    found = list(cells)
    recorded = _recorded(found)
    rows = PublishedFigure.objects.filter(programme=programme).select_related("phase")
    groups: dict[Phase | None, list[Quoted]] = {}
    for figure in rows.order_by("phase__number", "pk"):
        ours = recorded.get(figure.code, "")
        groups.setdefault(figure.phase, []).append(
            Quoted(
                name=figure.name,
                value=figure.value,
                as_of=figure.as_of,
                source=figure.source,
                recorded=ours,
                agrees=(ours == figure.value) if ours else None,
            )
        )
    return list(groups.items())


def targets_of(programme: Programme) -> list[Target]:
    """What the programme's phases set out to reach together."""
    rows = Target.objects.filter(phase__programme=programme, partner__isnull=True).select_related("phase")
    return list(rows.order_by("phase__number", "code"))


def _recorded(cells: list[Cell]) -> dict[str, str]:
    """The records' answer by the code of the published figure; empty without records."""
    if not cells:
        return {}
    answers = {"incentives-granted": total_of(cells).count, "vouchers-granted": total_of(cells).count}
    for cell in cells:
        code = "by-incentive-" + cell.incentive.lower().replace(" & ", "-").replace(" ", "-")
        answers[code] = answers.get(code, 0) + cell.count
    return {code: str(number) for code, number in answers.items()}


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def facilities() -> int:
    """How many facilities and experts can be asked: open to others, and with somebody who answers for them."""
    speaking = Membership.objects.current().filter(role=Role.PROVIDER).values("organisation")
    return Organisation.objects.offering_access().filter(pk__in=speaking).count()
