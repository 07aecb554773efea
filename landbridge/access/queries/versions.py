"""Reading the common rules: which version holds, what it says in parts, and who signed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Count, Max, Q, QuerySet

from landbridge.access.models import RuleSet, RuleSetRows, Signature
from landbridge.foundation.permissions.actor import Actor

HEADING = "## "
KNOWN = Path(__file__).resolve().parent.parent / "common_rules.md"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the rules: its heading (empty before the first) and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def sections_of(text: str) -> list[Section]:
    """The text in parts: a line that begins with "## " is a heading, an empty line ends a paragraph."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = block.strip()
        if lines.startswith(HEADING):
            heading, _, lines = lines.removeprefix(HEADING).partition("\n")
            parts.append((heading.strip(), []))
        if lines.strip():
            parts[-1][1].append(lines.strip())
    return [Section(heading, tuple(paragraphs)) for heading, paragraphs in parts if heading or paragraphs]


def starting_text() -> tuple[str, str]:
    """Title and text with which the network's own rules begin, for an office that has published none yet."""
    title, _, text = KNOWN.read_text(encoding="utf-8").partition("\n")
    return title.removeprefix("# ").strip(), text.strip()


def in_force(day: date) -> RuleSet | None:
    """The version that holds on a day."""
    return RuleSet.objects.in_force_on(day).order_by("-valid_from").first()


def latest_start(*, besides: int = 0) -> date | None:
    """The day on which the last of the published versions begins."""
    published = RuleSet.objects.filter(published_at__isnull=False).exclude(pk=besides)
    found: date | None = published.aggregate(latest=Max("valid_from"))["latest"]
    return found


def versions(rows: RuleSetRows) -> QuerySet[RuleSet]:
    """Versions for a list, the newest first, with how many facilities have signed each."""
    signed = Count("signatures", filter=Q(signatures__ended_at__isnull=True))
    return rows.annotate(signed=signed).order_by("-valid_from", "-pk")


def signed_by(rule_set: RuleSet) -> QuerySet[Signature]:
    """Who signed a version and stands by it, by name."""
    rows = Signature.objects.filter(rule_set=rule_set, ended_at__isnull=True).select_related(
        "organisation__region"
    )
    return rows.order_by("organisation__name", "pk")


def signature_for(rule_set: RuleSet, actor: Actor) -> Signature | None:
    """The signature of the actor's own organisation under a version."""
    return signed_by(rule_set).filter(organisation_id=actor.organisation_id or 0).first()
