"""Actors, guards, and the walk over all addresses."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path
from django.views.decorators.http import require_POST

from landbridge.foundation.permissions import checks
from landbridge.foundation.permissions.actor import ANYONE, SYSTEM, Actor
from landbridge.foundation.permissions.guards import guard_of, needs, public, signed_in
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import (
    NAME_OF,
    NEEDS_SECOND_FACTOR,
    PERMISSIONS_OF,
    SCOPE_OF,
    Role,
)
from landbridge.foundation.problems import NotAllowed

pytestmark = pytest.mark.once
NOBODY = Actor(person_id=1, name="Mallory")
OFFICE = Actor(person_id=2, name="Olga", role=Role.OFFICE)
OF_ONE_PROGRAMME = Actor(person_id=3, name="Otto", role=Role.OFFICE, programme_id=1)


def asked(actor: Actor, *, method: str = "get"):
    request = getattr(RequestFactory(), method)("/page/?a=1")
    request.actor = actor
    return request


def view(request: object) -> HttpResponse:
    return HttpResponse("in")


def test_an_actor_may_what_the_role_holds():
    assert OFFICE.may(P.CALL_EDIT)
    assert not OFFICE.may(P.CLAIM_PAY)
    assert not NOBODY.may(P.CALL_EDIT)
    assert all(SYSTEM.may(permission) for permission in P)
    assert not any(ANYONE.may(permission) for permission in P)


def test_only_the_whole_networks_office_and_auditor_see_everything():
    assert OFFICE.sees_everything
    assert SYSTEM.sees_everything
    assert not OF_ONE_PROGRAMME.sees_everything
    assert not Actor(person_id=1, name="B", role=Role.BROKER).sees_everything
    assert not ANYONE.sees_everything


def test_every_role_has_a_name_and_every_hat_a_scope():
    assert set(NAME_OF) == set(PERMISSIONS_OF) == set(Role)
    assert set(SCOPE_OF) == set(Role) - {Role.SYSTEM}
    assert set(SCOPE_OF) >= NEEDS_SECOND_FACTOR


def test_an_auditor_reads_and_changes_nothing():
    assert {str(permission).partition(":")[2] for permission in PERMISSIONS_OF[Role.AUDITOR]} == {"see"}


@pytest.mark.parametrize(
    ("guard", "actor", "enters"),
    [
        (public, ANYONE, True),
        (signed_in, ANYONE, False),
        (signed_in, NOBODY, True),
        (needs(P.CALL_EDIT), ANYONE, False),
        (needs(P.CALL_EDIT), OFFICE, True),
    ],
)
def test_who_may_not_enter_and_is_nobody_yet_is_led_to_sign_in(guard, actor, enters):
    answer = guard(view)(asked(actor))
    assert (answer.status_code == 200) == enters
    if not enters:
        assert answer.url == "/account/sign-in/?next=%2Fpage%2F%3Fa%3D1"


def test_a_posted_form_is_not_led_back_to_its_post():
    assert signed_in(view)(asked(ANYONE, method="post")).url.endswith("?next=%2F")


def test_who_is_signed_in_is_told_what_is_missing():
    with pytest.raises(PermissionDenied, match="call:edit"):
        needs(P.CALL_EDIT)(view)(asked(NOBODY))


def test_what_an_action_does_not_allow_is_forbidden():
    def acting(request: object) -> HttpResponse:
        raise NotAllowed(P.CLAIM_PAY)

    with pytest.raises(PermissionDenied, match="claim:pay"):
        public(acting)(asked(OFFICE))


def test_a_view_carries_one_guard():
    with pytest.raises(TypeError, match="already carries a guard"):
        signed_in(public(view))


def test_a_guard_says_its_name():
    assert guard_of(needs(P.CALL_EDIT)(view)).name == "call:edit"
    assert guard_of(signed_in(view)).name == "signed_in"
    assert guard_of(public(view)).name == "public"
    assert guard_of(view) is None


class Addresses:
    urlpatterns = [
        path("page/", needs(P.CALL_EDIT)(view), name="page"),
        path(
            "part/",
            include(
                ([path("<int:pk>/deed", require_POST(public(view)), name="deed")], "part"), namespace="part"
            ),
        ),
    ]


def test_the_walk_finds_every_address_with_its_methods(settings):
    settings.ROOT_URLCONF = Addresses
    page, deed = checks.doors()
    assert (page.pattern, page.name, page.guard.name, page.methods) == (
        "/page/",
        "page",
        "call:edit",
        ("GET", "POST"),
    )
    assert (deed.pattern, deed.name, deed.methods) == ("/part/<int:pk>/deed", "part:deed", ("POST",))
