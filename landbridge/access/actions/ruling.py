"""The common rules: written and published by the office, signed by facilities."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from landbridge.access import queries, rules
from landbridge.access.actions._parts import _require
from landbridge.access.models import RuleSet, Signature
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.organisations.models import Organisation

KNOWN_VERSION = "1.0"


@transaction.atomic
def bring_rules(*, by: Actor, at: datetime) -> RuleSet | None:
    """Publish the network's own first version where there are no rules at all; else nothing changes."""
    if RuleSet.objects.exists():
        return None
    title, text = queries.starting_text()
    draft = draft_rules(
        version=KNOWN_VERSION,
        title=title,
        text=text,
        valid_from=at.date(),
        by=by,
        at=at,
    )
    return publish_rules(rule_set_id=draft.pk, by=by, at=at)


@transaction.atomic
def draft_rules(*, version: str, title: str, text: str, valid_from: date, by: Actor, at: datetime) -> RuleSet:
    """Begin the next version of the common rules."""
    _require(P.ACCESS_RULES, by=by)
    _refuse_twin(version, besides=0)
    draft = RuleSet.objects.create(
        version=version.strip(), title=title.strip(), text=text.strip(), valid_from=valid_from
    )
    record("access_rules.drafted", draft, by=by, at=at, version=draft.version)
    return draft


@transaction.atomic
def edit_rules(
    *, rule_set_id: int, version: str, title: str, text: str, valid_from: date, by: Actor, at: datetime
) -> RuleSet:
    """Change a draft; what is published never changes."""
    _require(P.ACCESS_RULES, by=by)
    draft = RuleSet.objects.for_update().get(pk=rule_set_id)
    if draft.published_at is not None:
        refuse(
            "published_already",
            N_("This version is published; what is published never changes."),
            cure=N_("Write the next version."),
        )
    _refuse_twin(version, besides=draft.pk)
    draft.version, draft.title, draft.text, draft.valid_from = (
        version.strip(),
        title.strip(),
        text.strip(),
        valid_from,
    )
    draft.save(update_fields=["version", "title", "text", "valid_from"])
    record("access_rules.edited", draft, by=by, at=at, version=draft.version)
    return draft


@transaction.atomic
def publish_rules(*, rule_set_id: int, by: Actor, at: datetime) -> RuleSet:
    """Publish a version for good: the former ends the day before, and its signatories are asked to sign again."""
    _require(P.ACCESS_RULES, by=by)
    published = RuleSet.objects.for_update().filter(published_at__isnull=False).order_by("-valid_from")
    former = published.first()
    draft = RuleSet.objects.for_update().get(pk=rule_set_id)
    refuse_if(
        rules.problems_with_publication(
            is_published=draft.published_at is not None,
            text=draft.text,
            valid_from=draft.valid_from,
            latest_from=queries.latest_start(besides=draft.pk),
            today=at.date(),
        )
    )
    if former is not None:
        former.valid_until = rules.former_end(draft.valid_from)
        former.save(update_fields=["valid_until"])
    draft.published_at = at
    draft.fingerprint = rules.fingerprint(
        version=draft.version, title=draft.title, text=draft.text, valid_from=draft.valid_from
    )
    draft.save(update_fields=["published_at", "fingerprint"])
    record("access_rules.published", draft, by=by, at=at, version=draft.version, sha256=draft.fingerprint)
    tell(
        "access/rules_renewed",
        draft,
        to=queries.signatories_of(draft),
        at=at,
        context={"title": draft.title, "version": draft.version, "valid_from": draft.valid_from},
    )
    return draft


@transaction.atomic
def sign(
    *, rule_set_id: int, deviations: str, by: Actor, at: datetime, organisation_id: int | None = None
) -> Signature:
    """A facility signs a version; from what it deviates, everyone can read."""
    _require(P.ACCESS_SIGN, by=by)
    if by.role is not Role.SYSTEM and organisation_id not in (None, by.organisation_id):
        raise NotAllowed(P.ACCESS_SIGN)
    organisation = Organisation.objects.for_update().get(pk=organisation_id or by.organisation_id or 0)
    rule_set = RuleSet.objects.visible_to(by).get(pk=rule_set_id)
    standing = Signature.objects.filter(rule_set=rule_set, organisation=organisation, ended_at__isnull=True)
    refuse_if(
        rules.problems_with_signature(
            is_published=rule_set.published_at is not None,
            has_ended=rule_set.valid_until is not None
            and rule_set.valid_until < at.date()
            and not organisation.access_requests_as_provider.filter(
                rule_set=rule_set, ended_at=None
            ).exists(),
            has_signed=standing.exists(),
            deviations=deviations,
        )
    )
    signature = Signature.objects.create(
        rule_set=rule_set,
        organisation=organisation,
        deviations=deviations.strip(),
        signed_by_id=by.person_id,
        signed_by_name=by.name,
        signed_at=at,
    )
    record(
        "access_rules.signed",
        rule_set,
        by=by,
        at=at,
        organisation=organisation.name,
        deviations=signature.deviations,
    )
    return signature


@transaction.atomic
def end_signature(*, signature_id: int, by: Actor, at: datetime) -> Signature:
    """A facility no longer stands by a version; what was agreed under it before stays as it is."""
    _require(P.ACCESS_SIGN, by=by)
    rows = Signature.objects.for_update().select_related("rule_set", "organisation")
    if by.role is not Role.SYSTEM:
        rows = rows.filter(organisation_id=by.organisation_id or 0)
    signature = rows.get(pk=signature_id)
    if signature.ended_at is None:
        signature.ended_at = at
        signature.save(update_fields=["ended_at"])
        record(
            "access_rules.signature_ended",
            signature.rule_set,
            by=by,
            at=at,
            organisation=signature.organisation.name,
        )
    return signature


def _refuse_twin(version: str, *, besides: int) -> None:
    if RuleSet.objects.filter(version=version.strip()).exclude(pk=besides).exists():
        refuse(
            "version_taken",
            N_("There is a version of this name already."),
            cure=N_("Give the next number."),
            field="version",
        )
