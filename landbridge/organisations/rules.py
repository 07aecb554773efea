"""What holds for a company's facts and accounts: numbers and their registers, VAT, IBAN, who may approve what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from stdnum import bic as bic_codes
from stdnum import iban as iban_codes
from stdnum.be import vat as be_vat
from stdnum.de import handelsregisternummer
from stdnum.dk import cvr
from stdnum.es import nif
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.fr import siren
from stdnum.gb import vat as gb_vat

from landbridge.foundation.problems import N_, Problem


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Who is paid by SEPA credit transfer; the letters stand at the beginning of the IBAN (GB also for Man and Jersey).
SEPA = _codes(
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO "
    "PL PT RO RS SE SI SK SM VA"
)
# Greece writes EL before its VAT numbers; Northern Ireland XI, the rest of the United Kingdom GB.
VAT_PREFIXES = {"GR": ("EL",), "GB": ("GB", "XI")}
VAT_COUNTRIES = _codes("AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
ANY_COUNTRY = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A register of companies and how its numbers look. `read` gives a number in its one written form or raises."""

    key: str
    country: str
    name: str
    example: str
    read: Callable[[str], str]


def _shaped(pattern: str) -> Callable[[str], str]:
    """A reader for numbers that have a form but no check digit: capitals, without spaces, points and dashes."""
    shape = re.compile(pattern)

    def read(number: str) -> str:
        plain = re.sub(r"[\s.\-/]", "", number).upper()
        if not shape.fullmatch(plain):
            raise ValidationError
        return plain

    return read


def _ror(number: str) -> str:
    """A ROR id, also from its web address; the last two characters are check digits (ISO 7064, MOD 97-10)."""
    plain = number.strip().lower().removeprefix("https://").removeprefix("ror.org/")
    if not re.fullmatch(r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}", plain):
        raise ValidationError
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    value = 0
    for letter in plain[:7]:
        value = value * 32 + alphabet.index(letter)
    if 98 - (value * 100) % 97 != int(plain[7:]):
        raise ValidationError
    return plain


# An organisation may have one number of each scheme of its country, and a ROR id anywhere.
SCHEMES: Mapping[str, Scheme] = {
    scheme.key: scheme
    for scheme in (
        Scheme("KBO", "BE", N_("Enterprise number (KBO/BCE)"), "0403.091.220", be_vat.validate),
        Scheme(
            "HRB",
            "DE",
            N_("Commercial register, with its court"),
            "Stuttgart HRB 12345",
            handelsregisternummer.validate,
        ),
        Scheme("CVR", "DK", N_("CVR number"), "13585628", cvr.validate),
        Scheme("NIF", "ES", N_("NIF"), "B58378431", nif.validate),
        Scheme("SIREN", "FR", N_("SIREN"), "552 008 443", siren.validate),
        Scheme(
            "CRN",
            "GB",
            N_("Company number (Companies House)"),
            "SC123456",
            _shaped("[A-Z]{2}[0-9]{6}|[0-9]{8}"),
        ),
        Scheme("CRO", "IE", N_("CRO number"), "123456", _shaped("[0-9]{5,7}")),
        Scheme("KVK", "NL", N_("KVK number"), "12345678", _shaped("[0-9]{8}")),
        Scheme("ROR", ANY_COUNTRY, N_("ROR id of a research organisation"), "03yrm5c26", _ror),
    )
}


def field_of(scheme_key: str) -> str:
    """The form's field in which a number of this scheme is typed: a country has one register, besides ROR."""
    return "ror" if scheme_key == "ROR" else "company_number"


def schemes_of(country: str) -> list[Scheme]:
    """The registers in which an organisation of this country may stand, its own country's first."""
    return [scheme for scheme in SCHEMES.values() if scheme.country in (country, ANY_COUNTRY)]


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody says about an organisation."""

    name: str
    country: str
    town: str
    vat_number: str = ""
    company_numbers: Mapping[str, str] = field(default_factory=dict)


def problems_with(facts: Facts) -> Iterator[Problem]:
    """Everything that keeps these facts from being stored."""
    if len(facts.name.strip()) < 2:
        yield Problem("no_name", N_("The organisation needs a name."), field="name")
    if not re.fullmatch("[A-Z]{2}", facts.country):
        yield Problem("no_country", N_("The organisation needs a country."), field="country")
    if not facts.town.strip():
        yield Problem("no_town", N_("The organisation needs a town."), field="town")
    for scheme, number in facts.company_numbers.items():
        yield from problems_with_number(scheme, number, country=facts.country)
    if facts.vat_number:
        yield from problems_with_vat(facts.vat_number, country=facts.country)


def problems_with_number(scheme_key: str, number: str, *, country: str) -> Iterator[Problem]:
    """Whether the register exists in the country and the number has its form. That it stands there, nobody checked."""
    scheme = SCHEMES.get(scheme_key)
    if scheme is None or scheme.country not in (country, ANY_COUNTRY):
        yield Problem(
            code="scheme_of_another_country",
            message=N_("The register %(scheme)s does not belong to this country."),
            cure=N_("Choose the country first, then enter the number of its own register."),
            field=field_of(scheme_key),
            params={"scheme": scheme_key},
        )
        return
    if number_in_form(scheme_key, number) is None:
        yield Problem(
            code="company_number_form",
            message=N_("This is not a number as the register writes it."),
            cure=N_("It looks like this: %(example)s."),
            field=field_of(scheme_key),
            params={"example": scheme.example},
        )


def number_in_form(scheme_key: str, number: str) -> str | None:
    """The number as its register writes it, or None where it cannot be one."""
    try:
        return SCHEMES[scheme_key].read(number[:60])
    except (KeyError, ValidationError):
        return None


def problems_with_vat(number: str, *, country: str) -> Iterator[Problem]:
    """The form of a VAT number and its country; a number of good form may still be nobody's."""
    plain = vat_in_form(number)
    expected = VAT_PREFIXES.get(country, (country,))
    if plain is None:
        yield Problem(
            code="vat_form",
            message=N_("This is not a VAT number as its country writes it."),
            cure=N_(
                "Begin with the letters of the country, for example BE0403091220; Greece writes EL. It may stay empty."
            ),
            field="vat_number",
        )
    elif country in VAT_COUNTRIES and plain[:2] not in expected:
        yield Problem(
            code="vat_of_another_country",
            message=N_("This VAT number belongs to another country than the organisation."),
            cure=N_(
                "Here it begins with %(prefixes)s. Leave it empty if the organisation has none of its own."
            ),
            field="vat_number",
            params={"prefixes": ", ".join(expected)},
        )


def vat_in_form(number: str) -> str | None:
    """The VAT number in capitals without spaces, or None where its form is wrong.

    Outside the Union and the United Kingdom only letters and figures are asked for.
    """
    plain = re.sub(r"[\s.\-/]", "", number[:40]).upper()
    prefix = plain[:2]
    try:
        if prefix == "GB":
            return "GB" + str(gb_vat.validate(plain[2:]))
        if prefix in ("EL", "XI") or prefix in VAT_COUNTRIES - {"GR"}:
            return str(eu_vat.validate(plain))
    except ValidationError:
        return None
    return plain if prefix != "GR" and re.fullmatch("[A-Z]{2}[0-9A-Z]{3,18}", plain) else None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What somebody says about a bank account."""

    holder: str
    iban: str
    bic: str = ""


# How long a postcode of figures alone is; the countries whose postcodes hold letters are not looked at.
FIGURES_OF_POSTCODE = {
    "AT": 4,
    "BE": 4,
    "CH": 4,
    "DE": 5,
    "DK": 4,
    "ES": 5,
    "FI": 5,
    "FR": 5,
    "IT": 5,
    "LU": 4,
    "NO": 4,
}


def problems_with_postcode(postcode: str, *, country: str) -> Iterator[Problem]:
    """A slip in the postcode would put the organisation outside the network, or into a wrong region."""
    figures = FIGURES_OF_POSTCODE.get(country)
    plain = postcode.replace(" ", "")
    if figures and not (len(plain) == figures and plain.isascii() and plain.isdigit()):
        yield Problem(
            code="postcode_form",
            message=N_("A postcode of this country has %(figures)s figures."),
            cure=N_("Check the postcode, or the country."),
            field="postcode",
            params={"figures": figures},
        )


def problems_with_account(facts: AccountFacts) -> Iterator[Problem]:
    """Whether money could be sent there: check digits, length of the country, SEPA, and a BIC that fits."""
    if len(facts.holder.strip()) < 2:
        yield Problem("no_holder", N_("Write the name exactly as the bank has it."), field="holder")
    iban = iban_in_form(facts.iban)
    if iban is None:
        yield Problem(
            code="iban_form",
            message=N_("This is not a valid IBAN: its length or its check digits are wrong."),
            cure=N_("Copy it from a bank statement."),
            field="iban",
        )
    elif iban[:2] not in SEPA:
        yield Problem(
            code="iban_outside_sepa",
            message=N_("This account stands outside the area of SEPA payments."),
            cure=N_(
                "Name an account in a country of the area; the programme pays by SEPA credit transfer alone."
            ),
            field="iban",
        )
    if facts.bic and not bic_codes.is_valid(facts.bic):
        yield Problem(
            code="bic_form",
            message=N_("This is not a BIC: it has 8 or 11 letters and figures."),
            cure=N_("It may stay empty: the IBAN is enough."),
            field="bic",
        )


def iban_in_form(iban: str) -> str | None:
    """The IBAN in capitals without spaces, or None where length or check digits (mod 97) are wrong."""
    try:
        return str(iban_codes.validate(iban[:60], check_country=False))
    except ValidationError:
        return None


def problems_with_decision(*, proposed_by_id: int | None, decided_by_id: int | None) -> Iterator[Problem]:
    """Four eyes: nobody approves the account that they proposed, under whatever hat."""
    if proposed_by_id is not None and proposed_by_id == decided_by_id:
        yield Problem(
            code="second_person",
            message=N_("You entered this account yourself: a second person decides on it."),
            cure=N_("Ask a colleague in the finance team of your partner organisation."),
        )


def problems_with_proposal(*, is_in_use: bool, is_closed: bool) -> Iterator[Problem]:
    """An account that is in use already is not proposed again, and a closed organisation is not paid."""
    if is_in_use:
        yield Problem(
            code="already_in_use",
            message=N_("The organisation is paid on this account already."),
            cure=N_("There is nothing to do."),
            field="iban",
        )
    if is_closed:
        yield _CLOSED


def problems_with_edit(*, is_closed: bool, seen: int | None, current: int) -> Iterator[Problem]:
    """What the editor saw must be what is stored, and the organisation in use."""
    if is_closed:
        yield _CLOSED
    if seen is not None and seen != current:
        yield Problem(
            code="stale",
            message=N_("A colleague has changed these facts since you opened the page."),
            cure=N_("What is stored now stands above what you typed: compare, and save again."),
        )


def problems_with_closing(*, is_closed: bool, running_matters: int) -> Iterator[Problem]:
    """An organisation is closed once, when nothing runs for it any more."""
    if is_closed:
        yield _CLOSED
    if running_matters:
        yield Problem(
            code="matters_run",
            message=N_("The organisation has matters under way: %(count)s."),
            cure=N_("Bring its applications and vouchers to an end, or withdraw them, and close it then."),
            params={"count": running_matters},
        )


_CLOSED = Problem(
    code="organisation_closed",
    message=N_("This organisation is closed."),
    cure=N_("If it is in business again, ask the programme office."),
)
