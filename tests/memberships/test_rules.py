"""Who may get, accept and give up a hat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from landbridge.foundation.permissions.roles import Role
from landbridge.memberships import rules

pytestmark = pytest.mark.once
AT = datetime(2026, 4, 1, tzinfo=UTC)
GIVING = rules.Giving(role=Role.SME, is_within_reach=True)
OFFER = rules.Offer(
    email="eva@example.org",
    expires_at=AT + timedelta(days=1),
    is_accepted=False,
    is_revoked=False,
    reader_email="Eva@example.org",
)


def codes(found) -> list[str]:
    return [problem.code for problem in found]


def test_the_kind_of_an_organisation_says_which_roles_its_people_have():
    assert rules.roles_within(kind="company", offers_access=False) == (Role.SME,)
    assert rules.roles_within(kind="other", offers_access=True) == (Role.SME, Role.PROVIDER)
    assert rules.roles_within(kind="university", offers_access=True) == (Role.PROVIDER,)
    assert codes(rules.problems_with_founding(kind="university", offers_access=False)) == ["no_role"]
    assert not codes(rules.problems_with_founding(kind="company", offers_access=False))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_within_reach": False}, "out_of_reach"),
        ({"is_for_oneself": True}, "for_oneself"),
        ({"is_worn_already": True}, "worn_already"),
        ({"is_offered_already": True}, "offered_already"),
        ({"organisation_is_closed": True}, "organisation_closed"),
        ({"fits": False}, "role_does_not_fit"),
    ],
)
def test_a_hat_is_not_given_when(change, code):
    assert not codes(rules.problems_with_giving(GIVING))
    assert codes(rules.problems_with_giving(replace(GIVING, **change))) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"offers_access": False}, "offers_no_access"),
        ({"is_closed": True}, "offers_no_access"),
        ({"is_ones_own": True}, "ones_own"),
        ({"has_people": True}, "has_people"),
        ({"is_offered_already": True}, "offered_already"),
    ],
)
def test_a_provider_is_not_invited_when(change, code):
    facts = {
        "offers_access": True,
        "is_closed": False,
        "is_ones_own": False,
        "has_people": False,
        "is_offered_already": False,
    }
    assert not codes(rules.problems_with_provider_invitation(**facts))
    assert codes(rules.problems_with_provider_invitation(**facts | change)) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_accepted": True}, "accepted_already"),
        ({"is_revoked": True}, "revoked"),
        ({"expires_at": AT}, "expired"),
        ({"reader_email": "mallory@example.org"}, "another_address"),
    ],
)
def test_an_invitation_is_not_accepted_when(change, code):
    assert not codes(rules.problems_with_acceptance(OFFER, at=AT))
    assert codes(rules.problems_with_acceptance(replace(OFFER, **change), at=AT)) == [code]


def test_the_address_of_an_invitation_is_not_told_to_others():
    (problem,) = rules.problems_with_acceptance(replace(OFFER, reader_email="m@example.org"), at=AT)
    assert problem.params["invited"] == "e…@example.org"


def test_only_an_open_invitation_changes():
    assert not codes(rules.problems_with_change(is_accepted=False, is_revoked=False))
    assert codes(rules.problems_with_change(is_accepted=True, is_revoked=False)) == ["accepted_already"]
    assert codes(rules.problems_with_change(is_accepted=False, is_revoked=True)) == ["revoked"]


@pytest.mark.parametrize(
    ("role", "is_last", "running", "expected"),
    [
        (Role.SME, True, 1, ["last_with_running_matters"]),
        (Role.SME, True, 0, []),
        (Role.SME, False, 1, []),
        (Role.OFFICE, True, 0, ["last_of_the_office"]),
        (Role.OFFICE, False, 0, []),
        (Role.BROKER, True, 1, []),
    ],
)
def test_somebody_stays_as_long_as_something_runs(role, is_last, running, expected):
    found = rules.problems_with_end(is_ended=False, is_last=is_last, role=role, running_matters=running)
    assert codes(found) == expected


def test_a_hat_ends_once():
    found = rules.problems_with_end(is_ended=True, is_last=True, role=Role.SME, running_matters=1)
    assert codes(found) == ["ended_already"]
