"""What a question needs before it goes to the desk; nothing that can be asked later is asked now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from landbridge.catalogue.rules.offers import AccessMode
from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, Problem

LONGEST_TITLE, LONGEST_TEXT, SHORTEST_TEXT = 150, 10_000, 40
MOST_WANTS = 12
WEIGHTS = {3: N_("needed"), 2: N_("matters"), 1: N_("helps")}

# Technology readiness levels in plain words. Source: Horizon 2020 Work Programme 2014-2015, General Annex G.
READINESS = {
    1: N_("1: basic principles observed"),
    2: N_("2: an idea how to use them"),
    3: N_("3: shown to work in an experiment"),
    4: N_("4: works in the laboratory"),
    5: N_("5: tested under realistic conditions"),
    6: N_("6: demonstrated under realistic conditions"),
    7: N_("7: prototype works where it will be used"),
    8: N_("8: complete and qualified"),
    9: N_("9: in use and on the market"),
}

# The ways of access as a company says them.
WAYS = {
    AccessMode.SHIP_SAMPLE: N_("We send a sample"),
    AccessMode.PHYSICAL: N_("We come and work there"),
    AccessMode.REMOTE: N_("We steer it from afar"),
    AccessMode.VIRTUAL: N_("We use data or software"),
    AccessMode.CONTRACT_RESEARCH: N_("They do the work for us"),
    AccessMode.STAFF_EXCHANGE: N_("One of us works there for a while, or one of them here"),
    AccessMode.TRAINING: N_("We want to learn it"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is asked. `wants` are competences by id with their weights (1 helps, 2 matters, 3 is needed)."""

    title: str
    confidential_text: str
    readiness_now: int | None = None
    readiness_wanted: int | None = None
    sample: str = ""
    regulation: str = ""
    budget_eur: Money | None = None
    needed_by: date | None = None
    languages: tuple[str, ...] = ()
    access_modes: tuple[str, ...] = ()
    also_inside: bool = False
    wants: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """For which company, and whether it can be asked for."""

    is_closed: bool
    has_desk: bool
    is_named: bool = True  # when a desk asks: the person at the company is named, with an address


def problems_with(asked: Asked, *, asker: Asker, today: date) -> Iterator[Problem]:
    """Every reason why this question cannot go to the desk, in the order of the form."""
    yield from problems_with_asker(asker)
    yield from problems_with_text(asked)
    yield from problems_with_context(asked, today=today)


def problems_with_revision(asked: Asked, *, was_needed_by: date | None, today: date) -> Iterator[Problem]:
    """The same for a question that is changed; a day that has passed since may stay as it was."""
    yield from problems_with_text(asked)
    yield from problems_with_context(asked, today=min(today, was_needed_by or today))


def problems_with_asker(asker: Asker) -> Iterator[Problem]:
    """The company works, and there is a desk for it."""
    if asker.is_closed:
        yield Problem(
            code="company_closed",
            message=N_("This company is closed."),
            cure=N_("Ask for a company that works."),
            field="company",
        )
    if not asker.has_desk:
        yield Problem(
            code="no_desk",
            message=N_("No desk of the network looks after this company yet."),
            cure=N_("Write to the programme office; it says which desk takes the question."),
            field="company",
        )
    if not asker.is_named:
        yield Problem(
            code="nobody_asks",
            message=N_("Nobody at the company is named."),
            cure=N_("Give the name and the e-mail address of whoever asks; the answers go there."),
            field="person_email",
        )


def problems_with_text(asked: Asked) -> Iterator[Problem]:
    """A title, and enough to understand what is needed."""
    if not asked.title.strip():
        yield Problem(
            code="no_title",
            message=N_("The title is missing."),
            cure=N_("Say in a few words what you need."),
            field="title",
        )
    if len(asked.confidential_text.strip()) < SHORTEST_TEXT:
        yield Problem(
            code="text_too_short",
            message=N_("This is too short to be understood."),
            cure=N_("Two or three sentences: what you make, what you want to know, what you have tried."),
            field="confidential_text",
        )


def problems_with_context(asked: Asked, *, today: date) -> Iterator[Problem]:
    """What was said around the question makes sense."""
    if asked.needed_by and asked.needed_by < today:
        yield Problem(
            code="needed_in_the_past",
            message=N_("This day has passed."),
            cure=N_("Give a day to come, or leave it empty."),
            field="needed_by",
        )
    now, wanted = asked.readiness_now, asked.readiness_wanted
    if now and wanted and wanted < now:
        yield Problem(
            code="readiness_goes_back",
            message=N_("The level you want to reach is below where you are."),
            cure=N_("Change one of the two, or leave them empty."),
            field="readiness_wanted",
        )
    if len(asked.wants) > MOST_WANTS:
        yield Problem(
            code="too_many_wants",
            message=N_("These are more than %(most)s competences."),
            cure=N_("Keep those without which nothing works."),
            field="wants",
            params={"most": MOST_WANTS},
        )
