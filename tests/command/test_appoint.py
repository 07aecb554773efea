"""The first programme office of a new installation."""

from __future__ import annotations

import json

import pytest

from landbridge.command.line import main
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.queries import actor_of

pytestmark = pytest.mark.django_db


def test_the_first_office_is_appointed_once(capsys):
    for _ in range(2):
        assert main(["appoint", "Anna@Example.org", "--name", "Anna", "--json"]) == 0
    person = Person.objects.get(email="anna@example.org")
    office = actor_of(person)
    assert (office.role, office.sees_everything) == (Role.OFFICE, True)
    assert json.loads(capsys.readouterr().out.split("}\n")[0] + "}")["person"] == person.pk


def test_what_is_no_address_is_said(capsys):
    assert main(["appoint", "anna"]) == 1
    assert "anna is not an e-mail address." in capsys.readouterr().err
    assert not Person.objects.exists()
