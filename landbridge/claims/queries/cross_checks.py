"""Declarations are not proof: the same invoice, file, account or address, looked for over all companies and regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from landbridge.claims.models import Claim, CostLine
from landbridge.claims.queries.reading import cost_lines
from landbridge.claims.rules import Facts, plain_key
from landbridge.claims.states import S
from landbridge.memberships.models import Membership
from landbridge.organisations.models import BankAccount, Organisation
from landbridge.organisations.states import S as AccountState

ACCOUNTS = (AccountState.APPROVED, AccountState.PROPOSED)


def cross_checked(facts: Facts, claim: Claim) -> Facts:
    """The facts with everything that was seen elsewhere; for those who verify, not for the company."""
    application = claim.voucher.application
    applicant, provider = application.applicant, application.provider
    lines = cost_lines(claim)
    seen = seen_before(lines)
    own = plain_key(applicant.name)
    costs = (
        replace(cost, seen_before=tuple(seen[line.pk]), supplier_is_applicant=plain_key(line.supplier) == own)
        for cost, line in zip(facts.costs, lines, strict=True)
    )
    return replace(
        facts,
        costs=tuple(costs),
        shared_with_provider=tuple(shared(applicant, provider)) if provider else (),
        shared_with_others=tuple(shared_with_others(applicant, but=provider)),
    )


def seen_before(lines: list[CostLine]) -> dict[int, list[str]]:
    """For each line, the claims (of all companies and regions) with the same invoice or the same evidence.

    Drafts do not count, but for the claim itself: it may hold an invoice twice.
    """
    found: dict[int, list[str]] = defaultdict(list)
    if not lines:
        return found
    twins = (
        CostLine.objects.filter(
            Q(invoice_key__in={line.invoice_key for line in lines if line.invoice_key})
            | Q(evidence__sha256__in={line.evidence.sha256 for line in lines})
        )
        .filter(~Q(claim__state=S.DRAFT) | Q(claim=lines[0].claim_id))
        .select_related("claim", "evidence")
        .order_by("pk")
    )
    for twin in twins:
        for line in lines:
            if twin.pk != line.pk and _is_same(twin, line) and twin.claim.number not in found[line.pk]:
                found[line.pk].append(twin.claim.number)
    return found


def shared(one: Organisation, other: Organisation) -> Iterable[str]:
    """What two organisations have in common that independent ones do not have."""
    for person in _people_of_both(one, other):
        yield _("%(person)s acts, or acted, for both") % {"person": person}
    if one.vat_number and one.vat_number == other.vat_number:
        yield _("VAT number %(number)s") % {"number": one.vat_number}
    ibans = BankAccount.objects.filter(organisation__in=[one, other], state__in=ACCOUNTS).values("iban")
    for row in ibans.annotate(owners=Count("organisation", distinct=True)).filter(owners__gt=1):
        yield _("bank account %(iban)s") % {"iban": row["iban"]}
    if one.street and _place(one) == _place(other):
        yield _("address %(street)s %(number)s") % {"street": one.street, "number": one.building_number}
    if _host(one) and _host(one) == _host(other):
        yield _("website %(host)s") % {"host": _host(one)}


def shared_with_others(one: Organisation, *, but: Organisation | None) -> Iterable[str]:
    """The VAT number or bank account of this organisation, where further organisations use it too."""
    apart = [one.pk, but.pk if but else 0]
    if one.vat_number:
        twins = Organisation.objects.filter(vat_number=one.vat_number).exclude(pk__in=apart)
        for name in twins.order_by("pk").values_list("name", flat=True)[:10]:
            yield _("VAT number %(number)s (%(name)s)") % {"number": one.vat_number, "name": name}
    ours = BankAccount.objects.filter(organisation=one, state__in=ACCOUNTS).values("iban")
    accounts = BankAccount.objects.filter(iban__in=ours, state__in=ACCOUNTS).exclude(organisation__in=apart)
    for iban, name in accounts.order_by("pk").values_list("iban", "organisation__name")[:10]:
        yield _("bank account %(iban)s (%(name)s)") % {"iban": iban, "name": name}


def _is_same(twin: CostLine, line: CostLine) -> bool:
    same_invoice = line.invoice_key == twin.invoice_key and plain_key(line.supplier) == plain_key(
        twin.supplier
    )
    return (bool(line.invoice_key) and same_invoice) or twin.evidence.sha256 == line.evidence.sha256


def _people_of_both(one: Organisation, other: Organisation) -> list[str]:
    theirs = Membership.objects.filter(organisation=other).values("person")
    both = Membership.objects.filter(organisation=one, person__in=theirs)
    return list(both.order_by("person__name").values_list("person__name", flat=True).distinct())


def _place(one: Organisation) -> tuple[str, ...]:
    parts = (one.country, one.postcode, one.street, one.building_number)
    return tuple(plain_key(part) for part in parts)


def _host(one: Organisation) -> str:
    return (urlsplit(one.website).hostname or "").removeprefix("www.")
