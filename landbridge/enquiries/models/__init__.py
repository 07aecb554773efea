"""The tables of enquiries."""

from __future__ import annotations

from landbridge.enquiries.models.correspondence import Message, Note
from landbridge.enquiries.models.enquiry import Enquiry, Summary, Want
from landbridge.enquiries.models.leading import Lead, Sight
from landbridge.enquiries.models.searching import Candidate

__all__ = ["Candidate", "Enquiry", "Lead", "Message", "Note", "Sight", "Summary", "Want"]
