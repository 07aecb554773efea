"""The clocks of an enquiry: which duty begins and ends with which move. The word `clocks` measures them."""

from __future__ import annotations

from datetime import datetime

from landbridge.clocks import actions as clocks
from landbridge.clocks.states import Ending
from landbridge.enquiries.actions.around import _end_around
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.permissions.actor import Actor
from landbridge.programmes.models import Region

ACKNOWLEDGE, ASSIGN = "enquiries.acknowledge", "enquiries.assign"
FIRST_CONTACT, ANALYSIS = "enquiries.first_contact", "enquiries.analysis"
SEARCH, OUTCOME = "enquiries.search", "enquiries.outcome"


def _begin(*duties: str, enquiry: Enquiry, region: Region, by: Actor, at: datetime) -> None:
    """Start these duties of the desk that leads; those that run already stay as they are."""
    for duty in duties:
        clocks.start(duty=duty, about=enquiry, region=region, by=by, at=at)


def _end(*duties: str, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """These duties are done; those that do not run are left alone."""
    for duty in duties:
        clocks.stop(duty=duty, about=enquiry, by=by, at=at)


def _end_all(enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """Nothing more is owed; nobody else is asked to lead it any more, or sees its summary."""
    _end_around(enquiry, by=by, at=at)
    clocks.stop(about=enquiry, ending=Ending.CANCELLED, by=by, at=at)
