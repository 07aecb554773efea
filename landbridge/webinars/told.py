"""What the record says of webinars, in words of people."""

from __future__ import annotations

TOLD: dict[str, str] = {}
