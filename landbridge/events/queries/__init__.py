"""Reading events: what is coming, what is kept, the programme, slots and tables, people to write to, facts for the rules."""

from __future__ import annotations

__all__: list[str] = []
