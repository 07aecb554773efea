"""What changes of capacity and quotas call: the waiting list moves up."""

from __future__ import annotations

from landbridge.events.actions._registered import _move_up

__all__ = ["_move_up"]
