"""The four published cases of IN2LifeSciences, each from a question to its story, played by two desks.

Published are company, partner, countries, subject, what came next, and of two cases the incentive; the rest (who asked, the
words of the question, the days, which region's desk) is invented here. Where the incentive was not published, the way leads
through access under common rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from landbridge.access import actions as access
from landbridge.access import queries as access_queries
from landbridge.access.models import Request
from landbridge.applications import actions as applications
from landbridge.applications.models import Application
from landbridge.catalogue.models import Record
from landbridge.collaborations import actions as collaborations
from landbridge.collaborations import queries
from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.tasks import bring
from landbridge.demonstration.cases import published, text_of
from landbridge.enquiries import actions as enquiries
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.rules import Asked
from landbridge.foundation import clock
from landbridge.foundation.money import euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions import actions as introductions
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import Outcome
from landbridge.memberships.queries import actor_under
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Partner, Region
from landbridge.vouchers import actions as vouchers
from tests.cast import Cast
from tests.factories.access import a_contract, the_rules
from tests.factories.applications import ANSWERS, DURING, an_offer, an_open_call
from tests.factories.budgets import a_line
from tests.factories.catalogue import a_published_record
from tests.factories.memberships import a_hat
from tests.factories.organisations import a_company, a_facility
from tests.factories.programmes import a_partner, a_region

pytestmark = pytest.mark.django_db
CASES = published()
DAY = timedelta(days=1)
BEGAN = DURING - 20 * DAY
TEXTS = {
    "shown_to_provider": "A small company has a question that your work may answer.",
    "shown_to_company": "A laboratory abroad does this kind of work.",
}


@dataclass
class Stage:
    """Who plays a case: the two sides, their people, and the two desks."""

    company: Organisation
    provider: Organisation
    asks: Actor
    answers: Actor
    home_desk: Actor
    other_desk: Actor
    record: Record


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def region_of(country: str, cast: Cast) -> Region:
    """A region of the country in which the side sits; which one was not published."""
    known = {"DK": cast.zealand, "DE": cast.stuttgart, "BE": cast.liege}
    return known.get(country) or a_region(name="North Brabant", country=country, time_zone="Europe/Amsterdam")


def person_of(role: Role, **scope: Any) -> Actor:
    hat = a_hat(role, **scope)
    return actor_under(hat, person=hat.person)


def a_stage(case: dict[str, Any], cast: Cast) -> Stage:
    """The sides under their published names, with invented people."""
    home, other = region_of(case["sme_country"], cast), region_of(case["partner_country"], cast)
    company = a_company(region=home, name=case["sme"], postcode="1000")
    provider = a_facility(region=other, name=case["partner"])
    record = a_published_record(
        cast,
        organisation=provider,
        name=f"Work of {case['partner']}",
        summary=case["about"],
        published_at=BEGAN,
    )
    return Stage(
        company,
        provider,
        asks=person_of(Role.SME, organisation=company),
        answers=person_of(Role.PROVIDER, organisation=provider),
        home_desk=person_of(Role.BROKER, region=home),
        other_desk=person_of(Role.BROKER, region=other),
        record=record,
    )


def from_question_to_introduction(case: dict[str, Any], stage: Stage) -> Introduction:
    """Asked, acknowledged, summed up with the company's yes, searched, shortlisted, introduced by two yeses."""
    desk, at = stage.home_desk, BEGAN
    asked = Asked(
        title=f"Who can help with {case['about']}?"[:150], confidential_text=f"We need {case['about']}."
    )
    enquiry = enquiries.ask(asked=asked, by=stage.asks, at=at)
    given: dict[str, Any] = {"enquiry_id": enquiry.pk, "by": desk}
    enquiries.acknowledge(**given, at=at + DAY)
    enquiries.analyse(**given, at=at + 2 * DAY)
    summary = enquiries.write_summary(
        **given, title="Help wanted abroad", text=f"Help is wanted with {case['about']}.", at=at + 3 * DAY
    )
    enquiries.approve_summary(summary_id=summary.pk, by=stage.asks, at=at + 4 * DAY)
    enquiries.make_ready(**given, at=at + 5 * DAY)
    enquiries.search(**given, at=at + 5 * DAY)
    enquiries.add_candidate(**given, record_id=stage.record.pk, at=at + 6 * DAY)
    enquiries.send_shortlist(**given, at=at + 6 * DAY)
    introduction = introductions.prepare(**given, record_id=stage.record.pk, **TEXTS, at=at + 7 * DAY)
    introductions.ask(introduction_id=introduction.pk, by=desk, at=at + 7 * DAY)
    neither_is_named_yet(stage)
    for by in (stage.answers, stage.asks):
        introductions.answer(introduction_id=introduction.pk, said_yes=True, by=by, at=at + 9 * DAY)
    return Introduction.objects.get(pk=introduction.pk)


def neither_is_named_yet(stage: Stage) -> None:
    letters = Letter.objects.filter(template__startswith="introductions/")
    to_provider = letters.filter(recipient_email=email_of(stage.answers))
    to_company = letters.filter(recipient_email=email_of(stage.asks))
    assert to_provider.exists()
    assert not any(stage.company.name in letter.subject + letter.body for letter in to_provider)
    assert not any(stage.provider.name in letter.subject + letter.body for letter in to_company)


def email_of(actor: Actor) -> str:
    from landbridge.foundation.people.models import Person

    return Person.objects.get(pk=actor.person_id).email


def by_access(introduction: Introduction, stage: Stage) -> None:
    """The introduction becomes a request for access, which runs to its end."""
    the_rules(at=BEGAN)
    at = DURING
    request = access.start(introduction_id=introduction.pk, by=stage.asks, at=at)
    assert (request.introduction, request.enquiry) == (introduction, introduction.enquiry)
    filled = access_queries.asked_of(request)
    assert (filled.title, filled.purpose) == (introduction.title, introduction.summary.text)
    said = {name: getattr(filled, name) for name in ("title", "purpose")}
    asked = access_queries.asked_of(request).__class__(
        **said, access_mode="physical", wanted_until=(at + 90 * DAY).date()
    )
    access.save(request_id=request.pk, version=request.version, asked=asked, by=stage.asks, at=at)
    pk = request.pk
    access.submit(request_id=pk, by=stage.asks, at=at)
    access.find_eligible(request_id=pk, by=stage.home_desk, at=at + DAY)
    answer = {"feasibility": "as_asked", "changes": "", "reason": ""}
    access.answer_feasibility(request_id=pk, **answer, by=stage.answers, at=at + 2 * DAY)
    access.sign(rule_set_id=request.rule_set_id, deviations="", by=stage.answers, at=at + 2 * DAY)
    until = (at + 30 * DAY).date()
    access.quote(
        request_id=pk,
        amount_eur=euro(4000),
        text="The work.",
        holds_until=until,
        by=stage.answers,
        at=at + 3 * DAY,
    )
    access.accept(request_id=pk, quote_id=request.quotes.get().pk, by=stage.asks, at=at + 4 * DAY)
    days: dict[str, date] = {"starts_on": (at + 6 * DAY).date(), "ends_on": (at + 9 * DAY).date()}
    access.agree(request_id=pk, **days, contract=a_contract(), by=stage.answers, at=at + 5 * DAY)
    access.begin(request_id=pk, by=stage.answers, at=at + 6 * DAY)
    access.deliver(request_id=pk, by=stage.answers, at=at + 9 * DAY)
    for by in (stage.asks, stage.answers):
        access.give_feedback(request_id=pk, rating=5, text="", by=by, at=at + 10 * DAY)
    access.close(request_id=pk, by=stage.asks, at=at + 10 * DAY)


def by_voucher(introduction: Introduction, stage: Stage, *, incentive: str, cast: Cast) -> None:
    """Both write an application, the office awards a voucher, and it is closed."""
    partner = Partner.objects.filter(programme=cast.programme, region=stage.company.region).first()
    partner = partner or a_partner(programme=cast.programme, region=stage.company.region)
    a_line(partner=partner, phase=cast.phase, free=euro(100_000))
    offer = an_offer(an_open_call(cast.phase), name=incentive)
    begun = applications.start(offer_id=offer.pk, by=stage.asks, at=DURING)
    given: dict[str, Any] = {"application_id": begun.pk, "at": DURING}
    applications.name_provider(**given, organisation_id=introduction.provider_id, by=stage.asks)
    applications.save(
        **given, version=1, title=introduction.title, answers=ANSWERS, requested_eur=euro(4000), by=stage.asks
    )
    applications.share(**given, by=stage.asks)
    applications.confirm(**given, by=stage.answers)
    applications.submit(**given, by=stage.asks)
    decided = datetime(2026, 5, 20, 9, tzinfo=DURING.tzinfo)
    voucher = vouchers.award(
        application_id=begun.pk,
        amount=euro(4000),
        reason="The right partner.",
        by=cast.actor("office"),
        at=decided,
    )
    vouchers.accept(voucher_id=voucher.pk, by=stage.asks, at=decided + DAY)
    vouchers.close(voucher_id=voucher.pk, reason="The work is done.", by=SYSTEM, at=decided + 60 * DAY)


@pytest.mark.parametrize("case", CASES, ids=[case["sme"] for case in CASES])
def test_from_the_question_to_the_story(case: dict[str, Any], cast: Cast, monkeypatch: pytest.MonkeyPatch):
    stage = a_stage(case, cast)
    introduction = from_question_to_introduction(case, stage)
    if case["incentive"]:
        by_voucher(introduction, stage, incentive=case["incentive"], cast=cast)
    else:
        by_access(introduction, stage)
    later = datetime(2026, 9, 1, 9, tzinfo=DURING.tzinfo)
    introductions.report(
        introduction_id=introduction.pk, outcome=Outcome.COLLABORATION, outcome_text=case["next"],
        by=stage.home_desk, at=later,
    )  # fmt: skip
    enquiries.close(enquiry_id=introduction.enquiry_id, closing="collaboration", by=stage.home_desk, at=later)
    monkeypatch.setattr(clock, "now", lambda: later)
    bring.func()
    bring.func()

    ours = Collaboration.objects.filter(company=stage.company, provider=stage.provider)
    found = ours.get(introduction=introduction)
    assert ours.count() == 1
    assert (found.voucher_id is not None) == bool(case["incentive"])
    assert found.enquiry == introduction.enquiry
    assert Enquiry.objects.get().closing == "collaboration"
    assert Request.objects.count() == (0 if case["incentive"] else 1)
    assert Application.objects.count() == (1 if case["incentive"] else 0)
    collaborations.describe(
        collaboration_id=found.pk,
        title=case["about"],
        text=text_of(case),
        instrument=case["incentive"] or "Not published",
        by=stage.other_desk,
        at=later,
    )
    for reader in (stage.asks, stage.answers, stage.home_desk, stage.other_desk):
        assert case["next"] in page_of(found, reader)
    assert list(queries.findings()) == []
    assert list(access_queries.findings()) == []


def page_of(found: Collaboration, reader: Actor) -> str:
    """The story as one of the four reads it."""
    from landbridge.foundation.people.models import Person

    client = Client()
    client.force_login(Person.objects.get(pk=reader.person_id))
    answer = client.get(found.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()
