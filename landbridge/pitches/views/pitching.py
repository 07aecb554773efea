"""The company's pages, and what organisers do with one pitch."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs, signed_in
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb
from landbridge.pitches import actions, queries, rules
from landbridge.pitches.forms import DeckForm, PitchForm
from landbridge.pitches.views.shared import (
    call_page,
    crumbs_of_pitch,
    kept_pitch,
    pitch_page,
    seen_call,
    seen_pitch,
)


@needs(P.PITCH_SUBMIT)
@require_POST
def beginning(request: Request, pk: int) -> HttpResponse:
    """A company begins its pitch, or comes back to it."""
    found = seen_call(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.begin(call_id=found.pk, by=request.actor, at=request.now),
        refused=lambda problems: call_page(request, pk, problems=problems),
    )


@signed_in
@require_GET
def pitch(request: Request, pk: int) -> HttpResponse:
    """One pitch, for those who may read it."""
    return pitch_page(request, pk)


@needs(P.PITCH_SUBMIT)
def text(request: Request, pk: int) -> HttpResponse:
    """Write the draft. Where two wrote at once, both texts are shown and nothing is lost."""
    found = seen_pitch(request.actor, pk)
    form = PitchForm(posted(request), found=found)
    if request.method == "POST" and form.is_valid():
        try:
            once(
                request,
                lambda: actions.save(
                    pitch_id=found.pk,
                    version=form.cleaned_data["version"],
                    written=form.written,
                    by=request.actor,
                    at=request.now,
                ),
            )
        except actions.Stale as stale:
            form.refuse(stale)
            form.build_on(stale.version)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. What is still missing stands below."))
            return redirect(found)
    context = {
        "form": form,
        "title": _("Write the pitch"),
        "save": _("Save the draft"),
        "lead": _(
            "Gaps are allowed while it is a draft. Nobody but your company reads it before you hand it in."
        ),
        "back": found.get_absolute_url(),
        "breadcrumbs": [*crumbs_of_pitch(found), Crumb(_("Write"))],
    }
    return render(request, "ui/form.html", context, status=form.http_status)


@needs(P.PITCH_SUBMIT)
def deck_new(request: Request, pk: int) -> HttpResponse:
    """Put the slides with the draft."""
    found = seen_pitch(request.actor, pk)
    form = DeckForm(posted(request), request.FILES if request.method == "POST" else None)
    return form_page(
        request,
        form,
        act=lambda: actions.add_deck(
            pitch_id=found.pk, deck=form.cleaned_data["deck"], by=request.actor, at=request.now
        ),
        title=_("Add the deck"),
        lead=_("The jury reads it, and investors if you allow it. A new one replaces the one before."),
        done=_("Added."),
        crumbs=crumbs_of_pitch(found),
    )


@signed_in
@require_GET
def deck(request: Request, pk: int) -> HttpResponseBase:
    """The slides. An investor's download was noted before (`deck_taking`)."""
    found = seen_pitch(request.actor, pk)
    if found.deck is None:
        raise Http404
    if request.actor.role is Role.INVESTOR and not queries.has_taken(found, request.actor):
        return redirect(found)
    return attachment(found.deck)


@needs(P.PITCH_JUDGE)
@require_POST
def deck_taking(request: Request, pk: int) -> HttpResponse:
    """Note who downloads the deck, and lead on to it."""
    found = seen_pitch(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.take_deck(pitch_id=found.pk, by=request.actor, at=request.now),
        to=reverse("pitches:deck", args=[found.pk]),
        refused=lambda problems: pitch_page(request, pk, problems=problems),
    )


@needs(P.PITCH_SUBMIT)
@require_POST
def submission(request: Request, pk: int) -> HttpResponse:
    """Hand it in; refused, the page comes back with the list of what is in the way."""
    found = seen_pitch(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.submit(pitch_id=found.pk, by=request.actor, at=request.now),
        done=_("Handed in. You hear of the jury's decision by letter."),
        refused=lambda problems: pitch_page(request, pk, problems=problems),
    )


@needs(P.PITCH_SUBMIT)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """The company does not pitch."""
    found = seen_pitch(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The organiser reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.withdraw(
            pitch_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Withdraw the pitch"),
        lead=_("This cannot be undone; while the call is open you may begin a new one."),
        done=_("Withdrawn."),
        crumbs=crumbs_of_pitch(found),
        is_final=True,
    )


@needs(P.PITCH_SUBMIT)
@require_POST
def consent(request: Request, pk: int) -> HttpResponse:
    """Investors may read it."""
    found = seen_pitch(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.consent(pitch_id=found.pk, consents=True, by=request.actor, at=request.now),
        done=_("Investors may read it once it is selected."),
    )


@needs(P.PITCH_SUBMIT)
@require_POST
def consent_withdrawal(request: Request, pk: int) -> HttpResponse:
    """Investors may no longer read it."""
    found = seen_pitch(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.consent(pitch_id=found.pk, consents=False, by=request.actor, at=request.now),
        done=_("Investors no longer read it."),
    )


@needs(P.PITCH_EDIT)
def return_(request: Request, pk: int) -> HttpResponse:
    """The organiser hands it back while the call is open."""
    found = kept_pitch(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The company reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.return_(pitch_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Return for correction"),
        lead=_("The company can change it and hand it in again before the call closes."),
        done=_("Returned."),
        crumbs=crumbs_of_pitch(found),
        to=found.call.get_absolute_url(),
    )


@needs(P.PITCH_SELECT)
@require_POST
def moving_up(request: Request, pk: int) -> HttpResponse:
    """Somebody on the reserve list takes a free place."""
    found = kept_pitch(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.move_up(pitch_id=found.pk, by=request.actor, at=request.now),
        done=_("Moved up. The company was told."),
        refused=lambda problems: pitch_page(request, pk, problems=problems),
    )


@needs(P.PITCH_SELECT)
def turning_down(request: Request, pk: int) -> HttpResponse:
    """No place became free."""
    found = kept_pitch(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON, read_by=_("The company reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.turn_down(
            pitch_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Turn down"),
        done=_("Turned down. The company was told."),
        crumbs=crumbs_of_pitch(found),
        is_final=True,
    )
