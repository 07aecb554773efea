"""The life of a record: to the broker, published, confirmed year after year, hidden, withdrawn, brought back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from landbridge.catalogue import links, queries, rules
from landbridge.catalogue.actions.letters import tell_keepers, tell_organisation
from landbridge.catalogue.actions.stamp import touched
from landbridge.catalogue.actions.writing import lock, renew
from landbridge.catalogue.models import Confirmation, Price, Record
from landbridge.catalogue.states import WORKFLOW, Kind, M, S
from landbridge.foundation import reasons
from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, Problem, refuse, refuse_if
from landbridge.memberships.queries import desk_of, recipients


@transaction.atomic
def submit(*, record_id: int, by: Actor, at: datetime) -> Record:
    """Hand a draft to the region's broker, who looks at it before it is published."""
    record = lock(record_id, P.RECORD_EDIT, by=by)
    record.state = WORKFLOW.target(M.SUBMIT, of=record, by=by)
    refuse_if(rules.problems_with_publication(queries.facts_of(record)))
    _save(record, "state", at=at)
    write_down("record.submitted", record, by=by, at=at)
    if record.region_id:
        tell(
            "catalogue/submitted",
            record,
            to=recipients(desk_of(record.region_id)),
            at=at,
            context={
                "organisation": record.organisation.name,
                "page": links.link("catalogue:gate", record.pk),
            },
        )
    return record


@transaction.atomic
def return_for_correction(*, record_id: int, reason: str, by: Actor, at: datetime) -> Record:
    """Give a record back to those who wrote it, and say what is to be mended."""
    record = lock(record_id, P.RECORD_PUBLISH, by=by)
    target = WORKFLOW.target(M.RETURN, of=record, by=by)
    refuse_if(_problems_with(reason))
    record.state = target
    _save(record, "state", at=at)
    write_down("record.returned", record, by=by, at=at, reason=reason)
    tell_organisation("catalogue/returned", record, at=at, reason=reason, who=by.name)
    return record


@transaction.atomic
def publish(*, record_id: int, by: Actor, at: datetime) -> Record:
    """Show a record to everyone; an expert's only when the person has agreed, for which they are asked now."""
    record = lock(record_id, P.RECORD_PUBLISH, by=by)
    target = WORKFLOW.target(M.PUBLISH, of=record, by=by)
    refuse_if(rules.problems_with_publication(queries.facts_of(record)))
    record.state, record.published_at = target, record.published_at or at
    record.confirmed_on = queries.today_for(record, at=at)
    record.due_on = rules.due_after(record.confirmed_on)
    record.reminded_on = None
    if record.kind != Kind.EXPERT:
        record.consented_at = record.consented_at or at
    record.changed_at = at
    record.save()
    Confirmation.objects.create(record=record, what="record", way="broker", person_name=by.name, at=at)
    write_down("record.published", record, by=by, at=at, due_on=record.due_on)
    touched(record, at)
    if record.kind == Kind.EXPERT and record.consented_at is None:
        tell_keepers("catalogue/consent", record, at=at)
    else:
        tell_organisation("catalogue/published", record, at=at, due_on=record.due_on)
    return record


@transaction.atomic
def confirm(
    *, record_id: int, what: str = "record", way: str = "click", said_by: str = "", by: Actor, at: datetime
) -> Record:
    """Somebody says that a record, or its prices, are still right; a hidden record is shown again.

    `what` is "record" or "prices", `way` click, broker, import or case. A case that used a record confirms it for
    whoever led the case, since it worked; where the record is not published, nothing happens then.
    """
    if way == "case":
        record = Record.objects.for_update().select_related("organisation", "region").get(pk=record_id)
        if record.state not in (S.PUBLISHED, S.HIDDEN):
            return record
        renew(record, way=way, said_by=by.name, by=SYSTEM, at=at)
        return record
    record = lock(record_id, P.RECORD_EDIT, by=by)
    if what == "prices":
        _confirm_prices(record, way=way, said_by=said_by or by.name, by=by, at=at)
    else:
        renew(record, way=way, said_by=said_by or by.name, by=by, at=at)
    return record


def _confirm_prices(record: Record, *, way: str, said_by: str, by: Actor, at: datetime) -> None:
    """Prices hold for six more months; one that holds longer keeps its day."""
    WORKFLOW.target(M.CONFIRM, of=record, by=by)
    until = rules.prices_due_after(queries.today_for(record, at=at))
    Price.objects.filter(record=record, holds_until__lt=until).update(holds_until=until)
    Confirmation.objects.create(record=record, what="prices", way=way, person_name=said_by[:150], at=at)
    record.version += 1
    _save(record, "version", at=at)
    write_down("record.prices_confirmed", record, by=by, at=at, holds_until=until)


@transaction.atomic
def hide(*, record_id: int, reason: str, by: Actor, at: datetime) -> Record:
    """Show a record no longer, until somebody confirms it; nothing of it is lost."""
    record = lock(record_id, P.RECORD_PUBLISH, by=by)
    target = WORKFLOW.target(M.HIDE, of=record, by=by)
    refuse_if(_problems_with(reason))
    record.state = target
    _save(record, "state", at=at)
    write_down("record.hidden", record, by=by, at=at, reason=reason)
    tell_keepers("catalogue/hidden", record, at=at, reason=reason)
    return record


@transaction.atomic
def withdraw(
    *, record_id: int, reason: str, successor_id: int | None = None, by: Actor, at: datetime
) -> Record:
    """Take a record out of the catalogue; its page says where it went. It is never deleted.

    Readers of a public record are led on to the successor, which is published itself and not the record itself.
    """
    record = lock(record_id, P.RECORD_EDIT, by=by)
    target = WORKFLOW.target(M.WITHDRAW, of=record, by=by)
    refuse_if(_problems_with(reason))
    record.successor = _successor(record, successor_id)
    record.state = target
    _save(record, "state", "successor", at=at)
    went_to = str(record.successor) if record.successor else None
    write_down("record.withdrawn", record, by=by, at=at, reason=reason, successor=went_to)
    return record


@transaction.atomic
def restore(*, record_id: int, by: Actor, at: datetime) -> Record:
    """Bring a withdrawn record back as a draft; it is looked at again before it is shown."""
    record = lock(record_id, P.RECORD_PUBLISH, by=by)
    record.state = WORKFLOW.target(M.RESTORE, of=record, by=by)
    same = Record.objects.filter(organisation=record.organisation_id, kind=Kind.ORGANISATION)
    if record.kind == Kind.ORGANISATION and same.exclude(state=S.WITHDRAWN).exists():
        refuse(
            "stands_already",
            N_("This organisation stands in the catalogue already."),
            cure=N_("Withdraw the other record first."),
        )
    record.successor = None
    _save(record, "state", "successor", at=at)
    write_down("record.restored", record, by=by, at=at)
    return record


@transaction.atomic
def remind(*, record_id: int, at: datetime) -> Record:
    """Ask whoever answers for a published record whether it is still right: one letter with three links."""
    record = lock(record_id, P.RECORD_EDIT, by=SYSTEM)
    today = queries.today_for(record, at=at)
    if record.state == S.PUBLISHED and record.due_on is not None and rules.reminder_due(
        due_on=record.due_on, reminded_on=record.reminded_on, today=today
    ):  # fmt: skip
        record.reminded_on = today
        record.save(update_fields=["reminded_on"])
        write_down("record.reminded", record, by=SYSTEM, at=at, due_on=record.due_on)
        hidden_on = rules.hidden_after(record.due_on)
        tell_keepers("catalogue/still_right", record, at=at, due_on=record.due_on, hidden_on=hidden_on)
    return record


@transaction.atomic
def disown(*, record_id: int, at: datetime) -> Record:
    """The contact says that a record is not theirs: they are no longer the contact, and the desk is told.

    The record stays as it is; from now on the organisation's people, or the desk, are asked about it.
    """
    record = lock(record_id, P.RECORD_EDIT, by=SYSTEM)
    who = record.contact_name
    record.contact_name = record.contact_email = ""
    record.version += 1
    _save(record, "contact_name", "contact_email", "version", at=at)
    write_down("record.disowned", record, by=SYSTEM, at=at)
    if record.region_id:
        tell(
            "catalogue/not_mine",
            record,
            to=recipients(desk_of(record.region_id)),
            at=at,
            context={
                "who": who,
                "organisation": record.organisation.name,
                "page": links.link("catalogue:kept", record.pk),
            },
        )
    return record


@transaction.atomic
def note_link(*, record_id: int, is_broken: bool, at: datetime) -> Record:
    """Write down that a record's website does not answer, since when, or that it answers again."""
    record = lock(record_id, P.RECORD_EDIT, by=SYSTEM)
    if is_broken == (record.link_broken_since is not None):
        return record
    record.link_broken_since = queries.today_for(record, at=at) if is_broken else None
    _save(record, "link_broken_since", at=at)
    write_down("record.link_broken" if is_broken else "record.link_mended", record, by=SYSTEM, at=at)
    return record


def _save(record: Record, *fields: str, at: datetime) -> None:
    """Every change has its moment, never before the last, and its row for the index."""
    record.changed_at = max(at, record.changed_at + timedelta(microseconds=1))
    record.save(update_fields=[*fields, "changed_at"])
    touched(record, at)


def _problems_with(reason: str) -> list[Problem]:
    cure = N_("Say why in a sentence; it stays on the record.")
    return list(reasons.problems_with(reason, cure=cure, longest=rules.LONGEST_REASON))


def _successor(record: Record, successor_id: int | None) -> Record | None:
    if successor_id is None:
        return None
    found = Record.objects.public().filter(pk=successor_id).exclude(pk=record.pk).first()
    if found is None:
        refuse(
            "no_such_successor",
            N_("The successor must be a published record, and another one."),
            cure=N_("Publish it first, or leave the field empty."),
            field="successor",
        )
    return found
