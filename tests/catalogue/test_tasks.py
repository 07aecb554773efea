"""What happens by itself: letters on their days, hiding after fifteen months, websites that do not answer."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from landbridge.catalogue import actions, websites
from landbridge.catalogue.models import Record
from landbridge.catalogue.states import S
from landbridge.catalogue.tasks import keeping
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.catalogue import PUBLISHED, a_published_record

OUTER = "93.184.216.34"


class Days:
    """Runs the daily jobs day by day."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, start: datetime) -> None:
        self.at = start
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def go(self, days: int) -> None:
        for _ in range(days):
            self.at += timedelta(days=1)
            for _ in range(2):
                keeping.ask_whether_right.func()
                keeping.hide_unconfirmed.func()


@pytest.mark.django_db
class TestFreshness:
    def test_three_letters_then_it_is_hidden_and_nothing_is_lost(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ):
        record = a_published_record(cast)  # due on 5 May 2027
        days = Days(monkeypatch, datetime(2027, 4, 1, 7, tzinfo=UTC))
        letters = Letter.objects.filter(template="catalogue/still_right").order_by("created_at")
        days.go(140)
        dates = [letter.created_at.date().isoformat() for letter in letters]
        assert dates == ["2027-04-05", "2027-05-05", "2027-06-19"]
        record.refresh_from_db()
        assert record.state == S.HIDDEN
        hidden = Letter.objects.get(template="catalogue/hidden")
        assert hidden.created_at.date().isoformat() == "2027-08-05"
        actions.confirm(record_id=record.pk, by=SYSTEM, at=days.at)
        record.refresh_from_db()
        assert record.state == S.PUBLISHED
        days.go(30)
        assert letters.count() == 3

    def test_a_case_that_used_it_refreshes_it(self, cast: Cast):
        record = a_published_record(cast)
        later = PUBLISHED + timedelta(days=200)
        actions.confirm(record_id=record.pk, way="case", by=cast.actor("danish_sme"), at=later)
        record.refresh_from_db()
        assert record.confirmed_on == later.date()
        assert record.confirmations.order_by("-pk")[0].way == "case"
        actions.withdraw(record_id=record.pk, reason="Sold.", by=SYSTEM, at=later)
        record = actions.confirm(record_id=record.pk, way="case", by=cast.actor("danish_sme"), at=later)
        assert record.state == S.WITHDRAWN


@pytest.mark.django_db
class TestWebsites:
    @pytest.fixture(autouse=True)
    def _hours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keeping, "HOURS_OF_A_WEEK", 1)
        monkeypatch.setattr(clock, "now", lambda: PUBLISHED)

    def test_a_dead_link_is_noted_and_mended(self, cast: Cast):
        record = a_published_record(cast, website="https://example.org/")
        keeping.check_websites(lambda website: False)
        record.refresh_from_db()
        assert record.link_broken_since == PUBLISHED.date()
        keeping.check_websites(lambda website: True)
        record.refresh_from_db()
        assert record.link_broken_since is None

    def test_where_nothing_answers_our_own_network_is_down(self, cast: Cast):
        for number in range(3):
            a_published_record(cast, name=f"R{number}", website="https://example.org/")
        keeping.check_websites(lambda website: False)
        assert not Record.objects.exclude(link_broken_since=None).exists()

    def test_inner_addresses_count_as_dead(self, cast: Cast):
        record = a_published_record(cast, website="http://127.0.0.1/")
        keeping.check_websites(websites.answers)
        record.refresh_from_db()
        assert record.link_broken_since is not None

    def test_it_reaches_out_only_where_it_may(
        self, cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
    ):
        record = a_published_record(cast, website="https://example.org/")
        monkeypatch.setattr(websites, "answers", lambda website: False)
        settings.LANDBRIDGE_LINK_CHECKS = False
        keeping.look_at_websites.func()
        record.refresh_from_db()
        assert record.link_broken_since is None
        settings.LANDBRIDGE_LINK_CHECKS = True
        keeping.look_at_websites.func()
        record.refresh_from_db()
        assert record.link_broken_since is not None


def to(*addresses: str) -> websites.Resolve:
    return lambda host: list(addresses)


def saying(*answers: tuple[int, str]) -> websites.Head:
    left = list(answers)
    return lambda scheme, host, port, address, path: left.pop(0)


@pytest.mark.once
class TestOneWebsite:
    @pytest.mark.parametrize("status", [200, 204, 401, 403, 405, 429, 304])
    def test_somebody_answers(self, status: int):
        assert websites.answers("https://example.org", resolve=to(OUTER), head=saying((status, "")))

    @pytest.mark.parametrize("status", [404, 410, 500, 503])
    def test_nobody_is_there(self, status: int):
        assert not websites.answers("https://example.org/a b?c", resolve=to(OUTER), head=saying((status, "")))

    def test_redirects_are_followed_three_times(self):
        on = (301, "/next")
        assert websites.answers("http://example.org", resolve=to(OUTER), head=saying(on, on, on, (200, "")))
        assert not websites.answers("http://example.org", resolve=to(OUTER), head=saying(on, on, on, on))

    def test_a_name_that_nobody_knows_or_that_is_silent(self):
        def broken(*arguments: object) -> tuple[int, str]:
            raise TimeoutError(arguments)

        assert not websites.answers("http://example.org", resolve=to())
        assert not websites.answers("http://example.org", resolve=to(OUTER), head=broken)
        assert websites.resolve("no-such-host.invalid") == []

    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "172.16.0.1", "0.0.0.0", "::1", "fd00::1",
            "fe80::1%eth0", "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1", "nonsense",
        ],
    )  # fmt: skip
    def test_inner_addresses_are_never_asked(self, address: str):
        for addresses in ([address], [OUTER, address]):
            with pytest.raises(websites.Inner):
                websites.answers("http://example.org/", resolve=to(*addresses), head=saying())

    def test_a_redirect_inside_is_not_followed(self):
        known = {"example.org": [OUTER], "inner.example.org": ["10.0.0.1"]}
        with pytest.raises(websites.Inner):
            websites.answers(
                "http://example.org/",
                resolve=lambda host: known[host],
                head=saying((302, "http://inner.example.org/admin")),
            )

    @pytest.mark.parametrize(
        "website",
        [
            "ftp://example.org/",
            "http://u:p@example.org/",
            "http://example.org:22/",
            "http://",
            "http://[x",
            "//x",
        ],
    )
    def test_only_websites_are_asked(self, website: str):
        with pytest.raises(websites.Inner):
            websites.answers(website, resolve=to(OUTER), head=saying())

    def test_the_real_look_asks_the_given_address_alone(self):
        asked: list[tuple[str, str, str]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                asked.append((self.command, self.path, self.headers["Host"]))
                self.send_response(302)
                self.send_header("Location", "/there")
                self.end_headers()

            def log_message(self, *arguments: object) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.handle_request, daemon=True).start()
        port = server.server_address[1]
        assert websites.head("http", "example.org", port, "127.0.0.1", "/here?x=1") == (302, "/there")
        assert asked == [("HEAD", "/here?x=1", "example.org")]
        server.server_close()
        with pytest.raises(OSError):  # noqa: PT011 - refused, or timed out
            websites.head("https", "example.org", _closed_port(), "127.0.0.1", "/")


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
