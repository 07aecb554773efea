"""The way of an e-mail from its octets to its row: read, judged, its files received, then taken in. Two doors lead here."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings

from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.inbox import actions
from landbridge.foundation.inbox.addresses import Addressed, looks_like_ours, our_host, read_address
from landbridge.foundation.inbox.kinds import Delivery
from landbridge.foundation.inbox.models import Incoming, path_of
from landbridge.foundation.inbox.reading import MOST_BYTES, Attachment, Mail, read
from landbridge.foundation.inbox.verdicts import Verdict, why_automatic, why_loop
from landbridge.foundation.outbox.identity import is_ours
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import Refused

HEAD = 64_000  # of an e-mail that is too large, only its headers are read


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one e-mail."""

    incoming: Incoming
    verdict: Verdict


def take(raw: bytes, *, at: datetime) -> Outcome:
    """Take one raw e-mail in. Never raises for what stands in it; the same e-mail twice is taken in once."""
    if len(raw) > MOST_BYTES:
        mail = replace(read(raw[:HEAD]), text="", rest="", attachments=(), size=len(raw))
        return _outcome(Delivery(mail), None, Verdict.TOO_LARGE, "", at=at)
    mail = read(raw)
    to = next(filter(None, map(read_address, mail.to)), None)
    verdict, why = _judged(mail, to, at=at)
    if Incoming.objects.filter(message_id=mail.message_id).exists():
        return _outcome(Delivery(mail), to, verdict, why, at=at)
    _keep(raw, sha256=mail.sha256)
    delivery = with_files(mail) if verdict is Verdict.ACCEPTED else Delivery(mail)
    return _outcome(delivery, to, verdict, why, at=at)


def with_files(mail: Mail) -> Delivery:
    """The e-mail with its attachments received and inspected; what is not accepted is named."""
    files: list[Received] = []
    refused: list[str] = []
    for attachment in mail.attachments:
        received = _received(attachment)
        if received is None:
            refused.append(str(attachment.name))
        else:
            files.append(received)
    return Delivery(mail, tuple(files), tuple(refused))


def kept(incoming: Incoming) -> Mail | None:
    """The e-mail as it was read; None where the raw one is no longer kept."""
    try:
        return read(incoming.path.read_bytes())
    except OSError:
        return None


def _outcome(
    delivery: Delivery, to: Addressed | None, verdict: Verdict, why: str, *, at: datetime
) -> Outcome:
    incoming, is_new = actions.take_in(delivery=delivery, to=to, verdict=verdict, why=why, by=SYSTEM, at=at)
    return Outcome(incoming, Verdict(incoming.verdict) if is_new else Verdict.DUPLICATE)


def _judged(mail: Mail, to: Addressed | None, *, at: datetime) -> tuple[Verdict, str]:
    """Loops first, then machines, then whether the address is right and written for whoever sent this."""
    lately = Incoming.objects.filter(sender=mail.sender, received_at__gt=at - timedelta(hours=1)).count()
    own = {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(), f"postmaster@{our_host()}"}
    circle = why_loop(
        mail,
        our_addresses=frozenset(own),
        is_our_letter=is_ours(mail.message_id) or _is_reply_address(mail.sender),
        lately=lately if mail.sender else 0,
    )
    if circle:
        return Verdict.LOOP, circle
    automatic = why_automatic(mail)
    if automatic:
        return Verdict.AUTOMATIC, automatic
    if to is None:
        ours = any(looks_like_ours(address) for address in mail.to)
        return Verdict.QUARANTINE, "bad_signature" if ours else "no_reply_address"
    if not mail.sender or not to.is_for(mail.sender):
        return Verdict.QUARANTINE, "unknown_sender"
    return Verdict.ACCEPTED, ""


def _is_reply_address(sender: str) -> bool:
    return read_address(sender) is not None and sender.endswith(f"@{our_host()}")


def _received(attachment: Attachment) -> Received | None:
    try:
        return receive(attachment)
    except Refused:
        return None


def _keep(raw: bytes, *, sha256: str) -> Path:
    """Lay the raw e-mail on the disk; it appears complete or not at all."""
    place = path_of(sha256)
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(place)
    return place
