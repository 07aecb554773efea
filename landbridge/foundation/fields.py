"""Columns of our own: money as whole cents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from landbridge.foundation.money import Money

if TYPE_CHECKING:
    _Cents = models.BigIntegerField[Any, Any]
else:
    _Cents = models.BigIntegerField


class MoneyField(_Cents):
    """An amount in euro: `Money` in Python, whole cents in the database. Its name ends in `_eur`."""

    description = "Amount in euro cents"

    def from_db_value(self, value: int | None, expression: object, connection: object) -> Money | None:
        return None if value is None else Money(int(value))

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Money):
            return value
        return Money(int(value))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Money):
            if value.currency != "EUR":
                raise ValueError(f"An amount in {value.currency} does not belong in a column of euro.")
            return value.cents
        return super().get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value.cents)
