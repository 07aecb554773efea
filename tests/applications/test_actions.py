"""The life of one application, verb by verb."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from landbridge.applications import actions, queries, rules
from landbridge.applications.actions import Contact, NewProvider
from landbridge.applications.models import Application, Confirmation, Decision, Edit, Series, Submission
from landbridge.applications.states import S
from landbridge.calls.states import S as CallState
from landbridge.foundation.audit.queries import history_of
from landbridge.foundation.money import euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.organisations.queries import running_matters
from tests.cast import Cast
from tests.factories.applications import (
    ANSWERS,
    CLOSES,
    DURING,
    OPENS,
    a_confirmed_draft,
    a_shared_draft,
    a_submitted_application,
    an_application,
    an_empty_draft,
    an_offer,
    an_open_call,
    another_company,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def letters_to(email: str) -> list[str]:
    return list(
        Letter.objects.filter(recipient_email=email).order_by("pk").values_list("template", flat=True)
    )


class TestStart:
    def test_a_company_begins_a_draft_that_its_own_regions_partner_would_pay(self, cast: Cast):
        offer = an_offer(an_open_call(cast.phase))
        application = actions.start(offer_id=offer.pk, by=cast.actor("danish_sme"), at=DURING)
        assert application.applicant == cast.danish_company
        assert application.partner == cast.danish_partner
        assert application.state == S.DRAFT
        assert [event.event for event in history_of(application)] == ["application.started"]

    @pytest.mark.parametrize("at", [OPENS - INSTANT, CLOSES])
    def test_not_outside_the_window(self, cast: Cast, at: datetime):
        offer = an_offer(an_open_call(cast.phase))
        with pytest.raises(Refused) as refusal:
            actions.start(offer_id=offer.pk, by=cast.actor("danish_sme"), at=at)
        assert codes(refusal) == ["call_not_open"]

    def test_without_a_paying_partner_the_desks_are_named(self, cast: Cast):
        offer = an_offer(an_open_call(cast.phase))
        cast.danish_company.region = None
        cast.danish_company.save()
        with pytest.raises(Refused) as refusal:
            actions.start(offer_id=offer.pk, by=cast.actor("danish_sme"), at=DURING)
        assert codes(refusal) == ["no_paying_partner"]
        assert "desk@liege.example.org" in str(refusal.value.problems[0].params["desks"])

    def test_nobody_begins_for_another_company_except_landbridge_itself(self, cast: Cast):
        offer = an_offer(an_open_call(cast.phase))
        with pytest.raises(NotAllowed):
            actions.start(
                offer_id=offer.pk,
                applicant_id=cast.belgian_company.pk,
                by=cast.actor("danish_sme"),
                at=DURING,
            )
        with pytest.raises(NotAllowed):
            actions.start(offer_id=offer.pk, by=cast.actor("german_provider"), at=DURING)
        played_back = actions.start(
            offer_id=offer.pk, applicant_id=cast.belgian_company.pk, by=SYSTEM, at=DURING
        )
        assert played_back.partner == cast.belgian_partner


class TestSave:
    def test_gaps_are_kept_as_gaps(self, cast: Cast):
        draft = an_empty_draft(cast)
        saved = actions.save(
            application_id=draft.pk, version=1, title="A title", answers={"need": "", "staff": 0},
            requested_eur=None, by=cast.actor("danish_sme"), at=DURING,
        )  # fmt: skip
        assert (saved.title, saved.answers, saved.version) == ("A title", {"staff": 0}, 2)

    def test_the_provider_writes_on_the_shared_draft_and_not_before(self, cast: Cast):
        draft = an_application(cast)
        change = {"title": "Ours", "answers": ANSWERS, "requested_eur": euro(100), "version": 1}
        with pytest.raises(Application.DoesNotExist):
            actions.save(application_id=draft.pk, by=cast.actor("german_provider"), at=DURING, **change)
        actions.share(application_id=draft.pk, by=cast.actor("danish_sme"), at=DURING)
        assert (
            actions.save(application_id=draft.pk, by=cast.actor("german_provider"), at=DURING, **change).title
            == "Ours"
        )
        with pytest.raises(Application.DoesNotExist):
            actions.save(application_id=draft.pk, by=cast.actor("belgian_provider"), at=DURING, **change)

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"title": "x" * 151}, "title_too_long"),
            ({"requested_eur": euro(7001)}, "amount_over_cap"),
            ({"requested_eur": euro(0)}, "amount_not_positive"),
            ({"answers": {"need": "x" * 2001}}, "answer_too_long"),
            ({"answers": {"staff": "twelve"}}, "wrong_answer"),
            ({"answers": {"staff": True}}, "wrong_answer"),
            ({"answers": {"staff": 250}}, "number_out_of_range"),
            ({"answers": {"stage": "Nowhere"}}, "wrong_answer"),
            ({"answers": {"not_begun": "yes"}}, "wrong_answer"),
        ],
    )
    def test_what_even_a_draft_cannot_hold(self, cast: Cast, change: dict, code: str):
        draft = an_empty_draft(cast)
        values = {"title": "T", "answers": {}, "requested_eur": None, **change}
        with pytest.raises(Refused) as refusal:
            actions.save(application_id=draft.pk, version=1, by=cast.actor("danish_sme"), at=DURING, **values)
        assert codes(refusal) == [code]

    def test_an_answer_to_no_question_is_not_kept(self, cast: Cast):
        draft = an_empty_draft(cast)
        saved = actions.save(
            application_id=draft.pk, version=1, title="T", answers={"smuggled": "x"}, requested_eur=None,
            by=cast.actor("danish_sme"), at=DURING,
        )  # fmt: skip
        assert saved.answers == {}

    def test_two_people_in_different_fields_are_merged(self, cast: Cast):
        draft = a_shared_draft(cast)
        first = {"title": "Mine", "answers": ANSWERS, "requested_eur": euro(6500)}
        second = {"title": draft.title, "answers": {**ANSWERS, "need": "Theirs"}, "requested_eur": euro(6500)}
        actions.save(application_id=draft.pk, version=1, by=cast.actor("danish_sme"), at=DURING, **first)
        both = actions.save(
            application_id=draft.pk, version=1, by=cast.actor("german_provider"), at=DURING, **second
        )
        assert (both.title, both.answers["need"], both.version) == ("Mine", "Theirs", 3)

    def test_two_people_in_the_same_field_see_both_texts_and_nothing_is_lost(self, cast: Cast):
        draft = a_shared_draft(cast)
        rest = {"answers": ANSWERS, "requested_eur": euro(6500)}
        actions.save(
            application_id=draft.pk, version=1, title="Mine", by=cast.actor("danish_sme"), at=DURING, **rest
        )
        with pytest.raises(actions.Stale) as stale:
            actions.save(
                application_id=draft.pk,
                version=1,
                title="Theirs",
                by=cast.actor("german_provider"),
                at=DURING,
                **rest,
            )
        assert stale.value.merge.conflicts == {"title": "Mine"}
        assert stale.value.merge.draft.title == "Theirs"
        assert stale.value.problems[0].field == "title"
        assert stale.value.latest.person_name == "Dagny Danish"
        draft.refresh_from_db()
        assert (draft.title, draft.version) == ("Mine", 2)

    def test_a_version_from_nowhere_loses_nothing(self, cast: Cast):
        draft = a_shared_draft(cast)
        rest = {"answers": ANSWERS, "requested_eur": euro(6500), "by": cast.actor("danish_sme"), "at": DURING}
        actions.save(application_id=draft.pk, version=1, title="Second", **rest)
        with pytest.raises(actions.Stale):
            actions.save(application_id=draft.pk, version=77, title="Third", **rest)

    def test_the_same_save_twice_is_one(self, cast: Cast):
        draft = an_empty_draft(cast)
        values = {"version": 1, "title": "T", "answers": {}, "requested_eur": None}
        for _ in range(2):
            saved = actions.save(application_id=draft.pk, by=cast.actor("danish_sme"), at=DURING, **values)
        assert saved.version == 2
        assert Edit.objects.filter(application=draft).count() == 2

    def test_not_after_it_was_handed_in(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        with pytest.raises(Refused) as refusal:
            actions.save(
                application_id=handed_in.pk, version=1, title="T", answers={}, requested_eur=None,
                by=cast.actor("danish_sme"), at=DURING,
            )  # fmt: skip
        assert codes(refusal) == ["not_a_draft"]


class TestProvider:
    def test_one_that_is_known(self, cast: Cast):
        draft = an_empty_draft(cast)
        named = actions.name_provider(
            application_id=draft.pk,
            organisation_id=cast.german_institute.pk,
            by=cast.actor("danish_sme"),
            at=DURING,
        )
        assert named.provider == cast.german_institute

    def test_another_one_takes_the_draft_away_from_the_first(self, cast: Cast):
        draft = a_confirmed_draft(cast)
        actions.name_provider(
            application_id=draft.pk,
            organisation_id=cast.belgian_institute.pk,
            by=cast.actor("danish_sme"),
            at=DURING,
        )
        assert not Application.objects.visible_to(cast.actor("german_provider")).exists()
        assert not Application.objects.visible_to(cast.actor("belgian_provider")).exists()

    def test_the_same_one_again_changes_nothing(self, cast: Cast):
        draft = a_confirmed_draft(cast)
        actions.name_provider(
            application_id=draft.pk,
            organisation_id=cast.german_institute.pk,
            by=cast.actor("danish_sme"),
            at=DURING,
        )
        assert Application.objects.visible_to(cast.actor("german_provider")).exists()

    def test_none_of_the_same_region_and_none_that_takes_nobody(self, cast: Cast):
        draft = an_empty_draft(cast)
        cast.german_institute.region = cast.zealand
        cast.german_institute.save()
        with pytest.raises(Refused) as refusal:
            actions.name_provider(
                application_id=draft.pk,
                organisation_id=cast.german_institute.pk,
                by=cast.actor("danish_sme"),
                at=DURING,
            )
        assert codes(refusal) == ["same_region"]
        for organisation_id in (cast.belgian_company.pk, 10**19, None):
            with pytest.raises(Refused) as refusal:
                actions.name_provider(
                    application_id=draft.pk,
                    organisation_id=organisation_id,
                    by=cast.actor("danish_sme"),
                    at=DURING,
                )
            assert codes(refusal) == ["no_such_provider"]

    def test_a_new_one_is_registered_and_its_contact_invited(self, cast: Cast):
        cast.stuttgart.postcode_prefixes = ["7"]
        cast.stuttgart.save()
        draft = an_empty_draft(cast)
        named = actions.name_provider(
            application_id=draft.pk,
            new=NewProvider(
                name="New Laboratory", kind="institute", country="DE", postcode="70174", town="Stuttgart"
            ),
            contact=Contact(name="Nelly New", email="nelly@new.example.org"),
            by=cast.actor("danish_sme"),
            at=DURING,
        )
        assert named.provider is not None
        assert named.provider.region == cast.stuttgart
        assert letters_to("nelly@new.example.org")

    def test_sharing_tells_the_providers_people_once(self, cast: Cast):
        draft = an_application(cast)
        for _ in range(2):
            actions.share(application_id=draft.pk, by=cast.actor("danish_sme"), at=DURING)
        assert letters_to("gerda.german@example.org") == ["applications/shared"]

    def test_sharing_with_nobody_is_refused(self, cast: Cast):
        with pytest.raises(Refused) as refusal:
            actions.share(application_id=an_empty_draft(cast).pk, by=cast.actor("danish_sme"), at=DURING)
        assert codes(refusal) == ["no_provider"]

    def test_a_yes_is_to_one_text_and_a_later_edit_outdates_it(self, cast: Cast):
        draft = a_shared_draft(cast)
        for _ in range(2):
            actions.confirm(
                application_id=draft.pk,
                content_hash=draft.content_hash(),
                by=cast.actor("german_provider"),
                at=DURING,
            )
        assert Confirmation.objects.count() == 1
        assert letters_to("dagny.danish@example.org") == ["applications/confirmed"]
        actions.save(
            application_id=draft.pk, version=1, title="Another", answers=ANSWERS, requested_eur=euro(6500),
            by=cast.actor("danish_sme"), at=DURING,
        )  # fmt: skip
        found = queries.with_its_parts(draft.pk)
        problems = rules.problems_with(queries.facts_of(found, by=cast.actor("danish_sme")), at=DURING)
        assert [problem.code for problem in problems] == ["confirmation_outdated"]

    def test_no_yes_to_a_text_that_changed_under_the_reader(self, cast: Cast):
        draft = a_shared_draft(cast)
        with pytest.raises(Refused) as refusal:
            actions.confirm(
                application_id=draft.pk, content_hash="0" * 64, by=cast.actor("german_provider"), at=DURING
            )
        assert codes(refusal) == ["text_changed"]

    def test_no_yes_before_it_was_shared_and_none_from_the_applicant(self, cast: Cast):
        draft = an_application(cast)
        with pytest.raises(Refused) as refusal:
            actions.confirm(application_id=draft.pk, by=SYSTEM, at=DURING)
        assert codes(refusal) == ["not_shared"]
        with pytest.raises(NotAllowed):
            actions.confirm(application_id=draft.pk, by=cast.actor("danish_sme"), at=DURING)


class TestSubmit:
    def test_it_gets_a_number_a_frozen_copy_and_letters(self, cast: Cast):
        draft = a_confirmed_draft(cast)
        handed_in = actions.submit(application_id=draft.pk, by=cast.actor("danish_sme"), at=DURING)
        assert handed_in.state == S.SUBMITTED
        assert handed_in.number.endswith("-4-0001")
        frozen = Submission.objects.get()
        assert frozen.content_hash == rules.fingerprint(frozen.content)
        assert frozen.content["call"]["terms_hash"] == "0" * 64
        assert frozen.content["provider"]["name"] == "German Institute"
        assert frozen.content["confirmation"]["by"] == "Gerda German"
        for name in ("dagny.danish", "carl.colleague", "gerda.german", "signe.zealand"):
            assert letters_to(f"{name}@example.org") == ["applications/submitted"]
        assert not letters_to("luc.lige@example.org")

    @pytest.mark.parametrize("at", [OPENS, CLOSES - SECOND, CLOSES - INSTANT])
    def test_the_window_holds_its_first_second_and_everything_before_the_closing_one(
        self, cast: Cast, at: datetime
    ):
        draft = a_confirmed_draft(cast)
        assert actions.submit(application_id=draft.pk, by=cast.actor("danish_sme"), at=at).submitted_at == at

    @pytest.mark.parametrize(
        ("at", "code"),
        [
            (OPENS - INSTANT, "call_not_open_yet"),
            (OPENS - SECOND, "call_not_open_yet"),
            (CLOSES, "call_closed"),
            (CLOSES + INSTANT, "call_closed"),
        ],
    )
    def test_and_nothing_else(self, cast: Cast, at: datetime, code: str):
        draft = a_confirmed_draft(cast)
        with pytest.raises(Refused) as refusal:
            actions.submit(application_id=draft.pk, by=cast.actor("danish_sme"), at=at)
        assert codes(refusal) == [code]
        draft.refresh_from_db()
        assert (draft.state, draft.number) == (S.DRAFT, "")

    def test_a_closing_hour_in_the_night_when_the_clocks_change(self, cast: Cast):
        # On 25 October 2026 the clocks of Brussels show 02:30 twice; the call closes at the second one.
        closes = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        offer = an_offer(an_open_call(cast.phase, closes_at=closes))
        draft = a_confirmed_draft(cast, offer=offer)
        with pytest.raises(Refused) as refusal:
            actions.submit(application_id=draft.pk, by=cast.actor("danish_sme"), at=closes)
        assert refusal.value.problems[0].params["closes_at"] == "2026-10-25 02:30:00 (Europe/Brussels)"
        first_half_past_two = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        actions.submit(application_id=draft.pk, by=cast.actor("danish_sme"), at=first_half_past_two)

    def test_numbers_follow_each_other_call_by_call(self, cast: Cast):
        offer = an_offer(an_open_call(cast.phase))
        numbers = []
        for name in ("One", "Two", "Three"):
            draft = a_confirmed_draft(cast, offer=offer, applicant=another_company(cast, name))
            numbers.append(actions.submit(application_id=draft.pk, by=SYSTEM, at=DURING).number[-4:])
        other = a_confirmed_draft(cast, offer=an_offer(an_open_call(cast.phase, number=5), name="Insight"))
        assert numbers == ["0001", "0002", "0003"]
        assert actions.submit(application_id=other.pk, by=SYSTEM, at=DURING).number.endswith("-5-0001")
        assert Series.objects.count() == 2

    def test_a_prefix_that_is_taken_gets_the_calls_own_id(self, cast: Cast):
        offer = an_offer(an_open_call(cast.phase))
        Series.objects.create(call=an_open_call(cast.phase, number=9), prefix="T-4")
        draft = a_confirmed_draft(cast, offer=offer)
        number = actions.submit(application_id=draft.pk, by=SYSTEM, at=DURING).number
        assert number == f"T-4.{offer.call_id}-0001"

    def test_the_same_thing_once(self, cast: Cast):
        first = a_submitted_application(cast)
        second = a_confirmed_draft(cast, offer=first.offer)
        with pytest.raises(Refused) as refusal:
            actions.submit(application_id=second.pk, by=cast.actor("danish_sme"), at=DURING)
        assert codes(refusal) == ["asked_already"]

    def test_only_the_applicant_hands_in(self, cast: Cast):
        draft = a_confirmed_draft(cast)
        with pytest.raises(NotAllowed):
            actions.submit(application_id=draft.pk, by=cast.actor("german_provider"), at=DURING)
        with pytest.raises(Application.DoesNotExist):
            actions.submit(application_id=draft.pk, by=cast.actor("belgian_sme"), at=DURING)

    def test_a_cancelled_call_takes_nothing(self, cast: Cast):
        draft = a_confirmed_draft(cast)
        draft.call.state = CallState.CANCELLED
        draft.call.save()
        with pytest.raises(Refused) as refusal:
            actions.submit(application_id=draft.pk, by=cast.actor("danish_sme"), at=DURING)
        assert codes(refusal) == ["call_not_published"]


class TestReturn:
    def test_it_is_a_draft_again_and_keeps_its_number(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        actions.return_for_correction(
            application_id=handed_in.pk,
            reason="The budget is missing.",
            by=cast.actor("zealand_broker"),
            at=DURING,
        )
        handed_in.refresh_from_db()
        assert (handed_in.state, handed_in.submitted_at) == (S.DRAFT, None)
        again = actions.submit(application_id=handed_in.pk, by=cast.actor("danish_sme"), at=CLOSES - INSTANT)
        assert again.number == handed_in.number
        assert Submission.objects.count() == 2
        assert "applications/returned" in letters_to("gerda.german@example.org")

    def test_not_once_it_could_not_be_handed_in_again(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        with pytest.raises(Refused) as refusal:
            actions.return_for_correction(
                application_id=handed_in.pk, reason="Late.", by=cast.actor("office"), at=CLOSES
            )
        assert codes(refusal) == ["too_late_to_return"]

    def test_the_providers_desk_reads_and_does_not_act(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        with pytest.raises(NotAllowed):
            actions.return_for_correction(
                application_id=handed_in.pk, reason="Ours.", by=cast.actor("stuttgart_broker"), at=DURING
            )


class TestWithdraw:
    def test_a_draft_goes_quietly_and_what_was_handed_in_is_told(self, cast: Cast):
        draft = an_application(cast)
        actions.withdraw(application_id=draft.pk, by=cast.actor("danish_sme"), at=DURING)
        assert not Letter.objects.exists()
        handed_in = a_submitted_application(cast, offer=draft.offer)
        assert (
            actions.withdraw(application_id=handed_in.pk, by=cast.actor("danish_sme"), at=CLOSES).state
            == S.WITHDRAWN
        )
        assert letters_to("signe.zealand@example.org") == ["applications/withdrawn"]

    def test_not_twice_and_not_by_the_provider(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        with pytest.raises(NotAllowed):
            actions.withdraw(application_id=handed_in.pk, by=cast.actor("german_provider"), at=DURING)
        actions.withdraw(application_id=handed_in.pk, by=cast.actor("danish_sme"), at=DURING)
        with pytest.raises(Refused):
            actions.withdraw(application_id=handed_in.pk, by=cast.actor("danish_sme"), at=DURING)


class TestDecision:
    def test_not_awarded_with_a_reason_that_everyone_reads(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        actions.reject(application_id=handed_in.pk, reason=" Too early. ", by=cast.actor("office"), at=CLOSES)
        decision = Decision.objects.get()
        assert (decision.reason, decision.awarded_eur) == ("Too early.", None)
        assert letters_to("gerda.german@example.org") == ["applications/rejected"]
        assert "Too early." in Letter.objects.order_by("pk")[0].body

    def test_awarded_up_to_what_was_asked(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        for amount, code in ((euro(6501), "award_too_high"), (euro(0), "award_not_positive")):
            with pytest.raises(Refused) as refusal:
                actions.mark_awarded(
                    application_id=handed_in.pk,
                    awarded_eur=amount,
                    reason="Good.",
                    by=cast.actor("office"),
                    at=CLOSES,
                )
            assert codes(refusal) == [code]
        awarded = actions.mark_awarded(
            application_id=handed_in.pk,
            awarded_eur=euro(6500),
            reason="Good.",
            by=cast.actor("office"),
            at=CLOSES,
        )
        assert awarded.state == S.AWARDED
        assert Decision.objects.get().awarded_eur == euro(6500)

    def test_never_without_a_reason(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        with pytest.raises(Refused) as refusal:
            actions.reject(application_id=handed_in.pk, reason="  ", by=cast.actor("office"), at=CLOSES)
        assert codes(refusal) == ["no_reason"]

    def test_never_by_a_person_of_either_side_whatever_hat_they_wear(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        cast.office.memberships.create(role="provider", organisation=cast.german_institute, began_at=OPENS)
        office = next(hat for hat in cast.office.memberships.order_by("pk") if hat.role == "office")
        from landbridge.memberships.queries import actor_under

        actor = actor_under(office, person=cast.office)
        with pytest.raises(Refused) as refusal:
            actions.reject(application_id=handed_in.pk, reason="No.", by=actor, at=CLOSES)
        assert codes(refusal) == ["conflict_of_interest"]

    def test_another_programmes_office_does_not_see_it(self, cast: Cast):
        handed_in = a_submitted_application(cast)
        with pytest.raises(Application.DoesNotExist):
            actions.reject(
                application_id=handed_in.pk, reason="No.", by=cast.actor("other_office"), at=CLOSES
            )


def test_what_runs_keeps_the_last_person_of_either_side(cast: Cast):
    application = a_shared_draft(cast)
    applicant, provider = application.applicant_id, application.provider_id
    assert (running_matters(applicant), running_matters(provider)) == (1, 1)
    Application.objects.filter(pk=application.pk).update(shared_at=None)
    assert (running_matters(applicant), running_matters(provider)) == (1, 0)
    Application.objects.filter(pk=application.pk).update(state=S.WITHDRAWN)
    assert running_matters(applicant) == 0


def test_only_providers_who_can_answer_are_offered_without_a_search(cast: Cast):
    draft = an_empty_draft(cast)
    offered = {one.name for one in queries.providers_for(draft, "")}
    silent = another_company(cast, "Silent Laboratory")
    silent.offers_access, silent.region = True, cast.german_institute.region
    silent.save()
    assert offered
    assert {one.name for one in queries.providers_for(draft, "")} == offered
    assert silent in queries.providers_for(draft, "Silent")
