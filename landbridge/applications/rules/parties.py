"""Who may apply, and with whom."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.applications.rules.facts import Facts, Party
from landbridge.foundation.problems import N_, Problem

# Mail that anyone can have says nothing about who belongs together.
OPEN_MAIL = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "icloud.com",
        "gmx.de",
    }
    | {
        "gmx.net",
        "web.de",
        "orange.fr",
        "free.fr",
        "ziggo.nl",
        "kpnmail.nl",
        "telenet.be",
        "skynet.be",
        "proton.me",
    }
)


def problems_with_applicant(facts: Facts) -> Iterator[Problem]:
    """Only a company of a served region may ask, and the desk must know where it lives and under which number."""
    applicant = facts.applicant
    if applicant.kind != "company":
        yield Problem(
            code="not_a_company",
            message=N_("Only a company can apply for a voucher."),
            cure=N_("If %(name)s is one, correct its kind in its profile."),
            field="applicant",
            params={"name": applicant.name},
        )
    if applicant.is_closed:
        yield Problem(
            code="applicant_closed",
            message=N_("%(name)s is marked as closed."),
            cure=N_("If it is not, ask your region's desk to correct it."),
            field="applicant",
            params={"name": applicant.name},
        )
    if applicant.region_id is None or applicant.region_id != facts.partner_region_id:
        yield Problem(
            code="no_paying_partner",
            message=N_("No partner of this programme pays for companies where %(name)s is based."),
            cure=N_("Check the address in your company's profile, or ask the nearest desk."),
            field="applicant",
            params={"name": applicant.name},
        )
    if not facts.is_played_back:
        yield from _gaps_in_profile(applicant)


def _gaps_in_profile(applicant: Party) -> Iterator[Problem]:
    if not (applicant.street and applicant.postcode and applicant.town):
        yield Problem(
            code="no_address",
            message=N_("The address of %(name)s is not complete."),
            cure=N_("Add street, postcode and town to your company's profile."),
            field="applicant",
            params={"name": applicant.name},
        )
    if not applicant.has_company_number:
        yield Problem(
            code="no_company_number",
            message=N_("The company number of %(name)s is missing."),
            cure=N_("Add the number from your trade register to your company's profile."),
            field="applicant",
            params={"name": applicant.name},
        )


def problems_with_provider(facts: Facts) -> Iterator[Problem]:
    """The provider sits in another region of the network and has nothing to do with the applicant."""
    provider, applicant = facts.provider, facts.applicant
    if provider is None:
        yield Problem(
            code="no_provider",
            message=N_("No provider is named."),
            cure=N_("Name the facility or expert in another region who will do the work."),
            field="provider",
        )
        return
    if provider.organisation_id == applicant.organisation_id:
        yield Problem(
            code="own_provider",
            message=N_("A company cannot be its own provider."),
            cure=N_("Name another organisation."),
            field="provider",
        )
        return
    yield from _provider_out_of_place(provider, applicant)
    if facts.is_asked_already:
        yield Problem(
            code="asked_already",
            message=N_("Your company has already handed in an application for this, with the same provider."),
            cure=N_("Withdraw the other one first, or name another provider or incentive."),
            field="provider",
        )
    yield from _related(provider, applicant)


def _provider_out_of_place(provider: Party, applicant: Party) -> Iterator[Problem]:
    params = {"name": provider.name}
    if provider.is_closed or not provider.offers_access:
        yield Problem(
            code="provider_not_open",
            message=N_("%(name)s takes no visitors or questions from companies abroad at present."),
            cure=N_("Name another provider, or ask your region's desk to find one."),
            field="provider",
            params=params,
        )
    if provider.region_id is None:
        yield Problem(
            code="provider_outside_network",
            message=N_("%(name)s is in none of the network's regions."),
            cure=N_("Name a provider in one of them; your region's desk helps to find one."),
            field="provider",
            params=params,
        )
    elif provider.region_id == applicant.region_id:
        yield Problem(
            code="same_region",
            message=N_("%(name)s is in your own region; a voucher is for work with another one."),
            cure=N_("Name a provider in another region; your region's desk helps to find one."),
            field="provider",
            params=params,
        )


def _related(provider: Party, applicant: Party) -> Iterator[Problem]:
    """Related providers are refused (rules of the field, section 2); a shared number or account shows one."""
    if provider.numbers & applicant.numbers:
        yield Problem(
            code="related_by_number",
            message=N_("%(name)s and your company are known under the same VAT or company number."),
            cure=N_("A related organisation cannot be the provider. Correct the number if it is wrong."),
            field="provider",
            params={"name": provider.name},
        )
    if provider.ibans & applicant.ibans:
        yield Problem(
            code="related_by_account",
            message=N_("%(name)s and your company use the same bank account."),
            cure=N_("A related organisation cannot be the provider. Correct the account if it is wrong."),
            field="provider",
            params={"name": provider.name},
        )


def hints_about(facts: Facts) -> Iterator[Problem]:
    """What the desk should look at although it forbids nothing: the two sides share a website or mail domain."""
    if facts.provider is None:
        return
    shared = (facts.provider.domains & facts.applicant.domains) - OPEN_MAIL
    if shared:
        yield Problem(
            code="maybe_related",
            message=N_("%(name)s and the applicant share an internet domain: %(domains)s."),
            cure=N_(
                "The desk will ask whether they are related; a related organisation cannot be the provider."
            ),
            field="provider",
            params={"name": facts.provider.name, "domains": ", ".join(sorted(shared))},
        )
