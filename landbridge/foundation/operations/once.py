"""The same post twice is stored once and answered the same."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar, cast

from django.apps import apps
from django.db import IntegrityError, models, transaction

from landbridge.foundation import witness
from landbridge.foundation.operations.models import Operation
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.problems import N_, Refused, refuse

Result = TypeVar("Result", bound=models.Model)
PLACE_LENGTH = 200


def once(request: Request, action: Callable[[], Result]) -> Result:
    """Carry out `action` for this form, or return what the same form brought about before.

    The key comes with the form (`{% operation_key %}`) and counts for this person at this address: on another form
    it is another key. It is written in the transaction of the action: when the action is refused, the key is free
    again. Two posts at the same moment meet at the key's constraint; the second waits for the first and gets its
    result. A post without a key is carried out as it is: it comes from a program that did not ask for this
    protection. Refused where what the form brought about is gone since.
    """
    try:
        result = _once(request, action)
    except Refused as refusal:
        witness.saw_refusal(refusal.problems)
        raise
    witness.saw_result(result)
    return result


def _once(request: Request, action: Callable[[], Result]) -> Result:
    key = _key_of(request)
    if key is None:
        return action()
    form = {"key": key, "person_id": request.actor.person_id or 0, "place": request.path[:PLACE_LENGTH]}
    try:
        with transaction.atomic():
            operation = Operation.objects.create(**form, at=request.now)
            result = action()
            Operation.objects.filter(pk=operation.pk).update(
                result_table=result._meta.label_lower, result_id=result.pk
            )
            return result
    except IntegrityError:
        earlier = Operation.objects.filter(**form).first()
        if earlier is None or earlier.result_id is None:
            raise
        return cast(Result, _result_of(earlier))


def _result_of(operation: Operation) -> models.Model:
    table: type[models.Model] = apps.get_model(operation.result_table)
    result = table._default_manager.filter(pk=operation.result_id).first()
    if result is None:
        refuse(
            "gone_since",
            N_("This form was carried out already, and what it brought about is gone since."),
            cure=N_("Open the page again to send a new form."),
        )
    return result


def _key_of(request: Request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("operation_key", ""))
    except ValueError:
        return None
