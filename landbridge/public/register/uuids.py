"""A UUID for a row of ours, and the row of a UUID: the same for good, without a table that remembers them.

The number stands in the last 62 bits; what stands before it is a hash of this installation's address and of the kind of
row. Version 8 of RFC 9562 is for UUIDs whose meaning is their maker's own.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings

HIGHEST = 2**62 - 1


def uuid_of(kind: str, pk: int) -> UUID:
    """The UUID of the row of this kind. Raises ValueError for a number that no row can have."""
    if not 0 < pk <= HIGHEST:
        raise ValueError(f"{pk} is the number of no row.")
    front = int.from_bytes(
        hashlib.sha256(f"{settings.LANDBRIDGE_ADDRESS} {kind}".encode()).digest()[:8], "big"
    )
    front = (front & ~0xF000) | 0x8000
    return UUID(int=(front << 64) | (0b10 << 62) | pk)


def pk_of(kind: str, uuid: UUID) -> int | None:
    """The number of the row that this UUID names; None where it names none of this kind here."""
    pk = uuid.int & HIGHEST
    return pk if pk and uuid_of(kind, pk) == uuid else None
