"""An e-mail backend that lays every letter into a folder, one `.eml` file each, instead of sending it."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from landbridge.foundation import clock

_numbers = itertools.count(1)


class EmailBackend(BaseEmailBackend):
    """Chosen by `LANDBRIDGE_LETTERS_DIR`. A file appears complete or not at all; their names sort by time."""

    def __init__(self, fail_silently: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002 - Django's signature
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{clock.now():%Y%m%d-%H%M%S-%f}-{os.getpid()}-{next(_numbers)}-{_addressee(message)}.eml"
            unfinished = self.folder / f".{name}"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.replace(self.folder / name)
        return len(email_messages)


def _addressee(message: EmailMessage) -> str:
    first = next(iter(message.recipients()), "nobody")
    return re.sub(r"[^A-Za-z0-9@.+-]+", "_", first)[-80:]
