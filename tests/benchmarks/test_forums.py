"""The reader of published events, and the proof of the fewest breaks beside trying everything."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import exact, forums, judged
from benchmarks.exact import fewest_breaks
from benchmarks.forums import AFTERNOON, ANY, MORNING, Forum, Meeting

pytestmark = pytest.mark.once

INVENTED = """nBusiness = 3;
nMeetings = 2;
nTables = 1;
nTotalSlots = 4;
nMorningSlots = 2;

requested = [|1, 2,1,
|3, 1,2,
|];
meetingsxBusiness = [{1,2,3},
{1,2},
{1,3}];
nMeetingsBusiness = [2,1,1];
forbidden = [{0},
{0,2},
{}];
fixed = [0,4];
precedences = [{},
{1}];
"""


def test_a_file_is_read():
    forum = forums.read(INVENTED, name="invented")
    assert (forum.people, forum.tables, forum.slots, forum.morning) == (3, 1, 4, 2)
    assert forum.meetings == (Meeting(0, 1, MORNING), Meeting(2, 0, AFTERNOON, fixed=3, after=(0,)))
    assert forum.away == (frozenset(), frozenset({1}), frozenset())
    assert (forum.allowed(0), forum.allowed(1)) == ([0], [3])


def test_its_fewest_breaks_are_proved():
    forum = forums.read(INVENTED, name="invented")
    assert fewest_breaks(forum) == exact.Proof(1, (0, 3))
    assert forums.breaks(forum, (0, 3)) == [1, 0, 0]


def test_what_a_timetable_breaks_is_said():
    forum = forums.read(INVENTED, name="invented")
    assert forums.broken(forum, (0, 3)) == []
    assert forums.broken(forum, (1, 3)) == ["meeting 0 at 1"]
    assert len(forums.broken(forum, (3, 3))) == 4  # session, twice in a slot, one table, order


def test_a_file_that_announces_more_meetings_than_it_has_is_refused():
    with pytest.raises(ValueError, match="5 meetings are announced"):
        forums.read(INVENTED.replace("nMeetings = 2", "nMeetings = 5"), name="invented")


def test_what_is_published_is_read(tmp_path):
    rows = "instance,fairness_d,status,minimum_breaks\na,2,OPTIMAL,3\nb,2,INFEASIBLE,\nc,2,UNKNOWN,\n"
    (tmp_path / forums.OPTIMA).write_text(rows)
    (tmp_path / "a.dzn").write_text(INVENTED)
    assert forums.optima(tmp_path) == {"a": forums.Optimum(3), "b": forums.Optimum(None)}
    assert [forum.name for forum in forums.instances(tmp_path)] == ["a"]


# ── Beside trying everything ─────────────────────────────────────────────────────────────────────────────────────────


def by_trying_everything(forum):
    ways = itertools.product(*(forum.allowed(number) for number in range(len(forum.meetings))))
    return min(
        (sum(forums.breaks(forum, slots)) for slots in ways if not forums.broken(forum, slots)), default=None
    )


@st.composite
def small_forums(draw):
    slots, people = draw(st.integers(1, 6)), draw(st.integers(2, 4))
    number = draw(st.integers(0, 5 if slots < 6 else 4))
    pairs = [(one, other) for one in range(people) for other in range(people) if one != other]
    meetings = []
    for place in range(number):
        first, second = draw(st.sampled_from(pairs))
        meetings.append(
            Meeting(
                first,
                second,
                session=draw(st.sampled_from((ANY, ANY, MORNING, AFTERNOON))),
                fixed=draw(st.none() | st.none() | st.integers(0, slots - 1)),
                after=tuple(draw(st.sets(st.integers(0, place - 1), max_size=1))) if place else (),
            )
        )
    return Forum(
        name="small",
        people=people,
        tables=draw(st.integers(1, 2)),
        slots=slots,
        morning=draw(st.integers(0, slots)),
        meetings=tuple(meetings),
        away=tuple(draw(st.frozensets(st.integers(0, slots - 1), max_size=2)) for _ in range(people)),
    )


@settings(max_examples=120, deadline=None)
@given(small_forums())
def test_the_proof_agrees_with_trying_everything(forum):
    proof = fewest_breaks(forum)
    assert proof.breaks == by_trying_everything(forum)
    if proof.breaks is not None:
        assert forums.broken(forum, proof.slots) == []
        assert sum(forums.breaks(forum, proof.slots)) == proof.breaks


@pytest.mark.parametrize(("breaks", "possible"), [(2, True), (3, False)])
def test_nobody_has_more_than_two_breaks_more_than_another(breaks, possible):
    """One person is fixed to so many breaks, and others to none."""
    meetings = tuple(Meeting(0, place + 1, fixed=2 * place) for place in range(breaks + 1))
    forum = Forum(
        name="unfair",
        people=breaks + 2,
        tables=1,
        slots=2 * breaks + 1,
        morning=0,
        meetings=meetings,
        away=(frozenset(),) * (breaks + 2),
    )
    assert fewest_breaks(forum).breaks == (breaks if possible else None)


def test_a_published_instance_has_its_published_optimum():
    folder = judged.folder("b2b")
    if folder is None:
        pytest.skip("The published instances are not here: LANDBRIDGE_BENCH_DATA names the folder above b2b.")
    forum = forums.read((folder / "tic-12.fixed020-Forb.dzn").read_text("utf-8"), name="tic-12.fixed020-Forb")
    assert fewest_breaks(forum).breaks == forums.optima(folder)[forum.name].breaks == 1
