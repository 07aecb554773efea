"""Applications in the situations that tests need; rows are made directly, without the actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from landbridge.applications import rules
from landbridge.applications.models import Application, Confirmation, Edit, Submission
from landbridge.applications.states import S
from landbridge.calls.models import Call, Offer, Question
from landbridge.calls.states import S as CallState
from landbridge.foundation.money import Money, euro
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Incentive, LegalBasis, Phase
from tests.cast import Cast

OPENS = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)
DURING = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
SEVEN_THOUSAND = euro(7000)
ANSWERS: dict[str, Any] = {
    "need": "Bioavailability of our compound in a validated model.",
    "staff": 12,
    "stage": "Development",
    "not_begun": True,
}


def an_open_call(phase: Phase, *, number: int = 4, **changes: Any) -> Call:
    """A published call with a form of four questions, one of each kind that matters."""
    values = {
        "title": f"Call {number}",
        "summary": "Vouchers for work in another region.",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "time_zone": "Europe/Brussels",
        "state": CallState.PUBLISHED,
        "published_at": OPENS - timedelta(days=14),
        "terms_hash": "0" * 64,
        **changes,
    }
    call = Call.objects.create(phase=phase, number=number, **values)
    for position, (key, kind, label, longest, choices) in enumerate(
        [
            ("need", "long_text", "What do you need?", 2000, []),
            ("staff", "number", "How many people work for you?", 249, []),
            ("stage", "choice", "How far is it?", 100, ["Idea", "Development", "Market"]),
            ("not_begun", "declaration", "The work has not begun.", 0, []),
        ]
    ):
        Question.objects.create(
            call=call, position=position, section="Your project", key=key, kind=kind, label=label,
            longest=longest, choices=choices,
        )  # fmt: skip
    return call


def an_offer(call: Call, *, name: str = "Collaboration voucher", cap_eur: Money = SEVEN_THOUSAND) -> Offer:
    """One incentive of the call."""
    incentive, _ = Incentive.objects.get_or_create(
        phase=call.phase,
        key=name.lower().replace(" ", "-"),
        defaults={"name": name, "purpose": "A first step together.", "cap_eur": cap_eur},
    )
    return Offer.objects.create(
        call=call, incentive=incentive, name=name, purpose=incentive.purpose, cap_eur=cap_eur,
        basis=incentive.basis, legal_basis=LegalBasis.DE_MINIMIS, validity_months=12, extension_months=6,
    )  # fmt: skip


def an_application(cast: Cast, *, offer: Offer | None = None, **changes: Any) -> Application:
    """A complete draft of the Danish company with the German institute, not yet shared."""
    offer = offer or an_offer(an_open_call(cast.phase))
    values = {
        "applicant": cast.danish_company,
        "provider": cast.german_institute,
        "partner": cast.danish_partner,
        "title": "Bioavailability of a new compound",
        "answers": dict(ANSWERS),
        "requested_eur": euro(6500),
        "started_at": OPENS,
        **changes,
    }
    application = Application.objects.create(offer=offer, call=offer.call, **values)
    Edit.objects.create(
        application=application, version=application.version, title=application.title,
        answers=application.answers, requested_eur=application.requested_eur, person_name="Dagny Danish",
        at=OPENS,
    )  # fmt: skip
    return application


def an_empty_draft(cast: Cast, **changes: Any) -> Application:
    """Just begun: nothing written, nobody named."""
    return an_application(
        cast, **{"title": "", "answers": {}, "requested_eur": None, "provider": None, **changes}
    )


def a_shared_draft(cast: Cast, **changes: Any) -> Application:
    """The provider may read and edit it, and has not said yes."""
    return an_application(cast, **{"shared_at": OPENS, **changes})


def a_confirmed_draft(cast: Cast, **changes: Any) -> Application:
    """Everything is there: it can be handed in while the call is open."""
    application = a_shared_draft(cast, **changes)
    Confirmation.objects.create(
        application=application, content_hash=application.content_hash(), person_name="Gerda German", at=OPENS
    )
    return application


def a_submitted_application(
    cast: Cast, *, number: str = "", at: datetime = DURING, **changes: Any
) -> Application:
    """Handed in, with its frozen copy; it waits for the decision."""
    application = a_confirmed_draft(cast, **changes)
    application.number = number or f"TEST-{application.call.number}-{application.pk:04d}"
    application.state = S.SUBMITTED
    application.submitted_at = application.first_submitted_at = at
    application.save()
    content = {"number": application.number, **application.content()}
    Submission.objects.create(
        application=application, at=at, person_name="Dagny Danish", content=content,
        content_hash=rules.fingerprint(content),
    )  # fmt: skip
    return application


def another_company(cast: Cast, name: str) -> Organisation:
    """One more company of the Danish region, complete in its profile."""
    company = Organisation.objects.create(
        name=name, kind="company", country="DK", region=cast.zealand, street="Vej", building_number="3",
        postcode="2100", town="København", registered_at=OPENS,
    )  # fmt: skip
    company.company_numbers.create(scheme="TEST", number=f"x{company.pk}")
    return company
