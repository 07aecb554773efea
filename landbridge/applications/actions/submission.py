"""Handing in, being handed back, stepping back; and the receipt."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.applications import queries, rules
from landbridge.applications.models import Application, Return, Series, Submission
from landbridge.applications.states import WORKFLOW, M, S
from landbridge.calls.models import Call
from landbridge.foundation.audit.record import record
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, refuse_if


@transaction.atomic
def submit(*, application_id: int, by: Actor, at: datetime) -> Application:
    """Hand the application in: it gets its number, a frozen copy and a receipt, and is closed to edits.

    The deadline is decided here and nowhere else, once, after the locks, with the moment `at` which the server
    put on the request when it arrived: whoever arrives in time is in time, however long the queue at the lock;
    whoever arrives on the closing second or later is late. The call's row is locked too: it is how numbers
    follow each other without a gap, and how a call cannot be cancelled halfway through.
    """
    application = Application.objects.visible_to(by).for_update().get(pk=application_id)  # lock
    Call.objects.for_update().get(pk=application.call_id)
    application = queries.with_its_parts(application.pk)
    target = WORKFLOW.target(M.SUBMIT, of=application, by=by)  # check
    questions = queries.questions_of(application.call)
    refuse_if(rules.problems_with(queries.facts_of(application, by=by, questions=questions), at=at))

    application.number = application.number or _next_number(application.call)  # change
    application.state, application.submitted_at = target, at
    application.first_submitted_at = application.first_submitted_at or at
    application.save(update_fields=["number", "state", "submitted_at", "first_submitted_at"])
    content = queries.frozen(application, questions=questions, by=by, at=at)
    submission = Submission.objects.create(
        application=application,
        at=at,
        person_id=by.person_id,
        person_name=by.name,
        content=content,
        content_hash=rules.fingerprint(content),
    )
    record(  # record
        "application.submitted",
        application,
        by=by,
        at=at,
        number=application.number,
        content_hash=submission.content_hash,
    )
    tell(  # tell
        "applications/submitted",
        submission,
        to=queries.everyone_involved(application),
        at=at,
        programme=application.call.phase.programme.key,
        context=queries.for_letters(application, content_hash=submission.content_hash),
    )
    return application


@transaction.atomic
def return_for_correction(*, application_id: int, reason: str, by: Actor, at: datetime) -> Return:
    """Hand the application back to its writers, with what is wrong, while the call is open."""
    application = _lock(application_id, by=by)
    target = WORKFLOW.target(M.RETURN, of=application, by=by)
    if by.role is Role.BROKER and application.applicant.region_id != by.region_id:
        raise NotAllowed(P.APPLICATION_RETURN)  # the provider's desk reads, the applicant's desk acts
    refuse_if(
        [
            *rules.problems_with_reason(reason),
            *rules.problems_with_return(closes_at=application.call.closes_at, at=at),
        ]
    )
    application.state, application.submitted_at = target, None
    application.save(update_fields=["state", "submitted_at"])
    handed_back = Return.objects.create(
        application=application, reason=reason.strip(), person_name=by.name, at=at
    )
    record("application.returned", application, by=by, at=at, reason=handed_back.reason)
    tell(
        "applications/returned",
        handed_back,
        to=[*queries.applicants_people(application), *queries.providers_people(application)],
        at=at,
        programme=application.call.phase.programme.key,
        context=queries.for_letters(application, reason=handed_back.reason),
    )
    return handed_back


@transaction.atomic
def withdraw(*, application_id: int, by: Actor, at: datetime) -> Application:
    """Step back from the application, for good; what was handed in stays on record."""
    application = _lock(application_id, by=by)
    target = WORKFLOW.target(M.WITHDRAW, of=application, by=by)
    was_handed_in = application.state == S.SUBMITTED
    application.state = target
    application.save(update_fields=["state"])
    record("application.withdrawn", application, by=by, at=at, was_handed_in=was_handed_in)
    tell(
        "applications/withdrawn",
        application,
        to=queries.everyone_involved(application) if was_handed_in else queries.providers_people(application),
        at=at,
        programme=application.call.phase.programme.key,
        context=queries.for_letters(application),
    )
    return application


@transaction.atomic
def keep_receipt(*, submission_id: int, receipt: Received, by: Actor, at: datetime) -> Submission:
    """Attach the receipt that was drawn outside the transaction; the first one stays, a second is let go."""
    submission = Submission.objects.for_update().get(pk=submission_id)
    if submission.receipt_id is None:
        submission.receipt = store(receipt, by=by, at=at)
        submission.save(update_fields=["receipt"])
        record("application.receipt_kept", submission.application, by=by, at=at, sha256=receipt.sha256)
    return submission


def _lock(application_id: int, *, by: Actor) -> Application:
    return (
        Application.objects.visible_to(by)
        .for_update()
        .select_related("call__phase__programme", "offer", "applicant")
        .get(pk=application_id)
    )


def _next_number(call: Call) -> str:
    """The next number of the call, such as IN2-4-0007. The caller holds the lock on the call's row."""
    series = Series.objects.filter(call=call).first() or Series.objects.create(
        call=call, prefix=_free_prefix(call)
    )
    series.last += 1
    series.save(update_fields=["last"])
    return f"{series.prefix}-{series.last:04d}"


def _free_prefix(call: Call) -> str:
    """The programme's short name and the call's number; a call whose prefix is taken adds its own id."""
    prefix = rules.number_prefix(call.phase.programme.name, phase=call.phase.number, call=call.number)
    return f"{prefix}.{call.pk}" if Series.objects.filter(prefix=prefix).exists() else prefix
