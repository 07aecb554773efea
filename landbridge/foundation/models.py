"""What every table shares: rows locked for update where the database can, and no implicit order."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import connections, models

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Rows(models.QuerySet[Row]):
    """The QuerySet of every table: words add their own filters to it."""

    def for_update(self) -> Self:
        """Lock these rows until the transaction ends (SQLite locks the whole database when it begins)."""
        if connections[self.db].features.has_select_for_update_of:
            return self.select_for_update(of=("self",))
        return self.select_for_update()


class Table(models.Model):
    """A table of the programme. State and money in it change in `actions.py` alone."""

    class Meta:
        abstract = True
