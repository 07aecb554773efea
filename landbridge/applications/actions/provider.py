"""The provider's part: named by the applicant, shown the draft, saying yes to its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from landbridge.applications import queries, rules
from landbridge.applications.actions.drafting import lock_draft
from landbridge.applications.models import Application, Confirmation
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.memberships import actions as memberships
from landbridge.organisations import actions as organisations
from landbridge.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to invite at the provider."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProvider:
    """A provider that the network does not know yet."""

    name: str
    kind: str
    country: str
    postcode: str
    town: str


@transaction.atomic
def name_provider(
    *,
    application_id: int,
    by: Actor,
    at: datetime,
    organisation_id: int | None = None,
    new: NewProvider | None = None,
    contact: Contact | None = None,
) -> Application:
    """Name the provider: one that is known and open to companies abroad, or a new one, which is registered.

    A contact is invited to act for the provider. Naming another provider takes the draft away from the one before.
    Refused where the rules would not let this provider stand.
    """
    application = lock_draft(application_id, P.APPLICATION_DRAFT, by=by)
    provider = _registered(new, by=by, at=at) if new else _known(organisation_id)
    is_another = provider.pk != application.provider_id
    application.provider = provider
    facts = queries.facts_of(application, by=by)
    refuse_if(rules.problems_with_provider(facts))

    if is_another:
        application.shared_at = None
        application.save(update_fields=["provider", "shared_at"])
        record("application.provider_named", application, by=by, at=at, provider=provider.name)
    if contact:
        memberships.invite_provider(
            organisation_id=provider.pk, email=contact.email, name=contact.name, by=by, at=at
        )
    return application


@transaction.atomic
def share(*, application_id: int, by: Actor, at: datetime) -> Application:
    """Let the provider's people read and edit the draft, and write to them. Doing it again writes to nobody."""
    application = lock_draft(application_id, P.APPLICATION_DRAFT, by=by)
    if application.provider_id is None:
        refuse_if(rules.problems_with_provider(queries.facts_of(application, by=by)))
    if application.shared_at is None:
        application.shared_at = at
        application.save(update_fields=["shared_at"])
        record("application.shared", application, by=by, at=at, provider=str(application.provider))
        tell(
            "applications/shared",
            application,
            to=queries.providers_people(application),
            at=at,
            programme=application.call.phase.programme.key,
            context=queries.for_letters(application),
        )
    return application


@transaction.atomic
def confirm(*, application_id: int, by: Actor, at: datetime, content_hash: str = "") -> Confirmation:
    """The provider says yes to the text with this hash; empty means the text as it stands.

    Refused where the text changed since the provider read it. Saying yes to the same text twice is one yes.
    """
    application = lock_draft(application_id, P.APPLICATION_CONFIRM, by=by)
    if application.provider_id is None or application.shared_at is None:
        refuse(
            "not_shared",
            N_("This draft has not been shared with a provider yet."),
            cure=N_("The applicant names the provider and shares the draft first."),
        )
    now = application.content_hash()
    if content_hash and content_hash != now:
        refuse(
            "text_changed",
            N_("The text was changed while you were reading it."),
            cure=N_("Read it again below; then confirm."),
            field="confirmation",
        )
    confirmation, is_new = Confirmation.objects.get_or_create(
        application=application,
        content_hash=now,
        defaults={"person_id": by.person_id, "person_name": by.name, "at": at},
    )
    if is_new:
        record("application.confirmed", application, by=by, at=at, content_hash=now)
        tell(
            "applications/confirmed",
            confirmation,
            to=queries.applicants_people(application),
            at=at,
            programme=application.call.phase.programme.key,
            context=queries.for_letters(application),
        )
    return confirmation


def _known(organisation_id: int | None) -> Organisation:
    found = Organisation.objects.offering_access().filter(pk=organisation_id or 0).first()
    if found is None:
        refuse(
            "no_such_provider",
            N_("This organisation is not among those that work with companies abroad."),
            cure=N_("Choose one from the list, or name a new one."),
            field="provider",
        )
    return found


def _registered(new: NewProvider, *, by: Actor, at: datetime) -> Organisation:
    return organisations.register(
        name=new.name,
        kind=new.kind,
        country=new.country,
        postcode=new.postcode,
        town=new.town,
        offers_access=True,
        by=by,
        at=at,
    )
