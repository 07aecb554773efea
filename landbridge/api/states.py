"""The states of a delivery to a webhook."""

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
