"""One's own roles, the people of an organisation, invitations, and the office's list."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships import queries
from landbridge.memberships.models import Invitation, Membership
from landbridge.organisations.models import Organisation
from tests.factories.memberships import a_hat, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor_is_enough(settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def see(client, cast):
    """Open a page as somebody (a name of the cast, or a person), or post to it."""

    def see(who, page, /, *args, post=None, **query):
        if who is not None:
            person = getattr(cast, who) if isinstance(who, str) else who
            if client.session.get("_auth_user_id") != str(person.pk):
                client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        address = reverse(f"memberships:{page}", args=args)
        if post is None:
            return client.get(address, query)
        return client.post(address, {"operation_key": str(uuid.uuid4()), **post})

    return see


FACTS = {"name": "New SRL", "kind": "company", "country": "BE", "postcode": "4000", "town": "Liège"}


def hat_of(person) -> Membership:
    return queries.hats_of(person.pk)[0]


# ── One's own roles ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_somebody_without_a_role_learns_how_to_get_one(see):
    page = see("mallory", "hats").content.decode()
    assert reverse("memberships:registration") in page


def test_who_registers_acts_for_it_at_once(see, cast):
    assert see("mallory", "registration").status_code == 200
    key = {"operation_key": str(uuid.uuid4())}
    first, second = (see("mallory", "registration", post=FACTS | key) for _ in range(2))
    assert first.status_code == 302
    assert first.url == second.url
    assert Organisation.objects.filter(name="New SRL").count() == 1
    assert "New SRL" in see("mallory", "hats").content.decode()


def test_a_company_that_is_here_already_is_not_registered_again(see, cast):
    see("mallory", "registration", post=FACTS | {"company_number": "0403.091.220"})
    answer = see("investor", "registration", post=FACTS | {"company_number": "BE0403091220", "name": "Again"})
    assert answer.status_code == 409
    assert "Ask a colleague there for an invitation" in answer.content.decode()
    assert "Mallory" not in answer.content.decode()


def test_a_person_with_two_roles_switches(see, cast):
    second = a_hat(Role.BROKER, of=cast.danish_sme, region=cast.liege)
    page = see("danish_sme", "hats").content.decode()
    assert page.count("You act in this role") == 1
    assert see("danish_sme", "worn", post={"hat": second.pk}).status_code == 302
    answer = see("danish_sme", "hats")
    assert answer.wsgi_request.actor.role is Role.BROKER


@pytest.mark.parametrize("hat", ["", "x", "\x00", "9" * 40])
def test_a_hat_that_is_not_mine_is_not_put_on(see, cast, hat):
    assert see("danish_sme", "worn", post={"hat": hat}).status_code == 404
    assert see("danish_sme", "worn", post={"hat": hat_of(cast.office).pk}).status_code == 404
    assert see("danish_sme", "worn").status_code == 405


def test_one_leaves(see, cast):
    hat = hat_of(cast.danish_colleague)
    assert see("danish_colleague", "leaving", hat.pk).status_code == 200
    assert see("danish_colleague", "leaving", hat.pk, post={}).status_code == 302
    assert not queries.hats_of(cast.danish_colleague.pk)
    assert see("danish_colleague", "leaving", hat.pk).status_code == 404
    assert see("danish_colleague", "leaving", hat_of(cast.danish_sme).pk, post={}).status_code == 404


def test_the_last_of_the_office_is_told_why_they_stay(see, cast):
    answer = see("office", "leaving", hat_of(cast.office).pk, post={})
    assert answer.status_code == 409
    assert "Give somebody else the role first" in answer.content.decode()


# ── Invitations ──────────────────────────────────────────────────────────────────────────────────────────────────────
def invite(see, cast, email="new@example.org", **changes):
    typed = {"email": email, "name": "New", "role": "sme"} | changes
    return see("danish_sme", "people", cast.danish_company.pk, post=typed)


def link_of(letter: Letter) -> str:
    return "/memberships/invitations" + letter.body.partition("/memberships/invitations")[2].split()[0]


def test_an_invitation_opens_for_somebody_who_has_no_account_yet(see, cast, client):
    assert invite(see, cast).status_code == 302
    link = link_of(Letter.objects.get(template="memberships/invitation"))
    client.logout()
    page = client.get(link).content.decode()
    assert f"{reverse('account_signup')}?next={link}" in page
    assert "new@example.org" not in page
    client.post(link)
    person = a_person(email="new@example.org")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Accept the invitation" in client.get(link).content.decode()
    assert client.post(link, {"operation_key": str(uuid.uuid4())}).status_code == 302
    assert hat_of(person).organisation == cast.danish_company
    assert "accepted already" in client.get(link).content.decode()
    assert client.post(link).status_code == 409


def test_somebody_else_with_the_link_is_told_whose_it_is(see, cast, client):
    invite(see, cast)
    link = link_of(Letter.objects.get())
    client.force_login(cast.mallory, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "n…@example.org" in client.get(link).content.decode()
    assert client.post(link).status_code == 409
    assert not queries.hats_of(cast.mallory.pk)


def test_a_wrong_link_is_explained(client):
    answer = client.get(reverse("memberships:acceptance", args=["nothing"]))
    assert answer.status_code == 404
    assert "no longer works" in answer.content.decode()


def test_an_offer_is_accepted_without_the_letter(see, cast):
    invite(see, cast, email=cast.mallory.email)
    invitation = Invitation.objects.get()
    assert "invites you" in see("mallory", "hats").content.decode()
    assert see("investor", "own_acceptance", invitation.pk, post={}).status_code == 404
    assert see("mallory", "own_acceptance", invitation.pk, post={}).status_code == 302
    assert hat_of(cast.mallory).organisation == cast.danish_company


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"email": "no address"}, 422),
        ({"email": "x" * 300 + "@example.org"}, 422),
        ({"role": "office"}, 422),
        ({"role": "provider"}, 422),
        ({"name": "x" * 121}, 422),
        ({"email": "dagny.danish@example.org"}, 409),
    ],
)
def test_a_wrong_invitation_comes_back_as_typed(see, cast, change, status):
    answer = invite(see, cast, **change)
    assert answer.status_code == status
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again_and_taken_back(see, cast):
    invite(see, cast)
    pk = Invitation.objects.get().pk
    assert "Waits for an answer" in see("danish_sme", "invitation", pk).content.decode()
    assert see("danish_sme", "resending", pk, post={}).status_code == 302
    assert see("belgian_sme", "invitation", pk).status_code == 404
    assert see("danish_sme", "revocation", pk, post={}).status_code == 302
    assert see("danish_sme", "revocation", pk, post={}).status_code == 409
    assert see("danish_sme", "resending", pk, post={}).status_code == 409
    assert "Taken back" in see("danish_sme", "invitation", pk).content.decode()


# ── People ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_people_of_an_organisation_are_for_those_who_look_after_it(see, cast):
    pk = cast.danish_company.pk
    for name in ("danish_sme", "zealand_broker", "office", "auditor"):
        assert "Carl Colleague" in see(name, "people", pk).content.decode()
    assert see("belgian_sme", "people", pk).status_code == 404
    assert see("liege_broker", "people", pk).status_code == 404
    assert see("finance", "people", pk).status_code == 403
    assert (
        see("zealand_broker", "people", pk, post={"email": "x@example.org", "role": "sme"}).status_code == 403
    )


def test_a_colleagues_role_is_ended(see, cast):
    pk = hat_of(cast.danish_colleague).pk
    assert see("danish_sme", "ending", pk).status_code == 200
    assert see("belgian_sme", "ending", pk, post={}).status_code == 404
    assert see("danish_sme", "ending", pk, post={"reason": "Left"}).status_code == 302
    assert "Acted for it before" in see("danish_sme", "people", cast.danish_company.pk).content.decode()


def test_the_office_of_another_programme_ends_nothing_here(see, cast):
    assert see("other_office", "ending", hat_of(cast.assessor).pk, post={}).status_code == 403
    assert see("office", "ending", hat_of(cast.assessor).pk, post={}).status_code == 302


def test_the_office_finds_people_by_name_and_role(see, cast):
    assert "Luc Li" in see("office", "everyone", q="luc").content.decode()
    page = see("office", "everyone", role="broker").content.decode()
    assert "Brigitte Stuttgart" in page
    assert "Dagny Danish" not in page
    assert "Nobody matches" in see("office", "everyone", ended="yes").content.decode()
    assert see("office", "everyone", q="\x00", role="nothing", ended="?").status_code == 200
    assert "Dagny Danish" in see("danish_sme", "everyone", ended="all").content.decode()
    assert "Benoît" not in see("danish_sme", "everyone").content.decode()


def test_the_list_of_people_costs_the_same_for_any_number_of_rows(see, cast):
    see("office", "everyone")
    counts = []
    for more in (1, 60):
        for _ in range(more):
            a_hat(Role.SME, organisation=cast.belgian_company)
        with CaptureQueriesContext(connection) as captured:
            page = see("office", "everyone")
        counts.append(len(captured))
        assert len(page.content) < 80_000
    assert counts[0] == counts[1] <= 12


def give(see, **changes):
    typed = {"email": "new@example.org", "role": "broker", "region": "", "partner": "", "programme": ""}
    return see("office", "giving", post=typed | changes)


def test_the_office_offers_and_gives_roles(see, cast):
    assert see("office", "giving").status_code == 200
    assert give(see, region=cast.liege.pk).status_code == 302
    assert Invitation.objects.get().region == cast.liege
    assert give(see, email=cast.mallory.email, region=cast.liege.pk, at_once="on").status_code == 302
    assert hat_of(cast.mallory).role == Role.BROKER


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 422),
        ({"region": "9" * 40}, 422),
        ({"role": "sme"}, 422),
        ({"role": "finance"}, 422),
        ({"role": "office"}, 409),
        ({"role": "assessor", "programme": "own", "email": "nobody@example.org", "at_once": "on"}, 409),
    ],
)
def test_a_role_that_cannot_be_given_comes_back_as_typed(see, cast, change, status):
    changed = {name: cast.programme.pk if value == "own" else value for name, value in change.items()}
    assert give(see, **changed).status_code == status


def test_others_give_nothing(see, cast):
    for name in ("danish_sme", "zealand_broker", "auditor", "mallory"):
        assert see(name, "giving").status_code == 403


def test_who_acts_is_one_query_a_request(see, cast):
    see("danish_sme", "hats")
    with CaptureQueriesContext(connection) as captured:
        see("danish_sme", "registration")
    hats = [query for query in captured if "memberships_membership" in query["sql"]]
    assert len(hats) == 1
