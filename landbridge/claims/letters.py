"""The letters about a claim."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from landbridge.claims import queries
from landbridge.claims.models import Claim
from landbridge.foundation.outbox.tell import Recipient, tell


def tell_about(event: str, claim: Claim, *, at: datetime, to: Iterable[Recipient], reason: str = "") -> None:
    """Write to these people what happened to the claim, in the programme's words."""
    tell(
        f"claims/{event}",
        claim,
        to=list(to),
        at=at,
        programme=claim.voucher.application.call.phase.programme.key,
        context={
            "number": claim.number,
            "voucher": claim.voucher.number,
            "applicant": claim.voucher.application.applicant.name,
            "partner": claim.voucher.application.partner.name,
            "claimed": queries.claimed(claim),
            "accepted": claim.accepted_eur,
            "paid_on": claim.paid_on,
            "reason": reason,
        },
    )
