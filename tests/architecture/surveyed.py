"""A side's surveys, each kind of object once; `world.fill` calls it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.memberships.models import Membership
from landbridge.surveys import actions
from landbridge.surveys.models import Questionnaire
from landbridge.surveys.states import Asks, Measure, Side, Trigger
from tests.factories.surveys import a_sheet


def ask_what_came(side: Any) -> None:
    """A questionnaire in use with a rule, somebody asked who has begun; one being written; a baseline."""
    things, at = side.things, side.at
    by = Actor(person_id=None, name="Landbridge", role=SYSTEM.role, programme_id=side.programme.pk)
    found = _questionnaire(side, by=by)
    version = found.versions.get()
    things["survey"] = actions.publish(version_id=version.pk, by=by, at=at)
    things["survey_rule"] = actions.add_rule(
        questionnaire_id=found.pk,
        trigger=Trigger.VOUCHER_CLOSED,
        side=Side.COMPANY,
        after_months=12,
        open_days=60,
        since=at.date(),
        by=by,
        at=at,
    )
    rows = Membership.objects.filter(organisation=side.applicant).select_related("person")
    person = rows.order_by("pk")[0].person
    sheet = a_sheet(
        version,
        side.applicant,
        rule=things["survey_rule"],
        programme=side.programme,
        name=person.name,
        email=person.email,
        sent_at=at,
        closes_at=at + timedelta(days=60),
    )
    actions.answer(sheet_id=sheet.pk, key="how-many-jobs", number=Decimal(12), by=by, at=at)
    things["survey_sheet"] = sheet
    drafted = _questionnaire(side, by=by)
    things["survey_draft"] = drafted
    things["survey_question"] = drafted.versions.get().questions.get()
    things["baseline"] = actions.record_baseline(
        organisation_id=side.applicant.pk, on=at.date(), jobs=Decimal(11), by=by, at=at
    )


def _questionnaire(side: Any, *, by: Actor) -> Questionnaire:
    found = actions.begin(
        name=f"Follow-up of {side.name}", title="What came of it?", language="en-gb", by=by, at=side.at
    )
    version = found.versions.get()
    actions.add_question(
        version_id=version.pk, text="How many jobs", asks=Asks.NUMBER, measure=Measure.JOBS, by=by, at=side.at
    )
    return found
