"""What is off among applications: frozen copies that changed, numbers with gaps, states without their traces."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from landbridge.applications import rules
from landbridge.applications.models import Application, Decision, Series, Submission
from landbridge.applications.states import S


def findings() -> Iterator[str]:
    """Everything in which applications contradict themselves, in words; nothing when all is well."""
    yield from _changed_copies()
    yield from _gaps()
    yield from _without_traces()


def _changed_copies() -> Iterator[str]:
    """Frozen copies whose content is not what was handed in: its hash says so."""
    for submission in (
        Submission.objects.select_related("application").order_by("pk").iterator(chunk_size=500)
    ):
        if rules.fingerprint(submission.content) != submission.content_hash:
            yield (
                f"The frozen copy {submission.pk} of application {submission.application} was changed after it was "
                "handed in."
            )


def _gaps() -> Iterator[str]:
    """Calls whose numbers are not 1, 2, 3 and so on to the last one given."""
    for series in Series.objects.order_by("pk"):
        numbers = (
            Application.objects.filter(call_id=series.call_id)
            .exclude(number="")
            .values_list("number", flat=True)
        )
        given = sorted(int(number.rpartition("-")[2]) for number in numbers)
        if given != list(range(1, series.last + 1)):
            yield f"The numbers {series.prefix} have gaps: {len(given)} of {series.last} are there."


def _without_traces() -> Iterator[str]:
    """Applications whose state says that something happened of which nothing is left."""
    rows = Application.objects.annotate(
        has_copy=Exists(Submission.objects.filter(application=OuterRef("pk"))),
        has_decision=Exists(Decision.objects.filter(application=OuterRef("pk"))),
    )
    for application in rows.filter(has_copy=False, first_submitted_at__isnull=False).order_by("pk"):
        yield f"Application {application} was handed in, but has no frozen copy."
    for application in rows.filter(has_decision=False, state__in=[S.AWARDED, S.REJECTED]).order_by("pk"):
        yield f"Application {application} is decided, but has no decision."
