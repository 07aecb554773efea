"""A company's question and the offers that answer it: where they may come from, and why they are named."""

from __future__ import annotations

from datetime import date

import pytest

from landbridge.catalogue import actions
from landbridge.catalogue.models import Confirmation
from landbridge.catalogue.search import Question, match
from landbridge.catalogue.states import Kind
from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.catalogue import PUBLISHED, a_competence
from tests.factories.finding import found_as

pytestmark = pytest.mark.django_db
ASKED = "We look for chemical maps of our tissue by Raman imaging."


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: PUBLISHED)


def test_offers_of_other_regions_come_and_ones_own_when_asked(cast: Cast):
    german = found_as(cast, "Raman imaging of tissue").pk
    belgian = found_as(cast, "Raman maps of tissue", organisation=cast.belgian_institute).pk
    assert [one.record_id for one in match(ASKED, region=cast.stuttgart)] == [belgian]
    both = match(ASKED, region=cast.stuttgart, inside=True)
    assert {(one.record_id, one.is_outside) for one in both} == {(german, False), (belgian, True)}


def test_reasons_can_be_read_aloud(cast: Cast):
    a_competence("raman", "Raman spectroscopy")
    record = found_as(
        cast, "Tissue", summary="Raman imaging gives chemical maps of tissue.", competences=["raman"],
        access_modes=["ship_sample"], languages=["de"], capacity="Two days a week", lead_time_days=10,
        certificates=[{"scheme": "glp", "scope": "", "number": "", "expires_on": "2027-12-31"}],
    )  # fmt: skip
    Confirmation.objects.create(record=record, what="record", way="case", person_name="A", at=PUBLISHED)
    question = Question(
        ASKED, competences={"raman": 1.0}, access_modes=["ship_sample"], languages=["de"], certificates=["glp"],
        needed_by=date(2026, 12, 1),
    )  # fmt: skip
    (found,) = match(question, region=cast.zealand)
    said = {why.code: str(why) for why in found.reasons}
    assert said["answer"] == "In its own words: “Raman imaging gives chemical maps of tissue.”"
    assert said["competence"] == "It has this competence: Raman spectroscopy."
    assert said["access"] == "It can be used in the way you ask for: Ship a sample."
    assert said["language"] == "You can speak this language there: German."
    assert said["certificate"].startswith("It works under GLP, valid until 31")
    assert said["time"] == "It takes 10 days, in time for you."
    assert said["capacity"] == "It has free capacity."
    assert said["results"] == "One earlier collaboration came of it."
    assert "km away" in said["distance"]


def test_the_wanted_competence_decides_between_equals(cast: Cast):
    a_competence("raman", "Raman spectroscopy")
    found_as(cast, "Maps of tissue")
    able = found_as(cast, "Maps of tissue", Kind.FACILITY, competences=["raman"]).pk
    assert match(Question(ASKED, competences={"raman": 1}), region=cast.zealand)[0].record_id == able


def test_an_offer_is_found_by_its_competence_alone(cast: Cast):
    a_competence("raman", "Raman spectroscopy")
    able = found_as(cast, "Quite another thing", summary="No such words.", competences=["raman"]).pk
    found = match(Question("zeppelins", competences={"raman": 1}), region=cast.zealand)
    assert [one.record_id for one in found] == [able]


def test_hidden_offers_and_organisations_are_not_matched(cast: Cast):
    found_as(cast, "Raman institute", Kind.ORGANISATION)
    hidden = found_as(cast, "Raman imaging")
    actions.hide(record_id=hidden.pk, reason="Not reachable.", by=SYSTEM, at=PUBLISHED)
    assert match(ASKED, region=cast.zealand) == []
