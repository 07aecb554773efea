"""Coaches: whoever wants to coach says so, a desk or office activates them, they keep their own page."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from landbridge.catalogue.models import Competence
from landbridge.coaching import queries, rules
from landbridge.coaching.actions._parts import _require
from landbridge.coaching.models import Coach
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, Problem, refuse, refuse_if
from landbridge.memberships.queries import desk_of, recipients
from landbridge.organisations.models import Organisation

COLUMNS = ("name", "headline", "about", "languages", "country", "time_zone", "meeting_link", "most_cases")


@dataclass(frozen=True, slots=True)
class Described:
    """What a coach says of themselves."""

    name: str
    competence_ids: Sequence[int]
    languages: Sequence[str]
    headline: str = ""
    about: str = ""
    country: str = ""
    time_zone: str = "Europe/Brussels"
    meeting_link: str = ""
    most_cases: int = 3


@transaction.atomic
def become(
    *,
    described: Described,
    by: Actor,
    at: datetime,
    person_id: int | None = None,
    organisation_id: int | None = None,
) -> Coach:
    """Somebody of a facility, or an expert, offers to coach; a desk or office looks at it before the first case.

    Only Landbridge itself names another person.
    """
    _require(P.COACHING_COACH, by=by)
    if by.role is not Role.SYSTEM and (person_id, organisation_id) != (None, None):
        raise NotAllowed(P.COACHING_COACH)
    person = Person.objects.for_update().get(pk=person_id or by.person_id or 0)
    if Coach.objects.filter(person=person).exists():
        refuse(
            "coach_already",
            N_("You have offered to coach already."),
            cure=N_("Change what your page says instead."),
        )
    refuse_if(_problems(described))
    organisation = Organisation.objects.filter(pk=organisation_id or by.organisation_id or 0)
    coach = Coach.objects.create(
        person=person,
        organisation=organisation.select_related("region").first(),
        **_columns(described),
        calendar_key=secrets.token_urlsafe(32),
        created_at=at,
        is_demonstration=organisation.filter(is_demonstration=True).exists(),
    )
    coach.competences.set(Competence.objects.accepted().filter(pk__in=described.competence_ids))
    record("coach.offered", coach, by=by, at=at)
    region = coach.organisation.region if coach.organisation else None
    people = recipients(desk_of(region.pk)) if region else []
    tell(
        "coaching/coach_waiting",
        coach,
        to=people or queries.office_for(region),
        at=at,
        context={"coach": coach.name, "headline": coach.headline},
    )
    return coach


@transaction.atomic
def describe(*, coach_id: int, version: int, described: Described, by: Actor, at: datetime) -> Coach:
    """A coach changes what their page says; a change that was overtaken is refused and nothing is lost."""
    _require(P.COACHING_COACH, by=by)
    coach = Coach.objects.visible_to(by).for_update().get(pk=coach_id)
    if version != coach.version:
        refuse(
            "stale",
            N_("This page was changed elsewhere while you were writing."),
            cure=N_("Open it in another window, compare, and save there."),
        )
    refuse_if(_problems(described))
    columns = _columns(described)
    changed = sorted(name for name, value in columns.items() if getattr(coach, name) != value)
    for name in changed:
        setattr(coach, name, columns[name])
    coach.version += 1
    coach.save(update_fields=[*changed, "version"])
    coach.competences.set(Competence.objects.accepted().filter(pk__in=described.competence_ids))
    record("coach.described", coach, by=by, at=at, fields=changed)
    return coach


@transaction.atomic
def activate(*, coach_id: int, by: Actor, at: datetime) -> Coach:
    """A desk or office lets a coach take cases."""
    coach = _locked_by_office(coach_id, by=by)
    if not coach.is_active:
        coach.is_active, coach.activated_at, coach.activated_by_name = True, at, by.name
        coach.save(update_fields=["is_active", "activated_at", "activated_by_name"])
        record("coach.activated", coach, by=by, at=at)
        tell("coaching/coach_activated", coach, to=queries.reached_at(coach), at=at, context={"by": by.name})
    return coach


@transaction.atomic
def rest(*, coach_id: int, reason: str, by: Actor, at: datetime) -> Coach:
    """A coach takes no new cases for now; those that they have go on."""
    coach = _locked_by_office(coach_id, by=by)
    refuse_if(rules.problems_with_reason(reason))
    if coach.is_active:
        coach.is_active = False
        coach.save(update_fields=["is_active"])
        record("coach.rested", coach, by=by, at=at, reason=reason.strip())
        why = {"by": by.name, "why": reason.strip()}
        tell("coaching/coach_rested", coach, to=queries.reached_at(coach), at=at, context=why)
    return coach


def _locked_by_office(coach_id: int, *, by: Actor) -> Coach:
    """The coach, locked, for the desk of the organisation's region or an office."""
    rows = Coach.objects.visible_to(by).for_update().select_related("person", "organisation")
    coach = rows.get(pk=coach_id)
    if not queries.looks_after(coach, by):
        raise NotAllowed(P.COACHING_WORK)
    return coach


def _problems(described: Described) -> list[Problem]:
    return list(
        rules.problems_with_coach(
            name=described.name,
            competences=len(set(described.competence_ids)),
            languages=len(set(described.languages)),
            most_cases=described.most_cases,
        )
    )


def _columns(described: Described) -> dict[str, object]:
    said = {name: getattr(described, name) for name in COLUMNS} | {
        "languages": sorted(set(described.languages))
    }
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
