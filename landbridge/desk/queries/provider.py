"""A facility's desk: texts that wait for its yes, and the work it was named for."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.applications.models import Application
from landbridge.applications.states import S
from landbridge.desk.queries.drafts import open_drafts
from landbridge.desk.queries.parts import MOST, Home, by_deadline
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.parts import Task
from landbridge.organisations.models import Organisation
from landbridge.organisations.queries import readiness_of
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState


def home(actor: Actor, *, at: datetime) -> Home:
    """Seven queries, whatever the rows."""
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
    tasks = [
        Task(
            _("Read and confirm: %(name)s") % {"name": draft.name},
            draft.application.get_absolute_url(),
            _("%(company)s names you as its partner") % {"company": draft.application.applicant.name},
            draft.application.call.closes_at,
            draft.application.call.time_zone,
        )
        for draft in drafts
        if not draft.is_confirmed
    ]
    organisation = Organisation.objects.get(pk=actor.organisation_id or 0)
    ready = readiness_of(organisation)
    if not ready.has_region:
        edit = reverse("organisations:edit", args=[organisation.pk])
        note = _("It lies in none of the network's regions, so no company can name you.")
        tasks.append(Task(_("Correct your place"), edit, note))
    watched = [
        *(
            Task(
                draft.name,
                draft.application.get_absolute_url(),
                _("you confirmed; %(company)s hands it in") % {"company": draft.application.applicant.name},
                draft.application.call.closes_at,
                draft.application.call.time_zone,
            )
            for draft in drafts
            if draft.is_confirmed
        ),
        *(
            Task(
                one.title,
                one.get_absolute_url(),
                _("%(company)s handed it in; the decision is awaited") % {"company": one.applicant.name},
                state=_("Submitted"),
                tone="info",
            )
            for one in submitted
        ),
        *(
            Task(
                one.application.title,
                one.get_absolute_url(),
                _("awarded to %(company)s: the work is yours until then")
                % {"company": one.application.applicant.name},
                one.valid_until,
            )
            for one in running
        ),
    ]
    return Home(by_deadline(tasks), watched)
