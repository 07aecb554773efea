"""Who is called, at which moment that is decided, and what a hostile listener can do: nothing."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from landbridge.api import sending
from landbridge.api.rules import webhooks as rules
from landbridge.api.rules.webhooks import is_outer

pytestmark = pytest.mark.once
OUTER = "93.184.216.34"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nThank"


@contextmanager
def a_listener(answer: Callable[[socket.socket], None]) -> Iterator[tuple[int, list[bytes]]]:
    """A real server on this machine; its port, and what it heard."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(10)

    def listen() -> None:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(5)
            try:
                heard.append(connection.recv(65536))
                answer(connection)
            except OSError:
                pass

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], heard
    finally:
        server.close()
        thread.join(timeout=10)


def says(octets: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(octets)


def call(port: int, *, seconds: float = 5, path: str = "/in?a=1") -> sending.Answer:
    return sending.post(
        f"http://localhost:{port}{path}", b"{}", headers={"X-Landbridge-Moment": "1"}, may_be_inner=True,
        seconds=seconds,
    )  # fmt: skip


class TestCalls:
    def test_a_listener_hears_the_body_and_its_headers(self):
        with a_listener(says(OK)) as (port, heard):
            answer = call(port)
        assert (answer.status, answer.text, answer.is_good) == (200, "Thank", True)
        head, _, body = heard[0].partition(b"\r\n\r\n")
        assert head.startswith(b"POST /in?a=1 HTTP/1.1\r\nHost: localhost:")
        assert b"X-Landbridge-Moment: 1" in head
        assert body == b"{}"

    def test_a_redirect_is_not_followed(self):
        with a_listener(
            says(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")
        ) as (port, _):
            answer = call(port)
        assert (answer.status, answer.is_good) == (302, False)

    def test_chunks_are_read(self):
        text = b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbad\r\n0\r\n\r\n"
        with a_listener(says(text)) as (port, _):
            answer = call(port)
        assert (answer.status, answer.text) == (500, "bad")

    @pytest.mark.parametrize(
        "octets", [b"", b"hello\r\n\r\n", b"HTTP/1.1 99999 x\r\n\r\n", b"\x00" * 50, b"HTTP/1.1 abc\r\n\r\n"]
    )
    def test_what_is_no_answer_is_said(self, octets):
        with a_listener(says(octets)) as (port, _):
            answer = call(port)
        assert answer.status is None
        assert "No connection" in answer.text

    def test_an_endless_answer_ends_at_64_kilobytes(self):
        def endless(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                connection.sendall(b"x" * 65536)

        with a_listener(endless) as (port, _):
            answer = call(port)
        assert answer.status == 200
        assert len(answer.text) == sending.SHOWN

    def test_a_listener_that_drips_is_left_in_time(self):
        def drip(connection: socket.socket) -> None:
            for sign in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000:
                connection.sendall(bytes([sign]))
                time.sleep(0.05)

        begun = time.monotonic()
        with a_listener(drip) as (port, _):
            answer = call(port, seconds=0.5)
        assert (answer.status, answer.text) == (None, "No answer in time")
        assert time.monotonic() - begun < 8

    def test_nobody_there_is_said(self):
        free = socket.create_server(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        assert "No connection" in call(port).text

    def test_without_encryption_or_on_another_port_nobody_is_called(self):
        for url in ("http://example.org:443/", "https://example.org:22/", "http://example.org/"):
            answer = sending.post(url, b"{}", headers={}, resolve=lambda *_: [OUTER], dial=never)
            assert "Only https on port 443 or 8443" in answer.text

    def test_encryption_is_really_asked_for(self):
        with a_listener(says(OK)) as (port, heard):
            answer = sending.post(
                f"https://localhost:{port}/", b"{}", headers={}, may_be_inner=True, seconds=3
            )
        assert answer.status is None
        assert heard[0][:1] == b"\x16"  # a greeting of TLS, not a word in the clear


def never(*_args: object) -> socket.socket:
    raise AssertionError("somebody was called")


class TestInnerNetworks:
    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
         "0.0.0.0", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::",
         "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
         "::ffff:8.8.8.8.", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1",
         "2001:db8::1", "::127.0.0.1", "localhost", "", "1.2.3", "0x7f000001"],
    )  # fmt: skip
    def test_is_not_called(self, address):
        assert not is_outer(address)
        answer = sending.post(
            "https://partner.example/", b"{}", headers={}, resolve=lambda *_: [OUTER, address], dial=never
        )
        assert answer.status is None
        assert "inner network" in answer.text

    @pytest.mark.parametrize("address", [OUTER, "8.8.8.8", "2a00:1450:4001:81b::200e", "::ffff:8.8.8.8"])
    def test_the_open_internet_is(self, address):
        assert is_outer(address)

    def test_a_name_that_leads_elsewhere_a_moment_later_leads_nobody_astray(self):
        """DNS rebinding: the first look-up names an outer address, every later one the machine itself."""
        asked, called = [], []

        def rebinding(host: str, _port: int) -> list[str]:
            asked.append(host)
            return [OUTER] if len(asked) == 1 else ["127.0.0.1"]

        def dial(address: str, port: int, _seconds: float) -> socket.socket:
            called.append((address, port))
            raise ConnectionRefusedError("nobody")

        answer = sending.post("https://evil.example/", b"{}", headers={}, resolve=rebinding, dial=dial)
        assert asked == ["evil.example"]
        assert called == [(OUTER, 443)]
        assert "No connection" in answer.text
        again = sending.post("https://evil.example/", b"{}", headers={}, resolve=rebinding, dial=never)
        assert "inner network" in again.text

    def test_a_real_listener_on_this_machine_is_not_called(self):
        with a_listener(says(OK)) as (port, heard):
            for host in ("localhost", "127.0.0.1", "[::1]", "127.1", "0"):
                sending.post(f"https://{host}:{port}/", b"{}", headers={})
                assert "inner" in sending.post(f"https://{host}/", b"{}", headers={}, dial=never).text
        assert heard == []

    def test_a_name_that_nobody_knows_is_said(self):
        answer = sending.post(
            "https://nowhere.example/", b"{}", headers={}, resolve=lambda *_: [], dial=never
        )
        assert "Nobody knows this name" in answer.text


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        ["https://example.org/", "https://example.org:8443/in?x=1", "https://partner.example/landbridge"],
    )
    def test_is_taken(self, url):
        assert list(rules.problems_with_url(url, is_open=False)) == []

    @pytest.mark.parametrize(
        "url",
        ["", "example.org", "http://example.org/", "ftp://example.org/", "https://", "https://user:pass@example.org/",
         "https://example.org:22/", "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/",
         "https://example.org:99999/", "https://exa mple.org/", "https://example.org/\r\nX: y", "https://[::1",
         "https://exämple.org/", "javascript:alert(1)", "https://10.0.0.1\\@example.org/"],
    )  # fmt: skip
    def test_is_refused_with_a_sentence(self, url):
        assert {one.field for one in rules.problems_with_url(url, is_open=False)} == {"url"}


def test_a_signature_is_what_its_documentation_says():
    import hashlib
    import hmac

    expected = hmac.new(b"s3cret", b"1700000000.{}", hashlib.sha256).hexdigest()
    assert rules.signature_of(b"{}", secret="s3cret", moment=1_700_000_000) == f"sha256={expected}"


def test_it_is_tried_twelve_times_from_one_minute_to_a_day():
    waits = [rules.wait_after(tries) for tries in range(1, 13)]
    assert waits[-1] is None
    assert [int(wait.total_seconds() / 60) for wait in waits if wait] == list(rules.WAITS)
    assert (rules.WAITS[0], rules.WAITS[-1], len(rules.WAITS)) == (1, 24 * 60, 11)
