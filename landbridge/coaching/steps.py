"""Where a case stands on its way, and the one step that comes next."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.coaching.models import Case
from landbridge.coaching.queries import Parts
from landbridge.coaching.states import OVER, Offered, Party, S, SessionState
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Next, Step, way_of


def way(case: Case, parts: Parts) -> list[Step]:
    """From the question to the approved report, with the dates."""
    analysis, report = parts.analysis, parts.report
    is_matched = parts.offer is not None and parts.offer.state == Offered.ACCEPTED
    reached = [
        (_("Asked for"), case.asked_at),
        (_("Needs known"), analysis.written_at if analysis else None),
        (_("Coach found"), parts.offer.answered_at if parts.offer and is_matched else None),
        (_("Coaching"), case.begun_at),
        (_("Report"), case.reported_at if report and case.state != S.COACHING else None),
        (_("Closed"), case.ended_at if case.state == S.CLOSED else None),
    ]
    ended = _(case.shown_state.label) if case.state == S.ENDED else ""
    return way_of(reached, ended=ended, at=case.ended_at)


def next_step(case: Case, *, actor: Actor, parts: Parts) -> Next | None:
    """Who has the ball; the button only for whoever holds it."""
    if case.state in OVER:
        return _of_feedback(case, actor, parts)
    match case.state:
        case S.ASKED | S.ASSIGNED | S.CONTACTED:
            return _of_adviser(case, actor, parts)
        case S.ANALYSED:
            return _of_choice(case, actor, parts)
        case S.MATCHED | S.PLANNED:
            return _of_plan(case, actor, parts)
        case S.COACHING:
            return _of_sessions(case, actor, parts)
    return _of_report(case, actor, parts)


def _next(
    case: Case,
    parts: Parts,
    title: str,
    text: str,
    *,
    who: str,
    may: bool,
    action: str,
    to: str = "",
    post: str = "",
) -> Next:
    """The step, with its clock; its button only for whoever holds the ball."""
    clock = parts.clock
    return Next(
        title=title,
        text=text,
        who=who,
        until=clock.due_at if clock else None,
        zone=clock.region.time_zone if clock else "",
        action=action if may else "",
        href=reverse(f"coaching:{to}", args=[case.pk]) if may and to else "",
        post=post if may else "",
    )


def _desk(case: Case) -> str:
    return case.adviser_name or _("The desk of %(region)s") % {"region": case.region.name}


def _of_adviser(case: Case, actor: Actor, parts: Parts) -> Next:
    says = {
        S.ASKED: (
            _("Name an adviser"),
            _(
                "Somebody at the desk answers for the case. After five working days the company is told as well."
            ),
            _("Name the adviser"),
            "adviser",
        ),
        S.ASSIGNED: (
            _("Talk to the company"),
            _("The adviser calls, listens, and writes down what was said."),
            _("Enter the talk"),
            "talk",
        ),
        S.CONTACTED: (
            _("Write the needs analysis"),
            _(
                "Challenges, where the company stands and wants to go, and facts of the firm that somebody checked."
            ),
            _("Write it"),
            "analysis",
        ),
    }
    title, text, action, to = says[S(case.state)]
    may = actor.may(P.COACHING_WORK)
    return _next(case, parts, title, text, who=_desk(case), may=may, action=action, to=to)


def _of_choice(case: Case, actor: Actor, parts: Parts) -> Next:
    offer = parts.offer
    if offer is not None:
        return _next(
            case,
            parts,
            _("Say whether you take the case"),
            _("Read what it is about. Whoever accepts declares to have no conflict of interest."),
            who=offer.coach.name,
            may=parts.party is Party.COACH,
            action=_("Answer"),
            to="answer",
        )
    standing = [one for one in parts.proposed if one.offer.state == Offered.PROPOSED]
    if standing:
        title = _("Choose your coach") if actor.may(P.COACHING_ASK) else _("The company chooses its coach")
        text = _("Below you find who is proposed and why, and what may speak against somebody.")
        return _next(case, parts, title, text, who=case.company.name, may=False, action="")
    return _next(
        case,
        parts,
        _("Propose coaches"),
        _("Up to three; the company chooses one of them."),
        who=_desk(case),
        may=actor.may(P.COACHING_WORK),
        action=_("Look for coaches"),
        to="coaches_of",
    )


def _of_plan(case: Case, actor: Actor, parts: Parts) -> Next:
    coach = parts.coach.name if parts.coach else ""
    if case.state == S.MATCHED:
        text = _("Objectives with tasks and hours, %(hours)s at most; then the company accepts it.")
        return _next(
            case,
            parts,
            _("Write the plan"),
            text % {"hours": case.hours_at_most},
            who=coach,
            may=parts.party is Party.COACH,
            action=_("Write the plan"),
            to="plan",
        )
    plan = parts.plan
    post = reverse("coaching:plan_acceptance", args=[case.pk, plan.pk]) if plan else ""
    text = _("Read it below. When you accept it, the coaching begins; you can also return it with a reason.")
    may = actor.may(P.COACHING_ASK)
    return _next(
        case,
        parts,
        _("Accept the plan"),
        text,
        who=case.company.name,
        may=may,
        action=_("Accept the plan"),
        post=post,
    )


def _of_sessions(case: Case, actor: Actor, parts: Parts) -> Next:
    waits = [one for one in parts.sessions if one.state == SessionState.HELD]
    if waits and actor.may(P.COACHING_ASK):
        return Next(
            title=_("Approve the hours"),
            text=_("Your coach has entered the hours of a session. Approve them, or say what is not right."),
            who=case.company.name,
            action=_("Look at the session"),
            href=waits[0].get_absolute_url(),
        )
    if parts.hours.left > 0 and actor.may(P.COACHING_ASK):
        text = _("%(left)s hours of the plan are neither used nor booked.") % {
            "left": parts.hours.left.normalize()
        }
        return _next(
            case, parts, _("Book a session"), text, who=case.company.name, may=True, action=_("Choose a time"),
            to="booking",
        )  # fmt: skip
    return _next(
        case,
        parts,
        _("Write the report"),
        _("Once the sessions are held and their hours approved: objectives, partnerships, how it goes on."),
        who=parts.coach.name if parts.coach else "",
        may=parts.party is Party.COACH,
        action=_("Write the report"),
        to="report",
    )


def _of_report(case: Case, actor: Actor, parts: Parts) -> Next:
    if case.state == S.REPORTED:
        who, may, title, to = _desk(case), actor.may(P.COACHING_WORK), _("Check the report"), "report_check"
        text = _("Is it complete and right? Then the programme office approves it; otherwise return it.")
    else:
        who, may = _("The programme office"), actor.may(P.COACHING_APPROVE)
        title, to = _("Approve the report"), "report_approval"
        text = _("With it the case is closed. Whoever checked the report does not approve it.")
    post = reverse(f"coaching:{to}", args=[case.pk])
    if not may and parts.party is not None and not parts.has_spoken:
        return _of_feedback(case, actor, parts) or _next(
            case, parts, title, text, who=who, may=False, action=""
        )
    return _next(case, parts, title, text, who=who, may=may, action=title, post=post)


def _of_feedback(case: Case, actor: Actor, parts: Parts) -> Next | None:
    if parts.party is None or parts.has_spoken or case.state == S.ENDED:
        return None
    return Next(
        title=_("Say what you think of it"),
        text=_("Seven statements, two minutes. You read what the others said as soon as you have spoken."),
        who=actor.name,
        action=_("Give feedback"),
        href=reverse("coaching:feedback", args=[case.pk]),
    )
