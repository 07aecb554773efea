"""What an e-mail is: from a person, written by a machine, or going round in circles. Plain values in, a verdict out."""

from __future__ import annotations

import re
from enum import StrEnum

from landbridge.foundation.inbox.reading import Mail
from landbridge.foundation.problems import N_

MOST_HOPS = 40
MOST_AN_HOUR = 20  # e-mails from one address; nobody answers more often by hand


class Verdict(StrEnum):
    """What became of an e-mail."""

    ACCEPTED = "accepted"
    AUTOMATIC = "automatic"
    LOOP = "loop"
    QUARANTINE = "quarantine"
    TOO_LARGE = "too_large"
    DUPLICATE = "duplicate"

    @property
    def label(self) -> str:
        return VERDICT_NAMES[self]


VERDICT_NAMES = {
    Verdict.ACCEPTED: N_("Delivered"),
    Verdict.AUTOMATIC: N_("Automatic answer"),
    Verdict.LOOP: N_("Going round in circles"),
    Verdict.QUARANTINE: N_("In quarantine"),
    Verdict.TOO_LARGE: N_("Too large"),
    Verdict.DUPLICATE: N_("Came before"),
}

# Why an e-mail could not be placed, in words; what is not here is the header that gave it away.
WHY = {
    "bad_signature": N_("It was sent to a reply address that is not one of ours, or was changed on the way."),
    "no_reply_address": N_("It was not sent to a reply address."),
    "unknown_sender": N_("It was sent from another address than the one that our letter went to."),
    "unknown_kind": N_("It answers something of a kind that is not here any more."),
    "gone": N_("What it answers is not here any more."),
    "nothing_said": N_("Nothing is written in it, and no file of it could be taken."),
}

_MACHINES = re.compile(
    r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|daemon|auto-?(reply|responder)|notifications?)([+.=-].*)?@.*"
)
_AWAY = re.compile(
    r"(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|abwesenheitsnotiz|automatische antwort"
    r"|réponse automatique|automatisch antwoord|automatisk svar|autosvar|respuesta automática"
    r"|undeliver(ed|able)|delivery status notification|mail delivery failed|returned mail)\b.*",
    re.IGNORECASE,
)


def why_automatic(mail: Mail) -> str:
    """By what an automatic e-mail is known, "" for one that a person wrote. Source: RFC 3834, sections 2 and 5."""
    headers = {name.lower(): value.strip().lower() for name, value in mail.headers.items()}
    submitted = headers.get("auto-submitted", "no").partition(";")[0].strip()
    if submitted != "no":
        return "Auto-Submitted"
    if headers.get("precedence") in {"bulk", "junk", "list", "auto_reply"}:
        return "Precedence"
    for name in ("x-autoreply", "x-autorespond", "x-failed-recipients", "feedback-id"):
        if name in headers:
            return name.title()
    if headers.get("return-path") in {"<>", ""}:
        return "Return-Path"
    if headers.get("content-type", "").startswith("multipart/report"):
        return "multipart/report"
    if _MACHINES.fullmatch(mail.sender):
        return "From"
    return "Subject" if _AWAY.match(mail.subject) else ""


def why_loop(mail: Mail, *, our_addresses: frozenset[str], is_our_letter: bool, lately: int) -> str:
    """By what an e-mail is known that would go round in circles, "" for any other.

    `is_our_letter`: its Message-ID is one of ours; `lately`: how many came from this address within an hour.
    """
    if is_our_letter:
        return "Message-ID"
    if mail.sender in our_addresses:
        return "From"
    for name in ("List-Id", "List-Post", "X-Loop"):
        if name in mail.headers:
            return name
    if mail.hops > MOST_HOPS:
        return "Received"
    return "Rate" if lately >= MOST_AN_HOUR else ""
