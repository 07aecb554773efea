"""Whether a website answers: a short look that never reaches an address inside one's own network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

SECONDS = 5
MOST_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str], list[str]]
# Given scheme, host, port, the address to connect to and the path: the status and the address it redirects to.
Head = Callable[[str, str, int, str, str], tuple[int, str]]


class Inner(Exception):
    """The address lies within a network of one's own, or is none at all; it is not asked."""


def resolve(host: str) -> list[str]:
    """The numeric addresses of a host; none where nobody knows it."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def head(scheme: str, host: str, port: int, address: str, path: str) -> tuple[int, str]:  # noqa: PLR0917 - as Head
    """Ask for the head of a page at this very address, so that no second look-up of the name leads elsewhere."""
    raw = socket.create_connection((address, port), timeout=SECONDS)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        is_safe = scheme == "https"
        connection.sock = (
            ssl.create_default_context().wrap_socket(raw, server_hostname=host) if is_safe else raw
        )
        connection.request("HEAD", path, headers={"User-Agent": "Landbridge link check", "Host": host})
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()
        raw.close()


def answers(website: str, *, resolve: Resolve = resolve, head: Head = head) -> bool:
    """Whether somebody answers there, after three redirects at most. Raises Inner for addresses of inner networks.

    A page that wants a password or does not like short looks (401, 403, 405, 429) answers as well.
    """
    for _ in range(MOST_REDIRECTS + 1):
        scheme, host, port, path = _parts(website)
        addresses = resolve(host)
        if any(not _is_outer(address) for address in addresses):
            raise Inner(host)
        if not addresses:
            return False
        try:
            status, location = head(scheme, host, port, addresses[0], path)
        except (OSError, http.client.HTTPException):
            return False
        if status not in range(300, 400) or not location:
            return status not in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE) and status < 500
        website = urljoin(website, location)
    return False


def _parts(website: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path; only the usual ports, and no address with a password in it."""
    try:
        found = urlsplit(website)
        port = found.port
    except ValueError as error:
        raise Inner(website) from error
    if (
        found.scheme not in PORTS
        or not found.hostname
        or found.username
        or port not in (None, *PORTS.values())
    ):
        raise Inner(website)
    path = (found.path or "/") + (f"?{found.query}" if found.query else "")
    return (
        found.scheme,
        found.hostname,
        port or PORTS[found.scheme],
        path.encode("ascii", "ignore").decode().replace(" ", "%20"),
    )


def _is_outer(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast
