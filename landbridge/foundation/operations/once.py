"""The same post twice is stored once and answered the same."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar, cast

from django.apps import apps
from django.db import IntegrityError, models, transaction

from landbridge.foundation.operations.models import Operation
from landbridge.foundation.permissions.guards import Request

Result = TypeVar("Result", bound=models.Model)


def once(request: Request, action: Callable[[], Result]) -> Result:
    """Carry out `action` for this form, or return what the same form brought about before.

    The key comes with the form (`{% operation_key %}`) and counts for this person. It is written in the
    transaction of the action: when the action is refused, the key is free again. Two posts at the same moment
    meet at the key's constraint; the second waits for the first and gets its result. A post without a key is
    carried out as it is: it comes from a program that did not ask for this protection.
    """
    key = _key_of(request)
    if key is None:
        return action()
    person_id = request.actor.person_id or 0
    try:
        with transaction.atomic():
            operation = Operation.objects.create(
                key=key, person_id=person_id, place=request.path[:200], at=request.now
            )
            result = action()
            Operation.objects.filter(pk=operation.pk).update(
                result_table=result._meta.label_lower, result_id=result.pk
            )
            return result
    except IntegrityError:
        earlier = Operation.objects.filter(key=key, person_id=person_id).first()
        if earlier is None or earlier.result_id is None:
            raise
        table = apps.get_model(earlier.result_table)
        return cast(Result, table._default_manager.get(pk=earlier.result_id))


def _key_of(request: Request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("operation_key", ""))
    except ValueError:
        return None
