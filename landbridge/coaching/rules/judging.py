"""The report and who may approve it, partnerships, and the feedback of each side.

Source: rules of the field, section 2 (coaching): partnerships established, planned continuation, seven statements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from landbridge.coaching.states import Party, Reached
from landbridge.foundation.problems import N_, Problem

MOST_PARTNERSHIPS = 8
BEST_MARK = 5
LONGEST_REPORT = 6000

# Seven statements for each side, from 1 (not at all) to 5 (fully); the key says what they measure in the figures.
STATEMENTS: dict[Party, dict[str, str]] = {
    Party.COMPANY: {
        "needs": N_("The analysis found what our company really needed."),
        "match": N_("The coach had the right knowledge and experience."),
        "plan": N_("The plan said clearly what we would reach, and how."),
        "sessions": N_("The sessions were well prepared and at times that suited us."),
        "progress": N_("We reached what the plan set out to reach."),
        "contacts": N_("The coaching brought contacts beyond our own region."),
        "again": N_("We would recommend this coaching to another company."),
    },
    Party.COACH: {
        "needs": N_("The analysis told me what I needed to begin."),
        "match": N_("My knowledge fitted what the company needed."),
        "plan": N_("The hours sufficed for the objectives of the plan."),
        "sessions": N_("The company came prepared and took the time."),
        "progress": N_("The company put into practice what we worked out."),
        "contacts": N_("The network helped to find partners in other regions."),
        "again": N_("I would take another case of this desk."),
    },
    Party.BROKER: {
        "needs": N_("The analysis held until the end."),
        "match": N_("Coach and company fitted together."),
        "plan": N_("The plan was realistic."),
        "sessions": N_("Sessions and hours were kept as they were planned."),
        "progress": N_("The company is further than it was before."),
        "contacts": N_("The case led to contacts across borders."),
        "again": N_("I would propose this coach again."),
    },
}


@dataclass(frozen=True, slots=True)
class Partner:
    """A partnership established: with whom, where, and as what."""

    name: str
    country: str
    region: str
    role: str


def problems_with_report(
    *,
    text: str,
    reached: Mapping[int, str],
    objectives: Collection[int],
    partners: Sequence[Partner],
    open_sessions: int,
    hours_open: int,
) -> Iterator[Problem]:
    """It says what was done, judges each objective, names partners in full; no session or hour is left open."""
    if not text.strip():
        yield Problem(
            code="no_text",
            message=N_("The report is empty."),
            cure=N_("Say what was done and what came of it."),
            field="text",
        )
    for pk in objectives:
        if reached.get(pk) not in list(Reached):
            yield Problem(
                code="objective_not_judged",
                message=N_("It is not said whether this objective was reached."),
                cure=N_("Choose one of the three."),
                field=f"reached_{pk}",
            )
    if len(partners) > MOST_PARTNERSHIPS:
        yield Problem(
            code="too_many_partnerships",
            message=N_("A report names %(most)s partnerships at most."),
            cure=N_("Keep those that matter most; name the others in the text."),
            params={"most": MOST_PARTNERSHIPS},
        )
    for place, partner in enumerate(partners, start=1):
        if not (partner.name.strip() and partner.country and partner.role.strip()):
            yield Problem(
                code="partnership_incomplete",
                message=N_("A partnership has a name, a country and a role."),
                cure=N_("Fill in all three, or leave all empty."),
                field=f"name_{place}",
            )
    yield from _problems_with_what_is_open(open_sessions=open_sessions, hours_open=hours_open)


def _problems_with_what_is_open(*, open_sessions: int, hours_open: int) -> Iterator[Problem]:
    if open_sessions:
        yield Problem(
            code="sessions_open",
            message=N_("Booked sessions: %(count)s. They are neither held nor cancelled."),
            cure=N_("Enter their hours or cancel them before you report."),
            params={"count": open_sessions},
        )
    if hours_open:
        yield Problem(
            code="hours_open",
            message=N_("Sessions whose hours the company has not approved: %(count)s."),
            cure=N_("Ask the company to approve them, or agree on what is disputed."),
            params={"count": hours_open},
        )


def problems_with_check(*, person_id: int | None, coach_person_id: int | None) -> Iterator[Problem]:
    """Nobody checks their own report."""
    if person_id is not None and person_id == coach_person_id:
        yield Problem(
            code="own_report",
            message=N_("You wrote this report yourself."),
            cure=N_("A colleague at the desk checks it."),
        )


def problems_with_approval(
    *, person_id: int | None, checked_by_id: int | None, coach_person_id: int | None
) -> Iterator[Problem]:
    """Four eyes: whoever wrote or checked the report does not approve it."""
    if person_id is not None and person_id in (checked_by_id, coach_person_id):
        yield Problem(
            code="same_person",
            message=N_("You wrote or checked this report yourself."),
            cure=N_("A colleague at the office approves it."),
        )


def problems_with_feedback(
    *, party: Party, marks: Mapping[str, int], has_given: bool, has_report: bool
) -> Iterator[Problem]:
    """Once the report is written each side speaks once, and marks each of its seven statements from 1 to 5."""
    if not has_report:
        yield Problem(
            code="feedback_too_early",
            message=N_("The coaching goes on; there is no report yet."),
            cure=N_("Say what you think of it when the report is written."),
        )
    if has_given:
        yield Problem(
            code="feedback_given",
            message=N_("Your side has said what it thinks of this case."),
            cure=N_("It counts once. Write to the desk if something has to be added."),
        )
    for key in STATEMENTS[party]:
        if not 1 <= marks.get(key, 0) <= BEST_MARK:
            yield Problem(
                code="mark_missing",
                message=N_("This statement has no mark."),
                cure=N_("Choose from 1 to 5."),
                field=key,
            )
