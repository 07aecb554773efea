#!/usr/bin/env python3
"""The only commands anyone learns: demo, test, check, docs, bench, sh.

Each prepares `.venv` from the lock files in `requirements/` (once; the second start is instant) and then becomes
the program itself, so that signals arrive there. Needs Python 3.11 or newer with pip and nothing else: no root,
no compiler, no make, no git. An older Python reads this file just far enough to say so: hence its plain syntax.
"""

import sys

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    sys.exit(
        "Landbridge needs Python {}.{} or newer, and this is Python {}.{}: name a newer one, for example"
        " `python{}.{} run.py demo`.".format(*(OLDEST + tuple(sys.version_info[:2]) + OLDEST))
    )

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import time
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PIP = (22, 3)  # the first that installs into another environment

# Each set of packages stands on those before it; a command needs the sets up to its own.
SETS = ("runtime", "scale", "test", "dev")
NEEDS = {
    "demo": "runtime",
    "test": "test",
    "check": "dev",
    "docs": "runtime",
    "bench": "test",
    "sh": "runtime",
}

CHECKS = (
    ("the code", "ruff check ."),
    ("its format", "ruff format --check ."),
    ("the templates", "djlint --lint --quiet landbridge"),
    ("the types", "mypy"),
    ("the ladder of imports", "lint-imports --no-logo"),
    ("common security mistakes", "bandit --quiet --recursive -ll --configfile pyproject.toml landbridge"),
    ("that generated documents are fresh", "python -m landbridge docs --check"),
    ("the messages of the languages", "python -m landbridge messages check"),
)
AUDIT = (
    "known vulnerabilities",
    "pip-audit --strict --require-hashes --disable-pip --progress-spinner off"
    + "".join(f" --requirement requirements/{name}.txt" for name in SETS),
)
COMMANDS = """commands:
  demo     set everything up and serve the demonstration on this machine
  test     the tests, on SQLite and on PostgreSQL; takes pytest's arguments
  check    style, templates, types, imports, security; with --audit also known vulnerabilities (over the network)
  docs     write the generated reference documents; with --check only compare
  bench    measure
  sh       a shell in the prepared environment, or one command there: run.py sh landbridge --help

What follows the command is passed on."""


def main(arguments: Sequence[str]) -> None:
    """Prepare what the command needs, then become it."""
    command, rest = understood(arguments)
    prepare(SETS[: SETS.index(NEEDS[command]) + 1])
    if command == "sh":
        command_line = rest[1:] if rest[:1] == ["--"] else rest
        become(*(command_line or [os.environ.get("SHELL", "/bin/sh")]))
    os.chdir(ROOT)
    if command == "check":
        sys.exit(check(rest))
    elif command == "test":
        become("python", "-m", "tests", *rest)
    elif command == "bench":
        become("python", "-m", "benchmarks", *rest)
    become("python", "-m", "landbridge", command, *rest)


def understood(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The command, and all that follows it, which belongs to the program it starts."""
    parser = argparse.ArgumentParser(
        prog="run.py",
        usage="python3 run.py command …",
        description="Landbridge, from a fresh checkout.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=COMMANDS,
    )
    parser.add_argument("command", choices=tuple(NEEDS), help=argparse.SUPPRESS)
    return parser.parse_args(arguments[:1]).command, list(arguments[1:])


def check(arguments: Sequence[str]) -> int:
    """Run every check to its end, then say which of them found something; the exit code."""
    parser = argparse.ArgumentParser(prog="run.py check")
    parser.add_argument(
        "--audit", action="store_true", help="also ask for known vulnerabilities, over the network"
    )
    checks = CHECKS + ((AUDIT,) if parser.parse_args(arguments).audit else ())
    unhappy = []
    for about, command_line in checks:
        say(f"── Checking {about}: {command_line}")
        program, *options = command_line.split()
        if subprocess.call([found(program), *options], env=environment()) != 0:
            unhappy.append(about)
    say(f"── {len(checks) - len(unhappy)} checks passed, {len(unhappy)} failed")
    for about in unhappy:
        say(f"   Failed: {about}")
    return 1 if unhappy else 0


# ── Becoming a program of the environment ────────────────────────────────────────────────────────────────────────────
def become(program: str, *arguments: str) -> NoReturn:
    """Replace this process, so that signals and exit code are the program's own."""
    sys.stdout.flush()
    os.execve(found(program), [program, *arguments], environment())


def found(program: str) -> str:
    """The path of a program, first in the environment, then on this machine."""
    path = shutil.which(program, path=environment()["PATH"])
    if path is None:
        sys.exit(f"There is no program {program!r}, neither in .venv nor on this machine.")
    return path


def environment() -> dict[str, str]:
    """What a shell that activated `.venv` would have."""
    changed = dict(
        os.environ, VIRTUAL_ENV=str(VENV), PATH=f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    )
    changed.pop("PYTHONHOME", None)
    return changed


# ── Preparing the environment ────────────────────────────────────────────────────────────────────────────────────────
def prepare(sets: Sequence[str]) -> None:
    """Make `.venv` and install what is missing; nothing at all, and no network, if the stamps match."""
    with one_at_a_time():
        if not PYTHON.exists() or stamp("environment") != maker():
            say(f"Making .venv for Python {sys.version_info.major}.{sys.version_info.minor}.")
            make_environment()
        missing = [name for name in sets if stamp(name) != fingerprint(name)]
        pip = pip_for_environment() if missing else []
        for name in missing:
            install(name, pip=pip)


def maker() -> str:
    """What a virtual environment is bound to: its Python, and where it stands."""
    return f"{sys.version_info.major}.{sys.version_info.minor} {sys.base_prefix} {ROOT}"


def fingerprint(name: str) -> str:
    """Changes with the lock file of a set."""
    return hashlib.sha256((ROOT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


def stamp(name: str, *, write: str = "") -> str:
    """What was written when this part was done; empty if it never was. Lives and dies with `.venv`."""
    path = VENV / f".{name}.stamp"
    if write:
        path.write_text(write, encoding="utf-8")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def make_environment() -> None:
    """An empty `.venv` that knows Landbridge: as a package to import and as a command."""
    venv.EnvBuilder(with_pip=False, clear=True, symlinks=True, prompt="landbridge").create(VENV)
    packages = VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    (packages / "landbridge.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = VENV / "bin" / "landbridge"
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m landbridge "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    stamp("environment", write=maker())


def install(name: str, *, pip: Sequence[str]) -> None:
    """Install one set from its lock file: wheels only, each with its hash. Ends the program if that fails."""
    lock_file = ROOT / "requirements" / f"{name}.txt"
    number = len(re.findall(r"^\S+==", lock_file.read_text(encoding="utf-8"), flags=re.MULTILINE))
    say(f"Installing the {name} packages ({number}) ", end="")
    began = time.monotonic()
    command = [*pip, "install", "--require-hashes", "--only-binary=:all:", f"--requirement={lock_file}"]
    told: list[str] = []
    with subprocess.Popen(
        [*command, "--progress-bar=off"],
        env=dict(os.environ, PIP_USER="0", PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            told.append(line)
            if line.startswith(("Collecting", "Processing", "Installing")):
                say(".", end="")
    if process.returncode != 0:
        sys.exit(
            f"\n{''.join(told[-20:])}\npip could not install requirements/{name}.txt; its words are above."
        )
    stamp(name, write=fingerprint(name))
    say(f" {time.monotonic() - began:.0f} s")


def pip_for_environment() -> list[str]:
    """The pip that is here, with the user's own mirror and certificates, told to install into `.venv`.

    Where there is none (or one before 22.3), Python's bundled one inside `.venv`. Ends the program without either.
    """
    for python in dict.fromkeys([sys.executable, getattr(sys, "_base_executable", sys.executable)]):
        answer = subprocess.run(
            [python, "-m", "pip", "--version"], capture_output=True, text=True, check=False
        )
        version = re.match(r"pip (\d+)\.(\d+)", answer.stdout)
        if version and (int(version[1]), int(version[2])) >= OLDEST_PIP:
            return [python, "-m", "pip", "--python", str(PYTHON)]
    bundled = subprocess.run([PYTHON, "-m", "ensurepip", "--default-pip"], capture_output=True, check=False)
    if bundled.returncode != 0:
        sys.exit(
            "This Python has no pip ({}.{} or newer) and none to bundle: install it (on Debian `apt install"
            " python3-pip`) and start again.".format(*OLDEST_PIP)
        )
    return [str(PYTHON), "-m", "pip"]


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two first starts at once wait for each other, where the system can say so."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    folder = os.open(ROOT / "requirements", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def say(text: str, *, end: str = "\n") -> None:
    """Tell the person at the terminal, at once."""
    print(text, end=end, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next start goes on from here.")
