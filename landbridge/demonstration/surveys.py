"""Invented surveys: three questionnaires in three languages with their rules, a few people asked, a few who answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Programme
from landbridge.surveys import actions, queries
from landbridge.surveys.models import Questionnaire, Sheet
from landbridge.surveys.states import OPEN, Asks, Sheeted, Side, Trigger

TEXTS = Path(__file__).with_name("questionnaires.json")
OWN = "en-gb"
FURTHER = ("de", "fr")
DAY = timedelta(days=1)
# trigger, side, months, days to answer; by questionnaire in the order of the file
RULES = (
    (
        (Trigger.VOUCHER_CLOSED, Side.COMPANY, 6, 60),
        (Trigger.VOUCHER_CLOSED, Side.COMPANY, 12, 60),
        (Trigger.VOUCHER_CLOSED, Side.COMPANY, 24, 60),
        (Trigger.INTRODUCTION_MADE, Side.COMPANY, 0, 60),
        (Trigger.ACCESS_DELIVERED, Side.PROVIDER, 0, 60),
    ),
    ((Trigger.EVENT_HELD, Side.GUEST, 0, 14), (Trigger.WEBINAR_HELD, Side.GUEST, 0, 14)),
    ((Trigger.APPLICATION_SUBMITTED, Side.COMPANY, 0, 30),),
)
# Only what happened lately is asked about: the demonstration writes few letters.
LATELY = (60 * DAY, 30 * DAY, 21 * DAY)
# Whose sheets nobody answers for them
LEFT_OPEN = ("freja.holm", "elodie.marchand")
# One company that put down where it stands before anything was granted: key, jobs, turnover, markets
BASELINES = (("Øresund", "9.5", 1_240_000, 4),)


def is_there() -> bool:
    """Whether they were set up before."""
    return Questionnaire.objects.filter(name=_written()[0]["name"]).exists()


def play(*, at: datetime) -> None:
    """Set them up as they stand today: in use for some months, a few people asked this week."""
    programme = Programme.objects.get(key="bridging-regions")
    for told, ruled, lately in zip(_written(), RULES, LATELY, strict=True):
        is_everybodys = ruled[0][1] == Side.GUEST  # webinars belong to the whole network
        office = SYSTEM if is_everybodys else _office()
        made = _questionnaire(told, None if is_everybodys else programme, by=office, at=at - 90 * DAY)
        for trigger, side, months, days in ruled:
            rule = actions.add_rule(
                questionnaire_id=made.pk,
                trigger=trigger,
                side=side,
                after_months=months,
                open_days=days,
                since=(at - lately).date(),
                by=office,
                at=at - 80 * DAY,
            )
            actions.ask(rule_id=rule.pk, by=SYSTEM, at=at - DAY)
    for moment in (at - 9 * DAY, at - DAY):
        for sheet in queries.to_send(at=moment):
            actions.send(sheet_id=sheet.pk, by=SYSTEM, at=moment)
    _answer_some(at=at - DAY / 2)
    _record_baselines(at=at)


def _questionnaire(
    told: Mapping[str, Any], programme: Programme | None, *, by: Actor, at: datetime
) -> Questionnaire:
    found = actions.begin(
        name=told["name"],
        title=told["title"][OWN],
        language=OWN,
        programme_id=programme.pk if programme else None,
        is_demonstration=True,
        by=by,
        at=at,
    )
    version = found.versions.get(number=1)
    texts = {name: told[name][OWN] for name in ("title", "lead", "thanks")}
    actions.edit(version_id=version.pk, version=version.version, **texts, by=by, at=at)
    keys: list[str] = []
    for asked in told["questions"]:
        keys.append(actions.add_question(version_id=version.pk, **_details(asked, keys), by=by, at=at).key)
    questions = list(version.questions.order_by("position"))
    for language in FURTHER:
        actions.translate(
            version_id=version.pk,
            language=language,
            texts={name: told[name][language] for name in ("title", "lead", "thanks")},
            questions={
                row.pk: _translated(asked, language)
                for row, asked in zip(questions, told["questions"], strict=True)
            },
            by=by,
            at=at,
        )
    return actions.publish(version_id=version.pk, by=by, at=at)


def _details(asked: Mapping[str, Any], keys: list[str]) -> dict[str, Any]:
    given: dict[str, Any] = {"asks": asked["asks"], "measure": asked["measure"]}
    given |= {name: asked[name][OWN] for name in ("text", "help", "low", "high", "unit") if name in asked}
    if "choices" in asked:
        given["choices"] = [(one["key"], one[OWN]) for one in asked["choices"]]
    if "after" in asked:
        place, answers = asked["after"]
        given["condition"] = {"question": keys[place], "is": answers}
    return given


def _translated(asked: Mapping[str, Any], language: str) -> dict[str, Any]:
    given: dict[str, Any] = {
        name: asked[name][language] for name in ("text", "help", "low", "high", "unit") if name in asked
    }
    if "choices" in asked:
        given["choices"] = {one["key"]: one[language] for one in asked["choices"]}
    return given


def _answer_some(*, at: datetime) -> None:
    """Most of those asked answer, one declines; the sheets of two companies stay open, to be tried."""
    asked = Sheet.objects.filter(state=Sheeted.SENT, is_demonstration=True)
    for key in LEFT_OPEN:
        asked = asked.exclude(email__startswith=f"{key}@")
    for number, sheet in enumerate(asked.order_by("pk")):
        by = Actor(person_id=None, name=sheet.name, role=Role.SYSTEM)
        if number % 7 == 6:
            actions.decline(sheet_id=sheet.pk, by=by, at=at)
        else:
            _answer(sheet, number, by=by, at=at)


def _answer(sheet: Sheet, number: int, *, by: Actor, at: datetime) -> None:
    for question in sheet.of.questions.order_by("position"):
        given: dict[str, Any] = {"number": Decimal(3 + (number + question.position) % 3)}
        if question.asks in (Asks.CHOICE, Asks.SEVERAL):
            given = {"chosen": [question.choices[number % len(question.choices)]["key"]]}
        elif question.asks == Asks.MONEY:
            given = {"number": Decimal(5_000 * (1 + number % 6))}
        elif question.asks == Asks.TEXT:
            given = {"text": "More time for the meetings in the afternoon." if number % 4 == 0 else ""}
        if any(line[0].pk == question.pk for line in queries.filled(sheet).lines):
            actions.answer(sheet_id=sheet.pk, key=question.key, by=by, at=at, **given)
    if sheet.pk in Sheet.objects.filter(state__in=OPEN).values_list("pk", flat=True):
        actions.finish(sheet_id=sheet.pk, by=by, at=at)


def _record_baselines(*, at: datetime) -> None:
    for name, jobs, turnover, markets in BASELINES:
        company = Organisation.objects.filter(name__startswith=name, is_demonstration=True).first()
        if company is not None:
            actions.record_baseline(
                organisation_id=company.pk,
                on=(at - 300 * DAY).date(),
                jobs=Decimal(jobs),
                turnover_eur=turnover,
                markets=markets,
                evidence="Annual accounts",
                is_demonstration=True,
                by=SYSTEM,
                at=at - 290 * DAY,
            )


def _office() -> Actor:
    person = Person.objects.get(email__startswith="anke.reuter@", email__endswith=".example")
    return actor_under(Membership.objects.current().get(person=person, role=Role.OFFICE), person=person)


def _written() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(TEXTS.read_text(encoding="utf-8"))
    return found
