"""Each move of a record's life: to the broker, published, returned, confirmed, hidden, withdrawn, brought back; locks."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.catalogue import actions, rules
from landbridge.catalogue.forms.importing import LockForm
from landbridge.catalogue.forms.keeping import WithdrawalForm
from landbridge.catalogue.views.keeping import gate_page, kept_page
from landbridge.catalogue.views.shared import crumbs_of, kept_record, page_of_kept
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm


@needs(P.RECORD_EDIT)
@require_POST
def submission(request: Request, pk: int) -> HttpResponse:
    """Its writers hand a draft to the broker."""
    record = kept_record(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.submit(record_id=record.pk, by=request.actor, at=request.now),
        done=_("Handed to the Access Broker. You hear as soon as it is published."),
        refused=lambda problems: kept_page(request, pk, problems=problems),
        to=page_of_kept(pk),
    )


@needs(P.RECORD_PUBLISH)
@require_POST
def publication(request: Request, pk: int) -> HttpResponse:
    """The broker publishes it."""
    record = kept_record(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.publish(record_id=record.pk, by=request.actor, at=request.now),
        done=_("Published."),
        refused=lambda problems: gate_page(request, pk, problems=problems),
        to=page_of_kept(pk),
    )


@needs(P.RECORD_PUBLISH)
def returning(request: Request, pk: int) -> HttpResponse:
    """The broker gives it back with a word on what is to be mended."""
    record = kept_record(request.actor, pk)
    form = ReasonForm(
        posted(request), longest=rules.LONGEST_REASON, label=_("What is to be mended?"), read_by=_("Its writers read it.")
    )  # fmt: skip
    return form_page(
        request,
        form,
        act=lambda: actions.return_for_correction(
            record_id=record.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Return for correction"),
        done=_("Returned. Its writers were told."),
        to=page_of_kept(pk),
        crumbs=crumbs_of(record),
    )


@needs(P.RECORD_EDIT)
@require_POST
def confirmation(request: Request, pk: int) -> HttpResponse:
    """Somebody who keeps it says that it is still right; `what` may name its prices."""
    record = kept_record(request.actor, pk)
    what = "prices" if request.POST.get("what") == "prices" else "record"
    way = "broker" if request.actor.may(P.RECORD_PUBLISH) else "click"
    return button_pressed(
        request,
        lambda: actions.confirm(record_id=record.pk, what=what, way=way, by=request.actor, at=request.now),
        done=_("Thank you. The prices hold for six more months.")
        if what == "prices"
        else _("Thank you. The record counts as right for twelve months."),
        refused=lambda problems: kept_page(request, pk, problems=problems),
        to=page_of_kept(pk),
    )


@needs(P.RECORD_PUBLISH)
def hiding(request: Request, pk: int) -> HttpResponse:
    """Show it no longer until somebody confirms it."""
    record = kept_record(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("Its contact reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.hide(record_id=record.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Hide the record"),
        lead=_("Nobody finds it until somebody confirms it. Nothing of it is lost."),
        done=_("Hidden. Its contact was told."),
        to=page_of_kept(pk),
        crumbs=crumbs_of(record),
    )


@needs(P.RECORD_EDIT)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take it out of the catalogue, and say what takes its place."""
    record = kept_record(request.actor, pk)
    form = WithdrawalForm(posted(request), record=record)
    return form_page(
        request,
        form,
        act=lambda: actions.withdraw(
            record_id=record.pk,
            reason=form.cleaned_data["reason"],
            successor_id=form.cleaned_data["successor"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Withdraw the record"),
        lead=_(
            "It is not deleted: its page says that it was withdrawn, and leads on to what takes its place."
        ),
        done=_("Withdrawn."),
        to=page_of_kept(pk),
        crumbs=crumbs_of(record),
        is_final=True,
    )


@needs(P.RECORD_PUBLISH)
@require_POST
def restoration(request: Request, pk: int) -> HttpResponse:
    """Bring a withdrawn record back as a draft."""
    record = kept_record(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.restore(record_id=record.pk, by=request.actor, at=request.now),
        done=_("Brought back as a draft."),
        refused=lambda problems: kept_page(request, pk, problems=problems),
        to=page_of_kept(pk),
    )


@needs(P.RECORD_IMPORT)
def locking(request: Request, pk: int) -> HttpResponse:
    """Which fields of the record no import may change."""
    record = kept_record(request.actor, pk)
    form = LockForm(posted(request), record=record)
    return form_page(
        request,
        form,
        act=lambda: actions.lock_fields(
            record_id=record.pk, fields=form.cleaned_data["locked"], by=request.actor, at=request.now
        ),
        title=_("Lock fields"),
        save=_("Save the locks"),
        lead=_("What you have put right here stays, whatever the file of another directory says."),
        done=_("Saved."),
        to=page_of_kept(pk),
        crumbs=crumbs_of(record),
    )
