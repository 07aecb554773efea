"""SQLite as the embedded database: write-ahead log, immediate transactions, writers served in their order.

A transaction takes its turn in the process's line before it begins and hands it on when it ends; so does each
writing statement outside a transaction. Reads outside transactions never wait. SQLite's own lock stays the truth
between processes; the line only keeps this process's threads from fighting over it (they would starve each other).
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db.backends.sqlite3 import base

from landbridge.foundation.sqlite.turns import Line, line_of

TIMEOUT_SECONDS = 20.0
SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|VACUUM|REINDEX)\b", re.IGNORECASE)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite backend with a fair line for writers. OPTIONS may set `timeout` and `synchronous`."""

    transaction_mode: str | None
    _line: Line | None = None
    _has_turn = False

    def get_connection_params(self) -> dict[str, Any]:
        """What `sqlite3.connect` is given; `transaction_mode` is IMMEDIATE unless the settings say otherwise."""
        parameters: dict[str, Any] = super().get_connection_params()
        parameters.setdefault("timeout", TIMEOUT_SECONDS)
        self._timeout = float(parameters["timeout"])
        self._synchronous = str(parameters.pop("synchronous", "FULL")).upper()
        if self._synchronous not in SYNCHRONOUS:
            raise ImproperlyConfigured(f"synchronous must be one of {', '.join(SYNCHRONOUS)}.")
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        name = str(parameters["database"])
        in_memory = self.is_in_memory_db() or name.startswith("file:")
        self._line = line_of(name if in_memory else os.path.realpath(name))
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """An open connection: write-ahead log, foreign keys on, each commit on the disk before it is answered."""
        connection = super().get_new_connection(conn_params)
        self._use_write_ahead_log(connection)
        connection.execute(f"PRAGMA synchronous = {self._synchronous}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -16000")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def _use_write_ahead_log(self, connection: Any) -> None:
        """The change of journal needs the file for itself, and SQLite does not wait for that by its own time-out."""
        patience = time.monotonic() + self._timeout
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > patience:
                    raise
                time.sleep(0.02)
            else:
                return

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def __del__(self) -> None:
        self._end_turn()

    @contextmanager
    def turn_for(self, statement: str) -> Iterator[None]:
        """Hold the turn while a writing statement outside a transaction runs."""
        if self._has_turn or self.in_atomic_block or not WRITES.match(statement):
            yield
            return
        self._take_turn()
        try:
            yield
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        if self._has_turn or self._line is None:
            return
        if not self._line.take(seconds=self._timeout):
            raise OperationalError("database is locked: the writers before this one took too long")
        self._has_turn = True

    def _end_turn(self) -> None:
        if self._has_turn and self._line is not None:
            self._has_turn = False
            self._line.release()


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose writes outside a transaction wait in line."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self.wrapper.turn_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.turn_for(query):
            return super().executemany(query, param_list)
