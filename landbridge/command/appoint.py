"""`landbridge appoint`: the first programme office of a new installation; everyone else is invited in the browser."""

from __future__ import annotations

import argparse

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

EXAMPLES = '  landbridge appoint office@example.org --name "Anke Reuter"'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom."""
    parser.add_argument("email", help="the address to which the sign-in code is sent")
    parser.add_argument("--name", default="Programme office", help="the person's name")


def run(options: argparse.Namespace) -> Answer:
    """Give somebody the office of the whole network, with an account if they have none. Doing it again changes nothing."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from landbridge.foundation import clock
    from landbridge.foundation.people import actions as people
    from landbridge.foundation.people.models import Person
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.foundation.permissions.roles import Role
    from landbridge.memberships import actions as memberships

    email = options.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise CommandFailed(f"{options.email} is not an e-mail address.") from None
    at = clock.now()
    person = Person.objects.filter(email=email).first() or people.register(
        name=options.name, email=email, email_confirmed=True, at=at, by=SYSTEM
    )
    hat = memberships.grant(person_id=person.pk, role=Role.OFFICE, by=SYSTEM, at=at)
    sentence = f"{person.name} <{email}> is the programme office of the whole network, and signs in with a mailed code."
    return Answer(lines=[sentence], data={"person": person.pk, "membership": hat.pk, "email": email})
