"""Partner profiles: written, checked by a second region, public for a year; interest from desk to desk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import S as IntroductionState
from landbridge.organisations.models import Organisation
from landbridge.profiles import actions, queries, tasks
from landbridge.profiles.models import Interest, Profile
from landbridge.profiles.states import Interest as InterestState
from landbridge.profiles.states import Kind, S
from tests.cast import Cast
from tests.factories.profiles import (
    ANSWERS,
    PUBLISHED,
    WRITTEN,
    a_draft_profile,
    a_published_profile,
    a_waiting_profile,
    an_interest,
    details,
)

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def letters(event: str) -> list[str]:
    rows = Letter.objects.filter(template=f"profiles/{event}").order_by("pk")
    return list(rows.values_list("recipient_email", flat=True))


class TestWriting:
    def test_numbers_count_kind_country_and_day(self, cast: Cast):
        numbers = [a_draft_profile(cast).number, a_draft_profile(cast).number]
        assert numbers == ["RDR-DK-20260114-001", "RDR-DK-20260114-002"]
        assert a_draft_profile(cast, kind=Kind.BUSINESS_OFFER).number == "BO-DK-20260114-001"
        assert a_draft_profile(cast, organisation=cast.german_institute).number == "RDR-DE-20260114-001"

    def test_a_desk_writes_for_its_own_region(self, cast: Cast):
        broker = cast.actor("zealand_broker")
        with pytest.raises(Organisation.DoesNotExist):
            actions.write(
                kind="TO", organisation_id=cast.german_institute.pk, details=details(), by=broker, at=WRITTEN
            )
        with pytest.raises(NotAllowed):
            actions.write(
                kind="TO", organisation_id=cast.danish_company.pk, details=details(),
                by=cast.actor("danish_sme"), at=WRITTEN,
            )  # fmt: skip
        with pytest.raises(Refused):
            actions.write(
                kind="XX", organisation_id=cast.danish_company.pk, details=details(), by=broker, at=WRITTEN
            )

    def test_an_organisation_outside_the_network_has_no_profile(self, cast: Cast):
        Organisation.objects.filter(pk=cast.danish_company.pk).update(region=None)
        with pytest.raises(Refused) as refusal:
            a_draft_profile(cast)
        assert codes(refusal) == {"no_region"}

    def test_a_draft_is_edited_and_a_stale_one_is_not_lost(self, cast: Cast):
        profile = a_draft_profile(cast)
        broker = cast.actor("zealand_broker")
        edited = actions.edit(
            profile_id=profile.pk, version=1, details=details(title="New"), by=broker, at=WRITTEN
        )
        assert (edited.title, edited.version) == ("New", 2)
        with pytest.raises(Refused) as refusal:
            actions.edit(profile_id=profile.pk, version=1, details=details(), by=broker, at=WRITTEN)
        assert codes(refusal) == {"edited_meanwhile"}
        actions.submit(profile_id=profile.pk, by=broker, at=WRITTEN)
        with pytest.raises(Refused) as refusal:
            actions.edit(profile_id=profile.pk, version=2, details=details(), by=broker, at=WRITTEN)
        assert codes(refusal) == {"not_a_draft"}

    def test_a_text_that_names_the_organisation_is_not_handed_on(self, cast: Cast):
        profile = a_draft_profile(cast, description="Danish Company ApS needs help; call +45 33 12 34 56.")
        with pytest.raises(Refused) as refusal:
            actions.submit(profile_id=profile.pk, by=SYSTEM, at=WRITTEN)
        assert codes(refusal) == {"names_the_organisation", "telephone"}


class TestChecking:
    def test_the_own_region_does_not_check(self, cast: Cast):
        profile = a_waiting_profile(cast)
        for by in (cast.actor("zealand_broker"), SYSTEM):
            with pytest.raises(Refused) as refusal:
                actions.publish(profile_id=profile.pk, by=by, at=PUBLISHED)
            assert codes(refusal) == {"own_region"}
            with pytest.raises(Refused):
                actions.return_to_desk(profile_id=profile.pk, remark="No.", by=by, at=PUBLISHED)

    def test_published_for_a_year_by_a_second_region(self, cast: Cast):
        profile = a_published_profile(cast)
        assert (profile.valid_until, profile.checked_region) == (date(2027, 1, 20), cast.liege)
        assert letters("published") == [cast.zealand_broker.email]

    def test_given_back_with_a_remark(self, cast: Cast):
        profile = a_waiting_profile(cast)
        with pytest.raises(Refused):
            actions.return_to_desk(
                profile_id=profile.pk, remark="", by=cast.actor("liege_broker"), at=PUBLISHED
            )
        back = actions.return_to_desk(
            profile_id=profile.pk, remark="Which enzyme?", by=cast.actor("liege_broker"), at=PUBLISHED
        )
        assert (back.state, back.check_remark) == (S.DRAFT, "Which enzyme?")
        assert letters("returned") == [cast.zealand_broker.email]

    def test_other_desks_change_nothing_else(self, cast: Cast):
        profile = a_published_profile(cast)
        with pytest.raises(NotAllowed):
            actions.withdraw(profile_id=profile.pk, reason="No.", by=cast.actor("liege_broker"), at=PUBLISHED)

    def test_whose_it_is_only_its_desk_knows(self, cast: Cast):
        profile = a_published_profile(cast)
        knows = {"zealand_broker", "danish_sme", "office", "auditor"}
        for name in (
            "zealand_broker",
            "liege_broker",
            "stuttgart_broker",
            "danish_sme",
            "belgian_sme",
            "office",
            "auditor",
        ):
            assert queries.knows_owner(profile, cast.actor(name)) == (name in knows), name


class TestEnding:
    def test_two_warnings_then_its_end_then_renewed(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        profile = a_published_profile(cast)
        for day in (
            "2026-12-20",
            "2026-12-21",
            "2026-12-22",
            "2027-01-13",
            "2027-01-20",
            "2027-01-21",
            "2027-01-22",
        ):
            monkeypatch.setattr(clock, "now", lambda day=day: datetime.fromisoformat(f"{day}T10:00:00+00:00"))
            tasks.end.func()
        profile.refresh_from_db()
        assert profile.state == S.EXPIRED
        assert (len(letters("ends_soon")), len(letters("expired"))) == (2, 1)
        renewed = actions.renew(
            profile_id=profile.pk, by=cast.actor("zealand_broker"), at=datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
        )
        assert (renewed.state, renewed.valid_until) == (S.PUBLISHED, date(2028, 2, 1))

    def test_not_renewed_at_once(self, cast: Cast):
        profile = a_published_profile(cast)
        with pytest.raises(Refused) as refusal:
            actions.renew(profile_id=profile.pk, by=SYSTEM, at=PUBLISHED)
        assert codes(refusal) == {"renewed_too_early"}
        with pytest.raises(Refused):
            actions.expire(profile_id=profile.pk, by=SYSTEM, at=PUBLISHED)

    def test_withdrawn_nobody_finds_it(self, cast: Cast):
        profile = a_published_profile(cast)
        actions.withdraw(profile_id=profile.pk, reason="Sold.", by=cast.actor("zealand_broker"), at=PUBLISHED)
        assert not Profile.objects.visible_to(cast.actor("belgian_sme")).exists()


class TestInterest:
    def test_taken_up_an_introduction_is_prepared(self, cast: Cast):
        interest = an_interest(cast)
        assert letters("interest") == [cast.zealand_broker.email]
        taken = actions.accept(interest_id=interest.pk, by=cast.actor("zealand_broker"), at=LATER)
        introduction = Introduction.objects.get()
        assert taken.introduction == introduction
        assert introduction.state == IntroductionState.PREPARED
        assert (introduction.company, introduction.provider) == (cast.danish_company, cast.german_institute)
        assert ANSWERS["together"] in introduction.shown_to_company
        assert "splits a polymer" in introduction.shown_to_provider
        assert letters("interest_accepted") == [cast.stuttgart_broker.email]

    def test_only_the_desk_of_the_profile_answers(self, cast: Cast):
        interest = an_interest(cast)
        for act in (
            lambda: actions.accept(interest_id=interest.pk, by=cast.actor("stuttgart_broker"), at=LATER),
            lambda: actions.decline(
                interest_id=interest.pk, reason="No.", by=cast.actor("stuttgart_broker"), at=LATER
            ),
            lambda: actions.withdraw_interest(
                interest_id=interest.pk, by=cast.actor("zealand_broker"), at=LATER
            ),
        ):
            with pytest.raises(NotAllowed):
                act()
        with pytest.raises(Interest.DoesNotExist):
            actions.accept(interest_id=interest.pk, by=cast.actor("liege_broker"), at=LATER)

    def test_declined_with_a_reason(self, cast: Cast):
        interest = an_interest(cast)
        with pytest.raises(Refused):
            actions.decline(interest_id=interest.pk, reason="", by=cast.actor("zealand_broker"), at=LATER)
        actions.decline(
            interest_id=interest.pk, reason="Found one.", by=cast.actor("zealand_broker"), at=LATER
        )
        assert letters("interest_declined") == [cast.stuttgart_broker.email]

    def test_once_at_a_time_and_never_in_ones_own(self, cast: Cast):
        interest = an_interest(cast)
        with pytest.raises(Refused) as refusal:
            an_interest(cast, profile=interest.profile)
        assert codes(refusal) == {"interested_already"}
        with pytest.raises(Refused) as refusal:
            an_interest(cast, profile=interest.profile, organisation=cast.danish_company)
        assert codes(refusal) == {"own_profile"}
        actions.withdraw_interest(interest_id=interest.pk, by=cast.actor("stuttgart_broker"), at=LATER)
        assert an_interest(cast, profile=interest.profile).state == InterestState.SENT

    def test_only_in_what_is_published(self, cast: Cast):
        with pytest.raises(Refused) as refusal:
            an_interest(cast, profile=a_waiting_profile(cast))
        assert codes(refusal) == {"not_published"}
        with pytest.raises(NotAllowed):
            actions.express(
                profile_id=a_published_profile(cast).pk, organisation_id=cast.danish_company.pk, answers=ANSWERS,
                by=cast.actor("danish_sme"), at=LATER,
            )  # fmt: skip


class TestFindings:
    def test_nothing_to_find(self, cast: Cast):
        interest = an_interest(cast)
        actions.accept(interest_id=interest.pk, by=SYSTEM, at=LATER)
        assert list(queries.findings()) == []

    def test_a_name_in_public_and_a_lost_introduction_are_found(self, cast: Cast):
        interest = an_interest(cast)
        Profile.objects.update(title="From Danish Company ApS")
        Interest.objects.filter(pk=interest.pk).update(state=InterestState.ACCEPTED)
        assert [finding.split(":")[0].split(",")[0] for finding in queries.findings()] == [
            f"Profile {interest.profile.number} is published",
            f"Interest {interest.pk} was taken up",
        ]


class TestTheDatabaseItself:
    @pytest.mark.parametrize(
        "changes", [{"kind": "XX"}, {"state": "lost"}, {"valid_until": None}, {"checked_region": None}]
    )
    def test_refuses_what_cannot_be(self, cast: Cast, changes: dict[str, Any]):
        profile = a_published_profile(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Profile.objects.filter(pk=profile.pk).update(**changes)

    def test_checked_by_its_own_region_it_is_not_published(self, cast: Cast):
        profile = a_published_profile(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Profile.objects.filter(pk=profile.pk).update(checked_region=cast.zealand)

    @pytest.mark.parametrize("changes", [{"state": "lost"}, {"state": "declined"}])
    def test_an_interest_is_declined_with_a_reason(self, cast: Cast, changes: dict[str, Any]):
        interest = an_interest(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Interest.objects.filter(pk=interest.pk).update(**changes)

    def test_an_organisation_is_interested_once_at_a_time(self, cast: Cast):
        interest = an_interest(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Interest.objects.create(
                profile=interest.profile, organisation=interest.organisation, region=interest.region,
                sent_by_name="X", sent_at=LATER,
            )  # fmt: skip
