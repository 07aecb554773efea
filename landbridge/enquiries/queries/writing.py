"""The correspondence of an enquiry: messages for both sides, notes for the desks alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from landbridge.enquiries.models import Enquiry, Message, Note
from landbridge.enquiries.queries.people import company_people, desk_people
from landbridge.enquiries.rules import parts_of
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships import queries as memberships


@dataclass(frozen=True, slots=True)
class Said:
    """One message as the page shows it: what is said, what its e-mail quoted, and whether it is new to the reader."""

    message: Message
    text: str
    rest: str
    is_new: bool
    files: list[StoredFile] = field(default_factory=list)


def side_of(actor: Actor) -> str | None:
    """`company` or `desk`; None for those who only watch."""
    return {Role.SME: "company", Role.BROKER: "desk"}.get(actor.role) if actor.role else None


def messages_of(enquiry: Enquiry, *, actor: Actor) -> list[Said]:
    """The messages in their order, each with its files. Two queries."""
    side = side_of(actor)
    rows = Message.objects.visible_to(actor).filter(enquiry=enquiry).select_related("answers")
    return [
        Said(
            row,
            *parts_of(row.text),
            is_new=side is not None and row.read_at is None and row.from_desk == (side == "company"),
            files=list(row.files.all()),
        )
        for row in rows.prefetch_related("files").order_by("written_at", "pk")
    ]


def unread_for(actor: Actor, enquiries: Iterable[int]) -> set[int]:
    """Of these enquiries, those with a message of the other side that nobody of this side has seen."""
    side = side_of(actor)
    if side is None:
        return set()
    rows = Message.objects.filter(
        enquiry__in=list(enquiries), from_desk=side == "company", read_at__isnull=True
    )
    return set(rows.values_list("enquiry_id", flat=True))


def notes_of(enquiry: Enquiry, *, actor: Actor) -> list[Note]:
    """The private notes, for whoever may read them."""
    return list(Note.objects.visible_to(actor).filter(enquiry=enquiry).order_by("-written_at", "-pk"))


def readers_of(message: Message, *, answered: Message | None) -> list[Recipient]:
    """The other side; where a message of that side is answered, its writer, while they still act for it."""
    enquiry = message.enquiry
    usual = company_people(enquiry) if message.from_desk else desk_people(enquiry)
    if answered is None or answered.from_desk == message.from_desk:
        return usual
    writer = _still_there(enquiry, answered)
    return writer or usual


def writer_by_mail(enquiry: Enquiry, *, email: str) -> Actor | None:
    """Under which hat the owner of this address writes about the enquiry; None for whoever has no part in it.

    The person at the company for whom a broker asked needs no account: they write as the company.
    """
    person = Person.objects.filter(email=email.lower(), is_active=True).first()
    if person is not None:
        for side in ("company", "desk"):
            actor = _acting(enquiry, person, side=side)
            if actor is not None:
                return actor
    if email and email.lower() == enquiry.asked_by_email.lower():
        return Actor(
            person_id=None,
            name=enquiry.asked_by_name,
            role=Role.SME,
            organisation_id=enquiry.company_id,
        )
    return None


def _still_there(enquiry: Enquiry, answered: Message) -> list[Recipient]:
    """Whoever wrote this message, while they act for that side of the enquiry."""
    person = Person.objects.filter(pk=answered.person_id or 0, is_active=True).first()
    if person is None or _acting(enquiry, person, side="desk" if answered.from_desk else "company") is None:
        return []
    return [Recipient(email=person.email, name=person.name, language=person.language)]


def _acting(enquiry: Enquiry, person: Person, *, side: str) -> Actor | None:
    """The person under a hat of this side that sees the enquiry."""
    for hat in memberships.hats_of(person.pk):
        actor = memberships.actor_under(hat, person=person)
        if side_of(actor) == side and Enquiry.objects.visible_to(actor).filter(pk=enquiry.pk).exists():
            return actor
    return None
