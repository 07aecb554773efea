"""What a command answers: lines for a person, or one JSON document for a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a command: the lines a person reads, the same as data, and the exit code."""

    lines: Iterable[str]
    data: Any = field(default_factory=dict)
    code: int = 0

    def give(self, *, as_json: bool) -> int:
        """Print it and return the exit code."""
        if as_json:
            json.dump(self.data, sys.stdout, indent=2, ensure_ascii=False, default=str)
            print()
        else:
            for line in self.lines:
                print(line, flush=True)
        return self.code
