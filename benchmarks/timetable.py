"""The timetable: how close to its bound, how fair, how quick, beside first come first served and its like.

`python3 run.py bench timetable` invents events of 50 to 2,000 people (see `gatherings.py`) and plans each in a process of
its own, with the floor (first meetings before weight) and without; then 5 % of 1,000 people do not come (`repairs.py`).
`--published` solves the published instances to proved optimality instead (`published.py`).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import bookings, gatherings, verdicts
from benchmarks.figures import Figure, machine, resident
from benchmarks.gatherings import Gathering
from benchmarks.verdicts import Verdict
from landbridge.algorithms.timetable import Placed, Progress, solve

AMPLE, FEW = 0.5, 0.2  # tables for each person
OURS, WITHOUT_FLOOR = "ours", "ours without floor"
MARKS = (99.4, 99.5, 99.8, 99.9)  # per cent of the bound: after how many seconds?
HEAD = (
    f"{'':<28}{'% of bound':>11}{'meetings':>9}{'mutual':>7}{'nobody':>7}{'< 3':>5}{'idle':>6}"
    f"{'changes':>8}{'s CPU':>7}{'to 99.5':>8}{'to 99.9':>8}{'MB':>6}"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One kind of event."""

    people: int
    slots: int = 14
    share: float = AMPLE

    @property
    def tables(self) -> int:
        """How many there are."""
        return max(1, int(self.people * self.share))

    @property
    def name(self) -> str:
        """As the table says it."""
        return f"{self.people:,} people, {self.slots} slots, {self.tables} tables{' (ample)' * (not self.is_few)}"

    @property
    def is_few(self) -> bool:
        """Whether tables are what is lacking."""
        return self.share < AMPLE

    def event(self, *, seed: int, floor: int = 3) -> Gathering:
        """The event that a seed makes."""
        return gatherings.gathering(self.people, slots=self.slots, tables=self.tables, seed=seed, floor=floor)


SETTINGS = (
    *(Setting(people) for people in (50, 200, 500, 1000, 2000)),
    Setting(1000, slots=10),
    Setting(1000, share=FEW),
    Setting(2000, share=FEW),
)
QUICK = (Setting(50), Setting(200))
# Of 14 slots: people at most, then per cent of the bound: seconds for it; and MB at most
SECONDS: Mapping[int, Mapping[float, float]] = {
    200: {99.8: 10.0},
    1000: {99.5: 2.0, 99.9: 15.0},
    2000: {99.5: 5.0, 99.9: 25.0},
}
TEN_SLOTS = {99.4: 10.0}
MEGABYTES = {1000: 256.0, 2000: 384.0}


@dataclass(frozen=True, slots=True)
class Way:
    """One way of making a timetable, and what it came to. `marks`: after how many seconds which share was there."""

    name: str
    verdict: Verdict
    share: float
    seconds: float
    marks: Mapping[float, float] = field(default_factory=dict)
    megabytes: float | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """What the process of a solve tells: the timetable, its own figures, the weights with the time of each."""

    placed: tuple[Placed, ...]
    bound: float
    seconds: float
    weights: tuple[tuple[float, int], ...]
    megabytes: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One setting with all its ways, and the bound as reckoned here."""

    setting: Setting
    wishes: int
    bound: float
    ways: tuple[Way, ...]
    notes: tuple[str, ...] = ()

    def way(self, name: str) -> Way:
        """One of them."""
        return next(way for way in self.ways if way.name == name)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, and how much of it."""
    parser.add_argument("--people", type=int, nargs="*", help="only events of so many people")
    parser.add_argument("--quick", action="store_true", help="50 and 200 people, a repair among 200")
    parser.add_argument(
        "--seed", type=int, default=1, help="the same events and timetables for the same seed"
    )
    parser.add_argument("--published", action="store_true", help="the published instances instead")
    parser.add_argument("--only", default="", help="published instances whose name holds this")
    parser.add_argument(
        "--data", type=Path, help="the folder of the published instances; else ../shared/data/b2b"
    )


def run(options: argparse.Namespace) -> None:
    """Measure, and print as it comes."""
    if options.published:
        from benchmarks import published

        published.run(options)
        return
    from benchmarks import repairs

    if not options.json:
        print("Timetables; " + ", ".join(f"{name} {value}" for name, value in machine().items()))
    rows = []
    for setting in chosen(options):
        rows.append(measure(setting, seed=options.seed))
        if not options.json:
            show(rows[-1])
    repaired = list(repairs.measured(200 if options.quick else 1000, seed=options.seed))
    if options.json:
        print(
            json.dumps(
                {"measured": "timetable", "seed": options.seed, **machine(), **as_data(rows, repaired)}
            )
        )
    else:
        repairs.show(repaired)


def chosen(options: argparse.Namespace) -> Sequence[Setting]:
    """Which events."""
    settings = QUICK if options.quick else SETTINGS
    return [one for one in settings if not options.people or one.people in options.people]


def measure(setting: Setting, *, seed: int) -> Measured:
    """All ways of one event."""
    event = setting.event(seed=seed)
    bound = verdicts.bound(event.problem)
    ways, notes = [], []
    for name, way in bookings.WAYS.items():
        began = time.process_time()
        placed = way(event)
        seconds = time.process_time() - began
        found = verdicts.verdict(event.problem, placed)
        ways.append(Way(name=name, verdict=found, share=100 * found.weight / bound, seconds=seconds))
    for name, floor in ((OURS, 3), (WITHOUT_FLOOR, 0)):
        solved = in_a_process(setting, seed=seed, floor=floor)
        found = verdicts.verdict(event.problem, solved.placed)
        ways.append(
            Way(
                name=name,
                verdict=found,
                share=100 * found.weight / bound,
                seconds=solved.seconds,
                marks=dict(_marks(solved, bound=bound)),
                megabytes=solved.megabytes,
            )
        )
        if abs(solved.bound - bound) > 1e-6 * bound:
            notes.append(f"{name}: its bound is {solved.bound:,.2f}, reckoned here {bound:,.2f}")
    return Measured(
        setting=setting, wishes=len(event.problem.wishes), bound=bound, ways=tuple(ways), notes=tuple(notes)
    )


def _marks(solved: Solved, *, bound: float) -> Iterator[tuple[float, float]]:
    for mark in MARKS:
        reached = [seconds for seconds, weight in solved.weights if 100 * weight / bound >= mark]
        if reached:
            yield mark, min(reached)


def in_a_process(setting: Setting, *, seed: int, floor: int) -> Solved:
    """Solve in a process that has done nothing else, so that its memory is the solver's."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(solved_once, (setting, seed, floor))


def solved_once(setting: Setting, seed: int, floor: int) -> Solved:
    """The event again, and its timetable; what making the event takes is not counted."""
    problem = setting.event(seed=seed, floor=floor).problem
    weights: list[tuple[float, int]] = []
    began = time.process_time()

    def note(progress: Progress) -> None:
        weights.append((time.process_time() - began, progress.weight))

    timetable = solve(problem, seed=seed, on_progress=note)
    seconds = time.process_time() - began
    weights.append((seconds, timetable.weight))
    return Solved(
        placed=timetable.placed,
        bound=timetable.bound,
        seconds=seconds,
        weights=tuple(weights),
        megabytes=resident(),
    )


def targets(measured: Measured) -> Iterator[Figure]:
    """What this setting was to reach. A lead or a gain is turned round where Figure asks for the most it may be."""
    setting, ours, free = measured.setting, measured.way(OURS), measured.way(WITHOUT_FLOOR)
    yield Figure("rules broken, all ways", sum(len(way.verdict.broken) for way in measured.ways), "", 0)
    for share, seconds in _within(setting).items():
        reached = free.marks.get(share, float("inf"))
        yield Figure(f"without floor, {share:g} % of the bound", round(reached, 2), "s", seconds)
    size = next((size for size in sorted(MEGABYTES) if setting.people <= size), None)
    if size is not None:
        most = max(ours.megabytes or 0, free.megabytes or 0)
        yield Figure("memory, peak", round(most), "MB", MEGABYTES[size])
    leads = {"first come first served": 15.0, "keen pairs first": 8.0}
    for name, least in {**leads, "organiser's batch": 0.7 if setting.is_few else 2.0}.items():
        behind = measured.way(name).share - free.share
        yield Figure(f"behind, {name}", round(behind, 2), "points", -least)
    yield Figure("with floor: nobody to meet, though they could", ours.verdict.nobody, "people", 0)
    few = 0.03 if setting.is_few else 0.01
    yield Figure("with floor: fewer than three", ours.verdict.fewer, "people", few * setting.people)
    yield Figure("with floor: weight lost by it", round(free.share - ours.share, 2), "points", 1.5)
    keen = measured.way("keen pairs first").verdict
    left = 0.65 if setting.is_few else 0.30
    yield Figure(
        "idle slots, of those of keen pairs", round(ours.verdict.idle / max(1, keen.idle), 3), "", left
    )


def _within(setting: Setting) -> Mapping[float, float]:
    if setting.slots < 14:
        return TEN_SLOTS
    if 200 < setting.people < 1000:
        return {}
    size = next((size for size in sorted(SECONDS) if setting.people <= size), None)
    return {} if size is None else SECONDS[size]


def show(measured: Measured) -> None:
    """The table of one setting, and what it was to reach."""
    print(f"\n{measured.setting.name}; {measured.wishes:,} wishes, bound {measured.bound:,.1f}\n{HEAD}")
    for way in measured.ways:
        one = way.verdict
        marks = "".join(f"{_seconds(way.marks.get(mark)):>8}" for mark in (99.5, 99.9))
        memory = "" if way.megabytes is None else f"{way.megabytes:.0f}"
        print(
            f"{way.name:<28}{way.share:>11.2f}{one.meetings:>9,}{one.mutual:>7,}{one.nobody:>7}{one.fewer:>5}"
            f"{one.idle:>6,}{one.changes:>8,}{way.seconds:>7.2f}{marks}{memory:>6}"
        )
        for sentence in one.broken[:3]:
            print(f"  BROKEN {sentence}")
    for note in measured.notes:
        print(f"  NOTE {note}")
    for figure in targets(measured):
        print(
            f"  {figure.name:<46}{figure.value:>9g} {figure.unit:<7} at most {figure.most:g}: {figure.verdict}"
        )


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def as_data(rows: Sequence[Measured], repaired: Sequence[object]) -> dict[str, object]:
    """The same for a machine."""
    return {
        "events": [
            {
                **asdict(row),
                "name": row.setting.name,
                "targets": [{**asdict(one), "verdict": one.verdict} for one in targets(row)],
            }
            for row in rows
        ],
        "repairs": [asdict(one) for one in repaired],  # type: ignore[call-overload]
    }
