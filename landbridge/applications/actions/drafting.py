"""Starting a draft and writing on it, alone or two at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from landbridge.applications import queries, rules
from landbridge.applications.models import Application, Edit
from landbridge.applications.rules import Asked, Draft, Merge
from landbridge.applications.states import S
from landbridge.calls.models import Call, Offer
from landbridge.foundation.audit.record import record
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, Problem, Refused, refuse, refuse_if
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner


class Stale(Refused):
    """Somebody else wrote in the same field. Holds both texts and stored neither: the writer decides."""

    def __init__(self, merge: Merge, *, latest: Edit) -> None:
        self.merge, self.latest = merge, latest
        super().__init__(
            Problem(
                code="stale",
                message=N_("%(person)s changed this while you were writing."),
                cure=N_(
                    "Both texts are shown. Keep yours, take theirs, or put them together; then save again."
                ),
                field=name,
                params={"person": latest.person_name},
            )
            for name in merge.conflicts
        )


@transaction.atomic
def start(
    *,
    offer_id: int,
    by: Actor,
    at: datetime,
    applicant_id: int | None = None,
    access_request_id: int | None = None,
    seat_id: int | None = None,
) -> Application:
    """Begin a draft for the actor's company, or for `applicant_id` where Landbridge itself plays one back.

    From a request for access of the same company it takes the provider, the title and the purpose; from a meeting of
    the actor (`seat_id`) the other side and why the two met.

    The partner of the company's region pays. Refused outside the call's window, and with the names of the
    desks where no partner pays for that region.
    """
    _require(P.APPLICATION_DRAFT, by=by)
    offer = Offer.objects.select_related("call__phase").get(
        pk=offer_id, call__in=Call.objects.visible_to(by).values("pk")
    )
    applicant = _applicant(applicant_id, by=by)
    if not offer.call.is_open(at):
        refuse(
            "call_not_open",
            N_("This call takes no applications at this moment."),
            cure=N_("Look at the list of calls for one that is open."),
        )
    filled = _filled(access_request_id, seat_id, call=offer.call, applicant=applicant, by=by)
    application = Application.objects.create(
        call=offer.call,
        offer=offer,
        applicant=applicant,
        partner=_paying_partner(applicant, programme_id=offer.call.phase.programme_id),
        started_at=at,
        **filled,
    )
    _keep_version(application, by=by, at=at)
    record("application.started", application, by=by, at=at, offer=offer.name, applicant=applicant.name)
    return application


@transaction.atomic
def save(
    *,
    application_id: int,
    version: int,
    title: str,
    answers: Mapping[str, Any],
    requested_eur: Money | None,
    by: Actor,
    at: datetime,
) -> Application:
    """Store what was written on the draft that the writer saw at `version`; gaps are allowed, wrong types are not.

    Fields that somebody else changed since are merged. Where both changed the same field differently, raises
    `Stale` with both texts. The same save twice changes nothing the second time.
    """
    application = lock_draft(application_id, P.APPLICATION_EDIT, by=by)
    questions = tuple(queries.asked_by(question) for question in queries.questions_of(application.call))
    mine = _tidied(title, answers, requested_eur, questions=questions)
    refuse_if(_unstorable(mine, questions=questions, cap=application.offer.cap_eur))

    draft = _merged(mine, into=application, seen=version)
    changed = _changes(application.draft(), draft)
    if not changed:
        return application
    application.title, application.requested_eur = draft.title, draft.requested_eur
    application.answers = dict(draft.answers)
    application.version += 1
    application.save(update_fields=["title", "answers", "requested_eur", "version"])
    _keep_version(application, by=by, at=at)
    record("application.saved", application, by=by, at=at, version=application.version, fields=changed)
    return application


def lock_draft(application_id: int, permission: P, *, by: Actor) -> Application:
    """The draft, locked, for somebody who sees it and may do this to it."""
    _require(permission, by=by)
    application = (
        Application.objects.visible_to(by)
        .for_update()
        .select_related("call__phase__programme", "offer", "applicant", "partner")
        .get(pk=application_id)
    )
    if application.state != S.DRAFT:
        refuse(
            "not_a_draft",
            N_("This application is no longer a draft and cannot be changed."),
            cure=N_("Ask your region's desk to return it for correction while the call is open."),
        )
    return application


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _applicant(applicant_id: int | None, *, by: Actor) -> Organisation:
    """A company's people apply for their own company; only Landbridge itself names another."""
    if by.role is not Role.SYSTEM and applicant_id not in (None, by.organisation_id):
        raise NotAllowed(P.APPLICATION_DRAFT)
    return Organisation.objects.select_related("region").get(pk=applicant_id or by.organisation_id or 0)


def _filled(
    access_request_id: int | None, seat_id: int | None, *, call: Call, applicant: Organisation, by: Actor
) -> dict[str, Any]:
    """What the draft takes over from where it began."""
    request = queries.access_request_of(access_request_id, applicant=applicant, actor=by)
    if request is not None:
        return queries.filled_from(request, call=call)
    seat = queries.seat_of(seat_id, applicant=applicant, actor=by)
    return queries.filled_from_meeting(seat, call=call) if seat is not None else {}


def _paying_partner(applicant: Organisation, *, programme_id: int) -> Partner:
    partner = (
        Partner.objects.filter(programme_id=programme_id, region_id=applicant.region_id or 0)
        .order_by("pk")
        .first()
    )
    if partner is None:
        refuse(
            "no_paying_partner",
            N_("No partner of this programme pays for companies where %(name)s is based."),
            cure=N_("Check the address in your company's profile. The programme's desks: %(desks)s"),
            field="applicant",
            name=applicant.name,
            desks="; ".join(queries.desks_of(programme_id)),
        )
    return partner


def _tidied(
    title: str, answers: Mapping[str, Any], requested_eur: Money | None, *, questions: tuple[Asked, ...]
) -> Draft:
    """Only what the form asks, and no empty answers: what is not there was not answered."""
    known = {question.key for question in questions}
    kept = {key: answer for key, answer in answers.items() if key in known and not rules.is_empty(answer)}
    return Draft(title=title.strip(), answers=kept, requested_eur=requested_eur)


def _unstorable(draft: Draft, *, questions: tuple[Asked, ...], cap: Money) -> Iterator[Problem]:
    """What even a draft cannot hold; that something is missing does not matter yet."""
    if draft.title:
        yield from rules.problems_with_title(draft.title)
    if draft.requested_eur is not None:
        yield from rules.problems_with_amount(draft.requested_eur, cap=cap)
    for question in questions:
        if question.key in draft.answers:
            yield from rules.problem_with_answer(draft.answers[question.key], question=question)


def _merged(mine: Draft, *, into: Application, seen: int) -> Draft:
    """What stands after both wrote; raises Stale where they wrote in the same place.

    A version nobody knows is taken as the first one, so that every difference counts as mine to explain.
    """
    if seen == into.version:
        return mine
    kept = Edit.objects.filter(application=into)
    base = kept.filter(version=seen).first() or kept.get(version=1)
    merge = rules.merge(base=base.draft(), mine=mine, theirs=into.draft())
    if merge.conflicts:
        raise Stale(merge, latest=kept.get(version=into.version))
    return merge.draft


def _changes(before: Draft, after: Draft) -> list[str]:
    was, now = before.by_field(), after.by_field()
    return [name for name in sorted({*was, *now}) if was.get(name) != now.get(name)]


def _keep_version(application: Application, *, by: Actor, at: datetime) -> None:
    Edit.objects.create(
        application=application,
        version=application.version,
        title=application.title,
        answers=application.answers,
        requested_eur=application.requested_eur,
        person_id=by.person_id,
        person_name=by.name,
        at=at,
    )
