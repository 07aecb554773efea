"""What `landbridge verify` says about introductions: nothing, unless somebody changed rows behind the product's back."""

from __future__ import annotations

from typing import Any

import pytest

from landbridge.introductions import queries
from landbridge.introductions.models import Answer, Introduction
from landbridge.introductions.states import S
from tests.cast import Cast
from tests.factories.introductions import ANSWERED, an_asked_introduction, an_introduction_made

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_nothing_to_find(cast: Cast):
    an_introduction_made(cast)
    assert list(queries.findings()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"state": S.MADE, "made_at": ANSWERED}, "not both sides said yes"),
        ({"made_at": ANSWERED}, "its moment says otherwise"),
        ({"state": S.REFUSED}, "nobody said no"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(cast: Cast, changes: dict[str, Any], said: str):
    found = an_asked_introduction(cast)
    Introduction.objects.filter(pk=found.pk).update(**changes)
    assert any(said in finding for finding in queries.findings())


def test_a_lost_answer_is_found(cast: Cast):
    found = an_introduction_made(cast)
    Answer.objects.filter(introduction=found, side="provider").delete()
    assert [finding.partition(" was made")[0] for finding in queries.findings()] == [
        f"Introduction {found.number}"
    ]


def test_an_introduction_that_was_not_made_in_time_is_found(cast: Cast):
    found = an_introduction_made(cast)
    Introduction.objects.filter(pk=found.pk).update(state=S.ASKED, made_at=None)
    assert any("was not made" in finding for finding in queries.findings())
