"""Rules of sending in words, and where a questionnaire or a sheet stands on its way."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.foundation.ui.parts import Next, Step, way_of
from landbridge.surveys import rules
from landbridge.surveys.models import Questionnaire, Rule, Sheet, Version
from landbridge.surveys.states import S, Sheeted, Side, Trigger


def when_of(rule: Rule) -> str:
    """When a rule writes, in one sentence."""
    what = _(Trigger(rule.trigger).label)
    if rule.after_months:
        text = ngettext(
            "%(count)s month after: %(what)s", "%(count)s months after: %(what)s", rule.after_months
        )
        return text % {"count": rule.after_months, "what": what}
    if rule.after_hours:
        text = ngettext("%(count)s hour after: %(what)s", "%(count)s hours after: %(what)s", rule.after_hours)
        return text % {"count": rule.after_hours, "what": what}
    if rule.trigger in rules.GATHERINGS:
        return _("The same evening, at 18:00 there: %(what)s") % {"what": what}
    return _("At once: %(what)s") % {"what": what}


def whom_of(rule: Rule) -> str:
    """Whom a rule asks, in one sentence."""
    if rule.trigger == Trigger.APPLICATION_REJECTED:
        return _("Asks one person of each company that got no voucher, as a comparison group.")
    if rule.side == Side.GUEST:
        return _("Asks everybody who was there.")
    if rule.side == Side.PROVIDER:
        return _(
            "Asks one person of the provider: whoever had to do with it, else who has been there longest."
        )
    return _("Asks one person of the company: whoever had to do with it, else who has been there longest.")


def how_of(rule: Rule) -> str:
    """How long an answer is taken, in one sentence."""
    text = ngettext(
        "Answers are taken for %(count)s day; reminders follow after 7 and 21 days, and never after a no.",
        "Answers are taken for %(count)s days; reminders follow after 7 and 21 days, and never after a no.",
        rule.open_days,
    )
    return text % {"count": rule.open_days}


def language_name(code: str) -> str:
    """A language in its own words."""
    return dict(settings.LANGUAGES).get(code, code)


def next_step(found: Questionnaire, version: Version, *, has_rules: bool, questions: int) -> Next | None:
    """What its office does next."""
    page = [found.slug]
    if version.state == S.DRAFT and not questions:
        return Next(
            _("Ask the first question"),
            _("A questionnaire that is answered on a telephone has few questions."),
            action=_("Add a question"),
            href=reverse("surveys:question_new", args=page),
        )
    if version.state == S.DRAFT:
        return Next(
            _("Look at it, then take it into use"),
            _("In use it never changes again; the next change is a new version."),
            action=_("Take it into use"),
            post=reverse("surveys:publication", args=page),
        )
    if version.state == S.PUBLISHED and not has_rules:
        return Next(
            _("Say when it goes out"),
            _("Without a rule nobody is asked."),
            action=_("Add a rule"),
            href=reverse("surveys:rule_new", args=page),
        )
    return None


def way_of_sheet(sheet: Sheet) -> list[Step]:
    """Due, sent, begun, answered."""
    ended = _(sheet.shown_state.label) if sheet.state in (Sheeted.DECLINED, Sheeted.LAPSED) else ""
    reached = [
        (_("Due"), sheet.due_at),
        (_("Sent"), sheet.sent_at),
        (_("Begun"), sheet.begun_at),
        (_("Answered"), sheet.ended_at if sheet.state == Sheeted.DONE else None),
    ]
    return way_of(reached, ended=ended, at=sheet.ended_at)
