"""`run.py`: the sentence for an old Python, the stamps, the pip it uses, and what it becomes."""

from __future__ import annotations

import ast
import importlib.util
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.databases import ROOT

pytestmark = pytest.mark.once
SOURCE = ROOT / "run.py"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder like a fresh checkout whose sets are empty."""
    shutil.copy(SOURCE, tmp_path)
    (tmp_path / "requirements").mkdir()
    for name in ("runtime", "scale", "test", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"# nothing for {name}\n")
    return tmp_path


@pytest.fixture
def run(checkout: Path) -> ModuleType:
    """`run.py` of that checkout, as a module."""
    spec = importlib.util.spec_from_file_location("run_of_a_checkout", checkout / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def installed(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `prepare` makes and installs, in order; nothing really happens but the stamps."""
    done: list[str] = []

    def make_environment() -> None:
        done.append("environment")
        shutil.rmtree(run.VENV, ignore_errors=True)
        run.PYTHON.parent.mkdir(parents=True)
        run.PYTHON.touch()
        run.stamp("environment", write=run.maker())

    def install(name: str, *, pip: list[str]) -> None:
        done.append(name)
        run.stamp(name, write=run.fingerprint(name))

    monkeypatch.setattr(run, "make_environment", make_environment)
    monkeypatch.setattr(run, "install", install)
    monkeypatch.setattr(run, "pip_for_environment", lambda: ["pip"])
    return done


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


# ── The sentence for an old Python ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("version", [(3, 7, 1), (3, 10, 13)])
def test_an_old_python_gets_one_clear_sentence(
    version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as refusal:
        runpy.run_path(str(SOURCE), run_name="__main__")
    sentence = str(refusal.value.code)
    assert sentence.startswith(f"Landbridge needs Python 3.11 or newer, and this is Python 3.{version[1]}:")
    assert "\n" not in sentence


def test_an_old_python_can_read_the_file_as_far_as_that() -> None:
    ast.parse(SOURCE.read_text("utf-8"), feature_version=(3, 7))
    first_imports = [
        node for node in ast.parse(SOURCE.read_text("utf-8")).body if isinstance(node, ast.Import)
    ]
    assert [alias.name for alias in first_imports[0].names] == ["sys"]


# ── Stamps ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_second_start_does_nothing(run: ModuleType, installed: list[str]) -> None:
    run.prepare(["runtime"])
    assert installed == ["environment", "runtime"]
    installed.clear()
    run.prepare(["runtime"])
    assert installed == []


def test_only_the_missing_sets_are_added(run: ModuleType, installed: list[str]) -> None:
    run.prepare(["runtime"])
    installed.clear()
    run.prepare(["runtime", "scale", "test"])
    assert installed == ["scale", "test"]


def test_a_changed_lock_file_is_installed_again(
    run: ModuleType, installed: list[str], checkout: Path
) -> None:
    run.prepare(["runtime", "scale"])
    installed.clear()
    (checkout / "requirements" / "scale.txt").write_text("# another\n")
    run.prepare(["runtime", "scale"])
    assert installed == ["scale"]


def test_another_python_or_place_gets_an_environment_of_its_own(
    run: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.prepare(["runtime"])
    installed.clear()
    monkeypatch.setattr(run, "maker", lambda: "another")
    run.prepare(["runtime"])
    assert installed == ["environment", "runtime"]


def test_an_environment_whose_python_is_gone_is_made_again(run: ModuleType, installed: list[str]) -> None:
    run.prepare(["runtime"])
    installed.clear()
    run.PYTHON.unlink()
    run.prepare(["runtime"])
    assert installed == ["environment", "runtime"]


def test_a_failed_installation_is_shown_and_leaves_no_stamp(run: ModuleType, checkout: Path) -> None:
    run.VENV.mkdir()
    pip = program(checkout / "pip", 'echo "no such wheel"; exit 3')
    with pytest.raises(SystemExit) as refusal:
        run.install("runtime", pip=[str(pip)])
    assert "no such wheel" in str(refusal.value.code)
    assert run.stamp("runtime") == ""


def test_packages_are_installed_with_hashes_and_as_wheels_only(run: ModuleType, checkout: Path) -> None:
    run.VENV.mkdir()
    pip = program(checkout / "pip", f'echo "$@" "user=$PIP_USER" > {checkout}/told')
    run.install("scale", pip=[str(pip)])
    told = (checkout / "told").read_text()
    assert "install --require-hashes --only-binary=:all:" in told
    assert f"--requirement={checkout}/requirements/scale.txt" in told
    assert "user=0" in told
    assert run.stamp("scale") == run.fingerprint("scale")


# ── Which pip ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_pip_that_is_here_installs_into_the_environment(
    run: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = program(checkout / "python", 'echo "pip 22.3.1 from somewhere"')
    monkeypatch.setattr(sys, "executable", str(python))
    assert run.pip_for_environment() == [str(python), "-m", "pip", "--python", str(run.PYTHON)]


@pytest.mark.parametrize("answer", ['echo "pip 21.9 from somewhere"', "exit 1"])
def test_an_old_or_missing_pip_gives_way_to_the_bundled_one(
    answer: str, run: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = program(checkout / "python", answer)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setattr(sys, "_base_executable", str(python))
    program(run.PYTHON, f'echo "$@" > {checkout}/told')
    assert run.pip_for_environment() == [str(run.PYTHON), "-m", "pip"]
    assert (checkout / "told").read_text() == "-m ensurepip --default-pip\n"


def test_without_any_pip_there_is_one_clear_sentence(
    run: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = program(checkout / "python", "exit 1")
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setattr(sys, "_base_executable", str(python))
    program(run.PYTHON, "exit 1")
    with pytest.raises(SystemExit, match="This Python has no pip"):
        run.pip_for_environment()


# ── What it becomes ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_it_becomes_the_program_in_an_environment_that_knows_landbridge(checkout: Path) -> None:
    (checkout / "landbridge").mkdir()
    (checkout / "landbridge" / "__main__.py").write_text("import os, sys; print(os.getpid(), *sys.argv[1:])")
    command = [sys.executable, str(checkout / "run.py"), "sh", "landbridge", "seed", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=checkout.parent)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert said.splitlines()[-1] == f"{process.pid} seed --json"  # the same process: signals arrive


def test_the_exit_code_is_the_programs_own(run: ModuleType, checkout: Path) -> None:
    run.make_environment()
    run.stamp("runtime", write=run.fingerprint("runtime"))
    command = [
        sys.executable,
        str(checkout / "run.py"),
        "sh",
        "--",
        "sh",
        "-c",
        'echo "$VIRTUAL_ENV"; exit 7',
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHOME": ""}
    )
    assert (done.returncode, done.stdout) == (7, f"{checkout / '.venv'}\n")


def test_an_unknown_program_gets_one_clear_sentence(run: ModuleType) -> None:
    with pytest.raises(SystemExit, match="There is no program 'no-such-program'"):
        run.become("no-such-program")


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_an_unknown_command_is_refused(arguments: list[str], run: ModuleType) -> None:
    with pytest.raises(SystemExit) as refusal:
        run.understood(arguments)
    assert refusal.value.code == 2


def test_what_follows_the_command_belongs_to_the_program(run: ModuleType) -> None:
    assert run.understood(["test", "--help", "-x", "demo"]) == ("test", ["--help", "-x", "demo"])


# ── Checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_every_check_is_run_and_those_that_found_something_are_named(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "CHECKS", (("the moon", "false"), ("the sun", "echo shines")))
    assert run.check([]) == 1
    said = capfd.readouterr().out
    assert "shines" in said
    assert said.endswith("── 1 checks passed, 1 failed\n   Failed: the moon\n")


def test_checks_that_find_nothing_pass(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "CHECKS", (("the sun", "true"),))
    assert run.check([]) == 0
