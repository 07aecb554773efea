"""Several processes post to the same lines at once, on this run's database; nothing is lost or counted twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from tests.databases import NAMED, ROOT


@pytest.mark.everywhere
def test_no_law_of_the_ledger_breaks_under_many_processes():
    seed = random.randrange(10**6)
    print(f"Seed {seed}")
    environment = dict(os.environ)
    if connection.vendor == "postgresql" and NAMED not in environment:
        server = urlsplit(environment["LANDBRIDGE_DATABASE_URL"])
        environment[NAMED] = urlunsplit(server._replace(path="/postgres"))
    command = [sys.executable, "-m", "benchmarks.ledger_stress", "--json", f"--seed={seed}"]
    command += ["--operations=2000", "--processes=4", f"--database={connection.vendor}"]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    result = json.loads(answer.stdout)
    assert result["findings"] == []
    # A busy machine may keep one of SQLite's processes waiting past its time-out; nothing else may go wrong.
    assert [kind for kind in result["conflicts_by_kind"] if "database is locked" not in kind] == []
    assert result["accepted"] + result["refused"] + result["conflicts"] == 2000
    assert min(result["accepted"], result["refused"]) > 300
