"""Every change to a person: their account, profile, consents and sessions."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.contrib.sessions.models import Session
from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.people.models import Attempt, Consent, Person
from landbridge.foundation.people.rules import TEXT_VERSIONS, problems_with_withdrawal
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if


class PublicPasswordHasher(PBKDF2PasswordHasher):
    """For the demonstration's people, whose passwords everyone knows: eighteen full hashes take seconds.

    The first sign-in with the password replaces it by a full one.
    """

    iterations = 1000


@transaction.atomic
def register(
    *,
    name: str,
    email: str,
    at: datetime,
    language: str = "en-gb",
    password: str | None = None,
    email_confirmed: bool = False,
    demonstration_note: str | None = None,
    by: Actor | None = None,
) -> Person:
    """Make an account; without `by`, the person makes it themselves.

    Without a password they sign in by mailed code or passkey. `email_confirmed` says that somebody vouches for the
    address: an invitation that was answered, or seed data. A `demonstration_note` ("Access Broker, Stuttgart") makes
    an invented person, offered on the demonstration's sign-in page. Refused when the address is taken.
    """
    if Person.objects.filter(email=email).exists():
        refuse("address_taken", N_("Somebody is registered with this e-mail address."), field="email")
    person = Person(
        name=name,
        email=email,
        language=language,
        created_at=at,
        is_demonstration=demonstration_note is not None,
        demonstration_note=demonstration_note or "",
    )
    is_public = demonstration_note is not None
    person.password = make_password(password, hasher=PublicPasswordHasher() if is_public else "default")
    person.full_clean(exclude=["password"])
    person.save()
    if email_confirmed:
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    record("person.registered", person, by=by or as_actor(person), at=at)
    return person


@transaction.atomic
def change_profile(*, person_id: int, name: str, language: str, by: Actor, at: datetime) -> Person:
    """Change name and language of one's own account."""
    person = _own(person_id, by=by)
    changed = [
        field for field, new in (("name", name), ("language", language)) if getattr(person, field) != new
    ]
    if not changed:
        return person
    person.name, person.language = name, language
    person.full_clean(exclude=["password"])
    person.save(update_fields=["name", "language"])
    record("person.profile_changed", person, by=by, at=at, fields=changed)
    return person


@transaction.atomic
def give_consent(*, person_id: int, purpose: str, by: Actor, at: datetime) -> Consent:
    """Agree to the present text of a purpose; whoever agreed to it before agrees once."""
    person = _own(person_id, by=by)
    version = TEXT_VERSIONS[purpose]
    holding = Consent.objects.for_update().filter(person=person, purpose=purpose, withdrawn_at=None).first()
    if holding is not None and holding.text_version == version:
        return holding
    if holding is not None:
        holding.withdrawn_at = at
        holding.save(update_fields=["withdrawn_at"])
    consent = Consent.objects.create(person=person, purpose=purpose, text_version=version, given_at=at)
    record("person.consent_given", person, by=by, at=at, purpose=purpose, text_version=version)
    return consent


@transaction.atomic
def withdraw_consent(*, person_id: int, purpose: str, by: Actor, at: datetime) -> None:
    """Take a consent back; the row stays as proof of the time between."""
    person = _own(person_id, by=by)
    refuse_if(problems_with_withdrawal(purpose))
    holding = Consent.objects.for_update().filter(person=person, purpose=purpose, withdrawn_at=None).first()
    if holding is None:
        return
    holding.withdrawn_at = at
    holding.save(update_fields=["withdrawn_at"])
    record("person.consent_withdrawn", person, by=by, at=at, purpose=purpose)


@transaction.atomic
def end_session(*, session_id: int, by: Actor, at: datetime) -> None:
    """Sign one's own other browser out. A session that has ended already is fine."""
    session = UserSession.objects.filter(pk=session_id, user_id=by.person_id).select_related("user").first()
    if session is None:
        return
    session.end()
    record("person.session_ended", session.user, by=by, at=at)


@transaction.atomic
def set_password(*, person: Person, password: str, at: datetime) -> None:
    """Give an account a new password; its other sessions end with the old one."""
    person.set_password(password)
    person.save(update_fields=["password"])
    record("person.password_changed", person, by=as_actor(person), at=at)


@transaction.atomic
def note(event: str, *, person: Person, at: datetime, **details: str) -> None:
    """Record what the person did at the door: signed in, set up or took away a second factor."""
    record(event, person, by=as_actor(person), at=at, **details)


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Forget sessions that have run out, the list of where they were, and counts of attempts that no longer count."""
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    Attempt.objects.filter(expires__lt=at).delete()


def as_actor(person: Person) -> Actor:
    """The person acting on their own account, without a hat."""
    return Actor(person_id=person.pk, name=str(person))


def _own(person_id: int, *, by: Actor) -> Person:
    if by.person_id != person_id:
        raise NotAllowed("Only the person themselves changes their account.")
    return Person.objects.for_update().get(pk=person_id)
