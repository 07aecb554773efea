"""Claims of ownership and suggested edits: who may try, how often, and what it brings about."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from landbridge.catalogue import actions
from landbridge.catalogue.models import OwnershipClaim
from landbridge.catalogue.states import Claim
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.memberships.queries import worn_hat
from tests.cast import Cast
from tests.factories.catalogue import PUBLISHED, a_published_record

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(hours=1)


def claimed(cast: Cast, way: str = "code") -> OwnershipClaim:
    return actions.claim(
        organisation_id=cast.german_institute.pk, way=way, by=cast.actor("mallory"), at=LATER
    )


def code_of(letter: Letter) -> str:
    found = re.search(r"^([A-Z2-9]{4} [A-Z2-9]{4})$", letter.body, re.MULTILINE)
    assert found
    return found[1]


def keeps(cast: Cast) -> bool:
    return worn_hat(cast.mallory.pk, Role.PROVIDER, cast.german_institute.pk) is not None


class TestByCode:
    def test_the_code_goes_to_the_listed_address_and_gives_the_hat(self, cast: Cast):
        a_published_record(cast)
        claim = claimed(cast)
        letter = Letter.objects.get(template="catalogue/claim_code")
        assert letter.recipient_email == "raman@german-institute.example.org"
        assert code_of(letter).replace(" ", "") not in claim.code_hash
        typed = code_of(letter).lower()
        claim = actions.enter_code(claim_id=claim.pk, code=typed, by=cast.actor("mallory"), at=LATER)
        assert claim.state == Claim.PROVED
        assert keeps(cast)

    def test_five_wrong_codes_close_the_claim(self, cast: Cast):
        a_published_record(cast)
        claim = claimed(cast)
        for tries in range(1, 5):
            claim = actions.enter_code(
                claim_id=claim.pk, code="AAAA AAAA", by=cast.actor("mallory"), at=LATER
            )
            assert (claim.state, claim.tries) == (Claim.CODE_SENT, tries)
        claim = actions.enter_code(claim_id=claim.pk, code="AAAA AAAA", by=cast.actor("mallory"), at=LATER)
        assert claim.state == Claim.REFUSED
        right = code_of(Letter.objects.get(template="catalogue/claim_code"))
        claim = actions.enter_code(claim_id=claim.pk, code=right, by=cast.actor("mallory"), at=LATER)
        assert claim.state == Claim.REFUSED
        assert not keeps(cast)
        with pytest.raises(Refused, match="many_codes"):
            claimed(cast)

    def test_a_code_holds_three_days(self, cast: Cast):
        a_published_record(cast)
        claim = claimed(cast)
        right = code_of(Letter.objects.get(template="catalogue/claim_code"))
        late = LATER + timedelta(days=3, seconds=1)
        claim = actions.enter_code(claim_id=claim.pk, code=right, by=cast.actor("mallory"), at=late)
        assert claim.state == Claim.REFUSED

    def test_nobody_enters_anothers_code(self, cast: Cast):
        a_published_record(cast)
        claim = claimed(cast)
        with pytest.raises(OwnershipClaim.DoesNotExist):
            actions.enter_code(claim_id=claim.pk, code="A", by=cast.actor("danish_sme"), at=LATER)


class TestByDomain:
    @pytest.mark.parametrize(
        ("email", "website", "code"),
        [
            ("m@imaging.german-institute.example.org", "https://www.german-institute.example.org/", None),
            ("m@example.com", "https://www.german-institute.de/", "other_domain"),
            ("m@gmail.com", "https://gmail.com/", "freemail"),
            ("m@oxford.ac.uk", "https://cambridge.ac.uk/", "other_domain"),
            ("m@german-institute.de", "https://[bad", "other_domain"),
        ],
    )
    def test_the_address_at_work_proves_it(self, cast: Cast, email: str, website: str, code: str | None):
        a_published_record(cast)
        cast.german_institute.website = website
        cast.german_institute.save()
        cast.mallory.email = email
        cast.mallory.save()
        EmailAddress.objects.create(user=cast.mallory, email=email, verified=True, primary=True)
        if code is None:
            assert claimed(cast, "domain").state == Claim.PROVED
        else:
            with pytest.raises(Refused, match=code):
                claimed(cast, "domain")
        assert keeps(cast) == (code is None)

    def test_an_unconfirmed_address_proves_nothing(self, cast: Cast):
        a_published_record(cast)
        with pytest.raises(Refused, match="address_not_confirmed"):
            claimed(cast, "domain")


class TestByBroker:
    def test_the_regions_broker_decides(self, cast: Cast):
        a_published_record(cast)
        claim = claimed(cast, "broker")
        with pytest.raises(OwnershipClaim.DoesNotExist):
            actions.accept_claim(claim_id=claim.pk, by=cast.actor("liege_broker"), at=LATER)
        with pytest.raises(NotAllowed):
            actions.accept_claim(claim_id=claim.pk, by=cast.actor("german_provider"), at=LATER)
        actions.accept_claim(claim_id=claim.pk, by=cast.actor("stuttgart_broker"), at=LATER)
        assert keeps(cast)
        with pytest.raises(Refused, match="decided_already"):
            actions.accept_claim(claim_id=claim.pk, by=cast.actor("stuttgart_broker"), at=LATER)

    def test_a_refusal_says_why(self, cast: Cast):
        a_published_record(cast)
        claim = claimed(cast, "broker")
        with pytest.raises(Refused, match="no_reason"):
            actions.refuse_claim(claim_id=claim.pk, reason=" ", by=cast.actor("stuttgart_broker"), at=LATER)
        actions.refuse_claim(
            claim_id=claim.pk, reason="Unknown.", by=cast.actor("stuttgart_broker"), at=LATER
        )
        assert "Unknown." in Letter.objects.get(template="catalogue/claim_refused").body
        assert not keeps(cast)

    def test_one_claim_at_a_time_and_only_of_what_is_listed(self, cast: Cast):
        with pytest.raises(Refused, match="not_in_catalogue"):
            claimed(cast, "broker")
        a_published_record(cast)
        claimed(cast, "broker")
        with pytest.raises(Refused, match="open_already"):
            claimed(cast, "broker")


class TestSuggestions:
    def test_the_keeper_takes_it_over(self, cast: Cast):
        record = a_published_record(cast)
        suggestion = actions.suggest(
            record_id=record.pk, values={"name": "Raman mapping", "town": "Stuttgart", "state": "draft"},
            remark="", by=cast.actor("mallory"), at=LATER,
        )  # fmt: skip
        assert suggestion.values == {"name": "Raman mapping"}
        due_on = record.due_on
        with pytest.raises(OwnershipClaim.DoesNotExist.__bases__[0]):
            actions.accept_suggestion(
                suggestion_id=suggestion.pk, by=cast.actor("belgian_provider"), at=LATER
            )
        actions.accept_suggestion(suggestion_id=suggestion.pk, by=cast.actor("german_provider"), at=LATER)
        record.refresh_from_db()
        assert (record.name, record.due_on) == ("Raman mapping", due_on)

    def test_the_keeper_declines_it(self, cast: Cast):
        record = a_published_record(cast)
        suggestion = actions.suggest(
            record_id=record.pk, values={}, remark="It is closed.", by=cast.actor("mallory"), at=LATER
        )
        actions.decline_suggestion(
            suggestion_id=suggestion.pk, reason="It is open.", by=cast.actor("german_provider"), at=LATER
        )
        with pytest.raises(Refused, match="decided_already"):
            actions.accept_suggestion(suggestion_id=suggestion.pk, by=cast.actor("german_provider"), at=LATER)

    def test_saying_nothing_is_refused(self, cast: Cast):
        record = a_published_record(cast)
        with pytest.raises(Refused, match="nothing_suggested"):
            actions.suggest(
                record_id=record.pk,
                values={"name": record.name},
                remark=" ",
                by=cast.actor("mallory"),
                at=LATER,
            )
