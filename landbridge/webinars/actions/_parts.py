"""What the actions of webinars share: the locks, and the letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed
from landbridge.webinars import queries
from landbridge.webinars.models import SignUp, Webinar


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _kept(webinar_id: int, *, by: Actor) -> Webinar:
    """A webinar that somebody organises, locked."""
    _require(P.WEBINAR_EDIT, by=by)
    return Webinar.objects.kept_by(by).for_update().get(pk=webinar_id)


def _own(sign_up_id: int, *, by: Actor) -> tuple[Webinar, SignUp]:
    """One's own sign-up: the webinar is locked first, so that places are counted one after the other."""
    rows = SignUp.objects.visible_to(by)
    if by.person_id is not None:
        rows = rows.filter(person_id=by.person_id)
    webinar = Webinar.objects.for_update().get(pk=rows.values("webinar_id").get(pk=sign_up_id)["webinar_id"])
    return webinar, rows.for_update().get(pk=sign_up_id)


def _tell(
    event: str,
    webinar: Webinar,
    *,
    to: Iterable[Recipient],
    at: datetime,
    key: str | None = None,
    **places: object,
) -> None:
    context = {**queries.for_letters(webinar), **places}
    tell(f"webinars/{event}", webinar, to=to, at=at, context=context, key=key)
