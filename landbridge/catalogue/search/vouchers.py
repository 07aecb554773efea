"""Which services a voucher can pay for changes with the phases of programmes, of which no record says anything."""

from __future__ import annotations

from landbridge.catalogue.models import Record, Service
from landbridge.foundation.search.engine import engine
from landbridge.programmes.states import S as PhaseState


def misread() -> set[int]:
    """The public records of which the index says otherwise than the running phases do; call it after an update."""
    said = engine().ids(filters={"voucher": ("yes",)}).tolist()
    paid = Service.incentives.through.objects.filter(incentive__phase__state=PhaseState.RUNNING)
    rows = Record.objects.public().filter(pk__in=paid.values("service__record_id"))
    every = {pk for row in rows.values_list("pk", "parent_id") for pk in row if pk}
    now = set(Record.objects.public().filter(pk__in=every).values_list("pk", flat=True))
    return set(said) ^ now
