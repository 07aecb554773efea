"""What answers by e-mail become: messages of the enquiry, from whoever our letter was written to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from landbridge.enquiries import actions, queries, rules
from landbridge.enquiries.actions.locking import KIND
from landbridge.enquiries.models import Enquiry, Message
from landbridge.foundation.inbox.addresses import Addressed
from landbridge.foundation.inbox.kinds import Delivery, Kind, UnknownSender
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_


def deliver(to: Addressed, delivery: Delivery, at: datetime) -> Message:
    """A message from whoever the letter was written to, in answer to the message that it told about.

    Raises UnknownSender for whoever has no part in the enquiry any more.
    """
    enquiry = Enquiry.objects.select_related("company").get(pk=to.about_id)
    writer = queries.writer_by_mail(enquiry, email=delivery.mail.sender)
    if writer is None:
        raise UnknownSender
    return _laid_down(enquiry, delivery, by=writer, answers_id=to.topic_id or None, at=at)


def attach(about_id: int, delivery: Delivery, by: Actor, at: datetime) -> Message:
    """A message that a person took out of quarantine: from the company, under the sender's name and address."""
    enquiry = Enquiry.objects.visible_to(by).select_related("company").get(pk=about_id)
    mail = delivery.mail
    known = queries.writer_by_mail(enquiry, email=mail.sender)
    name = f"{mail.sender_name} ({mail.sender})" if mail.sender_name else mail.sender
    stranger = Actor(person_id=None, name=name[:150], role=Role.SME, organisation_id=enquiry.company_id)
    return _laid_down(enquiry, delivery, by=known or stranger, answers_id=None, at=at)


def find(said: str, actor: Actor) -> Enquiry | None:
    """The enquiry whose number was typed, if this person sees it."""
    meant = rules.meant_by(said)
    return Enquiry.objects.visible_to(actor).filter(number=meant[0]).first() if len(meant) == 1 else None


def seen_by(actor: Actor) -> models.QuerySet[Any, Any]:
    """The ids of the enquiries that this person sees."""
    return Enquiry.objects.visible_to(actor).values("pk")


def _laid_down(
    enquiry: Enquiry, delivery: Delivery, *, by: Actor, answers_id: int | None, at: datetime
) -> Message:
    """What a desk's e-mail quotes is left out: a broker may have answered from within a thread of the desk."""
    text = delivery.mail.text
    if delivery.refused_files:
        names = ", ".join(delivery.refused_files)
        text = f"{text}\n\n[{_('Not taken over, for this kind of file is not accepted: %s') % names}]".strip()
    return actions.write_message(
        enquiry_id=enquiry.pk,
        text=text,
        rest=delivery.mail.rest if by.role is Role.SME else "",
        files=delivery.files,
        answers_id=answers_id,
        mail_id=delivery.mail.message_id,
        by=by,
        at=at,
    )


KIND_OF_MAIL = Kind(
    key=KIND, name=N_("An enquiry"), deliver=deliver, attach=attach, find=find, seen_by=seen_by
)
