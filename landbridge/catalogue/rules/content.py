"""What a record may say, the five fields that suffice to publish it, and what a broker looks at before that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from landbridge.catalogue.rules.offers import ACCESS_MODES, CERTIFICATES, CUSTOMERS, IDENTIFIERS, LANGUAGES
from landbridge.catalogue.states import Kind
from landbridge.foundation.problems import N_, Problem

Values = Mapping[str, Any]

# The longest text of each field, as the tables hold it.
LONGEST = {
    "name": 200, "summary": 300, "description": 5000, "website": 300, "country": 2, "town": 80, "contact_name": 120,
    "contact_email": 254, "inputs": 500, "outputs": 500, "unit": 40, "capacity": 200, "restrictions": 500,
    "must_bring": 500, "maker": 120, "model_name": 120,
}  # fmt: skip
LONGEST_REASON = 500
MOST_TECHNIQUES = 30
LONGEST_TECHNIQUE = 80
LISTS = {"access_modes": frozenset(ACCESS_MODES), "languages": frozenset(LANGUAGES)}
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<![\w.])(\+|00)\d[\d ()/.-]{7,}\d")
_WEBSITE = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}")


def problems_with_values(values: Values) -> Iterator[Problem]:
    """What no record can hold, not even a draft: texts that are too long, unknown words, places off the map."""
    for name, longest in LONGEST.items():
        if len(values.get(name) or "") > longest:
            yield Problem(
                code="too_long",
                message=N_("This is longer than %(longest)s characters."),
                cure=N_("Shorten it."),
                field=name,
                params={"longest": longest},
            )
    if not (values.get("name") or "").strip():
        yield Problem(code="no_name", message=N_("The name is missing."), field="name")
    yield from _problems_with_addresses(values)
    yield from _problems_with_lists(values)
    yield from _problems_with_place(values)
    level = values.get("biosafety_level")
    if level is not None and level not in (1, 2, 3, 4):
        yield Problem(
            code="no_such_level", message=N_("Biosafety levels run from 1 to 4."), field="biosafety_level"
        )
    yield from _problems_with_rows(values)


def _problems_with_addresses(values: Values) -> Iterator[Problem]:
    website, email, country = (values.get(name) or "" for name in ("website", "contact_email", "country"))
    if website and not _WEBSITE.fullmatch(website):
        yield Problem(
            code="no_address",
            message=N_("This is not the address of a website."),
            cure=N_("It begins with https:// or http://."),
            field="website",
        )
    if email and not _EMAIL.fullmatch(email):
        yield Problem(code="no_email", message=N_("This is not an e-mail address."), field="contact_email")
    if country and not _COUNTRY.fullmatch(country):
        yield Problem(
            code="no_country",
            message=N_("This is not a country."),
            cure=N_("Use its two capital letters, such as DE."),
            field="country",
        )


def _problems_with_lists(values: Values) -> Iterator[Problem]:
    for name, known in LISTS.items():
        unknown = [word for word in values.get(name) or [] if word not in known]
        if unknown:
            yield Problem(
                code="unknown_word",
                message=N_("Landbridge does not know: %(words)s."),
                cure=N_("Choose from the list."),
                field=name,
                params={"words": ", ".join(unknown)},
            )
    techniques = values.get("techniques") or []
    if len(techniques) > MOST_TECHNIQUES or any(len(word) > LONGEST_TECHNIQUE for word in techniques):
        yield Problem(
            code="too_many_techniques",
            message=N_("At most %(most)s techniques of %(longest)s characters each."),
            cure=N_("Keep those that people would look for."),
            field="techniques",
            params={"most": MOST_TECHNIQUES, "longest": LONGEST_TECHNIQUE},
        )


def _problems_with_place(values: Values) -> Iterator[Problem]:
    latitude, longitude = values.get("latitude"), values.get("longitude")
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        yield Problem(
            code="half_a_place",
            message=N_("A place on the map needs latitude and longitude."),
            cure=N_("Give both, or neither."),
            field="longitude" if longitude is None else "latitude",
        )
    elif not (-90 <= float(latitude) <= 90 and -180 <= float(longitude) <= 180):
        yield Problem(
            code="off_the_map",
            message=N_("This place is not on the map."),
            cure=N_("Latitude runs from -90 to 90, longitude from -180 to 180."),
            field="latitude",
        )


def _problems_with_rows(values: Values) -> Iterator[Problem]:
    """Prices, certificates and identifiers: known schemes, and nothing twice."""
    for name, key, known, same in (
        ("prices", "customer", CUSTOMERS, ("customer", "unit")),
        ("certificates", "scheme", CERTIFICATES, ("scheme", "scope")),
        ("identifiers", "scheme", IDENTIFIERS, ("scheme", "value")),
    ):
        rows: Sequence[Mapping[str, Any]] = values.get(name) or []
        if any(row[key] not in known for row in rows):
            yield Problem(code="unknown_scheme", message=N_("Choose from the list."), field=name)
        if len({tuple(row.get(part) or "" for part in same) for row in rows}) < len(rows):
            yield Problem(
                code="twice",
                message=N_("The same line stands here twice."),
                cure=N_("Remove one of them."),
                field=name,
            )


# ── Before it is published ───────────────────────────────────────────────────────────────────────────────────────────
FIVE_FIELDS = ("name", "kind", "organisation", "summary", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the gate looks at. `namesakes` are other records of the same organisation and kind with this name."""

    kind: str
    values: Values
    has_contact: bool
    has_consented: bool
    namesakes: int
    link_is_broken: bool


def problems_with_publication(facts: Facts) -> Iterator[Problem]:
    """Why a record cannot be shown to the public yet.

    Five fields suffice: name, kind, organisation, summary, and the place (town and country). Kind and organisation
    are there from the beginning.
    """
    if not (facts.values.get("summary") or "").strip():
        yield Problem(
            code="no_summary",
            message=N_("The summary is missing."),
            cure=N_("One sentence that says what a company gets here."),
            field="summary",
        )
    for name in ("town", "country"):
        if not (facts.values.get(name) or "").strip():
            yield Problem(
                code=f"no_{name}",
                message=N_("The place is missing."),
                cure=N_("Give the town and the country where the work is done."),
                field=name,
            )
    yield from _problems_with_contacts_in_texts(facts.values)
    if facts.kind == Kind.EXPERT and not (facts.values.get("contact_email") or "").strip():
        yield Problem(
            code="nobody_to_ask",
            message=N_("The expert's own e-mail address is missing."),
            cure=N_("A person is shown only after they agreed; the address is used to ask them."),
            field="contact_email",
        )


def _problems_with_contacts_in_texts(values: Values) -> Iterator[Problem]:
    for name in ("name", "summary", "description"):
        text = values.get(name) or ""
        if _EMAIL.search(text) or _TELEPHONE.search(text):
            yield Problem(
                code="contact_in_text",
                message=N_("A public text holds an e-mail address or a telephone number."),
                cure=N_("Take it out: questions come through the desks, the contact has fields of its own."),
                field=name,
            )


def remarks_before_publication(facts: Facts, *, today: date) -> Iterator[Problem]:
    """What a broker should look at; none of it stands in the way."""
    if facts.kind == Kind.EXPERT and not facts.has_consented:
        yield Problem(
            code="waits_for_consent",
            message=N_("The person has not agreed yet."),
            cure=N_("They are asked by letter; nobody sees the record before they say yes."),
        )
    if not facts.has_contact:
        yield Problem(
            code="no_contact",
            message=N_("Nobody is named who answers questions."),
            cure=N_("Without a contact the region's desk answers, and is asked to confirm the record."),
            field="contact_email",
        )
    if facts.namesakes:
        yield Problem(
            code="namesake",
            message=N_("The organisation has %(count)s more with the same name."),
            cure=N_("Is it the same? Then return this one and edit the other."),
            field="name",
            params={"count": facts.namesakes},
        )
    if facts.kind == Kind.SERVICE and not facts.values.get("access_modes"):
        yield Problem(
            code="no_access_mode",
            message=N_("Nothing says how a company gets the service."),
            cure=N_("Visit, ship a sample, training: ask the facility."),
            field="access_modes",
        )
    if not facts.values.get("competences"):
        yield Problem(
            code="no_competence",
            message=N_("No competence is named."),
            cure=N_("Questions are matched by competence; one or two terms are enough."),
            field="competences",
        )
    if facts.link_is_broken:
        yield Problem(code="broken_link", message=N_("The website does not answer."), field="website")
    yield from _expired_certificates(facts.values, today=today)


def _expired_certificates(values: Values, *, today: date) -> Iterator[Problem]:
    for row in values.get("certificates") or []:
        if row.get("expires_on") and row["expires_on"] < today.isoformat():
            yield Problem(
                code="expired_certificate",
                message=N_("The certificate %(scheme)s expired on %(day)s."),
                cure=N_("Ask for the renewed one, or take it out."),
                field="certificates",
                params={
                    "scheme": CERTIFICATES.get(row["scheme"], row["scheme"]),
                    "day": date.fromisoformat(row["expires_on"]),
                },
            )
