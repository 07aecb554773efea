"""The people behind the two sides: whom to ask and tell, and all by which an organisation can be known."""

from __future__ import annotations

from urllib.parse import urlsplit

from landbridge.catalogue.models import Record
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.models import Introduction
from landbridge.introductions.queries.sides import leading_region
from landbridge.introductions.rules import Identity
from landbridge.introductions.states import Side
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import desk_of, members_of, recipients
from landbridge.organisations.models import Organisation

OF_A_SIDE = (Role.SME, Role.PROVIDER)


def people_of(introduction: Introduction, side: Side) -> list[Recipient]:
    """Whom of this side to write to: those who act for it, and whom an offer or a question names."""
    organisation = introduction.company if side is Side.COMPANY else introduction.provider
    found = recipients(members_of(organisation.pk).filter(role__in=OF_A_SIDE))
    known = {person.email.lower() for person in found}
    record, enquiry = introduction.record, introduction.enquiry
    named = []
    if side is Side.PROVIDER and record is not None and record.contact_email:
        named.append(Recipient(email=record.contact_email, name=record.contact_name))
    if side is Side.COMPANY and enquiry is not None and enquiry.asked_by_email:
        named.append(Recipient(email=enquiry.asked_by_email, name=enquiry.asked_by_name))
    return [*found, *(person for person in named if person.email.lower() not in known)]


def people_of_leading_desk(introduction: Introduction) -> list[Recipient]:
    """The Access Brokers of the desk that leads it."""
    return recipients(desk_of(leading_region(introduction)))


def people_of_other_desk(introduction: Introduction) -> list[Recipient]:
    """The Access Brokers of the provider's region, where that is another."""
    other = introduction.provider_region_id
    if other is None or other == leading_region(introduction):
        return []
    return recipients(desk_of(other))


def identity_of(organisation: Organisation) -> Identity:
    """All by which the organisation can be known: names, people, numbers, addresses."""
    records = Record.objects.filter(organisation=organisation)
    contacts = list(records.values_list("name", "kind", "website", "contact_name", "contact_email"))
    members = Membership.objects.current().filter(organisation=organisation).select_related("person")
    people = [hat.person for hat in members.order_by("pk")]
    emails = [person.email for person in people] + [email for *_, email in contacts if email]
    websites = [organisation.website, *(website for _, _, website, _, _ in contacts)]
    numbers = list(organisation.company_numbers.values_list("number", flat=True))
    return Identity(
        names=(
            organisation.name,
            *(name for name, kind, *_ in contacts if kind in ("organisation", "facility")),
        ),
        people=tuple({person.name for person in people} | {name for _, _, _, name, _ in contacts if name}),
        numbers=tuple(number for number in (*numbers, organisation.vat_number) if number),
        hosts=tuple(
            {_host(website) for website in websites if website} | {_domain(email) for email in emails}
        ),
        street=" ".join(filter(None, (organisation.street, organisation.building_number))),
        postcode=organisation.postcode,
        town=organisation.town,
        region=organisation.region.name if organisation.region else "",
    )


# Where many have their mail; such a domain names nobody.
FREE_MAIL = frozenset(
    {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "gmx.de", "web.de", "proton.me"}
)


def _host(website: str) -> str:
    return urlsplit(website).hostname or ""


def _domain(email: str) -> str:
    domain = email.rpartition("@")[2].lower()
    return "" if domain in FREE_MAIL else domain
