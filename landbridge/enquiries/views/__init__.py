"""The pages of enquiries."""

from __future__ import annotations

from landbridge.enquiries.views.enquiry import enquiries, enquiry

__all__ = ["enquiries", "enquiry"]
