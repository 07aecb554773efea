from __future__ import annotations

from landbridge.foundation.people.models import Consent
from landbridge.foundation.people.rules import TEXT_VERSIONS, problems_with_withdrawal


def test_the_account_stands_on_the_notice_on_personal_data():
    assert [problem.code for problem in problems_with_withdrawal("privacy")] == ["account_needs_this"]


def test_every_other_consent_is_free():
    assert list(problems_with_withdrawal("news")) == []


def test_every_purpose_has_a_text():
    assert set(TEXT_VERSIONS) == set(Consent.Purpose.values)
