"""Pages of coaching: cases, coaches, their calendars, sessions, reports, figures."""

from __future__ import annotations

from landbridge.coaching.views.advising import adviser, analysis, ending, talk
from landbridge.coaching.views.calendars import (
    case_feed,
    coach_feed,
    free_time_removal,
    own_calendar,
    stretch,
    week,
)
from landbridge.coaching.views.cases import case, cases, new, withdrawal
from landbridge.coaching.views.coaches import (
    coach,
    coach_activation,
    coach_edit,
    coach_new,
    coach_rest,
    coaches,
)
from landbridge.coaching.views.figures import figures, figures_table
from landbridge.coaching.views.matching import (
    answer,
    choice,
    coaches_of,
    offer_withdrawal,
    refusal,
    rematching,
)
from landbridge.coaching.views.planning import plan, plan_acceptance, plan_return
from landbridge.coaching.views.reporting import (
    feedback,
    report,
    report_approval,
    report_check,
    report_return,
    report_sending_back,
    summary,
)
from landbridge.coaching.views.sessions import (
    booking,
    session,
    session_absence,
    session_approval,
    session_cancellation,
    session_dispute,
    session_entry,
    session_hours,
)

__all__ = [
    "adviser",
    "analysis",
    "answer",
    "booking",
    "case",
    "case_feed",
    "cases",
    "choice",
    "coach",
    "coach_activation",
    "coach_edit",
    "coach_feed",
    "coach_new",
    "coach_rest",
    "coaches",
    "coaches_of",
    "ending",
    "feedback",
    "figures",
    "figures_table",
    "free_time_removal",
    "new",
    "offer_withdrawal",
    "own_calendar",
    "plan",
    "plan_acceptance",
    "plan_return",
    "refusal",
    "rematching",
    "report",
    "report_approval",
    "report_check",
    "report_return",
    "report_sending_back",
    "session",
    "session_absence",
    "session_approval",
    "session_cancellation",
    "session_dispute",
    "session_entry",
    "session_hours",
    "stretch",
    "summary",
    "talk",
    "week",
    "withdrawal",
]
