"""Who may be told what under which address, how it is signed, and when it is tried again."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

from landbridge.foundation.problems import N_, Problem

MOST_WEBHOOKS = 10
MOST_EVENTS = 100
MOST_TRIES = 12
MOST_FAILURES = 40
PORTS = (443, 8443)
# After each try that failed, in minutes: at once there is little hope, after two days there is none.
WAITS = (1, 2, 5, 15, 30, 60, 120, 240, 480, 960, 1440)
EVENT = re.compile(r"[a-z_]{1,40}\.[a-z_]{1,60}|[a-z_]{1,40}\.\*")
# Of things that everybody may read, a stranger is told what everybody may know, and nothing of what happens inside.
PUBLIC_VERBS = frozenset(
    {"announced", "cancelled", "closed", "confirmed", "deadline_moved", "ended", "extended", "finished", "held",
     "hidden", "moved", "opened", "published", "recording_shown", "withdrawn"}
)  # fmt: skip
# Networks that belong to somebody's inside, beyond those that Python's `is_global` knows: translators to IPv4
# (RFC 6052, RFC 8215, RFC 3056, RFC 4380) whose addresses hide one.
HIDING = tuple(
    ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)


@dataclass(frozen=True, slots=True)
class Wished:
    """What somebody wants to be told, and where."""

    url: str
    events: Sequence[str]
    known: Collection[str]
    others: int = 0
    is_open: bool = False


def problems_with_webhook(wished: Wished) -> Iterator[Problem]:
    """The address is one that may be called, and the events exist."""
    yield from problems_with_url(wished.url, is_open=wished.is_open)
    if not wished.events:
        yield Problem(
            code="no_events",
            message=N_("No event is chosen."),
            cure=N_("Choose at least one."),
            field="groups",
        )
    unknown = next((one for one in wished.events if not is_known(one, wished.known)), None)
    if unknown is not None:
        yield Problem(
            code="unknown_event",
            message=N_("There is no event “%(event)s”."),
            cure=N_("Write each as the documentation does, such as voucher.awarded, one a line."),
            field="single",
            params={"event": unknown[:80]},
        )
    if len(wished.events) > MOST_EVENTS:
        yield Problem(
            code="too_many_events",
            message=N_("These are more than %(most)s events."),
            cure=N_("Choose a whole group instead."),
            field="single",
            params={"most": MOST_EVENTS},
        )
    if wished.others >= MOST_WEBHOOKS:
        yield Problem(
            code="too_many_webhooks",
            message=N_("You have %(most)s webhooks already."),
            cure=N_("Delete one that nobody needs any more."),
            params={"most": MOST_WEBHOOKS},
        )


def problems_with_url(url: str, *, is_open: bool) -> Iterator[Problem]:
    """An https address on a usual port without a password in it. Where it leads is checked whenever it is called."""
    found = _parts(url)
    if found is None or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        yield _wrong(
            N_("This is no address that can be called."), N_("Such as https://example.org/landbridge")
        )
        return
    if found.scheme != "https" and not (is_open and found.scheme == "http"):
        yield _wrong(
            N_("The address does not begin with https://."), N_("Only encrypted addresses are called.")
        )
    if found.username is not None or found.password is not None:
        yield _wrong(
            N_("There is a name or a password in the address."),
            N_("Leave it out: every delivery is signed, which is how your program knows us."),
        )
    if not is_open and (found.port or 443) not in PORTS:
        yield _wrong(N_("This port is not called."), N_("Use port 443 or 8443."))
    literal = (found.hostname or "").strip("[]")
    if not is_open and (_is_address(literal) and not is_outer(literal)):
        yield inner()


def inner() -> Problem:
    """The address leads into somebody's inner network."""
    return _wrong(
        N_("This address lies in an inner network, and is not called."),
        N_("Give an address that everybody can reach."),
    )


def is_outer(address: str) -> bool:
    """Whether a numeric address belongs to the open internet, whatever it hides behind.

    Private, loopback, link-local, shared (CGNAT), reserved and multicast addresses do not, nor do IPv6 addresses
    that stand for such an IPv4 address (mapped, NAT64, 6to4, Teredo).
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in HIDING) or found.packed[:12] == bytes(12):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def signature_of(body: bytes, *, secret: str, moment: int) -> str:
    """HMAC-SHA256 over moment, a full stop and the body, as the header bears it."""
    return "sha256=" + hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def wait_after(tries: int) -> timedelta | None:
    """How long until the next try after so many that failed; None when it is given up."""
    return timedelta(minutes=WAITS[tries - 1]) if 0 < tries < MOST_TRIES else None


def is_wanted(event: str, wanted: Collection[str]) -> bool:
    """Whether an event is among those that were chosen, by its name or its group."""
    return event in wanted or f"{event.partition('.')[0]}.*" in wanted


def is_known(wish: str, known: Collection[str]) -> bool:
    """Whether there is such an event, or such a group."""
    if not EVENT.fullmatch(wish):
        return False
    group = wish.removesuffix("*")
    return wish in known or (group != wish and any(event.startswith(group) for event in known))


def is_public(event: str) -> bool:
    """Whether everybody may hear of it, where everybody may read what it happened to."""
    return event.partition(".")[2] in PUBLIC_VERBS


def _parts(url: str) -> SplitResult | None:
    try:
        found = urlsplit(url)
        _ = found.port
    except ValueError:
        return None
    return found if found.hostname else None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _wrong(message: str, cure: str) -> Problem:
    return Problem(code="address", message=message, cure=cure, field="url")
