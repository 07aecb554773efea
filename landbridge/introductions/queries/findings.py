"""What is off with introductions, for `landbridge verify`: nobody was named without both answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from landbridge.introductions import rules
from landbridge.introductions.models import Answer, Introduction, Limit
from landbridge.introductions.states import Nda, S, Side

MADE = (S.MADE, S.OUTCOME_KNOWN)


def findings() -> Iterator[str]:
    """Each introduction whose row says something else than its answers, and each provider who is asked too often."""
    answers: dict[int, dict[str, bool]] = defaultdict(dict)
    for pk, side, said_yes in Answer.objects.values_list("introduction_id", "side", "said_yes"):
        answers[pk][side] = said_yes
    open_by_provider: dict[int, int] = defaultdict(int)
    rows = Introduction.objects.select_related("enquiry", "company__region", "provider__region").order_by(
        "pk"
    )
    for row in rows.iterator(chunk_size=1000):
        yield from _off_with_answers(row, answers[row.pk])
        yield from _off_with_release(row)
        open_by_provider[row.provider_id] += row.state == S.ASKED
    yield from _too_many(open_by_provider)


def _off_with_answers(row: Introduction, answers: dict[str, bool]) -> Iterator[str]:
    both = all(answers.get(side) for side in Side)
    if row.made_at is not None and not both:
        yield f"Introduction {row.number} was made, but not both sides said yes."
    if (row.made_at is not None) != (row.state in MADE):
        yield f"Introduction {row.number} is {row.state}, but its moment says otherwise."
    if both and row.state == S.ASKED:
        yield f"Introduction {row.number} was answered yes by both sides, but was not made."
    if row.state == S.REFUSED and False not in answers.values():
        yield f"Introduction {row.number} is refused, but nobody said no."
    if answers and row.asked_at is None:
        yield f"Introduction {row.number} was answered before it was asked."


def _off_with_release(row: Introduction) -> Iterator[str]:
    behind = row.made_at is not None and row.nda in (Nda.NOT_NEEDED, Nda.SIGNED)
    if row.released_at is not None and not behind:
        yield f"Introduction {row.number} shows the confidential text before its agreement."
    if row.enquiry is not None and row.enquiry.company_id != row.company_id and row.made_at is None:
        yield f"Introduction {row.number} names another company than its enquiry."


def _too_many(open_by_provider: dict[int, int]) -> Iterator[str]:
    """A limit that was lowered holds from the next question on; so only the largest of all is a finding here."""
    limits = dict(Limit.objects.values_list("organisation_id", "most_open"))
    for provider_id, count in sorted(open_by_provider.items()):
        most = limits.get(provider_id, rules.MOST_OPEN)
        if provider_id not in limits and count > most:
            yield f"Organisation {provider_id} has {count} open introductions, and takes {most} at a time."
