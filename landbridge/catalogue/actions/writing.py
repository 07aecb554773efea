"""Beginning a record and writing on it, alone or two at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from landbridge.catalogue import queries, rules
from landbridge.catalogue.actions.filling import fill, fill_parts
from landbridge.catalogue.actions.stamp import touched
from landbridge.catalogue.models import Confirmation, Edit, Record
from landbridge.catalogue.rules import Merge, importing
from landbridge.catalogue.states import WORKFLOW, Kind, M, S
from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, Problem, Refused, refuse, refuse_if
from landbridge.organisations.models import Organisation


class Stale(Refused):
    """Somebody else wrote in the same field. Holds both texts and stored neither: the writer decides."""

    def __init__(self, merge: Merge, *, version: int, person_name: str) -> None:
        self.merge, self.version = merge, version
        super().__init__(
            Problem(
                code="stale",
                message=N_("%(person)s changed this while you were writing."),
                cure=N_("Both are shown. Keep yours, take theirs, or put them together; then save again."),
                field=name,
                params={"person": person_name},
            )
            for name in merge.conflicts
        )


@transaction.atomic
def create(
    *,
    kind: str,
    organisation_id: int,
    values: Mapping[str, Any],
    is_demonstration: bool = False,
    by: Actor,
    at: datetime,
) -> Record:
    """Begin a record of one's own organisation, or of one within the broker's region; it is a draft.

    `values` as `queries.values_of` gives them; what is left out is empty, town and country are the organisation's.
    """
    if not by.may(P.RECORD_EDIT):
        raise NotAllowed(P.RECORD_EDIT)
    organisation = (
        Organisation.objects.visible_to(by).select_related("region").for_update().get(pk=organisation_id)
    )
    refuse_if(_problems_with_beginning(kind, organisation))
    given = {
        "country": organisation.country,
        "town": organisation.town,
        **{name: value for name, value in values.items() if value not in ("", None)},
    }
    refuse_if(rules.problems_with_values(given))
    record = Record(
        kind=kind,
        organisation=organisation,
        region=organisation.region,
        is_demonstration=is_demonstration or organisation.is_demonstration,
        created_at=at,
        changed_at=at,
    )
    fill(record, given)
    record.save(force_insert=True)
    fill_parts(record, given)
    _keep_version(record, queries.values_of(record), by=by, at=at)
    write_down("record.created", record, by=by, at=at, kind=kind, organisation=organisation.name)
    touched(record, at)
    return record


@transaction.atomic
def edit(
    *,
    record_id: int,
    version: int | None = None,
    values: Mapping[str, Any],
    confirms: bool = True,
    by: Actor,
    at: datetime,
) -> Record:
    """Change what a record says; fields that are left out stay. On a published record it counts as confirmation.

    `version` is the one that the writer saw (None: the latest). What others changed since is merged; where both
    changed the same field differently, raises `Stale` with both. An expert who is named or addressed anew is asked
    for consent anew. The same edit twice changes nothing the second time.
    """
    record = lock(record_id, P.RECORD_EDIT, by=by)
    if record.state == S.WITHDRAWN:
        refuse(
            "withdrawn",
            N_("This record was withdrawn and cannot be changed."),
            cure=N_("The region's desk can bring it back."),
        )
    before = queries.values_of(record)
    mine = {name: value for name, value in values.items() if name in before}
    after = _merged(mine, into=record, theirs=before, seen=record.version if version is None else version)
    changed = frozenset(name for name in after if after[name] != before[name])
    refuse_if(rules.problems_with_values(after))
    if record.state in (S.PUBLISHED, S.HIDDEN):
        facts = replace(queries.facts_of(record), values=after)
        refuse_if(rules.problems_with_publication(facts))
    if changed:
        _store(record, after, changed=changed, by=by, at=at)
    if confirms and record.state in (S.PUBLISHED, S.HIDDEN):
        is_keeper = by.role is Role.PROVIDER
        renew(record, way="edit" if is_keeper else "broker", said_by=by.name, by=by, at=at)
    return record


def _store(
    record: Record, values: Mapping[str, Any], *, changed: frozenset[str], by: Actor, at: datetime
) -> None:
    if record.kind == Kind.EXPERT and changed & {"name", "contact_email"}:
        record.consented_at = None
    if "website" in changed:
        record.link_broken_since = None
    fill(record, values)
    record.version += 1
    record.changed_at = at
    record.save()
    fill_parts(record, values, changed=changed)
    _keep_version(record, queries.values_of(record), by=by, at=at)
    write_down("record.edited", record, by=by, at=at, version=record.version, fields=sorted(changed))
    touched(record, at)


def renew(record: Record, *, way: str, said_by: str, by: Actor, at: datetime) -> None:
    """Somebody said that a published or hidden record is right: it is shown, and due again in twelve months."""
    record.state = WORKFLOW.target(M.CONFIRM, of=record, by=by)
    record.confirmed_on = queries.today_for(record, at=at)
    record.due_on = rules.due_after(record.confirmed_on)
    record.reminded_on, record.changed_at = None, at
    record.save(update_fields=["state", "confirmed_on", "due_on", "reminded_on", "changed_at"])
    Confirmation.objects.create(record=record, what="record", way=way, person_name=said_by[:150], at=at)
    write_down("record.confirmed", record, by=by, at=at, way=way, due_on=record.due_on)
    touched(record, at)


@transaction.atomic
def lock_fields(*, record_id: int, fields: Sequence[str], by: Actor, at: datetime) -> Record:
    """Say which fields of a record no import may change; the others are set free. People change them all the same."""
    record = lock(record_id, P.RECORD_IMPORT, by=by)
    refuse_if(importing.problems_with_lock(fields))
    before, record.locked_fields = record.locked_fields, sorted(set(fields))
    if record.locked_fields == before:
        return record
    record.save(update_fields=["locked_fields"])
    write_down("record.fields_locked", record, by=by, at=at, fields=record.locked_fields, before=before)
    return record


def lock(record_id: int, permission: P, *, by: Actor) -> Record:
    """The record, locked, for somebody who keeps it and may do this to it."""
    if not by.may(permission):
        raise NotAllowed(permission)
    rows = Record.objects.kept_by(by).for_update().select_related("organisation", "region")
    return rows.get(pk=record_id)


def _problems_with_beginning(kind: str, organisation: Organisation) -> list[Problem]:
    if kind not in list(Kind):
        return [Problem(code="no_such_kind", message=N_("Choose a kind of record."), field="kind")]
    same = Record.objects.filter(organisation=organisation, kind=Kind.ORGANISATION)
    if kind == Kind.ORGANISATION and same.exclude(state=S.WITHDRAWN).exists():
        return [
            Problem(
                code="stands_already",
                message=N_("This organisation stands in the catalogue already."),
                cure=N_("Edit its record, or add a facility or service to it."),
                field="kind",
            )
        ]
    return []


def _merged(
    mine: Mapping[str, Any], *, into: Record, theirs: Mapping[str, Any], seen: int
) -> Mapping[str, Any]:
    """What stands after both wrote; raises Stale where they wrote in the same place."""
    if seen == into.version:
        return {**theirs, **mine}
    kept = Edit.objects.filter(record=into)
    base = kept.filter(version=seen).first()
    merge = rules.merge(base=base.values if base else None, mine=mine, theirs=theirs)
    if merge.conflicts:
        latest = kept.order_by("-version").first()
        raise Stale(merge, version=into.version, person_name=latest.person_name if latest else N_("Somebody"))
    return merge.values


def _keep_version(record: Record, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    Edit.objects.create(
        record=record, version=record.version, values=values, person_id=by.person_id, person_name=by.name, at=at
    )  # fmt: skip
