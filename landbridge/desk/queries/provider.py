"""A facility's desk: texts that wait for its yes, and the work it was named for."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.applications.models import Application
from landbridge.applications.states import S
from landbridge.desk.queries import access, catalogue, coaching, following, introductions, stories
from landbridge.desk.queries.drafts import OpenDraft, open_drafts
from landbridge.desk.queries.parts import MOST, Home, by_deadline
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Task
from landbridge.organisations.models import Organisation
from landbridge.organisations.queries import readiness_of
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState


def home(actor: Actor, *, at: datetime) -> Home:
    """At most seventeen queries, whatever the rows."""
    drafts = open_drafts(actor, at=at)
    submitted = (
        Application.objects.visible_to(actor)
        .filter(state=S.SUBMITTED)
        .select_related("applicant", "call")
        .order_by("submitted_at", "pk")[:MOST]
    )
    running = (
        Voucher.objects.visible_to(actor)
        .filter(state__in=[VoucherState.AWARDED, VoucherState.ACTIVE])
        .select_related("application__applicant")
        .order_by("valid_until", "pk")[:MOST]
    )
    tasks = [_to_confirm(draft) for draft in drafts if not draft.is_confirmed]
    tasks += introductions.to_answer(actor)
    tasks += access.to_do(actor)
    tasks += coaching.to_do(actor)
    tasks += following.to_do(actor, at=at)
    tasks += stories.to_do(actor)
    tasks += catalogue.to_keep(actor, at=at)
    organisation = Organisation.objects.get(pk=actor.organisation_id or 0)
    ready = readiness_of(organisation)
    if not ready.has_region:
        edit = reverse("organisations:edit", args=[organisation.pk])
        note = _("It lies in none of the network's regions, so no company can name you.")
        tasks.append(Task(_("Correct your place"), edit, note))
    watched = [
        *(_confirmed(draft) for draft in drafts if draft.is_confirmed),
        *(_handed_in(one) for one in submitted),
        *(_running(one) for one in running),
    ]
    return Home(by_deadline(tasks), watched)


def _to_confirm(draft: OpenDraft) -> Task:
    application = draft.application
    return Task(
        _("Read and confirm: %(name)s") % {"name": draft.name},
        application.get_absolute_url(),
        _("%(company)s names you as its partner") % {"company": application.applicant.name},
        application.call.closes_at,
        application.call.time_zone,
    )


def _confirmed(draft: OpenDraft) -> Task:
    application = draft.application
    return Task(
        draft.name,
        application.get_absolute_url(),
        _("you confirmed; %(company)s hands it in") % {"company": application.applicant.name},
        application.call.closes_at,
        application.call.time_zone,
    )


def _handed_in(application: Application) -> Task:
    return Task(
        application.title,
        application.get_absolute_url(),
        _("%(company)s handed it in; the decision is awaited") % {"company": application.applicant.name},
        state=_("Submitted"),
        tone="info",
    )


def _running(voucher: Voucher) -> Task:
    application = voucher.application
    return Task(
        application.title,
        voucher.get_absolute_url(),
        _("awarded to %(company)s: the work is yours until then") % {"company": application.applicant.name},
        voucher.valid_until,
    )
