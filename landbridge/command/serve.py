"""`landbridge serve`: the web server, with the background jobs in threads where there is no worker of its own."""

from __future__ import annotations

import argparse
import gc
import socket
from typing import Any

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

EXAMPLES = """  landbridge serve
  landbridge serve --port 9000 --processes 4 --without-jobs"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine alone)"
    )
    parser.add_argument("--port", type=int, default=8000, help="port to listen on; 0 picks a free one")
    parser.add_argument("--processes", type=int, default=1, help="more than one needs PostgreSQL")
    parser.add_argument("--threads", type=int, default=8, help="threads of each process")
    parser.add_argument("--without-jobs", action="store_true", help="leave the jobs to `landbridge worker`")


def run(options: argparse.Namespace) -> Answer:
    """Serve until told to stop."""
    port = free_port(options.host, options.port)
    print(f"Landbridge listens on http://{options.host}:{port}", flush=True)
    listen(options, port=port)
    return Answer(lines=[])


def free_port(host: str, wanted: int) -> int:
    """The wanted port if it is free, a free one for 0; fails with a sentence otherwise."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError as error:
            raise CommandFailed(
                f"Port {wanted} on {host} cannot be used ({error.strerror}); name another with --port."
            ) from None
        return int(probe.getsockname()[1])


def free_port_near(host: str, wanted: int) -> int:
    """The wanted port, or the first free one after it: the demonstration starts whatever else runs here."""
    for port in range(wanted, wanted + 50) if wanted else (0,):
        try:
            return free_port(host, port)
        except CommandFailed:
            continue
    return free_port(host, 0)


def listen(options: argparse.Namespace, *, port: int) -> None:
    """Hand over to gunicorn; returns when it was told to stop."""
    from django.core.management import call_command
    from django.urls import resolve
    from gunicorn.app.base import BaseApplication

    from landbridge.foundation.jobs import threads

    call_command("collectstatic", verbosity=0, interactive=False)
    # Only now: the application looks once, when it is made, which static files there are.
    from landbridge.config.wsgi import application

    with_jobs = not options.without_jobs

    class Server(BaseApplication):
        def load_config(self) -> None:
            configuration: dict[str, Any] = {
                "bind": f"[{options.host}]:{port}" if ":" in options.host else f"{options.host}:{port}",
                "workers": options.processes,
                "threads": options.threads,
                "worker_class": "gthread",
                "control_socket_disable": True,
                "timeout": 60,
                "graceful_timeout": 10,
                "loglevel": "warning",
                "accesslog": None,
                "proc_name": "landbridge",
            }
            if with_jobs:
                configuration["post_worker_init"] = lambda _: threads.start_threads()
                configuration["worker_exit"] = lambda _server, _worker: threads.stop_threads()
            for name, value in configuration.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    resolve("/")  # reads every page's code now, not while the first visitor waits
    gc.collect()
    gc.freeze()  # what stays for ever need not be looked through again and again: that took up to 0.2 s each time
    Server().run()
