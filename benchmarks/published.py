"""The published instances, each solved to proved optimality, beside its published optimum and the literature's times.

`python3 run.py bench timetable --published`; `--only NAME` for some of them. They are `forums.py`, the model is `exact.py`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks import exact, forums, judged
from benchmarks.figures import Figure, machine, resident
from benchmarks.forums import Forum

MOST = 120.0  # seconds for each
# Of the paper's 20 original instances, on its machine: no time of a single instance is known here.
LITERATURE = (
    "the paper's best solver (MaxSAT): all originals, at most 23 s",
    "Chuffed: 18 of 20 originals within two hours",
    "a mixed-integer program: 14 of 20 originals within two hours",
)


@dataclass(frozen=True, slots=True)
class Solved:
    """One instance: the fewest breaks found and published (None: impossible), and what it took."""

    name: str
    people: int
    meetings: int
    slots: int
    tables: int
    breaks: int | None
    published: int | None
    is_published: bool
    broken: tuple[str, ...]
    seconds: float
    megabytes: float

    @property
    def is_equal(self) -> bool:
        """Whether it is the published optimum, by a timetable that breaks no rule."""
        return self.is_published and self.breaks == self.published and not self.broken


def run(options: argparse.Namespace) -> None:
    """Every instance in a process of its own; says so where there are none."""
    folder = options.data or judged.folder("b2b")
    if folder is None or not folder.is_dir():
        print(
            "The published instances are not here: put them into ../shared/data/b2b, or name a folder by --data."
        )
        return
    if not options.json:
        print("Published instances; " + ", ".join(f"{name} {value}" for name, value in machine().items()))
        print(
            f"{'':<28}{'people':>7}{'meetings':>9}{'slots':>6}{'tables':>7}{'breaks':>8}{'published':>10}{'s CPU':>8}{'MB':>6}"
        )
    rows = []
    for one in solved(folder, only=options.only):
        rows.append(one)
        if not options.json:
            show(one)
    if options.json:
        print(
            json.dumps(
                {"measured": "published instances", **machine(), "instances": [asdict(one) for one in rows]}
            )
        )
    elif rows:
        summary(rows)


def solved(folder: Path, *, only: str = "") -> Iterator[Solved]:
    """One instance after the other."""
    optima = forums.optima(folder)
    for forum in forums.instances(folder):
        if only not in forum.name:
            continue
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            proof, seconds, megabytes = pool.apply(solved_once, (forum,))
        broken = () if proof.breaks is None else tuple(forums.broken(forum, proof.slots))
        if proof.breaks is not None and sum(forums.breaks(forum, proof.slots)) != proof.breaks:
            broken += ("the breaks are others than those proved",)
        known = optima.get(forum.name)
        yield Solved(
            name=forum.name,
            people=forum.people,
            meetings=len(forum.meetings),
            slots=forum.slots,
            tables=forum.tables,
            breaks=proof.breaks,
            published=known.breaks if known else None,
            is_published=known is not None,
            broken=broken,
            seconds=seconds,
            megabytes=megabytes,
        )


def solved_once(forum: Forum) -> tuple[exact.Proof, float, float]:
    """The proof, its seconds of processor time and the memory of its process."""
    began = time.process_time()
    proof = exact.fewest_breaks(forum)
    return proof, time.process_time() - began, resident()


def show(one: Solved) -> None:
    """A line."""
    found = "none" if one.breaks is None else str(one.breaks)
    known = "unknown" if not one.is_published else "none" if one.published is None else str(one.published)
    print(
        f"{one.name:<28}{one.people:>7}{one.meetings:>9}{one.slots:>6}{one.tables:>7}{found:>8}{known:>10}"
        f"{one.seconds:>8.2f}{one.megabytes:>6.0f}{'' if one.is_equal else '  NOT EQUAL'}",
        flush=True,
    )
    for sentence in one.broken:
        print(f"  BROKEN {sentence}")


def summary(rows: Sequence[Solved]) -> None:
    """All of them, by variant, beside what is known from the literature."""
    variants = sorted({one.name.rpartition(".")[2] for one in rows})
    for variant in variants:
        seconds = [one.seconds for one in rows if one.name.endswith(f".{variant}")]
        print(
            f"{variant:<16}{len(seconds):>3} instances: median {median(seconds):.2f} s, at most {max(seconds):.2f} s"
        )
    for sentence in LITERATURE:
        print(f"  {sentence}")
    impossible = sum(1 for one in rows if one.is_equal and one.breaks is None)
    print(f"  {impossible} of {len(rows)} proved to be impossible, as published")
    for figure in targets(rows):
        print(
            f"  {figure.name:<46}{figure.value:>9g} {figure.unit:<7} at most {figure.most:g}: {figure.verdict}"
        )


def targets(rows: Sequence[Solved]) -> Iterator[Figure]:
    """All equal to the published optimum, each in time."""
    yield Figure("not equal to the published optimum", sum(not one.is_equal for one in rows), "", 0)
    yield Figure("the slowest", round(max(one.seconds for one in rows), 1), "s", MOST)
