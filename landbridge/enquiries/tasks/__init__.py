"""What happens to enquiries by itself."""

from __future__ import annotations

from landbridge.enquiries.tasks.leading import end_sights, expire_offers, pass_on, tell_whom_to_call
from landbridge.enquiries.tasks.resuming import resume_held

__all__ = ["end_sights", "expire_offers", "pass_on", "resume_held", "tell_whom_to_call"]
