"""The jury: who may be invited, what stands between a juror and a pitch, marks, the ranking, and who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from landbridge.algorithms.ranking import Mark, Standing, standings
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.pitches.models import Conflict, Juror, Pitch, PitchCall, Score
from landbridge.pitches.queries.reading import WITH_THE_JURY, order_of, ties_of
from landbridge.pitches.rules import Found, conflict_found, criteria_from, heaviest_of, ranking, value_of
from landbridge.pitches.states import AFTER_OPENING, S

JURY_HATS = (Role.ASSESSOR, Role.INVESTOR, Role.BROKER)


@dataclass(frozen=True, slots=True)
class Place:
    """One pitch in the ranking."""

    pitch: Pitch
    standing: Standing
    rank: int
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ToMark:
    """One pitch before a juror, with their conflict or their marks; the others' only once they gave theirs."""

    pitch: Pitch
    conflict: Conflict | None
    score: Score | None
    live: Score | None = None
    others: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """One juror as the organiser sees them: how far they are, never what they gave."""

    juror: Juror
    marked: int
    conflicts: int
    of: int


def candidates_for(call: PitchCall) -> list[tuple[Person, Membership]]:
    """People with the hat of an assessor, investor or broker who do not sit on the jury yet."""
    sitting = Juror.objects.filter(call=call, is_audience=False).values("person")
    hats = (
        Membership.objects.current()
        .filter(role__in=JURY_HATS, person__is_active=True)
        .exclude(person__in=sitting)
        .select_related("person", "organisation", "region", "partner", "programme")
        .order_by("person__name", "pk")
    )
    first: dict[int, tuple[Person, Membership]] = {}
    for hat in hats:
        first.setdefault(hat.person_id, (hat.person, hat))
    return list(first.values())


def conflicts_found(juror: Juror) -> dict[int, Found]:
    """The pitches of the call that the juror must not mark, by whom they act for; nobody had to say so."""
    ties = ties_of([juror.person_id])[juror.person_id]
    found = {}
    rows = Pitch.objects.filter(call_id=juror.call_id, state__in=WITH_THE_JURY).select_related("organisation")
    pitches = list(rows.order_by("pk"))
    pitching = frozenset(pitch.organisation_id for pitch in pitches)
    for pitch in pitches:
        conflict = conflict_found(
            ties,
            organisation_id=pitch.organisation_id,
            region_id=pitch.organisation.region_id,
            pitching=pitching,
        )
        if conflict is not None:
            found[pitch.pk] = conflict
    return found


def has_conflict(juror: Juror, pitch: Pitch) -> bool:
    """Declared, noted, or found this moment: hats change."""
    if Conflict.objects.filter(juror=juror, pitch=pitch).exists():
        return True
    return pitch.pk in conflicts_found(juror)


def is_blind(call: PitchCall, actor: Actor) -> bool:
    """Whether the actor sits on the jury and has something to mark yet: until then they see nobody's marks."""
    juror = Juror.objects.filter(call=call, person_id=actor.person_id or 0).first()
    if juror is None or call.state not in (S.JUDGING, S.LIVE):
        return False
    is_live = call.state == S.LIVE
    if not is_live and juror.is_audience:
        return True
    conflicted = Conflict.objects.filter(juror=juror).values("pitch")
    marked = Score.objects.filter(juror=juror, is_live=is_live).values("pitch")
    waiting = Pitch.objects.filter(call=call, state__in=WITH_THE_JURY)
    if is_live:
        waiting = waiting.filter(on_stage_at__isnull=False)
    return waiting.exclude(pk__in=conflicted).exclude(pk__in=marked).exists()


def to_mark(juror: Juror) -> list[ToMark]:
    """What lies before a juror of a call that is with the jury, by company; others' marks only beside one's own."""
    call = juror.call
    if juror.is_audience or call.state not in AFTER_OPENING:
        return []
    rows = Pitch.objects.filter(call=call, state__in=WITH_THE_JURY).select_related("organisation", "call")
    conflicts = {one.pitch_id: one for one in Conflict.objects.filter(juror=juror)}
    given: dict[int, list[Score]] = defaultdict(list)
    own: dict[tuple[int, bool], Score] = {}
    scores = Score.objects.filter(pitch__call=call, juror__is_audience=False).select_related("juror")
    for score in scores.order_by("pk"):
        if score.juror_id == juror.pk:
            own[score.pitch_id, score.is_live] = score
        elif not score.is_live:
            given[score.pitch_id].append(score)
    return [
        ToMark(
            pitch,
            conflicts.get(pitch.pk),
            own.get((pitch.pk, False)),
            own.get((pitch.pk, True)),
            tuple(given[pitch.pk]) if (pitch.pk, False) in own else (),
        )
        for pitch in rows.order_by("organisation__name", "pk")
    ]


def seats_of(call: PitchCall) -> list[Seat]:
    """The jury, with how far each one is."""
    pitches = Pitch.objects.filter(call=call, state__in=WITH_THE_JURY).count()
    marked: dict[int, int] = defaultdict(int)
    conflicts: dict[int, int] = defaultdict(int)
    rows = Score.objects.filter(juror__call=call, is_live=False, pitch__state__in=WITH_THE_JURY)
    for juror_id in rows.values_list("juror_id", flat=True):
        marked[juror_id] += 1
    noted = Conflict.objects.filter(juror__call=call, pitch__state__in=WITH_THE_JURY)
    for juror_id in noted.values_list("juror_id", flat=True):
        conflicts[juror_id] += 1
    jurors = (
        Juror.objects.filter(call=call, is_audience=False).select_related("person").order_by("name", "pk")
    )
    return [
        Seat(one, marked[one.pk], conflicts[one.pk], max(0, pitches - conflicts[one.pk])) for one in jurors
    ]


def ranking_of(call: PitchCall) -> list[Place]:
    """The ranking by the jury's marks before the selection. For those who are not blind alone (`is_blind`)."""
    criteria = criteria_from(call.criteria)
    rows = Pitch.objects.filter(call=call, state__in=WITH_THE_JURY).select_related("organisation")
    pitches = {pitch.pk: pitch for pitch in rows.order_by("pk")}
    scores = list(_scores(call, is_live=False, is_audience=False))
    top, heaviest = heaviest_of(criteria), defaultdict(list)
    for score in scores:
        if top is not None and score.pitch_id in pitches:
            heaviest[score.pitch_id].append(float(score.marks[top.key]))
    found = ranking(
        [
            Mark(one.juror_id, one.pitch_id, value_of(one.marks, criteria))
            for one in scores
            if one.pitch_id in pitches
        ],
        items=list(pitches),
        seed=call.draw_seed,
        heaviest={pk: sum(values) / len(values) for pk, values in heaviest.items()},
    )
    remarks: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for score in scores:
        if score.remark:
            remarks[score.pitch_id].append((score.juror.name, score.remark))
    return [
        Place(pitches[one.item], one, rank, tuple(remarks[one.item]))
        for rank, one in enumerate(found, start=1)
    ]


@dataclass(frozen=True, slots=True)
class OnStage:
    """How one pitch was marked on stage, by the jury and by the audience."""

    pitch: Pitch
    jury: Standing
    audience: Standing


def stage_marks(call: PitchCall) -> list[OnStage]:
    """The marks given on stage, in the running order; jury and audience apart. For those who are not blind alone."""
    criteria = criteria_from(call.criteria)
    pitches = [line.pitch for line in order_of(call)]
    items = [pitch.pk for pitch in pitches]

    def found(*, is_audience: bool) -> list[Standing]:
        rows = _scores(call, is_live=True, is_audience=is_audience)
        marks = [Mark(one.juror_id, one.pitch_id, value_of(one.marks, criteria)) for one in rows]
        return standings([mark for mark in marks if mark.item in set(items)], items=items)

    by_jury, by_audience = found(is_audience=False), found(is_audience=True)
    return [OnStage(*row) for row in zip(pitches, by_jury, by_audience, strict=True)]


def _scores(call: PitchCall, *, is_live: bool, is_audience: bool) -> Iterator[Score]:
    rows = Score.objects.filter(pitch__call=call, is_live=is_live, juror__is_audience=is_audience)
    yield from rows.select_related("juror").order_by("juror_id", "pitch_id")


def others_marks(juror: Juror, pitch: Pitch) -> list[tuple[str, float, str]]:
    """What the others of the jury gave one pitch, with their remarks; only for whoever has marked it."""
    if not Score.objects.filter(juror=juror, pitch=pitch, is_live=False).exists():
        return []
    criteria = criteria_from(pitch.call.criteria)
    rows = Score.objects.filter(pitch=pitch, is_live=False, juror__is_audience=False).exclude(juror=juror)
    return [
        (one.juror.name, value_of(one.marks, criteria), one.remark)
        for one in rows.select_related("juror").order_by("juror__name", "pk")
    ]


def marked_live(juror: Juror) -> tuple[set[int], set[int]]:
    """The pitches that one has marked on stage, and those one must not mark."""
    marked = Score.objects.filter(juror=juror, is_live=True).values_list("pitch_id", flat=True)
    conflicts = Conflict.objects.filter(juror=juror).values_list("pitch_id", flat=True)
    return set(marked), set(conflicts)
