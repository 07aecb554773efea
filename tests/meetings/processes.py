"""What stands in for the child's work in tests; it must be importable without the product's settings."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection
from typing import Any


def is_killed(pipe: Connection, *_: Any) -> None:
    """Killed from outside, as by a machine short of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def leaves(pipe: Connection, *_: Any) -> None:
    """Ends without a word."""
    pipe.close()
    os._exit(3)


def dawdles(pipe: Connection, *_: Any) -> None:
    """Takes for ever."""
    time.sleep(600)


def says_which_modules_it_has(pipe: Connection, *_: Any) -> None:
    """Answers with the names of Django's modules that came into the child."""
    import sys

    import landbridge.meetings.solving  # noqa: F401

    found = sorted(name for name in sys.modules if name.split(".")[0] == "django")
    pipe.send(("trouble", ",".join(found) or "none"))
    pipe.close()
