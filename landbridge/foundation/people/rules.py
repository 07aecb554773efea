"""What a person may and may not do with their own account: values in, problems out."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.foundation.problems import N_, Problem

# The texts that people agree to carry the month of their last change; a new text asks for a new consent.
TEXT_VERSIONS = {"privacy": "2026-11", "news": "2026-11"}


def problems_with_withdrawal(purpose: str) -> Iterator[Problem]:
    """The notice on personal data is the ground on which the account stands; all other consents are free."""
    if purpose == "privacy":
        yield Problem(
            code="account_needs_this",
            message=N_("Your account cannot exist without this agreement."),
            cure=N_(
                "Ask the programme office to close your account; it tells you what must be kept, and until when."
            ),
        )
