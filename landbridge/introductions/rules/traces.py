"""What gives an organisation away in a text that the other side reads before both said yes.

Source: rules of the field, section 2: a view without names holds no brand, logo, link or patent number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from landbridge.foundation.problems import N_, Problem

SHORTEST_NAME = 3
SHORTEST_NUMBER = 5
SHORTEST_STREET = 5


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that many organisations have in their names and that therefore name none of them.
COMMON = _words(
    """
    a ab ag aps as asbl association b bio biology biomedical biosciences biotech biotechnology biotherapies
    bv bvba cell center centre centro centrum chemistry clinic clinical clinics cluster co college community
    companies company consortium consulting corp corporation danish danmark data de del dem den department
    der deutsche development devices di diagnostics die digital discovery drug du dutch e eg engineering
    english europe european ev expert facility faculty food for foundation france french für gene genetics
    genomics german germany gesellschaft gmbh group groupe health healthcare hospital i imaging inc
    industrial industries industry innovation institut institute instituto instruments international irish
    italian kg klinikum la lab laboratories laboratory laboratoire labs le les life limited llc llp ltd
    materials medical medicine medtech mbh microscopy molecular mri nano national nederland network north of
    oy pharma pharmaceutical pharmaceuticals photonics plc polymer program programme proteomics public
    regional research royal sa sarl sas sc science sciences scientific sensors services sl solution
    solutions south spanish spa sprl srl surgery swiss swedish system systems technical technologies
    technology testing the therapeutics tissue und uni universitair universitaire universitätsklinikum
    universitat universitaet universität université university van vaccine vaccines von west east works
    zentrum belgian belgique belgië norwegian austrian polish portuguese british scottish welsh home page
    """
)

# A patent's number (EP 1 234 567 B1, WO 2020/123456, US10,123,456B2), an e-mail, a telephone, a page, a VAT number.
PATENT = re.compile(
    r"\b(?:EP|US|GB|DE|FR|BE|NL|DK|ES|IE|IT|CN|JP)[ -]?\d[\d ,./]{4,}\d[ ]?[ABCU]\d?\b|\bWO[ -]?(?:19|20)?\d\d[/ ]\d{5,6}\b"
)
EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\]|\(punkt\))\s?[\w-]+)+", re.IGNORECASE
)
TELEPHONE = re.compile(r"(?:(?<![\w+])(?:\+|00)[1-9]|(?<![\w.,+])\(?0[1-9])[\d\s()/.\-\u2011\u2013]{5,}\d")
WEBSITE = re.compile(
    r"(?i:https?:|\bwww\.)|\b[\w-]+\.(?:com|org|net|info|biz|eu|io|ai|bio|health|tech|science|de|be|nl|fr|dk|ie|es|it|at|ch|se|no|"
    r"fi|pt|pl|lu|cz|uk|gr)\b(?!\.\w)"
)
VAT = re.compile(
    r"\b(?:ATU|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[ ]?"
    r"(?=(?:[ .]?\w){8,12}\b)\w?\d(?:[ .]?[\dAB]){6,11}\b"
)
MARK = re.compile("[®™©℠]")
FORMS = (  # what is found whoever it belongs to: code, pattern, message
    ("e_mail", EMAIL, N_("An e-mail address stands in the text: “%(found)s”.")),
    ("website", WEBSITE, N_("A link stands in the text: “%(found)s”.")),
    ("patent_number", PATENT, N_("A patent number stands in the text: “%(found)s”.")),
    ("vat_number", VAT, N_("A VAT number stands in the text: “%(found)s”.")),
    ("telephone", TELEPHONE, N_("A telephone number stands in the text: “%(found)s”.")),
    ("trade_mark", MARK, N_("A trade mark stands in the text: “%(found)s”.")),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """All by which one organisation can be known."""

    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    street: str = ""
    postcode: str = ""
    town: str = ""
    region: str = ""


def problems_with_text(text: str, *, field: str, of: Identity) -> Iterator[Problem]:
    """What in the text names the organisation, or would let anybody look it up. Never repeats what it knows itself."""
    for code, pattern, message in FORMS:
        match = pattern.search(text)
        if match:
            yield _problem(code, message, field=field, found=match[0].strip())
    yield from _known(text, of, field=field)


def hints_about(text: str, *, field: str, of: Identity) -> Iterator[Problem]:
    """What might give the organisation away, and might be innocent: its town, a lesser word of its name."""
    folded = _folded(text)
    town = _folded(of.town)
    if town and _stands_in(town, folded) and not _stands_in(town, _folded(of.region)):
        yield Problem(
            code="names_the_town",
            message=N_("The town stands in the text."),
            cure=N_("Name the region instead, if few work on this there."),
            field=field,
        )
    for word in sorted({word for name in of.names for word in _own_words(name)[1:]}):
        if _stands_in(word, folded):
            yield Problem(
                code="word_of_the_name",
                message=N_("“%(word)s” is part of the other side's name."),
                cure=N_("Another word would be safer."),
                field=field,
                params={"word": word},
            )


def _known(text: str, of: Identity, *, field: str) -> Iterator[Problem]:
    folded, pressed = _without_region(_folded(text), of), re.sub(r"[\W_]", "", text).casefold()
    if any(_is_named(name, folded) for name in of.names):
        yield _problem(
            "names_the_organisation",
            N_("The name, or a word that it is known by, stands in the text."),
            field=field,
        )
    if any(_is_person_named(person, folded) for person in of.people):
        yield _problem(
            "names_a_person", N_("The name of somebody who works there stands in the text."), field=field
        )
    if any(_is_numbered(number, pressed) for number in of.numbers):
        yield _problem(
            "number",
            N_("A number under which a register knows the organisation stands in the text."),
            field=field,
        )
    hosts = {label for host in of.hosts for label in _labels(host)}
    if any(_stands_in(label, folded) for label in hosts):
        yield _problem("host", N_("A word of the web or mail address stands in the text."), field=field)
    if _is_placed(of, folded):
        yield _problem("address", N_("The address stands in the text."), field=field)


def _without_region(folded: str, of: Identity) -> str:
    """The text without the name of the region, which may be told even where an organisation is named after it."""
    region = _folded(of.region)
    return f" {folded} ".replace(f" {region} ", " ").strip() if region else folded


def _problem(code: str, message: str, *, field: str, **params: object) -> Problem:
    cure = N_("Take it out or say it in general words: nobody is named before both said yes.")
    return Problem(code=code, message=message, cure=cure, field=field, params=params)


def _folded(text: str) -> str:
    """Lower case without accents, all but letters and digits as single blanks."""
    plain = unicodedata.normalize(
        "NFKD", text.casefold().replace("ß", "ss").replace("ø", "o").replace("æ", "ae")
    )
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())


COMMON_FOLDED = frozenset(_folded(word) for word in COMMON)


def _stands_in(words: str, folded: str) -> bool:
    return f" {words} " in f" {folded} "


def _own_words(name: str) -> list[str]:
    """The words of a name that are not common to many, in their order."""
    return [
        word
        for word in _folded(name).split()
        if len(word) >= SHORTEST_NAME and word not in COMMON_FOLDED and not word.isdigit()
    ]


def _core(name: str) -> list[str]:
    """The words of a name without its legal form at the end."""
    words = _folded(name).split()
    while len(words) > 1 and (len(words[-1]) == 1 or words[-1] in LEGAL):
        words.pop()
    return words


LEGAL = _words(
    """
    ab ag aps as asbl bv bvba co corp ev gmbh inc kg limited llc llp ltd mbh nv oy plc sa sarl sas sl spa
    sprl srl
    """
)


def _is_named(name: str, folded: str) -> bool:
    """The whole name in whatever writing (with or without blanks), or the first word that is its own."""
    core = _core(name)
    if len("".join(core)) >= SHORTEST_NAME and _is_spelt("".join(core), folded):
        return True
    return any(_stands_in(word, folded) for word in _own_words(name)[:1])


def _is_spelt(letters: str, folded: str) -> bool:
    """Whether these letters stand there one after the other, blanks between them or not, as words of their own."""
    return re.search(rf"\b{' ?'.join(map(re.escape, letters))}\b", folded) is not None


def _is_person_named(person: str, folded: str) -> bool:
    words = _folded(person).split()
    if len(words) > 1 and _stands_in(" ".join(words), folded):
        return True
    family = words[-1] if words else ""
    return len(family) > SHORTEST_NAME and family not in COMMON_FOLDED and _stands_in(family, folded)


def _is_numbered(number: str, pressed: str) -> bool:
    """A register's number, however it is grouped, with or without the letters before it."""
    whole = re.sub(r"[\W_]", "", number).casefold()
    digits = re.sub(r"\D", "", number)
    return any(len(form) >= SHORTEST_NUMBER and form in pressed for form in (whole, digits))


def _labels(host: str) -> Iterator[str]:
    """The telling parts of `www.acme-labs.example`: acme labs."""
    parts = [part for part in host.casefold().split(".") if part not in ("www", "mail", "")]
    for part in parts[:-1]:
        words = _folded(part)
        if len(words) > SHORTEST_NAME and not set(words.split()) <= COMMON_FOLDED | {"co", "com", "example"}:
            yield words


def _is_placed(of: Identity, folded: str) -> bool:
    street, postcode, town = _folded(of.street), _folded(of.postcode), _folded(of.town)
    if len(street) >= SHORTEST_STREET and _stands_in(street, folded):
        return True
    if not postcode:
        return False
    if not postcode.isdigit() and _stands_in(postcode, folded):
        return True
    return bool(town) and (
        _stands_in(f"{postcode} {town}", folded) or _stands_in(f"{town} {postcode}", folded)
    )
