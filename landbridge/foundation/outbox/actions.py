"""Sending letters at most once, and keeping the programmes' own texts."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.identity import message_id_of
from landbridge.foundation.outbox.models import Letter, LetterText, State
from landbridge.foundation.outbox.texts import problems_with_text
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if

MOST_ATTEMPTS = 8
INTERRUPTED = "The worker stopped while it sent this letter; it may or may not have left."


def send(*, letter_id: int, at: datetime) -> bool:
    """Send a queued letter; False when there is nothing to do.

    The letter is marked before it leaves, in a transaction of its own: whoever finds it marked does not send it
    again, but calls it failed, and the office decides. Raises what the mail server refused with, so that the job
    is tried again; after the last attempt the letter is failed.
    """
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None or letter.state in (State.SENT, State.FAILED):
        return False
    mine = Letter.objects.filter(pk=letter_id, state=State.QUEUED)
    if not mine.update(state=State.SENDING, attempts=F("attempts") + 1):
        Letter.objects.filter(pk=letter_id, state=State.SENDING).update(state=State.FAILED, error=INTERRUPTED)
        return False
    sending = Letter.objects.filter(pk=letter_id, state=State.SENDING)
    try:
        message_of(letter).send()
    except Exception as error:
        gives_up = letter.attempts + 1 >= MOST_ATTEMPTS
        sending.update(state=State.FAILED if gives_up else State.QUEUED, error=str(error)[:500])
        if gives_up:
            return False
        raise
    sending.update(state=State.SENT, sent_at=at, error="")
    return True


def message_of(letter: Letter) -> EmailMessage:
    """The letter as an e-mail. Its Message-ID is its own for ever: a copy is recognised as one."""
    return EmailMessage(
        subject=letter.subject,
        body=f"{letter.body}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((letter.recipient_name, letter.recipient_email))],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": f"<{message_id_of(letter)}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **_unsubscribing(letter),
        },
    )


def _unsubscribing(letter: Letter) -> dict[str, str]:
    """What lets a mail programme offer to end such letters with one click (RFC 2369, section 3.2; RFC 8058)."""
    if not letter.unsubscribe_link:
        return {}
    return {
        "List-Unsubscribe": f"<{letter.unsubscribe_link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@transaction.atomic
def write_text(
    *, programme: str, name: str, language: str, subject: str, body: str, by: Actor, at: datetime
) -> LetterText:
    """Keep a programme's own words for a letter. Raises Refused with what is wrong beside `subject` and `body`."""
    _check_may_write(by)
    refuse_if(problems_with_text(name, subject=subject, body=body))
    text, _ = LetterText.objects.update_or_create(
        programme=programme, name=name, language=language, defaults={"subject": subject, "body": body}
    )
    record("letter_text.written", text, by=by, at=at, programme=programme, subject_line=subject)
    return text


@transaction.atomic
def drop_text(*, programme: str, name: str, language: str, by: Actor, at: datetime) -> None:
    """Go back to our words for this letter."""
    _check_may_write(by)
    text = LetterText.objects.for_update().get(programme=programme, name=name, language=language)
    record("letter_text.dropped", text, by=by, at=at, programme=programme)
    text.delete()


def _check_may_write(by: Actor) -> None:
    if not by.may(P.PROGRAMME_EDIT):
        raise NotAllowed(P.PROGRAMME_EDIT)
