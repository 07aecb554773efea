"""`landbridge indicators`: every figure as of a day, with its definition; and the common indicators."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge indicators read --as-of 2026-06-30
  landbridge indicators read --as-of 2026-06-30 --programme bridging-regions --json
  landbridge indicators add"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and for which day and programme."""
    parser.add_argument("act", choices=["read", "add"], help="read the figures, or add the common indicators")
    parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="a day, such as 2026-06-30")
    parser.add_argument(
        "--since", type=date.fromisoformat, default=None, help="what came earlier does not count"
    )
    parser.add_argument("--programme", default="", help="the key of a programme, else the whole network")


def run(options: argparse.Namespace) -> Answer:
    """The figures as anybody may count them again: a code, a value, and what it was counted from."""
    from landbridge.foundation import clock
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.indicators import actions
    from landbridge.indicators.models import Indicator

    if options.act == "add":
        actions.add_all_common(by=SYSTEM, at=clock.now())
        return Answer(
            lines=[f"{Indicator.objects.count()} indicators"], data={"all": Indicator.objects.count()}
        )
    found = _figures(options)
    lines = [f"{_text(one['value']):>16}  {one['unit']:<22} {one['code']:<24} {one['name']}" for one in found]
    return Answer(lines=lines, data=found)


def _figures(options: argparse.Namespace) -> list[dict[str, Any]]:
    from landbridge.foundation import clock
    from landbridge.indicators import rules
    from landbridge.indicators.models import Indicator
    from landbridge.indicators.queries import Scope, day_of, placed, read

    scope = placed(
        Scope(
            as_of=options.as_of or day_of(clock.now()),
            since=options.since,
            programme_id=_programme_id(options.programme),
        )
    )
    figures = []
    for one in Indicator.objects.filter(is_active=True).exclude(source="").order_by("position", "code", "pk"):
        counted = read(one, scope)
        packed = rules.packed(counted.rows)
        figures.append(
            {
                "code": one.code, "name": one.name, "unit": one.unit, "as_of": scope.as_of.isoformat(),
                "since": scope.since.isoformat() if scope.since else None,
                "value": None if counted.value is None else str(counted.value),
                "part": counted.part, "whole": counted.whole, "asked": counted.asked, "rows": len(counted.rows),
                "rows_sha256": rules.sha256_of_rows(packed), "definition": one.definition,
            }
        )  # fmt: skip
    return figures


def _programme_id(key: str) -> int | None:
    from landbridge.command.line import CommandFailed
    from landbridge.programmes.models import Programme

    if not key:
        return None
    pk = Programme.objects.filter(key=key).values_list("pk", flat=True).first()
    if pk is None:
        raise CommandFailed(f"There is no programme with the key {key}.")
    return pk


def _text(value: object) -> str:
    return "not known" if value is None else str(value)
