"""Claims of ownership: a person shows that they work for an organisation, and gets its facility's hat."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from landbridge.catalogue import links, queries, rules
from landbridge.catalogue.models import OwnershipClaim
from landbridge.catalogue.states import Claim
from landbridge.foundation import reasons
from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.outbox.tell import Recipient, tell
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse_if
from landbridge.memberships.actions import grant
from landbridge.memberships.queries import desk_of, recipients
from landbridge.organisations import actions as organisations
from landbridge.organisations.models import Organisation


@transaction.atomic
def claim(*, organisation_id: int, way: str, remark: str = "", by: Actor, at: datetime) -> OwnershipClaim:
    """Say that one speaks for an organisation of the catalogue.

    `way` domain proves it at once where the person's confirmed address is of the organisation's website; code sends
    a code to the address that the catalogue lists, or to the region's desk; broker asks the desk to look.
    """
    if by.person_id is None:
        raise NotAllowed("claim")
    organisation = Organisation.objects.select_related("region").for_update().get(pk=organisation_id)
    person = Person.objects.get(pk=by.person_id)
    refuse_if(rules.problems_with_claim(queries.claim_facts(organisation, person, way=way, at=at)))
    if way == "domain":
        refuse_if(
            rules.problems_with_domain(
                email=person.email,
                is_confirmed=queries.is_confirmed(person),
                website=queries.website_of(organisation),
            )
        )
    found = OwnershipClaim.objects.create(
        organisation=organisation, person_id=person.pk, person_name=person.name, email=person.email, way=way,
        remark=remark.strip(), claimed_at=at,
    )  # fmt: skip
    write_down("ownership_claim.made", found, by=by, at=at, way=way, organisation=organisation.name)
    if way == "domain":
        return _prove(found, by_name=SYSTEM.name, by=SYSTEM, at=at)
    if way == "code":
        return _send_code(found, at=at)
    _tell_desk(found, at=at)
    return found


@transaction.atomic
def enter_code(*, claim_id: int, code: str, by: Actor, at: datetime) -> OwnershipClaim:
    """Enter the code of the letter. A wrong one is counted, and the fifth closes the claim.

    Nothing is raised for it, so that the count stays: look at the state of what is returned.
    """
    found = OwnershipClaim.objects.for_update().get(pk=claim_id, person_id=by.person_id or 0)
    if found.state != Claim.CODE_SENT:
        return found
    is_over = found.code_expires_at is None or at > found.code_expires_at
    if not is_over and constant_time_compare(found.code_hash, _hash(found, code)):
        return _prove(found, by_name=SYSTEM.name, by=SYSTEM, at=at)
    found.tries += 1
    if found.tries >= rules.MOST_TRIES or is_over:
        found.reason = "The code had expired." if is_over else "Five wrong codes."
        return _close(found, Claim.REFUSED, by_name=SYSTEM.name, by=SYSTEM, at=at)
    found.save(update_fields=["tries"])
    return found


@transaction.atomic
def accept_claim(*, claim_id: int, by: Actor, at: datetime) -> OwnershipClaim:
    """A broker of the region, who knows the person or asked, says that it is so."""
    return _prove(_for_broker(claim_id, by=by), by_name=by.name, by=by, at=at)


@transaction.atomic
def refuse_claim(*, claim_id: int, reason: str, by: Actor, at: datetime) -> OwnershipClaim:
    """A broker says that it is not so, and why."""
    found = _for_broker(claim_id, by=by)
    cure = N_("Say why in a sentence; the person reads it.")
    refuse_if(reasons.problems_with(reason, cure=cure, longest=rules.LONGEST_REASON))
    found.reason = reason.strip()
    _close(found, Claim.REFUSED, by_name=by.name, by=by, at=at)
    _tell_claimant("catalogue/claim_refused", found, at=at)
    return found


def _for_broker(claim_id: int, *, by: Actor) -> OwnershipClaim:
    """A claim that waits, of an organisation of the actor's reach, and never one's own."""
    if not by.may(P.RECORD_PUBLISH):
        raise NotAllowed(P.RECORD_PUBLISH)
    found = OwnershipClaim.objects.for_update().get(
        pk=claim_id, organisation__in=Organisation.objects.visible_to(by).values("pk")
    )
    refuse_if(
        rules.problems_with_claim_decision(
            is_decided=found.state not in (Claim.OPEN, Claim.CODE_SENT),
            is_ones_own=found.person_id == by.person_id,
        )
    )
    return found


def _prove(found: OwnershipClaim, *, by_name: str, by: Actor, at: datetime) -> OwnershipClaim:
    if not found.organisation.offers_access:
        organisations.edit(organisation_id=found.organisation_id, offers_access=True, by=SYSTEM, at=at)
    _close(found, Claim.PROVED, by_name=by_name, by=by, at=at)
    grant(person_id=found.person_id, role=Role.PROVIDER, scope_id=found.organisation_id, by=SYSTEM, at=at)
    _tell_claimant("catalogue/claim_proved", found, at=at)
    return found


def _close(found: OwnershipClaim, state: Claim, *, by_name: str, by: Actor, at: datetime) -> OwnershipClaim:
    found.state, found.decided_at, found.decided_by_name, found.code_hash = state, at, by_name, ""
    found.save()
    event = "ownership_claim.proved" if state == Claim.PROVED else "ownership_claim.refused"
    write_down(event, found, by=by, at=at, reason=found.reason)
    return found


def _send_code(found: OwnershipClaim, *, at: datetime) -> OwnershipClaim:
    code = "".join(secrets.choice(rules.CODE_LETTERS) for _ in range(rules.CODE_LENGTH))
    found.code_hash, found.code_expires_at = _hash(found, code), at + rules.CODE_HOLDS
    found.state = Claim.CODE_SENT
    found.save(update_fields=["code_hash", "code_expires_at", "state"])
    write_down("ownership_claim.code_sent", found, by=SYSTEM, at=at)
    organisation = found.organisation
    address = queries.listed_address(organisation)
    to = [Recipient(email=address)] if address else _desk(organisation)
    context = {
        "code": f"{code[:4]} {code[4:]}", "person": found.person_name, "organisation": organisation.name,
        "email": found.email, "expires_at": found.code_expires_at,
    }  # fmt: skip
    tell("catalogue/claim_code", found, to=to, at=at, context=context)
    return found


def _tell_desk(found: OwnershipClaim, *, at: datetime) -> None:
    context = {
        "person": found.person_name, "organisation": found.organisation.name, "email": found.email,
        "remark": found.remark, "page": links.link("catalogue:claims"),
    }  # fmt: skip
    tell("catalogue/claim_waits", found, to=_desk(found.organisation), at=at, context=context)


def _tell_claimant(name: str, found: OwnershipClaim, *, at: datetime) -> None:
    person = Person.objects.filter(pk=found.person_id, is_active=True).first()
    if person is not None:
        to = Recipient(email=person.email, name=person.name, language=person.language)
        context = {
            "organisation": found.organisation.name,
            "reason": found.reason,
            "page": links.link("catalogue:kept_records"),
        }
        tell(name, found, to=[to], at=at, context=context)


def _desk(organisation: Organisation) -> list[Recipient]:
    return recipients(desk_of(organisation.region_id)) if organisation.region_id else []


def _hash(found: OwnershipClaim, code: str) -> str:
    plain = "".join(code.split()).upper()
    return salted_hmac(f"catalogue.claim.{found.pk}", plain, algorithm="sha256").hexdigest()
