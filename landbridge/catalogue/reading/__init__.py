"""Reading the files of others: UNIQUIP, tables, JSON and ROR become rows of one shape, within bounds, without Django.

A file that cannot be read at all raises `Unreadable`; what is wrong with one row stands in that row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from landbridge.catalogue.reading import json_rows, ror, table, uniquip
from landbridge.catalogue.reading.row import MOST_ROWS, Row, Unreadable
from landbridge.catalogue.states import Format
from landbridge.foundation.problems import N_, Problem

__all__ = ["MOST_ROWS", "Row", "Unreadable", "rows_of"]


def rows_of(
    path: Path, *, form: str, is_sheet: bool = False, columns: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """The rows of a file in their order, at most 100,000; read as they are asked for.

    `is_sheet`: it is a spreadsheet (XLSX). `columns` maps our fields to the titles of a plain table. Raises
    `Unreadable`, when begun or on the way.
    """
    if form == Format.UNIQUIP:
        rows = uniquip.rows(path, is_sheet=is_sheet)
    elif form == Format.TABLE:
        rows = table.rows(path, is_sheet=is_sheet, columns=columns or {})
    elif is_sheet:
        raise Unreadable(
            Problem(
                code="not_json",
                message=N_("This is a spreadsheet; the source writes JSON."),
                cure=N_("Choose the JSON file, or change the format of the source."),
                field="file",
            )
        )
    else:
        rows = ror.rows(path) if form == Format.ROR else json_rows.rows(path)
    for row in rows:
        if row.number > MOST_ROWS:
            raise Unreadable(
                Problem(
                    code="too_many_rows",
                    message=N_("This file has more than %(most)s rows."),
                    cure=N_("Split it into several sources, for example one for each country."),
                    field="file",
                    params={"most": MOST_ROWS},
                )
            )
        yield row
