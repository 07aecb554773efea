"""Whatever people try, a hat of an organisation comes from registering it or from an invitation to one's address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.memberships import actions, queries, rules
from landbridge.memberships.models import Invitation, Membership
from landbridge.organisations.models import Organisation
from tests.factories.memberships import a_hat, a_person
from tests.factories.organisations import a_facility, an_organisation

AT = datetime(2026, 4, 1, tzinfo=UTC)
PEOPLE, COMPANIES = 4, 3
ROLES = [Role.SME, Role.PROVIDER, Role.OFFICE, Role.BROKER]
STEPS = st.tuples(
    st.sampled_from(["found", "invite", "invite_provider", "accept", "grant", "leave", "end", "revoke"]),
    st.integers(0, PEOPLE - 1),
    st.integers(0, PEOPLE - 1),
    st.integers(0, COMPANIES - 1),
    st.sampled_from(ROLES),
)


@pytest.mark.django_db(transaction=False)
@given(steps=st.lists(STEPS, min_size=5, max_size=25))
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_hat_without_registering_or_being_invited(steps):
    with transaction.atomic():
        check(steps)
        transaction.set_rollback(True)  # the examples share one database


def check(steps):
    """Try all steps, then ask of every hat that is worn where it comes from."""
    people = [a_person() for _ in range(PEOPLE)]
    companies = [an_organisation(), an_organisation(offers_access=True), a_facility()]
    a_hat(Role.SME, of=people[0], organisation=companies[0])
    a_hat(Role.OFFICE, of=people[1])
    rightful = {(people[0].pk, companies[0].pk)}
    for number, (verb, who, whom, where, role) in enumerate(steps):
        at = AT + timedelta(days=number)
        by = queries.actor_of(people[who])
        before = {(hat.person_id, hat.organisation_id) for hat in Membership.objects.current()}
        try:
            took(verb, by=by, other=people[whom], company=companies[where], role=role, at=at)
        except (Refused, NotAllowed, Membership.DoesNotExist, Invitation.DoesNotExist):
            after = {(hat.person_id, hat.organisation_id) for hat in Membership.objects.current()}
            assert after == before
        accepted = Invitation.objects.filter(accepted_at__isnull=False)
        by_email = {person.email: person.pk for person in people}
        rightful |= {(by_email[one.email], one.organisation_id) for one in accepted}
        if verb == "found":
            founded = Organisation.objects.filter(registered_at=at)
            rightful |= {(people[who].pk, one.pk) for one in founded}
    hats = list(Membership.objects.current())
    worn = [(hat.person_id, hat.role, queries.scope_id_of(hat)) for hat in hats]
    assert len(worn) == len(set(worn))
    assert {(hat.person_id, hat.organisation_id) for hat in hats if hat.organisation_id} <= rightful


def took(verb, *, by, other, company, role, at):
    """One attempt; most are refused."""
    scope_id = company.pk if role in rules.OF_AN_ORGANISATION else None
    if verb == "found":
        actions.found_company(name=f"Firm {at.day}", country="NL", town="Oss", by=by, at=at)
    elif verb == "invite":
        actions.invite(email=other.email, role=role, scope_id=scope_id, by=by, at=at)
    elif verb == "invite_provider":
        actions.invite_provider(organisation_id=company.pk, email=other.email, by=by, at=at)
    elif verb == "grant":
        actions.grant(
            person_id=other.pk, role=role, scope_id=None if role is Role.BROKER else scope_id, by=by, at=at
        )
    elif verb in ("accept", "revoke"):
        offer = Invitation.objects.open().order_by("pk").first()
        change = actions.accept_invitation if verb == "accept" else actions.revoke
        change(invitation_id=offer.pk if offer else 0, by=by, at=at)
    else:
        hat = Membership.objects.current().filter(person=other).order_by("pk").first()
        change = actions.leave if verb == "leave" else actions.end
        change(membership_id=hat.pk if hat else 0, by=by, at=at)
