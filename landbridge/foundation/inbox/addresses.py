"""Reply addresses: which object and which message an answer belongs to, and who may use the address, signed.

`enquiry+3f-1c-k2mz6vja-5pv3…@host`: the object and the message in base 36, a mark of the reader, and a signature over
the kind and all of them. Only lower-case letters, digits and hyphens: some mail servers change the rest.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "landbridge.foundation.inbox"
SIGNATURE_BYTES, READER_BYTES = 10, 5
LARGEST = 2**53  # keeps an address below the 64 octets of RFC 5321, section 4.5.3.1.1
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN = re.compile(
    r"(?P<kind>[a-z]{2,12})\+(?P<about>[0-9a-z]{1,11})-(?P<topic>[0-9a-z]{1,11})-(?P<reader>[a-z2-7]{8})"
    r"-(?P<signature>[a-z2-7]{16})"
)


@dataclass(frozen=True, slots=True)
class Addressed:
    """What a reply address says: the kind and id of the object, the message that is answered (0: none), its reader."""

    kind: str
    about_id: int
    topic_id: int
    reader: str

    def is_for(self, email: str) -> bool:
        """Whether the address was written to whoever has this e-mail address."""
        return any(constant_time_compare(self.reader, reader_mark(email, key=key)) for key in _keys())


def reply_address(kind: str, *, about_id: int, reader: str, topic_id: int = 0) -> str:
    """Where the reader, an e-mail address, answers; "" where this installation takes no mail in."""
    host = settings.LANDBRIDGE_MAIL_HOST
    if not host:
        return ""
    addressed = Addressed(kind, about_id, topic_id, reader_mark(reader))
    numbers = f"{_base36(about_id)}-{_base36(topic_id)}"
    return f"{kind}+{numbers}-{addressed.reader}-{_signature(addressed, settings.SECRET_KEY)}@{host}"


def read_address(address: str) -> Addressed | None:
    """What a signed address says; None for any other, or where the signature is wrong."""
    found = _TOKEN.fullmatch(address.partition("@")[0].strip().lower())
    if found is None:
        return None
    addressed = Addressed(found["kind"], int(found["about"], 36), int(found["topic"], 36), found["reader"])
    if max(addressed.about_id, addressed.topic_id) > LARGEST:
        return None
    fits = [constant_time_compare(found["signature"], _signature(addressed, key)) for key in _keys()]
    return addressed if any(fits) else None


def looks_like_ours(address: str) -> bool:
    """Whether an address has the form of a reply address, right or wrong."""
    local, _, host = address.strip().lower().partition("@")
    return "+" in local and host == our_host()


def takes_mail() -> bool:
    """Whether this installation takes answers by e-mail in."""
    return bool(settings.LANDBRIDGE_MAIL_HOST)


def our_host() -> str:
    """The host of our letters and of the addresses that answers go to."""
    return str(settings.LANDBRIDGE_MAIL_HOST or urlsplit(settings.LANDBRIDGE_ADDRESS).hostname or "").lower()


def reader_mark(email: str, *, key: str = "") -> str:
    """A short mark of an e-mail address, from which nobody reads the address."""
    secret, said = key or settings.SECRET_KEY, email.strip().lower()
    digest = salted_hmac(f"{SALT}.reader", said, secret=secret, algorithm="sha256").digest()
    return _base32(digest[:READER_BYTES])


def _keys() -> list[str]:
    """The key of today, and those that were in use before."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _signature(addressed: Addressed, key: str) -> str:
    said = f"{addressed.kind}|{addressed.about_id}|{addressed.topic_id}|{addressed.reader}"
    return _base32(salted_hmac(SALT, said, secret=key, algorithm="sha256").digest()[:SIGNATURE_BYTES])


def _base32(octets: bytes) -> str:
    return base64.b32encode(octets).decode().rstrip("=").lower()


def _base36(number: int) -> str:
    if not 0 <= number <= LARGEST:
        raise ValueError(f"An address can name 0 to {LARGEST}, not {number}.")
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if number == 0:
            return digits
