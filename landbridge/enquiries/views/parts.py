"""What the enquiry's page shows of the desks' work: who leads, the nearest clock, scouts, the shortlist."""

from __future__ import annotations

from typing import Any

from landbridge.clocks import queries as clock_queries
from landbridge.enquiries import queries
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.states import LeadState
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role


def desk_parts(request: Request, found: Enquiry) -> dict[str, Any]:
    """The context of `enquiries/_lead.html` and `enquiries/_candidates.html`; seven queries."""
    actor: Actor = request.actor
    every = queries.leads_of(found)
    lead = next(one for one in every if one.state == LeadState.ACCEPTED)
    nearest = list(clock_queries.due_of(found._meta.label_lower, [found.pk]).values())
    shown = clock_queries.shown(nearest, at=request.now)
    is_company = actor.role is Role.SME
    return {
        "lead": lead,
        "lead_offer": next((one for one in every if one.state == LeadState.OFFERED), None),
        "led_before": [one for one in every if one.state not in (LeadState.ACCEPTED, LeadState.OFFERED)]
        if not is_company
        else [one for one in every if one.state == LeadState.ENDED],
        "is_mine": lead.membership_id is not None and lead.membership_id == actor.membership_id,
        "may_lead": actor.may(P.ENQUIRY_WORK) and found.ended_at is None,
        "sights": [] if is_company else queries.sights_of(found, at=request.now),
        "due_at": next((clock.due_at for clock in nearest if clock.paused_at is None), None),
        "clock": next(iter(shown.values()), None),
        "candidates": queries.shortlist_for(found, actor=actor),
    }
