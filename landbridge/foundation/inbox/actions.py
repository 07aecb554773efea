"""What becomes of an e-mail: delivered, put aside, and sorted by a person."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.inbox.addresses import Addressed
from landbridge.foundation.inbox.kinds import Delivery, Kinds, UnknownSender
from landbridge.foundation.inbox.models import Incoming
from landbridge.foundation.inbox.verdicts import Verdict
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, Refused, refuse, refuse_if
from landbridge.foundation.reasons import problems_with

LONGEST_REASON = 500


@transaction.atomic
def take_in(
    *, delivery: Delivery, to: Addressed | None, verdict: Verdict, why: str, by: Actor, at: datetime
) -> tuple[Incoming, bool]:
    """Write an e-mail down and, where its verdict is `accepted`, deliver it; who cannot be served goes to quarantine.

    Returns the row and whether it is new: of two with the same Message-ID the first counts.
    """
    mail = delivery.mail
    earlier = Incoming.objects.filter(message_id=mail.message_id).first()
    if earlier is not None:
        return earlier, False
    result: models.Model | None = None
    if verdict is Verdict.ACCEPTED and to is not None:
        result, why = _delivered(delivery, to, at=at)
        verdict = Verdict.ACCEPTED if result is not None else Verdict.QUARANTINE
    try:
        with transaction.atomic():
            incoming = Incoming.objects.create(
                message_id=mail.message_id,
                sender=mail.sender[:254],
                sender_name=mail.sender_name,
                addressed_to=", ".join(mail.to)[:500],
                subject=mail.subject,
                sha256=mail.sha256,
                size=mail.size,
                verdict=verdict,
                why=why[:100],
                about_kind=to.kind if to else "",
                about_id=to.about_id if to else None,
                topic_id=to.topic_id if to else None,
                result_table=result._meta.label_lower if result else "",
                result_id=result.pk if result else None,
                received_at=at,
            )
    except IntegrityError:
        refuse("mail_came_before", N_("This e-mail is being taken in at this moment."))
    record("mail.came", incoming, by=by, at=at, verdict=str(verdict), why=why)
    return incoming, True


@transaction.atomic
def attach(
    *, incoming_id: int, delivery: Delivery, kind: str, about: str, by: Actor, at: datetime
) -> Incoming:
    """Lay an e-mail out of quarantine down where a person says it belongs."""
    incoming = _waiting(incoming_id, by=by)
    found = Kinds.known[kind].find(about, by) if kind in Kinds.known else None
    if found is None:
        refuse(
            "nothing_there",
            N_("There is nothing of this number that you see."),
            cure=N_("Check the number, or drop the e-mail."),
            field="about",
        )
    result = Kinds.known[kind].attach(found.pk, delivery, by, at)
    incoming.verdict, incoming.about_kind, incoming.about_id = Verdict.ACCEPTED, kind, found.pk
    incoming.result_table, incoming.result_id = result._meta.label_lower, result.pk
    incoming.sorted_at, incoming.sorted_by_name = at, by.name
    incoming.save()
    record("mail.attached", incoming, by=by, at=at, to=str(found))
    return incoming


@transaction.atomic
def drop(*, incoming_id: int, reason: str, by: Actor, at: datetime) -> Incoming:
    """Put an e-mail away that belongs nowhere; it stays readable for the office until it is deleted with time."""
    incoming = _waiting(incoming_id, by=by)
    refuse_if(problems_with(reason, cure=N_("Say why in a few words."), longest=LONGEST_REASON))
    incoming.sorted_at, incoming.sorted_by_name, incoming.sorted_reason = at, by.name, reason.strip()
    incoming.save(update_fields=["sorted_at", "sorted_by_name", "sorted_reason"])
    record("mail.dropped", incoming, by=by, at=at, reason=reason.strip())
    return incoming


@transaction.atomic
def forget(*, before: datetime, by: Actor, at: datetime) -> int:
    """Delete what came before a moment and waits for nobody; returns how many. The raw e-mails go with them."""
    old = Incoming.objects.filter(received_at__lt=before).exclude(
        verdict=Verdict.QUARANTINE, sorted_at__isnull=True
    )
    paths = [one.path for one in old.order_by("pk")]
    for one in old.order_by("pk"):
        record("mail.forgotten", one, by=by, at=at)
    old.delete()
    for path in paths:
        transaction.on_commit(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]
    return len(paths)


def _waiting(incoming_id: int, *, by: Actor) -> Incoming:
    if not by.may(P.MAIL_SORT):
        raise NotAllowed(P.MAIL_SORT)
    incoming = Incoming.objects.visible_to(by).for_update().get(pk=incoming_id)
    if incoming.verdict != Verdict.QUARANTINE or incoming.sorted_at is not None:
        refuse("sorted_already", N_("Somebody sorted this e-mail already."))
    return incoming


def _delivered(delivery: Delivery, to: Addressed, *, at: datetime) -> tuple[models.Model | None, str]:
    """The row that the e-mail became; None and why not."""
    kind = Kinds.known.get(to.kind)
    if kind is None:
        return None, "unknown_kind"
    try:
        with transaction.atomic():
            return kind.deliver(to, delivery, at), ""
    except UnknownSender:
        return None, "unknown_sender"
    except ObjectDoesNotExist:
        return None, "gone"
    except Refused as refusal:
        return None, ", ".join(problem.code for problem in refusal.problems)
