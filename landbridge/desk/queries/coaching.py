"""What of coaching waits for whom."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.clocks.models import Clock
from landbridge.coaching.models import Case, Coach, Offer, Session
from landbridge.coaching.states import Offered, S, SessionState
from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_
from landbridge.foundation.ui.parts import Task

SAYS = {
    S.ASKED: N_("Name an adviser: %(title)s"),
    S.ASSIGNED: N_("Talk to the company about coaching: %(title)s"),
    S.CONTACTED: N_("Write the needs analysis: %(title)s"),
    S.ANALYSED: N_("Find a coach: %(title)s"),
    S.MATCHED: N_("Write the coaching plan: %(title)s"),
    S.PLANNED: N_("Accept the coaching plan: %(title)s"),
    S.COACHING: N_("Coach, then report: %(title)s"),
    S.REPORTED: N_("Check the coaching report: %(title)s"),
    S.CHECKED: N_("Approve the coaching report: %(title)s"),
}
WAITS_FOR = {
    Role.SME: (S.PLANNED,),
    Role.PROVIDER: (S.MATCHED, S.COACHING),
    Role.BROKER: (S.ASKED, S.ASSIGNED, S.CONTACTED, S.ANALYSED, S.REPORTED),
    Role.OFFICE: (S.CHECKED,),
}


def to_do(actor: Actor) -> Iterator[Task]:
    """The cases whose next step is the actor's, by their clocks. One query; three for a company, two for a coach."""
    role = actor.role or Role.SYSTEM
    rows = Case.objects.visible_to(actor).filter(state__in=WAITS_FOR.get(role, ()))
    if role is Role.BROKER:
        asked = Offer.objects.filter(case=OuterRef("pk"), state__in=[Offered.PROPOSED, Offered.CHOSEN])
        rows = rows.exclude(Exists(asked), state=S.ANALYSED)
    running = Clock.objects.open().filter(about_table=Case._meta.label_lower, about_id=OuterRef("pk"))
    found = rows.annotate(due_at=Subquery(running.order_by("due_at").values("due_at")[:1])).order_by(
        "asked_at", "pk"
    )
    columns = ("pk", "state", "title", "company__name", "due_at", "region__time_zone")
    for pk, state, title, company, due_at, zone in found.values_list(*columns)[:MOST]:
        label = _(SAYS[S(state)]) % {"title": title}
        yield Task(label, reverse("coaching:case", args=[pk]), company, due_at, zone if due_at else "")
    if role is Role.SME:
        yield from _hours_to_approve(actor)
    elif role is Role.PROVIDER:
        yield from _to_answer(actor)


def coaches_to_look_at(actor: Actor) -> Iterator[Task]:
    """Coaches of the desk's organisations whom nobody has looked at. One query."""
    waiting = Coach.objects.filter(activated_at__isnull=True, organisation__region_id=actor.region_id or 0)
    for coach in waiting.order_by("created_at", "pk")[:MOST]:
        label = _("Look at a coach: %(name)s") % {"name": coach.name}
        yield Task(label, coach.get_absolute_url(), coach.headline)


def _hours_to_approve(actor: Actor) -> Iterator[Task]:
    seen = Case.objects.visible_to(actor).values("pk")
    held = Session.objects.filter(case__in=seen, state=SessionState.HELD).select_related("coach")
    proposed = Offer.objects.filter(case__in=seen, state=Offered.PROPOSED, case__state=S.ANALYSED)
    is_chosen = Offer.objects.filter(case=OuterRef("case"), state=Offered.CHOSEN)
    for session in held.order_by("starts_at", "pk")[:MOST]:
        label = _("Approve the hours of %(coach)s") % {"coach": session.coach.name}
        yield Task(label, session.get_absolute_url(), session.topic)
    told: set[int] = set()
    for offer in (
        proposed.exclude(Exists(is_chosen)).select_related("case").order_by("proposed_at", "pk")[:MOST]
    ):
        if offer.case_id not in told:
            told.add(offer.case_id)
            label = _("Choose your coach: %(title)s") % {"title": offer.case.title}
            yield Task(label, offer.case.get_absolute_url())


def _to_answer(actor: Actor) -> Iterator[Task]:
    asked = Offer.objects.filter(coach__person_id=actor.person_id or 0, state=Offered.CHOSEN)
    for offer in asked.select_related("case__company").order_by("chosen_at", "pk")[:MOST]:
        label = _("Say whether you coach: %(title)s") % {"title": offer.case.title}
        yield Task(label, offer.case.get_absolute_url(), offer.case.company.name)
