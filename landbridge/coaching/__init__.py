"""Coaching: needs, coach, plan, sessions with hours, report, feedback."""
