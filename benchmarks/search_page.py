"""What a search costs where people search: the page with its facets, the map, and the match of a whole question.

`python3 run.py bench search_page` writes 100,000 invented public records (see `offers.py`) into a database of its own,
builds the index and asks. Measured is the processor time between request and last octet, the whole middleware
included, as anybody who has not signed in; each question is another one, but for the words of every record. With `--model DIR` (or LANDBRIDGE_MODEL_DIR) the
match is measured by meaning as well: questions are encoded by the model, the offers' vectors are drawn by chance from
the seed, since encoding them takes hours and how near they are does not change how long the scan takes.
`--profile` prints where the time goes, with `--only NAME` of one measurement alone.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import offers, records
from benchmarks.figures import Figure, show
from benchmarks.match import percentile
from benchmarks.records import Sources
from benchmarks.rows import build, choose
from benchmarks.scale import by_chance
from benchmarks.visitor import Visitor

ASKED = 50  # questions of each kind
WARM = 8  # questions before them, of the same kind
WORDS = 25  # of a question to be matched
PAGE, MATCH = 40.0, 100.0  # ms at most, at 100,000 records
MOST_SHOWN = 35  # lines of a profile


@dataclass(frozen=True, slots=True)
class Asking:
    """One thing to measure: each of its asks is another question."""

    name: str
    asks: Sequence[Callable[[], object]]
    most: float | None = None
    note: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many, and what of it."""
    parser.add_argument("--records", type=int, default=100_000, help="public records in the catalogue")
    parser.add_argument(
        "--seed", type=int, default=7, help="the same records and questions for the same seed"
    )
    parser.add_argument("--model", type=Path, help="the folder of the model; else LANDBRIDGE_MODEL_DIR")
    parser.add_argument("--folder", type=Path, help="keep the database here and use it again")
    parser.add_argument("--only", default="", help="measurements whose name holds this word")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")


def run(options: argparse.Namespace) -> None:
    """Write the records, build the index, ask, print."""
    found = records.sources()
    if found is None:
        print(
            "Names and terms are not here: put ror-active and vocabularies into ../shared/data, or name LANDBRIDGE_BENCH_DATA."
        )
        return
    named = os.environ.get("LANDBRIDGE_MODEL_DIR")
    model = options.model or (Path(named) if named else None)
    with tempfile.TemporaryDirectory(prefix="landbridge-search-") as passing:
        choose(options.folder or Path(passing))
        import django

        django.setup()
        figures = [
            *built(options, found),
            *(one for asking in by_words(options, found) for one in measured(asking, options)),
            *by_meaning(options, found, model),
        ]
        title = f"Search page and match, {options.records:,} public records, {ASKED} questions of each kind"
        show(title, figures, as_json=options.json)


def built(options: argparse.Namespace, found: Sources) -> Iterator[Figure]:
    """Rows and index; a folder that has them already stays as it is."""
    from landbridge.catalogue import search
    from landbridge.foundation import clock

    build(applications=0)
    began = time.process_time()
    written = offers.build(options.records, found=found, seed=options.seed, at=clock.now())
    yield Figure("rows written", round(time.process_time() - began, 1), "s", note=f"{written:,} records")
    if written or not all(one["built"] for one in search.status()):
        began = time.process_time()
        search.rebuild()
        yield Figure("index of words built", round(time.process_time() - began, 1), "s")


def by_words(options: argparse.Namespace, found: Sources) -> Iterator[Asking]:
    """The pages as anybody sees them, then the match."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import resolve

    from landbridge.programmes.models import Region

    anybody = Visitor(get_wsgi_application())
    resolve("/")
    gc.collect()
    gc.freeze()  # as `landbridge serve` does
    number = ASKED + WARM
    boxes = records.boxes(number, found=found, seed=options.seed)
    terms = [
        text
        for text in records.boxes(3 * number, found=found, seed=options.seed + 1)
        if text in set(found.terms)
    ]
    regions = list(Region.objects.active().order_by("pk").values_list("key", flat=True))

    def page(path: str, texts: Sequence[str], **more: str) -> list[Callable[[], object]]:
        queries = [urlencode({**({"q": text} if text else {}), **more}) for text in texts]
        return [partial(anybody.get, f"{path}?{query}") for query in queries]

    finder, chart = "/catalogue/", "/catalogue/map/"
    found_any = sum(1 for text in boxes[WARM:] if _total(text))
    yield Asking(
        "search page, one or two terms", page(finder, boxes), PAGE, f"{found_any} of {ASKED} find something"
    )
    yield Asking("search page, one term", page(finder, terms[:number]), PAGE)
    yield Asking(
        "the same in two regions, by ship a sample",
        [
            partial(
                anybody.get,
                f"{finder}?"
                + urlencode([("q", text), ("region", one), ("region", other), ("mode", "ship_sample")]),
            )
            for text, one, other in zip(terms[:number], cycle(regions), cycle(regions[1:]), strict=False)
        ],
        PAGE,
    )
    common = [f"samples {word}" for word in ("report", "analysis", "cells", "methods", "training")]
    yield Asking("search page, words of every record", page(finder, (common * number)[:number]), PAGE)
    yield Asking("the same by name", page(finder, (common * number)[:number], sort="name"), PAGE)
    yield Asking("the page without words", page(finder, [""] * number), PAGE)
    yield Asking(
        "without words, another page",
        [partial(anybody.get, f"{finder}?page={place}") for place in range(2, number + 2)],
        PAGE,
    )
    yield Asking("the map of one term", page(chart, terms[:number]))
    yield Asking("the whole map", page(chart, [""] * number))
    yield from matches("by words", found, seed=options.seed)


def _total(text: str) -> int:
    from landbridge.catalogue import search

    return search.search(text, facets=()).total


def matches(name: str, found: Sources, *, seed: int) -> Iterator[Asking]:
    """Whole questions of a company of one region: the offers elsewhere with their reasons."""
    from landbridge.catalogue import search
    from landbridge.catalogue.models import Competence
    from landbridge.programmes.models import Region

    region = Region.objects.active().order_by("pk")[0]
    texts = records.questions(ASKED + WARM, words=WORDS, found=found, seed=seed + WORDS)
    yield Asking(
        f"match {name}, {WORDS} words",
        [partial(search.match, text, region=region) for text in texts],
        MATCH,
    )
    terms = list(Competence.objects.accepted().order_by("pk").values_list("key", flat=True))
    yield Asking(
        f"the same, two competences wanted, {name}",
        [
            partial(
                search.match,
                search.Question(
                    f"Now {text}",
                    competences={terms[7 * at % len(terms)]: 1.0, terms[11 * at % len(terms)]: 0.5},
                    access_modes=("ship_sample", "remote"),
                    languages=("en",),
                ),
                region=region,
            )
            for at, text in enumerate(texts)
        ],
        MATCH,
    )


def by_meaning(options: argparse.Namespace, found: Sources, model: Path | None) -> Iterator[Figure]:
    """The match again with a model, over vectors by chance; says so where there is none."""
    from django.conf import settings

    from landbridge.catalogue.models import Record
    from landbridge.catalogue.search import index
    from landbridge.foundation import clock

    settings.LANDBRIDGE_MODEL_DIR = model or Path("/nowhere")
    meant, follower = index.meaning(), index.vectors()
    if meant is None or follower is None:
        print("By meaning: NOT MEASURED, there is no model (landbridge model).", file=sys.stderr)
        return
    numbers = Record.objects.public().order_by("pk").values_list("pk", flat=True)
    drawn = by_chance(len(numbers), seed=options.seed)
    meant.vectors.rebuild((pk, rows) for pk, (_place, rows) in zip(numbers, drawn, strict=True))
    mark = index.Mark(upto=index.newest_change(), day=clock.now().date().isoformat())
    follower.path.write_text(json.dumps(asdict(mark)), "ascii")
    for asking in matches("by words and meaning", found, seed=options.seed + 1):
        yield from measured(asking, options)


def measured(asking: Asking, options: argparse.Namespace) -> Iterator[Figure]:
    """Processor time of each ask: p50 and p95, in ms."""
    if options.only not in asking.name:
        return
    for ask in asking.asks[:WARM]:
        ask()
    gc.collect()
    profile = cProfile.Profile() if options.profile else None
    spent = []
    for ask in asking.asks[WARM : WARM + ASKED]:
        began = time.process_time()
        answer = profile.runcall(ask) if profile else ask()
        spent.append((time.process_time() - began) * 1e3)
        status = getattr(answer, "status", 200)
        if status != 200:
            print(f"NOT MEASURED: {asking.name} answers {status}.", file=sys.stderr)
            return
    if profile:
        print(f"── {asking.name}, {len(spent)} times", file=sys.stderr)
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(MOST_SHOWN)
    yield Figure(f"{asking.name}, p50", round(percentile(spent, 50), 1), "ms", note=asking.note)
    yield Figure(f"{asking.name}, p95", round(percentile(spent, 95), 1), "ms", asking.most)
