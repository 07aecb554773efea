"""What the planner of an embedded database must be told, since it has no statistics of the rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler


class Unindexed(Func):
    """A column that is compared without its index.

    Without statistics SQLite takes every index for one that leaves ten rows. A condition that nearly every row meets
    would then be looked up before the twenty numbers that were asked for. PostgreSQL knows better and is told nothing.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **more: Any) -> Any:
        """With the unary plus that SQLite's documentation names for it (queryplanner-ng.html, optoverview.html)."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)
