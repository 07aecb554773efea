"""A version as its organiser judges it: how good it is, who has few meetings and why, what was not placed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.algorithms.timetable import Why
from landbridge.events.models import Event, Registration
from landbridge.foundation.problems import N_
from landbridge.meetings.models import Absence, Run, Unplaced
from landbridge.meetings.queries.material import Material, Pair, pair_of
from landbridge.meetings.queries.versions import Spot, places_in, since_the_plan

FEW = 3
PARTNER_FULL, FELL_OUT = "partner_full", "fell_out"
OTHER_REASONS = {
    PARTNER_FULL: N_("The other side has as many meetings as it can hold."),
    FELL_OUT: N_("A meeting was cancelled since."),
}


@dataclass(frozen=True, slots=True)
class Few:
    """Somebody with fewer than three meetings, and why they have no more."""

    person: Registration
    meetings: int
    wishes: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a version comes to for the people of the event."""

    meetings: int
    by_number: tuple[tuple[int, int], ...]
    few: tuple[Few, ...]
    few_in_all: int
    unplaced_by_reason: tuple[tuple[str, str, int], ...]
    unplaced: int


MOST_SHOWN = 60


def preview_of(run: Run, event: Event) -> Preview:
    """How many have how many meetings, and who has few; read from the rows of the version. At most nine queries."""
    places = places_in(run)
    number: Counter[int] = Counter(key for pair in places for key in pair)
    reasons, wishes = _reasons_of(run, places)
    people = Registration.objects.filter(event=event, wants_meetings=True).taking_part()
    rows = list(people.only("pk", "name", "organisation_name", "slots", "event_id").order_by("name", "pk"))
    absences = Absence.objects.filter(event=event, lifted_at__isnull=True)
    missing = set(absences.values_list("registration_id", flat=True))
    few = sorted(
        (row for row in rows if number[row.pk] < FEW), key=lambda row: (number[row.pk], row.name, row.pk)
    )
    by_number = Counter(number[row.pk] for row in rows)
    counted = dict(Counter(Unplaced.objects.filter(run=run).values_list("why", flat=True)))
    return Preview(
        meetings=len(places),
        by_number=tuple((count, by_number[count]) for count in range(max(by_number, default=-1) + 1)),
        few=tuple(
            Few(
                person=row,
                meetings=number[row.pk],
                wishes=wishes[row.pk],
                reasons=(
                    *((_("Is missing on the day."),) if row.pk in missing else ()),
                    *_why_few(row, wishes=wishes[row.pk], met=number[row.pk], reasons=reasons[row.pk]),
                ),
            )
            for row in few[:MOST_SHOWN]
        ),
        few_in_all=len(few),
        unplaced_by_reason=tuple(
            (why, _(Why(why).label) if why in list(Why) else why, count)
            for why, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        ),
        unplaced=sum(counted.values()),
    )


def unplaced_in(run: Run, *, why: str = "", text: str = "") -> QuerySet[Unplaced]:
    """What a version could not place, filtered by reason and name; the newest requests last."""
    rows = Unplaced.objects.filter(run=run).select_related("request__sender", "request__receiver")
    if why:
        rows = rows.filter(why=why)
    if text:
        names = Q()
        for side in ("sender", "receiver"):
            for column in ("name", "organisation_name"):
                names |= Q(**{f"request__{side}__{column}__icontains": text})
        rows = rows.filter(names)
    return rows.order_by("pk")


def reason_of(row: Unplaced) -> str:
    """Why it was not placed, with who is the reason and how full they are."""
    label = _(Why(row.why).label) if row.why in list(Why) else row.why
    known = {
        row.request.sender_id: row.request.sender.name,
        row.request.receiver_id: row.request.receiver.name,
    }
    counts = [*row.counts, *([[]] * len(row.who))]
    parts = []
    for key, count in zip(row.who, counts, strict=False):
        if key not in known:
            continue
        if len(count) == 2 and not count[1]:
            parts.append(_("%(name)s in none") % {"name": known[key]})
        elif len(count) == 2:
            parts.append(
                _("%(name)s: %(meetings)s of %(most)s")
                % {"name": known[key], "meetings": count[0], "most": count[1]}
            )
        else:
            parts.append(known[key])
    return f"{label.rstrip('.')} ({', '.join(parts)})." if parts else label


def changed_since(run: Run, material: Material) -> list[str]:
    """What is another than when the version was computed, in sentences; empty while it still holds."""
    if run.input_hash == material.input_hash:
        return []
    before, now = run.inputs, material.inputs
    found = [*_people_changed(before.get("people", {}), now["people"])]
    if before.get("wishes") != now["wishes"]:
        found.append(_wishes_changed(run, material))
    if before.get("slots") != now["slots"]:
        found.append(_("The slots are others."))
    if before.get("past") != now["past"]:
        found.append(_("Some slots have begun since."))
    if before.get("tables") != now["tables"]:
        found.append(_("Other tables can be used."))
    if before.get("locks") != now["locks"]:
        found.append(_("Other meetings are locked, booked or over."))
    return found or [_("Something it was computed from has changed.")]


def _people_changed(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    new = len(now.keys() - before.keys())
    gone = len(before.keys() - now.keys())
    other = sum(1 for key in now.keys() & before.keys() if now[key] != before[key])
    if new:
        yield ngettext("%(number)s person is new.", "%(number)s people are new.", new) % {"number": new}
    if gone:
        yield ngettext(
            "%(number)s person is no longer in it.", "%(number)s people are no longer in it.", gone
        ) % {"number": gone}
    if other:
        yield ngettext(
            "%(number)s person is there at other times, or wants another number of meetings.",
            "%(number)s people are there at other times, or want another number of meetings.",
            other,
        ) % {"number": other}


def _wishes_changed(run: Run, material: Material) -> str:
    placed = set(run.placements.values_list("first_id", "second_id"))
    asked = Unplaced.objects.filter(run=run).values_list("request__sender_id", "request__receiver_id")
    before = {pair_of(*pair) for pair in placed} | {pair_of(*pair) for pair in asked}
    now = {one.pair for one in material.wished.values()}
    new, gone = len(now - before), len(before - now)
    if not new and not gone:
        return _("Wishes weigh more or less than before.")
    return _("%(new)s wishes are new, %(gone)s are gone.") % {"new": new, "gone": gone}


def _reasons_of(run: Run, places: Mapping[Pair, Spot]) -> tuple[dict[int, Counter[str]], Counter[int]]:
    """By person: why their wishes were not placed, and how many wishes they had.

    A repair keeps no reasons of its own: those of the plan below it hold, and what was cancelled since fell out.
    """
    plan, cancelled = since_the_plan(run)
    reasons: defaultdict[int, Counter[str]] = defaultdict(Counter)
    wishes: Counter[int] = Counter(key for pair in places for key in pair)
    rows: Any = Unplaced.objects.filter(run=plan).values_list(
        "request__sender_id", "request__receiver_id", "why", "who"
    )
    for pair in cancelled - places.keys():
        for key in pair:
            wishes[key] += 1
            reasons[key][FELL_OUT] += 1
    for sender, receiver, why, who in rows:
        if pair_of(sender, receiver) in places:
            continue
        for key, other in ((sender, receiver), (receiver, sender)):
            wishes[key] += 1
            full_other = why == Why.PERSON_FULL and key not in who and other in who
            reasons[key][PARTNER_FULL if full_other else why] += 1
    return reasons, wishes


def _why_few(row: Registration, *, wishes: int, met: int, reasons: Counter[str]) -> tuple[str, ...]:
    found = []
    if row.slots is None:
        found.append(_("Has not ticked when they are there."))
    elif not row.slots:
        found.append(_("Is there in no slot."))
    if not wishes:
        found.append(_("No request was accepted: asked nobody, or got no yes."))
    elif wishes == met:
        found.append(_("Has no further accepted request."))
    for why, count in reasons.most_common():
        label = _(Why(why).label) if why in list(Why) else _(OTHER_REASONS.get(why, why))
        found.append(f"{label.rstrip('.')} ({count}).")
    return tuple(found)
