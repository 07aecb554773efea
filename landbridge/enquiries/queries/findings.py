"""What is off with enquiries, for `landbridge verify`: who leads, whose clocks run, who still sees a summary."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from landbridge.clocks.models import Clock
from landbridge.enquiries.models import Enquiry, Lead, Sight
from landbridge.enquiries.queries.findings_of_cases import case_findings
from landbridge.enquiries.states import LeadState, S

ENDED = (S.CLOSED, S.DECLINED)


def findings() -> Iterator[str]:
    """Each enquiry that nobody or more than one desk leads, that has ended and still causes something, or is seen for ever."""
    led = Count("leads", filter=Q(leads__state=LeadState.ACCEPTED))
    wrong = Enquiry.objects.annotate(led=led).exclude(led=1).order_by("pk")
    for number, desks in wrong.values_list("number", "led"):
        yield f"Enquiry {number} is led by {desks} desks instead of one."
    ended = Enquiry.objects.filter(state__in=ENDED)
    running = Clock.objects.open().filter(
        about_table=Enquiry._meta.label_lower, about_id__in=ended.values("pk")
    )
    for number in running.order_by("pk").values_list("about_name", flat=True):
        yield f"Enquiry {number} has ended, but a clock of it still runs."
    for lead in (
        Lead.objects.offered().filter(enquiry__in=ended).select_related("enquiry", "region").order_by("pk")
    ):
        yield f"Enquiry {lead.enquiry.number} has ended, but is still offered to the desk of {lead.region}."
    sights = Sight.objects.filter(ended_at__isnull=True, enquiry__in=ended).select_related(
        "enquiry", "region"
    )
    for sight in sights.order_by("pk"):
        yield f"Enquiry {sight.enquiry.number} has ended, but the desk of {sight.region} still sees its summary."
    for sight in (
        Sight.objects.filter(summary__approved_at__isnull=True).select_related("enquiry").order_by("pk")
    ):
        yield f"A summary of enquiry {sight.enquiry.number} was shown that the company had not approved."
    yield from _clocks_of_other_desks()
    yield from case_findings()


def _clocks_of_other_desks() -> Iterator[str]:
    """Clocks of an enquiry run at the desk that leads it, and nowhere else."""
    leads = dict(Lead.objects.accepted().values_list("enquiry_id", "region_id"))
    rows = Clock.objects.open().filter(about_table=Enquiry._meta.label_lower).order_by("pk")
    for about_id, number, region_id in rows.values_list("about_id", "about_name", "region_id"):
        if leads.get(about_id) != region_id:
            yield f"A clock of enquiry {number} runs at a desk that does not lead it."
