"""`landbridge permissions`: the matrix of pages, methods and roles."""

from __future__ import annotations

import argparse

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge permissions
  landbridge permissions --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes nothing of its own."""


def run(options: argparse.Namespace) -> Answer:  # noqa: ARG001 - every command is called alike
    """Every address with its guard and the roles that it admits."""
    from landbridge.foundation.permissions.checks import doors
    from landbridge.foundation.permissions.roles import PERMISSIONS_OF, Role

    rows = []
    for door in doors():
        guard = door.guard
        if guard is None:
            roles = []
        elif guard.permission is None:
            roles = [
                *(role.value for role in Role if role is not Role.SYSTEM),
                *([] if guard.signed_in else ["anyone"]),
            ]
        else:
            roles = [
                role.value
                for role in Role
                if role is not Role.SYSTEM and guard.permission in PERMISSIONS_OF[role]
            ]
        rows.append(
            {
                "pattern": door.pattern,
                "name": door.name,
                "methods": list(door.methods),
                "guard": guard.name if guard else "",
                "roles": roles,
            }
        )
    lines = [f"{'/'.join(row['methods']):<9} {row['pattern']:<60} {row['guard']}" for row in rows]
    return Answer(lines=lines, data=rows)
