"""What the award letter says: plain values for the document, in the words of the law that the aid stands under."""

from __future__ import annotations

from django.utils.translation import gettext as _

from landbridge.foundation.ui.formatting import country as country_name
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import LegalBasis, Partner
from landbridge.vouchers import rules
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.queries.reading import extension_of


def letter_data(voucher: Voucher) -> dict[str, object]:
    """What the award letter prints: the award as it was, also where the voucher was extended since."""
    application = voucher.application
    applicant, partner, offer = application.applicant, application.partner, application.offer
    decision = application.decision
    extension = extension_of(voucher)
    valid_until = extension.was_valid_until if extension else voucher.valid_until
    granted = {"company": applicant.name, "title": application.title}
    return {
        "number": voucher.number,
        "programme": application.call.phase.programme.name,
        "sender": [partner.name, *_address(partner)],
        "recipient": [applicant.name, *_address(applicant)],
        "reference": [
            [_("Voucher"), voucher.number],
            [_("Application"), application.number],
            [_("Date of the award"), voucher.granted_on],
        ],
        "opening": _("We are glad to award %(company)s a voucher for “%(title)s”.") % granted,
        "amount": {"label": _("Awarded, at most"), "value": voucher.amount_eur},
        "facts": [
            [_("Incentive"), offer.name],
            [_("Provider"), application.provider.name if application.provider else ""],
            [_("Valid until"), valid_until],
            [_("Claim by"), rules.last_day_to_claim(valid_until)],
            [_("Legal basis"), voucher.get_legal_basis_display()],
        ],
        "reason_heading": _("Why"),
        "reason": decision.reason,
        "terms_heading": _("What you need to know"),
        "terms": [
            _(
                "Accept the voucher in Landbridge before you spend; work begun before the award cannot be paid."
            ),
            _(
                "Costs count when they are invoiced within the validity and paid before the claim; VAT does not count."
            ),
            *(str(evidence) for evidence in offer.evidence),
            _(
                "What exceeds the voucher your company pays itself. The same cost is paid by one public source only."
            ),
            _("The award is published with your company's name, the amount and the purpose."),
        ],
        "legal": _character_of_the_aid(voucher),
        "signed_by": decision.person_name,
        "signed_as": _("for the programme office"),
    }


def _address(of: Partner | Organisation) -> list[str]:
    """The lines of an address that are filled in, with the country's name last."""
    lines = [f"{of.street} {of.building_number}", f"{of.postcode} {of.town}", country_name(of.country)]
    return [line.strip() for line in lines if line.strip()]


def _character_of_the_aid(voucher: Voucher) -> str:
    """The sentence on the character of the aid that the letter has to state."""
    if voucher.legal_basis == LegalBasis.DE_MINIMIS:
        return _(
            "This is de minimis aid under Commission Regulation (EU) 2023/2831 of 13 December 2023, of the gross "
            "amount named above, granted on the date of this award. It counts towards the ceiling of EUR 300,000 "
            "that one single undertaking may receive in a Member State within three years."
        )
    if voucher.legal_basis == LegalBasis.GBER_20A:
        return _(
            "This aid is exempt from notification under Article 20a of Commission Regulation (EU) No 651/2014."
        )
    if voucher.legal_basis == LegalBasis.UK_MFA:
        return _("This is Minimal Financial Assistance under section 36 of the Subsidy Control Act 2022.")
    return _("This award is not state aid.")
