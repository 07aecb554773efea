"""A voucher from award to end: the money is committed with it and set free with it, and people are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pypdf
import pytest
from django.utils import translation

from landbridge.applications.models import Application
from landbridge.budgets.queries import balances
from landbridge.foundation import clock
from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.money import Money, euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.vouchers import actions, letter, queries, tasks
from landbridge.vouchers.models import Extension, Voucher
from landbridge.vouchers.states import S
from tests.cast import Cast
from tests.factories.applications import a_submitted_application
from tests.factories.vouchers import ACCEPTED, AWARDED, a_voucher, a_voucher_in_use, the_line

pytestmark = pytest.mark.django_db
EXTENSION = {"until": date(2027, 11, 20), "began_on": date(2026, 7, 1), "reason": "Samples came late."}
NOVEMBER = datetime(2026, 11, 2, 9, 0, tzinfo=AWARDED.tzinfo)


def codes(raised: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in raised.value.problems]


def letters(name: str) -> list[str]:
    return sorted(Letter.objects.filter(template=name).values_list("recipient_email", flat=True))


class TestAward:
    def test_decision_voucher_and_money_are_one(self, cast: Cast):
        line = the_line(cast)
        application = a_submitted_application(cast)
        voucher = actions.award(
            application_id=application.pk,
            amount=euro(6000),
            reason="Good.",
            by=cast.actor("office"),
            at=AWARDED,
        )
        assert voucher.number == f"{application.number}-V"
        assert (voucher.granted_on, voucher.valid_until) == (date(2026, 5, 20), date(2027, 5, 20))
        assert (balances(line).free, balances(line).committed) == (euro(94_000), euro(6000))
        assert Application.objects.get(pk=application.pk).state == "awarded"
        assert [event.event for event in history_of(voucher)] == ["voucher.awarded"]

    def test_both_sides_are_told(self, cast: Cast):
        a_voucher(cast)
        assert letters("vouchers/awarded") == ["carl.colleague@example.org", "dagny.danish@example.org"]
        assert letters("vouchers/awarded_provider") == ["gerda.german@example.org"]

    def test_the_day_of_the_aid_is_the_day_in_the_call_s_zone(self, cast: Cast):
        voucher = a_voucher(cast, at=datetime(2026, 5, 20, 22, 30, tzinfo=AWARDED.tzinfo))
        assert voucher.granted_on == date(2026, 5, 21)

    def test_never_beyond_the_partner_s_money(self, cast: Cast):
        line = the_line(cast, free=euro(5999))
        application = a_submitted_application(cast)
        with pytest.raises(Refused) as raised:
            actions.award(
                application_id=application.pk, amount=euro(6000), reason="Good.", by=SYSTEM, at=AWARDED
            )
        assert codes(raised) == ["not_enough_free"]
        application.refresh_from_db()
        assert (application.state, Voucher.objects.count(), balances(line).free) == (
            "submitted",
            0,
            euro(5999),
        )

    def test_without_a_line_nothing_is_awarded(self, cast: Cast):
        application = a_submitted_application(cast)
        with pytest.raises(Refused) as raised:
            actions.award(
                application_id=application.pk, amount=euro(6000), reason="Good.", by=SYSTEM, at=AWARDED
            )
        assert codes(raised) == ["no_budget_line"]
        application.refresh_from_db()
        assert application.state == "submitted"

    def test_more_than_was_asked_is_refused(self, cast: Cast):
        with pytest.raises(Refused) as raised:
            a_voucher(cast, amount=euro(6501))
        assert "award_too_high" in codes(raised)

    def test_twice_is_refused(self, cast: Cast):
        voucher = a_voucher(cast)
        with pytest.raises(Refused):
            actions.award(
                application_id=voucher.application_id, amount=euro(1), reason="Again.", by=SYSTEM, at=AWARDED
            )

    @pytest.mark.parametrize(
        "name", ["danish_sme", "german_provider", "zealand_broker", "finance", "auditor"]
    )
    def test_only_the_office_awards(self, cast: Cast, name: str):
        the_line(cast)
        application = a_submitted_application(cast)
        with pytest.raises(NotAllowed):
            actions.award(
                application_id=application.pk, amount=euro(1), reason="Me.", by=cast.actor(name), at=AWARDED
            )

    def test_another_programme_s_office_does_not_even_see_it(self, cast: Cast):
        application = a_submitted_application(cast)
        with pytest.raises(Application.DoesNotExist):
            actions.award(
                application_id=application.pk,
                amount=euro(1),
                reason="Me.",
                by=cast.actor("other_office"),
                at=AWARDED,
            )


class TestLife:
    def test_the_company_accepts(self, cast: Cast):
        voucher = actions.accept(voucher_id=a_voucher(cast).pk, by=cast.actor("danish_sme"), at=ACCEPTED)
        assert (voucher.state, voucher.accepted_at) == (S.ACTIVE, ACCEPTED)
        assert letters("vouchers/accepted")

    def test_not_after_its_end(self, cast: Cast):
        voucher = a_voucher(cast)
        late = datetime(2027, 5, 20, 22, 0, tzinfo=AWARDED.tzinfo)  # already the 21st in Brussels
        with pytest.raises(Refused) as raised:
            actions.accept(voucher_id=voucher.pk, by=cast.actor("danish_sme"), at=late)
        assert codes(raised) == ["too_late_to_accept"]
        assert (
            actions.accept(voucher_id=voucher.pk, by=SYSTEM, at=late - timedelta(minutes=1)).state == S.ACTIVE
        )

    def test_declined_money_is_free_again(self, cast: Cast):
        line = the_line(cast)
        voucher = a_voucher(cast)
        with pytest.raises(Refused):
            actions.decline(voucher_id=voucher.pk, reason=" ", by=cast.actor("danish_sme"), at=ACCEPTED)
        voucher = actions.decline(
            voucher_id=voucher.pk, reason="No need.", by=cast.actor("danish_sme"), at=ACCEPTED
        )
        assert (voucher.state, balances(line).free, balances(line).committed) == (
            S.DECLINED,
            euro(100_000),
            Money(0),
        )

    @pytest.mark.parametrize("name", ["german_provider", "office", "finance", "auditor"])
    def test_only_the_company_accepts(self, cast: Cast, name: str):
        with pytest.raises(NotAllowed):
            actions.accept(voucher_id=a_voucher(cast).pk, by=cast.actor(name), at=ACCEPTED)

    def test_another_company_does_not_see_it(self, cast: Cast):
        with pytest.raises(Voucher.DoesNotExist):
            actions.accept(voucher_id=a_voucher(cast).pk, by=cast.actor("belgian_sme"), at=ACCEPTED)

    def test_extended_once(self, cast: Cast):
        voucher = a_voucher_in_use(cast)
        by = cast.actor("office")
        voucher = actions.extend(voucher_id=voucher.pk, **EXTENSION, by=by, at=NOVEMBER)
        assert voucher.valid_until == date(2027, 11, 20)
        assert Extension.objects.get().was_valid_until == date(2027, 5, 20)
        with pytest.raises(Refused) as raised:
            actions.extend(voucher_id=voucher.pk, **EXTENSION, by=by, at=NOVEMBER)
        assert "extended_already" in codes(raised)

    def test_not_extended_before_acceptance(self, cast: Cast):
        with pytest.raises(Refused):
            actions.extend(voucher_id=a_voucher(cast).pk, **EXTENSION, by=SYSTEM, at=NOVEMBER)

    def test_closed_releases_the_rest(self, cast: Cast):
        line = the_line(cast)
        voucher = actions.close(voucher_id=a_voucher_in_use(cast).pk, reason="Done.", by=SYSTEM, at=NOVEMBER)
        assert (voucher.state, voucher.ended_at, balances(line).free) == (S.CLOSED, NOVEMBER, euro(100_000))

    def test_lapses_only_when_nothing_can_be_claimed(self, cast: Cast):
        line = the_line(cast)
        voucher = a_voucher(cast)
        last_moment = datetime(2027, 7, 19, 21, 59, 59, tzinfo=AWARDED.tzinfo)  # 23:59:59 in Brussels
        with pytest.raises(Refused) as raised:
            actions.lapse(voucher_id=voucher.pk, by=SYSTEM, at=last_moment)
        assert codes(raised) == ["still_claimable"]
        voucher = actions.lapse(voucher_id=voucher.pk, by=SYSTEM, at=last_moment + timedelta(seconds=1))
        assert (voucher.state, balances(line).free) == (S.LAPSED, euro(100_000))


class TestWarnings:
    def on(self, monkeypatch: pytest.MonkeyPatch, day: date) -> None:
        at = datetime(day.year, day.month, day.day, 6, 0, tzinfo=AWARDED.tzinfo)
        monkeypatch.setattr(clock, "now", lambda: at)
        tasks.warn.call()

    def test_each_warning_once_also_when_the_job_missed_its_day(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ):
        a_voucher_in_use(cast)
        sent = []
        for day in (
            "2027-03-20",
            "2027-03-21",
            "2027-03-25",
            "2027-05-08",
            "2027-05-09",
            "2027-05-20",
            "2027-05-21",
        ):
            self.on(monkeypatch, date.fromisoformat(day))
            sent.append(len(letters("vouchers/ends_soon")) // 2)
        assert sent == [0, 1, 1, 2, 2, 2, 2]

    def test_not_for_what_has_ended(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        voucher = a_voucher(cast)
        actions.decline(voucher_id=voucher.pk, reason="No need.", by=SYSTEM, at=ACCEPTED)
        self.on(monkeypatch, date(2027, 5, 10))
        actions.warn(voucher_id=voucher.pk, days_left=14, at=AWARDED)
        assert letters("vouchers/ends_soon") == []


class TestLetter:
    @pytest.fixture(autouse=True)
    def _files(self, settings, tmp_path):
        settings.LANDBRIDGE_FILES = tmp_path

    def test_drawn_once_with_the_terms_of_the_award(self, cast: Cast):
        voucher = a_voucher_in_use(cast)
        actions.extend(voucher_id=voucher.pk, **EXTENSION, by=SYSTEM, at=NOVEMBER)
        voucher = Voucher.objects.get(pk=voucher.pk)
        data = queries.letter_data(voucher)
        assert ["Valid until", date(2027, 5, 20)] in data["facts"]
        assert "2023/2831" in str(data["legal"])
        first = letter.kept_letter(voucher, at=NOVEMBER)
        again = letter.kept_letter(Voucher.objects.get(pk=voucher.pk), at=NOVEMBER + timedelta(days=1))
        other = letter.kept_letter(
            voucher, at=NOVEMBER
        )  # read from before the letter was kept: a second at once
        assert first.pk == again.pk == other.pk
        assert first.path.read_bytes().startswith(b"%PDF")
        assert [event.event for event in history_of(voucher)].count("voucher.letter_kept") == 1

    def test_it_speaks_the_language_of_the_company(self, cast: Cast):
        voucher = a_voucher_in_use(cast)
        Person.objects.filter(email__in=[one.email for one in queries.people_of(voucher)]).update(
            language="da"
        )
        with translation.override("de"):  # whoever reads it first does not decide
            kept = letter.kept_letter(Voucher.objects.get(pk=voucher.pk), at=NOVEMBER)
        assert pypdf.PdfReader(kept.path).trailer["/Root"]["/Lang"] == "da"

    @pytest.mark.parametrize(
        ("basis", "words"), [("gber_20a", "Article 20a"), ("uk_mfa", "Minimal"), ("none", "not state aid")]
    )
    def test_each_legal_basis_has_its_words(self, cast: Cast, basis: str, words: str):
        voucher = a_voucher(cast)
        voucher.legal_basis = basis
        assert words in str(queries.letter_data(voucher)["legal"])
