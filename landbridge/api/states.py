"""The states of a delivery to a webhook, and of an archive that somebody ordered."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.problems import N_


class Delivered(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return DELIVERED_NAMES[self]


DELIVERED_NAMES = {
    Delivered.WAITING: N_("Waiting"),
    Delivered.DELIVERED: N_("Delivered"),
    Delivered.FAILED: N_("Given up"),
}


class Ordered(StrEnum):
    ORDERED = "ordered"
    READY = "ready"
    SPOILT = "spoilt"
    GONE = "gone"

    @property
    def label(self) -> str:
        return ORDERED_NAMES[self]


ORDERED_NAMES = {
    Ordered.ORDERED: N_("Being written"),
    Ordered.READY: N_("Ready"),
    Ordered.SPOILT: N_("Could not be written"),
    Ordered.GONE: N_("Deleted"),
}
