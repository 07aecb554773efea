"""Who takes part, for one who looks for somebody to meet: filtered, the best fit first, with the reasons in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext as _

from landbridge.algorithms.matching import words
from landbridge.algorithms.matching.people import Field, Profile, ranked, reasons_for
from landbridge.algorithms.matching.reasons import Reason
from landbridge.events.models import Registration
from landbridge.events.states import TAKING_PART
from landbridge.foundation.ui import formatting
from landbridge.meetings.models import Block, Request
from landbridge.meetings.queries.asking import Standing, is_same_organisation, requests_between, rules_of
from landbridge.meetings.queries.slots import free_by_person, shares_slot

COLUMNS = (
    "pk", "name", "job_title", "organisation_id", "organisation_name", "region_id", "country", "attendee", "languages",
    "seeks", "offers", "wants_to_meet", "slots",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What of one registration decides whether it is found, and where it stands."""

    pk: int
    name: str
    job_title: str
    organisation_id: int | None
    organisation_name: str
    region_id: int | None
    country: str
    attendee: str
    languages: Sequence[str]
    seeks: str
    offers: str
    wants_to_meet: str
    slots: Sequence[int] | None

    @property
    def text(self) -> str:
        """Everything that a search finds."""
        said = (
            self.name,
            self.job_title,
            self.organisation_name,
            self.seeks,
            self.offers,
            self.wants_to_meet,
        )
        return "\n".join(said)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to meet: how well they fit, whether a slot is shared (None: not said), what stands between the two."""

    pk: int
    score: float
    shares_slot: bool | None
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion with what its card shows."""

    other: Registration
    reasons: tuple[str, ...]
    competences: tuple[str, ...]
    shares_slot: bool | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class People:
    """Those found for one person, and all who could have been."""

    me: Registration
    found: Sequence[Suggestion]
    known: Mapping[int, Known]
    field: Field
    competences: Mapping[int, frozenset[str]]
    names: Mapping[str, str]
    countries: Sequence[str]
    regions: Sequence[int]
    number: int = 0


def people_to_meet(registration: Registration, **filters: str) -> People:
    """Those whom one may ask, the best fit first; see `narrowed` for the filters.

    Not found are one's own colleagues, those who are not listed or want no meetings, and pairs that are blocked,
    whoever blocked them. Seven queries, however many take part.
    """
    hidden = _blocked(registration.pk)
    rows = [one for one in _rows(registration) if one.pk not in hidden]
    competences, names = _competences(registration)
    every = [_profile(one, competences) for one in rows]
    others = {
        one.pk: one
        for one in rows
        if one.pk != registration.pk and not is_same_organisation(registration, one)
    }
    me = next((one for one in every if one.id == registration.pk), None) or _profile(
        registration, competences
    )
    among = Field.of(every)
    free = _free(registration, others)
    between = _requests(registration.pk)
    own = free.get(registration.pk)
    people = People(
        me=registration,
        found=[
            Suggestion(fit.id, fit.score, shares_slot(own, free.get(fit.id)), between.get(fit.id))
            for fit in ranked(me, among)
            if fit.id in others
        ],
        known=others,
        field=among,
        competences=competences,
        names=names,
        countries=sorted({one.country for one in others.values() if one.country}),
        regions=sorted({one.region_id for one in others.values() if one.region_id}),
        number=len(others),
    )
    return narrowed(people, **filters) if filters else people


def narrowed(
    people: People,
    *,
    text: str = "",
    country: str = "",
    region: str = "",
    attendee: str = "",
    competence: str = "",
    language: str = "",
    slot: str = "",
    only: str = "",
) -> People:
    """Those of them who are as asked for, in the same order; what is left out still counts for how rare a word is.

    `slot`: without those who are never there when one is. `only="suggested"`: who fits, and with whom nothing stands yet.
    """
    needles = tuple(dict.fromkeys(words.plain_words(text)))
    asked = {
        "country": country, "region": region, "attendee": attendee, "competence": competence, "language": language,
    }  # fmt: skip
    found = [
        one
        for one in people.found
        if not (slot and one.shares_slot is False)
        and not (only == "suggested" and (one.score <= 0 or one.request is not None))
        and _is_wanted(
            people.known[one.pk],
            asked,
            needles=needles,
            competences=people.competences.get(one.pk, frozenset()),
        )
    ]
    return replace(people, found=found)


def cards_of(people: People, found: Iterable[Suggestion]) -> list[Card]:
    """What is shown of those on one page, with the reasons. One query."""
    shown = list(found)
    rows = Registration.objects.select_related("region").in_bulk([one.pk for one in shown])
    profiles = {one.id: one for one in people.field.profiles}
    me = profiles.get(people.me.pk) or _profile(people.me, people.competences)
    return [
        Card(
            other=rows[one.pk],
            reasons=tuple(
                said(reason)
                for reason in reasons_for(me, profiles[one.pk], among=people.field, names=people.names)
            ),
            competences=tuple(sorted(people.names[key] for key in people.competences.get(one.pk, ()))),
            shares_slot=one.shares_slot,
            standing=_standing(one, me=people.me, other=rows[one.pk]),
        )
        for one in shown
        if one.pk in rows
    ]


def card_of(registration: Registration, other_pk: int) -> Card | None:
    """One person as another may see them; None where they may not be found. Eight queries."""
    people = people_to_meet(registration)
    found = next((one for one in people.found if one.pk == other_pk), None)
    return cards_of(people, [found])[0] if found else None


def known_to(registration: Registration, other_pk: int) -> Registration | None:
    """Somebody whom one may see: found among the people, or one's other side in a request, listed or not."""
    other = (
        Registration.objects.filter(pk=other_pk, event=registration.event_id)
        .exclude(pk=registration.pk)
        .first()
    )
    if other is None or requests_between(registration.pk, other.pk):
        return other
    return other if any(one.pk == other.pk for one in people_to_meet(registration).found) else None


def said(reason: Reason) -> str:
    """A reason as a sentence in the reader's language."""
    params = dict(reason.params)
    if "country" in params:
        params["country"] = formatting.country(str(params["country"]))
    return _(reason.message) % params


def _standing(one: Suggestion, *, me: Registration, other: Registration) -> Standing | None:
    if one.request is None:
        return None
    return Standing(one.request, other, one.request.sender_id == me.pk)


def _rows(registration: Registration) -> list[Known]:
    listed = Q(is_listed=True, wants_meetings=True) | Q(pk=registration.pk)
    rows = Registration.objects.filter(listed, event=registration.event_id, state__in=TAKING_PART)
    return [Known(*row) for row in rows.order_by("pk").values_list(*COLUMNS)]


def _blocked(me: int) -> set[int]:
    pairs = Block.objects.filter(Q(first_id=me) | Q(second_id=me)).values_list("first_id", "second_id")
    return {pk for pair in pairs for pk in pair} - {me}


def _competences(registration: Registration) -> tuple[dict[int, frozenset[str]], dict[str, str]]:
    links = Registration.competences.through.objects.filter(registration__event=registration.event_id)
    held: dict[int, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    rows = links.order_by("pk").values_list("registration_id", "competence__key", "competence__name")
    for pk, key, name in rows:
        held[pk].add(key)
        names[key] = name
    return {pk: frozenset(keys) for pk, keys in held.items()}, names


def _free(registration: Registration, others: Mapping[int, Known]) -> dict[int, frozenset[int] | None]:
    found = rules_of(registration.event)
    ticked: dict[int, Sequence[int] | None] = {pk: one.slots for pk, one in others.items()}
    ticked[registration.pk] = registration.slots
    return free_by_person(registration.event, ticked, silent_are_there=bool(found and found.silent_are_there))


def _requests(me: int) -> dict[int, Request]:
    """The newest request between one and each other."""
    rows = Request.objects.filter(Q(sender_id=me) | Q(receiver_id=me)).order_by("pk")
    return {one.receiver_id if one.sender_id == me else one.sender_id: one for one in rows}


def _profile(one: Known | Registration, competences: Mapping[int, frozenset[str]]) -> Profile:
    return Profile(
        id=one.pk,
        seeks=_sought(one.seeks, one.wants_to_meet),
        offers=one.offers,
        competences=competences.get(one.pk, frozenset()),
        languages=frozenset(one.languages),
        country=one.country,
    )


def _sought(seeks: str, wants: str) -> str:
    return f"{seeks}\n{wants}" if wants else seeks


def _is_wanted(
    one: Known, asked: Mapping[str, str], *, needles: Sequence[str], competences: frozenset[str]
) -> bool:
    has = {
        "country": (one.country,),
        "region": (str(one.region_id or ""),),
        "attendee": (one.attendee,),
        "competence": competences,
        "language": one.languages,
    }
    if any(value and value not in has[name] for name, value in asked.items()):
        return False
    return not needles or all(needle in _folded(one.text) for needle in needles)


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    return words.folded(text)
