"""One figure that was measured, beside what it should be, and tables of them."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, the figure, and the most it may be (None: no target)."""

    name: str
    value: float
    unit: str
    most: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Met, missed, or nothing where there is no target."""
        if self.most is None:
            return ""
        return "met" if self.value <= self.most else "MISSED"


def show(title: str, figures: Iterable[Figure], *, as_json: bool) -> None:
    """Print the figures for people or for machines."""
    rows = list(figures)
    if as_json:
        about = {"measured": title, "at": datetime.now(tz=UTC).isoformat(timespec="seconds"), **machine()}
        print(json.dumps({**about, "figures": [{**asdict(row), "verdict": row.verdict} for row in rows]}))
        return
    print(title)
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    wide = max((len(row.name) for row in rows), default=0)
    for row in rows:
        most = "" if row.most is None else f"at most {row.most:g}"
        print(
            f"{row.name:<{wide}}  {row.value:>10,.10g} {row.unit:<8} {most:>14} {row.verdict:<7} {row.note}".rstrip()
        )


def machine() -> dict[str, str | int]:
    """What a figure depends on: the processors, how busy they are, Python."""
    busy = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return {"processors": os.cpu_count() or 0, "load": busy, "python": platform.python_version()}


def resident() -> float:
    """The most memory this process has had, in MB; pages of files that it has read count as well. Linux only."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):  # what getrusage says would include the process that started this one
            return int(line.split()[1]) / 1e3
    return float("nan")
