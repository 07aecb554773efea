"""Invented requests for access, in different states: something to do for company, desk, facility and office."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from landbridge.access import actions
from landbridge.access.models import Request
from landbridge.access.rules import Asked
from landbridge.access.states import S
from landbridge.catalogue.models import Record
from landbridge.demonstration.people import BACKGROUND, PLACES
from landbridge.foundation.documents import pdf
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.introductions.states import Side
from landbridge.organisations.models import Organisation

NAME_OF = {place.key: place.name for place in (*PLACES, *BACKGROUND)}
DEVIATION = "No visits on Fridays after noon; samples are received then all the same."
RAMAN, STENTS = "Raman imaging of tissue", "Electron microscopy of catheter tips and stents"
ASSAYS, PEPTIDES = "Potency assays for antibodies", "Peptide synthesis to order"

# company, offer, days since it began, how far it has come, title, what for
REQUESTS = (
    ("mosan", RAMAN, 3, S.DRAFT, "Maps of a membrane that lost its colour",
     "Some of our strips show weak lines after a hot summer. We want to see whether the reagent has moved in the membrane."),
    ("mosan", ASSAYS, 4, S.SUBMITTED, "Does our capture antibody still bind after ageing?",
     "Three lots were aged at 45 degrees. We want one potency assay of the antibody for each, beside a fresh one."),
    ("oresund", RAMAN, 16, S.ELIGIBLE, "How deep does a peptide gel enter the wound model?",
     "We want depth profiles of a labelled peptide in twelve sections of a skin model, without staining."),
    ("mosan", STENTS, 30, S.QUOTED, "The edge of a cut strip under the electron microscope",
     "The edge where our strip is cut sheds fibres. We want pictures of ten edges cut with three kinds of blade."),
    ("mosan", PEPTIDES, 70, S.AGREED, "A stable standard for cystatin C",
     "We need a peptide that stands for the part of cystatin C that our antibody sees, in two purities."),
    ("ardenne", RAMAN, 150, S.CLOSED, "Where the ink of a sweat sensor cracks",
     "Printed silver was stretched ten thousand times. We want to see where it cracks, and what remains in between."),
)  # fmt: skip
WAY = [
    S.SUBMITTED, S.ELIGIBLE, S.FEASIBLE, S.QUOTED, S.ACCEPTED, S.AGREED, S.IN_PROGRESS, S.DELIVERED, S.CLOSED,
]  # fmt: skip


def is_there() -> bool:
    """Whether the invented requests were added before."""
    return Request.objects.filter(is_demonstration=True).exists()


def play(*, at: datetime) -> None:
    """Publish the common rules, let facilities sign them, and bring each request to where it stands."""
    rules = actions.bring_rules(by=SYSTEM, at=at - timedelta(days=200))
    for place, deviations in (("neckar", DEVIATION), ("oresund", "")):
        organisation = Organisation.objects.get(name=NAME_OF[place])
        if rules is not None:
            actions.sign(
                rule_set_id=rules.pk,
                organisation_id=organisation.pk,
                deviations=deviations,
                by=SYSTEM,
                at=at - timedelta(days=190),
            )
    for company, offer, days, state, title, purpose in REQUESTS:
        request = _begun(company, offer, title=title, purpose=purpose, at=at - timedelta(days=days))
        for number, step in enumerate(WAY[: WAY.index(state) + 1] if state in WAY else []):
            _step(request, step, at=at - timedelta(days=days) + timedelta(days=number + 1))
    _slots(at=at)


def _begun(company: str, offer: str, *, title: str, purpose: str, at: datetime) -> Request:
    record = Record.objects.public().get(name=offer, is_demonstration=True)
    request = actions.start(
        record_id=record.pk,
        company_id=Organisation.objects.get(name=NAME_OF[company]).pk,
        by=SYSTEM,
        at=at,
    )
    modes = record.service.access_modes
    asked = Asked(
        title=title,
        purpose=purpose,
        samples="Ten pieces, dry, in tubes",
        access_mode=modes[0] if modes else "ship_sample",
        wanted_until=(at + timedelta(days=120)).date(),
    )
    return actions.save(request_id=request.pk, version=request.version, asked=asked, by=SYSTEM, at=at)


def _step(request: Request, step: str, *, at: datetime) -> None:
    request = Request.objects.select_related("company", "provider").get(pk=request.pk)
    given: dict[str, Any] = {"request_id": request.pk, "by": SYSTEM, "at": at}
    day = timedelta(days=1)
    if step == S.FEASIBLE:
        actions.answer_feasibility(feasibility="as_asked", changes="", reason="", **given)
    elif step == S.QUOTED:
        text = "Preparation, two days at the instrument, pictures with scale, and a short report."
        actions.quote(amount_eur=euro(3800), text=text, holds_until=(at + 60 * day).date(), **given)
    elif step == S.ACCEPTED:
        actions.accept(quote_id=request.quotes.latest("version").pk, **given)
    elif step == S.AGREED:
        first = 1 if _is_played_to_its_end(request) else 70
        days = {"starts_on": (at + first * day).date(), "ends_on": (at + (first + 1) * day).date()}
        actions.agree(**{**given, **days, "contract": _contract(request, at=at)})
    elif step == S.CLOSED:
        words = {
            Side.COMPANY: (5, "Pictures that our printer understood at once."),
            Side.PROVIDER: (4, "Samples came well labelled; a week later than said."),
        }
        for side, (rating, text) in words.items():
            actions.give_feedback(rating=rating, text=text, side=side, **given)
        actions.close(**given)
    else:
        simple = {
            S.SUBMITTED: actions.submit,
            S.ELIGIBLE: actions.find_eligible,
            S.IN_PROGRESS: actions.begin,
            S.DELIVERED: actions.deliver,
        }
        simple[S(step)](**given)


def _is_played_to_its_end(request: Request) -> bool:
    """Whether this is one of those that are played to their end."""
    return request.title in {title for _, _, _, state, title, _ in REQUESTS if state is S.CLOSED}


def _slots(*, at: datetime) -> None:
    """Mornings of the next weeks at the electron microscope, for the request that has a quote."""
    offer = Record.objects.public().get(name=STENTS, is_demonstration=True)
    for days in (9, 10, 16, 17, 23):
        begins = (at + timedelta(days=days)).replace(hour=8, minute=0, second=0, microsecond=0)
        actions.offer_slot(
            record_id=offer.pk, starts_at=begins, ends_at=begins + timedelta(hours=4), by=SYSTEM, at=at
        )


def _contract(request: Request, *, at: datetime) -> Received:
    """An invented contract: one page that says so."""
    data = {
        "number": request.number,
        "programme": "Demonstration",
        "sender": [request.provider.name],
        "recipient": [request.company.name],
        "reference": [["Request", request.number]],
        "opening": "This is an invented contract between invented parties. It binds nobody.",
        "amount": {"label": "Price", "value": "As quoted"},
        "facts": [["About", request.title]],
        "purpose_heading": "What for",
        "purpose": request.purpose,
        "quote_heading": "Work",
        "quote": "As quoted.",
        "changes": "",
        "slots_heading": "",
        "slots": [],
        "rules_heading": "Rules",
        "rules": "The common rules of access.",
        "deviations": "",
        "closing": "Invented for the demonstration.",
    }
    content = pdf("access/agreement.typ", data, title=f"Contract {request.number}", at=at)
    return receive(ContentFile(content, name=f"contract-{request.number}.pdf"), kinds=frozenset({Kind.PDF}))
