"""What a letter is called on its way through the post: the same for ever, so that a copy is recognised as one."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from django.conf import settings

from landbridge.foundation.outbox.models import Letter


def message_id_of(letter: Letter) -> str:
    """The letter's Message-ID, without its angle brackets."""
    return f"{hashlib.sha256(f'{letter.event_key}|{letter.recipient_email}'.encode()).hexdigest()[:32]}@{_host()}"


def is_ours(message_id: str) -> bool:
    """Whether an e-mail with this Message-ID is one of our letters, come back."""
    identity, _, host = message_id.partition("@")
    return host == _host() and re.fullmatch(r"[0-9a-f]{32}", identity) is not None


def _host() -> str:
    return urlsplit(settings.LANDBRIDGE_ADDRESS).hostname or "landbridge"
