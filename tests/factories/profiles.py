"""Partner profiles and interest in them, brought about by the word's own actions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.organisations.models import Organisation
from landbridge.profiles import actions
from landbridge.profiles.models import Interest, Profile
from landbridge.profiles.rules import Texts
from landbridge.profiles.states import Kind
from tests.cast import Cast

WRITTEN = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)
PUBLISHED = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)  # valid until 20 January 2027
TEXTS = {
    "title": "Enzymes that work in the cold",
    "summary": "A small company seeks a laboratory that follows enzyme reactions in time.",
    "description": "The enzyme splits a polymer below 60 degrees and stops after an hour; the cause is sought.",
    "wanted_partner": "A laboratory with time-resolved mass spectrometry.",
}
ANSWERS = {
    "who": "A laboratory for mass spectrometry with ten years of enzymes.",
    "together": "Follow the reaction minute by minute.",
    "stage": "Instruments stand ready; a first week could begin in March.",
}


def details(**changes: Any) -> actions.Details:
    """What a desk writes, unless told otherwise."""
    return actions.Details(texts=Texts(**TEXTS | changes), languages=["en"])


def a_draft_profile(
    cast: Cast,
    *,
    kind: str = Kind.RD_REQUEST,
    organisation: Organisation | None = None,
    at: datetime = WRITTEN,
    **changes: Any,
) -> Profile:
    """For the Danish company, unless told otherwise."""
    owner = organisation or cast.danish_company
    return actions.write(kind=kind, organisation_id=owner.pk, details=details(**changes), by=SYSTEM, at=at)


def a_waiting_profile(cast: Cast, **changes: Any) -> Profile:
    """With a second region."""
    return actions.submit(profile_id=a_draft_profile(cast, **changes).pk, by=SYSTEM, at=WRITTEN)


def a_published_profile(cast: Cast, *, by: Actor | None = None, **changes: Any) -> Profile:
    """Checked by Luc of Liège."""
    waiting = a_waiting_profile(cast, **changes)
    return actions.publish(profile_id=waiting.pk, by=by or cast.actor("liege_broker"), at=PUBLISHED)


def an_interest(
    cast: Cast, *, profile: Profile | None = None, organisation: Organisation | None = None
) -> Interest:
    """The German institute is interested in the Danish company's profile."""
    found = profile or a_published_profile(cast)
    interested = organisation or cast.german_institute
    return actions.express(
        profile_id=found.pk, organisation_id=interested.pk, answers=ANSWERS, by=SYSTEM, at=PUBLISHED
    )
