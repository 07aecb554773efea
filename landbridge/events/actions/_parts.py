"""What the actions of organisers share: the lock on their event, the count of its changes, its letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from landbridge.events.models import Event
from landbridge.events.queries.people import for_event_letters
from landbridge.events.states import S
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, Problem, Refused, refuse

OPEN = (S.DRAFT, S.PUBLISHED)


class Stale(Refused):
    """Somebody else changed the event in the meantime. Nothing is stored; what stands now is said beside each field."""

    def __init__(self, event: Event, stored: dict[str, object]) -> None:
        self.version = event.version
        super().__init__(
            Problem(
                code="stale",
                message=N_("%(person)s changed this while you were writing; it now reads: %(stored)s"),
                cure=N_("Keep yours, take theirs, or put them together; then save again."),
                field=name,
                params={"person": event.edited_by_name, "stored": str(value or "–")[:300]},
            )
            for name, value in stored.items()
        )


def _locked(event_id: int, *, by: Actor, permission: P = P.EVENT_EDIT) -> Event:
    """An event that one keeps, locked."""
    if not by.may(permission):
        raise NotAllowed(permission)
    return Event.objects.kept_by(by).for_update().get(pk=event_id)


def _open(event_id: int, *, by: Actor) -> Event:
    """An event that one keeps and that is not over, locked."""
    event = _locked(event_id, by=by)
    if event.state not in OPEN:
        refuse(
            "event_closed",
            N_("This event is over, or was called off; it cannot be changed any more."),
            cure=N_("Copy it for the next time."),
        )
    return event


def _changed(event: Event, *columns: str, by: Actor, at: datetime, in_calendars: bool = False) -> Event:
    """Count one more version of the event; where calendars must hear of it, one more of its sequence."""
    event.version += 1
    event.edited_by_name, event.edited_at = by.name[:150], at
    names = {*columns, "version", "edited_by_name", "edited_at"}
    if in_calendars and event.published_at is not None:
        event.sequence += 1
        names.add("sequence")
    event.save(update_fields=sorted(names))
    return event


def _tell(
    name: str, event: Event, *, to: Iterable[Recipient], at: datetime, key: str = "", **places: object
) -> int:
    context = {**for_event_letters(event), **places}
    letters = tell(
        f"events/{name}",
        event,
        to=to,
        at=at,
        programme=event.programme.key if event.programme else "",
        context=context,
        key=key or None,
    )
    return len(letters)
