"""Telling people: letters as rows, in the transaction of the change they tell about."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db import models, transaction
from django.template import TemplateSyntaxError

from landbridge.foundation.audit.record import record
from landbridge.foundation.messages.spoken import spoken
from landbridge.foundation.outbox import texts
from landbridge.foundation.outbox.models import Letter, LetterText, State
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tasks import hand_out, send
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse

__all__ = ["Recipient", "ToTell", "send_again", "tell", "tell_each"]

logger = logging.getLogger(__name__)


def tell(
    name: str,
    about: models.Model,
    *,
    to: Iterable[Recipient],
    at: datetime,
    programme: str = "",
    context: Mapping[str, object] | None = None,
    key: str | None = None,
    reply_to: Callable[[Recipient], str] | None = None,
    unsubscribe_link: str = "",
) -> list[Letter]:
    """Write the letter `name` to each recipient, in their language; a job sends it once the change is made.

    The text has the places `about`, `link`, `recipient` and `programme`, and those of `context`: text, numbers,
    amounts, dates, lists and dicts or dataclasses of them. Amounts and dates are written as the reader writes them;
    a moment in a named zone keeps its zone. Where the programme of this key has a text of its own, that is used.

    `key` names the event: the same event is told to the same address once, ever. Without it the event is this
    letter about this row at this moment. `reply_to` says for each recipient where an answer by e-mail goes.
    `unsubscribe_link` is the address that ends letters of this kind by one post, without signing in (RFC 8058): mail
    programmes offer it as a button, so it is one recipient's own.

    Raises TransactionManagementError outside a transaction, and MissingValue when the text names a value that is not
    there.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{name} was told outside a transaction.")
    event_key = (key or f"{name}|{about._meta.label_lower}|{about.pk}|{at.isoformat()}")[:250]
    recipients = {person.email.strip().lower(): person for person in to if person.email.strip()}
    if not recipients:
        return []
    told = Letter.objects.filter(event_key=event_key, recipient_email__in=list(recipients))
    for email in told.values_list("recipient_email", flat=True):
        del recipients[email]
    values = {**(context or {}), "about": str(about), "link": _link_to(about), "programme": programme}
    letters = [
        _written(name, person, email=email, values=values, programme=programme)
        for email, person in recipients.items()
    ]
    for letter in letters:
        letter.about_table, letter.about_id, letter.about_name = (
            about._meta.label_lower,
            about.pk,
            str(about)[:200],
        )
        letter.event_key, letter.created_at = event_key, at
        letter.reply_to = reply_to(recipients[letter.recipient_email]) if reply_to else ""
        letter.unsubscribe_link = unsubscribe_link
        letter.save(force_insert=True)
        send.enqueue(letter.pk)
    return letters


@dataclass(frozen=True, slots=True)
class ToTell:
    """One of many: who, about which row, and what their own letter says."""

    recipient: Recipient
    about: models.Model
    context: Mapping[str, object]


def tell_each(
    name: str, people: Sequence[ToTell], *, at: datetime, key: str, programme: str = ""
) -> list[Letter]:
    """Write the letter `name` to many people, to each their own text, in a handful of statements; one job sends them.

    As `tell`, but for hundreds at once: the same event, named by `key`, is told to the same address once, ever.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{name} was told outside a transaction.")
    waiting = {one.recipient.email.strip().lower(): one for one in people if one.recipient.email.strip()}
    told = Letter.objects.filter(event_key=key[:250])
    for email in told.values_list("recipient_email", flat=True):
        waiting.pop(email, None)
    letters = []
    for email, one in waiting.items():
        values = {
            **one.context,
            "about": str(one.about),
            "link": one.context.get("link") or _link_to(one.about),
            "programme": programme,
        }
        letter = _written(name, one.recipient, email=email, values=values, programme=programme)
        letter.about_table, letter.about_id = one.about._meta.label_lower, one.about.pk
        letter.about_name, letter.event_key, letter.created_at = str(one.about)[:200], key[:250], at
        letters.append(letter)
    if letters:
        letters = Letter.objects.bulk_create(letters, batch_size=200)
        hand_out.enqueue([letter.pk for letter in letters])
    return letters


@transaction.atomic
def send_again(*, letter_id: int, by: Actor, at: datetime) -> Letter:
    """Put a failed letter back into the queue: someone has looked, and decided that it should leave once more."""
    letter = Letter.objects.visible_to(by).for_update().get(pk=letter_id)
    if not by.may(P.PROGRAMME_EDIT):
        raise NotAllowed(P.PROGRAMME_EDIT)
    if letter.state != State.FAILED:
        refuse("letter_not_failed", N_("Only a letter that failed can be sent again."))
    letter.state, letter.attempts, letter.error = State.QUEUED, 0, ""
    letter.save(update_fields=["state", "attempts", "error"])
    record("letter.sent_again", letter, by=by, at=at)
    send.enqueue(letter.pk)
    return letter


def _written(
    name: str, person: Recipient, *, email: str, values: Mapping[str, object], programme: str
) -> Letter:
    language = spoken(person.language)
    values = {**values, "recipient": person.name or email}
    subject, body = _worded(name, values, programme=programme, language=language)
    return Letter(
        template=name,
        programme=programme,
        language=language,
        subject=subject,
        body=body,
        recipient_email=email,
        recipient_name=texts.one_line(person.name)[:150],
    )


def _worded(name: str, values: Mapping[str, object], *, programme: str, language: str) -> tuple[str, str]:
    """The programme's own words where it has some that still work, else ours."""
    own = (
        LetterText.objects.filter(programme=programme, name=name, language=language).first()
        if programme
        else None
    )
    if own is not None:
        try:
            return texts.theirs(own.subject, own.body, values, language=language)
        except (TemplateSyntaxError, ValueError):
            logger.exception(
                "The text %s of programme %s does not work any more; ours is sent.", own, programme
            )
    return texts.ours(name, values, language=language)


def _link_to(about: models.Model) -> str:
    """The address of the page about it, for a letter; the front page where it has none."""
    find = getattr(about, "get_absolute_url", None)
    return urljoin(settings.LANDBRIDGE_ADDRESS, str(find()) if find else "/")
