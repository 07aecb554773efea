"""Every operation of the API in one table, and the pages that have none, each with its reason."""

from __future__ import annotations

import functools
from importlib import import_module

from landbridge.api.table.operation import Operation, pages

# The words whose pages take posts; each has its rows in a module of its name.
WORDS = (
    "access", "applications", "budgets", "calls", "catalogue", "claims", "clocks", "coaching", "collaborations",
    "enquiries", "events", "inbox", "indicators", "introductions", "meetings", "memberships", "organisations", "outbox", "pitches",
    "profiles", "programmes", "stories", "surveys", "vouchers", "webinars",
)  # fmt: skip

WHO_SOMEBODY_IS = (
    "Who somebody is, and how they sign in, is decided in a browser by themselves, never by a program."
)
BY_LETTER = (
    "Opened from a letter by somebody without an account: the link is the key, and no other key is needed."
)
A_DOOR = "A door for machines of its own, with its own key and its own document."

# Pages without an operation: by name, or by the beginning of names that end in *.
WITHOUT = {
    "account_*": WHO_SOMEBODY_IS,
    "api:*": "Keys, webhooks and private addresses are made in a browser: a program cannot widen its own rights.",
    "catalogue:consent": BY_LETTER,
    "catalogue:not_mine": BY_LETTER,
    "catalogue:still_right": BY_LETTER,
    "catalogue:unsubscribe": BY_LETTER,
    "events:arrival": "Opened by the camera of a telephone at the door; programs check in by code at check-in.",
    "events:check_in_scans": "It is JSON already: the check-in page sends what it scanned while it had no network.",
    "idp:*": A_DOOR,
    "inbox:door": A_DOOR,
    "introductions:by_letter_*": BY_LETTER,
    "memberships:acceptance": BY_LETTER,
    "memberships:worn": "A key has one hat for as long as it lives; make another key for another hat.",
    "mfa_*": WHO_SOMEBODY_IS,
    "openid_connect_*": WHO_SOMEBODY_IS,
    "public:oai": A_DOOR,
    "socialaccount_*": WHO_SOMEBODY_IS,
    "surveys:answer_question": BY_LETTER,
    "surveys:answer_summary": BY_LETTER,
    "surveys:decline": BY_LETTER,
    "surveys:unsubscription": BY_LETTER,
    "usersessions_*": WHO_SOMEBODY_IS,
    "webinars:consent": BY_LETTER,
    "webinars:told": A_DOOR,
}


@functools.cache
def operations() -> dict[str, Operation]:
    """Every operation by the name of its page, in the order of the words."""
    rows: list[Operation] = []
    for word in WORDS:
        rows += import_module(f"landbridge.api.table.{word}").OPERATIONS
    return {row.name: row for row in rows}


def reason_without(name: str) -> str:
    """Why a page has no operation, or an empty text."""
    if name in WITHOUT:
        return WITHOUT[name]
    return next((why for key, why in WITHOUT.items() if key.endswith("*") and name.startswith(key[:-1])), "")


def missing() -> list[str]:
    """Pages that take posts and have neither an operation nor a reason."""
    return sorted(name for name in pages() if name not in operations() and not reason_without(name))
