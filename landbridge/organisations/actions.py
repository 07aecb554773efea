"""Every change of an organisation and of the accounts it is paid on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.tell import Recipient, tell
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, Problem, Refused, refuse_if
from landbridge.organisations import queries, rules
from landbridge.organisations.models import BankAccount, CompanyNumber, Organisation
from landbridge.organisations.states import WORKFLOW, M
from landbridge.programmes.models import Region
from landbridge.programmes.queries import region_of_place


class Details(TypedDict, total=False):
    """What may be said about an organisation; `company_numbers` maps the key of a scheme to the number."""

    name: str
    kind: str
    country: str
    postcode: str
    town: str
    street: str
    building_number: str
    website: str
    vat_number: str
    company_numbers: Mapping[str, str]
    about: str
    offers_access: bool
    is_sole_trader: bool
    is_demonstration: bool


@transaction.atomic
def register(*, by: Actor, at: datetime, **details: Unpack[Details]) -> Organisation:
    """Add an organisation; its region follows from its place, and stays empty outside the network.

    Wants at least `name`, `country` and `town`. Any signed-in person may do this; who acts for the organisation is
    another matter (`memberships.actions.found_company`). Raises `Refused` where a number is taken or misshapen.
    """
    if not by.is_signed_in and by.role is not Role.SYSTEM:
        raise NotAllowed("register")
    organisation = Organisation(registered_at=at)
    numbers = _fill(organisation, details)
    organisation.save(force_insert=True)
    _number(organisation, numbers)
    region = organisation.region.name if organisation.region else None
    record("organisation.registered", organisation, by=by, at=at, country=organisation.country, region=region)
    return organisation


@transaction.atomic
def register_many(*, details: Sequence[Details], by: Actor, at: datetime) -> list[Organisation]:
    """Add the organisations of one portion of an import, in their order, with one line in the record for all of them.

    As `register`, except that the town may be unknown. Raises `Refused` where one lacks its name or country, or a
    number is taken or misshapen.
    """
    if not by.may(P.RECORD_IMPORT):
        raise NotAllowed(P.RECORD_IMPORT)
    places: dict[tuple[str, str], Region | None] = {}
    made = [_unsaved(one, places=places, at=at) for one in details]
    Organisation.objects.bulk_create(made)
    CompanyNumber.objects.bulk_create(
        CompanyNumber(
            organisation=organisation, scheme=scheme, number=rules.number_in_form(scheme, number) or ""
        )
        for organisation, one in zip(made, details, strict=True)
        for scheme, number in one.get("company_numbers", {}).items()
    )
    if made:
        record("organisation.registered_many", made[0], by=by, at=at, count=len(made), last=made[-1].pk)
    return made


def _unsaved(details: Details, *, places: dict[tuple[str, str], Region | None], at: datetime) -> Organisation:
    """One organisation from what is said about it; `places` remembers the regions that were looked up."""
    given: dict[str, Any] = {name: value for name, value in details.items() if name != "company_numbers"}
    organisation = Organisation(registered_at=at, **given)
    facts = rules.Facts(
        name=organisation.name,
        country=organisation.country,
        town=organisation.town or "-",
        company_numbers=details.get("company_numbers", {}),
    )
    refuse_if(rules.problems_with(facts))
    place = (organisation.country, organisation.postcode)
    if place not in places:
        places[place] = region_of_place(country=place[0], postcode=place[1])
    organisation.region = places[place]
    return organisation


@transaction.atomic
def edit(
    *, organisation_id: int, version: int | None = None, by: Actor, at: datetime, **details: Unpack[Details]
) -> Organisation:
    """Change what is said about an organisation; what is left out stays. A new place may mean a new region.

    `version` is the one the editor saw: a stale one is refused, so that no colleague's words are lost.
    """
    if not by.may(P.ORGANISATION_EDIT):
        raise NotAllowed(P.ORGANISATION_EDIT)
    organisation = Organisation.objects.visible_to(by).for_update().get(pk=organisation_id)
    refuse_if(
        rules.problems_with_edit(is_closed=organisation.is_closed, seen=version, current=organisation.version)
    )
    before = _said(organisation)
    numbers = _fill(organisation, details)
    organisation.version += 1
    organisation.save()
    _number(organisation, numbers)
    changed = sorted(name for name, value in _said(organisation).items() if value != before[name])
    record("organisation.edited", organisation, by=by, at=at, changed=changed)
    return organisation


@transaction.atomic
def close(*, organisation_id: int, reason: str, by: Actor, at: datetime) -> Organisation:
    """Take an organisation out of use; refused while an application or voucher of it runs."""
    if not by.may(P.ORGANISATION_EDIT):
        raise NotAllowed(P.ORGANISATION_EDIT)
    organisation = Organisation.objects.visible_to(by).for_update().get(pk=organisation_id)
    running = queries.running_matters(organisation.pk)
    refuse_if(rules.problems_with_closing(is_closed=organisation.is_closed, running_matters=running))
    organisation.is_closed = True
    organisation.version += 1
    organisation.save(update_fields=["is_closed", "version"])
    record("organisation.closed", organisation, by=by, at=at, reason=reason)
    return organisation


def _fill(organisation: Organisation, details: Details) -> Mapping[str, str]:
    """Put the details into the row, in their written forms, and give the numbers. Raises `Refused`."""
    held, country_before = queries.numbers_of(organisation), organisation.country
    for name, value in details.items():
        if name != "company_numbers":
            setattr(organisation, name, value.strip() if isinstance(value, str) else value)
    given = details.get("company_numbers")
    if given is None and organisation.country != country_before:
        given = held
    facts = rules.Facts(
        name=organisation.name,
        country=organisation.country,
        town=organisation.town,
        vat_number=organisation.vat_number,
        company_numbers={scheme: number for scheme, number in (given or {}).items() if number},
    )
    refuse_if(rules.problems_with(facts))
    organisation.vat_number = rules.vat_in_form(facts.vat_number) or ""
    organisation.region = region_of_place(country=organisation.country, postcode=organisation.postcode)
    if given is None:
        return held
    numbers = {
        scheme: rules.number_in_form(scheme, number) or "" for scheme, number in facts.company_numbers.items()
    }
    taken = queries.numbers_held_elsewhere(numbers, besides=organisation.pk)
    refuse_if(_already_registered(scheme) for scheme in taken)
    return numbers


def _number(organisation: Organisation, numbers: Mapping[str, str]) -> None:
    """Make these the organisation's numbers; the database has the last word on who holds one."""
    if numbers == queries.numbers_of(organisation):
        return
    CompanyNumber.objects.filter(organisation=organisation).delete()
    rows = [
        CompanyNumber(organisation=organisation, scheme=key, number=number) for key, number in numbers.items()
    ]
    try:
        with transaction.atomic():
            CompanyNumber.objects.bulk_create(rows)
    except IntegrityError:
        held = queries.numbers_held_elsewhere(numbers, besides=organisation.pk)
        raise Refused([_already_registered(scheme) for scheme in held or numbers]) from None


def _already_registered(scheme: str) -> Problem:
    return Problem(
        code="already_registered",
        message=N_("An organisation with this number is registered already."),
        cure=N_(
            "Ask a colleague there for an invitation. If you know nobody, ask the Access Broker of its region."
        ),
        field=rules.field_of(scheme),
    )


def _said(organisation: Organisation) -> dict[str, object]:
    plain = {
        name: getattr(organisation, name) for name in Details.__annotations__ if name != "company_numbers"
    }
    return {**plain, "company_numbers": queries.numbers_of(organisation), "region": organisation.region_id}


# ── The accounts it is paid on ───────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def propose_bank_account(
    *, organisation_id: int, holder: str, iban: str, bic: str = "", by: Actor, at: datetime
) -> BankAccount:
    """Name an account; a finance officer decides on it before anything is paid there.

    A proposal of the same organisation that still waits is replaced; the account in use stays until the decision.
    """
    if not by.may(P.BANK_ACCOUNT_PROPOSE):
        raise NotAllowed(P.BANK_ACCOUNT_PROPOSE)
    organisation = Organisation.objects.visible_to(by).for_update().get(pk=organisation_id)
    facts = rules.AccountFacts(holder=holder, iban=iban, bic=bic)
    refuse_if(rules.problems_with_account(facts))
    written = rules.iban_in_form(iban) or ""
    in_use = BankAccount.objects.in_use().filter(organisation=organisation).first()
    same = in_use is not None and (in_use.iban, in_use.holder) == (written, holder.strip())
    refuse_if(rules.problems_with_proposal(is_in_use=same, is_closed=organisation.is_closed))
    for waiting in BankAccount.objects.waiting().filter(organisation=organisation).for_update():
        waiting.state = WORKFLOW.target(M.SUPERSEDE, of=waiting, by=by)
        waiting.save(update_fields=["state"])
        record("bank_account.superseded", waiting, by=by, at=at)
    account = BankAccount.objects.create(
        organisation=organisation,
        holder=holder.strip(),
        iban=written,
        bic=bic.replace(" ", "").upper(),
        proposed_by_id=by.person_id,
        proposed_at=at,
    )
    record("bank_account.proposed", account, by=by, at=at, organisation=organisation.name)
    return account


@transaction.atomic
def approve_bank_account(*, account_id: int, by: Actor, at: datetime) -> BankAccount:
    """A second person says that payments go here; the account in use until now is replaced."""
    account = _locked(account_id, by=by)
    target = WORKFLOW.target(M.APPROVE, of=account, by=by)
    refuse_if(rules.problems_with_decision(proposed_by_id=account.proposed_by_id, decided_by_id=by.person_id))
    for old in BankAccount.objects.in_use().filter(organisation=account.organisation_id).for_update():
        old.state = WORKFLOW.target(M.REPLACE, of=old, by=by)
        old.save(update_fields=["state"])
        record("bank_account.replaced", old, by=by, at=at)
    _decide(account, target, by=by, at=at)
    record("bank_account.approved", account, by=by, at=at)
    _tell_proposer(account, "organisations/bank_account_approved", at=at)
    return account


@transaction.atomic
def refuse_bank_account(*, account_id: int, reason: str, by: Actor, at: datetime) -> BankAccount:
    """A second person says that nothing is paid here, and why; the account in use until now stays."""
    account = _locked(account_id, by=by)
    target = WORKFLOW.target(M.REFUSE, of=account, by=by)
    refuse_if(rules.problems_with_decision(proposed_by_id=account.proposed_by_id, decided_by_id=by.person_id))
    account.reason = reason.strip()
    _decide(account, target, by=by, at=at)
    record("bank_account.refused", account, by=by, at=at, reason=account.reason)
    _tell_proposer(account, "organisations/bank_account_refused", at=at)
    return account


def _locked(account_id: int, *, by: Actor) -> BankAccount:
    """The account, with its organisation locked first: proposals and decisions come one after the other."""
    organisation_id = (
        BankAccount.objects.visible_to(by).values_list("organisation_id", flat=True).get(pk=account_id)
    )
    Organisation.objects.filter(pk=organisation_id).for_update().get()
    return BankAccount.objects.for_update().get(pk=account_id)


def _decide(account: BankAccount, target: str, *, by: Actor, at: datetime) -> None:
    account.state, account.decided_by_id, account.decided_at = target, by.person_id, at
    account.save(update_fields=["state", "decided_by_id", "decided_at", "reason"])


def _tell_proposer(account: BankAccount, letter: str, *, at: datetime) -> None:
    """The person who entered the account hears what became of it; the letter holds the masked number alone."""
    proposer = Person.objects.filter(pk=account.proposed_by_id or 0, is_active=True).first()
    if proposer is None:
        return
    to = Recipient(email=proposer.email, name=proposer.name, language=proposer.language)
    context = {"account": account.masked, "organisation": account.organisation.name, "reason": account.reason}
    tell(letter, account, to=[to], at=at, context=context)
