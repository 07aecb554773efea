"""One-to-one meetings: requests, the timetable, changes on the day, what came of each."""
