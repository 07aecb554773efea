"""A side's introductions and partner profiles, each kind of object once; `world.fill` calls it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from landbridge.catalogue import actions as catalogue
from landbridge.catalogue.models import Record
from landbridge.enquiries.states import S as EnquiryState
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions import actions as introductions
from landbridge.introductions.models import Introduction, NdaTemplate
from landbridge.introductions.standard_agreement import NAME, TEXT
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from landbridge.organisations.models import Organisation
from landbridge.profiles import actions as profiles
from landbridge.profiles.models import Profile
from landbridge.profiles.states import Kind
from landbridge.programmes.models import Region
from tests.factories.enquiries import an_enquiry_of, brought_to
from tests.factories.profiles import ANSWERS, details

TEXTS = {
    "title": "Why an enzyme stops",
    "shown_to_company": "A laboratory.",
    "shown_to_provider": "A question.",
}


def bring_together(side: Any) -> None:
    """An introduction at each step, profiles at each step, and interest in one."""
    things, at = side.things, side.at
    introductions.limit(organisation_id=side.provider.pk, most_open=50, by=SYSTEM, at=at)
    record = _record(side.provider, at=at - timedelta(days=30))
    things["introduced_offer"] = record
    things["introduction_prepared"] = _prepared(side, record, at=at)
    things["introduced_enquiry"] = things["introduction_prepared"].enquiry
    things["introduction"] = _asked(side, record, at=at)
    things["introduction_made"] = _made(side, record, at=at)
    things["introduction_signing"] = _signing(side, record, at=at)
    things["profile_draft"] = _profile(side.applicant, at=at)
    waiting = _profile(side.applicant, at=at)
    things["profile_waiting"] = profiles.submit(profile_id=waiting.pk, by=SYSTEM, at=at)
    things["profile"] = _published(side.applicant, at=at)
    things["interest"] = profiles.express(
        profile_id=things["profile"].pk, organisation_id=side.provider.pk, answers=ANSWERS, by=SYSTEM, at=at
    )


def _record(provider: Organisation, *, at: datetime) -> Record:
    record = catalogue.create(
        kind="service", organisation_id=provider.pk, values={"name": "Chemical maps", "summary": "Without staining."},
        by=SYSTEM, at=at,
    )  # fmt: skip
    return catalogue.publish(record_id=record.pk, by=SYSTEM, at=at)


def _of(organisation: Organisation, role: Role) -> Actor:
    hat = (
        Membership.objects.filter(organisation=organisation, role=role)
        .select_related("person")
        .order_by("pk")[0]
    )
    return actor_under(hat, person=hat.person)


def _prepared(side: Any, record: Record, *, at: datetime) -> Introduction:
    asked = an_enquiry_of(_of(side.applicant, Role.SME), at=at - timedelta(days=20))
    enquiry = brought_to(EnquiryState.SEARCHING, asked)
    return introductions.prepare(enquiry_id=enquiry.pk, record_id=record.pk, **TEXTS, by=SYSTEM, at=at)


def _asked(side: Any, record: Record, *, at: datetime) -> Introduction:
    return introductions.ask(introduction_id=_prepared(side, record, at=at).pk, by=SYSTEM, at=at)


def _made(side: Any, record: Record, *, at: datetime) -> Introduction:
    asked = _asked(side, record, at=at)
    for by in (_of(side.applicant, Role.SME), _of(side.provider, Role.PROVIDER)):
        introductions.answer(introduction_id=asked.pk, said_yes=True, by=by, at=at)
    return Introduction.objects.get(pk=asked.pk)


def _signing(side: Any, record: Record, *, at: datetime) -> Introduction:
    introductions.add_template(
        version=str(NdaTemplate.objects.count() + 1),
        name=NAME,
        text=TEXT,
        holds_from=at.date(),
        by=SYSTEM,
        at=at,
    )
    made = _made(side, record, at=at)
    introductions.require_agreement(introduction_id=made.pk, is_needed=True, by=SYSTEM, at=at)
    return introductions.send_agreement(introduction_id=made.pk, by=SYSTEM, at=at)


def _profile(organisation: Organisation, *, at: datetime) -> Profile:
    return profiles.write(
        kind=Kind.RD_REQUEST, organisation_id=organisation.pk, details=details(), by=SYSTEM, at=at
    )


def _published(organisation: Organisation, *, at: datetime) -> Profile:
    waiting = profiles.submit(profile_id=_profile(organisation, at=at).pk, by=SYSTEM, at=at)
    elsewhere = Region.objects.exclude(pk=waiting.region_id).order_by("pk")[0]
    checker = Actor(person_id=None, name="A desk abroad", role=Role.BROKER, region_id=elsewhere.pk)
    return profiles.publish(profile_id=waiting.pk, by=checker, at=at)
