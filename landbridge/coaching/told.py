"""What the record says of coaching, in words of people."""

from __future__ import annotations

TOLD: dict[str, str] = {}
