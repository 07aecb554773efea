"""Every pair of text and ground reaches AA (4.5), every border of a control 3, in both schemes and every accent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from landbridge.foundation import ui

pytestmark = pytest.mark.once
TOKENS = (Path(ui.__file__).parent / "static/ui/tokens.css").read_text("utf-8")
TEXTS = [
    *(
        (text, ground)
        for text in ("ink", "ink-soft", "accent", "accent-strong")
        for ground in ("paper", "raised", "sunk")
    ),
    *(("ink", f"{tone}-soft") for tone in ("good", "bad", "wait", "info", "quiet", "accent")),
    *((tone, f"{tone}-soft") for tone in ("good", "bad", "wait", "info", "quiet", "accent")),
    *((tone, ground) for tone in ("good", "bad", "wait", "info") for ground in ("paper", "raised")),
    *(("ink-soft", f"{tone}-soft") for tone in ("bad", "accent")),
    *((tone, "accent-soft") for tone in ("accent-strong", "bad", "wait")),
    *(("on-accent", accent) for accent in ("accent", "accent-strong")),
    ("accent", "bad-soft"),
    ("paper", "ink"),
]
BORDERS = [
    ("line-strong", "raised"),
    ("line-strong", "paper"),
    ("focus", "paper"),
    ("focus", "raised"),
    ("focus", "accent-soft"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", block))


def schemes() -> dict[str, dict[str, str]]:
    """All tokens by scheme and accent: `light sea`, `dark plum` …"""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = {}
    for scheme, text, below in (("light", light, {}), ("dark", dark, tokens(light.split("[data-accent")[0]))):
        root = {**below, **tokens(text.split("[data-accent")[0])}
        found[f"{scheme} sea"] = root
        for accent, block in re.findall(r'\[data-accent="(\w+)"\] \{([^}]*)\}', text):
            found[f"{scheme} {accent}"] = {**root, **tokens(block)}
    return found


def luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", schemes())
def test_contrast(name):
    scheme = schemes()[name]
    short = {
        f"{a} on {b}": round(contrast(scheme[a], scheme[b]), 2)
        for a, b in TEXTS
        if contrast(scheme[a], scheme[b]) < 4.5
    }
    short |= {
        f"{a} beside {b}": round(contrast(scheme[a], scheme[b]), 2)
        for a, b in BORDERS
        if contrast(scheme[a], scheme[b]) < 3
    }
    assert short == {}


def test_all_accents_are_there_in_both_schemes():
    accents = ("sea", "moss", "plum", "clay", "night", "amber")
    assert set(schemes()) == {f"{scheme} {accent}" for scheme in ("light", "dark") for accent in accents}


def test_the_measure_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
