"""The facts for the rules, and an application with all its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from landbridge.applications.models import Application, Confirmation
from landbridge.applications.rules import Asked, Facts, Party
from landbridge.applications.states import S
from landbridge.calls.models import Call, Question
from landbridge.calls.standard_form import in_readers_words
from landbridge.calls.states import S as CallState
from landbridge.events.queries import was_at
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.organisations.models import BankAccount, CompanyNumber, Organisation
from landbridge.organisations.states import S as AccountState


def with_its_parts(application_id: int) -> Application:
    """The application with everything its facts and pages name."""
    return Application.objects.select_related(
        "call__phase__programme",
        "call__asks_for_event",
        "offer",
        "applicant__region",
        "provider__region",
        "partner__region",
    ).get(pk=application_id)


def questions_of(call: Call) -> list[Question]:
    """The questions of the call's form in their order."""
    return list(Question.objects.filter(call=call).order_by("position", "pk"))


def facts_of(application: Application, *, by: Actor, questions: Iterable[Question] | None = None) -> Facts:
    """What the rules look at, read now; six queries when the application came `with_its_parts`.

    What Landbridge itself plays back from before its time is not asked for addresses that nobody published.
    """
    call, offer = application.call, application.offer
    asked = questions_of(call) if questions is None else questions
    parties = _parties(application)
    return Facts(
        call_is_published=call.state == CallState.PUBLISHED,
        call_opens_at=call.opens_at,
        call_closes_at=call.closes_at,
        call_time_zone=call.time_zone,
        cap_eur=offer.cap_eur,
        applicant=parties[application.applicant_id],
        partner_region_id=application.partner.region_id,
        provider=parties[application.provider_id] if application.provider_id else None,
        title=application.title,
        answers=application.answers,
        questions=tuple(asked_by(question) for question in asked),
        requested_eur=application.requested_eur,
        content_hash=application.content_hash(),
        confirmed=_confirmed(application),
        is_asked_already=_is_asked_already(application),
        is_played_back=by.role is Role.SYSTEM,
        asks_for_event=call.asks_for_event.title if call.asks_for_event else "",
        has_attended=call.asks_for_event_id is not None
        and was_at(call.asks_for_event_id, organisation_id=application.applicant_id),
    )


def asked_by(question: Question) -> Asked:
    """A question as the rules see it."""
    return Asked(
        key=question.key,
        kind=question.kind,
        label=in_readers_words(question.label),
        is_required=question.is_required,
        longest=question.longest,
        choices=tuple(question.choices),
    )


def _confirmed(application: Application) -> frozenset[str]:
    return frozenset(
        Confirmation.objects.filter(application=application).values_list("content_hash", flat=True)
    )


def _is_asked_already(application: Application) -> bool:
    return (
        application.provider_id is not None
        and Application.objects.filter(
            offer_id=application.offer_id,
            applicant_id=application.applicant_id,
            provider_id=application.provider_id,
            state__in=[S.SUBMITTED, S.AWARDED],
        )
        .exclude(pk=application.pk)
        .exists()
    )


def _parties(application: Application) -> dict[int, Party]:
    sides = [side for side in (application.applicant, application.provider) if side is not None]
    ids = [side.pk for side in sides]
    numbers: dict[int, set[str]] = {pk: set() for pk in ids}
    ibans: dict[int, set[str]] = {pk: set() for pk in ids}
    domains: dict[int, set[str]] = {pk: set() for pk in ids}
    registered = set()
    for pk, number in CompanyNumber.objects.filter(organisation__in=ids).values_list(
        "organisation_id", "number"
    ):
        registered.add(pk)
        numbers[pk].add(_bare(number))
    accounts = BankAccount.objects.filter(
        organisation__in=ids, state__in=[AccountState.PROPOSED, AccountState.APPROVED]
    )
    for pk, iban in accounts.values_list("organisation_id", "iban"):
        ibans[pk].add(iban)
    members = Membership.objects.current().filter(organisation__in=ids)
    for owner, email in members.values_list("organisation_id", "person__email"):
        if owner is not None:
            domains[owner].add(email.rpartition("@")[2].lower())
    return {
        side.pk: _party(
            side,
            has_company_number=side.pk in registered,
            numbers=numbers[side.pk] | ({_bare(side.vat_number)} if side.vat_number else set()),
            ibans=ibans[side.pk],
            domains=domains[side.pk] | _site(side.website),
        )
        for side in sides
    }


def _party(
    side: Organisation, *, has_company_number: bool, numbers: set[str], ibans: set[str], domains: set[str]
) -> Party:
    return Party(
        organisation_id=side.pk,
        name=side.name,
        kind=side.kind,
        region_id=side.region_id,
        street=side.street,
        postcode=side.postcode,
        town=side.town,
        is_closed=side.is_closed,
        offers_access=side.offers_access,
        has_company_number=has_company_number,
        numbers=frozenset((side.country, number) for number in numbers),
        ibans=frozenset(ibans),
        domains=frozenset(domains),
    )


def _bare(number: str) -> str:
    """The digits alone: BE 0403.101.811 as a VAT number is 0403101811 in the register."""
    return re.sub(r"\D", "", number) or number.upper()


def _site(address: str) -> set[str]:
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return {host} if host else set()
