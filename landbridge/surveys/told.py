"""What the record's events of surveys are called on an object's page."""

from __future__ import annotations

TOLD: dict[str, str] = {}
