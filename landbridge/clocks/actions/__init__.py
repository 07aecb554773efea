"""Every change to clocks: starting and ending them, the letters they cause, the duties behind them, and absences."""

from __future__ import annotations

from landbridge.clocks.actions.absences import begin_absence, end_absence, enter_absence
from landbridge.clocks.actions.duties import bring_duties, edit_duty
from landbridge.clocks.actions.running import assign, move, pause, resume, start, stop
from landbridge.clocks.actions.watching import mark_client_told, watch

__all__ = [
    "assign",
    "begin_absence",
    "bring_duties",
    "edit_duty",
    "end_absence",
    "enter_absence",
    "mark_client_told",
    "move",
    "pause",
    "resume",
    "start",
    "stop",
    "watch",
]
