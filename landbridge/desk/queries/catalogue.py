"""What waits in the catalogue: for whoever keeps records, for the broker, and for the office."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.catalogue import queries
from landbridge.catalogue.models import Suggestion
from landbridge.catalogue.states import S
from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Task


def to_keep(actor: Actor, *, at: datetime) -> list[Task]:
    """Records to confirm, and suggested edits; two queries."""
    due = queries.due_soon(actor, today=at.date())[:MOST]
    suggested = (
        Suggestion.objects.filter(
            decided_at__isnull=True, record__in=queries.worked_on(actor).order_by().values("pk")
        )
        .select_related("record")
        .order_by("suggested_at", "pk")[:MOST]
    )
    return [
        *(
            Task(
                _("Confirm: %(name)s") % {"name": record.name},
                reverse("catalogue:kept", args=[record.pk]),
                _("It is hidden until somebody says that it is right.")
                if record.state == S.HIDDEN
                else _("One click says that it is still right."),
                record.due_on,
            )
            for record in due
        ),
        *(
            Task(
                _("Look at a suggested edit: %(name)s") % {"name": one.record.name},
                reverse("catalogue:kept", args=[one.record_id]),
                _("A reader noticed something."),
            )
            for one in suggested
        ),
    ]


def to_decide(actor: Actor) -> list[Task]:
    """Records that wait to be published, and claims of ownership; two queries."""
    records = [
        Task(
            _("Publish or return: %(name)s") % {"name": record.name},
            reverse("catalogue:gate", args=[record.pk]),
            record.organisation.name,
        )
        for record in queries.waiting(actor)[:MOST]
    ]
    claims = [
        Task(
            _("Does %(person)s speak for %(name)s?")
            % {"person": claim.person_name, "name": claim.organisation.name},
            reverse("catalogue:claims"),
            _("They want to keep its records."),
        )
        for claim in queries.claims_waiting(actor)[:MOST]
    ]
    return records + claims


def terms_to_decide() -> list[Task]:
    """Terms that were proposed for the list of competences; one query."""
    return [
        Task(
            _("Decide on the term: %(name)s") % {"name": term.name},
            reverse("catalogue:term", args=[term.pk]),
            _("Proposed by %(name)s") % {"name": term.proposed_by_name},
        )
        for term in queries.terms_waiting()[:MOST]
    ]
