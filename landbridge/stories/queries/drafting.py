"""The first draft of a story, from what both sides have read already: their collaboration, its life, what followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.states import FOLLOWED_NAMES, Followed
from landbridge.foundation.ui.formatting import day, money
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Programme
from landbridge.stories.rules import LONGEST_BODY, LONGEST_STANDFIRST, LONGEST_TITLE, Words

FROM = (
    "company__region", "provider__region", "introduction", "voucher__application",
    "voucher__line__phase__programme",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """What a story begins with."""

    words: Words
    programme: Programme | None


def draft_of(found: Collaboration, *, language: str) -> Draft:
    """Title, first sentences and body in the language; nothing that one of both sides has not read already."""
    with override(language):
        words = Words(
            title=found.title[:LONGEST_TITLE],
            standfirst=_standfirst(found)[:LONGEST_STANDFIRST],
            body="\n\n".join(filter(None, _paragraphs(found)))[:LONGEST_BODY],
        )
    return Draft(words, found.voucher.line.phase.programme if found.voucher else None)


def _standfirst(found: Collaboration) -> str:
    return _("%(company)s and %(partner)s have worked together since %(since)s.") % {
        "company": _named(found.company),
        "partner": _named(found.provider),
        "since": day(found.since),
    }


def _named(one: Organisation) -> str:
    if one.region is None:
        return one.name
    return _("%(organisation)s (%(region)s)") % {"organisation": one.name, "region": one.region.name}


def _paragraphs(found: Collaboration) -> Iterator[str]:
    yield f"## {_('The question')}"
    if found.introduction and found.introduction.made_at:
        yield found.introduction.shown_to_provider
    yield f"## {_('What was done')}"
    yield found.text
    if found.voucher:
        yield _("A voucher of %(amount)s paid for it, granted on %(granted_on)s by %(programme)s.") % {
            "amount": money(found.voucher.amount_eur),
            "granted_on": day(found.voucher.granted_on),
            "programme": found.voucher.line.phase.programme.name,
        }
    yield f"## {_('What came of it')}"
    yield found.end
    yield "\n".join(f"- {line}" for line in _followed(found))


def _followed(found: Collaboration) -> Iterator[str]:
    for row in found.follow_ons.filter(withdrawn_at=None).order_by("on", "pk"):
        kind = _(FOLLOWED_NAMES[Followed(row.kind)])
        amount = money(row.amount_eur) if row.amount_eur else ""
        yield ", ".join(filter(None, (f"{kind}: {row.title}", row.funder, amount, day(row.on))))
