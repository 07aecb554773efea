"""Which summary of an enquiry counts."""

from __future__ import annotations

from landbridge.enquiries.models import Enquiry, Summary


def newest_summary(enquiry: Enquiry) -> Summary | None:
    """The last version that was written, approved or not."""
    return Summary.objects.filter(enquiry=enquiry).order_by("-version").first()


def approved_summary(enquiry: Enquiry) -> Summary | None:
    """The version that may leave the region: the newest, once the company approved it.

    After a change the company approves again; until then nothing new leaves.
    """
    newest = newest_summary(enquiry)
    return newest if newest is not None and newest.approved_at is not None else None


def summaries_of(enquiry: Enquiry) -> list[Summary]:
    """All versions, the newest first."""
    return list(Summary.objects.filter(enquiry=enquiry).order_by("-version"))


def names_of(enquiry: Enquiry) -> tuple[str, ...]:
    """What would name the company in a summary: its name, its web host, its number with us, and whoever asked."""
    company = enquiry.company
    host = company.website.partition("//")[2].partition("/")[0].removeprefix("www.")
    return (company.name, host, enquiry.number, enquiry.asked_by_name, enquiry.asked_by_email)
