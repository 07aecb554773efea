"""What a partner must look like, and its account and address for payment files."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from stdnum import bic, iban
from stdnum.exceptions import ValidationError as NotANumber

from landbridge.foundation.problems import N_, Problem
from landbridge.programmes.rules.facts import PartnerFacts
from landbridge.programmes.rules.plain import problems_with_country, problems_with_text


def problems_with_partner(
    facts: PartnerFacts,
    *,
    countries: Collection[str],
    regions: Collection[int],
    taken: Collection[str] = (),
    lead: str = "",
) -> Iterator[Problem]:
    """`regions` holds the ids of the network's regions, `taken` the names of the programme's other partners, `lead`
    the name of another partner that leads it.
    """
    yield from problems_with_text(facts.name, field="name")
    yield from problems_with_text(facts.short_name, field="short_name")
    yield from problems_with_country(facts.country, countries=countries)
    if facts.name.casefold() in {name.casefold() for name in taken}:
        yield Problem(
            "partner_stands_already", N_("This partner stands in the programme already."), field="name"
        )
    if facts.region_id is not None and facts.region_id not in regions:
        yield Problem("unknown_region", N_("There is no such region."), field="region_id")
    if facts.is_lead and lead:
        yield Problem(
            "has_lead",
            N_("%(name)s leads this programme."),
            N_("Take the lead from that partner first."),
            field="is_lead",
            params={"name": lead},
        )
    yield from _problems_with_account(facts)


def _problems_with_account(facts: PartnerFacts) -> Iterator[Problem]:
    """An account is needed to pay from, not to take part; with it goes a structured address (EPC, November 2026)."""
    if facts.bic and not bic.is_valid(facts.bic):
        yield Problem("no_bic", N_("This is not a valid BIC."), field="bic")
    if not facts.iban:
        return
    try:
        iban.validate(facts.iban, check_country=False)
    except NotANumber:
        yield Problem(
            "no_iban", N_("This is not a valid IBAN."), N_("Compare it with the bank statement."), "iban"
        )
    for field, value in (("town", facts.town), ("postcode", facts.postcode)):
        if not value:
            yield Problem(
                "address_incomplete",
                N_("Payment files need the town and the postcode of whoever pays."),
                N_("Fill in the address, or leave the account out for now."),
                field=field,
            )
