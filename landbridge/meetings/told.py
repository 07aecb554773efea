"""What the record says of meetings, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD: dict[str, str] = {
    "meeting.blocked": N_("Does not want to meet somebody"),
    "meeting.booked": N_("Meeting booked by oneself"),
    "meeting.called_off": N_("Meeting cancelled by one side"),
    "meeting.held": N_("Meeting held"),
    "meeting.introduction_wanted": N_("Formal introduction asked for"),
    "meeting.left": N_("Left the event; what was agreed has ended"),
    "meeting.lock_changed": N_("Meeting locked or unlocked"),
    "meeting.news_told": N_("Told what is new"),
    "meeting.presence_decided": N_("Decided who came"),
    "meeting.spoken_of": N_("Said what came of the meeting"),
    "meeting.step_finished": N_("Next step done"),
    "meeting.step_reminded": N_("Reminded of the next step"),
    "meeting.unblocked": N_("Would meet them after all"),
    "meeting_day.asked_at_the_bar": N_("Asked for at the bar, and placed"),
    "meeting_day.back": N_("There after all"),
    "meeting_day.missing": N_("Not there on the day"),
    "meeting_request.accepted": N_("Meeting accepted"),
    "meeting_request.asked": N_("Meeting asked for"),
    "meeting_request.crossed": N_("Both asked; accepted"),
    "meeting_request.declined": N_("Meeting declined"),
    "meeting_request.expired": N_("Request for a meeting expired"),
    "meeting_request.lowered": N_("Priority lowered, so that the share of high ones holds"),
    "meeting_request.prioritised": N_("Priority changed"),
    "meeting_request.withdrawn": N_("Request for a meeting withdrawn"),
    "meeting_rules.screen_key_renewed": N_("Address of the screens changed"),
    "meeting_rules.set": N_("Rules of the meetings set"),
    "meeting_run.changed_the_plan": N_("Timetable changed"),
    "meeting_run.failed": N_("Timetable not computed"),
    "meeting_run.finished": N_("Timetable computed"),
    "meeting_run.published": N_("Timetable published"),
    "meeting_run.queued": N_("Timetable asked for"),
    "meeting_run.started": N_("Timetable being computed"),
}
