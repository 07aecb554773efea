"""The register of awards: what was granted to whom for what, without the names that are people's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from landbridge.calls.models import Offer
from landbridge.foundation.money import Money
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Programme, Region
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S


@dataclass(frozen=True, slots=True)
class Award:
    """One line of the register, as everybody may read it."""

    number: str
    programme: str
    programme_key: str
    call: str
    call_id: int
    incentive: str
    about: str
    company: str
    company_region: str
    company_country: str
    provider: str
    provider_region: str
    provider_country: str
    amount: Money
    granted_on: date
    state: S
    legal_basis: str
    mark: str


PARTS = (
    "application__call__phase__programme",
    "application__offer",
    "application__applicant",
    "application__provider__region",
    "application__partner__region",
)
# An application carries its answers and a call its guidance: only what a line shows is read.
SHOWN = (
    "number",
    "amount_eur",
    "granted_on",
    "state",
    "legal_basis",
    "application__title",
    "application__offer__name",
    "application__call__title",
    "application__call__phase__programme__key",
    "application__call__phase__programme__name",
    "application__call__phase__programme__is_demonstration",
    "application__partner__region__name",
    "application__applicant__name",
    "application__applicant__country",
    "application__applicant__is_demonstration",
    "application__applicant__is_sole_trader",
    "application__provider__name",
    "application__provider__country",
    "application__provider__is_sole_trader",
    "application__provider__region__name",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the register can be filtered by."""

    programmes: list[tuple[str, str]]
    regions: list[tuple[str, str]]
    incentives: list[str]
    years: list[int]


def granted() -> QuerySet[Voucher]:
    """Every voucher granted; one that its company declined was none."""
    return Voucher.objects.exclude(state=S.DECLINED)


def choices() -> Choices:
    """The programmes, regions, incentives and years in which something was granted."""
    rows = granted()
    of_partners = rows.values("application__partner__region")
    incentives = Offer.objects.filter(pk__in=rows.values("application__offer")).values_list("name", flat=True)
    return Choices(
        programmes=list(
            Programme.objects.filter(pk__in=rows.values("application__call__phase__programme"))
            .order_by("name")
            .values_list("key", "name")
        ),
        regions=list(Region.objects.filter(pk__in=of_partners).order_by("name").values_list("key", "name")),
        incentives=list(incentives.order_by("name").distinct()),
        years=[day.year for day in rows.dates("granted_on", "year", order="DESC")],
    )


def listed(filters: Mapping[str, str]) -> QuerySet[Voucher]:
    """The register under these filters, the latest award first, with what a line shows."""
    rows = granted()
    if programme := filters.get("programme"):
        rows = rows.filter(application__call__phase__programme__key=programme)
    if region := filters.get("region"):
        rows = rows.filter(application__partner__region__key=region)
    if to := filters.get("to"):
        rows = rows.filter(application__provider__region__key=to)
    if incentive := filters.get("incentive"):
        rows = rows.filter(application__offer__name=incentive)
    if year := filters.get("year"):
        rows = rows.filter(granted_on__year=int(year))
    if text := filters.get("q"):
        rows = rows.filter(_mentions(text))
    return rows.select_related(*PARTS).only(*SHOWN).order_by("-granted_on", "-pk")


def award(voucher: Voucher) -> Award:
    """The public line of a voucher; load it through `listed`."""
    application = voucher.application
    call, partner, provider = application.call, application.partner, application.provider
    programme = call.phase.programme
    return Award(
        number=voucher.number,
        programme=programme.name,
        programme_key=programme.key,
        call=call.title,
        call_id=call.pk,
        incentive=application.offer.name,
        about=application.title,
        company=public_name(application.applicant),
        company_region=partner.region.name if partner.region else "",
        company_country=application.applicant.country,
        provider=public_name(provider) if provider else "",
        provider_region=provider.region.name if provider and provider.region else "",
        provider_country=provider.country if provider else "",
        amount=voucher.amount_eur,
        granted_on=voucher.granted_on,
        state=S(voucher.state),
        legal_basis=voucher.get_legal_basis_display(),
        mark=_mark(application.applicant, programme),
    )


COLUMNS = (
    "number",
    "programme",
    "call",
    "incentive",
    "purpose",
    "company",
    "company_region",
    "company_country",
    "provider",
    "provider_region",
    "provider_country",
    "amount_eur",
    "granted_on",
    "state",
    "legal_basis",
    "mark",
)


def as_table(rows: QuerySet[Voucher]) -> Iterator[tuple[object, ...]]:
    """The same lines for a spreadsheet, one cell for each of COLUMNS."""
    for voucher in rows.iterator(chunk_size=500):
        one = award(voucher)
        yield (
            one.number, one.programme, one.call, one.incentive, one.about, one.company, one.company_region,
            one.company_country, one.provider, one.provider_region, one.provider_country, one.amount,
            one.granted_on, str(one.state), one.legal_basis, one.mark,
        )  # fmt: skip


def public_name(organisation: Organisation) -> str:
    """The name to publish: a sole trader's is a person's and stays unpublished."""
    return _("Sole trader") if organisation.is_sole_trader else organisation.name


def _mark(applicant: Organisation, programme: Programme) -> str:
    """`demonstration` for invented records, `placeholder` where a real award's company was never published."""
    if programme.is_demonstration:
        return "demonstration"
    return "placeholder" if applicant.is_demonstration else ""


def _mentions(text: str) -> Q:
    """Where a public word of the line holds the text; the hidden names are not searched."""
    return (
        Q(number__icontains=text)
        | Q(application__title__icontains=text)
        | Q(application__applicant__name__icontains=text, application__applicant__is_sole_trader=False)
        | Q(application__provider__name__icontains=text, application__provider__is_sole_trader=False)
    )
