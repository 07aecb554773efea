"""Drafts of open calls, each with what it still lacks, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.applications.models import Application, Confirmation
from landbridge.applications.queries import asked_by
from landbridge.applications.rules.content import is_empty
from landbridge.applications.rules.facts import Asked
from landbridge.applications.states import S
from landbridge.calls.models import Call, Question
from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft that can still be handed in, and where it stands."""

    application: Application
    gaps: int
    is_confirmed: bool

    @property
    def name(self) -> str:
        return self.application.title or self.application.offer.name

    @property
    def waits_for_provider(self) -> bool:
        """Complete, shared, and the provider has not said yes to this text."""
        return not self.gaps and self.application.shared_at is not None and not self.is_confirmed

    @property
    def says(self) -> str:
        """What it lacks, in words."""
        parts = []
        if self.gaps:
            text = ngettext("%(count)s part is missing", "%(count)s parts are missing", self.gaps)
            parts.append(text % {"count": self.gaps})
        if self.application.provider_id is None:
            parts.append(_("no partner named yet"))
        elif self.application.shared_at is None:
            parts.append(_("not shared with the partner yet"))
        elif not self.is_confirmed:
            parts.append(_("the partner has not confirmed this text"))
        return ", ".join(parts) or _("complete and confirmed: hand it in")


def open_drafts(actor: Actor, *, at: datetime) -> list[OpenDraft]:
    """The drafts that the actor sees whose call is open, the first to close on top; three queries."""
    rows = Application.objects.visible_to(actor).filter(
        state=S.DRAFT, call__in=Call.objects.open_at(at).values("pk")
    )
    found = list(
        rows.select_related("call", "offer", "applicant", "provider").order_by("call__closes_at", "pk")[:MOST]
    )
    asked = _questions(application.call_id for application in found)
    confirmed = _confirmed(found)
    return [
        OpenDraft(
            application=one,
            gaps=_gaps(one, asked[one.call_id]),
            is_confirmed=one.content_hash() in confirmed[one.pk],
        )
        for one in found
    ]


def _gaps(application: Application, asked: list[Asked]) -> int:
    """How many required parts are empty: the title, the amount, the questions."""
    answers = application.answers
    missing = sum(one.is_required and is_empty(answers.get(one.key)) for one in asked)
    return missing + (not application.title) + (application.requested_eur is None)


def _questions(calls: Iterable[int]) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = defaultdict(list)
    for question in Question.objects.filter(call__in=set(calls)).order_by("position", "pk"):
        found[question.call_id].append(asked_by(question))
    return found


def _confirmed(applications: list[Application]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Confirmation.objects.filter(application__in=[one.pk for one in applications])
    for application_id, content_hash in rows.values_list("application_id", "content_hash"):
        found[application_id].add(content_hash)
    return found
