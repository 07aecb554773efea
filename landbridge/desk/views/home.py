"""Each role's home: what waits for me, and until when."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.calls.queries import open_calls
from landbridge.desk.queries import home_of, waiting_elsewhere
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.guards import Request, signed_in
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import open_offers_to

MOST_CALLS = 5
# What will stand here for roles whose work comes with later words.
COMING = {
    Role.ASSESSOR: N_(
        "Pitches to mark stand here while you sit on a jury. The assessment of applications is not part of this version: "
        "of those nothing waits for you."
    ),
}
ALL_DONE = {
    Role.SME: N_("When a draft, a voucher or a claim needs you, it appears here with its deadline."),
    Role.PROVIDER: N_("When a company names you as its partner and shares its draft, it appears here."),
    Role.BROKER: N_("Drafts of your region's companies and vouchers that run out will appear here."),
    Role.OFFICE: N_("Applications to decide and calls to prepare or finish will appear here."),
    Role.ORGANISER: N_("Events to publish and registrations to decide on will appear here."),
    Role.INVESTOR: N_("Pitches that a jury selected, and sessions to look back on, will appear here."),
    Role.FINANCE: N_("Bank accounts, claims, payment files and transfers will appear here."),
    Role.AUDITOR: N_("You have no duties with a deadline. Read the record, or draw a sample."),
}


@signed_in
@require_GET
def home(request: Request) -> HttpResponse:
    """The desk of the hat that is worn, and how much waits under the others."""
    actor, person = request.actor, request.user
    assert isinstance(person, Person)  # noqa: S101 - the guard let nobody else in
    hats: list[Membership] = request.hats  # type: ignore[attr-defined]
    worn = next((hat for hat in hats if hat.pk == actor.membership_id), None)
    context: dict[str, Any] = {
        "worn": worn,
        "home": home_of(actor, at=request.now),
        "offers": open_offers_to(person, at=request.now),
        "others": waiting_elsewhere(person, hats, worn=actor.membership_id, at=request.now),
        "coming": _(COMING[actor.role]) if actor.role in COMING else "",
        "all_done": _(ALL_DONE[actor.role]) if actor.role in ALL_DONE else "",
        "open_calls": list(open_calls(request.now)[:MOST_CALLS]) if _looks_for_calls(request) else [],
        "may_audit": actor.may(P.AUDIT_SEE),
    }
    return render(request, "desk/home.html", context)


def _looks_for_calls(request: Request) -> bool:
    return request.actor.role in (None, Role.SME, Role.PROVIDER, Role.BROKER)
