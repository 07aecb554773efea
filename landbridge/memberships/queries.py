"""Whose hat is it: the actor of a request, the hats of a person, the people behind an organisation or desk."""

from __future__ import annotations

from landbridge.foundation.outbox.letters import Recipient
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership, MembershipRows


def hats_of(person_id: int) -> list[Membership]:
    """All hats that the person can wear now, the longest held first."""
    return list(
        Membership.objects.current()
        .filter(person_id=person_id)
        .select_related("organisation", "region", "partner", "programme")
        .order_by("began_at", "pk")
    )


def actor_of(person: Person, *, worn: int | None = None) -> Actor:
    """The person under the hat they chose (`worn`, a membership's id), else under the first they hold."""
    hats = list(Membership.objects.current().filter(person_id=person.pk).order_by("began_at", "pk"))
    hat = next((hat for hat in hats if hat.pk == worn), hats[0] if hats else None)
    if hat is None:
        return Actor(person_id=person.pk, name=person.name)
    return actor_under(hat, person=person)


def actor_under(hat: Membership, *, person: Person) -> Actor:
    """The person under exactly this hat."""
    return Actor(
        person_id=person.pk,
        name=person.name,
        role=Role(hat.role),
        membership_id=hat.pk,
        region_id=hat.region_id,
        partner_id=hat.partner_id,
        programme_id=hat.programme_id,
        organisation_id=hat.organisation_id,
    )


def recipients(memberships: MembershipRows) -> list[Recipient]:
    """Whom to write to: each person once, in the order of the hats."""
    people = {
        hat.person_id: hat.person
        for hat in memberships.current().filter(person__is_active=True).select_related("person").order_by("pk")
    }
    return [Recipient(email=one.email, name=one.name, language=one.language) for one in people.values()]
