"""Another house's sign-in: an OpenID Connect provider small enough to read, on this machine alone."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit


class House(ThreadingHTTPServer):
    """Signs everyone in as `visitor` at once; remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.visitor: dict[str, object] = {}
        self.codes: set[str] = set()


class Desk(BaseHTTPRequestHandler):
    server: House

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/.well-known/openid-configuration":
            ends = {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "userinfo_endpoint": "userinfo",
            }
            here = {name: f"{self.server.address}/{end}" for name, end in ends.items()}
            self._answer({**here, "issuer": self.server.address, "jwks_uri": f"{self.server.address}/keys"})
        elif asked.path == "/authorize":
            wanted = {name: values[0] for name, values in parse_qs(asked.query).items()}
            code = secrets.token_hex(8)
            self.server.codes.add(code)
            self.send_response(302)
            back = urlencode({"code": code, "state": wanted["state"]})
            self.send_header("Location", f"{wanted['redirect_uri']}?{back}")
            self.end_headers()
        elif asked.path == "/userinfo" and self.headers["Authorization"] == "Bearer let-me-in":
            self._answer(self.server.visitor)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if sent.get("code", [""])[0] in self.server.codes:
            self._answer({"access_token": "let-me-in", "token_type": "Bearer"})
        else:
            self.send_error(400)

    def _answer(self, data: dict[str, object]) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: it is not a web server."""


@contextmanager
def open_house() -> Iterator[House]:
    """The house, as long as the block runs."""
    with House() as house:
        thread = threading.Thread(target=house.serve_forever, daemon=True)
        thread.start()
        yield house
        house.shutdown()
        thread.join()
