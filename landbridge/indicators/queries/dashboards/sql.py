"""Months and whole days as the database writes them, the same on both: in UTC."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Func, IntegerField


class Month(Func):
    """The month of a moment, as "2014-05"."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM')"
        return super().as_sql(compiler, connection, template=template, **extra)


class MonthOfDay(Month):
    """The month of a day, as "2014-05"."""

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return Func.as_sql(
            self, compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM')", **extra
        )


class WholeDays(Func):
    """The calendar days between two moments or days; the later one is given first."""

    arity = 2
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(
            compiler, connection,
            template="CAST(julianday(date(%(expressions)s)) AS INTEGER)",
            arg_joiner=")) - julianday(date(", **extra,
        )  # fmt: skip

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(
            compiler, connection,
            template="((%(expressions)s AT TIME ZONE 'UTC')::date)",
            arg_joiner=" AT TIME ZONE 'UTC')::date - (", **extra,
        )  # fmt: skip
