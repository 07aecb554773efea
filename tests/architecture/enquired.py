"""A side's enquiries with what was written about them, and an e-mail in quarantine; `world.fill` calls it."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from landbridge.enquiries import actions
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.files.store import receive
from landbridge.foundation.inbox import actions as inbox
from landbridge.foundation.inbox.addresses import Addressed, reader_mark
from landbridge.foundation.inbox.kinds import Delivery
from landbridge.foundation.inbox.reading import read
from landbridge.foundation.inbox.verdicts import Verdict
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from tests.factories.enquiries import a_summary, an_enquiry_of

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def ask_questions(side: Any) -> None:
    """One enquiry with a summary that waits, messages and a note; an e-mail about it that nobody could place."""
    things, at = side.things, side.at
    hat = Membership.objects.filter(organisation=side.applicant, role=Role.SME).order_by("pk")[0]
    company = actor_under(hat, person=hat.person)
    enquiry = an_enquiry_of(company, at=at - timedelta(days=3))
    things["enquiry"], things["enquiry_summary"] = enquiry, a_summary(enquiry, at=at, approved=False)
    file = receive(
        SimpleUploadedFile("data.pdf", PDF + f"% {enquiry.pk}\n".encode(), content_type="application/pdf")
    )
    things["message"] = actions.write_message(
        enquiry_id=enquiry.pk, text="See here.", files=[file], by=company, at=at
    )
    things["message_file"] = things["message"].files.get()
    for number in range(2):
        at += timedelta(minutes=1)
        actions.write_message(enquiry_id=enquiry.pk, text=f"Text {number}.", by=SYSTEM, at=at)
        actions.write_note(enquiry_id=enquiry.pk, text=f"Note {number}.", by=SYSTEM, at=at)
    things["mail"] = _quarantined(enquiry, at=at)


def _quarantined(enquiry: Enquiry, *, at: Any) -> Any:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = (
        "x@private.example",
        "Re:",
        f"<m{enquiry.pk}@private.example>",
    )
    mail.set_content("From elsewhere.")
    to = Addressed("enquiry", enquiry.pk, 0, reader_mark("somebody@else.example"))
    delivery = Delivery(read(mail.as_bytes()))
    taken = inbox.take_in(
        delivery=delivery, to=to, verdict=Verdict.QUARANTINE, why="unknown_sender", by=SYSTEM, at=at
    )[0]
    taken.path.parent.mkdir(parents=True, exist_ok=True)
    taken.path.write_bytes(mail.as_bytes())
    return taken
