"""Columns of our own: money as whole cents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

from landbridge.foundation.money import Money

Given = TypeVar("Given", contravariant=True)
Kept = TypeVar("Kept", covariant=True)

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    class _Cents(models.BigIntegerField[Given, Kept]):
        """What the type checker's plugin reads: what may be given, and what one gets."""

        _pyi_private_set_type: Money | Combinable  # type: ignore[assignment]
        _pyi_private_get_type: Money  # type: ignore[assignment]
        _pyi_lookup_exact_type: Money  # type: ignore[assignment]

else:

    class _Cents(models.BigIntegerField):
        def __class_getitem__(cls, types: object) -> type:
            return cls


class MoneyField(_Cents[Given, Kept]):
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
        value: Any = self.value_from_object(obj)
        return "" if value is None else str(value.cents)
