"""What each reader finds on the pages of indicators."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.indicators import actions, rules
from landbridge.indicators.models import Indicator, Period, Reading
from landbridge.indicators.queries.guarding import shown_to
from landbridge.indicators.rules import Counted
from landbridge.programmes.models import PublishedFigure, Target
from tests.cast import Cast
from tests.factories.indicators import AT, TODAY, WORDING, a_period, an_indicator
from tests.factories.vouchers import a_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LANDBRIDGE_FILES = tmp_path
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    monkeypatch.setattr(clock, "now", lambda: AT)


def page(client: Client, name: str, *places: Any, **asked: Any) -> str:
    response = client.get(reverse(f"indicators:{name}", args=places), asked)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def sent(client: Client, door: str, /, *places: Any, **given: Any) -> Any:
    return client.post(
        reverse(f"indicators:{door}", args=places), {**given, "operation_key": str(uuid.uuid4())}
    )


def test_everybody_reads_what_is_counted_and_how(client: Client, cast: Cast):
    found = an_indicator()
    hidden = an_indicator(code="inside", name="For the office", is_public=False)
    assert "Vouchers granted" in page(client, "indicators")
    assert "For the office" not in page(client, "indicators")
    assert WORDING["definition"] in page(client, "indicator", found.pk)
    assert client.get(reverse("indicators:indicator", args=[hidden.pk])).status_code == 404
    client.force_login(cast.office)
    assert "For the office" in page(client, "indicators")


def test_a_figure_is_counted_for_any_day_that_has_passed(client: Client, cast: Cast):
    a_voucher(cast, at=AT - timedelta(days=30))
    found = an_indicator()
    assert '<span class="tile-figure">1</span>' in page(client, "indicator", found.pk)
    earlier = page(
        client, "indicator", found.pk, as_of_0="1", as_of_1="3", as_of_2="2026", as_of="2026-03-01"
    )
    assert '<span class="tile-figure">0</span>' in earlier


@pytest.mark.parametrize(
    "asked",
    [
        {"as_of": "9999-99-99"}, {"as_of": "0001-01-01"}, {"phase": "9" * 40}, {"phase": "x", "partner": "\x00"},
        {"partner": "1"}, {"since": "2999-01-01"}, {"page": "-1"},
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_today_and_the_whole_network(
    client: Client, cast: Cast, asked: dict[str, str]
):
    found = an_indicator()
    client.force_login(cast.office)
    for name in ("indicator", "rows", "rows_csv", "course_csv"):
        assert client.get(reverse(f"indicators:{name}", args=[found.pk]), asked).status_code == 200


def test_the_rows_open_to_those_who_see_indicators_and_names_to_those_who_see_the_row(
    client: Client, cast: Cast
):
    voucher = a_voucher(cast, at=AT - timedelta(days=30))
    found = an_indicator()
    assert client.get(reverse("indicators:rows", args=[found.pk])).status_code == 302
    client.force_login(cast.danish_sme)
    assert client.get(reverse("indicators:rows", args=[found.pk])).status_code == 403
    client.force_login(cast.office)
    assert voucher.number in page(client, "rows", found.pk)
    client.force_login(cast.belgian_finance)
    body = page(client, "rows", found.pk)
    assert voucher.number not in body
    assert "Of another desk or office" in body


def test_two_figures_for_the_same_thing_stand_side_by_side_with_their_sources(client: Client, cast: Cast):
    actions.add_common(code="vouchers-granted", by=SYSTEM, at=AT)
    figure = PublishedFigure.objects.create(
        programme=cast.programme, phase=cast.phase, code="vouchers-granted", name="Vouchers granted", value="169",
        as_of=date(2026, 5, 1), source="Final report",
    )  # fmt: skip
    actions.take_published(figure_id=figure.pk, by=SYSTEM, at=AT)
    actions.take_published(figure_id=figure.pk, value="167", source_text="Press text", by=SYSTEM, at=AT)
    body = page(client, "indicator", Indicator.objects.get().pk, phase=cast.phase.pk)
    for text in (
        "169",
        "Final report",
        "167",
        "Press text",
        "As the programme published it",
        "Counted in the records",
    ):
        assert text in body


def test_fewer_than_five_answers_are_shown_to_offices_and_auditors_alone(cast: Cast):
    found = an_indicator(code="satisfaction", source="satisfaction", unit="points")
    few, enough = Counted(Decimal(4), whole=4, asked=9), Counted(Decimal(4), whole=5, asked=9)
    for name, value in (("office", 4), ("auditor", 4), ("zealand_broker", None), ("finance", None)):
        assert shown_to(cast.actor(name), found, few).value == value
        assert shown_to(cast.actor(name), found, enough).value == 4


FORM = {
    "code": "granted", "name": "Granted", "unit": "vouchers", "kind": "output", "definition": "From the award on.",
    "source": "vouchers-granted", "decimals": "0", "is_public": "on", "is_active": "on", "position": "5",
}  # fmt: skip


def test_the_office_sees_what_it_would_count_before_it_saves(client: Client, cast: Cast):
    a_voucher(cast, at=AT - timedelta(days=30))
    client.force_login(cast.office)
    shown = sent(client, "new", **FORM, preview="1")
    assert shown.status_code == 200
    assert "1.00 vouchers" in shown.content.decode()
    assert not Indicator.objects.exists()
    assert sent(client, "new", **FORM).status_code == 302
    found = Indicator.objects.get()
    assert (found.programme_id, found.source, found.position) == (cast.programme.pk, "vouchers-granted", 5)


def test_a_source_keeps_the_parameters_it_knows_alone(client: Client, cast: Cast):
    client.force_login(cast.network_office)
    given = {**FORM, "source": "continues", "with_months": "12", "with_followed": "project"}
    assert sent(client, "new", **given).status_code == 302
    assert Indicator.objects.get().parameters == {"months": 12}
    assert Indicator.objects.get().programme is None


def test_what_is_wrong_stands_beside_its_field(client: Client, cast: Cast):
    client.force_login(cast.office)
    response = sent(client, "new", **{**FORM, "code": "NOT a code"})
    assert response.status_code == 409
    assert "small letters, figures and hyphens" in response.content.decode()
    assert sent(client, "new").status_code == 422


def test_a_target_is_set_for_a_partner(client: Client, cast: Cast):
    found = an_indicator()
    client.force_login(cast.office)
    given = {"phase": cast.phase.pk, "partner": cast.danish_partner.pk, "baseline": "2", "value": "12"}
    assert sent(client, "target_new", found.pk, **given).status_code == 302
    target = Target.objects.get()
    assert (target.code, target.baseline, target.value) == ("vouchers-granted", 2, 12)
    assert "12 vouchers" in page(client, "indicator", found.pk, phase=cast.phase.pk)


def test_a_figure_is_entered_with_its_source(client: Client, cast: Cast):
    found = an_indicator(code="projects", name="Projects", source="")
    client.force_login(cast.office)
    given = {"as_of": "2026-05-01", "value": "12.5", "source_text": "Press text", "phase": cast.phase.pk}
    assert sent(client, "figure_new", found.pk, **given).status_code == 302
    reading = Reading.objects.get()
    assert (reading.value, reading.as_of) == (Decimal("12.5"), date(2026, 5, 1))
    assert "Press text" in page(client, "reading", reading.pk)


def test_a_period_is_opened_told_frozen_and_checked(client: Client, cast: Cast):
    an_indicator()
    client.force_login(cast.office)
    given = {"name": "Period 1", "phase": cast.phase.pk, "begins_on": "2026-01-01", "ends_on": "2026-04-30"}
    assert sent(client, "period_new", **given).status_code == 302
    period = Period.objects.get()
    assert "Not frozen yet" in page(client, "period", period.pk)
    text = {"version": period.version, "name": "Period 1", "narrative": "Two calls."}
    assert sent(client, "period_text", period.pk, **text).status_code == 302
    assert sent(client, "period_freezing", period.pk).status_code == 302
    assert "Frozen, and unchanged since" in page(client, "period", period.pk)
    again = sent(client, "period_freezing", period.pk)
    assert again.status_code == 409
    assert "This period is frozen" in again.content.decode()
    given_away = json.loads(page(client, "period_frozen", period.pk))
    assert given_away["sha256"] == rules.sha256_of(given_away["content"])


def test_a_period_of_another_programme_is_not_found(client: Client, cast: Cast):
    an_indicator()
    period = a_period(cast.phase)
    client.force_login(cast.other_office)
    assert client.get(reverse("indicators:period", args=[period.pk])).status_code == 404
    assert sent(client, "period_freezing", period.pk).status_code == 404
    client.force_login(cast.zealand_broker)
    assert sent(client, "period_freezing", period.pk).status_code == 403


def test_all_figures_leave_as_a_table(client: Client, cast: Cast):
    an_indicator()
    client.force_login(cast.office)
    table = b"".join(client.get(reverse("indicators:table_csv")).streaming_content).decode()  # type: ignore[attr-defined]
    assert "vouchers-granted" in table
    assert str(TODAY) in table
    sheet = client.get(reverse("indicators:table_xlsx"))
    assert sheet.status_code == 200
    sheet.close()
