"""What every table shares: rows locked for update where the database can, and no implicit order."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import connections, models

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Rows(models.QuerySet[Row]):
    """The QuerySet of every table: words add their own filters to it."""

    def for_update(self) -> Self:
        """Lock these rows until the transaction ends (SQLite locks the whole database when it begins).

        On PostgreSQL rows that merely refer to a locked row do not wait for it: keys never change here, and two
        changes that refer to each other's rows could otherwise wait for each other for ever.
        """
        if connections[self.db].features.has_select_for_no_key_update:
            return self.select_for_update(of=("self",), no_key=True)
        return self.select_for_update()


class Table(models.Model):
    """A table of the programme. State and money in it change in `actions.py` alone."""

    class Meta:
        abstract = True
