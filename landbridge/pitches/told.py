"""What the record says of pitches, in words of people."""

from __future__ import annotations

TOLD: dict[str, str] = {}
