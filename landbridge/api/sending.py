"""One signed call to an address of somebody else, which is checked at the moment of connecting and never followed on."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from landbridge.api.rules.webhooks import PORTS, is_outer

SECONDS = 10.0
MOST_OCTETS = 64 * 1024
SHOWN = 500
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

Resolve = Callable[[str, int], list[str]]
Dial = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or None with the reason; the beginning of the text; how long it took in milliseconds."""

    status: int | None
    text: str
    took_ms: int

    @property
    def is_good(self) -> bool:
        """Only a 2xx counts; a redirect is not followed."""
        return self.status is not None and 200 <= self.status < 300


class _NotCalled(Exception):
    """Why nobody was called, or why no answer came."""


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, as the system knows them now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to this very numeric address."""
    return socket.create_connection((address, port), timeout=seconds)


def post(
    url: str,
    body: bytes,
    *,
    headers: dict[str, str],
    may_be_inner: bool = False,
    resolve: Resolve = resolve,
    dial: Dial = dial,
    seconds: float = SECONDS,
) -> Answer:
    """Post the body as JSON; in `seconds` all is over, whatever the other side does. Raises nothing.

    The name is looked up once; every address that it has must belong to the open internet, and the connection goes to
    one of those that were checked: a name that leads elsewhere a moment later leads nobody astray.
    """
    begun = time.monotonic()
    try:
        status, text = _exchange(
            url, body, headers, ends=begun + seconds, may_be_inner=may_be_inner, resolve=resolve, dial=dial
        )
    except _NotCalled as reason:
        status, text = None, str(reason)
    except ssl.SSLCertVerificationError as error:
        status, text = None, f"The certificate is not valid: {error.verify_message}"
    except TimeoutError:
        status, text = None, "No answer in time"
    except (OSError, http.client.HTTPException, ValueError) as error:
        status, text = None, f"No connection: {error}"
    return Answer(status, text[:SHOWN], round((time.monotonic() - begun) * 1000))


def _exchange(
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    ends: float,
    may_be_inner: bool,
    resolve: Resolve,
    dial: Dial,
) -> tuple[int, str]:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
    if not may_be_inner and (parts.scheme != "https" or port not in PORTS):
        raise _NotCalled("Only https on port 443 or 8443 is called")
    address = _checked_address(host, port, may_be_inner=may_be_inner, resolve=resolve)
    connection = dial(address, port, _left(ends))
    try:
        if parts.scheme == "https":
            connection.settimeout(_left(ends))
            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=host)
        name = parts.netloc.rpartition("@")[2]
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        given = {
            "Host": name,
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "User-Agent": "Landbridge",
            "Connection": "close",
            **headers,
        }
        lines = [f"POST {target} HTTP/1.1", *(f"{key}: {value}" for key, value in given.items())]
        head = "\r\n".join(lines)
        if not head.isascii() or "\x00" in head or len(head.splitlines()) != len(lines):
            raise _NotCalled("The address cannot be called")
        connection.settimeout(_left(ends))
        connection.sendall(head.encode() + b"\r\n\r\n" + body)
        return _answer(_received(connection, ends=ends))
    finally:
        connection.close()


def _checked_address(host: str, port: int, *, may_be_inner: bool, resolve: Resolve) -> str:
    addresses = resolve(host, port)
    if not addresses:
        raise _NotCalled("Nobody knows this name")
    if not may_be_inner and not all(is_outer(one) for one in addresses):
        raise _NotCalled("The address lies in an inner network, and was not called")
    return addresses[0]


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _received(connection: socket.socket, *, ends: float) -> bytes:
    """What the other side says, until it ends, or says enough."""
    found = bytearray()
    while len(found) < MOST_OCTETS:
        connection.settimeout(_left(ends))
        piece = connection.recv(min(16 * 1024, MOST_OCTETS - len(found)))
        if not piece:
            break
        found += piece
        if _is_whole(bytes(found)):
            break
    return bytes(found)


def _is_whole(found: bytes) -> bool:
    head, gap, body = found.partition(b"\r\n\r\n")
    if not gap:
        return False
    for line in head.lower().split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name == b"content-length" and value.strip().isdigit() and len(value) < 12:
            return len(body) >= int(value)
        if name == b"transfer-encoding":
            return body.endswith(b"0\r\n\r\n")
    return head.split(b" ", 2)[1:2] in ([b"204"], [b"304"])


class _Heard:
    """Octets that were received, as http.client reads a connection."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets

    def makefile(self, *_args: Any) -> io.BytesIO:
        return io.BytesIO(self.octets)


def _answer(octets: bytes) -> tuple[int, str]:
    response = http.client.HTTPResponse(_Heard(octets), method="POST")  # type: ignore[arg-type]
    response.begin()
    try:
        text = response.read(SHOWN * 4)
    except http.client.HTTPException as error:
        text = getattr(error, "partial", b"")
    plain = text.decode("utf-8", "replace")
    return response.status, "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in plain)
