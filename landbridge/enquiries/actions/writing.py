"""Messages between the company and its desk, and the private notes of the desks: two tables, two doors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from landbridge.enquiries import queries, rules
from landbridge.enquiries.actions.duties import FIRST_CONTACT, _end
from landbridge.enquiries.actions.locking import _lock, _tell
from landbridge.enquiries.models import Enquiry, Message, Note
from landbridge.foundation.audit.record import record
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.inbox.addresses import takes_mail
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if


@transaction.atomic
def write_message(
    *,
    enquiry_id: int,
    text: str,
    by: Actor,
    at: datetime,
    files: Sequence[Received] = (),
    answers_id: int | None = None,
    mail_id: str = "",
    rest: str = "",
) -> Message:
    """Write to the other side, on the page or by e-mail, and tell it.

    It answers the message `answers_id`, or else the newest of the other side, and goes to whoever wrote that. `rest`
    is what an e-mail quoted and signed; it is kept below a fold. Files were received and inspected before.
    """
    enquiry = _lock(enquiry_id, by=by)
    is_desk = by.role is not Role.SME
    needed = P.ENQUIRY_WORK if is_desk else P.ENQUIRY_ASK
    if not by.may(needed):
        raise NotAllowed(needed)
    refuse_if(rules.problems_with_writing(text, files=len(files)))
    answered = _answered(enquiry, answers_id, is_desk=is_desk)
    message = Message.objects.create(
        enquiry=enquiry,
        from_desk=is_desk,
        text=rules.with_rest(text, rest),
        person_id=by.person_id,
        person_name=by.name,
        answers=answered,
        mail_id=mail_id,
        written_at=at,
    )
    message.files.set([store(one, by=by, at=at) for one in files[: rules.MOST_FILES]])
    side = "desk" if is_desk else "company"
    record("enquiry.message_written", enquiry, by=by, at=at, side=side, files=len(files))
    if is_desk:
        _end(FIRST_CONTACT, enquiry=enquiry, by=by, at=at)
    _tell(
        "message",
        enquiry,
        to=queries.readers_of(message, answered=answered),
        at=at,
        message=message,
        person=by.name,
        text=text.strip(),
        files=[one.name for one in files],
        by_mail=takes_mail(),
    )
    return message


@transaction.atomic
def mark_read(*, enquiry_id: int, by: Actor, at: datetime) -> int:
    """The messages of the other side were shown to this one; returns how many of them were new. Not for watchers."""
    side = queries.side_of(by)
    enquiry = Enquiry.objects.visible_to(by).get(pk=enquiry_id)
    if side is None:
        return 0
    return Message.objects.filter(enquiry=enquiry, from_desk=side == "company", read_at__isnull=True).update(
        read_at=at
    )


@transaction.atomic
def write_note(*, enquiry_id: int, text: str, by: Actor, at: datetime) -> Note:
    """A private note of a desk. Nobody is told; the record says that there is one, not what it says."""
    if not by.may(P.ENQUIRY_WORK):
        raise NotAllowed(P.ENQUIRY_WORK)
    enquiry = _lock(enquiry_id, by=by)
    refuse_if(rules.problems_with_writing(text, longest=rules.LONGEST_NOTE))
    note = Note.objects.create(
        enquiry=enquiry,
        text=text.strip(),
        person_id=by.person_id,
        person_name=by.name,
        region_id=by.region_id,
        written_at=at,
    )
    record("note.written", note, by=by, at=at)
    return note


def _answered(enquiry: Enquiry, answers_id: int | None, *, is_desk: bool) -> Message | None:
    """The message that is answered: the one named, of this enquiry; else the newest of the other side."""
    rows = Message.objects.filter(enquiry=enquiry)
    if answers_id is None:
        return rows.filter(from_desk=not is_desk).order_by("-written_at", "-pk").first()
    found = rows.filter(pk=answers_id).first()
    if found is None:
        refuse("answers_nothing", N_("The message that this answers is not here."))
    return found
