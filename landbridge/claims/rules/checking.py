"""What may be accepted of a claim, and by whom: four eyes, of which none belongs to the company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from landbridge.foundation import reasons
from landbridge.foundation.money import Money
from landbridge.foundation.problems import N_, Problem

LONGEST_REASON = 2000


def problems_with_verification(
    accepted: Mapping[int, Money],
    *,
    spent: Mapping[int, Money],
    finding: str,
    left: Money,
) -> Iterator[Problem]:
    """Of each cost at most what was spent is accepted; of all together at most what the voucher still holds."""
    for number, (line_id, net) in enumerate(spent.items(), start=1):
        amount = accepted.get(line_id)
        if amount is None or not 0 <= amount.cents <= net.cents:
            yield Problem(
                code="accepted_out_of_range",
                message=N_("Of cost %(number)s, between nothing and %(net)s can be accepted."),
                cure=N_("Enter the part of it that counts."),
                field=f"accepted_{line_id}",
                params={"number": number, "net": net},
            )
    total = Money(sum(amount.cents for line_id, amount in accepted.items() if line_id in spent))
    if total > left:
        yield Problem(
            code="more_than_left",
            message=N_("%(total)s is more than the %(left)s that the voucher still holds."),
            cure=N_("Accept less, so that the sum fits; the company pays the rest itself."),
            params={"total": total, "left": left},
        )
    elif not total:
        yield Problem(
            code="nothing_accepted",
            message=N_("Nothing of this claim would be paid."),
            cure=N_("Return the claim or refuse it, with the reason."),
        )
    reduced = total.cents < min(sum(net.cents for net in spent.values()), left.cents)
    if reduced and not finding.strip():
        yield Problem(
            code="no_finding",
            message=N_("Less is accepted than was claimed, and nothing says why."),
            cure=N_("Write for the company what does not count, and why."),
            field="finding",
        )


def problems_with_person(
    person_id: int | None, *, others: Mapping[str, int | None], belongs_to_company: bool
) -> Iterator[Problem]:
    """Four eyes: whoever did one half does not do the other, and nobody pays their own company or its provider.

    `others` maps what was done to who did it. Landbridge itself (None) is nobody.
    """
    if person_id is None:
        return
    for deed, other in others.items():
        if other == person_id:
            yield Problem(
                code="same_person",
                message=N_("You have %(deed)s this yourself."),
                cure=N_("A second person does this step; ask a colleague."),
                params={"deed": deed},
            )
    if belongs_to_company:
        yield Problem(
            code="conflict_of_interest",
            message=N_("You belong to the company that is paid, or to its provider."),
            cure=N_("Ask a colleague who does not."),
        )


def problems_with_reason(reason: str) -> Iterator[Problem]:
    """Whoever is told no, or told to correct something, is told why."""
    return reasons.problems_with(
        reason, cure=N_("Say what is wrong and what would put it right."), longest=LONGEST_REASON
    )
