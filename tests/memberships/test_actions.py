"""Founding, inviting, accepting, giving, leaving: nobody gets a hat by another way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import ANYONE, SYSTEM
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.memberships import actions, queries
from landbridge.memberships.models import Invitation, Membership
from tests.factories.memberships import a_hat, a_person, an_invitation
from tests.factories.organisations import a_facility, an_organisation

AT = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def codes(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def actor(person):
    return queries.actor_of(person)


# ── Founding ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_who_registers_a_company_acts_for_it(cast):
    hat = actions.found_company(name="New SRL", country="BE", town="Liège", by=cast.actor("mallory"), at=AT)
    assert (hat.role, hat.person, hat.organisation.name) == (Role.SME, cast.mallory, "New SRL")
    assert hat.organisation.region == cast.liege


def test_a_company_that_offers_access_gives_two_hats(cast):
    mallory = cast.actor("mallory")
    actions.found_company(name="New SRL", country="BE", town="Liège", offers_access=True, by=mallory, at=AT)
    assert [hat.role for hat in queries.hats_of(cast.mallory.pk)] == [Role.SME, Role.PROVIDER]


def test_a_university_takes_part_by_offering_access(cast):
    facts = {"name": "New University", "kind": "university", "country": "BE", "town": "Liège"}
    with pytest.raises(Refused) as refused:
        actions.found_company(**facts, by=cast.actor("mallory"), at=AT)
    assert codes(refused) == ["no_role"]
    hat = actions.found_company(**facts, offers_access=True, by=cast.actor("mallory"), at=AT)
    assert hat.role == Role.PROVIDER


def test_nobody_unknown_founds():
    with pytest.raises(NotAllowed):
        actions.found_company(name="Xy", country="BE", town="Liège", by=ANYONE, at=AT)


# ── Inviting and accepting ───────────────────────────────────────────────────────────────────────────────────────────
def invited(cast, email="new@example.org", role=Role.SME, by="danish_sme") -> Invitation:
    return actions.invite(
        email=email, role=role, scope_id=cast.danish_company.pk, name="New", by=cast.actor(by), at=AT
    )


def test_a_colleague_is_invited_by_letter_and_accepts(cast):
    invitation = invited(cast, email=" New@Example.org ")
    letter = Letter.objects.get(template="memberships/invitation")
    token = letter.body.partition("/from-letter/")[2].split("/")[0]
    assert queries.invitation_of(token) == invitation
    assert token not in str(vars(invitation))
    person = a_person(email="new@example.org")
    hat = actions.accept_invitation(invitation_id=invitation.pk, by=actor(person), at=AT)
    assert (hat.role, hat.organisation) == (Role.SME, cast.danish_company)
    accepted = Letter.objects.get(template="memberships/accepted")
    assert accepted.recipient_email == cast.danish_sme.email


def test_the_link_alone_is_not_enough(cast):
    invitation = invited(cast)
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(invitation_id=invitation.pk, by=cast.actor("mallory"), at=AT)
    assert codes(refused) == ["another_address"]
    assert not queries.hats_of(cast.mallory.pk)
    with pytest.raises(NotAllowed):
        actions.accept_invitation(invitation_id=invitation.pk, by=ANYONE, at=AT)


def test_an_invitation_is_accepted_once_and_runs_out(cast):
    invitation, person = invited(cast), a_person(email="new@example.org")
    late = AT + timedelta(days=14)
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(invitation_id=invitation.pk, by=actor(person), at=late)
    assert codes(refused) == ["expired"]
    just_in_time = late - timedelta(seconds=1)
    actions.accept_invitation(invitation_id=invitation.pk, by=actor(person), at=just_in_time)
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(invitation_id=invitation.pk, by=actor(person), at=just_in_time)
    assert codes(refused) == ["accepted_already"]


def test_an_open_invitation_is_not_sent_twice_but_an_expired_one_is_replaced(cast):
    first = invited(cast)
    with pytest.raises(Refused) as refused:
        invited(cast)
    assert codes(refused) == ["offered_already"]
    later = AT + timedelta(days=20)
    second = actions.invite(
        email=first.email,
        role=Role.SME,
        scope_id=cast.danish_company.pk,
        by=cast.actor("danish_sme"),
        at=later,
    )
    first.refresh_from_db()
    assert first.revoked_at == later
    assert second.pk != first.pk


def test_two_invitations_at_once_meet_at_the_constraint(cast, monkeypatch):
    invited(cast)
    real = queries.facts_of_giving
    monkeypatch.setattr(
        queries, "facts_of_giving", lambda *args, at, **rest: real(*args, at=at + timedelta(days=99), **rest)
    )
    with pytest.raises(Refused) as refused:
        invited(cast)
    assert codes(refused) == ["offered_already"]


@pytest.mark.parametrize(
    ("by", "role", "code"),
    [
        ("belgian_sme", Role.SME, "out_of_reach"),
        ("danish_sme", Role.PROVIDER, "role_does_not_fit"),
    ],
)
def test_who_may_not_invite_to_the_danish_company(cast, by, role, code):
    with pytest.raises(Refused) as refused:
        invited(cast, by=by, role=role)
    assert codes(refused) == [code]


def test_company_people_give_no_role_of_the_network(cast):
    with pytest.raises(Refused) as refused:
        actions.invite(
            email="x@example.org", role=Role.OFFICE, scope_id=None, by=cast.actor("danish_sme"), at=AT
        )
    assert codes(refused) == ["out_of_reach"]
    with pytest.raises(NotAllowed):
        invited(cast, by="zealand_broker")


def test_a_member_is_not_invited_again_nor_oneself(cast):
    with pytest.raises(Refused) as refused:
        invited(cast, email=cast.danish_colleague.email)
    assert codes(refused) == ["worn_already"]
    with pytest.raises(Refused) as refused:
        invited(cast, email=cast.danish_sme.email)
    assert codes(refused) == ["for_oneself", "worn_already"]


def test_a_letter_sent_again_makes_the_old_link_stale(cast):
    invitation = invited(cast)
    old = invitation.token_hash
    again = actions.resend(
        invitation_id=invitation.pk, by=cast.actor("danish_colleague"), at=AT + timedelta(days=1)
    )
    assert again.token_hash != old
    assert again.expires_at == AT + timedelta(days=15)
    assert Letter.objects.filter(template="memberships/invitation").count() == 2


def test_an_invitation_taken_back_opens_nothing(cast):
    invitation = invited(cast)
    actions.revoke(invitation_id=invitation.pk, by=cast.actor("danish_sme"), at=AT)
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(
            invitation_id=invitation.pk, by=actor(a_person(email="new@example.org")), at=AT
        )
    assert codes(refused) == ["revoked"]
    with pytest.raises(Refused):
        actions.resend(invitation_id=invitation.pk, by=cast.actor("danish_sme"), at=AT)


def test_others_do_not_touch_an_invitation(cast):
    invitation = invited(cast)
    with pytest.raises(Invitation.DoesNotExist):
        actions.revoke(invitation_id=invitation.pk, by=cast.actor("belgian_sme"), at=AT)
    with pytest.raises(NotAllowed):
        actions.revoke(invitation_id=invitation.pk, by=cast.actor("finance"), at=AT)
    of_another_programme = an_invitation(programme=cast.programme)
    with pytest.raises(NotAllowed):
        actions.revoke(invitation_id=of_another_programme.pk, by=cast.actor("other_office"), at=AT)


def test_a_company_invites_the_facility_it_named_while_nobody_speaks_for_it(cast):
    facility = a_facility(region=cast.liege)
    sme = cast.actor("danish_sme")
    invitation = actions.invite_provider(organisation_id=facility.pk, email="Lab@example.org", by=sme, at=AT)
    assert (invitation.role, invitation.email) == (Role.PROVIDER, "lab@example.org")
    with pytest.raises(Refused) as refused:
        actions.invite_provider(organisation_id=facility.pk, email="me@example.org", by=sme, at=AT)
    assert codes(refused) == ["offered_already"]
    with pytest.raises(Refused) as refused:
        actions.invite_provider(
            organisation_id=cast.belgian_institute.pk, email="me@example.org", by=sme, at=AT
        )
    assert codes(refused) == ["has_people"]
    with pytest.raises(NotAllowed):
        actions.invite_provider(
            organisation_id=facility.pk, email="x@example.org", by=cast.actor("assessor"), at=AT
        )


# ── Giving and taking off ────────────────────────────────────────────────────────────────────────────────────────────
def test_the_office_gives_the_roles_of_its_programme(cast):
    office, person = cast.actor("office"), a_person()
    for role, scope in [
        (Role.BROKER, cast.liege),
        (Role.FINANCE, cast.belgian_partner),
        (Role.ASSESSOR, cast.programme),
    ]:
        hat = actions.grant(person_id=person.pk, role=role, scope_id=scope.pk, by=office, at=AT)
        assert queries.scope_id_of(hat) == scope.pk
    assert Letter.objects.filter(template="memberships/given").count() == 3


def test_a_hat_given_twice_is_one(cast):
    person = a_person()
    first = actions.grant(person_id=person.pk, role=Role.OFFICE, by=SYSTEM, at=AT)
    assert actions.grant(person_id=person.pk, role=Role.OFFICE, by=SYSTEM, at=AT) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=person, role=Role.OFFICE, began_at=AT)


def test_the_office_gives_nothing_outside_its_programme_and_no_company(cast):
    person = a_person()
    for role, scope_id in [
        (Role.OFFICE, None),
        (Role.OFFICE, cast.other_programme.pk),
        (Role.SME, cast.danish_company.pk),
    ]:
        with pytest.raises(Refused) as refused:
            actions.grant(person_id=person.pk, role=role, scope_id=scope_id, by=cast.actor("office"), at=AT)
        assert codes(refused) == ["out_of_reach"]
    assert not queries.hats_of(person.pk)


def test_nobody_gives_themselves_a_hat(cast):
    with pytest.raises(Refused) as refused:
        actions.grant(
            person_id=cast.network_office.pk, role=Role.AUDITOR, by=cast.actor("network_office"), at=AT
        )
    assert codes(refused) == ["for_oneself"]


def test_others_give_nothing(cast):
    with pytest.raises(NotAllowed):
        actions.grant(person_id=cast.mallory.pk, role=Role.OFFICE, by=cast.actor("auditor"), at=AT)


def hat_of(person) -> Membership:
    return queries.hats_of(person.pk)[0]


def test_one_leaves_and_may_come_back_by_invitation(cast):
    hat = actions.leave(
        membership_id=hat_of(cast.danish_colleague).pk, by=cast.actor("danish_colleague"), at=AT
    )
    assert hat.ended_at == AT
    invitation = invited(cast, email=cast.danish_colleague.email)
    actions.accept_invitation(invitation_id=invitation.pk, by=cast.actor("danish_colleague"), at=AT)
    assert hat_of(cast.danish_colleague).pk != hat.pk


def test_the_last_one_stays_while_something_runs(cast, monkeypatch):
    monkeypatch.setattr(actions, "running_matters", lambda pk: 1)
    actions.leave(membership_id=hat_of(cast.danish_colleague).pk, by=cast.actor("danish_colleague"), at=AT)
    with pytest.raises(Refused) as refused:
        actions.leave(membership_id=hat_of(cast.danish_sme).pk, by=cast.actor("danish_sme"), at=AT)
    assert codes(refused) == ["last_with_running_matters"]


def test_the_last_of_an_office_stays(cast):
    with pytest.raises(Refused) as refused:
        actions.leave(membership_id=hat_of(cast.office).pk, by=cast.actor("office"), at=AT)
    assert codes(refused) == ["last_of_the_office"]


def test_nobody_takes_off_another_persons_hat_as_their_own(cast):
    with pytest.raises(Membership.DoesNotExist):
        actions.leave(membership_id=hat_of(cast.danish_sme).pk, by=cast.actor("danish_colleague"), at=AT)


def test_a_colleague_or_the_office_ends_a_hat(cast):
    actions.end(
        membership_id=hat_of(cast.danish_colleague).pk, reason="Left", by=cast.actor("danish_sme"), at=AT
    )
    letter = Letter.objects.get(template="memberships/ended")
    assert (letter.recipient_email, "Left" in letter.body) == (cast.danish_colleague.email, True)
    actions.end(membership_id=hat_of(cast.assessor).pk, by=cast.actor("office"), at=AT)
    assert not queries.hats_of(cast.assessor.pk)


def test_who_may_not_end_a_hat(cast):
    target = hat_of(cast.danish_sme).pk
    with pytest.raises(Membership.DoesNotExist):
        actions.end(membership_id=target, by=cast.actor("belgian_sme"), at=AT)
    with pytest.raises(NotAllowed):
        actions.end(membership_id=target, by=cast.actor("zealand_broker"), at=AT)
    with pytest.raises(NotAllowed):
        actions.end(membership_id=hat_of(cast.office).pk, by=cast.actor("other_office"), at=AT)


# ── Who acts ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_actor_costs_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.actor_of(cast.danish_sme).organisation_id == cast.danish_company.pk


def test_a_person_wears_the_hat_they_chose_and_none_that_ended(cast):
    second = a_hat(Role.BROKER, of=cast.danish_sme, region=cast.liege)
    assert queries.actor_of(cast.danish_sme, worn=second.pk).role is Role.BROKER
    actions.end(membership_id=second.pk, by=SYSTEM, at=AT)
    assert queries.actor_of(cast.danish_sme, worn=second.pk).role is Role.SME
    stranger = hat_of(cast.office)
    assert queries.actor_of(cast.danish_sme, worn=stranger.pk).role is Role.SME


def test_whom_to_write_to(cast):
    assert [one.email for one in queries.recipients(queries.members_of(cast.danish_company.pk))] == [
        cast.danish_sme.email,
        cast.danish_colleague.email,
    ]
    assert queries.desk_of(cast.liege.pk).get().person == cast.liege_broker
    assert queries.finance_of(cast.belgian_partner.pk).get().person == cast.belgian_finance
    assert queries.office_of(cast.programme.pk).get().person == cast.office
    bare = an_organisation()
    assert queries.recipients(queries.members_of(bare.pk, role=Role.SME)) == []
