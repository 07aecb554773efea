"""The answers of both sides, and what follows from two yeses: names, contacts, the enquiry's next state."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from landbridge.catalogue import actions as catalogue
from landbridge.enquiries import actions as enquiries
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.states import WORKFLOW as ENQUIRY_WORKFLOW
from landbridge.enquiries.states import M as EnquiryMove
from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.introductions import queries, rules
from landbridge.introductions.actions.locking import check_leads, end_clock, lock, tell_sides
from landbridge.introductions.models import Answer, Introduction, Limit
from landbridge.introductions.states import WORKFLOW, M, Side
from landbridge.organisations.models import Organisation


@transaction.atomic
def answer(
    *, introduction_id: int, said_yes: bool, reason: str = "", email: str = "", by: Actor, at: datetime
) -> Introduction:
    """One side says yes, or no with a reason that only the desk reads. The second yes introduces them.

    `email` is where whoever answers by the link of a letter is reached; a person who has signed in is reached at
    their own address. A no ends it at once: whoever said it never learns who asked, and the other side not why.
    """
    introduction = lock(introduction_id, by=by)
    yes = WORKFLOW.target(M.MAKE, of=introduction, by=by)
    no = WORKFLOW.target(M.REFUSE, of=introduction, by=by)
    side = queries.side_of(introduction, by)
    if side is None or introduction.lapses_at is None:
        raise NotAllowed(P.INTRODUCTION_ANSWER)
    given = dict(Answer.objects.filter(introduction=introduction).values_list("side", "said_yes"))
    refuse_if(
        rules.problems_with_answer(
            said_yes=said_yes,
            reason=reason,
            has_answered=side in given,
            lapses_at=introduction.lapses_at,
            at=at,
        )
    )
    Answer.objects.create(
        introduction=introduction,
        side=side,
        said_yes=said_yes,
        reason="" if said_yes else reason.strip(),
        person_id=by.person_id,
        person_name=by.name[:150],
        person_email=_email_of(by) or email,
        at=at,
    )
    write_down("introduction.answered", introduction, by=by, at=at, side=side.value, said_yes=said_yes)
    if not said_yes:
        return _refused(introduction, no, side=side, reason=reason.strip(), by=by, at=at)
    if len(given) + 1 == len(Side):
        return _made(introduction, yes, by=by, at=at)
    return introduction


@transaction.atomic
def report(
    *, introduction_id: int, outcome: str, outcome_text: str = "", by: Actor, at: datetime
) -> Introduction:
    """The leading desk writes down what came of it; the enquiry's outcome is known with it."""
    introduction = lock(introduction_id, by=by)
    target = WORKFLOW.target(M.REPORT, of=introduction, by=by)
    check_leads(introduction, by=by)
    refuse_if(rules.problems_with_outcome(outcome, outcome_text))
    introduction.state = target
    introduction.outcome, introduction.outcome_text = outcome, outcome_text.strip()
    introduction.save(update_fields=["state", "outcome", "outcome_text"])
    write_down("introduction.outcome_reported", introduction, by=by, at=at, outcome=outcome)
    enquiry = introduction.enquiry
    if enquiry is not None and ENQUIRY_WORKFLOW.allows(EnquiryMove.REPORT_OUTCOME, of=enquiry, by=SYSTEM):
        enquiries.report_outcome(
            enquiry_id=enquiry.pk, outcome=outcome_text.strip() or outcome, by=SYSTEM, at=at
        )
    return introduction


@transaction.atomic
def limit(*, organisation_id: int, most_open: int, by: Actor, at: datetime) -> Organisation:
    """A provider says how many open introductions it takes at a time; it holds from the next question on."""
    organisation = Organisation.objects.visible_to(by).for_update().get(pk=organisation_id)
    if not by.may(P.INTRODUCTION_ANSWER):
        raise NotAllowed(P.INTRODUCTION_ANSWER)
    refuse_if(rules.problems_with_limit(most_open))
    Limit.objects.update_or_create(
        organisation=organisation, defaults={"most_open": most_open, "changed_at": at}
    )
    write_down("introduction.limit_set", organisation, by=by, at=at, most_open=most_open)
    return organisation


def _refused(
    introduction: Introduction, target: str, *, side: Side, reason: str, by: Actor, at: datetime
) -> Introduction:
    introduction.state, introduction.ended_at = target, at
    introduction.save(update_fields=["state", "ended_at"])
    write_down("introduction.refused", introduction, by=by, at=at)
    other = Side.PROVIDER if side is Side.COMPANY else Side.COMPANY
    tell_sides("came_to_nothing", introduction, at=at, sides=[other])
    tell(
        "introductions/refused_desk",
        introduction,
        to=queries.people_of_leading_desk(introduction),
        at=at,
        context={"title": introduction.title, "reason": reason, "side": side.value},
    )
    end_clock(introduction, by=SYSTEM, at=at)
    return introduction


def _made(introduction: Introduction, target: str, *, by: Actor, at: datetime) -> Introduction:
    """From here on the names are open: each side gets the contact of the other's person who answered."""
    introduction.state, introduction.made_at = target, at
    introduction.save(update_fields=["state", "made_at"])
    write_down("introduction.made", introduction, by=by, at=at)
    contacts = {side: queries.contact_of(introduction, side) for side in Side}
    shown = {side: {"contact": asdict(contact)} for side, contact in contacts.items() if contact}
    tell_sides(
        "made",
        introduction,
        at=at,
        context={Side.COMPANY: shown[Side.PROVIDER], Side.PROVIDER: shown[Side.COMPANY]},
    )
    desks = [*queries.people_of_leading_desk(introduction), *queries.people_of_other_desk(introduction)]
    company, provider = introduction.company.name, introduction.provider.name
    context = {"title": introduction.title, "company": company, "provider": provider}
    tell("introductions/made_desk", introduction, to=desks, at=at, context=context)
    _carry_on(introduction.enquiry, at=at)
    if introduction.record_id is not None:
        catalogue.confirm(record_id=introduction.record_id, what="record", way="case", by=by, at=at)
    end_clock(introduction, by=SYSTEM, at=at)
    return introduction


def _carry_on(enquiry: Enquiry | None, *, at: datetime) -> None:
    """The enquiry is at introducing, wherever its desk had gone on to meanwhile; one that has ended stays so."""
    if enquiry is not None and ENQUIRY_WORKFLOW.allows(EnquiryMove.INTRODUCE, of=enquiry, by=SYSTEM):
        enquiries.introduce(enquiry_id=enquiry.pk, by=SYSTEM, at=at)


def _email_of(by: Actor) -> str:
    if by.person_id is None:
        return ""
    found = Person.objects.filter(pk=by.person_id).values_list("email", flat=True).first()
    return str(found or "")
