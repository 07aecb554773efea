"""One-to-one meetings of an event: who asks whom, the versions of the timetable, the meetings, what came of each."""

from __future__ import annotations

from landbridge.meetings.models.absence import Absence
from landbridge.meetings.models.asking import Block, MeetingRequestRows, MeetingRules, Request
from landbridge.meetings.models.meeting import Meeting, MeetingRows, Outcome, Seat
from landbridge.meetings.models.timetable import Placement, Run, RunRows, Unplaced

__all__ = [
    "Absence",
    "Block",
    "Meeting",
    "MeetingRequestRows",
    "MeetingRows",
    "MeetingRules",
    "Outcome",
    "Placement",
    "Request",
    "Run",
    "RunRows",
    "Seat",
    "Unplaced",
]
