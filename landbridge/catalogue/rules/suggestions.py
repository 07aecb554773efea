"""What anyone may suggest about a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from landbridge.foundation.problems import N_, Problem

# Texts that a reader can judge; what a facility alone knows (prices, contact, certificates) goes into the remark.
SUGGESTED_FIELDS = ("name", "summary", "description", "website", "town")
# So many wait for one record at most: more are noise, and its keeper reads none of them then.
MOST_WAITING = 10


def problems_with_suggestion(
    *, differences: Mapping[str, str], remark: str, waiting: int
) -> Iterator[Problem]:
    """Something is said, and its keeper can still read it all."""
    if not differences and not remark.strip():
        yield Problem(
            code="nothing_suggested",
            message=N_("Nothing is different from what stands there now."),
            cure=N_("Change a field, or say in the remark what is wrong."),
            field="remark",
        )
    if waiting >= MOST_WAITING:
        yield Problem(
            code="many_wait",
            message=N_("Many suggestions wait for this record already."),
            cure=N_("Its keeper will read them first; please come back in some days."),
        )
