"""Facts about enquiries that rules, pages and letters ask for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from landbridge.enquiries import rules
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.queries.people import lead_of
from landbridge.enquiries.states import S
from landbridge.organisations.models import Organisation


def today_for(enquiry: Enquiry, *, at: datetime) -> date:
    """The day on the clock of the company's region."""
    return at.astimezone(ZoneInfo(enquiry.region.time_zone)).date()


def asker_of(company: Organisation, *, is_named: bool = True) -> rules.Asker:
    """The company as the rules of asking see it."""
    has_desk = company.region is not None and company.region.is_active
    return rules.Asker(is_closed=company.is_closed, has_desk=has_desk, is_named=is_named)


def held_until_now(*, at: datetime) -> list[Enquiry]:
    """Those on hold whose day has come in their region."""
    held = Enquiry.objects.filter(state=S.ON_HOLD, hold_until__lte=at.date() + timedelta(days=1))
    rows = held.select_related("region").order_by("hold_until", "pk")
    return [one for one in rows if one.hold_until and one.hold_until <= today_for(one, at=at)]


def twin_of(enquiry: Enquiry, *, number: str) -> Enquiry | None:
    """The enquiry of the same company with this number, however it was typed."""
    meant = rules.meant_by(number)
    return (
        Enquiry.objects.filter(company_id=enquiry.company_id, number=meant[0]).first()
        if len(meant) == 1
        else None
    )


def for_letters(enquiry: Enquiry) -> dict[str, object]:
    """The places of every letter about an enquiry. Its text is not among them: letters are read by many servers."""
    lead = lead_of(enquiry)
    return {
        "number": enquiry.number,
        "title": enquiry.title,
        "company": enquiry.company.name,
        "desk": lead.region.name,
        "desk_email": lead.region.desk_email,
        "broker": lead.person_name,
    }
