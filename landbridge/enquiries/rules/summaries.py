"""Summaries: what may leave the region, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.foundation import reasons
from landbridge.foundation.problems import N_, Problem

LONGEST_TITLE, LONGEST_TEXT, SHORTEST_TEXT, LONGEST_REMARK = 150, 3000, 40, 1000


def problems_with_summary(
    *, title: str, text: str, is_closed: bool, newest: tuple[str, str] | None, names: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Something to approve, something new, and nothing that names the company.

    `newest` is the title and text of the version before; `names` are those of the company and of whoever asked.
    """
    if is_closed:
        yield Problem(
            code="enquiry_ended",
            message=N_("This enquiry has ended."),
            cure=N_("Open it again before you write a summary."),
        )
    if not title.strip():
        yield Problem(code="no_title", message=N_("The title is missing."), field="title")
    if len(text.strip()) < SHORTEST_TEXT:
        yield Problem(
            code="summary_too_short",
            message=N_("This is too short for other desks to search with."),
            cure=N_("Say what is needed and for what kind of product, without naming the company."),
            field="text",
        )
    named = names_the_company(f"{title}\n{text}", names=names)
    if named:
        yield Problem(
            code="names_the_company",
            message=N_("This names the company: %(names)s."),
            cure=N_("Write it so that nobody can tell who asks."),
            field="text",
            params={"names": ", ".join(named)},
        )
    if newest == (title.strip(), text.strip()):
        yield Problem(
            code="summary_unchanged",
            message=N_("This is the version that is there already."),
            cure=N_("Change it, or leave it as it is."),
            field="text",
        )


def names_the_company(text: str, *, names: tuple[str, ...]) -> list[str]:
    """Which of these names stand in the text as words of their own."""
    found = text.casefold()
    return [
        name for name in names if name and re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", found)
    ]


def problems_with_decision(*, is_decided: bool, is_newest: bool) -> Iterator[Problem]:
    """The newest version alone is decided on, and once."""
    if is_decided:
        yield Problem(
            code="summary_decided",
            message=N_("This version was decided on already."),
            cure=N_("Look at the page again; it shows what was decided."),
        )
    elif not is_newest:
        yield Problem(
            code="summary_outdated",
            message=N_("There is a newer version of this summary."),
            cure=N_("Read the newest version and decide on that."),
        )


def problems_with_remark(remark: str) -> Iterator[Problem]:
    """Whoever sends a summary back says what to change."""
    for problem in reasons.problems_with(
        remark, cure=N_("Say what must not leave, or what is wrong."), longest=LONGEST_REMARK
    ):
        yield Problem(
            code=problem.code,
            message=problem.message,
            cure=problem.cure,
            field="remark",
            params=problem.params,
        )


def problems_with_stand_in(*, company_has_people: bool, how: str) -> Iterator[Problem]:
    """A desk writes an approval down for a company only where nobody there can press the button, and says how."""
    if company_has_people:
        yield Problem(
            code="company_can_approve",
            message=N_("The company has people here who can approve it themselves."),
            cure=N_("Wait for them, or send them a message."),
        )
    yield from problems_with_remark(how)
