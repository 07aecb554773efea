"""The pages of applications."""

from __future__ import annotations

from landbridge.applications.views.application import application, copy, receipt, submission
from landbridge.applications.views.decisions import rejection, return_, withdrawal
from landbridge.applications.views.drafting import draft, from_access, from_meeting, text
from landbridge.applications.views.lists import applications, export
from landbridge.applications.views.provider import confirmation, contact, new_provider, provider, sharing

__all__ = [
    "application",
    "applications",
    "confirmation",
    "contact",
    "copy",
    "draft",
    "export",
    "from_access",
    "from_meeting",
    "new_provider",
    "provider",
    "receipt",
    "rejection",
    "return_",
    "sharing",
    "submission",
    "text",
    "withdrawal",
]
