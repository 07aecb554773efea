"""Indicators, figures and periods: who may write what, and what can never change."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from landbridge.foundation.audit.models import Entry
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.indicators import actions, rules, signing
from landbridge.indicators.known import COMMON
from landbridge.indicators.models import Indicator, Period, Reading
from landbridge.indicators.queries import SOURCES, to_read
from landbridge.indicators.queries.findings import findings
from landbridge.indicators.queries.periods import kept_of, verified
from landbridge.indicators.states import Came
from landbridge.programmes.models import PublishedFigure, Target
from tests.cast import Cast
from tests.emptying import triggers_out_of_the_way
from tests.factories.indicators import AT, TODAY, WORDING, a_period, an_indicator
from tests.factories.vouchers import a_voucher

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 31)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


# ── What is counted ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_common_indicators_are_added_once(cast: Cast):
    for _ in range(2):
        actions.add_all_common(by=SYSTEM, at=AT)
    assert Indicator.objects.count() == len(COMMON) == len({one.code for one in COMMON})
    assert {one.source for one in COMMON} - {""} <= set(SOURCES)
    assert all(one.definition for one in Indicator.objects.all())


def test_common_indicators_are_the_network_offices(cast: Cast):
    actions.add_all_common(by=cast.actor("network_office"), at=AT)
    with pytest.raises(NotAllowed):
        actions.add_all_common(by=cast.actor("office"), at=AT)
    with pytest.raises(NotAllowed):
        actions.add_all_common(by=cast.actor("finance"), at=AT)


def test_a_programmes_office_writes_its_own_alone(cast: Cast):
    own = an_indicator(programme_id=cast.programme.pk, by=cast.actor("office"))
    wording = rules.Wording(**{**WORDING, "definition": "Every voucher that was accepted."})
    with pytest.raises(Indicator.DoesNotExist):
        actions.change(indicator_id=own.pk, version=1, wording=wording, by=cast.actor("other_office"), at=AT)
    changed = actions.change(indicator_id=own.pk, version=1, wording=wording, by=cast.actor("office"), at=AT)
    assert changed.version == 2
    assert changed.earlier[0]["definition"] == WORDING["definition"]
    assert changed.earlier[0]["until"] == TODAY.isoformat()


def test_a_change_of_something_older_is_refused(cast: Cast):
    own = an_indicator()
    actions.change(indicator_id=own.pk, version=1, wording=rules.Wording(**WORDING), by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="stale"):
        actions.change(indicator_id=own.pk, version=1, wording=rules.Wording(**WORDING), by=SYSTEM, at=AT)


def test_a_code_stands_once_in_a_programme(cast: Cast):
    an_indicator()
    with pytest.raises(Refused, match="code_is_taken"):
        an_indicator()
    assert an_indicator(programme_id=cast.programme.pk).pk


def test_a_target_of_the_same_thing_under_an_older_code_is_changed_and_not_doubled(cast: Cast):
    actions.add_common(code="rco01", by=SYSTEM, at=AT)
    found = Indicator.objects.get()
    Target.objects.create(
        phase=cast.phase, code="smes-supported", name="Companies", unit="companies", value=100
    )
    actions.set_target(
        indicator_id=found.pk, phase_id=cast.phase.pk, partner_id=None, value=120, baseline=20,
        by=cast.actor("office"), at=AT,
    )  # fmt: skip
    target = Target.objects.get()
    assert (target.code, target.value, target.baseline) == ("smes-supported", 120, 20)


# ── Readings ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_month_is_kept_once_for_the_network_the_phase_and_each_partner(cast: Cast):
    a_voucher(cast)
    found = an_indicator()
    assert to_read(MAY) == [found.pk]
    for _ in range(2):
        actions.take(indicator_id=found.pk, as_of=MAY, by=SYSTEM, at=AT + timedelta(days=20))
    kept = {(row.phase_id, row.partner_id): row.value for row in Reading.objects.all()}
    phase = cast.phase.pk
    assert kept == {
        (None, None): 1, (phase, None): 1, (phase, cast.danish_partner.pk): 1, (phase, cast.belgian_partner.pk): 0,
        (phase, cast.german_partner.pk): 0,
    }  # fmt: skip
    assert to_read(MAY) == []
    assert list(findings()) == []


def test_a_figure_entered_by_hand_has_a_source_and_a_day_that_has_come(cast: Cast):
    found = an_indicator(code="projects", source="")
    given: dict[str, Any] = {
        "indicator_id": found.pk, "as_of": TODAY, "value": Decimal(5), "source_text": "Press text",
        "phase_id": cast.phase.pk, "partner_id": None, "by": cast.actor("office"), "at": AT,
    }  # fmt: skip
    assert actions.enter(**given).came == Came.ENTERED
    for name, wrong, code in (
        ("source_text", " ", "no_source"), ("as_of", TODAY + timedelta(days=1), "not_yet"),
        ("phase_id", None, "not_of_the_network"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=code):
            actions.enter(**{**given, name: wrong})
    counted = an_indicator()
    with pytest.raises(Refused, match="is_counted"):
        actions.enter(**{**given, "indicator_id": counted.pk})


def test_what_was_published_is_taken_over_once_and_another_value_stands_beside_it(cast: Cast):
    actions.add_common(code="vouchers-granted", by=SYSTEM, at=AT)
    figure = PublishedFigure.objects.create(
        programme=cast.programme, phase=cast.phase, code="vouchers-granted", name="Vouchers granted", value="169",
        source="Final report",
    )  # fmt: skip
    for _ in range(2):
        actions.take_published(figure_id=figure.pk, by=SYSTEM, at=AT)
        actions.take_published(figure_id=figure.pk, value="167", source_text="Press text", by=SYSTEM, at=AT)
    found = {(row.value, row.source_text, row.came) for row in Reading.objects.all()}
    assert found == {(169, "Final report", "published"), (167, "Press text", "published")}
    assert {row.as_of for row in Reading.objects.all()} == {cast.phase.ends_on}


def test_the_database_refuses_to_change_or_delete_a_reading(cast: Cast):
    found = an_indicator()
    actions.take(indicator_id=found.pk, as_of=TODAY, by=SYSTEM, at=AT)
    for act in (lambda: Reading.objects.update(value=9), lambda: Reading.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


# ── Periods ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def frozen(cast: Cast) -> Period:
    an_indicator()
    period = a_period(cast.phase, by=cast.actor("office"))
    return actions.freeze(period_id=period.pk, by=cast.actor("office"), at=AT)


def test_a_frozen_period_has_its_readings_its_hash_and_its_signature(cast: Cast):
    found = frozen(cast)
    assert Reading.objects.filter(period=found).count() == 2, "within the period, and up to its end"
    assert verified(found).all_well
    assert list(findings()) == []
    assert Entry.objects.filter(event="period.frozen", subject_id=found.pk).exists()
    assert signing.check(found.sha256, found.signature).public_key == signing.public_key()


def test_nothing_of_a_frozen_period_can_change_again(cast: Cast):
    found = frozen(cast)
    with pytest.raises(Refused, match="frozen"):
        actions.write(period_id=found.pk, version=found.version, name="A", narrative="B", by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="frozen"):
        actions.freeze(period_id=found.pk, by=SYSTEM, at=AT)
    rows = Period.objects.filter(pk=found.pk)
    for act in (
        lambda: rows.update(narrative="Better"), lambda: rows.update(frozen_at=None),
        lambda: rows.update(sha256="0" * 64), lambda: Reading.objects.filter(period=found).delete(),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_frozen_period_that_was_tampered_with_is_found(cast: Cast):
    found = frozen(cast)
    with triggers_out_of_the_way("indicators_reading"):
        Reading.objects.filter(period=found, since=None).update(value=99)
    assert not verified(found).hash_fits
    assert any("readings or its text differ" in one for one in findings())
    with triggers_out_of_the_way("indicators_period"):
        Period.objects.update(sha256="0" * 64)
    assert any("signature does not fit" in one for one in findings())


def test_another_installations_signature_fits_and_is_not_ours(cast: Cast, settings: Any):
    found = frozen(cast)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-installation-with-another-secret-key"
    assert verified(found).signature.fits
    assert not verified(found).signature.is_ours
    settings.SECRET_KEY_FALLBACKS = [old]
    assert verified(found).all_well


def test_what_was_recorded_afterwards_shows_as_what_would_differ(cast: Cast):
    found = frozen(cast)
    assert [one.differs for one in kept_of(found)] == [False]
    a_voucher(cast, at=AT - timedelta(days=30))  # awarded within the period, recorded after it was frozen
    again = kept_of(found)[0]
    assert again.differs
    assert (again.whole.value, again.again) == (0, 1)  # type: ignore[union-attr]


def test_a_period_that_is_not_over_and_one_that_stands_already_are_refused(cast: Cast):
    an_indicator()
    period = a_period(cast.phase, ends_on=TODAY)
    with pytest.raises(Refused, match="not_over"):
        actions.freeze(period_id=period.pk, by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="period_stands"):
        a_period(cast.phase, ends_on=TODAY)


def test_a_period_is_seen_by_its_programme_and_its_partner(cast: Cast):
    whole = a_period(cast.phase)
    partners = a_period(cast.phase, partner_id=cast.danish_partner.pk)

    def seen(name: str) -> set[int]:
        return set(Period.objects.visible_to(cast.actor(name)).values_list("pk", flat=True))

    assert seen("office") == seen("auditor") == seen("network_office") == {whole.pk, partners.pk}
    assert seen("finance") == seen("zealand_broker") == {partners.pk}
    assert seen("belgian_finance") == seen("other_office") == seen("danish_sme") == set()
