"""From where a collaboration came, and the states of its life."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.problems import N_


class Origin(StrEnum):
    """What brought the two together."""

    ENQUIRY = "enquiry"
    INTRODUCTION = "introduction"
    ACCESS = "access"
    EVENT = "event"
    VOUCHER = "voucher"
    OTHER = "other"

    @property
    def label(self) -> str:
        return ORIGIN_NAMES[self]


ORIGIN_NAMES = {
    Origin.ENQUIRY: N_("An enquiry at a desk"),
    Origin.INTRODUCTION: N_("An introduction"),
    Origin.ACCESS: N_("Access to a facility"),
    Origin.EVENT: N_("An event"),
    Origin.VOUCHER: N_("A voucher"),
    Origin.OTHER: N_("Something else"),
}
