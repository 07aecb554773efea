"""The registrations of an event as their organiser reads them: filtered, counted, exported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from landbridge.events.models import Event, Registration, RegistrationRows
from landbridge.events.queries.coming import completeness
from landbridge.events.queries.mine import answers_of
from landbridge.events.rules.answers import questions_of
from landbridge.events.states import TAKING_PART

# Of whom something is missing that others or the timetable need.
GAPS = (
    Q(offers="") | Q(seeks="") | Q(wants_to_meet="") | Q(job_title="") | Q(languages=[])
)  # fmt: skip


def without_slots(rows: RegistrationRows) -> RegistrationRows:
    """Those with a place at an event with meetings who want some, and have not said when they are there."""
    return rows.filter(
        state__in=TAKING_PART, event__has_meetings=True, wants_meetings=True, slots__isnull=True
    )


def listed(
    rows: RegistrationRows,
    *,
    state: str = "",
    attendee: str = "",
    region: int = 0,
    lacks: str = "",
    text: str = "",
) -> QuerySet[Registration]:
    """Those that fit, the first to hand in first, drafts last."""
    if state:
        rows = rows.filter(state=state)
    if attendee:
        rows = rows.filter(attendee=attendee)
    if region:
        rows = rows.filter(region_id=region)
    if lacks == "slots":
        rows = without_slots(rows)
    elif lacks == "profile":
        rows = rows.filter(GAPS | Q(competences__isnull=True)).distinct()
    if text:
        rows = rows.filter(
            Q(name__icontains=text) | Q(organisation_name__icontains=text) | Q(email__icontains=text)
            | Q(code=text.replace(" ", "").upper())
        )  # fmt: skip
    found = rows.select_related("event", "region").prefetch_related("competences")
    return found.order_by("submitted_at", "pk")


def to_remind_of_slots(event: Event, *, before: datetime) -> list[int]:
    """Whom to remind: not reminded since `before`, and their place is not newer than that. Ids."""
    rows = without_slots(Registration.objects.filter(event=event))
    rows = rows.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=before))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def export_header(event: Event, *, is_kept: bool) -> list[str]:
    """The names of the columns; how to reach somebody, their code and their needs are for the organiser alone."""
    fixed = [
        _("State"), _("Name"), _("Position"), _("Organisation"), _("Comes as"), _("Region"), _("Country"),
        _("Offers"), _("Seeks"), _("Wants to meet"), _("Languages"), _("Profile, per cent"), _("Said when"),
        _("Handed in"), _("Came"),
    ]  # fmt: skip
    own = [_("E-mail"), _("Telephone"), _("Code"), _("Step-free"), _("Needs")]
    asked = [question.label for question in questions_of(event.questions)]
    return [*fixed, *own, *asked] if is_kept else fixed


def export_rows(rows: QuerySet[Registration], *, event: Event, is_kept: bool) -> Iterator[list[object]]:
    """One row for each registration."""
    labels = [question.label for question in questions_of(event.questions)]
    for one in rows.iterator(chunk_size=500):
        line: list[object] = [
            _(one.shown_state.label), one.name, one.job_title, one.organisation_name, _(one.shown_attendee.label),
            one.region.name if one.region else "", one.country, one.offers, one.seeks, one.wants_to_meet,
            " ".join(one.languages), completeness(one).percent, one.slots is not None, one.submitted_at,
            one.attended_at,
        ]  # fmt: skip
        if is_kept:
            given = dict(answers_of(one))
            line += [one.email, one.telephone, one.code, one.needs_step_free, one.needs]
            line += [given.get(label, "") for label in labels]
        yield line
