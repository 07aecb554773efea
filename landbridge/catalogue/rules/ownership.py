"""Who may say that they speak for an organisation: by their mail domain, by a code, or by a broker's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from landbridge.foundation.problems import N_, Problem

CODE_HOLDS = timedelta(days=3)
MOST_TRIES = 5
CODE_LENGTH = 8
# Within thirty days.
MOST_CODES_OF_PERSON = 3
MOST_CODES_TO_ORGANISATION = 5
COUNTED_FOR = timedelta(days=30)
# Without letters and digits that are read for each other.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

# Mail providers where everyone has an address: their domain proves nothing. Compared without the country's ending.
FREEMAIL = frozenset(
    [
        "gmail",
        "googlemail",
        "outlook",
        "hotmail",
        "live",
        "msn",
        "yahoo",
        "ymail",
        "icloud",
        "me",
        "mac",
        "aol",
        "gmx",
        "web",
        "t-online",
        "freenet",
        "posteo",
        "mailbox",
        "proton",
        "protonmail",
        "pm",
        "tutanota",
        "tuta",
        "orange",
        "wanadoo",
        "free",
        "laposte",
        "sfr",
        "skynet",
        "telenet",
        "proximus",
        "ziggo",
        "kpnmail",
        "xs4all",
        "mail",
        "email",
        "yandex",
        "zoho",
        "fastmail",
        "libero",
        "telefonica",
        "terra",
        "ya",
        "btinternet",
        "virginmedia",
        "sky",
        "talktalk",
        "hey",
        "duck",
    ]
)
# Endings under which everybody registers names, beside the plain ones of one part. Not the whole public suffix list:
# those that organisations of the regions and of their neighbours use. One that is missing refuses, and never admits,
# since the website's host must then be the domain itself.
SUFFIXES = frozenset(
    [
        "ac.uk",
        "co.uk",
        "org.uk",
        "gov.uk",
        "nhs.uk",
        "ltd.uk",
        "plc.uk",
        "me.uk",
        "net.uk",
        "sch.uk",
        "ac.be",
        "com.es",
        "org.es",
        "nom.es",
        "gob.es",
        "edu.es",
        "com.pl",
        "edu.pl",
        "org.pl",
        "net.pl",
        "com.pt",
        "edu.pt",
        "org.pt",
        "gouv.fr",
        "asso.fr",
        "com.fr",
        "co.at",
        "ac.at",
        "or.at",
        "gv.at",
        "co.at",
        "com.tr",
        "edu.tr",
        "com.ua",
        "edu.ua",
        "co.jp",
        "ac.jp",
        "com.au",
        "edu.au",
        "org.au",
        "co.nz",
        "ac.nz",
        "com.br",
        "com.cn",
        "edu.cn",
        "ac.cn",
        "co.in",
        "ac.in",
        "github.io",
        "gitlab.io",
        "blogspot.com",
        "wordpress.com",
        "wixsite.com",
        "jimdofree.com",
        "weebly.com",
        "sites.google.com",
        "herokuapp.com",
        "netlify.app",
        "vercel.app",
        "pages.dev",
        "web.app",
        "myshopify.com",
        "azurewebsites.net",
    ]
)


def registered_name(host: str) -> str:
    """The part of a host name that somebody registered: `uni.example.ac.uk` gives `example.ac.uk`; "" where none is."""
    parts = host.strip().strip(".").lower().removeprefix("www.").split(".")
    if len(parts) < 2 or not all(parts) or parts[-1].isdigit():
        return ""
    for size in (3, 2):
        if ".".join(parts[-size:]) in SUFFIXES:
            return ".".join(parts[-size - 1 :]) if len(parts) > size else ""
    return ".".join(parts[-2:])


def is_freemail(domain: str) -> bool:
    """Whether everyone can have an address there."""
    return registered_name(domain).partition(".")[0] in FREEMAIL


def problems_with_domain(*, email: str, is_confirmed: bool, website: str) -> Iterator[Problem]:
    """A confirmed address of the domain under which the organisation's website stands proves that one is of it."""
    domain = email.rpartition("@")[2]
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        host = ""
    if not is_confirmed:
        yield Problem(
            code="address_not_confirmed",
            message=N_("Your e-mail address is not confirmed yet."),
            cure=N_("Follow the link in the letter you got when you signed up."),
        )
    elif is_freemail(domain):
        yield Problem(
            code="freemail",
            message=N_("Everyone can have an address at %(domain)s; it does not show where you work."),
            cure=N_("Use your address at work, ask for a code, or let the Access Broker look."),
            params={"domain": domain},
        )
    elif not registered_name(host) or registered_name(domain) != registered_name(host):
        yield Problem(
            code="other_domain",
            message=N_("Your address is not of the organisation's website."),
            cure=N_("Ask for a code to the address that is listed, or let the Access Broker look."),
        )


def problems_with_code(*, is_right: bool, tries: int, is_over: bool) -> Iterator[Problem]:
    """A code is right, in time, and not guessed. `tries` counts this one."""
    if is_over:
        yield Problem(
            code="code_expired",
            message=N_("This code is no longer valid."),
            cure=N_("Ask for a new one."),
            field="code",
        )
    elif not is_right and tries >= MOST_TRIES:
        yield Problem(
            code="code_closed",
            message=N_("This was the fifth wrong code; the claim is closed."),
            cure=N_("Ask the Access Broker of the region to look."),
            field="code",
        )
    elif not is_right:
        yield Problem(
            code="wrong_code",
            message=N_("This is not the code of the letter."),
            cure=N_("Tries left: %(left)s."),
            field="code",
            params={"left": MOST_TRIES - tries},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """What the rules want to know before somebody claims an organisation. Counts are of the last thirty days."""

    way: str
    stands_in_catalogue: bool
    is_closed: bool
    is_of_it_already: bool
    is_open_already: bool
    codes_of_person: int
    codes_to_organisation: int
    failed_here: bool
    has_address: bool


def problems_with_claim(facts: ClaimFacts) -> Iterator[Problem]:
    """Who may try, and how often: codes are letters to third people, and each is a chance to guess."""
    if facts.way not in ("domain", "code", "broker"):
        yield Problem(code="no_such_way", message=N_("Choose how to show it."), field="way")
    if not facts.stands_in_catalogue or facts.is_closed:
        yield Problem(
            code="not_in_catalogue", message=N_("This organisation has nothing in the catalogue to keep.")
        )
    if facts.is_of_it_already:
        yield Problem(code="already_yours", message=N_("You keep this organisation's records already."))
    if facts.is_open_already:
        yield Problem(
            code="open_already",
            message=N_("You have an open claim for this organisation."),
            cure=N_("Enter its code, or wait for the Access Broker."),
        )
    if facts.way == "code":
        yield from _problems_with_one_more_code(facts)


def _problems_with_one_more_code(facts: ClaimFacts) -> Iterator[Problem]:
    if (
        facts.failed_here
        or facts.codes_of_person >= MOST_CODES_OF_PERSON
        or facts.codes_to_organisation >= MOST_CODES_TO_ORGANISATION
    ):
        yield Problem(
            code="many_codes",
            message=N_("No more codes are sent for now."),
            cure=N_("Ask the Access Broker of the region to look."),
            field="way",
        )
    if not facts.has_address:
        yield Problem(
            code="no_address",
            message=N_("The catalogue lists no address to which a code could go."),
            cure=N_("Use your address at work, or let the Access Broker look."),
            field="way",
        )


def problems_with_claim_decision(*, is_decided: bool, is_ones_own: bool) -> Iterator[Problem]:
    """A claim is decided once, and not by whoever made it."""
    if is_decided:
        yield Problem(code="decided_already", message=N_("This claim was decided already."))
    if is_ones_own:
        yield Problem(
            code="ones_own",
            message=N_("Nobody decides on their own claim."),
            cure=N_("Ask a colleague of the desk, or the programme office."),
        )
