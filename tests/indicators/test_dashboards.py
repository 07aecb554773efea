"""The dashboards: what each figure counts as of which day, who sees whose, and the same in every download."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from landbridge.budgets import actions as budgets
from landbridge.catalogue.models import UnmetDemand
from landbridge.foundation import clock
from landbridge.foundation.money import euro
from landbridge.foundation.permissions.actor import ANYONE, SYSTEM
from landbridge.indicators import drawings
from landbridge.indicators.queries import Scope, dashboards, placed
from landbridge.programmes.models import Target
from landbridge.vouchers import actions as vouchers
from tests.factories.budgets import a_line
from tests.factories.claims import a_paid_claim, a_submitted_claim
from tests.factories.enquiries import ASKED, an_enquiry
from tests.factories.indicators import an_indicator
from tests.factories.introductions import an_introduction_made
from tests.factories.surveys import a_sheet, a_version, said_on
from tests.factories.vouchers import AWARDED, a_voucher, a_voucher_in_use

pytestmark = pytest.mark.django_db
GRANTED = AWARDED.date()
LATER = date(2027, 12, 31)
NOW = datetime(2027, 12, 31, 12, tzinfo=UTC)
PAGES = (
    "dashboard", "dashboard_money", "dashboard_time", "dashboard_regions", "dashboard_answers", "dashboard_waiting",
)  # fmt: skip

OPEN_PAGES = ("results", "results_money", "results_regions", "results_answers")


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any, monkeypatch: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    monkeypatch.setattr(clock, "now", lambda: NOW)


def in_phase(cast: Any, as_of: date = LATER, **more: Any) -> Scope:
    return placed(Scope(as_of=as_of, phase_id=cast.phase.pk, **more))


def table_of(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


# ── Money ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_was_committed_stands_in_its_month_and_what_came_back_is_taken_off(cast):
    voucher = a_voucher(cast)
    found = dashboards.absorption(in_phase(cast))
    place = found.months.index(AWARDED.date().replace(day=1))
    assert (sum(found.allocated), sum(found.committed), sum(found.paid)) == (10_000_000, 600_000, 0)
    assert found.committed[place] == 600_000
    vouchers.decline(
        voucher_id=voucher.pk, reason="We need it no longer.", by=SYSTEM, at=AWARDED + timedelta(days=40)
    )
    found = dashboards.absorption(in_phase(cast))
    assert (found.committed[place], found.committed[place + 1], sum(found.committed)) == (
        600_000,
        -600_000,
        0,
    )


def test_before_its_day_nothing_was_committed(cast):
    a_voucher(cast)
    before = dashboards.absorption(in_phase(cast, GRANTED - timedelta(days=1)))
    assert (sum(before.allocated), sum(before.committed)) == (10_000_000, 0)
    assert dashboards.absorption(in_phase(cast, date(2026, 1, 2))) is None


def test_each_partner_has_its_own_money(cast):
    a_voucher(cast)
    a_line(partner=cast.belgian_partner, phase=cast.phase, free=euro(50_000))
    held = {one.partner: one for one in dashboards.held_by_partner(in_phase(cast))}
    assert held["Danish partner"].committed == 600_000
    assert held["Danish partner"].free == 9_400_000
    assert held["Belgian partner"].free == 5_000_000
    only = dashboards.absorption(in_phase(cast, partner_id=cast.belgian_partner.pk))
    assert sum(only.committed) == 0


def test_the_forecast_begins_where_the_whole_months_end_and_stays_within_the_budget(cast):
    line = a_line(partner=cast.danish_partner, phase=cast.phase, free=euro(100_000))
    for month in range(2, 12):
        at = datetime(2026, month, 10, 9, tzinfo=UTC)
        budgets.commit(line=line, amount=euro(4000), about=cast.phase, reason="Awarded", by=SYSTEM, at=at)
    look = dashboards.Look(in_phase(cast, date(2026, 12, 15)), cast.programme, cast.phase)
    found = drawings.committed_ahead(dashboards.absorption(look.scope), look).shape
    assert len(found.known) == 11
    assert found.known[-1] == 40_000
    assert len(found.labels) == 36
    assert len(found.middle) == 25
    assert max(found.high) <= 100_000 == found.limit
    assert found.low[-1] < found.middle[-1] <= found.high[-1]


def test_a_phase_that_has_hardly_begun_has_no_forecast_and_says_why(cast):
    a_voucher(cast)
    look = dashboards.Look(in_phase(cast, GRANTED), cast.programme, cast.phase)
    drawn = drawings.committed_ahead(dashboards.absorption(look.scope), look)
    assert drawn.shape.middle == []
    assert "no forecast" in drawn.note


# ── Time ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_days_from_question_to_introduction_are_whole_days_in_the_quarter_of_the_introduction(cast):
    found = an_introduction_made(cast)
    days = (found.made_at.date() - found.enquiry.asked_at.date()).days
    (introduction,) = (one for one in dashboards.STRETCHES if one.key == "introduction")
    quarters = dashboards.by_quarter(introduction, in_phase(cast))
    first = quarters[0]
    assert (first.year, first.number) == (found.made_at.year, (found.made_at.month + 2) // 3)
    assert (first.low, first.middle, first.high, first.count) == (days, days, days, 1)
    assert (quarters[-1].year, quarters[-1].number, quarters[-1].middle) == (2027, 4, None)
    assert dashboards.by_quarter(introduction, in_phase(cast, found.made_at.date() - timedelta(days=1))) == []


def test_days_to_money_count_from_the_first_handing_in(cast):
    claim = a_paid_claim(cast)
    days = (claim.paid_on - claim.voucher.application.first_submitted_at.date()).days
    (money,) = (one for one in dashboards.STRETCHES if one.key == "money")
    quarters = [one for one in dashboards.by_quarter(money, in_phase(cast)) if one.count]
    assert [(one.middle, one.count) for one in quarters] == [(days, 1)]
    assert dashboards.by_quarter(money, in_phase(cast, partner_id=cast.belgian_partner.pk)) == []


# ── Between regions ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_ways_lead_from_the_company_to_the_provider(cast):
    a_voucher(cast)
    (granted,) = (one for one in dashboards.WAYS if one.key == "vouchers")
    expected = [(cast.zealand.name, cast.stuttgart.name, 1)]
    assert dashboards.ways(granted, in_phase(cast)) == expected
    assert dashboards.ways(granted, in_phase(cast, GRANTED - timedelta(days=1))) == []
    look = dashboards.Look(in_phase(cast))
    (drawn,) = drawings.of_flows(look, ANYONE, way="vouchers")
    assert [(flow.origin, flow.target, flow.count) for flow in drawn.flows] == expected
    assert {mark.name for mark in drawn.marks} >= {cast.zealand.name, cast.stuttgart.name}


# ── What people said ─────────────────────────────────────────────────────────────────────────────────────────────────
def five_answers(cast: Any) -> None:
    version = a_version(at=ASKED)
    for mark in (5, 4, 4, 3, None, 5):
        sheet = a_sheet(
            version, cast.danish_company, sent_at=AWARDED, happened_on=GRANTED, programme=cast.programme
        )
        if mark is not None:
            said_on(sheet, at=AWARDED, helpful=Decimal(mark))


def test_a_mean_stands_beside_how_many_were_asked_and_silence_is_not_zero(cast):
    five_answers(cast)
    (found,) = dashboards.marks(in_phase(cast), actor=cast.actor("office"))
    assert (found.measure, found.months, found.count, found.asked) == ("satisfaction", 12, 5, 6)
    assert found.mean == Decimal("4.2")
    ((months, rate),) = dashboards.rates_by_months(in_phase(cast))
    assert (months, rate.asked, rate.answered) == (12, 6, 5)


def test_few_answers_are_for_the_office_alone(cast):
    sheet = a_sheet(
        a_version(at=ASKED),
        cast.danish_company,
        sent_at=AWARDED,
        happened_on=GRANTED,
        programme=cast.programme,
    )
    said_on(sheet, at=AWARDED, helpful=Decimal(2))
    assert dashboards.marks(in_phase(cast), actor=cast.actor("office"))
    assert not dashboards.marks(in_phase(cast), actor=cast.actor("zealand_broker"))
    assert not dashboards.marks(in_phase(cast), actor=ANYONE)


# ── What waits ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_open_stands_at_its_age(cast):
    an_enquiry(cast, at=ASKED)
    (enquiries, applications, claims) = dashboards.WAITING
    day = ASKED.date()
    ages = [
        dashboards.waiting(enquiries, in_phase(cast, day + timedelta(days=days)))
        for days in (0, 7, 8, 30, 31, 200)
    ]
    assert [one.index(1) for one in ages] == [0, 0, 1, 1, 2, 4]
    assert dashboards.waiting(enquiries, in_phase(cast, day - timedelta(days=1))) == [0, 0, 0, 0, 0]
    claim = a_submitted_claim(cast)
    assert sum(dashboards.waiting(claims, in_phase(cast, claim.first_submitted_at.date()))) == 1
    assert sum(dashboards.waiting(applications, in_phase(cast, GRANTED))) == 0
    assert sum(dashboards.waiting(applications, in_phase(cast, GRANTED - timedelta(days=1)))) == 1


def test_unmet_demand_stands_in_the_order_of_how_often_it_was_looked_for(cast):
    for text, times in (("cryo", 3), ("raman", 9)):
        UnmetDemand.objects.create(text=text, times=times, first_at=ASKED, last_at=ASKED)
    assert [one.text for one in dashboards.unmet(in_phase(cast))] == ["raman", "cryo"]
    assert not dashboards.unmet(in_phase(cast, ASKED.date() - timedelta(days=1)))


# ── Progress ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_progress_is_counted_from_the_baseline_and_an_unknown_code_is_not_zero(cast):
    an_indicator()
    a_voucher(cast)
    Target.objects.create(
        phase=cast.phase, code="vouchers_granted", name="Vouchers", unit="vouchers", value=5, baseline=0
    )
    Target.objects.create(phase=cast.phase, code="moon", name="Landings", unit="landings", value=2)
    moon, granted = sorted(dashboards.progress(in_phase(cast)), key=lambda one: one.code)
    assert (moon.value, moon.share) == (None, None)
    assert (granted.value, granted.share) == (1, Decimal("0.2"))
    tiles = {key: value for key, value, _indicator in dashboards.headline(in_phase(cast))}
    assert tiles["money-committed"] == 6000


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("who", ["office", "network_office", "finance", "zealand_broker", "auditor"])
def test_everybody_who_sees_indicators_sees_every_part(client, cast, who):
    a_voucher_in_use(cast)
    client.force_login(getattr(cast, who))
    for page in PAGES:
        assert client.get(reverse(f"indicators:{page}")).status_code == 200


@pytest.mark.parametrize("who", ["danish_sme", "german_provider", "assessor", "mallory"])
def test_others_do_not(client, cast, who):
    client.force_login(getattr(cast, who))
    for page in (*PAGES, "dashboard_table"):
        assert client.get(reverse(f"indicators:{page}")).status_code == 403


def test_finance_sees_its_own_partner_whatever_it_asks_for(client, cast):
    a_voucher(cast)
    a_line(partner=cast.belgian_partner, phase=cast.phase, free=euro(50_000))
    client.force_login(cast.belgian_finance)
    page = client.get(
        reverse("indicators:dashboard_money"), {"partner": cast.danish_partner.pk}
    ).content.decode()
    assert "Belgian partner" in page
    assert "Danish partner" not in page
    assert "€6,000" not in page


def test_a_broker_sees_the_region_and_no_budgets(client, cast):
    a_voucher(cast)
    client.force_login(cast.liege_broker)
    page = client.get(reverse("indicators:dashboard_money")).content.decode()
    assert cast.liege.name in page
    assert "Set aside" not in page
    assert "€6,000" not in page
    assert "whole network" not in client.get(reverse("indicators:dashboard")).content.decode()


def test_another_programme_s_office_sees_nothing_of_this_one(client, cast):
    a_voucher(cast)
    client.force_login(cast.other_office)
    page = client.get(
        reverse("indicators:dashboard_money"), {"programme": cast.programme.pk}
    ).content.decode()
    assert "€6,000" not in page
    assert cast.programme.name not in page


def test_everybody_sees_results_without_budgets_and_ages(client, cast):
    a_voucher(cast)
    chosen = {"programme": cast.programme.pk}
    pages = [client.get(reverse(f"indicators:{page}"), chosen).content.decode() for page in OPEN_PAGES]
    assert "€6,000" in pages[0]
    assert "€6,000" in pages[1]
    for page in pages:
        assert "Set aside" not in page
        assert "by age" not in page
    assert (
        client.get(reverse("indicators:results_table"), {"figures": "waiting.enquiries"}).status_code == 404
    )
    table = client.get(reverse("indicators:results_table"), {"figures": "money.committed", **chosen})
    assert table_of(table)[-1][1:] == ["6000.0", "0.0"]


def test_every_chart_of_a_page_can_be_downloaded(client, cast):
    a_voucher(cast)
    five_answers(cast)
    UnmetDemand.objects.create(text="cryo", times=3, first_at=ASKED, last_at=ASKED)
    client.force_login(cast.office)
    seen = 0
    for page in PAGES:
        text = client.get(reverse(f"indicators:{page}"), {"as_of": "2027-12-30"}).content.decode()
        for href in re.findall(r'href="([^"]*table\.csv[^"]*)"', text):
            assert "as_of=2027-12-30" in href
            rows = table_of(client.get(href.replace("&amp;", "&")))
            assert len(rows) > 1
            assert len({len(row) for row in rows}) == 1
            seen += 1
    assert seen >= 10


def test_a_day_to_come_is_today_and_nonsense_filters_nothing(client, cast):
    client.force_login(cast.office)
    page = client.get(reverse("indicators:dashboard"), {"as_of": "2031-01-01"}).content.decode()
    assert "31\xa0December\xa02027" in page
    for given in (
        {"as_of": "31 Smarch"},
        {"programme": "9" * 40},
        {"phase": "x"},
        {"way": "\0"},
        {"partner": "-1"},
    ):
        for name in (*PAGES, *OPEN_PAGES):
            assert client.get(reverse(f"indicators:{name}"), given).status_code == 200
    for figures in ("", "money", "money.", "moon.absorption", "\0.\0", "progress.targets"):
        assert client.get(reverse("indicators:dashboard_table"), {"figures": figures}).status_code == 404


def test_a_page_costs_the_same_however_much_there_is(client, cast, django_assert_max_num_queries):
    a_voucher(cast)
    client.force_login(cast.office)
    for page in PAGES:
        with django_assert_max_num_queries(32):
            client.get(reverse(f"indicators:{page}"))
