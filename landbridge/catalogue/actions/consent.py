"""An expert's own word: nobody is shown before they agreed, and whoever agreed may take it back at any time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.catalogue.actions.stamp import touched
from landbridge.catalogue.actions.writing import lock
from landbridge.catalogue.models import Record
from landbridge.catalogue.states import WORKFLOW, Kind, M, S
from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse


@transaction.atomic
def agree(*, record_id: int, at: datetime) -> Record:
    """The person agrees to be shown (Article 6(1)(a) of Regulation (EU) 2016/679); twice is the same as once."""
    record = _expert(record_id)
    if record.consented_at is None:
        record.consented_at, record.changed_at = at, at
        record.save(update_fields=["consented_at", "changed_at"])
        write_down("record.consented", record, by=SYSTEM, at=at)
        touched(record, at)
    return record


@transaction.atomic
def disagree(*, record_id: int, at: datetime) -> Record:
    """The person does not want to be shown, or no longer (Article 7(3)): the record is withdrawn at once."""
    record = _expert(record_id)
    if record.state == S.WITHDRAWN:
        return record
    record.state = WORKFLOW.target(M.WITHDRAW, of=record, by=SYSTEM)
    record.consented_at, record.changed_at = None, at
    record.save(update_fields=["state", "consented_at", "changed_at"])
    write_down("record.consent_refused", record, by=SYSTEM, at=at)
    touched(record, at)
    return record


def _expert(record_id: int) -> Record:
    record = lock(record_id, P.RECORD_EDIT, by=SYSTEM)
    if record.kind != Kind.EXPERT:
        refuse("not_a_person", N_("Only a person is asked for consent."))
    return record
